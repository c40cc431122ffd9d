// Search: Pagefind's index, asked by a form whose state stands in the address. Without it the page's lists remain.

const form = document.querySelector("form.search");
const { root, home, results: atOnce } = form.dataset;
const language = document.documentElement.lang;
const groups = [...form.querySelectorAll("[data-filter]")];
const KINDS = groups.map(group => group.dataset.filter);
const FEW = 12; // choices of a filter that are shown at first
const MOST_RECORDS = 5;
const EVERY = "ⰰⰱ"; // a word that is in every document
const QUIET = 120; // milliseconds after a key
// What a briefing's actors and regions are otherwise called is found, and counts little.
const RANKING = { metaWeights: { also: 0.5, date: 0.1, regions: 0.1, marks: 0.1, instead: 0.1 } };

const numbers = new Intl.NumberFormat(language, { numberingSystem: "latn" });
const say = name => form.querySelectorAll("[data-say]").forEach(text => (text.hidden = text.dataset.say !== name));

const element = (name, attributes, ...inside) => {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...inside);
  return made;
};

// Names: what filters are labelled with, and the records that are offered.

const known = new Map();
const files = form.dataset.names.split(" ");

/** Loads the next file of names; the most used are in the first. Says whether there was one. */
async function moreNames() {
  const file = files.shift();
  if (!file) return false;
  const answer = await fetch(root + file);
  for (const [kind, slug, name, others, lang] of await answer.json())
    known.set(`${kind} ${slug}`, { kind, slug, name, lang, all: [name, ...others].map(other => [fold(other), other]) });
  return true;
}

const allNames = async () => {
  while (await moreNames());
};

const fold = text =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[đøłı’]/g, letter => ({ đ: "d", ø: "o", ł: "l", ı: "i", "’": "'" })[letter]);

const labelOf = (kind, slug) => known.get(`${kind === "source" ? "kind" : kind} ${slug}`) ?? { name: slug };

const named = ({ name, lang }) => element("bdi", lang ? { lang } : {}, name);

const pageOf = ({ kind, slug }) => `${root}${home}${kind}s/${slug}/`;

/** The records that are called so, by whichever of their names: the whole, then its beginning, then a word's. */
function recordsFor(words) {
  const wanted = fold(words.trim());
  if (wanted.length < 2) return [];
  const fit = name => (name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(` ${wanted}`) ? 2 : 3);
  return [...known.values()]
    .filter(record => record.kind !== "kind")
    .map(record => {
      const [best, other] = record.all.map(([folded, other]) => [fit(folded), other]).sort((a, b) => a[0] - b[0])[0];
      return { record, best, other };
    })
    .filter(({ best }) => best < 3)
    .sort((a, b) => a.best - b.best)
    .slice(0, MOST_RECORDS);
}

// The index: one for each language, each of parts that lie apart in time, the newest first.

async function open(mark) {
  const parts = mark.value.split(" ").map(part => new URL(root + part, location).pathname);
  const { lang, dir, hiddenIn, language: told } = mark.dataset;
  const pagefind = await import(`${parts[0]}pagefind.js`);
  const options = part => ({ basePath: part, baseUrl: "/", ranking: RANKING, mergeFilter: { part } });
  // In a worker it would need the host's leave for WebAssembly on its own files too.
  await pagefind.options({ ...options(parts[0]), noWorker: true });
  await pagefind.init();
  await pagefind.filters(); // fails where the index can't be loaded, for which merging would wait for ever
  await Promise.all(parts.slice(1).map(part => pagefind.mergeIndex(part, { ...options(part), language: lang })));
  const without = hiddenIn ? { none: [{ hidden: hiddenIn }] } : {};
  return {
    parts,
    filters: () => pagefind.filters(),
    search: (words, filters, more) => pagefind.search(words || EVERY, { filters: { ...filters, ...without }, ...more }),
    shown: data => ({ ...data, lang, dir, told }),
  };
}

/** Results in the order of their dates. Pagefind sorts each part by itself, so they are asked for one after the other. */
async function* byDate(index, words, filters, direction) {
  for (const part of direction === "asc" ? [...index.parts].reverse() : index.parts) {
    const { results } = await index.search(words, { ...filters, part }, { sort: { date: direction } });
    yield* loaded(results.map(result => ({ index, result })));
  }
}

async function* loaded(found) {
  for (let at = 0; at < found.length; at += Number(atOnce))
    yield* await Promise.all(
      found.slice(at, at + Number(atOnce)).map(async ({ index, result }) => index.shown(await result.data())),
    );
}

/** Several streams that are each in order, as one. */
async function* merged(streams, sign) {
  const next = async stream => ({ stream, head: await stream.next() });
  let waiting = await Promise.all(streams.map(next));
  while ((waiting = waiting.filter(({ head }) => !head.done)).length) {
    const first = waiting.reduce((a, b) => (a.head.value.meta.date.localeCompare(b.head.value.meta.date) * sign <= 0 ? a : b));
    yield first.head.value;
    Object.assign(first, await next(first.stream));
  }
}

const summed = all => {
  const sum = {};
  for (const counts of all)
    for (const [kind, values] of Object.entries(counts))
      for (const [value, count] of Object.entries(values))
        (sum[kind] ??= {})[value] = (sum[kind][value] ?? 0) + count;
  return sum;
};

/** How many briefings fit, how many would with each choice more, and the briefings themselves. */
async function ask(indexes, { words, order, chosen }) {
  const filters = Object.fromEntries(Object.entries(chosen).filter(([, values]) => values.length));
  const { year, ...others } = filters;
  if (year) filters.year = { any: year };
  const answers = await Promise.all(indexes.map(index => index.search(words, filters)));
  const counts = summed(answers.map(answer => answer.filters));
  if (year) counts.year = summed((await Promise.all(indexes.map(i => i.search(words, others)))).map(a => a.filters)).year;
  const count = answers.reduce((sum, answer) => sum + answer.results.length, 0);
  if (words && !order) {
    const all = answers.flatMap(({ results }, at) => results.map(result => ({ index: indexes[at], result })));
    return { count, counts, stream: loaded(all.sort((a, b) => b.result.score - a.result.score)) };
  }
  const direction = order === "oldest" ? "asc" : "desc";
  const streams = indexes.map(index => byDate(index, words, filters, direction));
  return { count, counts, stream: streams.length === 1 ? streams[0] : merged(streams, direction === "asc" ? 1 : -1) };
}

// The state, in the address and in the form.

const wished = new Map(KINDS.map(kind => [kind, []])); // what is chosen, as the form has only what fits

function read() {
  const state = new URLSearchParams(location.search);
  form.elements.q.value = state.get("q") ?? "";
  form.elements.order.value = state.get("order") ?? "";
  if (form.elements.order.selectedIndex < 0) form.elements.order.value = "";
  for (const kind of KINDS) wished.set(kind, [...new Set(state.getAll(kind))]);
}

const state = () => ({
  words: form.elements.q.value.trim(),
  order: form.elements.order.value,
  chosen: Object.fromEntries(wished),
});

function addressOf({ words, order, chosen }) {
  const search = new URLSearchParams();
  if (words) search.set("q", words);
  for (const [kind, values] of Object.entries(chosen)) for (const value of values) search.append(kind, value);
  if (order) search.set("order", order);
  return String(search) ? `?${search}` : location.pathname;
}

// What is shown.

function showFilters(counts) {
  const focused = document.activeElement?.closest("[data-filter] input");
  for (const group of groups) {
    const kind = group.dataset.filter;
    const chosen = wished.get(kind);
    const own = counts[kind] ?? {};
    const values = [...new Set([...chosen, ...Object.keys(own).filter(value => own[value])])].map(value => ({
      value,
      count: own[value] ?? 0,
      label: labelOf(kind, value),
    }));
    values.sort(
      kind === "year"
        ? (a, b) => b.value.localeCompare(a.value)
        : (a, b) => b.count - a.count || a.label.name.localeCompare(b.label.name, language),
    );
    const isShort = !("all" in group.dataset) && values.length > FEW;
    const shown = isShort ? values.filter(({ value }, at) => at < FEW || chosen.includes(value)) : values;
    group.hidden = !values.length;
    group.open ||= chosen.length > 0;
    group.querySelector("button").hidden = !isShort;
    group.querySelector("ul").replaceChildren(...shown.map(choice => choiceOf(kind, choice, chosen.includes(choice.value))));
  }
  const chosen = [...wished.values()].flat().length;
  form.querySelector(".filters > summary data").textContent = chosen ? numbers.format(chosen) : "";
  form.querySelector("[type=reset]").hidden = !chosen;
  if (focused) form.querySelector(`input[name="${focused.name}"][value="${CSS.escape(focused.value)}"]`)?.focus();
}

function choiceOf(kind, { value, count, label }, checked) {
  const box = element("input", { type: "checkbox", name: kind, value, checked });
  return element("li", {}, element("label", {}, box, " ", named(label), " ", element("data", { value: count }, numbers.format(count))));
}

function showRecords(words) {
  const list = form.querySelector(".records");
  const records = recordsFor(words).map(({ record, other }) => {
    const link = element("a", { href: pageOf(record) }, named(record));
    const item = element("li", {}, `${list.dataset[record.kind]}: `, link);
    if (other !== record.name) item.append(" ", element("small", {}, "(", element("bdi", {}, other), ")"));
    return item;
  });
  list.replaceChildren(...records);
  list.hidden = !records.length;
}

function cardOf(data) {
  const card = form.querySelector("template").content.cloneNode(true);
  const link = card.querySelector("h3 a");
  // A document's name is the briefing's address, with dots for its slashes.
  link.href = `${root}/${data.raw_url.slice(1, -".html".length).replaceAll(".", "/")}/`;
  link.textContent = data.meta.title;
  const date = card.querySelector("time");
  date.dateTime = data.meta.date.split("/")[0];
  date.textContent = dateText(data.meta.date);
  const excerpt = card.querySelector(".excerpt");
  excerpt.append(...(data.meta.instead ? [data.meta.instead] : marked(data.excerpt)));
  for (const words of data.told ? [card.querySelector("h3"), excerpt] : []) Object.assign(words, { lang: data.lang, dir: data.dir });
  const regions = (data.meta.regions ?? "").split(" ").filter(Boolean).map(slug => labelOf("region", slug));
  card.querySelector("[data-mark=language]").textContent = data.told;
  card.querySelector("[data-mark=regions]").append(
    ...regions.flatMap((region, at) => [at ? ", " : "", region.kind ? element("a", { href: pageOf(region) }, named(region)) : region.name]),
  );
  const marks = new Set((data.meta.marks ?? "").split(" "));
  if (data.meta.instead) marks.add("warned");
  if (data.told) marks.add("language");
  if (regions.length) marks.add("regions");
  for (const mark of card.querySelectorAll("[data-mark]")) if (!marks.has(mark.dataset.mark)) mark.remove();
  return card;
}

/** An excerpt, in which Pagefind has escaped what isn't its own, as nodes. */
const marked = excerpt =>
  excerpt.split(/<mark>(.*?)<\/mark>/s).map((text, at) => {
    const plain = text.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    return at % 2 ? element("mark", {}, plain) : plain;
  });

function dateText(edtf) {
  const [start, end] = edtf.split("/").map(moment => moment.slice(0, 10));
  const formatOf = day =>
    new Intl.DateTimeFormat(language, {
      ...{ timeZone: "UTC", numberingSystem: "latn", calendar: "gregory", year: "numeric" },
      ...(day.length > 4 && { month: "long" }),
      ...(day.length > 7 && { day: "numeric" }),
    });
  if (!end) return formatOf(start).format(new Date(start));
  if (start.length === end.length) return formatOf(start).formatRange(new Date(start), new Date(end));
  return `${formatOf(start).format(new Date(start))} – ${formatOf(end).format(new Date(end))}`;
}

// Searching.

const list = form.querySelector(".cards");
const more = form.querySelector(".more");
let latest = 0;
let stream;

async function showMore(number) {
  const own = stream;
  const found = [];
  let next = { done: false };
  while (found.length < Number(atOnce) && !(next = await own.next()).done) found.push(next.value);
  if (number !== latest) return [];
  const cards = found.map(cardOf);
  const links = cards.map(card => card.querySelector("a"));
  if (list.dataset.number !== String(number)) list.replaceChildren();
  list.dataset.number = number;
  list.append(...cards);
  more.hidden = next.done || list.children.length >= Number(list.dataset.count);
  return links;
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
  await showMore(number);
  if (number !== latest) return;
  form.querySelector("output").value = numbers.format(found.count);
  form.querySelector("[role=status]").textContent = form.querySelector("h2").textContent;
  say(found.count ? "" : "none");
  form.dataset.asked = addressOf(asked);
}

async function begin() {
  read();
  document.querySelectorAll("[data-unscripted]").forEach(text => (text.hidden = true));
  form.hidden = false;
  form.querySelector(".filters").open = matchMedia("(min-width: 62rem)").matches;
  const [indexes] = await Promise.all([Promise.all([...form.querySelectorAll("data.index")].map(open)), moreNames()]);
  await Promise.all(indexes.map(index => index.filters()));
  const failed = problem => {
    console.error(problem);
    say("failed");
  };
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
    for (const kind of KINDS) wished.set(kind, []);
    go("pushState");
    form.querySelector(".filters > summary").focus();
  });
  form.addEventListener("change", ({ target }) => {
    if (KINDS.includes(target.name))
      wished.set(target.name, [...wished.get(target.name).filter(v => v !== target.value), ...(target.checked ? [target.value] : [])]);
    if (target.name !== "q") go("pushState");
  });
  form.addEventListener("click", async ({ target }) => {
    const group = target.closest("button[type=button]")?.closest("[data-filter]");
    if (group) {
      group.dataset.all = "";
      await allNames();
      await run();
      group.querySelector(`li:nth-child(${FEW + 1}) input`)?.focus();
    } else if (target === more) (await showMore(latest).catch(failed))?.[0]?.focus();
  });
  addEventListener("popstate", () => {
    read();
    run();
  });
  await run();
  // A label that isn't among the most used may be missing.
  if ([...wished].some(([kind, values]) => kind !== "year" && values.some(value => !labelOf(kind, value).kind)) && files.length)
    await allNames().then(run);
}

begin().catch(problem => {
  console.error(problem);
  say("failed");
});
