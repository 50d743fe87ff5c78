"""What lies open in a review: the files' source, the links, the findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from parallel_texts.errors import ParallelTextsError
from parallel_texts.findings.judged import digest_of
from parallel_texts.model import Alignment, Finding, Kind, Work
from parallel_texts.review.errors import ReviewError
from parallel_texts.review.flagging import ROW_CODES, Flagger, finding_key, with_judgements
from parallel_texts.review.planning import home, kept_keys
from parallel_texts.review.sheet import Progress, ReviewFinding, Row, Sheet, Splice
from parallel_texts.review.storage import Storage, Stored, digest, encoded
from parallel_texts.tei import (
    KeptJudgement,
    KeptLink,
    Patch,
    apply_patch,
    read_annotations,
    read_group,
    read_links,
    read_version_bytes,
    responsible_people,
)

__all__ = ["Desk", "Effect", "Made"]

_KINDS: dict[str, Kind] = {"V": "version", "P": "party", "A": "authenticity"}


@dataclass(frozen=True, slots=True)
class Made:
    """Files with patches made, not written yet.

    Attributes:
        patches: With the places where they were made.
        texts: New source by key.
        contents: New bytes by key.
        digests: Before and after by key.
    """

    patches: tuple[Patch, ...]
    texts: dict[str, str]
    contents: dict[str, bytes]
    digests: dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change did to the rows: ``removed`` from ``start`` on gave way to ``added``."""

    start: int
    removed: int
    added: int
    findings: tuple[str, ...]


class Desk:
    """The files of a work in memory, kept in step with the disk."""

    def __init__(self, storage: Storage, work: Work, flagger: Flagger) -> None:
        self._storage = storage
        self._flagger = flagger
        self.work = work
        self._found: list[Finding] | None = None
        self._shown: dict[str, ReviewFinding] | None = None
        self._load()

    def _load(self) -> None:
        """Read everything."""
        self._storage.recover()
        self._stored: dict[str, Stored] = {
            key: self._storage.read(key) for key in self._storage.paths
        }
        text = self.text("alignments")
        self.group = read_group(text)
        self.work = replace(
            self.work,
            versions=tuple(
                replace(self._version(v.lang), work=self.work.id) for v in self.work.versions
            ),
        )
        missing = set(self.work.languages) - set(self.group.languages)
        if missing:
            raise ReviewError(
                f"{', '.join(sorted(missing))}: not linked yet: parallel-texts align {self.work.id}"
            )
        versions = [v for lang in self.group.languages if (v := self.work.version(lang))]
        owners = {p.id: v.lang for v in versions for p in v.passages}
        self.sheet = Sheet(versions, read_links(text, self.group, owners))
        self._check()
        self._read_kept()

    def _version(self, lang: str):  # type: ignore[no-untyped-def]
        stored = self._stored[lang]
        return read_version_bytes(encoded(stored.text, stored.encoding), self._storage.paths[lang])

    def _check(self) -> None:
        """Make sure that each passage is in exactly one link, and each link has an id."""
        linked = [passage for link in self.sheet.links for passage in link.passages]
        fits = len(linked) == len(set(linked)) == len(self.sheet.owners)
        if not fits or not all(link.id for link in self.sheet.links):
            path = self._storage.paths["alignments"]
            raise ReviewError(
                f"{path}: not each passage is in exactly one link: parallel-texts validate says "
                f"which, parallel-texts align {self.work.id} --force links them anew"
            )

    def _read_kept(self) -> None:
        text = self.text("alignments")
        passages = {p.id: p for texts in self.sheet.passages.values() for p in texts}
        people = responsible_people(text)
        self.kept: list[KeptJudgement] = read_annotations(text, people, passages, self.work.id)
        self._kept_by_key = kept_keys(self.kept)
        self._shown = None

    def text(self, key: str) -> str:
        """Return a file's source."""
        return self._stored[key].text

    def digest(self, key: str) -> str:
        """Return a file's digest as it was read or written last."""
        return self._stored[key].digest

    def is_as_on_disk(self) -> bool:
        """Tell whether no other program has written to the files."""
        return all(self._storage.is_as(key, stored) for key, stored in self._stored.items())

    def reload(self) -> tuple[str, ...]:
        """Read the files anew; return what changed, as tokens."""
        before = _marks(self.sheet)
        self._load()
        after = _marks(self.sheet)
        self._found = None
        changed = {
            name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
        }
        return tuple(sorted(changed))

    def alignment(self) -> Alignment:
        """Return all links as an alignment."""
        return self.sheet.alignment(self.work.id)

    def rows(self, start: int, end: int) -> list[Row]:
        """Return the rows from ``start`` to before ``end``."""
        names: dict[str, list[str]] = {}
        for finding in self.findings():
            names.setdefault(finding.link or "", []).append(finding.key)
        return [
            self.sheet.row(n, tuple(names.get(self.sheet.links[n].id, ())))
            for n in range(start, end)
        ]

    def findings(self) -> tuple[ReviewFinding, ...]:
        """Return all findings, in the order of the rows."""
        return tuple(self._by_key().values())

    def _by_key(self) -> dict[str, ReviewFinding]:
        if self._found is None:
            self._found = self._flagger.flag(self.alignment(), self.work)
        if self._shown is None:
            shown = with_judgements(
                self._found, self.kept, self.sheet.numbers.__contains__, self.digest_of
            )
            order = self.sheet.numbers
            shown.sort(key=lambda f: order.get(f.link or "", -1))
            self._shown = {one.key: one for one in shown}
        return self._shown

    def finding(self, key: str) -> Finding | None:
        """Return a finding by its key."""
        found = self._by_key().get(key)
        return found.finding if found else None

    def kept_finding(self, key: str) -> KeptJudgement | None:
        """Return a judged finding by its key, as the file has it."""
        return self._kept_by_key.get(key)

    def keys_of(self, links: Iterable[str]) -> tuple[str, ...]:
        """Return the keys of the findings on some links."""
        wanted = set(links)
        return tuple(f.key for f in self.findings() if f.link in wanted)

    def kind_of(self, code: str) -> Kind:
        """Return the kind of a code; a code of a person's own counts as a version's."""
        return _KINDS.get(code[:1], "version")

    def digest_of(self, finding: Finding) -> str:
        """Return the digest of the passages that a finding is about."""
        number = self.sheet.numbers.get(finding.unit)
        links = self.sheet.links if number is None else [self.sheet.links[number]]
        return digest_of(
            passage.text
            for link in links
            for lang in self.sheet.languages
            for passage in self.sheet.side(link, lang)
        )

    def progress(self) -> Progress:
        """Count."""
        links, findings = self.sheet.links, self.findings()
        return Progress(
            sum(link.checked or link.locked for link in links),
            len(links),
            sum(f.finding.status != "open" for f in findings),
            len(findings),
            sum(not link.checked and link.confidence < 0.5 for link in links),
        )

    def concerned(self, touched: Iterable[str]) -> list[Row | ReviewFinding]:
        """Return the rows and findings that tokens name, as they are now."""
        numbers: set[int] = set()
        findings: list[Row | ReviewFinding] = []
        for token in touched:
            kind, _, name = token.partition("/")
            link = name if kind == "l" else self.sheet.holders.get(name, "")
            if kind in "lp" and link in self.sheet.numbers:
                numbers.add(self.sheet.numbers[link])
            elif kind == "k" and name in self._by_key():
                findings.append(self._by_key()[name])
        return [row for n in sorted(numbers) for row in self.rows(n, n + 1)] + findings

    def needed(self, patches: Sequence[Patch], op: str) -> tuple[Patch, ...]:
        """Leave out patches whose work others need, or have done already."""
        texts = {key: stored.text for key, stored in self._stored.items()}
        kept = []
        for patch in patches:
            text = texts[patch.file]
            if patch.token and op == "undo" and patch.token in text.replace(patch.before, "", 1):
                continue
            if patch.token and op == "redo" and patch.after in text:
                continue
            try:
                texts[patch.file], _ = apply_patch(text, patch)
            except ParallelTextsError:
                return tuple(patches)
            kept.append(patch)
        return tuple(kept)

    def prepare(self, patches: Sequence[Patch]) -> Made:
        """Make patches without writing anything."""
        texts: dict[str, str] = {}
        placed = []
        for patch in patches:
            text, done = apply_patch(texts.get(patch.file) or self.text(patch.file), patch)
            texts[patch.file] = text
            placed.append(done)
        contents = {key: encoded(text, self._stored[key].encoding) for key, text in texts.items()}
        digests = {k: (self._stored[k].digest, digest(data)) for k, data in contents.items()}
        return Made(tuple(placed), texts, contents, digests)

    def write(self, made: Made) -> tuple[Path, ...]:
        """Write the files of a change, all or none; return their paths."""
        self._storage.write(made.contents)
        for key, text in made.texts.items():
            encoding = self._stored[key].encoding
            self._stored[key] = self._storage.stored(key, text, encoding, made.contents[key])
        return tuple(self._storage.paths[key] for key in made.contents)

    def absorb(self, made: Made) -> Effect:
        """Take a change into memory; return what it did to the rows."""
        before = set(self._by_key().items())
        splices = [s for patch in made.patches if (s := self._splice(patch)) is not None]
        gone: list[KeptLink] = []
        for splice in splices:
            gone += self.sheet.links[splice.start : splice.start + splice.removed]
            self.sheet.apply(splice)
        self._read_kept()
        for splice in splices:
            self._flag_again({link.id for link in gone}, splice.links)
        after = set(self._by_key().items())
        changed = tuple(dict.fromkeys(key for key, _ in before ^ after))
        if not splices:
            return self._effect_of_findings(changed)
        (splice,) = splices
        return Effect(splice.start, splice.removed, len(splice.links), changed)

    def _effect_of_findings(self, changed: Sequence[str]) -> Effect:
        links = [f.link for key in changed if (f := self._by_key().get(key)) and f.link]
        if not links:
            return Effect(0, 0, 0, tuple(changed))
        return Effect(self.sheet.numbers[links[0]], 1, 1, tuple(changed))

    def _splice(self, patch: Patch) -> Splice | None:
        if patch.file != "alignments":
            return None
        old = read_links(patch.before, self.group, self.sheet.owners)
        if not old:
            return None
        new = read_links(patch.after, self.group, self.sheet.owners)
        return Splice(self.sheet.numbers[old[0].id], len(old), tuple(new))

    def _flag_again(self, gone: set[str], links: Sequence[KeptLink]) -> None:
        """Find anew what concerns the changed links; findings on whole texts follow their words."""
        if self._found is None:
            return
        stay = [f for f in self._found if f.unit not in gone]
        follow = [
            replace(f, unit=home(f, links))
            for f in self._found
            if f.unit in gone and f.code not in ROW_CODES
        ]
        part = self.sheet.alignment(self.work.id, links)
        new = self._flagger.flag(part, self.work, ROW_CODES)
        merged = {finding_key(f): f for f in (*stay, *follow, *new)}
        self._found = list(merged.values())
        self._shown = None


def _marks(sheet: Sheet) -> dict[str, object]:
    """Return what each link and passage is, by token."""
    marks: dict[str, object] = {f"l/{link.id}": link.source for link in sheet.links}
    for texts in sheet.passages.values():
        marks |= {f"p/{p.id}": (p.text, sheet.holders[p.id]) for p in texts}
    return marks
