// The map's conveniences: choosing what is shown, and going nearer. Without it every place is on the map and in the
// list; with it the list stays what is shown, and the marks are made of the list anew.

const SVG = "http://www.w3.org/2000/svg";
const APART = 30; // units of the drawing between marks, as when the page was made
const NEAREST = 8;

const tools = document.querySelector(".tools");
const drawings = [...document.querySelectorAll(".map")];
const rows = [...document.querySelectorAll(".places tr")].filter(row => row.querySelector("time"));
const places = [...document.querySelectorAll(".places tbody")].map(body => ({
  body,
  rows: rows.filter(row => row.parentElement === body),
  name: body.querySelector("th").firstChild.textContent.trim(), // a text, or a `bdi` in another language
  isPoint: "x" in body.dataset, // the ring of what is known only to an area stays as it is
  x: Number(body.dataset.x),
  y: Number(body.dataset.y),
}));

const element = (name, attributes, ...inside) => {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
};

/** Brings spots together until no two are nearer than `apart`: the heavier takes up the lighter. */
function clusters(spots, apart) {
  let found = spots.map(spot => ({ ...spot, places: [spot.place] }));
  for (;;) {
    found.sort((a, b) => b.weight - a.weight || a.y - b.y || a.x - b.x);
    const groups = [];
    for (const cluster of found) {
      const group = groups.find(other => Math.hypot(other.x - cluster.x, other.y - cluster.y) < apart);
      if (!group) {
        groups.push({ ...cluster });
        continue;
      }
      const weight = group.weight + cluster.weight;
      group.x = (group.x * group.weight + cluster.x * cluster.weight) / weight;
      group.y = (group.y * group.weight + cluster.y * cluster.weight) / weight;
      group.weight = weight;
      group.places = [...group.places, ...cluster.places];
    }
    if (groups.length === found.length) return groups;
    found = groups;
  }
}

function markOf(cluster, nearer) {
  const heaviest = [...cluster.places].sort((a, b) => b.shown - a.shown)[0];
  const names = [...new Set(cluster.places.map(place => place.name))];
  const radius = Math.min(15, 3.6 + 2.4 * Math.sqrt(cluster.weight)) / nearer;
  const at = { cx: cluster.x, cy: cluster.y };
  const link = element(
    "a",
    { href: `#${cluster.places[0].body.id}` },
    element("title", {}, `${names.slice(0, 3).join(", ")}${names.length > 3 ? ` (+ ${names.length - 3})` : ""}: ${cluster.weight}`),
    element("circle", { class: "target", ...at, r: Math.max(radius, 18 / nearer) }),
    element("circle", { class: cluster.weight > 1 ? "disc" : "dot", ...at, r: radius }),
  );
  if (cluster.weight > 1) link.append(element("text", { x: cluster.x, y: cluster.y, dy: ".35em" }, cluster.weight));
  const label = { class: "place", x: cluster.x + radius + 3 / nearer, y: cluster.y, dy: ".35em", "text-anchor": "start" };
  link.append(element("text", label, heaviest.name));
  return link;
}

/** Hides the labels that would cover a mark or another label. */
function thin(marks) {
  const taken = [...marks.querySelectorAll(".dot, .disc")].map(circle => circle.getBoundingClientRect());
  for (const label of marks.querySelectorAll(".place")) {
    const own = label.getBoundingClientRect();
    const meets = box => own.left < box.right && own.right > box.left && own.top < box.bottom && own.bottom > box.top;
    const isHidden = taken.some(meets);
    label.toggleAttribute("data-covered", isHidden);
    if (!isHidden) taken.push(own);
  }
}

/** What is known only to an area: its ring is as large on a nearer map, as its size says nothing. */
class Ring {
  constructor(mark) {
    const own = mark.querySelector(".ring");
    this.mark = mark;
    this.circles = [own, mark.querySelector(".target")];
    this.label = mark.querySelector("text");
    this.middle = { x: Number(own.getAttribute("cx")), y: Number(own.getAttribute("cy")) };
    this.radius = Number(own.getAttribute("r"));
    this.offset = this.label && { x: this.label.getAttribute("x") - this.middle.x, y: this.label.getAttribute("y") - this.middle.y };
  }

  get isShown() {
    return !document.querySelector(this.mark.getAttribute("href")).hidden;
  }

  at(nearer) {
    for (const circle of this.circles) circle.setAttribute("r", this.radius / nearer);
    for (const axis of this.label ? ["x", "y"] : [])
      this.label.setAttribute(axis, this.middle[axis] + this.offset[axis] / nearer);
    return this.mark;
  }
}

class Drawing {
  constructor(svg) {
    this.svg = svg;
    this.whole = svg.viewBox.baseVal;
    this.size = [this.whole.width, this.whole.height];
    this.factor = this.size[0] / drawings[0].viewBox.baseVal.width; // the list has the places of the first drawing
    this.marks = svg.querySelector(".marks");
    this.rings = [...this.marks.children].filter(mark => mark.querySelector(".ring")).map(mark => new Ring(mark));
    this.nearer = 1;
    this.middle = this.size.map(side => side / 2);
  }

  draw() {
    const spots = places
      .filter(place => place.isPoint && place.shown)
      .map(place => ({ place, x: place.x * this.factor, y: place.y * this.factor, weight: place.shown }));
    const marks = clusters(spots, APART / this.nearer).map(cluster => markOf(cluster, this.nearer));
    const rings = this.rings.filter(ring => ring.isShown).map(ring => ring.at(this.nearer));
    const focused = this.marks.querySelector("a:focus")?.getAttribute("href");
    this.marks.replaceChildren(...rings, ...marks);
    // Whoever goes about by keyboard stays on the map, on the same mark if it is still there.
    if (focused) (this.marks.querySelector(`a[href="${focused}"]`) ?? this.marks.querySelector("a"))?.focus();
    thin(this.marks);
  }

  /** Shows the part around the middle; `nearer` is how many times larger than the whole. */
  look(nearer, [x, y] = this.middle) {
    const [width, height] = this.size.map(side => side / nearer);
    const within = (at, side, shown) => Math.min(Math.max(at, shown / 2), side - shown / 2);
    this.nearer = nearer;
    this.middle = [within(x, this.size[0], width), within(y, this.size[1], height)];
    this.svg.setAttribute("viewBox", [this.middle[0] - width / 2, this.middle[1] - height / 2, width, height].join(" "));
    this.svg.style.setProperty("--nearer", nearer);
    this.draw();
  }

  /** Where to go nearer to: the mark that has the focus, else the middle of what is shown. */
  aim() {
    const circle = this.marks.querySelector("a:focus .target");
    return circle ? [circle.cx.baseVal.value, circle.cy.baseVal.value] : this.middle;
  }

  zoom(factor) {
    const nearer = factor ? Math.min(Math.max(this.nearer * factor, 1), NEAREST) : 1;
    this.look(nearer, this.aim());
  }

  move(right, down) {
    const step = this.size[0] / this.nearer / 5;
    this.look(this.nearer, [this.middle[0] + right * step, this.middle[1] + down * step]);
  }
}

if (tools && drawings.length) {
  const shown = drawings.map(svg => new Drawing(svg));
  const visible = () => shown.find(drawing => drawing.svg.checkVisibility()) ?? shown[0];
  const years = tools.querySelector("[data-years]");
  const yearOf = row => row.querySelector("time").dateTime.slice(0, 4);
  for (const year of [...new Set(rows.map(yearOf))].sort().reverse()) years.append(new Option(year, year));

  const choose = () => {
    const wanted = [...tools.querySelectorAll("select:not([data-years])")].map(select => select.value).filter(Boolean);
    const found = new Set();
    for (const place of places) {
      for (const row of place.rows) {
        const choices = (row.dataset.choices ?? "").split(" ");
        row.hidden = !wanted.every(choice => choices.includes(choice)) || (years.value && yearOf(row) !== years.value);
        if (!row.hidden) found.add(row.querySelector("td a").href);
      }
      place.shown = place.rows.filter(row => !row.hidden).length;
      place.body.hidden = !place.shown;
    }
    tools.querySelector("output").value = found.size;
  };

  choose();
  for (const drawing of shown) {
    drawing.svg.addEventListener("keydown", event => {
      const zoom = { "+": 2, "=": 2, "-": 0.5, 0: 0 }[event.key];
      const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (zoom !== undefined) drawing.zoom(zoom);
      else if (move && drawing.nearer > 1) drawing.move(...move);
      else return;
      event.preventDefault();
    });
  }
  tools.addEventListener("change", () => {
    choose();
    for (const drawing of shown) drawing.draw();
  });
  tools.addEventListener("click", event => {
    const factor = event.target.closest("[data-zoom]")?.dataset.zoom;
    if (factor !== undefined) visible().zoom(Number(factor));
  });
  tools.addEventListener("submit", event => event.preventDefault());
  tools.hidden = false;
}
