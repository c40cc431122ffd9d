// Cards: a briefing that was found, as the page's template has it.

import { labelOf, named, pageOf } from "./names.js";
import { element, form, language, root } from "./page.js";

export function cardOf(data) {
  const card = form.querySelector("template").content.cloneNode(true);
  const link = card.querySelector("h3 a");
  // A document's name is the briefing's address, with dots for its slashes.
  link.href = `${root}/${data.raw_url.slice(1, -".html".length).replaceAll(".", "/")}/`;
  link.textContent = data.meta.title;
  card.querySelector(".when").append(element("time", { dateTime: data.meta.date.split("/")[0] }, dateText(data.meta.date)));
  const excerpt = card.querySelector(".excerpt");
  excerpt.append(...(data.meta.instead ? [data.meta.instead] : excerptOf(data)));
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

/** An excerpt, in which Pagefind has escaped what isn't its own, as nodes; with dots where the text goes on. */
function excerptOf({ excerpt, plain_excerpt: words, raw_content: text }) {
  const nodes = excerpt.split(/<mark>(.*?)<\/mark>/s).map((piece, at) => {
    const plain = piece.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    return at % 2 ? element("mark", {}, plain) : plain;
  });
  if (!text.trimStart().startsWith(words.trimStart())) nodes.unshift("… ");
  if (!text.trimEnd().endsWith(words.trimEnd())) nodes.push(" …");
  return nodes;
}

const formats = {}; // by how precise a date is: to make one takes a millisecond or two
const formatOf = day =>
  (formats[day.length] ??= new Intl.DateTimeFormat(language, {
    ...{ timeZone: "UTC", numberingSystem: "latn", calendar: "gregory", year: "numeric" },
    ...(day.length > 4 && { month: "long" }),
    ...(day.length > 7 && { day: "numeric" }),
  }));

function dateText(edtf) {
  const [start, end] = edtf.split("/").map(moment => moment.slice(0, 10));
  if (!end) return ordinal(formatOf(start).format(new Date(start)));
  if (start.length === end.length) return ordinal(formatOf(start).formatRange(new Date(start), new Date(end)));
  return ordinal(`${formatOf(start).format(new Date(start))} – ${formatOf(end).format(new Date(end))}`);
}

/** The first of a month, as French has it beyond CLDR's patterns. */
const ordinal = date => (language.startsWith("fr") ? date.replace(/(?<!\d)1(?=\s\p{L}|[–-]\d)/gu, "1er") : date);
