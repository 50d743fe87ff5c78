"""What people say of findings, and findings of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from parallel_texts.findings import CODES
from parallel_texts.judgements import BY_HAND, Verdict
from parallel_texts.model import Evidence, Finding, Kind
from parallel_texts.review.desk import Desk
from parallel_texts.review.errors import ReviewError
from parallel_texts.review.flagging import finding_key
from parallel_texts.review.planning import Draft, Plan, listed
from parallel_texts.tei import add_annotation, add_verdict

__all__ = ["plan_find", "plan_judge"]

_KINDS: Mapping[str, Kind] = {"V": "version", "P": "party", "A": "authenticity"}


def plan_judge(desk: Desk, action: Mapping[str, object], who: str) -> Plan:
    """Plan to confirm or refuse a finding, or to leave it open again."""
    name = str(action["finding"])
    finding = desk.board.finding(name)
    if finding is None:
        raise ReviewError(f"finding: there is no finding {name[:80]!r}")
    draft = Draft(desk)
    pointer = draft.person(who)
    verdict = _verdict(action, who, str(action["verdict"]))
    kept = desk.board.kept_finding(name)
    digest = desk.digest_of(finding)
    if kept is None:
        clean = replace(finding, status="open")
        draft.add(*add_annotation(draft.text(), desk.group, clean, verdict, pointer, digest=digest))
    else:
        draft.add(add_verdict(draft.text(), desk.group, kept, verdict, pointer, digest=digest))
    return draft.plan((f"f/{name}/{who}",))


def _verdict(action: Mapping[str, object], who: str, verdict: str) -> Verdict:
    reason, note = (str(action.get(name) or "") for name in ("reason", "note"))
    return Verdict(verdict, who, date.today().isoformat(), reason, note)


def plan_find(desk: Desk, action: Mapping[str, object], who: str) -> Plan:
    """Plan to keep a finding of a person's own, which its author confirms."""
    code = str(action["code"])
    if code not in CODES:
        raise ReviewError(f"code: there is no code {code[:20]!r}: choose from {', '.join(CODES)}")
    evidence = tuple(_evidence(desk, one) for one in listed(action["selections"]))
    unit = desk.sheet.holders[evidence[0].passage]
    finding = Finding(
        code=code,
        kind=_KINDS.get(code[:1], "version"),
        work=desk.work.id,
        unit=unit,
        languages=tuple(dict.fromkeys(e.lang for e in evidence)),
        message=str(action.get("note") or ""),
        confidence=1.0,
        rule=BY_HAND,
        evidence=evidence,
    )
    if desk.board.kept_finding(finding_key(finding)) is not None:
        raise ReviewError(
            f"code: there is a finding {code} of a person on {unit} already: judge it"
        )
    draft = Draft(desk)
    pointer = draft.person(who)
    verdict = replace(_verdict(action, who, "confirmed"), note="")
    digest = desk.digest_of(finding)
    draft.add(*add_annotation(draft.text(), desk.group, finding, verdict, pointer, digest=digest))
    name = finding_key(finding)
    return draft.plan((f"f/{name}/{who}", f"k/{name}"))


def _evidence(desk: Desk, selection: Mapping[str, Any]) -> Evidence:
    name, start, end = selection["passage"], selection["start"], selection["end"]
    if name not in desk.sheet.owners:
        raise ReviewError(f"selections: there is no passage {name!r}")
    passage = desk.sheet.passage(name)
    if not start < end <= len(passage.text):
        raise ReviewError(f"selections: {start} to {end} is not in the text of {name}")
    return Evidence(passage.lang, name, start, end, passage.text[start:end])
