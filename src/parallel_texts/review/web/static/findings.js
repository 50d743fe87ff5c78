/* Findings: judged, written, filtered. */
import { all, complain, fill, get, main, one, rows, say, words, working } from "./page.js";
import { act } from "./actions.js";
import { here, note, row } from "./cursor.js";
import { askFinding, askVerdict } from "./dialogs.js";
import { showOnly, whenDrawn } from "./table.js";

/* The finding one is at, else the only one of the row. */
const chosen = () => {
  const at = note();
  if (at) return at;
  const open = row() ? all(".note:not([hidden])", row()) : [];
  if (open.length === 1) return open[0];
  complain(words.nowhere);
  return null;
};
const judge = async (verdict, asking) => {
  const at = chosen();
  if (!at) return;
  here.note = at.dataset.key;
  const said = asking ? await askVerdict(at, verdict) : { verdict, reason: "", note: "" };
  if (said) await act({ kind: "judge", finding: at.dataset.key, ...said });
};
const find = async () => {
  if (!row()) { complain(words.first); return; }
  const written = await askFinding(row());
  if (written) await act({ kind: "find", ...written });
};

/* Light up the words that a finding quotes. */
const light = (event) => {
  const at = event.target instanceof Element && event.target.closest(".note, .ref, mark[data-f]");
  for (const lit of all(".lit")) lit.classList.remove("lit");
  if (!at) return;
  const numbers = at.matches("mark") ? at.dataset.f.split(" ") : [(at.matches(".note") ? at.id : at.hash.slice(1)).slice(1)];
  for (const number of numbers) document.getElementById("f" + number)?.classList.add("lit");
  for (const mark of all("mark[data-f]", rows))
    if (mark.dataset.f.split(" ").some((n) => numbers.includes(n))) mark.classList.add("lit");
};
for (const kind of ["pointerover", "focusin"]) main.addEventListener(kind, light);

/* Which rows and findings are shown. */
const menu = document.getElementById("show");
const code = document.getElementById("show-code");
const criteria = () => Object.fromEntries(all("fieldset[data-filter]", menu).map((set) =>
  [set.dataset.filter, all("input:checked", set).map((box) => box.value)]));
const fits = (found) => {
  const wanted = criteria();
  return wanted.kind.includes(found.dataset.kind) && wanted.status.includes(found.dataset.status) &&
    (!code.value || code.value === found.dataset.code);
};
const hide = (place) => {
  for (const found of all(".note", place)) found.hidden = !fits(found);
};
whenDrawn(hide);
const apply = () => working(async () => {
  const what = one("[name=rows]:checked", menu).value;
  for (const place of [rows, document.getElementById("general")]) hide(place);
  if (what === "all") { showOnly(null); say(""); return; }
  const query = new URLSearchParams({ rows: what });
  for (const [name, values] of Object.entries(criteria())) for (const value of values.length ? values : ["-"]) query.append(name, value);
  if (code.value) query.append("code", code.value);
  const found = await get("/matches", query);
  showOnly(found.rows);
  say(fill(words.matched, { count: found.rows.length }));
});
menu.addEventListener("change", apply);

export const commands = {
  confirm: () => judge("confirmed", false), "confirm-note": () => judge("confirmed", true),
  refuse: () => judge("refused", true), reopen: () => judge("open", false), find,
};
