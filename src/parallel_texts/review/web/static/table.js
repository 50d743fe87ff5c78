/* Rows in chunks: only those near the window are in the page, the rest are blank of the same height. */
import { all, build, fill, get, main, one, rows, state, words } from "./page.js";

const SIZE = Number(main.dataset.chunk);
const pattern = document.getElementById("chunk");
let chunks = [];
let height = 90;
let shown = null;
const onNewer = [];
export const whenNewer = (callback) => onNewer.push(callback);

class Chunk {
  constructor(count, section) {
    this.count = count;
    this.section = section || pattern.content.firstElementChild.cloneNode(true);
    this.table = one("table", this.section);
    this.loaded = Boolean(section);
    this.section.chunk = this;
  }
  get bodies() { return [...this.table.tBodies]; }
  get start() {
    let start = 0;
    for (const chunk of chunks) { if (chunk === this) return start; start += chunk.count; }
    return start;
  }
  blank() {
    this.loaded = false;
    for (const body of this.bodies) body.remove();
    this.section.classList.add("blank");
    const count = shown ? this.matched || 0 : this.count;
    this.section.hidden = count === 0;
    this.section.style.height = count * height + "px";
  }
  empty() {
    if (!this.loaded || this.section.contains(document.activeElement)) return;
    if (one(".here, .editor", this.section)) return;
    const exact = this.section.getBoundingClientRect().height;
    this.blank();
    this.section.style.height = exact + "px";
  }
  load() {
    if (this.loaded) return Promise.resolve();
    this.loading ||= this.fetch().finally(() => { this.loading = null; });
    return this.loading;
  }
  async fetch() {
    for (;;) {
      const asked = state.serial;
      const told = await get("/rows", { start: this.start, count: this.count });
      if (!this.section.isConnected) return;
      /* Right only if nothing changed before the rows were read, nor since they were asked for. */
      if (told.serial === asked && asked === state.serial) return this.fill(told.rows);
      if (told.serial > state.serial) for (const callback of onNewer) await callback();
    }
  }
  fill(html) {
    if (this.loaded) return;
    this.table.append(...build(html.join("")));
    this.loaded = true;
    this.section.classList.remove("blank");
    this.section.style.height = "";
    for (const body of this.bodies) dress(body);
    this.label();
  }
  label() {
    const from = this.start + 1;
    this.table.setAttribute("aria-label", fill(words.loading, { from, to: from + this.count - 1 }));
  }
}

const dressers = [];
export const whenDrawn = (callback) => { dressers.push(callback); for (const body of bodies()) callback(body); };
const dress = (body) => {
  body.hidden = Boolean(shown) && !shown.has(body.dataset.link);
  for (const callback of dressers) callback(body);
};

const near = new IntersectionObserver((entries) => {
  for (const entry of entries)
    if (entry.isIntersecting) entry.target.chunk.load().catch(() => {});
}, { rootMargin: "120% 0%" });
const far = new IntersectionObserver((entries) => {
  for (const entry of entries)
    if (!entry.isIntersecting) entry.target.chunk.empty();
}, { rootMargin: "600% 0%" });

const lay = (first) => {
  for (const chunk of chunks) { near.unobserve(chunk.section); far.unobserve(chunk.section); chunk.section.remove(); }
  chunks = first ? [first] : [];
  for (let at = first ? first.count : 0; at < state.total; at += SIZE)
    chunks.push(new Chunk(Math.min(SIZE, state.total - at)));
  for (const chunk of chunks) {
    if (!chunk.loaded) chunk.blank();
    rows.append(chunk.section);
    near.observe(chunk.section);
    far.observe(chunk.section);
  }
};

export const bodies = () => all("tbody[data-link]", rows);
export const rowOf = (body) => body.lastElementChild;
export const bodyOf = (link) => one(`tbody[data-link="${CSS.escape(link)}"]`, rows);
export const chunkOf = (body) => body.closest("section").chunk;
export const numberOf = (body) => {
  const chunk = chunkOf(body);
  return chunk.start + chunk.bodies.indexOf(body);
};
const chunkAt = (number) => {
  let start = 0;
  for (const chunk of chunks) {
    if (number < start + chunk.count) return [chunk, number - start];
    start += chunk.count;
  }
  return [null, 0];
};
export const loadRow = async (number) => {
  if (number < 0 || number >= state.total) return null;
  const [chunk, place] = chunkAt(number);
  await chunk.load();
  return chunk.bodies[place] || null;
};

/* Put rows in the place of others; chunks that are not in the page only learn how many they are. */
export const splice = (start, removed, html) => {
  let [chunk, place] = chunkAt(start);
  if (!chunk) { chunk = chunks.at(-1); place = chunk.count; }
  const into = chunk;
  let at = chunks.indexOf(chunk);
  let left = removed;
  for (let from = place; left > 0 && chunk; from = 0, chunk = chunks[++at]) {
    const here = Math.min(left, chunk.count - from);
    if (chunk.loaded) for (const body of chunk.bodies.slice(from, from + here)) body.remove();
    chunk.count -= here;
    left -= here;
  }
  const made = build(html.join(""));
  into.count += made.length;
  if (into.loaded) {
    const after = into.bodies[place] || null;
    if (after) after.before(...made); else into.table.append(...made);
    for (const body of made) { if (shown) shown.add(body.dataset.link); dress(body); }
  } else if (!into.loaded) into.blank();
  for (const chunk of chunks) if (chunk.count === 0) chunk.section.hidden = true;
};
export const renumber = (start) => {
  let number = 0;
  for (const chunk of chunks) {
    if (chunk.loaded && number + chunk.count > start) {
      let at = number;
      for (const body of chunk.bodies) one("th a", rowOf(body)).textContent = ++at;
      chunk.label();
    }
    number += chunk.count;
  }
};
export const replaceRow = (number, html) => {
  const [chunk, place] = chunkAt(number);
  if (chunk && chunk.loaded) replace(chunk.bodies[place], html);
};
export const replaceBody = (link, html) => replace(bodyOf(link), html);
/* The focus stays on the same passage or finding. */
const replace = (old, html) => {
  if (!old || one(".editor", old)) return;
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const [made] = build(html);
  one("th a", rowOf(made)).textContent = one("th a", rowOf(old)).textContent;
  old.replaceWith(made);
  dress(made);
  if (!focused) return;
  const { id, key } = focused.dataset;
  const same = id ? one(`.p[data-id="${CSS.escape(id)}"]`, made) : key ? one(`.note[data-key="${CSS.escape(key)}"]`, made) : null;
  (same || one(".p", made) || one("th a", made)).focus({ preventScroll: true });
};

/* Read everything again, and stay at the row one is at. */
export const readAgain = async (number) => {
  lay(null);
  return loadRow(Math.max(0, Math.min(number, state.total - 1)));
};

/* Show only some rows: pairs of number and link, or null for all. */
export const showOnly = (pairs) => {
  shown = pairs && new Set(pairs.map(([, link]) => link));
  let number = 0, at = 0;
  for (const chunk of chunks) {
    number += chunk.count;
    chunk.matched = 0;
    while (pairs && at < pairs.length && pairs[at][0] < number) { chunk.matched += 1; at += 1; }
    if (!chunk.loaded) { chunk.blank(); continue; }
    for (const body of chunk.bodies) body.hidden = Boolean(shown) && !shown.has(body.dataset.link);
    chunk.section.hidden = Boolean(shown) && chunk.matched === 0;
  }
};
export const isShown = (body) => !body.hidden;

const first = new Chunk(Math.min(SIZE, state.total), one("section", rows));
requestAnimationFrame(() => {
  height = Math.max(40, first.section.getBoundingClientRect().height / Math.max(1, first.count));
  lay(first);
});
