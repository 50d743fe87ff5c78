/* Dialogs: a promise of what was said in them, or null. */
import { all, fill, main, one, textOf, words } from "./page.js";

for (const dialog of all("dialog", main)) {
  dialog.addEventListener("click", (event) => { if (event.target.closest("[data-close]")) dialog.close(""); });
}

/* Show a dialog; resolve with what `read` returns when it is sent off, with null when closed. */
export const ask = (dialog, read) => new Promise((done) => {
  const form = one("form", dialog);
  const before = document.activeElement;
  let answer = null;
  const send = (event) => {
    event.preventDefault();
    answer = read();
    if (answer !== undefined) dialog.close("sent");
  };
  const end = () => {
    form.removeEventListener("submit", send);
    if (before && before.isConnected) before.focus({ preventScroll: true });
    done(answer === undefined ? null : answer);
  };
  form.addEventListener("submit", send);
  dialog.addEventListener("close", end, { once: true });
  dialog.returnValue = "";
  dialog.showModal();
});
export const isOpen = () => Boolean(one("dialog[open]"));

const list = (holder, lines) => {
  holder.replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
};
const describe = (action) => {
  const { kind, ...fields } = action;
  const values = Object.values(fields).map((v) => (typeof v === "object" ? JSON.stringify(v) : String(v)));
  return [words[kind] || kind, ...values.filter(Boolean)].join(" · ");
};
/* Two versions of one thing: resolve true where the reviewer wants theirs done on top. */
export const showConflict = (action, told) => {
  const dialog = document.getElementById("conflict");
  one(".about", dialog).textContent = told.error;
  list(one(".mine", dialog), [describe(action)]);
  const rows = told.theirs.flatMap((texts) => Object.entries(texts).map(([lang, text]) => `${lang}: ${text || "–"}`));
  list(one(".theirs", dialog), [...rows, ...told.findings]);
  return ask(dialog, () => true);
};

const judging = document.getElementById("judge");
/* Ask for a verdict with reason and note. */
export const askVerdict = (note, verdict) => {
  one(".about", judging).textContent = note.dataset.code + " " + one(".title", note).textContent;
  one(`[value=${verdict}]`, judging).checked = true;
  one("#reason", judging).value = "";
  one("#judge-note", judging).value = "";
  return ask(judging, () => ({
    verdict: one("[name=verdict]:checked", judging).value,
    reason: one("#reason", judging).value,
    note: one("#judge-note", judging).value.trim(),
  }));
};

/* A text that can be selected with every means the machine has, and not changed. */
export const guard = (area) => {
  area.inputMode = "none";
  area.setAttribute("aria-readonly", "true");
  for (const kind of ["beforeinput", "paste", "drop", "cut"]) area.addEventListener(kind, (event) => event.preventDefault());
};
const finding = document.getElementById("find");
const chosen = (area) => [...area.value].length && area.selectionEnd > area.selectionStart
  ? { passage: area.dataset.id, start: [...area.value.slice(0, area.selectionStart)].length,
      end: [...area.value.slice(0, area.selectionEnd)].length }
  : null;
/* Ask for a code, words in each version, and a note. */
export const askFinding = (row) => {
  const versions = one(".versions", finding);
  const problem = one(".problem", finding);
  problem.textContent = "";
  one("#find-note", finding).value = "";
  versions.replaceChildren();
  const picked = document.getSelection();
  for (const cell of all("td[data-l]", row)) for (const passage of all(".p", cell)) versions.append(field(cell, passage, picked));
  const areas = () => all("textarea", versions);
  return ask(finding, () => {
    const selections = areas().map(chosen).filter(Boolean);
    if (!selections.length) { problem.textContent = words.unselected; return undefined; }
    return { code: one("#code", finding).value, selections, note: one("#find-note", finding).value.trim() };
  });
};
const field = (cell, passage, picked) => {
  const label = document.createElement("label");
  const name = label.appendChild(document.createElement("span"));
  name.textContent = cell.dataset.l + " " + passage.dataset.id;
  const area = label.appendChild(document.createElement("textarea"));
  const shown = label.appendChild(document.createElement("output"));
  area.value = textOf(passage);
  area.dataset.id = passage.dataset.id;
  area.lang = cell.lang;
  area.rows = Math.min(6, Math.ceil(area.value.length / 60) + 1);
  guard(area);
  const tell = () => {
    const words_ = area.value.slice(area.selectionStart, area.selectionEnd);
    shown.textContent = words_ ? fill(words.selected, { text: words_ }) : "";
  };
  for (const kind of ["select", "selectionchange", "keyup", "pointerup"]) area.addEventListener(kind, tell);
  const range = selectionIn(passage, picked);
  if (range) { area.setSelectionRange(...range); tell(); }
  return label;
};
/* Offsets of what is selected in a passage on the page, or null. */
export const selectionIn = (passage, picked) => {
  if (!picked || !picked.rangeCount || passage.dataset.text !== undefined) return null;
  const range = picked.getRangeAt(0);
  if (!passage.contains(range.startContainer) || !passage.contains(range.endContainer)) return null;
  return [lengthTo(passage, range.startContainer, range.startOffset), lengthTo(passage, range.endContainer, range.endOffset)];
};
const lengthTo = (passage, node, offset) => {
  const range = document.createRange();
  range.setStart(passage, 0);
  range.setEnd(node, offset);
  const part = range.cloneContents();
  for (const reference of all(".ref", part)) reference.remove();
  return part.textContent.length;
};
