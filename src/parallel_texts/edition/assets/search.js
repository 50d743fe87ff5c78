"use strict";
/* Search over the whole site: each work brings its own index by parallelTexts.add. */
const parallelTexts = (() => {
  const shards = [];
  const api = { stems: {}, forms: {}, add: (shard) => { shards.push(shard); } };
  const unspaced = "\\u3400-\\u9fff\\uf900-\\ufaff\\u3040-\\u30ff\\u{20000}-\\u{3ffff}";
  const unspacedStart = new RegExp(`^[${unspaced}]`, "u");

  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/(?!\u0306)\p{M}/gu, "").normalize("NFC");
  const stem = (word, lang) => {
    for (const step of api.stems[lang] || []) {
      for (let before = ""; before !== word;) {
        before = word;
        const rule = step.find(([ending, , least]) => word.endsWith(ending) && word.length - ending.length >= least);
        if (rule) word = word.slice(0, word.length - rule[0].length) + rule[1];
      }
    }
    return word;
  };
  const split = (text) => {
    const found = [];
    for (const piece of fold(text).match(/[\p{L}\p{N}]+/gu) || []) {
      let run = "";
      let kind = null;
      for (const character of piece) {
        const now = unspacedStart.test(character);
        if (kind !== null && now !== kind) { found.push(run); run = ""; }
        run += character;
        kind = now;
      }
      if (run) found.push(run);
    }
    return found;
  };
  const words = (text) => split(text).flatMap((piece) => {
    const signs = [...piece];
    if (!unspacedStart.test(piece) || signs.length === 1) return [piece];
    return signs.slice(1).map((sign, place) => signs[place] + sign);
  });

  const once = (make) => {
    const made = new Map();
    return (key, ...rest) => {
      const place = [key, ...rest].join(" ");
      if (!made.has(place)) made.set(place, make(key, ...rest));
      return made.get(place);
    };
  };
  const group = (map, key, value) => { if (map.has(key)) map.get(key).push(value); else map.set(key, [value]); };
  /* The table of forms: ending to entries of [prefix, ending of the lemma, stems]. */
  const endings = once((lang) => {
    const found = new Map();
    for (const [prefix, own, list, stems] of api.forms[lang] || []) {
      const entry = [prefix, own, new Set(stems.split(","))];
      for (const ending of list.split(",")) group(found, ending, entry);
    }
    return found;
  });
  /* Lemmas that have a word among their forms. */
  const lemmas = once((word, lang) => {
    const found = new Set();
    for (let cut = 0; cut <= word.length; cut++) {
      for (const [prefix, own, stems] of endings(lang).get(word.slice(cut)) || []) {
        const stem = word.slice(prefix.length, Math.max(cut, prefix.length));
        if (cut >= prefix.length && word.startsWith(prefix) && stems.has(stem)) found.add(stem + own);
      }
    }
    return [...found].sort();
  });
  const indexed = once((lang) => new Set(shards.flatMap((shard) =>
    shard.langs.flatMap(([other], column) => (other === lang ? Object.keys(shard.terms[column]) : [])))));
  const byStem = once((lang) => {
    const found = new Map();
    if (api.stems[lang]) for (const term of indexed(lang)) group(found, stem(term, lang), term);
    return found;
  });
  /* What a word of a query may stand in the index as; one that no text has goes by its stem. */
  const keys = (word, lang) => {
    const known = lemmas(word, lang);
    if (known.length || unspacedStart.test(word) || indexed(lang).has(word)) return known.length ? known : [word];
    return byStem(lang).get(stem(word, lang)) || [word];
  };
  const terms = (text, lang) => words(text).map((word) => keys(word, lang));
  const numbers = (distances) => { let at = 0; return distances.map((distance) => (at += distance)); };

  /* Rows that hold every word of the query, in one language. */
  const rowsOf = (index, term) => {
    const exact = Object.hasOwn(index, term) ? numbers(index[term]) : [];
    if ([...term].length !== 1 || !unspacedStart.test(term)) return exact;
    const within = Object.keys(index).filter((key) => key.includes(term));
    return exact.concat(within.flatMap((key) => numbers(index[key])));
  };
  const search = (query) => {
    const hits = [];
    for (const shard of shards) {
      const found = new Map();
      shard.langs.forEach(([lang], column) => {
        const wanted = terms(query, lang);
        if (!wanted.length) return;
        const sets = wanted.map((any) => new Set(any.flatMap((term) => rowsOf(shard.terms[column], term))));
        for (const row of sets[0]) if (sets.every((set) => set.has(row))) {
          if (!found.has(row)) found.set(row, []);
          found.get(row).push(column);
        }
      });
      for (const [row, columns] of [...found].sort((a, b) => a[0] - b[0])) hits.push({ shard, row, columns });
    }
    return hits;
  };

  /* A text with the words of the query marked, as nodes. */
  const marked = (text, query, lang) => {
    const wanted = new Set(terms(query, lang).flat());
    const nodes = [];
    const words = [];
    for (const match of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
      if (!unspacedStart.test(match[0])) {
        if (terms(match[0], lang).flat().some((term) => wanted.has(term))) words.push([match.index, match.index + match[0].length]);
        continue;
      }
      for (const word of split(query)) {
        for (let at = match[0].indexOf(word); at >= 0; at = match[0].indexOf(word, at + 1))
          words.push([match.index + at, match.index + at + word.length]);
      }
    }
    let last = 0;
    for (const [start, end] of words.sort((a, b) => a[0] - b[0])) {
      if (start < last) continue;
      nodes.push(text.slice(last, start));
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, end);
      nodes.push(mark);
      last = end;
    }
    nodes.push(text.slice(last));
    return { nodes, words: words.map(([start, end]) => text.slice(start, end)) };
  };

  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  const hidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g;
  const visible = (text) => text.replace(hidden, (c) => "⟨U+" + c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0") + "⟩");

  const draw = (hit, query, main) => {
    const { shard, row, columns } = hit;
    const [anchor, number, label] = shard.rows[row];
    const found = new Set();
    const cells = shard.langs.map(([lang, tag], column) => {
      const { nodes, words } = marked(visible(shard.texts[column][row]), columns.includes(column) ? query : "", lang);
      for (const word of words) found.add(word);
      return element("p", { lang: tag }, ...nodes);
    });
    const find = [...found].slice(0, 8).join(" ");
    const href = `${shard.href}?find=${encodeURIComponent(find)}#${anchor}`;
    const where = element("p", { class: "where" }, element("a", { href }, `${visible(shard.title)}, ${visible(label)}, ${main.dataset.row.replace("{number}", number)}`));
    return element("li", {}, where, element("div", { class: "hit" }, ...cells));
  };

  const start = () => {
    const main = document.getElementById("main");
    const form = document.querySelector(".search-form");
    const input = document.getElementById("q");
    const said = document.querySelector(".said");
    const list = document.querySelector(".hits");
    const batch = 50;
    const more = (hits, query, from) => {
      list.append(...hits.slice(from, from + batch).map((hit) => draw(hit, query, main)));
      if (hits.length <= from + batch) return;
      const button = element("button", { type: "button", class: "plain-button" }, main.dataset.more);
      const item = element("li", {}, button);
      button.addEventListener("click", () => { item.remove(); more(hits, query, from + batch); });
      list.append(item);
    };
    const run = () => {
      const query = input.value.trim();
      list.replaceChildren();
      said.textContent = "";
      history.replaceState(null, "", location.pathname + (query ? "?q=" + encodeURIComponent(query) : ""));
      if (!query) return;
      const hits = search(query);
      said.textContent = hits.length
        ? main.dataset.count.replace("{count}", hits.length)
        : main.dataset.none.replace("{query}", () => visible(query));
      more(hits, query, 0);
    };
    form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
    input.value = new URLSearchParams(location.search).get("q") || "";
    if (input.value) run(); else input.focus();
  };
  document.addEventListener("DOMContentLoaded", start);
  return Object.assign(api, { search, terms, fold, stem, lemmas });
})();
