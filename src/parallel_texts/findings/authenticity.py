"""A301 and A302: which texts exist, and which of them are declared authentic."""

from __future__ import annotations

from collections.abc import Iterator

from parallel_texts.findings.authentic_clause import Declaration, declarations
from parallel_texts.findings.comparison import Comparison
from parallel_texts.findings.messages import join, language_name, say
from parallel_texts.model import Authority, Evidence, Finding, Work

__all__ = ["no_authentic_text", "undeclared_authenticity"]

_EDITORIAL = "editorial-translation"


def no_authentic_text(comparison: Comparison) -> Iterator[Finding]:
    """A301. Authentic texts in one language, and a party whose own language is another."""
    declared = declarations(comparison)
    issued = _authentic(comparison.work) | _declared_languages(declared, alone=True)
    if len(issued) != 1:
        return
    for party in _parties(comparison):
        own = _language_of(party)
        if own and own not in issued:
            yield _no_text(comparison, party, own, next(iter(issued)), declared)


def undeclared_authenticity(comparison: Comparison) -> Iterator[Finding]:
    """A302. Two or more texts, none or not all declared authentic.

    Vienna Convention on the Law of Treaties 1969, article 33, is the frame: a text of an
    agreement in two languages speaks with equal authority where it says so. It was not law in 1955.
    """
    declared = declarations(comparison)
    texts = _texts(comparison.work) | _declared_languages(declared, alone=False)
    authentic = _authentic(comparison.work) | {
        lang for d in declared if d.authentic for lang in d.languages
    }
    if len(texts) > 1 and texts - authentic:
        yield _undeclared(comparison, sorted(texts), sorted(texts - authentic), declared)
    elif _contradictory(declared):
        yield _contradiction(comparison, declared)


def _texts(work: Work | None) -> set[str]:
    """Return languages in which the work was issued; editorial translations are no texts of it."""
    if work is None:
        return set()
    versions = {v.lang for v in work.versions if v.standing != _EDITORIAL}
    return versions | {w.lang for w in work.witnesses if w.issued and w.standing != _EDITORIAL}


def _authentic(work: Work | None) -> set[str]:
    if work is None:
        return set()
    versions = {v.lang for v in work.versions if v.standing == "authentic"}
    return versions | {w.lang for w in work.witnesses if w.issued and w.standing == "authentic"}


def _declared_languages(declared: list[Declaration], *, alone: bool) -> set[str]:
    """Return languages that the text says it was done in; ``alone``: only if it names just one."""
    found = {lang for d in declared for lang in d.languages}
    return found if not alone or len(found) == 1 else set()


def _parties(comparison: Comparison) -> tuple[Authority, ...]:
    parties = tuple(p for p in comparison.parties if p.kind == "party")
    if comparison.work is None:
        return parties
    return tuple(p for p in parties if p.id in comparison.work.parties)


def _language_of(party: Authority) -> str | None:
    return dict(party.facts).get("language")


def _no_text(
    comparison: Comparison, party: Authority, own: str, issued: str, declared: list[Declaration]
) -> Finding:
    ui_lang = comparison.ui_lang
    message = say(
        "Issued in {issued} only: {party} has no authentic text in its own language, {own}.",
        ui_lang,
        issued=language_name(issued, ui_lang),
        party=party.name(ui_lang),
        own=language_name(own, ui_lang),
    )
    return _finding(comparison, "A301", (own, issued), message, 0.97, "no-authentic-text", declared)


def _undeclared(
    comparison: Comparison, texts: list[str], not_declared: list[str], declared: list[Declaration]
) -> Finding:
    ui_lang = comparison.ui_lang
    template = (
        "Texts exist in {texts}, and none is declared authentic: which prevails is open."
        if texts == not_declared
        else "Texts exist in {texts}, and {undeclared} is not declared authentic."
    )
    message = say(
        template,
        ui_lang,
        texts=join((language_name(lang, ui_lang) for lang in texts), ui_lang),
        undeclared=join((language_name(lang, ui_lang) for lang in not_declared), ui_lang),
    )
    return _finding(
        comparison, "A302", tuple(texts), message, 0.9, "undeclared-authenticity", declared
    )


def _contradictory(declared: list[Declaration]) -> bool:
    """Tell whether versions name different languages, or differ on equal authority."""
    by_lang = {d.evidence.lang: (frozenset(d.languages), d.authentic) for d in declared}
    return len(set(by_lang.values())) > 1


def _contradiction(comparison: Comparison, declared: list[Declaration]) -> Finding:
    message = say(
        "The versions do not say the same about which texts are authentic.", comparison.ui_lang
    )
    languages = tuple(dict.fromkeys(d.evidence.lang for d in declared))
    return _finding(
        comparison, "A302", languages, message, 0.85, "contradictory-authenticity", declared
    )


def _finding(
    comparison: Comparison,
    code: str,
    languages: tuple[str, ...],
    message: str,
    confidence: float,
    rule: str,
    declared: list[Declaration],
) -> Finding:
    evidence: tuple[Evidence, ...] = tuple(d.evidence for d in declared)
    work = comparison.alignment.work
    unit = declared[0].unit if declared and not work else work
    return Finding(code, "authenticity", work, unit, languages, message, confidence, rule, evidence)
