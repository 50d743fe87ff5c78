"""How much one side of a link says beside the other: lengths, words, clauses and links.

Three logistic models per ordered pair of languages estimate whether the second side lacks something
of the first. The first looks at proportions alone and costs next to nothing; the second adds how
well each word is met, by sums of the encoder's states, and is asked only where the first is in
doubt; the third does so by vectors, where the second is. ``bench/flags/fit.py`` makes the table
``content_model`` that holds them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from statistics import median

from parallel_texts.languages.dates import find_dates
from parallel_texts.languages.numbers import find_numbers
from parallel_texts.languages.tables import read_table

__all__ = [
    "Habit",
    "Measures",
    "features",
    "habit",
    "logistic",
    "measure",
    "probability",
    "threshold",
]

_CLAUSE = re.compile(r"[,，、;；:：。.!?！？](?!\d)")
_LINK = {
    "zh": re.compile("[和及或并与]|以及"),
    "ru": re.compile(r"\b(?:и|или|либо)\b"),
    "en": re.compile(r"\b(?:and|or)\b"),
}
_LIGHT = {
    "zh": re.compile(r"[^\w]|[的了和在是与及之其等而于以]"),
    "ru": re.compile(r"\b(?:\w{1,3}|также|чтобы|который)\b|[^\w\s]"),
    "en": re.compile(
        r"\b(?:the|an?|of|to|in|and|or|for|on|by|with|at|from|as|is|are|be|shall|its?)\b|[^\w\s]"
    ),
}
_PRIOR_ROWS = 30
"""Rows that the usual proportion of two languages weighs against the text's own."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Logarithms of how long a side is: characters, content words, clauses, clauses and links."""

    characters: float
    words: float
    clauses: float
    links: float


@lru_cache(maxsize=4096)
def measure(text: str, lang: str) -> Measures:
    """Return the measures of one side; empty text counts as one of each.

    Numbers, dates and the names of states are long in one language and short in another, and
    other codes look at them: they do not count here.
    """
    text = _bare(text, lang)
    plain = _LIGHT.get(lang, _LIGHT["en"]).sub(" " if lang != "zh" else "", text.lower())
    words = len(plain) if lang == "zh" else len(plain.split())
    clauses = len(_CLAUSE.findall(text.strip()[:-1])) + 1
    links = clauses + len(_LINK.get(lang, _LINK["en"]).findall(text.lower()))
    return Measures(
        *(math.log(max(1, count)) for count in (len(text.strip()), words, clauses, links))
    )


def _bare(text: str, lang: str) -> str:
    """Return the text without numbers and dates, states by a short name."""
    parts, done = [], 0
    found = [(date.start, date.end) for date in find_dates(text, lang)]
    found += [(number.start, number.end) for number in find_numbers(text, lang)]
    for start, end in sorted(found):
        parts.append(text[done : max(start, done)])
        done = max(end, done)
    return _states(lang).sub(_SHORT.get(lang, "X"), "".join((*parts, text[done:])))


_SHORT = {"zh": "某国", "ru": "Икс", "en": "Xan"}
"""A name of ordinary length in place of a state's."""


@cache
def _states(lang: str) -> re.Pattern[str]:
    forms = [row["regex"] for row in read_table("states") if row["lang"] == lang]
    edge = "" if lang == "zh" else r"\b"
    return re.compile(f"{edge}(?:{'|'.join(forms) or '(?!)'}){edge}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Habit:
    """What is usual between two languages in a text: log ratios, and how much wider they spread."""

    characters: float
    words: float
    spread: float = 1.0


def habit(
    pair: tuple[str, str],
    sides: Sequence[tuple[Measures, Measures]],
    known: Sequence[float] | None = None,
) -> Habit:
    """Return the usual proportions of a pair, adapted to a text.

    The medians of the text's own links count with the number of links, what the pair is known for
    like thirty. A translation that is freer than usual spreads more, and as much less is made of
    its proportions.

    Args:
        pair: Languages, the first one's length over the second's.
        sides: Measures of the links' sides.
        known: Log ratios of characters and of words, and the usual deviation; by default those
            of the table.
    """
    characters, words, deviation = known or _model(pair)["usual"]
    if not sides:
        return Habit(characters, words)
    weight = len(sides) / (len(sides) + _PRIOR_ROWS)
    ratios = [a.characters - b.characters for a, b in sides]
    own = median(ratios)
    wider = median(abs(ratio - own) for ratio in ratios) / deviation
    return Habit(
        weight * own + (1 - weight) * characters,
        weight * median(a.words - b.words for a, b in sides) + (1 - weight) * words,
        max(1.0, weight * wider + 1 - weight),
    )


def features(a: Measures, b: Measures, usual: Habit) -> list[float]:
    """Return what the first model looks at."""
    characters = (a.characters - b.characters - usual.characters) / usual.spread
    words = (a.words - b.words - usual.words) / usual.spread
    return [
        characters,
        words,
        (a.clauses - b.clauses) / usual.spread,
        (a.links - b.links) / usual.spread,
        a.characters,
        characters * (a.words - 2.5),
        words * (a.words - 2.5),
    ]


def probability(pair: tuple[str, str], model: str, values: Sequence[float]) -> float:
    """Return the model's probability that the second side lacks something of the first.

    Args:
        pair: Languages, the fuller one first.
        model: ``proportion`` (:func:`features`), ``words`` or ``vectors`` (the same, then those of
            :func:`~parallel_texts.findings.counterparts.features`).
        values: As the model wants them.
    """
    return logistic(_model(pair)[model], values)


def logistic(weights: Sequence[float], values: Sequence[float]) -> float:
    """Return what a logistic model makes of values; its intercept comes first."""
    total = weights[0] + sum(w * v for w, v in zip(weights[1:], values, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def threshold(pair: tuple[str, str]) -> float:
    """Return the third model's probability from which on a finding is made.

    It is chosen for each pair so that few untouched rows are above it.
    """
    return _model(pair)["threshold"][0]


@cache
def _model(pair: tuple[str, str]) -> dict[str, list[float]]:
    """Return the weights of a pair; languages without a row of their own count as English."""
    known = tuple(lang if lang in ("zh", "ru", "en") else "en" for lang in pair)
    wanted = known if known[0] != known[1] else ("ru", "en")
    return {
        row["model"]: [float(weight) for weight in row["weights"].split()]
        for row in read_table("content_model")
        if (row["first"], row["second"]) == wanted
    }
