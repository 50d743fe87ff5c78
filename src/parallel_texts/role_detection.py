"""Roles of a text that defines no parties: organs, offices and kinds of States.

A role is named often, and in the same rows in each language: nouns of one language that the table
``role_words`` knows are joined with the words of the others that stand where they stand.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise

from parallel_texts.languages.tables import read_table
from parallel_texts.model import Alignment, Authority, Names

__all__ = ["detect_roles"]

_LEAST = 3
"""Rows that a role has to be named in."""
_ALIKE = 0.6
"""Share of rows that two names of a role have in common (Dice), from which on they are joined."""
_NEAR = 0.94
"""A longer name is taken when it is as good as this share of the best."""
_LONGEST = 8
"""Chinese characters in the name of a role, at most."""
_MOST = 24
"""Roles of a text, at most."""

_Rows = dict[str, set[int]]
"""Name of a candidate, and the numbers of the rows that it stands in."""


def detect_roles(alignment: Alignment) -> tuple[Authority, ...]:
    """Return the roles that a text speaks of, with their names in each language.

    Args:
        alignment: Two or more languages, English or Russian among them.

    Returns:
        Authorities of the kind ``role``; most frequent first. None where the languages agree on
        fewer than two: a role alone cannot be exchanged for another.
    """
    rows = {
        lang: [alignment.text(link, lang) for link in alignment] for lang in alignment.languages
    }
    pivot = next((lang for lang in ("en", "ru") if lang in rows), None)
    if pivot is None or len(rows) < 2:
        return ()
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    known = _frequent(_noted(_heads(text, pivot), spelled) for text in rows[pivot])
    others = {
        lang: _counterparts(known, texts, lang) for lang, texts in rows.items() if lang != pivot
    }
    roles = [
        _role(
            pivot,
            _nominative(spelled[name], pivot),
            {lang: found[name] for lang, found in others.items()},
        )
        for name in sorted(known, key=lambda name: -len(known[name]))
        if all(name in found for found in others.values())
    ]
    apart = _apart([_as_written(role, rows.get("en", [])) for role in roles[:_MOST]])
    return apart if len(apart) > 1 else ()


def _as_written(role: Authority, texts: list[str]) -> Authority:
    """Leave out an English plural that the text has not."""
    names = dict(role.names).get("en", ())
    kept = tuple(n for n in names if n == names[0] or any(n in text for text in texts))
    return replace(role, names=tuple((g, kept if g == "en" else ns) for g, ns in role.names))


def _apart(roles: list[Authority]) -> tuple[Authority, ...]:
    """Take roles as one whose names hold each other: "State" and "State Party"."""
    apart: list[Authority] = []
    for role in roles:
        near = next((n for n, other in enumerate(apart) if _hold(role, other)), None)
        if near is None:
            apart.append(role)
        else:
            apart[near] = replace(apart[near], names=_joined(apart[near].names, role.names))
    return tuple(apart)


def _hold(one: Authority, other: Authority) -> bool:
    theirs = dict(other.names)
    pairs = ((lang, a, b) for lang, names in one.names for a in names for b in theirs.get(lang, ()))
    return any(_holds(a, b, lang) or _holds(b, a, lang) for lang, a, b in pairs)


def _holds(longer: str, shorter: str, lang: str) -> bool:
    if lang == "zh":
        return shorter in longer
    return set(_parts(shorter)) <= set(_parts(longer))


def _parts(name: str) -> list[str]:
    return [_stem(word) for word in re.split(r"[\s–-]+", name)]


def _joined(one: Names, other: Names) -> Names:
    more = dict(other)
    return tuple((lang, tuple(dict.fromkeys((*names, *more.get(lang, ()))))) for lang, names in one)


def _frequent(rows: Iterable[Iterable[str]]) -> _Rows:
    found: _Rows = defaultdict(set)
    for number, names in enumerate(rows):
        for name in names:
            found[name].add(number)
    return {name: where for name, where in found.items() if len(where) >= _LEAST}


def _counterparts(known: _Rows, texts: list[str], lang: str) -> dict[str, tuple[str, ...]]:
    """Return for each role the name in ``lang`` that stands in the same rows, if each is best."""
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    theirs = _frequent(_noted(_candidates(text, lang), spelled) for text in texts)
    scores = {
        role: {name: score for name, at in theirs.items() if (score := _dice(where, at)) >= _ALIKE}
        for role, where in known.items()
    }
    best = {role: _longest(found) for role, found in scores.items() if found}
    claims: dict[str, str] = {}
    for role, name in best.items():
        rival = claims.get(name)
        if rival is None or (scores[role][name], len(role)) > (scores[rival][name], len(rival)):
            claims[name] = role
    return {
        role: tuple(
            _nominative(spelled[n], lang) for n in _tails(name, scores[role], spelled, lang)
        )
        for name, role in claims.items()
    }


def _tails(
    name: str, scores: dict[str, float], spelled: dict[str, Counter[str]], lang: str
) -> Iterator[str]:
    """Yield a name and, in Chinese, ends of it that stand alone as well: 联合国秘书长, 秘书长."""
    yield name
    if lang != "zh":
        return
    enough = _NEAR * max(scores.values())
    ends = [name[start:] for start in range(len(name) - 2)]
    for longer, end in pairwise(ends):
        if scores.get(end, 0.0) >= enough and spelled[end][end] > spelled[longer][longer]:
            yield end


def _noted(found: Iterator[tuple[str, str]], spelled: dict[str, Counter[str]]) -> Iterator[str]:
    for key, words in found:
        spelled[key][words] += 1
        yield key


def _dice(one: set[int], other: set[int]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def _longest(scores: dict[str, float]) -> str:
    """Return the longest name among those about as good as the best."""
    enough = _NEAR * max(scores.values())
    return max(
        (n for n, score in scores.items() if score >= enough), key=lambda n: (len(n), scores[n])
    )


def _candidates(text: str, lang: str) -> Iterator[tuple[str, str]]:
    """Yield what may be a role's name: a key that all its forms share, and the words."""
    if lang == "zh":
        yield from _chinese(text)
    elif lang == "ru":
        yield from _russian(text)
    else:
        yield from _heads(text, lang)


def _heads(text: str, lang: str) -> Iterator[tuple[str, str]]:
    """Yield names of roles whose noun the table knows."""
    if lang == "ru":
        yield from _russian(text)
        return
    for match in _english().finditer(text):
        yield _singular(match["name"]), _singular(match["name"])


@cache
def _english() -> re.Pattern[str]:
    heads = "|".join(_forms("en", "head"))
    before = "|".join(_forms("en", "before"))
    return re.compile(
        rf"(?<![\w-])(?P<name>(?:"
        rf"(?!The |Each |Any |Every |No |All |This |If |Such |When |A |An |In )"
        rf"(?:[A-Z][a-z]+-?[A-Za-z]*|{before})[ ]){{0,3}}(?:{heads}))(?![\w-])"
    )


def _singular(name: str) -> str:
    words = [
        re.sub(r"ies$", "y", re.sub(r"(?<!s)s$", "", w)) if len(w) > 4 else w for w in name.split()
    ]
    return " ".join(words).replace("Partie", "Party")


def _chinese(text: str) -> Iterator[tuple[str, str]]:
    last = "".join(_forms("zh", "suffix"))
    for run in re.findall(r"[\u4e00-\u9fff]+", text):
        for end in range(2, len(run) + 1):
            if run[end - 1] in last:
                for size in range(2, min(end, _LONGEST) + 1):
                    yield run[end - size : end], run[end - size : end]


_WORD = re.compile(r"[А-Яа-яЁё]+(?:\s?[-–]\s?[А-Яа-яЁё]+)?")
_ENDING = re.compile(
    r"(?:иями|ями|ами|ого|его|ому|ему|ыми|ими|ией|иям|иях|ов|ев|ей|ой|ий|ый|ая|яя|ое|ее|ые|ие|ым|им"
    r"|ом|ем|ую|юю|ых|их|ах|ях|ам|ям|ия|ии|ию|[аеиоуыэюяйь])$"
)


def _russian(text: str) -> Iterator[tuple[str, str]]:
    """Yield each role noun alone, with the adjective before it, and with the genitive behind it."""
    words = [match[0] for match in _WORD.finditer(text)]
    for number, word in enumerate(words):
        if not _is_head(word):
            continue
        before = words[number - 1] if number else ""
        after = words[number + 1] if number + 1 < len(words) else ""
        yield _stem(word), word
        if _ADJECTIVE.search(before):
            yield f"{_stem(before)} {_stem(word)}", f"{before} {word}"
        if after and _GENITIVE.search(after):
            yield f"{_stem(word)} {_stem(after)}", f"{word} {after}"


_ADJECTIVE = re.compile(
    r"(?:[ыи]й|ск[а-яё]+|[аяую]я|[ое]е|[ыи]е|[ое]го|[ое]му|[ыи]м|[ыи]х|[ыи]ми|ую|юю)(?:ся)?$"
)


_GENITIVE = re.compile(r"(?:[аяыи]|ов|ев|ей|ий|их|ых|ого|его)$")


def _is_head(word: str) -> bool:
    noun = re.split(r"\s?[-–]", word)[0]
    return _russian_heads().fullmatch(noun) is not None and not _ADJECTIVE.search(noun)


@cache
def _russian_heads() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(_forms('ru', 'head'))})[а-яё]{{0,3}}", re.IGNORECASE)


def _stem(word: str) -> str:
    parts = re.split(r"\s?[-–]\s?", word.lower().replace("ё", "е"))
    return "-".join(_ENDING.sub("", part) if len(part) > 3 else part for part in parts)


def _nominative(spelled: Counter[str], lang: str) -> str:
    """Return a name as a table of parties gives it."""
    words = spelled.most_common(1)[0][0]
    if lang != "ru":
        return words
    from parallel_texts.languages.russian_cases import nominative

    return nominative(words)


def _role(pivot: str, words: str, others: dict[str, tuple[str, ...]]) -> Authority:
    names = {pivot: (words,), **others}
    label = re.sub(r"\W+", "-", names.get("en", names[pivot])[0].lower())
    forms = tuple((lang, _numbers(found, lang)) for lang, found in names.items())
    return Authority(label, "role", forms)


def _numbers(names: tuple[str, ...], lang: str) -> tuple[str, ...]:
    """Return an English name in singular and plural; others are found by their stems."""
    if lang != "en":
        return names
    words = names[0].split()
    plural = [_plural(word) if word in ("State", words[-1]) else word for word in words]
    return names[0], " ".join(plural)


def _plural(word: str) -> str:
    return word[:-1] + "ies" if word.endswith("y") else word + "s"


def _forms(lang: str, kind: str) -> list[str]:
    rows = read_table("role_words")
    return [row["form"] for row in rows if (row["lang"], row["kind"]) == (lang, kind)]
