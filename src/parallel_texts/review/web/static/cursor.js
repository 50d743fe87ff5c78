/* Where the reviewer is: a row, a passage in it, a finding beside it. */
import { all, complain, one, rows, state, words, working } from "./page.js";
import { bodyOf, isShown, loadRow, numberOf, rowOf, whenDrawn } from "./table.js";

const where = one(".where");
export const here = { link: null, passage: null, note: null };

export const body = () => (here.link === null ? null : bodyOf(here.link));
export const row = () => { const found = body(); return found && rowOf(found); };
export const passages = (of = row()) => (of ? all(".p", of).filter((p) => p.getClientRects().length) : []);
export const passage = () => {
  const of = row();
  return of && here.passage !== null ? one(`.p[data-id="${CSS.escape(here.passage)}"]`, of) : null;
};
export const note = () => (here.note === null ? null : one(`.note[data-key="${CSS.escape(here.note)}"]`));

/* Light up the row, the passage and what answers to it. */
const mark = () => {
  for (const lit of all(".here, .on, .with", rows)) lit.classList.remove("here", "on", "with");
  for (const old of all(".p[tabindex='0']", rows)) old.tabIndex = -1;
  const of = row();
  if (!of) return;
  of.classList.add("here");
  const at = passage();
  const number = one("th a", of).textContent;
  where.textContent = at ? number + " · " + at.dataset.id : number;
  one(".commands [data-do=lock]").setAttribute("aria-pressed", String(of.classList.contains("locked")));
  if (!at) return;
  at.tabIndex = 0;
  at.classList.add("on");
  const like = at.dataset.with ? at.dataset.with.split(" ") : null;
  for (const other of passages(of))
    if (like ? like.includes(other.id) : other.parentElement !== at.parentElement) other.classList.add("with");
};
whenDrawn((drawn) => { if (drawn.dataset.link === here.link) mark(); });

const inView = (element) => {
  const bar = one(".tools").getBoundingClientRect();
  const top = getComputedStyle(one(".tools")).position === "sticky" ? bar.bottom + 44 : 0;
  const box = element.getBoundingClientRect();
  return box.top >= top && box.bottom <= one(".commands").getBoundingClientRect().top;
};
/* Go to a place: a passage if one is given, else the first of the row. */
export const settle = (target, { passage: id = null, finding = null, scroll = true } = {}) => {
  const of = rowOf(target);
  const found = id !== null && one(`.p[data-id="${CSS.escape(id)}"]`, of);
  const at = found || passages(of)[0] || null;
  here.link = target.dataset.link;
  here.passage = at && at.dataset.id;
  here.note = finding;
  mark();
  const focus = (finding !== null && note()) || at || one("th a", of);
  focus.focus({ preventScroll: true });
  if (scroll && !inView(focus)) of.scrollIntoView({ block: of.offsetHeight > innerHeight * 0.6 ? "start" : "center" });
  if (scroll && !inView(focus)) focus.scrollIntoView({ block: "center" });
};

export const goRow = (by) => working(async () => {
  const from = body();
  let number = from ? numberOf(from) + by : Math.max(0, firstInView());
  for (; number >= 0 && number < state.total; number += by) {
    const found = await loadRow(number);
    if (found && isShown(found)) return settle(found, { passage: sameColumn(found) });
  }
  complain(words.none);
  return undefined;
});
const firstInView = () => {
  const found = all("tbody[data-link]", rows).find((b) => b.getBoundingClientRect().bottom > innerHeight / 4);
  return found ? numberOf(found) : 0;
};
/* Stay in the language one is in. */
const sameColumn = (target) => {
  const at = passage();
  const cell = at && one("td." + at.closest("td").classList[0] + " .p", rowOf(target));
  return cell ? cell.dataset.id : null;
};
export const goPassage = async (by) => {
  if (!row()) return goRow(1);
  const list = passages();
  const next = list[list.indexOf(passage()) + by];
  if (next) settle(body(), { passage: next.dataset.id });
  else await goRow(by);
};
export const goNumber = async (number, options) => {
  const found = await loadRow(number);
  if (found) settle(found, options);
};

/* Pointer and focus choose as well. */
const choose = (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const tbody = target && target.closest("tbody[data-link]");
  const finding = target && target.closest(".note");
  if (finding) here.note = finding.dataset.key;
  if (!tbody) return;
  const p = target.closest(".p");
  if (!finding) here.note = null;
  if (tbody.dataset.link !== here.link || (p && p.dataset.id !== here.passage)) {
    here.link = tbody.dataset.link;
    here.passage = p ? p.dataset.id : passages(rowOf(tbody))[0]?.dataset.id ?? null;
    mark();
  }
};
for (const kind of ["pointerdown", "focusin"]) document.getElementById("main").addEventListener(kind, choose);
