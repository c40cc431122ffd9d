// Of the archive's files, saves the rows that belong to a page. Without it, or where it fails, the links lead to the
// whole files.

const SEPARATOR = " | ";

/** The cells of a line of CSV; no cell holds a line break. */
const cells = line =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);

const kept = {
  csv(text, field, id) {
    const [head, ...lines] = text.split("\r\n").filter(Boolean);
    const column = cells(head.replace("\uFEFF", "")).indexOf(field);
    const found = lines.filter(line => cells(line)[column].split(SEPARATOR).includes(id));
    return ["\uFEFF" + head.replace("\uFEFF", ""), ...found, ""].join("\r\n");
  },
  json(text, field, id) {
    const rows = JSON.parse(text).filter(row => row[field].includes(id));
    return `[\n${rows.map(row => JSON.stringify(row)).join(",\n")}\n]\n`;
  },
};

async function save(link, { field, id }) {
  const { format } = link.dataset;
  const text = await (await fetch(link.href)).text();
  const file = document.createElement("a");
  file.href = URL.createObjectURL(new Blob([kept[format](text, field, id)]));
  file.download = `${id}.${format}`;
  file.click();
  URL.revokeObjectURL(file.href);
}

for (const box of document.querySelectorAll("[data-field]")) {
  for (const link of box.querySelectorAll("a")) {
    link.addEventListener("click", event => {
      event.preventDefault();
      save(link, box.dataset).catch(() => location.assign(link.href)); // as from a disk, where nothing can be fetched
    });
  }
}
