// Search: Pagefind's index, asked by a form whose state stands in the address. Without it the page's lists remain.

import { cardOf } from "./search/cards.js";
import { focusFirstOfMore, showAll, showFilters } from "./search/filters.js";
import { ask, lacking, open } from "./search/indexes.js";
import { allNames, isMissing, moreNames, showRecords } from "./search/names.js";
import { atOnce, form, language, numbers, say } from "./search/page.js";
import { KINDS, addressOf, allChosen, choose, chooseNothing, read, state } from "./search/state.js";

const QUIET = 120; // milliseconds after a key

const list = form.querySelector(".cards");
const more = form.querySelector(".more");
const status = form.querySelector("[role=status]");
let latest = 0;
let stream;

/** Shows the next results of a search, unless there is a later one. Says which briefings these are. */
async function showMore(number) {
  const own = stream;
  const found = [];
  let next = { done: false };
  while (found.length < atOnce && !(next = await own.next()).done) found.push(next.value);
  if (number !== latest) return [];
  if (list.dataset.number !== String(number)) list.replaceChildren();
  list.dataset.number = number;
  list.append(...found.map(cardOf));
  more.hidden = next.done || list.children.length >= Number(list.dataset.count);
  return found;
}

async function search(indexes) {
  const number = ++latest;
  const asked = state();
  const found = await ask(indexes, asked);
  if (number !== latest) return;
  stream = found.stream;
  list.dataset.count = found.count;
  showFilters(found.counts);
  showRecords(asked.words);
  const shown = await showMore(number);
  if (number !== latest) return;
  form.querySelector("output").value = numbers.format(found.count);
  status.textContent = form.querySelector("h2").textContent;
  say(found.count ? "" : "none");
  const lacked = found.count && asked.words ? await lacking(indexes, asked.words, shown) : [];
  if (number !== latest) return;
  if (lacked.length) {
    say("lacking", new Intl.ListFormat(language, { type: "unit" }).format(lacked));
    status.append(" ", form.querySelector("[data-say=lacking]").textContent);
  }
  form.dataset.asked = addressOf(asked);
}

const failed = problem => {
  console.error(problem);
  say("failed");
};

async function begin() {
  read();
  document.querySelectorAll("[data-unscripted]").forEach(text => (text.hidden = true));
  form.hidden = false;
  if (matchMedia("(min-width: 62rem)").matches)
    form.querySelectorAll(".filters, [data-first]").forEach(group => (group.open = true));
  const [indexes] = await Promise.all([Promise.all([...form.querySelectorAll("data.index")].map(open)), moreNames()]);
  const run = () => search(indexes).catch(failed);
  const go = how => {
    history[how](null, "", addressOf(state()));
    return run();
  };

  let timer;
  form.elements.q.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => go("replaceState"), QUIET);
    allNames().then(() => showRecords(form.elements.q.value));
  });
  form.addEventListener("submit", event => {
    event.preventDefault();
    clearTimeout(timer);
    go("pushState");
  });
  form.addEventListener("reset", event => {
    event.preventDefault(); // the words stay
    chooseNothing();
    go("pushState");
    form.querySelector(".filters > summary").focus();
  });
  form.addEventListener("change", ({ target }) => {
    if (KINDS.includes(target.name)) choose(target.name, target.value, target.checked);
    if (target.name !== "q") go("pushState");
  });
  form.addEventListener("click", async ({ target }) => {
    const group = target.closest("button[type=button]")?.closest("[data-filter]");
    if (group) {
      showAll(group);
      await allNames();
      await run();
      focusFirstOfMore(group);
    } else if (target === more) {
      const before = list.children.length;
      await showMore(latest).catch(failed);
      list.children[before]?.querySelector("a").focus();
    }
  });
  addEventListener("popstate", () => {
    read();
    run();
  });
  await run();
  // A label that isn't among the most used may be missing.
  if (allChosen().some(([kind, value]) => isMissing(kind, value))) await allNames().then(run);
}

begin().catch(failed);
