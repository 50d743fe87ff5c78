"""Pairwise links to links over all languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parallel_texts.alignment.search import Bead

__all__ = ["join"]

_Pairwise = Mapping[tuple[str, str], list[tuple[Bead, float]]]


def join(
    order: Sequence[str], sizes: Mapping[str, int], pairs: _Pairwise
) -> list[tuple[tuple[tuple[int, ...], ...], float]]:
    """Return links over all languages: what any two languages tie together stays together."""
    groups = _Groups(order, sizes)
    scores: dict[tuple[str, int], list[float]] = {}
    for (one, two), beads in pairs.items():
        for (a, b, c, d), score in beads:
            members = [(one, n) for n in range(a, b)] + [(two, n) for n in range(c, d)]
            groups.tie(members if b > a and d > c else [])
            for member in members:
                scores.setdefault(member, []).append(score)
    return [
        (
            sides,
            _mean(
                [
                    s
                    for lang, side in zip(order, sides, strict=True)
                    for n in side
                    for s in scores.get((lang, n), [0.0])
                ]
            ),
        )
        for sides in groups.links()
    ]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


class _Groups:
    """Passages tied together, each group a stretch of each text, all in the same order."""

    def __init__(self, order: Sequence[str], sizes: Mapping[str, int]) -> None:
        self._order = order
        self._sizes = sizes
        self._parent: dict[tuple[str, int], tuple[str, int]] = {
            (lang, n): (lang, n) for lang in order for n in range(sizes[lang])
        }

    def _root(self, member: tuple[str, int]) -> tuple[str, int]:
        while self._parent[member] != member:
            member = self._parent[member]
        return member

    def tie(self, members: Sequence[tuple[str, int]]) -> None:
        for member in members[1:]:
            self._parent[self._root(member)] = self._root(members[0])

    def links(self) -> list[tuple[tuple[int, ...], ...]]:
        """Return the groups in text order; groups that cross are made one."""
        groups: dict[tuple[str, int], dict[str, list[int]]] = {}
        for lang, n in self._parent:
            groups.setdefault(self._root((lang, n)), {}).setdefault(lang, []).append(n)
        done: list[dict[str, list[int]]] = []
        at = dict.fromkeys(self._order, 0)
        while any(at[lang] < self._sizes[lang] for lang in self._order):
            group = self._next(groups, at)
            done.append(group)
            for lang, numbers in group.items():
                at[lang] = max(at[lang], max(numbers) + 1)
        return [tuple(tuple(sorted(g.get(lang, []))) for lang in self._order) for g in done]

    def _next(
        self, groups: Mapping[tuple[str, int], dict[str, list[int]]], at: Mapping[str, int]
    ) -> dict[str, list[int]]:
        """Return a group all whose passages come next; else the smallest closed set of groups."""
        options = []
        for lang in self._order:
            if at[lang] < self._sizes[lang]:
                options.append(self._close(groups, at, (lang, at[lang])))
        return min(options, key=lambda g: sum(map(len, g.values())))

    def _close(
        self,
        groups: Mapping[tuple[str, int], dict[str, list[int]]],
        at: Mapping[str, int],
        member: tuple[str, int],
    ) -> dict[str, list[int]]:
        ends = dict(at)
        queue = [member]
        while queue:
            for lang, numbers in groups[self._root(queue.pop())].items():
                if max(numbers) >= ends[lang]:
                    queue.extend((lang, n) for n in range(ends[lang], max(numbers) + 1))
                    ends[lang] = max(numbers) + 1
        return {
            lang: list(range(at[lang], ends[lang])) for lang in self._order if ends[lang] > at[lang]
        }
