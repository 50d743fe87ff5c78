/* What every part of the script shares: the page's elements, its words, and talking to the server. */
export const all = (selector, from = document) => [...from.querySelectorAll(selector)];
export const one = (selector, from = document) => from.querySelector(selector);
export const main = document.getElementById("main");
export const rows = document.getElementById("rows");
export const words = JSON.parse(main.dataset.words);
export const state = JSON.parse(main.dataset.state);

export const fill = (pattern, values) =>
  pattern.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
const said = one(".said");
export const say = (text) => { said.textContent = text; said.classList.remove("bad"); };
export const complain = (text) => { said.textContent = text; said.classList.add("bad"); };

/* While something is awaited that the page will show, it says that it is busy. */
let awaited = 0;
export const working = async (work) => {
  awaited += 1;
  main.setAttribute("aria-busy", "true");
  try {
    return await work();
  } finally {
    awaited -= 1;
    if (!awaited) main.removeAttribute("aria-busy");
  }
};

export class Refused extends Error {
  constructor(status, told) { super(told.error || String(status)); this.status = status; this.told = told; }
}
const answered = async (answer) => {
  if (answer.ok) return answer.json();
  const kind = answer.headers.get("content-type") || "";
  const told = kind.includes("json") ? await answer.json() : { error: (await answer.text()).trim() };
  throw new Refused(answer.status, told);
};
export const get = async (address, values = {}) =>
  answered(await fetch(address + "?" + new URLSearchParams(values), { cache: "no-store" }));
export const post = async (address, body) => answered(await fetch(address, {
  method: "POST",
  headers: { "content-type": "application/json", "x-review-key": main.dataset.csrf },
  body: JSON.stringify(body),
}));

/* HTML comes from our own templates, which escape every text. */
export const build = (html) => {
  const holder = document.createElement("template");
  holder.innerHTML = "<table>" + html + "</table>";
  return [...holder.content.querySelectorAll("tbody")];
};

/* A passage's text as the files have it: without references, and with characters not shown. */
export const textOf = (passage) => {
  if (passage.dataset.text !== undefined) return passage.dataset.text;
  const copy = passage.cloneNode(true);
  for (const reference of all(".ref", copy)) reference.remove();
  return copy.textContent;
};
/* The server counts characters, the browser halves of them outside the basic plane. */
export const characters = (text) => [...text].length;
