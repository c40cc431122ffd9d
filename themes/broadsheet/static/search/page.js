// What all parts of the search share: the form, the page's language, and how elements are made.

export const form = document.querySelector("form.search");
export const { root, home } = form.dataset;
export const atOnce = Number(form.dataset.results);
export const language = document.documentElement.lang;

export const numbers = new Intl.NumberFormat(language, { numberingSystem: "latn" });

export const element = (name, attributes, ...inside) => {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...inside);
  return made;
};

/** Shows one of the page's messages, or none; `{words}` in it are those. */
export function say(name, words) {
  for (const text of form.querySelectorAll("[data-say]")) {
    text.hidden = text.dataset.say !== name;
    if (!text.hidden && words) text.textContent = text.dataset.text.replace("{words}", words);
  }
}

/** A text as names and words are compared: without case and marks. */
export const fold = text =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[đøłı’]/g, letter => ({ đ: "d", ø: "o", ł: "l", ı: "i", "’": "'" })[letter]);
