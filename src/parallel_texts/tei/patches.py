"""Small changes to the source of a file that can be made and taken back, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from parallel_texts.errors import ParallelTextsError

__all__ = [
    "Patch",
    "PatchError",
    "apply_patch",
    "attribute",
    "elements",
    "escaped",
    "set_attribute",
    "unescaped",
]


class PatchError(ParallelTextsError):
    """What a patch changes is no longer in the file."""


@dataclass(frozen=True, slots=True)
class Patch:
    """One stretch of a file's source replaced by another.

    Attributes:
        file: Key of the file: ``alignments`` or a language.
        at: Where the stretch was, in characters; looked for elsewhere if it is not there.
        before: The stretch; empty where something is put in.
        after: What takes its place; empty where something is taken out.
        anchor: What stands behind a stretch that is put in.
        lead: What stands before it, where there is no anchor.
        token: While this is found elsewhere in the file, the patch is not taken back: others
            point to what it put in.
    """

    file: str
    at: int
    before: str
    after: str
    anchor: str = ""
    token: str = ""
    lead: str = ""

    def reversed(self) -> Patch:
        """Return the patch that takes this one back."""
        return replace(self, before=self.after, after=self.before)


def apply_patch(text: str, patch: Patch) -> tuple[str, Patch]:
    """Return the text with a patch made, and the patch with the place where it was made.

    Raises:
        PatchError: What it replaces, or what it is put before, is not there, or not once.
    """
    at = _place(text, patch)
    changed = text[:at] + patch.after + text[at + len(patch.before) :]
    return changed, replace(patch, at=at)


def _place(text: str, patch: Patch) -> int:
    wanted = patch.before or patch.lead + patch.anchor
    ahead = 0 if patch.before else len(patch.lead)
    if text.startswith(wanted, patch.at - ahead) and patch.at >= ahead:
        return patch.at
    at = text.find(wanted)
    if not wanted or at < 0 or text.find(wanted, at + 1) >= 0:
        raise PatchError("what was to be changed is no longer there: somebody changed it meanwhile")
    return at + ahead


_ATTRIBUTES = r"(?:[^>\"']|\"[^\"]*\"|'[^']*')*?"


def elements(text: str, name: str, start: int = 0) -> Iterator[re.Match[str]]:
    """Yield the places of elements of a TEI name that do not hold one of the same name."""
    yield from (m for m in _pattern(name).finditer(text, start) if m["element"])


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(
        r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
        rf"|(?P<element><(?P<name>(?:[\w.-]+:)?{name})(?=[\s/>]){_ATTRIBUTES}"
        r"(?:/>|>.*?</(?P=name)\s*>))",
        re.DOTALL,
    )


def attribute(source: str, name: str) -> str:
    """Return an attribute of the element that ``source`` begins with, or the empty string."""
    found = _attribute(source, name)
    return unescaped(found[2] or found[3] or "") if found else ""


def _attribute(source: str, name: str) -> re.Match[str] | None:
    tag = re.match(rf"<{_ATTRIBUTES}>", source)
    end = tag.end() if tag else len(source)
    pattern = re.compile(rf"(\s+){re.escape(name)}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
    return pattern.search(source, 0, end)


def set_attribute(source: str, name: str, value: str | None) -> str:
    """Return the element with an attribute given another value, or taken out for ``None``."""
    found = _attribute(source, name)
    if found and value is None:
        return source[: found.start()] + source[found.end() :]
    if value is None:
        return source
    written = f'{name}="{escaped(value)}"'
    if found:
        return source[: found.start()] + found[1] + written + source[found.end() :]
    tag = re.match(rf"<{_ATTRIBUTES}(?=\s*/?>)", source)
    end = tag.end() if tag else len(source)
    return f"{source[:end]} {written}{source[end:]}"


_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"))


def escaped(text: str) -> str:
    """Return text as XML writes it, in elements and attributes alike."""
    for character, written in _ESCAPES:
        text = text.replace(character, written)
    return text


def unescaped(text: str) -> str:
    """Return what text means whose special characters are written as references."""
    return re.sub(r"&(#?\w+);", _character, text) if "&" in text else text


def _character(reference: re.Match[str]) -> str:
    name = reference[1]
    if name.startswith("#x"):
        return chr(int(name[2:], 16))
    if name.startswith("#"):
        return chr(int(name[1:]))
    return {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}.get(name, reference[0])
