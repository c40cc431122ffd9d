// Filters: the choices that are left, each with how many briefings it leaves.

import { labelOf, named } from "./names.js";
import { element, form, language, numbers } from "./page.js";
import { allChosen, chosenOf } from "./state.js";

const FEW = 12; // choices of a filter that are shown at first
const groups = [...form.querySelectorAll("[data-filter]")];

export const filters = form.querySelector(".filters");

/** How many are chosen stands beside the word, also while the filters are closed. */
export function showChosen() {
  const chosen = allChosen().length;
  filters.querySelector("summary small").textContent = chosen ? numbers.format(chosen) : "";
  form.querySelector("[type=reset]").hidden = !chosen;
}

export function showFilters(counts) {
  const focused = document.activeElement?.closest("[data-filter] input");
  for (const group of groups) showGroup(group, counts[group.dataset.filter] ?? {});
  if (focused) form.querySelector(`input[name="${focused.name}"][value="${CSS.escape(focused.value)}"]`)?.focus();
}

function showGroup(group, counts) {
  const kind = group.dataset.filter;
  const chosen = chosenOf(kind);
  const values = [...new Set([...chosen, ...Object.keys(counts).filter(value => counts[value])])].map(value => ({
    value,
    count: counts[value] ?? 0,
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

function choiceOf(kind, { value, count, label }, checked) {
  const box = element("input", { type: "checkbox", name: kind, value, checked });
  return element("li", {}, element("label", {}, box, " ", named(label), " ", element("data", { value: count }, numbers.format(count))));
}

/** From now on all choices of a filter are shown. */
export const showAll = group => (group.dataset.all = "");

export const focusFirstOfMore = group => group.querySelector(`li:nth-child(${FEW + 1}) input`)?.focus();
