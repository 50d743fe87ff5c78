"""Words of the review's pages, in English; the catalogues ``review.*.po`` have the others."""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["KEYS", "REASONS", "REFUSALS", "SHOWN", "WORDS", "refusal"]

REASONS = {
    "meaning": "the sense differs",
    "wording": "only the words differ",
    "convention": "the languages differ by custom",
    "alignment": "the passages do not belong together",
    "source": "the source has it so",
    "rule": "the rule is wrong",
    "other": "another reason",
}
"""Why a finding was confirmed or refused."""

SHOWN = {
    "all": "All rows",
    "doubtful": "Doubtful links",
    "unlocked": "Links not locked",
    "open": "Rows with open findings",
    "findings": "Rows with findings",
    "gaps": "Rows without counterpart",
}
"""Which rows are shown."""

KEYS = {
    "Move": {
        "j ↓": "Next row",
        "k ↑": "Previous row",
        "→": "Next passage",
        "←": "Previous passage",
        "d": "Next doubtful link",
        "Shift+D": "Previous doubtful link",
        "n": "Next open finding",
        "p": "Previous open finding",
        "u": "Next link not locked",
        "Shift+U": "Previous link not locked",
    },
    "Links": {
        "m": "Merge with the next row",
        "Shift+M": "Merge with the previous row",
        "s": "Split before this passage",
        "]": "Move the passage to the next row",
        "[": "Move the passage to the previous row",
        "o": "Take the passage out: it has no counterpart",
        "l": "Lock or unlock",
        "a": "Lock and go to the next not locked",
        "Shift+A": "Align the rest again",
    },
    "Text of a passage": {
        "x": "Cut the passage in two",
        "Shift+J": "Join with the next passage",
        "e": "Correct a typing error",
    },
    "Findings": {
        "y": "Confirm",
        "Shift+Y": "Confirm with a note",
        "r": "Refuse with a reason",
        "w": "Open again",
        "f": "Write a finding",
    },
    "Everywhere": {
        "z Ctrl+Z": "Undo",
        "Shift+Z Ctrl+Y": "Redo",
        "v": "Choose rows and findings",
        "?": "This list",
        "Esc": "Close",
    },
}
"""Keys and what they do, by group; ``static/review.js`` has the same keys."""

WORDS = {
    "merge": "Merged",
    "split": "Split",
    "move": "Moved",
    "omit": "Marked as having no counterpart",
    "cut": "Cut in two",
    "join": "Joined",
    "lock": "Locked",
    "unlock": "Unlocked",
    "realign": "Aligned again between locked links",
    "correct": "Corrected",
    "judge": "Judged",
    "find": "Finding written",
    "undo": "Undone",
    "redo": "Done again",
    "none": "No more in this direction",
    "checked": "{checked} of {links} links checked",
    "judged": "{judged} of {findings} findings judged",
    "doubtful": "{doubtful} doubtful",
    "pending": "{pending} rows still to be looked at",
    "matched": "Rows shown: {count}",
    "changed": "Changed by {who}: {kind}",
    "reloaded": "The files were changed by another program and read again",
    "stopped": "The server does not answer: start it again and open its new address. "
    "What was done is saved.",
    "left": "This address has ended: open the one that the command printed last.",
    "busy": "Working…",
    "first": "Choose a passage first",
    "nowhere": "Choose a finding first",
    "nothing": "Nothing was changed",
    "selected": "Selected: {text}",
    "unselected": "Select words in at least one version",
    "loading": "Rows {from} to {to}",
}
"""What the script says."""

REFUSALS = (
    "{passage} is in another link and one of them is locked: unlock it first",
    "{passage} is in a link further away: move it here first",
    "{passage} is the last of its paragraph: there is nothing to join it with",
    "{passage}: one part would be empty: cut inside the text",
    "{passage}: inside a tagged word: cut before or after it",
    "{passage}: the passages do not stand side by side: join them in the file itself",
    "{passage}: nothing would be left: join the passage with its neighbour instead",
    "{passage}: a tag would lose its words: correct inside the tag, or edit the file",
    "nothing changes: aligned anew, the rest is as it was",
    "{link} is locked: unlock it first",
    "there is no next link",
    "there is no previous link",
    "the link is locked already",
    "the link is not locked already",
    "these passages have no counterpart already",
    "{passage} begins the link: split before a later passage",
    "there is nothing to take back",
    "nothing to redo",
    "code: there is a finding {code} of a person on {link} already: judge it",
    "somebody changed this meanwhile: look at it as it is now and act again",
)
"""What the review says where it refuses, as far as reviewers come upon it."""


def refusal(message: str, translate: Callable[[str], str]) -> str:
    """Return a refusal of the review in the interface's language, else as it is."""
    for pattern in REFUSALS:
        names = re.findall(r"{(\w+)}", pattern)
        parts = map(re.escape, re.split(r"{\w+}", pattern))
        found = re.fullmatch("(.+?)".join(parts), message)
        if found:
            return translate(pattern).format(**dict(zip(names, found.groups(), strict=True)))
    return message
