"""Write docs/corpus.md from the corpus: every work, every provision and what reports it.

Run ``python tools/corpus_table.py`` after a text, a link or the header has changed;
``--check`` writes nothing and exits 1 where the page is out of date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from parallel_texts.corpus import kept_alignment, load_corpus
from parallel_texts.model import Alignment, Authority, Corpus, Link, Passage, Version, Work

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "corpus.md"
OPENING = ROOT / "tools" / "corpus_opening.md"

_WORDS = 12


def page(corpus: Corpus) -> str:
    """Return the whole page as Markdown."""
    lines = [OPENING.read_text("utf-8").rstrip(), "", *_overview(corpus), "", *_sources(corpus)]
    for work in corpus.works:
        lines += ["", *_work(corpus, work)]
    return "\n".join(lines) + "\n"


def _table(head: Sequence[str], rows: Iterator[Sequence[str]]) -> Iterator[str]:
    yield _row(head)
    yield _row(["---"] * len(head))
    yield from map(_row, rows)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _overview(corpus: Corpus) -> Iterator[str]:
    yield "## Works"
    yield ""
    head = ("work", "date", "title", "versions", "passages", "editorial", "links", "not 1:1")
    yield from _table(head, (_overview_row(corpus, work) for work in corpus.works))
    works = [alignment for work in corpus.works if (alignment := _links(corpus, work))]
    uneven = sum(_uneven(alignment) for alignment in works)
    yield ""
    yield (
        f"{len(corpus.works)} works, {sum(len(w.versions) for w in corpus.works)} versions, "
        f"{sum(_passages(w) for w in corpus.works)} passages, "
        f"of which {sum(_editorial(w) for w in corpus.works)} are editorial; "
        f"{sum(map(len, works))} links checked by reading, of which {uneven} are not 1:1."
    )


def _overview_row(corpus: Corpus, work: Work) -> tuple[str, ...]:
    alignment = _links(corpus, work)
    return (
        f"[`{work.id}`](#{work.id})",
        work.date or "1950s",
        work.title("en"),
        ", ".join(f"{v.lang} {v.standing}" for v in work.versions),
        str(_passages(work)),
        str(_editorial(work)),
        str(len(alignment)) if alignment else "none",
        str(_uneven(alignment)) if alignment else "",
    )


def _links(corpus: Corpus, work: Work) -> Alignment | None:
    return kept_alignment(corpus, work) if len(work.versions) > 1 else None


def _passages(work: Work) -> int:
    return sum(len(version.passages) for version in work.versions)


def _editorial(work: Work) -> int:
    """Count passages that no source reports."""
    return sum(not passage.sources for v in work.versions for passage in v.passages)


def _uneven(alignment: Alignment) -> int:
    return sum(any(len(side) != 1 for side in link.sides) for link in alignment)


def _sources(corpus: Corpus) -> Iterator[str]:
    yield "## Sources"
    yield ""
    head = ("source", "what it is", "passages that rest on it")
    used = _uses(corpus)
    rows = (
        (f"`{source.id}`", _description(source), str(used.get(source.id, 0)))
        for source in corpus.authorities
        if source.kind == "source" and "." not in source.id
    )
    yield from _table(head, rows)


def _uses(corpus: Corpus) -> dict[str, int]:
    uses: dict[str, int] = {}
    for work in corpus.works:
        for version in work.versions:
            for passage in version.passages:
                for source in {s.split(".")[0] for s in passage.sources}:
                    uses[source] = uses.get(source, 0) + 1
    return uses


def _description(source: Authority) -> str:
    return ". ".join([source.name("en"), *(value for _, value in source.facts)])


def _work(corpus: Corpus, work: Work) -> Iterator[str]:
    yield f"<a id='{work.id}'></a>"
    yield f"## {work.title('en')}"
    yield ""
    yield f"`{work.id}`, {work.kind}, {work.date or '1950s'}. {_languages(work)}"
    yield ""
    alignment = _links(corpus, work)
    if alignment is None:
        yield from _single(work)
        return
    head = (*alignment.languages, "opening words", "reported by")
    yield from _table(head, (_link_row(alignment, link) for link in alignment))


def _languages(work: Work) -> str:
    told = [_version_words(version) for version in work.versions]
    told += [f"{w.lang}: never issued" for w in work.witnesses if not w.issued]
    return "; ".join(told) + "."


def _version_words(version: Version) -> str:
    made = f", translated from {version.translation_of}" if version.translation_of else ""
    return f"{version.lang}: {version.standing}, {version.origin}{made}"


def _single(work: Work) -> Iterator[str]:
    for version in work.versions:
        head = (version.lang, "opening words", "reported by")
        yield from _table(head, ((_ids([p]), _opening(p), _report([p])) for p in version.passages))


def _link_row(alignment: Alignment, link: Link) -> tuple[str, ...]:
    sides = {lang: alignment.of(link, lang) for lang in alignment.languages}
    passages = [passage for side in sides.values() for passage in side]
    read = sides.get("en") or passages
    return (*map(_ids, sides.values()), _opening(read[0]), _report(passages))


def _ids(passages: Sequence[Passage]) -> str:
    return " ".join(f"`{p.id.split('.', 1)[1]}`" for p in passages) or "none"


def _opening(passage: Passage) -> str:
    if passage.lang == "zh":
        return passage.text if len(passage.text) <= 2 * _WORDS else passage.text[: 2 * _WORDS] + "…"
    words = passage.text.split()
    return " ".join(words[:_WORDS]) + ("…" if len(words) > _WORDS else "")


def _report(passages: Sequence[Passage]) -> str:
    sources = list(dict.fromkeys(s for passage in passages for s in passage.sources))
    told = ", ".join(sources)
    return ", ".join(filter(None, [told, "editorial" * any(p.editorial for p in passages)]))


def main() -> int:
    """Write the page, or with ``--check`` compare it."""
    made = page(load_corpus(ROOT / "corpora"))
    if "--check" in sys.argv[1:]:
        return int(not PAGE.is_file() or PAGE.read_text("utf-8") != made)
    PAGE.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
