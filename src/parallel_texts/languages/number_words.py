"""Number words of English and Russian, inflected, joined to one value.

>>> [(str(v), kind) for v, _, _, kind in word_numbers("one hundred and twenty-five", "en")]
[('125', 'cardinal')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache

from parallel_texts.languages.phrases import Phrases
from parallel_texts.languages.tables import read_table

__all__ = ["word_numbers"]

_Word = tuple[Fraction, str, int, int]
"""Value, kind, start and end of one numeral word."""
_JOIN = re.compile(r"[\s\u00a0]+|[-‑]|[\s\u00a0]+and[\s\u00a0]+|[\s\u00a0]+и[\s\u00a0]+")
_AND = ("and", "и")
_NOT_ALONE = ("part", "tenth", "addition")
_COMPOUND = re.compile(
    r"\b(?P<stem>полу|одно|дву[хм]?|тр[её]х|четыр[её]х|пяти|шести|семи|восьми|девяти|десяти|двенадцати|пятнадцати|двадцати|тридцати|сорока|пятидесяти|шестидесяти|семидесяти|восьмидесяти|девяносто|сто)"
    r"(?P<inner>двух|тр[её]х|четыр[её]х|пяти|шести|семи|восьми|девяти)?(?=летн|годи|годов|дневн|месячн|часов(?!щ)|недельн|процентн|километров|миллионн|тысячн)",
    re.IGNORECASE,
)


def word_numbers(text: str, lang: str) -> Iterator[tuple[Fraction, int, int, str]]:
    """Yield value, start, end and kind (cardinal, ordinal, fraction) of each number in words."""
    run = _Run()
    for word in _words(text, lang):
        gap = text[run.end : word[2]] if run.words else ""
        if not (run.words and _JOIN.fullmatch(gap) and run.takes(word, gap.strip() in _AND)):
            yield from _closed(run, text, lang)
            run = _Run()
        run.add(word)
    yield from _closed(run, text, lang)
    if lang == "ru":
        yield from _compounds(text)


def _closed(run: _Run, text: str, lang: str) -> Iterator[tuple[Fraction, int, int, str]]:
    """Yield the number of a run; "hundreds of people" states none."""
    if not (len(run.words) == 1 and _vague(lang).match(text, run.words[0][2])):
        yield from run.close()


def _words(text: str, lang: str) -> Iterator[_Word]:
    kinds = _kinds(lang)
    for number, match in _phrases(lang).find(text):
        yield *kinds[number], match.start(), match.end()


@dataclass(slots=True)
class _Run:
    """Words that follow one another and make one number."""

    words: list[_Word] = field(default_factory=list)
    total: Fraction = Fraction(0)
    section: Fraction = Fraction(0)
    last: Fraction = Fraction(0)
    kind: str = "cardinal"

    @property
    def end(self) -> int:
        return self.words[-1][3] if self.words else 0

    def takes(self, word: _Word, joined: bool) -> bool:
        """Tell whether ``word`` goes on with this number instead of starting another."""
        value, kind = word[0], word[1]
        if self.kind != "cardinal":
            return False
        if kind in ("part", "tenth", "addition"):
            return not joined
        if kind in ("magnitude", "times"):
            return not joined and self.words[-1][1] in ("cardinal", "times", "digits")
        if kind == "fraction":
            return False
        if joined and self.last < 100:
            return False
        return self._fits(value)

    def _fits(self, value: Fraction) -> bool:
        """Twenty takes five, a hundred takes twenty; nineteen takes fifty-five as in years."""
        if 17 <= self.section <= 20 and self.total == 0 and 10 <= value < 100 and self.last < 21:
            return self.section != 20 or value >= 10
        return self.last >= 20 and value < 10 ** (len(str(int(self.last))) - 1)

    def add(self, word: _Word) -> None:
        value, kind = word[0], word[1]
        if kind == "magnitude" or (kind == "ordinal" and value >= 1000):
            self.total += max(self.section, Fraction(1)) * value
            self.section = Fraction(0)
        elif kind in ("times", "part", "tenth") or (kind == "ordinal" and value == 100):
            self.section = max(self.section, Fraction(1)) * value
        elif 17 <= self.section <= 20 and 10 <= value < 100 and self.words:
            self.section = self.section * 100 + value
        else:
            self.section += value
        self.last = value
        self.kind = {
            "ordinal": "ordinal",
            "part": "fraction",
            "tenth": "fraction",
            "fraction": "fraction",
        }.get(kind, "cardinal")
        self.words.append(word)

    def close(self) -> Iterator[tuple[Fraction, int, int, str]]:
        """Yield the number; a fraction word without its numerator is none ("a third State")."""
        if self.words and not (len(self.words) == 1 and self.words[0][1] in _NOT_ALONE):
            yield self.total + self.section, self.words[0][2], self.end, self.kind


def _compounds(text: str) -> Iterator[tuple[Fraction, int, int, str]]:
    """Read the first half of Russian adjectives: тридцатилетний, двадцатичетырёхчасовой."""
    for match in _COMPOUND.finditer(text):
        parts = [part.lower().replace("ё", "е") for part in (match["stem"], match["inner"]) if part]
        yield sum((_stems()[p] for p in parts), Fraction(0)), *match.span(), "cardinal"


@cache
def _stems() -> dict[str, Fraction]:
    return {row["form"]: Fraction(row["value"]) for row in read_table("numeral_stems")}


@cache
def _rows(lang: str) -> list[dict[str, str]]:
    return [r for r in read_table("numerals") if r["lang"] == lang and r["kind"] != "vague"]


@cache
def _kinds(lang: str) -> list[tuple[Fraction, str]]:
    return [(Fraction(row["value"]), row["kind"]) for row in _rows(lang)]


@cache
def _phrases(lang: str) -> Phrases:
    return Phrases([row["form"] for row in _rows(lang)], lang)


@cache
def _vague(lang: str) -> re.Pattern[str]:
    """Return plural magnitudes and halves that state no number where they stand alone."""
    rows = [r for r in read_table("numerals") if r["lang"] == lang and r["kind"] == "vague"]
    return re.compile(
        f"(?:{'|'.join(row['form'] for row in rows) or '(?!)'})(?!\\w)", re.IGNORECASE
    )
