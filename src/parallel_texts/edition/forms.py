"""The table of forms that is shipped with the search index: a word in any form to its lemmas.

Lemmas that inflect alike share one entry: a list of endings and a list of stems, each ending
fitting each stem. Russian forms with a prefix of their own (*поважнее*) stand in an entry that
names it. The browser looks words up in the same entries (``assets/search.js``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, takewhile

__all__ = ["Entry", "FormTable", "entries"]

Entry = tuple[str, str, str, str]
"""Prefix of forms, ending of the lemma, endings of forms, stems; the two last with commas."""

_Key = tuple[str, str, str]
_SAME = 4
"""Letters of the lemma that must follow a prefix."""


def entries(lexicon: Mapping[str, Iterable[str]]) -> list[Entry]:
    """Return the table of a lexicon, lemmas with the same endings together.

    What has one form, itself, that is no form of another, is left out: unknown names, numbers.

    >>> entries({"agreement": ["agreement", "agreements"], "notice": ["notice", "notices"]})
    [('', '', ',s', 'agreement,notice')]
    """
    groups: dict[_Key, list[str]] = defaultdict(list)
    shared = Counter(chain.from_iterable(lexicon.values()))
    for lemma in sorted(lexicon):
        if set(lexicon[lemma]) == {lemma} and shared[lemma] == 1:
            continue
        for key, stem in _split(lemma, lexicon[lemma]):
            groups[key].append(stem)
    return [(*key, ",".join(groups[key])) for key in sorted(groups)]


def _split(lemma: str, forms: Iterable[str]) -> Iterator[tuple[_Key, str]]:
    by_prefix: dict[str, list[str]] = defaultdict(list)
    for form in forms:
        by_prefix[_prefix(form, lemma)].append(form)
    for prefix, group in by_prefix.items():
        bare = sorted(form[len(prefix) :] for form in group)
        stem = _common(lemma, _common(bare[0], bare[-1]))
        endings = ",".join(form[len(stem) :] for form in bare)
        yield (prefix, lemma[len(stem) :], endings), stem


def _common(one: str, other: str) -> str:
    pairs = zip(one, other, strict=False)
    return "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _prefix(form: str, lemma: str) -> str:
    at = form.find(lemma[:_SAME]) if len(lemma) > _SAME else 0
    return form[: max(at, 0)]


class FormTable:
    """Entries made ready to look words up in."""

    def __init__(self, table: Iterable[Entry]) -> None:
        self._by_ending: dict[str, list[tuple[str, str, frozenset[str]]]] = defaultdict(list)
        for prefix, own, endings, stems in table:
            entry = (prefix, own, frozenset(stems.split(",")))
            for ending in endings.split(","):
                self._by_ending[ending].append(entry)

    def lemmas(self, word: str) -> list[str]:
        """Return the lemmas that have ``word`` (folded) among their forms, in alphabetical order.

        >>> FormTable([("", "", ",s", "agreement,notice")]).lemmas("notices")
        ['notice']
        """
        cuts = range(len(word) + 1)
        return sorted({lemma for cut in cuts for lemma in self._at(word[:cut], word[cut:])})

    def _at(self, start: str, ending: str) -> Iterator[str]:
        for prefix, own, stems in self._by_ending.get(ending, ()):
            if start.startswith(prefix) and start[len(prefix) :] in stems:
                yield start[len(prefix) :] + own
