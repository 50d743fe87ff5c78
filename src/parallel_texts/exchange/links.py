"""The links of a work as it is now, to be found by what a translator's file says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from parallel_texts.exchange.proposals import Proposal
from parallel_texts.model import Alignment, Link, Passage

__all__ = ["Links", "clean_line", "clean_texts"]

_SPACE = re.compile(r"[ \t\r\n]+")
_NOT_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Links:
    """Finds the link that a proposal speaks of, and the passages on its side."""

    def __init__(self, alignment: Alignment) -> None:
        self._alignment = alignment
        self._links = {link.id: link for link in alignment.links}
        self._owner = {
            alignment.passages[i][number].id: link.id
            for link in alignment.links
            for i, side in enumerate(link.sides)
            for number in side
        }

    def owner(self, passage: str) -> str | None:
        """Return the link that a passage is in."""
        return self._owner.get(passage)

    def find(self, proposal: Proposal) -> str | None:
        """Return the link of the passages that were exported, else of the id, else of the source.

        Ids of links may be given anew when a work is aligned again; passages keep theirs.
        """
        ids = proposal.facts.ids if proposal.facts else ()
        owners = {self._owner.get(i) for i in ids}
        if len(owners) == 1 and None not in owners:
            return owners.pop()
        return self._by_source(proposal) or (
            proposal.link if proposal.link in self._links else None
        )

    def _by_source(self, proposal: Proposal) -> str | None:
        wanted = [(lang, clean_texts(t)) for lang, t in proposal.source if lang in self._languages]
        found = [
            link.id
            for link in self._alignment.links
            if wanted and all(self.texts(link.id, lang) == texts for lang, texts in wanted)
        ]
        return found[0] if len(found) == 1 else None

    @property
    def _languages(self) -> tuple[str, ...]:
        return self._alignment.languages

    def current(self, link: str, lang: str) -> tuple[Passage, ...]:
        """Return the passages of a side."""
        return self._alignment.of(self._links[link], lang)

    def texts(self, link: str, lang: str) -> tuple[str, ...]:
        """Return the texts of a side."""
        return tuple(passage.text for passage in self.current(link, lang))

    def is_outdated(self, proposal: Proposal, link: str) -> bool:
        """Tell whether the corpus has another source than the one that was translated."""
        return any(
            lang in self._languages and self.texts(link, lang) != clean_texts(texts)
            for lang, texts in proposal.source
        )

    def place(self, link: str, lang: str) -> tuple[bool, str]:
        """Return where a passage that fills an omission goes: after (True) or before which.

        The neighbour in the same division is taken: the first sentence of an article does not
        go to the end of the article before.
        """
        numbers = [n for other in self._before(link) for n in other[lang]]
        side = self._alignment.passages[self._languages.index(lang)]
        at = max(numbers) + 1 if numbers else 0
        before, after = side[max(at - 1, 0)], side[min(at, len(side) - 1)]
        here = {p.division for other in self._languages for p in self.current(link, other)}
        is_first = not numbers or (after.division in here and before.division not in here)
        return not is_first, (after if is_first else before).id

    def _before(self, link: str) -> Iterator[Link]:
        return takewhile(lambda other: other.id != link, self._alignment.links)


def clean_texts(texts: Sequence[str]) -> tuple[str, ...]:
    """Return texts as TEI holds them: single spaces, no characters that XML has not, none empty."""
    clean = (_SPACE.sub(" ", _NOT_XML.sub("", text)).strip() for text in texts)
    return tuple(text for text in clean if text)


def clean_line(text: str) -> str:
    """Return a line without what XML has not."""
    return _NOT_XML.sub("", text).strip()
