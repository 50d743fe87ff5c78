"""Actions as they come from outside: which fields each has, and what may be in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from parallel_texts.review.errors import ReviewError

__all__ = ["REASONS", "check_action"]

REASONS = ("meaning", "wording", "convention", "alignment", "source", "rule", "other")
"""Why a finding is confirmed or refused: the sense differs, only the words do, the languages do
by custom, the link is wrong, the source says so, the rule is wrong, anything else."""

MAX_TEXT = 10_000
"""Characters of a text, a note or a name that a person gives."""
_MAX_ITEMS = 1000

Check = Callable[[object], bool]


def _is_name(value: object) -> bool:
    return (
        isinstance(value, str) and 0 < len(value) <= 200 and not set(value) & set("\"'<>& \t\r\n")
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= MAX_TEXT and all(map(_fits_xml, value))


def _fits_xml(character: str) -> bool:
    code = ord(character)
    return (
        code in (9, 10, 13)
        or (32 <= code <= 0xD7FF)
        or (code >= 0xE000 and code & 0xFFFE != 0xFFFE)
    )


def _is_offset(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_bool(value: object) -> bool:
    return isinstance(value, bool)


def _one_of(*words: str) -> Check:
    return lambda value: isinstance(value, str) and value in words


def _is_names(value: object) -> bool:
    return isinstance(value, list) and 0 < len(value) <= _MAX_ITEMS and all(map(_is_name, value))


def _is_cuts(value: object) -> bool:
    return (
        isinstance(value, dict)
        and len(value) <= _MAX_ITEMS
        and all(_is_name(k) and (v is None or _is_name(v)) for k, v in value.items())
    )


def _is_selections(value: object) -> bool:
    return (
        isinstance(value, list)
        and 0 < len(value) <= _MAX_ITEMS
        and all(isinstance(one, dict) and _is_selection(one) for one in value)
    )


def _is_selection(one: Mapping[Any, object]) -> bool:
    return (
        set(one) == {"passage", "start", "end"}
        and _is_name(one["passage"])
        and _is_offset(one["start"])
        and _is_offset(one["end"])
    )


_SIDES = _one_of("next", "previous")
_FIELDS: dict[str, dict[str, Check]] = {
    "merge": {"link": _is_name, "with": _SIDES},
    "split": {"link": _is_name, "before": _is_name, "at?": _is_cuts},
    "move": {"passage": _is_name, "to": _SIDES},
    "omit": {"passages": _is_names},
    "lock": {"link": _is_name, "locked": _is_bool},
    "cut": {"passage": _is_name, "at": _is_offset},
    "join": {"passage": _is_name},
    "correct": {
        "passage": _is_name, "start": _is_offset, "end": _is_offset,
        "was": _is_text, "text": _is_text,
    },
    "judge": {
        "finding": _is_text, "verdict": _one_of("open", "confirmed", "refused"),
        "reason?": _one_of("", *REASONS), "note?": _is_text,
    },
    "find": {"code": _is_name, "selections": _is_selections, "note?": _is_text},
    "realign": {},
    "undo": {},
    "redo": {},
}  # fmt: skip
"""Fields of each action with what may be in them; ``?`` where a field may be left out."""


def check_action(action: Mapping[str, object]) -> dict[str, object]:
    """Return an action whose fields are all there and of the right kind.

    Raises:
        ReviewError: Names the field that is not.
    """
    kind = action.get("kind")
    if not isinstance(kind, str) or kind not in _FIELDS:
        raise ReviewError(f"kind: choose one of {', '.join(_FIELDS)}")
    fields = {name.removesuffix("?"): (check, name) for name, check in _FIELDS[kind].items()}
    for name in action:
        if name != "kind" and name not in fields:
            raise ReviewError(f"{str(name)[:40]}: {kind} has no such field")
    for name, (check, written) in fields.items():
        if name not in action and written.endswith("?"):
            continue
        if not check(action.get(name)):
            raise ReviewError(f"{name}: missing, or not what {kind} needs there")
    return dict(action)
