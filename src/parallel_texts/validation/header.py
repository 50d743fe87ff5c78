"""Rules on languages and on what a version's header must say."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from parallel_texts.tei.content import fragment
from parallel_texts.tei.header import ORIGINS, STANDINGS
from parallel_texts.tei.parsing import XML_LANG, tei
from parallel_texts.validation.sources import Found, Library, Source, primary

__all__ = [
    "folder_language",
    "origin",
    "same_language",
    "standing",
    "statement",
    "translation",
    "work",
]


def folder_language(source: Source, _: Library) -> Iterator[Found]:
    """T401: the text's language is not the folder's."""
    folder = source.language_folder
    if source.kind == "version" and folder and source.lang != folder:
        text = source.root.find(tei("text"))
        element = text if text is not None else source.root
        yield Found(
            element,
            f"xml:lang says {source.tag!r}, the folder {folder!r}: correct one of them",
        )


def same_language(source: Source, _: Library) -> Iterator[Found]:
    """T402: TEI, text and textLang of a version do not name the same language."""
    if source.kind != "version":
        return
    languages = source.witnesses[0].findall(f".//{tei('textLang')}") if source.witnesses else []
    claims = [
        (source.root, source.root.get(XML_LANG)),
        *((e, e.get("mainLang")) for e in languages),
    ]
    for element, tag in claims:
        if tag != source.tag:
            yield Found(element, f"the text is in {source.tag!r}, here it says {tag!r}")


def standing(source: Source, _: Library) -> Iterator[Found]:
    """T501: a witness has no standing, or several."""
    for witness in source.witnesses:
        yield from _exactly_one(witness, STANDINGS, "standing")


def origin(source: Source, _: Library) -> Iterator[Found]:
    """T502: a version has no origin, or several."""
    for witness in source.witnesses[:1]:
        yield from _exactly_one(witness, ORIGINS, "origin")


def _exactly_one(witness: etree._Element, choices: frozenset[str], word: str) -> Iterator[Found]:
    named = [c for p in witness.get("ana", "").split() if (c := fragment(p)) in choices]
    if len(named) != 1:
        said = ", ".join(named) or "none"
        yield Found(
            witness, f"needs one {word} in @ana, has {said}: choose one of {_listed(choices)}"
        )


def _listed(choices: frozenset[str]) -> str:
    return ", ".join(sorted(choices))


def work(source: Source, _: Library) -> Iterator[Found]:
    """T503: a version has no witness, or one of another work than the file is named after."""
    if source.kind != "version":
        return
    if not source.witnesses:
        yield Found(source.root, "no witness in sourceDesc: say what this text is, in a listWit")
        return
    bibl = source.witnesses[0].find(tei("bibl"))
    named = fragment(bibl.get("corresp")) if bibl is not None else ""
    if source.language_folder and named != source.path.stem:
        yield Found(
            source.witnesses[0],
            f"belongs to the work {named or 'none'}, the file is named {source.path.stem}: "
            f"point bibl/@corresp to ../corpus.xml#{source.path.stem}",
        )


def statement(source: Source, _: Library) -> Iterator[Found]:
    """T504: a reconstruction or regest does not say so in English and in the text's language."""
    if not source.witnesses or source.kind != "version":
        return
    kinds = {fragment(pointer) for pointer in source.witnesses[0].get("ana", "").split()}
    if not kinds & {"reconstruction", "regest"}:
        return
    said = {
        primary(note.get(XML_LANG) or "")
        for note in source.root.iter(tei("note"))
        if note.get("type") == "statement"
    }
    for lang in sorted({"en", source.lang} - said):
        yield Found(
            source.witnesses[0],
            f"no plain statement in {lang!r} of what this text is: "
            f'add note[@type="statement"] with xml:lang {lang!r} to notesStmt',
        )


def translation(source: Source, _: Library) -> Iterator[Found]:
    """T505: a text counts as a translation and does not say of which, or the other way round."""
    if not source.witnesses or source.kind != "version":
        return
    kinds = {fragment(pointer) for pointer in source.witnesses[0].get("ana", "").split()}
    items = [i for i in source.root.iter(tei("relatedItem")) if i.get("type") == "translationOf"]
    if "authentic" in kinds and items:
        yield Found(items[0], "an authentic text is a translation of none: remove translationOf")
