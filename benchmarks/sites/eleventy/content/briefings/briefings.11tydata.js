const slug = (name) => name.toLowerCase().replaceAll(" ", "-");
const linked = (kind, names) => names.map((name) => ({ name, address: `/${kind}/${slug(name)}/` }));

export default {
  layout: "briefing.njk",
  permalink: (data) => `/${data.date.toISOString().slice(0, 10).replaceAll("-", "/")}/${data.slug}/`,
  eleventyComputed: {
    links: (data) => [linked("regions", [data.region]), linked("actors", data.actors), linked("tags", data.tags)],
  },
};
