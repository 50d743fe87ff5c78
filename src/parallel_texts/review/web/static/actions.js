/* Actions: sent one after another, answered with what changed, drawn; and what others did. */
import { all, complain, fill, get, main, one, post, Refused, say, state, words, working } from "./page.js";
import { body, goNumber, here, note, passage, passages, row, settle } from "./cursor.js";
import { bodyOf, numberOf, readAgain, renumber, replaceBody, replaceRow, splice, whenNewer } from "./table.js";
import { showConflict } from "./dialogs.js";

const languages = main.dataset.languages.split(" ");

/* Numbers and buttons that tell how far the review has come. */
const bar = document.getElementById("checked-bar");
export const showState = () => {
  const { progress } = state;
  document.getElementById("checked").textContent = fill(words.checked, progress);
  document.getElementById("judged").textContent =
    fill(words.judged, progress) + " · " + fill(words.doubtful, progress) +
    (state.pending ? " · " + fill(words.pending, state) : "");
  bar.max = Math.max(1, progress.links);
  bar.value = progress.checked;
  for (const [name, can] of [["undo", state.undo], ["redo", state.redo]])
    for (const button of all(`[data-do=${name}]`)) button.setAttribute("aria-disabled", String(!can));
};

const take = ({ revision, serial, total, pending, progress, undo, redo }) =>
  Object.assign(state, { revision, serial, total, pending, progress, undo, redo });
const draw = (change) => {
  if (change.html && change.removed + change.html.length > 0) splice(change.start, change.removed, change.html);
  for (const [number, html] of change.others || []) replaceRow(number, html);
  if (change.general !== undefined) drawGeneral(change.general);
  if (change.redraw) redraw(change.redraw);
};
/* Rows whose findings were looked for again: those in the page are asked for. */
const redraw = async (links) => {
  const wanted = links.filter(bodyOf);
  if (!wanted.length) return;
  const told = await get("/links", wanted.map((link) => ["link", link]));
  for (const [link, html] of told.rows) replaceBody(link, html);
};
const drawGeneral = (html) => { document.getElementById("general").innerHTML = html; };

/* Where to be after a change: the same passage if it is still there, else where rows changed. */
const place = () => {
  const tbody = body();
  return { passage: here.passage, finding: here.note, number: tbody ? numberOf(tbody) : 0, focused: document.activeElement };
};
const returnTo = async (before, change, jump) => {
  const holder = before.passage !== null && one(`.p[data-id="${CSS.escape(before.passage)}"]`);
  const tbody = holder && holder.closest("tbody[data-link]");
  const touched = change && change.html && change.html.length
    ? Math.min(change.start, state.total - 1) : before.number;
  if (tbody && (!jump || !change || !change.html || near(numberOf(tbody), change)))
    return settle(tbody, { passage: before.passage, finding: before.finding, scroll: jump });
  if (jump) return goNumber(touched);
  if (here.link !== null && !body()) return goNumber(Math.min(before.number, state.total - 1), { scroll: false });
  return undefined;
};
const near = (number, change) => number >= change.start - 1 && number <= change.start + change.html.length;

/* Answers may cross: what is drawn already is not drawn again, and an older state not taken. */
const takeIn = async (told, jump) => {
  if (told.serial < state.serial) return;
  const before = place();
  const changes = told.changes.filter((change) => change.serial > state.serial);
  const anew = told.reload && told.serial > state.serial;
  const drawn = state.serial;
  take(told);
  if (anew) {
    drawGeneral(told.general);
    /* What could not be drawn is not known yet: the next look asks for it again. */
    const found = await readAgain(before.number).catch((error) => { state.serial = drawn; throw error; });
    if (found && before.passage !== null) settle(found, { passage: before.passage });
  } else if (changes.length) {
    for (const change of changes) draw(change);
    renumber(Math.min(...changes.map((c) => c.start ?? 0)));
    await returnTo(before, changes.at(-1), jump);
  }
  showState();
};

/* One thing at a time, in the order of the keys. */
let queue = Promise.resolve();
const inTurn = (work) => { queue = queue.then(work, work); return queue; };

const attempt = async (action, jump) => {
  try {
    const told = await post("/act", { action, revision: state.revision, serial: state.serial, at: here.passage ?? "" });
    await takeIn(told, jump);
    const done = action.kind === "lock" && !action.locked ? "unlock" : action.kind;
    say(words[done] || "");
    return true;
  } catch (error) {
    return failed(error, action, jump);
  }
};
const failed = async (error, action, jump) => {
  if (!(error instanceof Refused)) { complain(words.stopped); return false; }
  if (error.status === 401) { complain(words.left); return false; }
  if (error.status === 409) {
    const again = showConflict(action, error.told);
    await catchUp();
    again.then((yes) => yes && act(action, jump));
    return false;
  }
  complain(error.message);
  return false;
};
export const act = (action, jump = false) => working(() => inTurn(() => {
  if (action.kind === "realign") say(words.busy);
  return attempt(action, jump);
}));

/* What others did meanwhile, and what programs did to the files. */
const catchUp = async () => show(await get("/changes", { since: state.serial }));
const show = async (told) => {
  await takeIn(told, false);
  if (told.reload) say(words.reloaded);
  else if (told.changes.some((change) => change.kind)) {
    const last = told.changes.findLast((change) => change.kind);
    say(fill(words.changed, { who: last.who, kind: words[last.kind] || last.kind }));
  }
};
whenNewer(catchUp);
const EVERY = 2000;
let silent = false;
let looking = false;
/* One look at a time: where the server is slow, what somebody does is not to wait for many. */
const look = async () => {
  if (looking || document.hidden || one(".editor, dialog[open]")) return;
  looking = true;
  try {
    await inTurn(async () => {
      const told = await get("/changes", { since: state.serial });
      if (silent) say("");
      silent = false;
      await show(told);
    });
  } catch (error) {
    silent = true;
    complain(reason(error));
  } finally {
    looking = false;
  }
};
/* A file that another program has half written, or broken, is no server that is gone. */
const reason = (error) => {
  if (!(error instanceof Refused)) return words.stopped;
  return error.status === 401 ? words.left : error.message;
};
setInterval(look, EVERY);
document.addEventListener("visibilitychange", look);

/* The next row of a kind. */
const seek = (what, back) => working(async () => {
  const from = body() ? numberOf(body()) : -1;
  const found = await get("/next", { what, from: back && from < 0 ? state.total : from, ...(back ? { back: "" } : {}) });
  if (found.number === null) { complain(words.none); return; }
  await goNumber(found.number);
  if (what === "open") {
    const first = one(".note[data-status=open]:not([hidden])", row());
    if (first) settle(body(), { finding: first.dataset.key });
  }
});
/* Open findings of this row and on the work come before those of the next row. */
const seekFinding = async (back) => {
  const open = all(".note[data-status=open]:not([hidden])");
  const inRow = note() ? open.filter((n) => n.closest("tbody, #general") === note().closest("tbody, #general")) : [];
  const next = inRow[inRow.indexOf(note()) + (back ? -1 : 1)];
  if (note() && inRow.includes(note()) && next) return goNote(next);
  const general = open.filter((n) => n.closest("#general"));
  if (!back && !body() && !note() && general.length) return goNote(general[0]);
  return seek("open", back);
};
export const goNote = (found) => {
  const tbody = found.closest("tbody[data-link]");
  if (tbody) return settle(tbody, { passage: here.link === tbody.dataset.link ? here.passage : null, finding: found.dataset.key });
  here.note = found.dataset.key;
  found.focus();
  found.scrollIntoView({ block: "center" });
  return undefined;
};

const withPassage = (make) => {
  const at = passage();
  if (!at) { complain(words.first); return undefined; }
  return act(make(at.dataset.id));
};
/* Where the other versions are split as well: before the first passage that answers to this one. */
const answering = () => {
  const at = passage();
  const like = (at.dataset.with || "").split(" ");
  const found = {};
  for (const cell of all("td[data-l]", row())) {
    if (cell.contains(at)) continue;
    const other = all(".p", cell).slice(1).find((p) => like.includes(p.id));
    found[languages[Number(cell.classList[0].slice(1))]] = other ? other.dataset.id : null;
  }
  return found;
};
const withRow = (make) => {
  if (!row()) { complain(words.first); return undefined; }
  return act(make(here.link));
};
const locked = () => row() && row().classList.contains("locked");
const accept = async () => {
  if (!row()) return seek("unlocked", false);
  if (!locked()) await act({ kind: "lock", link: here.link, locked: true });
  return seek("unlocked", false);
};

export const commands = {
  "doubtful-on": () => seek("doubtful", false), "doubtful-back": () => seek("doubtful", true),
  "unlocked-on": () => seek("unlocked", false), "unlocked-back": () => seek("unlocked", true),
  "open-on": () => seekFinding(false), "open-back": () => seekFinding(true),
  "merge-next": () => withRow((link) => ({ kind: "merge", link, with: "next" })),
  "merge-previous": () => withRow((link) => ({ kind: "merge", link, with: "previous" })),
  split: () => withPassage((before) => ({ kind: "split", link: here.link, before, at: answering() })),
  "move-next": () => withPassage((id) => ({ kind: "move", passage: id, to: "next" })),
  "move-previous": () => withPassage((id) => ({ kind: "move", passage: id, to: "previous" })),
  omit: () => withPassage((id) => ({ kind: "omit", passages: [id] })),
  join: () => withPassage((id) => ({ kind: "join", passage: id })),
  lock: () => withRow((link) => ({ kind: "lock", link, locked: !locked() })),
  accept,
  realign: () => act({ kind: "realign" }, false),
  undo: () => act({ kind: "undo" }, true),
  redo: () => act({ kind: "redo" }, true),
};
showState();
