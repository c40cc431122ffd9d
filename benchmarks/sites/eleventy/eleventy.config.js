// Briefings, the lists of each term, their indexes, home. With PAGES=same the pages that Sitrep makes: also those of
// years, months and days, a feed of each list, and a sitemap.
const PER_PAGE = 25;
const same = process.env.PAGES === "same";

export default function (config) {
  const iso = (date) => date.toISOString().slice(0, 10);
  config.addFilter("iso", iso);
  config.setQuietMode(true);
  if (!same) {
    for (const name of ["periods", "feeds", "sitemap", "404"]) config.ignores.add(`content/${name}.njk`);
  }

  config.addCollection("briefings", (api) => briefings(api));
  config.addCollection("lists", (api) => terms(api));
  config.addCollection("pages", (api) => terms(api).flatMap(paged));
  config.addCollection("indexes", (api) => {
    const found = terms(api);
    return ["regions", "actors", "tags"].map((kind) => ({
      kind,
      terms: found.filter((term) => term.kind === kind).sort((a, b) => a.name.localeCompare(b.name)),
    }));
  });
  config.addCollection("periods", (api) => {
    const found = new Map();
    for (const briefing of briefings(api)) {
      const day = iso(briefing.date);
      for (const length of [4, 7, 10]) push(found, day.slice(0, length), briefing);
    }
    return [...found].map(([name, items]) => ({ name, address: `/${name.replaceAll("-", "/")}/`, items }));
  });
  return { dir: { input: "content", includes: "../_includes" }, markdownTemplateEngine: false };
}

const slug = (name) => name.toLowerCase().replaceAll(" ", "-");
const push = (map, key, value) => (map.get(key)?.push(value) ? map : map.set(key, [value]));

let sorted;

function briefings(api) {
  sorted ??= api.getFilteredByGlob("content/briefings/**/*.md").reverse();
  return sorted;
}

let filed;

function terms(api) {
  if (filed) return filed;
  const found = new Map();
  for (const briefing of briefings(api)) {
    const { region, actors, tags } = briefing.data;
    for (const [kind, names] of [["regions", [region]], ["actors", actors], ["tags", tags]])
      for (const name of names) push(found, `${kind}\n${name}`, briefing);
  }
  filed = [...found].map(([key, items]) => {
    const [kind, name] = key.split("\n");
    return { kind, name, address: `/${kind}/${slug(name)}/`, items };
  });
  return filed;
}

function paged(term) {
  const addresses = [];
  for (let at = 0; at * PER_PAGE < term.items.length; at++)
    addresses.push(at ? `${term.address}page/${at + 1}/` : term.address);
  return addresses.map((address, at) => ({
    name: term.name,
    address,
    items: term.items.slice(at * PER_PAGE, (at + 1) * PER_PAGE),
    newer: addresses[at - 1],
    older: addresses[at + 1],
  }));
}
