"use strict";
/* Reading tools of a work's page. Without this file everything can still be read. */
(() => {
  const root = document.documentElement;
  const main = document.getElementById("main");
  const rows = document.getElementById("rows");
  if (!main || !rows) return;
  root.classList.add("js");
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const said = document.querySelector(".said");
  const say = (text) => { said.textContent = text; };
  const fill = (pattern, values) =>
    pattern.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));

  /* The address remembers what the reader has chosen. */
  const query = new URLSearchParams(location.search);
  const remember = (name, value) => {
    if (value === null) query.delete(name); else query.set(name, value);
    const text = query.toString().replaceAll("%2C", ",");
    history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + location.hash);
  };

  /* Columns: chosen, hidden, reordered. */
  const list = document.querySelector("#columns ul");
  const items = () => all("li[data-col]", list);
  const shown = (item) => item.querySelector("input").checked;
  const bare = main.classList.contains("hide-notes");
  const original = items().map((item) => item.dataset.col);

  const applyColumns = () => {
    const kept = items().filter(shown);
    main.className = main.className.replace(/\b(hide|cols)-\S+/g, "").trim();
    main.classList.add("cols-" + Math.max(kept.length, 1));
    for (const item of items()) if (!shown(item)) main.classList.add("hide-" + item.dataset.col);
    if (bare || !shown(list.querySelector("[data-lang=notes]"))) main.classList.add("hide-notes");
  };
  const reorder = () => {
    const order = items().map((item) => item.dataset.col);
    for (const row of all("table.rows tr", rows)) {
      const notes = row.lastElementChild;
      for (const col of order) row.insertBefore(row.querySelector(":scope > .c" + col), notes);
    }
  };
  const rememberColumns = () => {
    const kept = items().filter(shown).map((item) => item.dataset.lang);
    const plain = kept.length === original.length &&
      items().every((item, place) => item.dataset.col === original[place]);
    remember("cols", plain ? null : kept.join(","));
    remember("notes", shown(list.querySelector("[data-lang=notes]")) ? null : "off");
  };
  const restoreColumns = () => {
    const wanted = (query.get("cols") || "").split(",").filter(Boolean);
    const known = items().filter((item) => wanted.includes(item.dataset.lang));
    if (known.length) {
      known.sort((a, b) => wanted.indexOf(a.dataset.lang) - wanted.indexOf(b.dataset.lang));
      const rest = items().filter((item) => !known.includes(item));
      for (const item of rest) item.querySelector("input").checked = false;
      const last = list.querySelector("[data-lang=notes]");
      for (const item of [...known, ...rest]) list.insertBefore(item, last);
      if (items().some((item, place) => item.dataset.col !== original[place])) reorder();
    }
    if (query.get("notes") === "off") list.querySelector("[data-lang=notes] input").checked = false;
    if (known.length || query.has("notes")) applyColumns();
  };
  list.addEventListener("change", (event) => {
    if (!items().some(shown)) event.target.checked = true;
    applyColumns();
    rememberColumns();
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const item = button.closest("li");
    const other = button.matches(".up") ? item.previousElementSibling : item.nextElementSibling;
    if (!other || !other.dataset.col) return;
    list.insertBefore(button.matches(".up") ? item : other, button.matches(".up") ? other : item);
    reorder();
    rememberColumns();
    button.focus();
  });

  /* Findings: filtered by kind, code, confidence and status. */
  const filter = document.getElementById("filter");
  const notes = () => all(".note");
  const applyFilter = () => {
    const refused = {};
    for (const set of all("fieldset", filter)) {
      const off = all("input", set).filter((box) => !box.checked).map((box) => box.value);
      refused[set.dataset.filter] = off;
      remember(set.dataset.filter, off.length ? "-" + off.join(",") : null);
    }
    let count = 0;
    for (const note of notes()) {
      note.hidden = Object.entries(refused).some(([name, off]) => off.includes(note.dataset[name]));
      count += note.hidden ? 0 : 1;
      const number = note.id.slice(1);
      for (const place of all(`.ref[href="#f${number}"]`, rows)) place.hidden = note.hidden;
    }
    for (const mark of all("mark[data-f]", rows)) {
      const live = mark.dataset.f.split(" ").some((n) => !document.getElementById("f" + n)?.hidden);
      mark.classList.toggle("off", !live);
    }
    applyOnly();
    say(fill(main.dataset.shown, { shown: count, all: notes().length }));
  };
  const applyOnly = () => {
    const only = document.getElementById("only").checked;
    remember("only", only ? "on" : null);
    for (const row of all("tr[id]", rows))
      row.hidden = only && !row.querySelector(".note:not([hidden])");
    for (const part of all(".division", rows))
      part.hidden = only && !part.querySelector("tr[id]:not([hidden])");
  };
  if (filter) {
    filter.addEventListener("change", applyFilter);
    let any = query.get("only") === "on";
    document.getElementById("only").checked = any;
    for (const set of all("fieldset", filter)) {
      const off = (query.get(set.dataset.filter) || "").replace(/^-/, "").split(",").filter(Boolean);
      for (const box of all("input", set)) box.checked = !off.includes(box.value);
      any = any || off.length > 0;
    }
    if (any) applyFilter();
  }

  /* Counterparts: what answers to the passage under the pointer or the focus. */
  let lit = [];
  const light = (element, name) => { element.classList.add(name); lit.push([element, name]); };
  const dim = () => { for (const [element, name] of lit) element.classList.remove(name); lit = []; };
  const lightPassage = (passage) => {
    const row = passage.closest("tr");
    const ids = passage.dataset.with ? passage.dataset.with.split(" ") : null;
    const others = ids
      ? ids.map((id) => document.getElementById(id)).filter(Boolean)
      : all(".p", row).filter((p) => p.parentElement !== passage.parentElement);
    light(passage, "on");
    const keys = new Set(all("[data-k]", passage).map((m) => m.dataset.k));
    for (const other of others) {
      light(other, "with");
      for (const m of all("[data-k]", other)) if (keys.has(m.dataset.k)) {
        light(m, "same");
        for (const own of all("[data-k]", passage)) if (own.dataset.k === m.dataset.k) light(own, "same");
      }
    }
  };
  const lightFinding = (number) => {
    const note = document.getElementById("f" + number);
    if (note) light(note, "lit");
    for (const mark of all("mark[data-f]", rows))
      if (mark.dataset.f.split(" ").includes(String(number))) light(mark, "lit");
  };
  const show = (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target || !main.contains(target)) return;
    dim();
    const passage = target.closest(".p");
    const reference = target.closest(".ref");
    const mark = target.closest("mark[data-f]");
    const note = target.closest(".note");
    if (passage) lightPassage(passage);
    if (reference) lightFinding(reference.hash.slice(2));
    else if (mark) for (const number of mark.dataset.f.split(" ")) lightFinding(number);
    else if (note) lightFinding(note.id.slice(1));
  };
  main.addEventListener("pointerover", show);
  main.addEventListener("pointerleave", dim);
  main.addEventListener("focusin", show);

  /* Moving: rows, passages of a row, findings. */
  let here = null;
  const settle = (element) => {
    if (here) here.classList.remove("here");
    here = element;
    if (here && here.matches("tr")) here.classList.add("here");
  };
  const rowOf = (element) => element && element.closest("tr[id]");
  const current = () => {
    const focused = rowOf(document.activeElement);
    if (focused) return focused;
    if (here && here.isConnected) return rowOf(here) || here;
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    return target && rows.contains(target) ? rowOf(target) || target.querySelector?.("tr[id]") : null;
  };
  const go = (element, focus) => {
    if (!element) { say(main.dataset.none); return; }
    settle(rowOf(element) || element);
    focus.focus({ preventScroll: true });
    element.scrollIntoView({ block: "start" });
  };
  const follows = (a, b) => a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING;
  const step = (things, from, by) => {
    const place = things.indexOf(from);
    if (place >= 0) return things[place + by];
    if (!from) return by > 0 ? things[0] : things.at(-1);
    return by > 0
      ? things.find((thing) => follows(from, thing))
      : things.findLast((thing) => follows(thing, from));
  };
  const goRow = (by) => {
    const found = step(all("tr[id]:not([hidden])", rows), current(), by);
    go(found, found && found.querySelector("th a"));
  };
  const goFinding = (by) => {
    const note = document.activeElement.closest(".note") || (here && here.closest(".note"));
    const found = step(notes().filter((one) => !one.hidden), note || current(), by);
    go(found, found && found.querySelector("a"));
    if (found) { here = found; lightFinding(found.id.slice(1)); }
  };
  const goPassage = (by) => {
    const row = rowOf(document.activeElement);
    if (!row) return false;
    const passages = all(".p", row).filter((p) => p.getClientRects().length);
    const place = passages.indexOf(document.activeElement.closest(".p"));
    const next = passages[place < 0 ? (by > 0 ? 0 : passages.length - 1) : place + by];
    if (next) { next.tabIndex = -1; next.focus(); } else row.querySelector("th a").focus();
    return true;
  };

  /* Permalinks and citations. */
  const placeOf = () => {
    const focused = document.activeElement;
    return (focused && (focused.closest(".note") || focused.closest(".p"))) || current();
  };
  const address = (anchor) => location.href.replace(/[?#].*$/, "") + (anchor ? "#" + anchor : "");
  const describe = (place) => {
    const row = rowOf(place);
    const number = row && row.querySelector("th a").textContent;
    const passages = place.matches(".p") ? [place] : row ? all(".p", row) : [];
    const parts = [];
    if (row) parts.push(row.closest("table").getAttribute("aria-label"), fill(main.dataset.row, { number }));
    if (place.matches(".note"))
      parts.push(fill(main.dataset.finding, { number: place.id.slice(1) }) + " (" + place.dataset.code + ")");
    if (passages.length) parts.push(passages.map((p) => p.id).join(", "));
    return parts.join(", ");
  };
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.body.appendChild(document.createElement("textarea"));
      area.value = text;
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    say(fill(main.dataset.copied, { text }));
  };
  const copyLink = () => { const place = placeOf(); return copy(address(place && place.id)); };
  const copyCitation = () => {
    const place = placeOf();
    const text = main.dataset.cite.replace("{where}. ", place ? describe(place).replaceAll("$", "$$$$") + ". " : "");
    return copy(text.replace("{url}", () => address(place && place.id)));
  };

  const actions = {
    "row-on": () => goRow(1), "row-back": () => goRow(-1),
    "finding-on": () => goFinding(1), "finding-back": () => goFinding(-1),
    link: copyLink, cite: copyCitation,
  };
  let before = null;
  const tools = document.querySelector(".tools");
  tools.addEventListener("pointerdown", () => { before = placeOf(); });
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (!button) return;
    if (before) here = before;
    before = null;
    actions[button.dataset.do]();
  });
  const keys = { j: "row-on", k: "row-back", n: "finding-on", p: "finding-back", l: "link", c: "cite" };
  const useKeys = document.getElementById("use-keys");
  useKeys.checked = query.get("keys") !== "off";
  useKeys.addEventListener("change", () => remember("keys", useKeys.checked ? null : "off"));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { closeCard(); closeMenus(); return; }
    if (!useKeys.checked || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.matches("input, select, textarea")) return;
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      if (goPassage(event.key === "ArrowRight" ? 1 : -1)) event.preventDefault();
    } else if (keys[event.key]) {
      event.preventDefault();
      actions[keys[event.key]]();
    }
  });

  /* Menus close when one looks elsewhere. */
  const closeMenus = (but) => {
    for (const menu of all(".menu[open]")) if (menu !== but) {
      const inside = menu.contains(document.activeElement);
      menu.open = false;
      if (inside) menu.querySelector("summary").focus();
    }
  };
  document.addEventListener("click", (event) => closeMenus(event.target.closest(".menu")));

  /* Names: the entry, with the forms of this row, beside the text. */
  let card = null;
  let opener = null;
  const closeCard = () => {
    if (!card) return;
    card.remove();
    card = null;
    if (opener) opener.focus();
  };
  const openCard = (link) => {
    const entry = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!entry) return false;
    closeCard();
    opener = link;
    card = document.createElement("div");
    card.className = "card";
    card.setAttribute("role", "dialog");
    card.setAttribute("aria-label", entry.querySelector("h4").textContent);
    const close = card.appendChild(document.createElement("button"));
    close.type = "button";
    close.className = "close";
    close.textContent = "✕";
    close.setAttribute("aria-label", main.dataset.close);
    close.addEventListener("click", closeCard);
    const copyOf = entry.cloneNode(true);
    copyOf.removeAttribute("id");
    const row = rowOf(link);
    const here = document.createElement("div");
    here.className = "forms";
    here.append(Object.assign(document.createElement("p"), { className: "at", textContent: main.dataset.here }));
    for (const cell of row ? all("td[data-l]", row) : []) {
      const forms = new Set(all("[data-k]", cell).filter((m) => m.dataset.k === link.dataset.k).map((m) => m.textContent));
      if (!forms.size) continue;
      const line = document.createElement("p");
      line.lang = cell.lang;
      const name = line.appendChild(document.createElement("span"));
      name.className = "name";
      name.textContent = cell.dataset.l;
      line.append([...forms].join(" · "));
      here.append(line);
    }
    copyOf.querySelector("h4").after(here);
    card.append(copyOf);
    document.body.append(card);
    close.focus();
    return true;
  };
  rows.addEventListener("click", (event) => {
    const link = event.target.closest("a.m");
    if (link && !event.ctrlKey && !event.metaKey && openCard(link)) event.preventDefault();
    settle(rowOf(event.target));
  });

  /* Arriving from the search: the words looked for. */
  const words = (query.get("find") || "").split(" ").filter((word) => word.length);
  if (words.length && location.hash) {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const walker = target && document.createTreeWalker(target, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker && walker.nextNode()) for (const word of words) {
      const at = walker.currentNode.data.toLowerCase().indexOf(word.toLowerCase());
      if (at >= 0 && walker.currentNode.parentElement.closest(".p")) { found.push([walker.currentNode, at, word.length]); break; }
    }
    for (const [node, at, length] of found) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, Math.min(at + length, node.length));
      const mark = document.createElement("span");
      mark.className = "found";
      range.surroundContents(mark);
    }
  }

  restoreColumns();
  for (const details of all("details.menu")) details.addEventListener("toggle", () => { if (details.open) closeMenus(details); });
  /* Heights above the target are known only now: land on it again. */
  if (location.hash.length > 1) {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target) requestAnimationFrame(() => target.scrollIntoView({ block: "start" }));
  }
})();
