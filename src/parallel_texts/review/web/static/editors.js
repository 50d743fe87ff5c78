/* A passage changed in its place: corrected, or cut in two at the caret. */
import { all, complain, one, textOf, words } from "./page.js";
import { act } from "./actions.js";
import { guard, selectionIn } from "./dialogs.js";
import { body, passage, settle } from "./cursor.js";

const pattern = document.getElementById("editor");
const labels = document.getElementById("editor-words").dataset;
const points = (text) => [...text].length;

/* Put the passage's text into a field of its size; `send` gets the field when it is sent off. */
const open = (kind, send) => {
  const at = passage();
  if (!at) { complain(words.first); return null; }
  close();
  const form = pattern.content.firstElementChild.cloneNode(true);
  const area = one("textarea", form);
  area.value = textOf(at);
  area.lang = at.closest("td").lang;
  area.setAttribute("aria-label", labels[kind + "Label"]);
  one("[type=submit]", form).textContent = labels[kind];
  at.hidden = true;
  at.after(form);
  const fit = () => { area.style.height = "auto"; area.style.height = area.scrollHeight + 4 + "px"; };
  area.addEventListener("input", fit);
  form.addEventListener("submit", (event) => { event.preventDefault(); send(at, area); });
  form.addEventListener("click", (event) => { if (event.target.closest("[data-close]")) close(true); });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.stopPropagation(); close(true); }
    if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
  });
  fit();
  return area;
};
const close = (back = false) => {
  for (const form of all(".editor")) {
    const at = form.previousElementSibling;
    form.remove();
    at.hidden = false;
    if (back) settle(body(), { passage: at.dataset.id, scroll: false });
  }
};

/* The field stays until the change is saved: nothing that was typed is lost with the server. */
const deliver = async (action) => { if (await act(action)) close(true); };

/* What was changed between two texts: the shortest stretch, in characters. */
export const difference = (before, after) => {
  const was = [...before];
  const is = [...after];
  let start = 0;
  while (start < was.length && start < is.length && was[start] === is[start]) start += 1;
  let tail = 0;
  while (tail < was.length - start && tail < is.length - start && was.at(-1 - tail) === is.at(-1 - tail)) tail += 1;
  return { start, end: was.length - tail, was: was.slice(start, was.length - tail).join(""), text: is.slice(start, is.length - tail).join("") };
};

const correct = () => {
  const caret = caretIn();
  const area = open("correct", async (at, field) => {
    const before = textOf(at);
    const after = field.value.replace(/\s+/g, " ").trim();
    if (before === after) { close(true); complain(words.nothing); return; }
    await deliver({ kind: "correct", passage: at.dataset.id, ...difference(before, after) });
  });
  if (!area) return;
  area.focus();
  const place = caret ?? area.value.length;
  area.setSelectionRange(place, place);
};
const cut = () => {
  const caret = caretIn();
  const area = open("cut", async (at, field) => {
    const offset = points(field.value.slice(0, field.selectionStart));
    await deliver({ kind: "cut", passage: at.dataset.id, at: offset });
  });
  if (!area) return;
  guard(area);
  area.focus();
  const place = caret || likely(area.value);
  area.setSelectionRange(place, place);
};
/* Where a click has put the caret in the passage, if it has. */
const caretIn = () => {
  const range = passage() && selectionIn(passage(), document.getSelection());
  return range && range[0] > 0 ? range[0] : null;
};
/* After the mark nearest to the middle that may end a sentence or clause. */
const likely = (text) => {
  const ends = [...text.matchAll(/[.;:,!?。；：，！？、]\s*/g)].map((m) => m.index + m[0].length).filter((n) => n < text.length);
  const middle = text.length / 2;
  return ends.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0] ?? Math.floor(middle);
};

export const commands = { correct, cut };
