"""Who may review: a secret token per person in the address, a session per browser after it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

__all__ = ["People", "Person"]


@dataclass(frozen=True, slots=True)
class Person:
    """A reviewer; whoever has the token is believed to be this person.

    Attributes:
        name: As it stands in the files, with what they judge.
        token: 256 random bits, in the address they open.
    """

    name: str
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)


class People:
    """The reviewers of one run of the server; tokens and sessions end with it."""

    def __init__(self, names: Sequence[str]) -> None:
        self.persons = tuple(Person(name) for name in dict.fromkeys(names))
        self._key = secrets.token_bytes(32)

    def admit(self, token: str) -> str | None:
        """Return the session of the person whose token this is, or ``None``."""
        found = None
        for person in self.persons:
            if hmac.compare_digest(person.token.encode(), token.encode("utf-8", "replace")):
                found = self._derive("session", person)
        return found

    def person(self, session: str) -> Person | None:
        """Return whose session this is, or ``None``."""
        return next((p for p in self.persons if self._is("session", p, session)), None)

    def csrf(self, person: Person) -> str:
        """Return what a person's page must send back with each change."""
        return self._derive("csrf", person)

    def is_csrf(self, person: Person, value: str) -> bool:
        """Return whether ``value`` was given to a page of this person."""
        return self._is("csrf", person, value)

    def _is(self, use: str, person: Person, value: str) -> bool:
        return hmac.compare_digest(
            self._derive(use, person).encode(), value.encode("utf-8", "replace")
        )

    def _derive(self, use: str, person: Person) -> str:
        message = f"{use}\0{person.token}".encode()
        return hmac.new(self._key, message, hashlib.sha256).hexdigest()
