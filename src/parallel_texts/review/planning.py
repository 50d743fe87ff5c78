"""Patches of an action as they come together, and what it touches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from parallel_texts.findings.judged import digest_of
from parallel_texts.review.desk import Desk
from parallel_texts.review.flagging import home, placed_finding
from parallel_texts.review.operations import OPERATIONS
from parallel_texts.review.sheet import Splice
from parallel_texts.tei import (
    KeptJudgement,
    KeptLink,
    Moved,
    Patch,
    apply_patch,
    lock_category,
    person,
    placed,
    replaced_links,
    repoint,
)

__all__ = ["Draft", "Plan", "listed", "named", "plan_links", "plan_splice", "tokens"]

Fresh = Mapping[str, tuple[str, ...]]
"""Per passage the texts of the passages that take its place."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an action does.

    Attributes:
        patches: In order.
        texts: The files' source with the patches made, as far as that is known.
        touched: Links, passages and findings that it concerns: see :func:`tokens`.
    """

    patches: tuple[Patch, ...]
    touched: tuple[str, ...]
    texts: Mapping[str, str] = field(default_factory=dict)


class Draft:
    """Patches of one action as they come together; each sees what those before it made."""

    def __init__(self, desk: Desk) -> None:
        self._texts: dict[str, str] = {}
        self._desk = desk
        self.patches: list[Patch] = []

    def text(self, key: str = "alignments") -> str:
        """Return a file as it is after the patches so far."""
        return self._texts.get(key) or self._desk.text(key)

    def add(self, *patches: Patch) -> None:
        """Take in patches."""
        for patch in (p for p in patches if p.before != p.after):
            text, made = apply_patch(self.text(patch.file), patch)
            self._texts[patch.file] = text
            self.patches.append(made)

    def plan(self, touched: tuple[str, ...]) -> Plan:
        """Return the plan that these patches make."""
        return Plan(tuple(self.patches), touched, self._texts)

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
    passages += listed(action.get("passages"))
    passages += [one["passage"] for one in listed(action.get("selections"))]
    found = [f"p/{passage}" for passage in passages]
    if "link" in action:
        found.append(f"l/{action['link']}")
    if "finding" in action:
        found += [f"k/{action['finding']}", f"f/{action['finding']}/{who}"]
    return tuple(found)


def listed(value: object) -> list[Any]:
    """Return a value that is a list, else an empty one."""
    return list(value) if isinstance(value, (list, tuple)) else []


def plan_links(desk: Desk, action: Mapping[str, object], who: str) -> Plan:
    """Plan an action on links alone."""
    draft = Draft(desk)
    splice = OPERATIONS[str(action["kind"])](desk.sheet, action, draft.person(who))
    return plan_splice(desk, draft, splice)


def plan_splice(
    desk: Desk,
    draft: Draft,
    splice: Splice,
    moved: Mapping[str, Moved] | None = None,
    fresh: Fresh | None = None,
) -> Plan:
    """Write links in the place of others, and let findings follow them.

    Args:
        desk: What lies open.
        draft: Takes the patches.
        splice: The links.
        moved: Passages whose offsets move, by id.
        fresh: Texts that take the place of a passage's, where no word changes.
    """
    old = desk.sheet.links[splice.start : splice.start + splice.removed]
    if any(link.locked for link in splice.links):
        draft.add(*lock_category(draft.text(), desk.group))
    draft.add(replaced_links(draft.text(), desk.group, old, splice.links))
    gone = {link.id for link in old}
    _follow(desk, draft, gone, splice.links, moved or {}, fresh or {})
    keys = tuple(f"k/{key}" for key in desk.board.keys_of(gone))
    return draft.plan((*tokens(old), *tokens(splice.links), *keys))


def _follow(
    desk: Desk,
    draft: Draft,
    gone: set[str],
    links: Sequence[KeptLink],
    moved: Mapping[str, Moved],
    fresh: Fresh,
) -> None:
    """Let judged findings point to the links and places where their words are now."""
    for one in desk.board.concerned(gone, moved):
        finding = placed_finding(one.judgement.finding, moved)
        pointers = {p: placed(p, moved) for p in one.pointers}
        if finding.unit in gone:
            pointers[f"#{finding.unit}"] = f"#{home(finding, links)}"
        digest = _kept_digest(desk, one, fresh)
        draft.add(*repoint(draft.text(), one, pointers, digest))


def _kept_digest(desk: Desk, one: KeptJudgement, fresh: Fresh) -> str:
    """Return a new digest where only the borders between sentences move: the words are judged."""
    finding = one.judgement.finding
    number = desk.sheet.numbers.get(finding.unit)
    if number is None or not fresh or one.judgement.digest != desk.digest_of(finding):
        return ""
    link = desk.sheet.links[number]
    sides = [p for lang in desk.sheet.languages for p in desk.sheet.side(link, lang)]
    return digest_of(text for p in sides for text in fresh.get(p.id, (p.text,)))
