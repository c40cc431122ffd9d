// The state of a search, in the address and in the form.

import { form } from "./page.js";

export const KINDS = [...form.querySelectorAll("[data-filter]")].map(group => group.dataset.filter);

const wished = new Map(KINDS.map(kind => [kind, []])); // what is chosen, as the form has only what fits

export const chosenOf = kind => wished.get(kind);

export const allChosen = () => [...wished].flatMap(([kind, values]) => values.map(value => [kind, value]));

export const choose = (kind, value, isChosen) =>
  wished.set(kind, [...wished.get(kind).filter(other => other !== value), ...(isChosen ? [value] : [])]);

export function chooseNothing() {
  for (const kind of KINDS) wished.set(kind, []);
}

/** Takes the state from the address. */
export function read() {
  const state = new URLSearchParams(location.search);
  form.elements.q.value = state.get("q") ?? "";
  form.elements.order.value = state.get("order") ?? "";
  if (form.elements.order.selectedIndex < 0) form.elements.order.value = "";
  for (const kind of KINDS) wished.set(kind, [...new Set(state.getAll(kind))]);
}

export const state = () => ({
  words: form.elements.q.value.trim(),
  order: form.elements.order.value,
  chosen: Object.fromEntries(wished),
});

export function addressOf({ words, order, chosen }) {
  const search = new URLSearchParams();
  if (words) search.set("q", words);
  for (const [kind, values] of Object.entries(chosen)) for (const value of values) search.append(kind, value);
  if (order) search.set("order", order);
  return String(search) ? `?${search}` : location.pathname;
}
