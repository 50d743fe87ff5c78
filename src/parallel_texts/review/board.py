"""All findings of a review: those of the rules with what people said, and those of people.

They are kept per link, so that a change of a few links costs as much as these few.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from parallel_texts.judgements import BY_HAND
from parallel_texts.model import Finding, Passage
from parallel_texts.review.flagging import finding_key, requoted
from parallel_texts.review.sheet import ReviewFinding
from parallel_texts.tei import KeptJudgement

__all__ = ["Board"]


class Board:
    """Findings by link, or by work.

    Args:
        digest: Returns the digest of the passages of a finding as they are now.
        is_link: Tells whether an id is a link's.
    """

    def __init__(self, digest: Callable[[Finding], str], is_link: Callable[[str], bool]) -> None:
        self._digest = digest
        self._is_link = is_link
        self._found: dict[str, list[Finding]] = {}
        self._kept: dict[str, KeptJudgement] = {}
        self._units: dict[str, dict[str, KeptJudgement]] = {}
        self._shown: dict[str, dict[str, ReviewFinding]] = {}
        self._quoting: dict[str, set[str]] = {}
        self.total = 0
        self.judged = 0
        self.version = 0

    def __iter__(self) -> Iterator[ReviewFinding]:
        for shown in self._shown.values():
            yield from shown.values()

    def units(self) -> tuple[str, ...]:
        """Return the links and works that have findings of the rules."""
        return tuple(self._found)

    def snapshot(self) -> dict[str, dict[str, ReviewFinding]]:
        """Return what is shown now, to compare with later."""
        return dict(self._shown)

    def changed_since(self, before: Mapping[str, dict[str, ReviewFinding]]) -> tuple[str, ...]:
        """Return the keys of findings that came, went or changed since a snapshot."""
        now = self._shown
        units = [
            unit for unit in before.keys() | now.keys() if before.get(unit) is not now.get(unit)
        ]
        then = {item for unit in units for item in before.get(unit, {}).items()}
        there = {item for unit in units for item in now.get(unit, {}).items()}
        return tuple(sorted({key for key, _ in then ^ there}))

    def keys_on(self, unit: str) -> tuple[str, ...]:
        """Return the keys of the findings on a link."""
        return tuple(self._shown.get(unit, ()))

    def keys_of(self, units: Iterable[str]) -> tuple[str, ...]:
        """Return the keys of the findings on some links."""
        return tuple(key for unit in units for key in self.keys_on(unit))

    def finding(self, key: str) -> Finding | None:
        """Return a finding by its key."""
        shown = self.review_finding(key)
        return shown.finding if shown else None

    def review_finding(self, key: str) -> ReviewFinding | None:
        """Return a finding with what was said of it, by its key."""
        unit = key.partition(":")[2].partition(":")[0]
        return self._shown.get(unit, {}).get(key)

    def kept_finding(self, key: str) -> KeptJudgement | None:
        """Return a judged finding by its key, as the file has it."""
        unit = key.partition(":")[2].partition(":")[0]
        return self._units.get(unit, {}).get(key)

    def concerned(self, units: Collection[str], passages: Collection[str]) -> list[KeptJudgement]:
        """Return the judged findings on some links, or that quote some passages."""
        if not self._kept:
            return []
        return [
            one
            for one in self._kept.values()
            if one.judgement.finding.unit in units
            or any(e.passage in passages for e in one.judgement.finding.evidence)
        ]

    def found_on(self, unit: str) -> tuple[Finding, ...]:
        """Return what the rules found on a link."""
        return tuple(self._found.get(unit, ()))

    def set_found(self, unit: str, findings: Sequence[Finding]) -> None:
        """Take in what the rules find on a link now."""
        self._found[unit] = list(findings)
        for finding in findings:
            for evidence in finding.evidence:
                self._quoting.setdefault(evidence.passage, set()).add(unit)
        self.renew(unit)

    def forget(self, unit: str) -> None:
        """Forget the findings on a link that is gone."""
        self._found.pop(unit, None)
        self.renew(unit)

    def keep_only(self, kept: Iterable[KeptJudgement]) -> None:
        """Forget what people said and take in what they say now; show all anew."""
        self._kept.clear()
        self._units.clear()
        self.keep((), kept)
        for unit in {*self._found, *self._shown}:
            self.renew(unit)

    def requote(self, old: Sequence[str], new: Sequence[Passage]) -> set[str]:
        """Let findings quote new passages in the place of old ones; return the links concerned."""
        units = set[str]().union(*(self._quoting.get(name, set()) for name in old))
        for unit in units:
            self.set_found(unit, [requoted(f, old, new) for f in self._found.get(unit, ())])
        return units

    def keep(self, gone: Iterable[str], kept: Iterable[KeptJudgement]) -> set[str]:
        """Take in what people say now.

        Args:
            gone: Ids of annotations that are no longer in the file.
            kept: Those that are there, or are there in another form.

        Returns:
            The links and works that they are about.
        """
        units: set[str] = set()
        for name in gone:
            one = self._kept.pop(name, None)
            units |= {one.judgement.finding.unit} if one else set()
        for one in kept:
            self._kept[one.id] = one
            units.add(one.judgement.finding.unit)
        self._sort(units)
        return units

    def _sort(self, units: Collection[str]) -> None:
        for unit in units:
            self._units[unit] = {}
        for one in self._kept.values():
            finding = one.judgement.finding
            if finding.unit in units:
                self._units[finding.unit][finding_key(finding)] = one
        for unit in units:
            self.renew(unit)

    def renew(self, unit: str) -> None:
        """Put together anew what is shown on a link; what is as it was stays the same object."""
        old = self._shown.pop(unit, {})
        said = self._units.get(unit, {})
        found = {finding_key(f): f for f in self._found.get(unit, ())}
        judged = {k: one.judgement for k, one in said.items() if one.judgement.verdicts}
        found |= {k: judgement.finding for k, judgement in judged.items() if k not in found}
        shown = {k: self._show(k, f, said) for k, f in found.items()}
        kept = {k: old[k] if old.get(k) == one else one for k, one in shown.items()}
        if kept:
            self._shown[unit] = old if kept == old else kept
        if kept != old:
            self.version += 1
            self._count(old, -1)
            self._count(kept, 1)

    def _count(self, shown: Mapping[str, ReviewFinding], sign: int) -> None:
        self.total += sign * len(shown)
        self.judged += sign * sum(f.finding.status != "open" for f in shown.values())

    def _show(self, key: str, finding: Finding, said: Mapping[str, KeptJudgement]) -> ReviewFinding:
        link = finding.unit if self._is_link(finding.unit) else None
        if key not in said:
            return ReviewFinding(key, finding, link)
        judgement = said[key].judgement
        own = judgement.finding.rule == BY_HAND
        holds = own or judgement.digest in ("", self._digest(finding))
        status = judgement.finding.status if holds else "open"
        judged = replace(finding, status=status)
        return ReviewFinding(key, judged, link, judgement.verdicts, own, holds)
