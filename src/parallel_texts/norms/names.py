"""Names of parties as expressions that match their inflected forms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parallel_texts.languages.russian_cases import inflected
from parallel_texts.languages.tables import read_table
from parallel_texts.model import Authority

__all__ = ["name_patterns"]

_SIDE = re.compile(r"^(?:the )?(\w+) (?:side|party|сторона)$", re.IGNORECASE)

_GAP = re.compile(r"\s?[-–]\s?|\s+")


def name_patterns(parties: tuple[Authority, ...], lang: str) -> list[tuple[str, str]]:
    """Return expressions and the id of the party each stands for, longest name first.

    A party that is a state of the table ``states`` also answers to that state's adjective and
    short forms ("Soviet aircraft"); an organ stands for the party it belongs to.
    """
    bearers = [party for party in parties if party.kind in ("party", "organ")]
    named = [
        (name, _top(party, parties))
        for party in bearers
        for name in dict(party.names).get(lang, ())
    ]
    named.sort(key=lambda pair: len(pair[0]), reverse=True)
    rows = [(_expression(name, lang), key) for name, key in named]
    rows += _state_rows(bearers, lang)
    return rows + [(_expression(stem, lang), key) for stem, key in _adjectives(named)]


def _top(party: Authority, parties: tuple[Authority, ...]) -> str:
    """Follow ``part_of`` to the party; stop at an id that no entry has."""
    seen = {party.id}
    while party.part_of and party.part_of not in seen:
        seen.add(party.part_of)
        above = next((other for other in parties if other.id == party.part_of), None)
        if above is None:
            return party.part_of
        party = above
    return party.id


def _expression(name: str, lang: str) -> str:
    if lang == "zh":
        return re.escape(name)
    if lang == "ru":
        words = _GAP.split(name)
        joints = [
            r"\s?[-–]\s?" if "-" in gap or "–" in gap else r"\s+" for gap in _GAP.findall(name)
        ]
        forms = (inflected(word) + joint for word, joint in zip(words, [*joints, ""], strict=True))
        return "".join(forms) + _russian_adjective(name)
    bare = re.sub(r"^[Tt]he ", "", name)
    exact = re.escape(bare).replace(r"\ ", r"\s+") + ("n?" if bare.endswith("ia") else "")
    return rf"(?:the )?(?-i:{exact})" if bare.isupper() else rf"(?:the )?{exact}"


def _russian_adjective(name: str) -> str:
    """Let «Руритания» also match «руританские»: names of states in -ия make adjectives in -ский."""
    regular = re.fullmatch(r"[А-ЯЁ][а-яё]+ия", name)
    return rf"|{re.escape(name[:-2])}ск[а-яё]{{2,3}}" if regular else ""


def _adjectives(named: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """From "the Soviet Side" take "Soviet", so that "Soviet aircraft" is the same party's."""
    for name, key in named:
        match = _SIDE.match(name)
        if match and match[1].lower() not in ("other", "first", "second", "contracting", "другая"):
            yield match[1], key


def _state_rows(parties: list[Authority], lang: str) -> Iterator[tuple[str, str]]:
    """Give each state of the table its party's id, or its own where no party is that state."""
    keys = {row["state"]: _party_of(row["state"], parties) for row in read_table("states")}
    for row in read_table("states"):
        if row["lang"] == lang:
            yield row["regex"], keys[row["state"]] or row["state"]


def _party_of(state: str, parties: list[Authority]) -> str | None:
    patterns = {
        row["lang"]: re.compile(rf"(?:{row['regex']})\b", re.IGNORECASE)
        for row in read_table("states")
        if row["state"] == state
    }
    for party in parties:
        if party.kind == "party" and any(
            lang in patterns and any(patterns[lang].match(name) for name in names)
            for lang, names in party.names
        ):
            return party.id
    return None
