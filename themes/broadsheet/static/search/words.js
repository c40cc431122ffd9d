// Words: those of a search that are looked for, and those that nearly every briefing has.

import { form } from "./page.js";

const common = new Set(form.dataset.common.split(" "));
const isCommon = word => common.has(word.toLowerCase()) && !isInCapitals(word); // IS and US are names
const isInCapitals = word => word === word.toUpperCase() && word !== word.toLowerCase();

/**
 * The words that are looked for, and the others, as a list. Pagefind reads every place of a word: those that are
 * everywhere take longest, and leave nothing out. In quotation marks all words count.
 */
export function divided(words) {
  if (/^".+"$/.test(words)) return { sought: words, passed: [] };
  const all = words.split(/\s+/).filter(Boolean);
  return { sought: all.filter(word => !isCommon(word)).join(" "), passed: [...new Set(all.filter(isCommon))] };
}

/** Whether a word has just been begun, which is the beginning of very many. */
export const isBegun = words => /(^|\s)[\p{L}\p{N}]{1,2}$/u.test(words);

/** Whether all that is looked for is a word of one or two letters: it is found whole, as very many begin so. */
export const isShort = words => /^[\p{L}\p{N}]{1,2}$/u.test(words);
