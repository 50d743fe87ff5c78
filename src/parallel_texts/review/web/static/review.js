/* The review: keys and buttons lead to the same commands. */
import { all, complain, one, Refused, words } from "./page.js";
import { commands as acting } from "./actions.js";
import { goPassage, goRow } from "./cursor.js";
import { ask, isOpen } from "./dialogs.js";
import { commands as editing } from "./editors.js";
import { commands as judging } from "./findings.js";

document.documentElement.classList.add("js");
/* What sticks below the bar must know how high it is: it wraps where the window is narrow. */
const bar = one(".tools");
new ResizeObserver(() => {
  document.documentElement.style.setProperty("--bar", bar.offsetHeight + "px");
}).observe(bar);
const menu = document.getElementById("show");
const help = document.getElementById("keys");
const show = () => {
  menu.open = !menu.open;
  if (menu.open) one("input:checked", menu).focus(); else one("summary", menu).focus();
};
const close = () => {
  if (!menu.open) return;
  menu.open = false;
  one("summary", menu).focus();
};
const commands = {
  ...acting, ...editing, ...judging, show, close,
  "row-on": () => goRow(1), "row-back": () => goRow(-1),
  "passage-on": () => goPassage(1), "passage-back": () => goPassage(-1),
  keys: () => ask(help, () => true),
};
const run = async (name) => {
  try {
    await commands[name]();
  } catch (error) {
    complain(error instanceof Refused ? (error.status === 401 ? words.left : error.message) : words.stopped);
  }
};

/* Keys by letter, or by place where the keyboard writes another script. */
const keys = {
  j: "row-on", k: "row-back", ArrowRight: "passage-on", ArrowLeft: "passage-back", ArrowDown: "row-on", ArrowUp: "row-back",
  d: "doubtful-on", D: "doubtful-back", n: "open-on", N: "open-back", p: "open-back", u: "unlocked-on", U: "unlocked-back",
  m: "merge-next", M: "merge-previous", s: "split", "]": "move-next", "[": "move-previous", o: "omit",
  l: "lock", a: "accept", A: "realign", x: "cut", J: "join", e: "correct",
  y: "confirm", Y: "confirm-note", r: "refuse", w: "reopen", f: "find", z: "undo", Z: "redo", v: "show", "?": "keys", Escape: "close",
};
const places = { BracketLeft: "[", BracketRight: "]" };
const named = (event) => {
  if (/^[\x21-\x7e]$/.test(event.key) || event.key.length > 1 && event.key !== "Process") return event.key;
  const letter = event.code.startsWith("Key") ? event.code.slice(3) : "";
  if (letter) return event.shiftKey ? letter : letter.toLowerCase();
  return places[event.code] || event.key;
};
const withControl = (event) => {
  const letter = event.code === "KeyZ" ? "z" : event.code === "KeyY" ? "y" : "";
  if (letter === "y") return "redo";
  return letter === "z" ? (event.shiftKey ? "redo" : "undo") : null;
};
const useKeys = document.getElementById("use-keys");
document.addEventListener("keydown", (event) => {
  if (isOpen() || event.altKey || event.isComposing) return;
  if (event.target.matches("input, select, textarea")) {
    if (event.key === "Escape" && menu.contains(event.target)) close();
    return;
  }
  const command = event.ctrlKey || event.metaKey ? withControl(event) : useKeys.checked || event.key === "Escape" ? keys[named(event)] : null;
  if (!command) return;
  event.preventDefault();
  run(command);
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button && button.getAttribute("aria-disabled") !== "true") run(button.dataset.do);
  if (menu.open && !menu.contains(event.target)) menu.open = false;
  const link = event.target.closest("th.n a, .ref, .quotes a");
  if (link) event.preventDefault();
});
/* The caret that a click has set in a passage is needed by the button that is pressed next. */
for (const bar of all(".commands, .tools")) bar.addEventListener("mousedown", (event) => {
  if (event.target.closest("button")) event.preventDefault();
});
