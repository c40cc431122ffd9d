// Names: what filters are labelled with, and the records that are offered.

import { element, fold, form, home, root } from "./page.js";

const MOST_RECORDS = 5;

const known = new Map();
const files = form.dataset.names.split(" ");

/** Loads the next file of names; the most used are in the first. Says whether there was one. */
export async function moreNames() {
  const file = files.shift();
  if (!file) return false;
  const answer = await fetch(root + file);
  for (const [kind, slug, name, others, lang] of await answer.json())
    known.set(`${kind} ${slug}`, { kind, slug, name, lang, all: [name, ...others].map(other => [fold(other), other]) });
  return true;
}

export async function allNames() {
  while (await moreNames());
}

/** Whether there are names to come, of which this may be one. */
export const isMissing = (kind, slug) => files.length > 0 && kind !== "year" && !labelOf(kind, slug).kind;

export const labelOf = (kind, slug) => known.get(`${kind === "source" ? "kind" : kind} ${slug}`) ?? { name: slug };

export const named = ({ name, lang }) => element("bdi", lang ? { lang } : {}, name);

export const pageOf = ({ kind, slug }) => `${root}${home}${kind}s/${slug}/`;

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

export function showRecords(words) {
  const list = form.querySelector(".records");
  const records = recordsFor(words).map(({ record, other }) => {
    const link = element("a", { href: pageOf(record) }, named(record));
    const item = element("li", {}, element("small", {}, list.dataset[record.kind]), " ", link);
    if (other !== record.name) item.append(" ", element("small", {}, "(", element("bdi", {}, other), ")"));
    return item;
  });
  list.replaceChildren(...records);
  list.hidden = !records.length;
}
