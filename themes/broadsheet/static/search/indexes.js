// The index: one for each language, each of parts that lie apart in time, the newest first.

import { atOnce, fold, root } from "./page.js";

const EVERY = "ⰰⰱ"; // a word that is in every document
// What a briefing's actors and regions are otherwise called is found, and counts little.
const RANKING = { metaWeights: { also: 0.5, date: 0.1, regions: 0.1, marks: 0.1, instead: 0.1 } };

/**
 * Opens the index that an element of the page tells of. Pagefind counts what each filter leaves, once their files are
 * loaded, in time that grows with the square of what it finds: so what it finds is asked for without them, and the
 * counts of another instance, which is opened when they are wanted.
 */
export async function open(mark) {
  const parts = mark.value.split(" ").map(part => new URL(root + part, location).pathname);
  const { lang, dir, hiddenIn, language: told } = mark.dataset;
  const pagefind = await import(`${parts[0]}pagefind.js`);
  const finding = await instance(pagefind, parts, lang);
  let counting;
  const without = hiddenIn ? { none: [{ hidden: hiddenIn }] } : {};
  const asked = (words, filters, more) => [words || EVERY, { filters: { ...filters, ...without }, ...more }];
  return {
    parts,
    preload: words => finding.preload(...asked(words, {})),
    search: (...all) => finding.search(...asked(...all)),
    async counts(...all) {
      counting ??= instance(pagefind, parts, lang);
      await (await counting).filters();
      return (await (await counting).search(...asked(...all))).filters;
    },
    has: async word => (await finding.search(`"${word}"`)).results.length > 0,
    shown: data => ({ ...data, lang, dir, told }),
  };
}

async function instance(pagefind, parts, language) {
  const options = part => ({ basePath: part, baseUrl: "/", ranking: RANKING, mergeFilter: { part } });
  // In a worker it would need the host's leave for WebAssembly on its own files too.
  const made = pagefind.createInstance({ ...options(parts[0]), noWorker: true });
  await made.init();
  await made.search(EVERY); // fails where the index can't be loaded, for which merging would wait for ever
  await Promise.all(parts.slice(1).map(part => made.mergeIndex(part, { ...options(part), language })));
  return made;
}

/** Results in the order of their dates. Pagefind sorts each part by itself, so they are asked for one after the other. */
async function* byDate(index, words, filters, direction) {
  for (const part of direction === "asc" ? [...index.parts].reverse() : index.parts) {
    const { results } = await index.search(words, { ...filters, part }, { sort: { date: direction } });
    yield* loaded(results.map(result => ({ index, result })));
  }
}

async function* loaded(found) {
  for (let at = 0; at < found.length; at += atOnce)
    yield* await Promise.all(
      found.slice(at, at + atOnce).map(async ({ index, result }) => index.shown(await result.data())),
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

/** How many briefings fit, the briefings themselves, and a function that counts how many would with each choice more. */
export async function ask(indexes, { words, order, chosen }) {
  const filters = Object.fromEntries(Object.entries(chosen).filter(([, values]) => values.length));
  const { year, ...others } = filters;
  if (year) filters.year = { any: year };
  const countsWith = async wanted => summed(await Promise.all(indexes.map(index => index.counts(words, wanted))));
  const counts = async () => ({ ...(await countsWith(filters)), ...(year && { year: (await countsWith(others)).year }) });
  const answers = await Promise.all(indexes.map(index => index.search(words, filters)));
  const count = answers.reduce((sum, answer) => sum + answer.results.length, 0);
  if (words && !order) {
    const all = answers.flatMap(({ results }, at) => results.map(result => ({ index: indexes[at], result })));
    return { count, counts, stream: loaded(all.sort((a, b) => b.result.score - a.result.score)) };
  }
  const direction = order === "oldest" ? "asc" : "desc";
  const streams = indexes.map(index => byDate(index, words, filters, direction));
  return { count, counts, stream: streams.length === 1 ? streams[0] : merged(streams, direction === "asc" ? 1 : -1) };
}

/**
 * The words that no briefing has, in any of their forms or as the beginning of another. Pagefind passes over a word that
 * it doesn't know, or shortens it until there is one. `found` are some of the briefings that it has found.
 */
export async function lacking(indexes, words, found) {
  const texts = found.map(({ content, meta }) => ` ${plain([content, ...Object.values(meta)].join(" "))}`);
  const lacks = async word => {
    const wanted = plain(word);
    if (!wanted.trim() || texts.some(text => text.includes(` ${wanted}`))) return false;
    return !(await Promise.all(indexes.map(index => index.has(word)))).some(Boolean);
  };
  const all = [...new Set(words.replaceAll('"', " ").split(/\s+/))];
  const answers = await Promise.all(all.map(lacks));
  return all.filter((_, at) => answers[at]);
}

const plain = text => fold(text).replace(/[^\p{L}\p{N}]+/gu, " ").trimEnd();
