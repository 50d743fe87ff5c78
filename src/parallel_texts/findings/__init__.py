"""Findings: where versions differ, what binds one party alone, which texts are authentic.

Each code is one small function; :data:`RULES` is the table of them.

====  ============  ===========================================================================
code  kind          meaning
====  ============  ===========================================================================
V101  version       a passage has no counterpart in a language that has the document
V102  version       number differs
V103  version       date differs
V104  version       deontic force differs
V105  version       party (bearer) differs
V106  version       negation differs
V107  version       a condition differs: notice, consent, hedge, time limit
V108  version       name or place differs
V109  version       glossary term differs
V110  version       part of the passage has no counterpart inside the link
P201  party         right or permission of one party only
P202  party         obligation of one party only
P203  party         prohibition of one party only
P204  party         same action, unequal condition
P205  party         unequal cost
P206  party         unequal language duty
P207  party         inequality asserted by the text itself, no terms given
A301  authenticity  issued in one language only: a party has no text in its own language
A302  authenticity  two or more texts, none or not all declared authentic
====  ============  ===========================================================================

    >>> from parallel_texts.tables import alignment_of
    >>> rows = alignment_of([("1", 1, {"en": "within 30 days", "ru": "в течение 60 дней"})])
    >>> [finding.code for finding in flag(rows, select=["V102"])]
    ['V102']
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from parallel_texts.errors import ParallelTextsError
from parallel_texts.findings.authenticity import no_authentic_text, undeclared_authenticity
from parallel_texts.findings.bearers import different_party
from parallel_texts.findings.changed_norms import CHANGED_NORMS
from parallel_texts.findings.comparison import Comparison, Row
from parallel_texts.findings.conditions import different_condition
from parallel_texts.findings.content import missing_content
from parallel_texts.findings.force import different_force, different_negation
from parallel_texts.findings.glossary import different_term, read_glossary
from parallel_texts.findings.judged import Key, digest, key, with_judgements
from parallel_texts.findings.names import different_name
from parallel_texts.findings.omissions import missing_passage
from parallel_texts.findings.party import RULES as _PARTY_RULES
from parallel_texts.findings.quantities import different_dates, different_numbers
from parallel_texts.frames import Results
from parallel_texts.model import Alignment, Authority, Finding, Work

__all__ = [
    "CODES",
    "Comparison",
    "Key",
    "check_codes",
    "chosen_codes",
    "digest",
    "flag",
    "in_order",
    "key",
    "read_glossary",
    "with_judgements",
]

Rule = Callable[[Comparison], Iterable[Finding]]

ROW_RULES: dict[str, Callable[[Row], Iterator[Finding]]] = {
    "V101": missing_passage,
    "V102": different_numbers,
    "V103": different_dates,
    "V105": different_party,
    "V107": different_condition,
    "V108": different_name,
    "V109": different_term,
}
"""Rules that look at one link."""

TEXT_RULES: dict[str, Rule] = {
    "V104": different_force,
    "V106": different_negation,
    "V110": missing_content,
    "A301": no_authentic_text,
    "A302": undeclared_authenticity,
}
"""Rules that look at the whole work."""

CODES = tuple(
    "V101 V102 V103 V104 V105 V106 V107 V108 V109 V110 "
    "P201 P202 P203 P204 P205 P206 P207 A301 A302".split()
)


def flag(
    alignment: Alignment,
    *,
    parties: Sequence[Authority] = (),
    work: Work | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    ui_lang: str = "en",
    names: Sequence[Authority] = (),
    glossary: Sequence[Authority] = (),
) -> Results[Finding]:
    """Say where the versions differ and what one party alone may or must do.

    Args:
        alignment: Two to n languages; with one, only party and authenticity findings.
        parties: Parties and organs with their names; needed for V105, P and A301.
        work: Header facts of a work of the corpus.
        select: Codes, or their beginnings (``V``, ``P20``), to look for; all without.
        ignore: Codes, or their beginnings, to leave out.
        ui_lang: Language of messages: ``en``, ``ru`` or ``zh``.
        names: People and places with their names in each language, for V108.
        glossary: Terms and their set translations, for V109.

    Returns:
        Findings in the order of the links; those on the whole work first.

    Raises:
        ParallelTextsError: A code is unknown.
    """
    comparison = Comparison(alignment, tuple(parties), work, ui_lang, tuple(names), tuple(glossary))
    found = [f for code in chosen_codes(select, ignore) for f in _rule(code)(comparison)]
    return in_order(alignment, found)


def in_order(alignment: Alignment, found: Iterable[Finding]) -> Results[Finding]:
    """Return findings in the order of the links, then of codes; those on the whole work first."""
    order = {link.id: number for number, link in enumerate(alignment)}
    return Results(sorted(found, key=lambda f: (order.get(f.unit, -1), f.code)))


def check_codes(codes: Iterable[str]) -> None:
    """Make sure that each of ``codes`` is a code or the beginning of one.

    Raises:
        ParallelTextsError: One is not.
    """
    for code in codes:
        if not any(known.startswith(code) for known in CODES):
            raise ParallelTextsError(f"no code {code!r}: choose from {', '.join(CODES)}")


def chosen_codes(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> list[str]:
    """Return the codes that begin with one of ``select`` and with none of ``ignore``.

    Raises:
        ParallelTextsError: A code is unknown.
    """
    check_codes([*select, *ignore])
    return [
        code
        for code in CODES
        if (not select or code.startswith(tuple(select))) and not code.startswith(tuple(ignore))
    ]


def _rule(code: str) -> Rule:
    """Return the rule of a code; codes of one text alone come from the party rules."""
    if code in CHANGED_NORMS:
        return partial(_with_norms, code)
    if code in ROW_RULES:
        return _own_rule(code)
    return TEXT_RULES.get(code) or _PARTY_RULES.get(code) or _nothing


def _own_rule(code: str) -> Rule:
    """Return the rule of a code that looks at words, of one link or of the whole work."""
    return partial(_each_row, ROW_RULES[code]) if code in ROW_RULES else TEXT_RULES[code]


def _with_norms(code: str, comparison: Comparison) -> Iterator[Finding]:
    """Yield what the row's words show, then what only its norms show."""
    units = set()
    for finding in _own_rule(code)(comparison):
        units.add(finding.unit)
        yield finding
    yield from (f for f in CHANGED_NORMS[code](comparison) if f.unit not in units)


def _each_row(
    rule: Callable[[Row], Iterator[Finding]], comparison: Comparison
) -> Iterator[Finding]:
    if len(comparison.languages) > 1:
        for row in comparison.rows():
            yield from rule(row)


def _nothing(comparison: Comparison) -> tuple[Finding, ...]:
    return ()
