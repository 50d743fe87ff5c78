"""Pairwise links to links over all languages, without a joint search."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from parallel_texts.alignment.lattice import Bead

__all__ = ["Ranges", "join"]

Ranges = tuple[tuple[int, int], ...]
"""First and end passage per language."""

_Member = tuple[int, int]
"""Number of the language, number of the passage."""


def join(sizes: Sequence[int], pairs: Iterable[tuple[int, int, Sequence[Bead]]]) -> list[Ranges]:
    """Return links over all languages: what any two languages tie together stays together.

    Args:
        sizes: Passages per language.
        pairs: Numbers of two languages, and their links.
    """
    groups = _Groups(sizes)
    for one, two, beads in pairs:
        for a, b, c, d in beads:
            if b > a and d > c:
                groups.tie([(one, n) for n in range(a, b)] + [(two, n) for n in range(c, d)])
    return groups.links()


class _Groups:
    """Passages tied together, each group a stretch of each text, all in the same order."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self._sizes = sizes
        self._parent = {
            (lang, n): (lang, n) for lang, size in enumerate(sizes) for n in range(size)
        }

    def _root(self, member: _Member) -> _Member:
        while self._parent[member] != member:
            self._parent[member] = self._parent[self._parent[member]]
            member = self._parent[member]
        return member

    def tie(self, members: Sequence[_Member]) -> None:
        """Put passages into one group."""
        for member in members[1:]:
            self._parent[self._root(member)] = self._root(members[0])

    def links(self) -> list[Ranges]:
        """Return the groups in text order; groups that cross are made one."""
        groups: dict[_Member, list[_Member]] = {}
        for member in self._parent:
            groups.setdefault(self._root(member), []).append(member)
        done: list[Ranges] = []
        at = [0] * len(self._sizes)
        while any(here < size for here, size in zip(at, self._sizes, strict=True)):
            link = self._next(groups, at)
            done.append(link)
            at = [end for _, end in link]
        return done

    def _next(self, groups: dict[_Member, list[_Member]], at: Sequence[int]) -> Ranges:
        """Return the smallest closed group that begins where all texts stand."""
        options = [
            self._close(groups, at, (lang, here))
            for lang, here in enumerate(at)
            if here < self._sizes[lang]
        ]
        return min(options, key=lambda link: sum(end - start for start, end in link))

    def _close(
        self, groups: dict[_Member, list[_Member]], at: Sequence[int], member: _Member
    ) -> Ranges:
        """Return all that must go with ``member``: its group, and what stands before it."""
        ends = list(at)
        queue = [member]
        while queue:
            for lang, n in groups[self._root(queue.pop())]:
                if n >= ends[lang]:
                    queue += [(lang, k) for k in range(ends[lang], n + 1)]
                    ends[lang] = n + 1
        return tuple(zip(at, ends, strict=True))
