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

/** Shows these of the page's messages, and no others; `{words}` in one is its value. */
export function say(messages) {
  for (const text of form.querySelectorAll("[data-say]")) {
    const words = messages[text.dataset.say];
    text.hidden = !words;
    if (words && text.dataset.text) text.textContent = text.dataset.text.replace("{words}", words);
  }
}

/** A text as names and words are compared: without case and marks. */
export const fold = text =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[đøłı’]/g, letter => ({ đ: "d", ø: "o", ł: "l", ı: "i", "’": "'" })[letter]);
