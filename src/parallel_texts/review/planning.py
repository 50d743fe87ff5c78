"""From an action to the patches that it means for the files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from parallel_texts.judgements import BY_HAND, Verdict
from parallel_texts.model import Evidence, Finding
from parallel_texts.review.errors import ReviewError
from parallel_texts.review.flagging import finding_key
from parallel_texts.review.operations import OPERATIONS
from parallel_texts.review.sheet import Splice
from parallel_texts.tei import (
    KeptJudgement,
    KeptLink,
    Patch,
    add_annotation,
    add_verdict,
    apply_patch,
    lock_category,
    person,
    replaced_links,
    repoint,
)

if TYPE_CHECKING:
    from parallel_texts.review.desk import Desk

__all__ = ["Draft", "Plan", "named", "plan_action", "tokens"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an action does.

    Attributes:
        patches: In order.
        touched: Links, passages and findings that it concerns: see :func:`tokens`.
    """

    patches: tuple[Patch, ...]
    touched: tuple[str, ...]


class Draft:
    """Patches of one action as they come together; each sees what those before it made."""

    def __init__(self, desk: Desk) -> None:
        self._texts = {"alignments": desk.text("alignments")}
        self._desk = desk
        self.patches: list[Patch] = []

    def text(self, key: str = "alignments") -> str:
        """Return a file as it is after the patches so far."""
        return self._texts.get(key) or self._desk.text(key)

    def add(self, *patches: Patch) -> None:
        """Take in patches."""
        for patch in patches:
            text, made = apply_patch(self.text(patch.file), patch)
            self._texts[patch.file] = text
            self.patches.append(made)

    def person(self, who: str) -> str:
        """Return the pointer to a person, who is named in the file if need be."""
        pointer, patches = person(self.text(), who, self._desk.group)
        self.add(*patches)
        return pointer


def tokens(links: Sequence[KeptLink]) -> tuple[str, ...]:
    """Return what links are remembered by when they are touched: ids of them and passages."""
    passages = (f"p/{passage}" for link in links for passage in link.passages)
    return (*(f"l/{link.id}" for link in links), *passages)


def named(action: Mapping[str, object], who: str) -> tuple[str, ...]:
    """Return what an action names, in the form of :func:`tokens`."""
    passages = [action[name] for name in ("passage", "before") if name in action]
    passages += _listed(action.get("passages"))
    passages += [one["passage"] for one in _listed(action.get("selections"))]
    found = [f"p/{passage}" for passage in passages]
    if "link" in action:
        found.append(f"l/{action['link']}")
    if "finding" in action:
        found += [f"k/{action['finding']}", f"f/{action['finding']}/{who}"]
    return tuple(found)


def _listed(value: object) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else []


def plan_action(desk: Desk, action: Mapping[str, object], who: str) -> Plan:
    """Return what an action does to the files.

    Raises:
        ReviewError: It cannot be done.
    """
    kind = str(action["kind"])
    if kind in OPERATIONS:
        return _plan_links(desk, action, who)
    return _PLANS[kind](desk, action, who)


def _plan_links(desk: Desk, action: Mapping[str, object], who: str) -> Plan:
    draft = Draft(desk)
    splice = OPERATIONS[str(action["kind"])](desk.sheet, action, draft.person(who))
    return plan_splice(desk, draft, splice)


def plan_splice(desk: Desk, draft: Draft, splice: Splice) -> Plan:
    """Write links in the place of others, and let findings follow them."""
    old = desk.sheet.links[splice.start : splice.start + splice.removed]
    if any(link.locked for link in splice.links):
        draft.add(*lock_category(draft.text(), desk.group))
    draft.add(replaced_links(draft.text(), desk.group, old, splice.links))
    gone = {link.id for link in old}
    concerned = [one for one in desk.kept if one.judgement.finding.unit in gone]
    for one in concerned:
        unit = one.judgement.finding.unit
        pointers = {f"#{unit}": f"#{home(one.judgement.finding, splice.links)}"}
        draft.add(*repoint(draft.text(), [one], pointers))
    keys = tuple(f"k/{key}" for key in desk.keys_of(gone))
    return Plan(tuple(draft.patches), (*tokens(old), *tokens(splice.links), *keys))


def home(finding: Finding, links: Sequence[KeptLink]) -> str:
    """Return the id of the link that a finding belongs to: where its first words stand."""
    for evidence in finding.evidence:
        for link in links:
            if evidence.passage in link.passages:
                return link.id
    return next((link.id for link in links if link.id == finding.unit), links[0].id)


def _plan_judge(desk: Desk, action: Mapping[str, object], who: str) -> Plan:
    name = str(action["finding"])
    finding = desk.finding(name)
    if finding is None:
        raise ReviewError(f"finding: there is no finding {name[:80]!r}")
    draft = Draft(desk)
    pointer = draft.person(who)
    verdict = _verdict(action, who, str(action["verdict"]))
    kept = desk.kept_finding(name)
    digest = desk.digest_of(finding)
    if kept is None:
        clean = replace(finding, status="open")
        draft.add(*add_annotation(draft.text(), desk.group, clean, verdict, pointer, digest=digest))
    else:
        draft.add(add_verdict(draft.text(), desk.group, kept, verdict, pointer, digest=digest))
    return Plan(tuple(draft.patches), (f"f/{name}/{who}",))


def _verdict(action: Mapping[str, object], who: str, verdict: str) -> Verdict:
    reason, note = (str(action.get(name) or "") for name in ("reason", "note"))
    return Verdict(verdict, who, date.today().isoformat(), reason, note)


def _plan_find(desk: Desk, action: Mapping[str, object], who: str) -> Plan:
    code = str(action["code"])
    evidence = tuple(_evidence(desk, one) for one in _listed(action["selections"]))
    unit = desk.sheet.holders[evidence[0].passage]
    finding = Finding(
        code=code,
        kind=desk.kind_of(code),
        work=desk.work.id,
        unit=unit,
        languages=tuple(dict.fromkeys(e.lang for e in evidence)),
        message=str(action.get("note") or ""),
        confidence=1.0,
        rule=BY_HAND,
        evidence=evidence,
    )
    if desk.kept_finding(finding_key(finding)) is not None:
        raise ReviewError(
            f"code: there is a finding {code} of a person on {unit} already: judge it"
        )
    draft = Draft(desk)
    pointer = draft.person(who)
    verdict = replace(_verdict(action, who, "confirmed"), note="")
    digest = desk.digest_of(finding)
    draft.add(*add_annotation(draft.text(), desk.group, finding, verdict, pointer, digest=digest))
    return Plan(tuple(draft.patches), (f"f/{finding_key(finding)}/{who}",))


def _evidence(desk: Desk, selection: Mapping[str, Any]) -> Evidence:
    name, start, end = selection["passage"], selection["start"], selection["end"]
    if name not in desk.sheet.owners:
        raise ReviewError(f"selections: there is no passage {name!r}")
    passage = desk.sheet.passage(name)
    if not start < end <= len(passage.text):
        raise ReviewError(f"selections: {start} to {end} is not in the text of {name}")
    return Evidence(passage.lang, name, start, end, passage.text[start:end])


_PLANS: dict[str, Callable[[Desk, Mapping[str, object], str], Plan]] = {
    "judge": _plan_judge,
    "find": _plan_find,
}


def unfinished(kind: str) -> ReviewError:
    """Return the error for an action that is not there yet."""
    return ReviewError(f"kind: {kind} is not there yet")


def kept_keys(kept: Sequence[KeptJudgement]) -> dict[str, KeptJudgement]:
    """Return judged findings by what actions name them by."""
    return {finding_key(one.judgement.finding): one for one in kept}
