// Search: Pagefind's index, asked by a form whose state stands in the address. Without it the page's lists remain.

import { cardOf } from "./search/cards.js";
import { filters, focusFirstOfMore, showAll, showChosen, showFilters } from "./search/filters.js";
import { ask, lacking, open } from "./search/indexes.js";
import { allNames, isMissing, moreNames, showRecords } from "./search/names.js";
import { atOnce, form, language, numbers, say } from "./search/page.js";
import { KINDS, addressOf, allChosen, choose, chooseNothing, read, state } from "./search/state.js";
import { divided, isBegun, isShort } from "./search/words.js";

const QUIET = 120; // milliseconds after a key
const QUIET_IN_WORD = 500; // after the first letters of a word

const list = form.querySelector(".cards");
const more = form.querySelector(".more");
const status = form.querySelector("[role=status]");
const listed = words => words.length && new Intl.ListFormat(language, { type: "unit" }).format(words);
let latest = 0;
let stream;
let counts;

/** The next briefings of a search, and whether there are more. */
async function next(results) {
  const found = [];
  let last = { done: false };
  while (found.length < atOnce && !(last = await results.next()).done) found.push(last.value);
  return { found, isLast: last.done };
}

function show({ found, isLast }) {
  list.append(...found.map(cardOf));
  more.hidden = isLast || list.children.length >= Number(list.dataset.count);
}

async function search(indexes) {
  const number = ++latest;
  const asked = state();
  const { sought, passed } = divided(asked.words);
  const answer = await ask(indexes, { ...asked, words: isShort(sought) ? `"${sought}"` : sought });
  const first = await next(answer.stream);
  const lacked = answer.count && sought ? await lacking(indexes, sought, first.found) : [];
  if (number !== latest) return; // another search has begun meanwhile
  ({ stream, counts } = answer);
  list.dataset.count = answer.count;
  showChosen();
  showRecords(asked.words);
  list.replaceChildren();
  show(first);
  form.querySelector("output").value = numbers.format(answer.count);
  say({ none: !answer.count, short: isShort(sought), lacking: listed(lacked), passed: listed(passed) });
  status.textContent = [form.querySelector("h2"), ...form.querySelectorAll("[data-text]:not([hidden])")]
    .map(text => text.textContent)
    .join(" ");
  await count();
  if (number === latest) form.dataset.asked = addressOf(asked);
}

/** Counts what each filter leaves, where filters are shown: it takes as long as the search itself, which is shown before. */
async function count() {
  const number = latest;
  if (!filters.open) return;
  await painted();
  if (number !== latest) return;
  const counted = await counts();
  if (number === latest) showFilters(counted);
}

const painted = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));

async function showMore() {
  const number = latest;
  const before = list.children.length;
  const following = await next(stream);
  if (number !== latest) return;
  show(following);
  list.children[before]?.querySelector("a").focus();
}

const failed = problem => {
  console.error(problem);
  say({ failed: true });
};

async function begin() {
  read();
  document.querySelectorAll("[data-unscripted]").forEach(text => (text.hidden = true));
  form.hidden = false;
  if (matchMedia("(min-width: 62rem)").matches)
    [filters, ...form.querySelectorAll("[data-first]")].forEach(group => (group.open = true));
  const [indexes] = await Promise.all([Promise.all([...form.querySelectorAll("data.index")].map(open)), moreNames()]);
  const run = () => search(indexes).catch(failed);
  const go = how => {
    history[how](null, "", addressOf(state()));
    return run();
  };

  let timer;
  form.elements.q.addEventListener("input", () => {
    clearTimeout(timer);
    const { sought } = divided(state().words);
    if (!isBegun(sought)) indexes.forEach(index => index.preload(sought));
    timer = setTimeout(() => go("replaceState"), isBegun(form.elements.q.value) ? QUIET_IN_WORD : QUIET);
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
    filters.querySelector("summary").focus();
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
    } else if (target === more) await showMore().catch(failed);
  });
  addEventListener("popstate", () => {
    read();
    run();
  });
  await run();
  filters.addEventListener("toggle", () => count().catch(failed));
  // A label that isn't among the most used may be missing.
  if (allChosen().some(([kind, value]) => isMissing(kind, value))) await allNames().then(run);
}

begin().catch(failed);
