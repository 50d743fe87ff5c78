"""What lies open in a review: the files' source, the links and passages, the findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from parallel_texts.findings.judged import digest_of
from parallel_texts.model import Alignment, Finding, Passage, Version, Work
from parallel_texts.review.board import Board
from parallel_texts.review.errors import ReviewError
from parallel_texts.review.sheet import Progress, ReviewFinding, Row, Sheet
from parallel_texts.review.storage import Storage, Stored, digest, encoded
from parallel_texts.review.texts import with_versions
from parallel_texts.tei import (
    KeptJudgement,
    Patch,
    PatchError,
    apply_patch,
    read_annotations,
    read_group,
    read_links,
    read_version_bytes,
    responsible_people,
)

__all__ = ["Desk", "Made"]


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


class Desk:
    """The files of a work in memory, kept in step with the disk."""

    def __init__(self, storage: Storage, work: Work) -> None:
        self._storage = storage
        self.work = work
        self.board = Board(self.digest_of, lambda unit: unit in self.sheet.numbers)
        self._stored: dict[str, Stored] = {}
        self._listed: tuple[int, tuple[ReviewFinding, ...]] = (-1, ())
        self.load()

    def load(self) -> None:
        """Read everything.

        Raises:
            ReviewError: A passage is in no link, or in several, or a version is not linked.
            ParseError: A file cannot be read.
        """
        self._storage.recover()
        stored = {key: self._storage.read(key) for key in self._storage.paths}
        text = stored["alignments"].text
        group = read_group(text)
        work = with_versions(self.work, [self._version(stored, v.lang) for v in self.work.versions])
        missing = sorted(set(work.languages) - set(group.languages))
        if missing:
            raise ReviewError(f"{missing[0]} is not linked yet: parallel-texts align {work.id}")
        versions = [v for lang in group.languages if (v := work.version(lang))]
        passages = [p for version in versions for p in version.passages]
        owners = {p.id: p.lang for p in passages}
        places = {p.id: n for version in versions for n, p in enumerate(version.passages)}
        sheet = Sheet(versions, read_links(text, group, owners, places))
        self._check(sheet, self._storage.paths["alignments"])
        self._stored, self.group, self.work, self.sheet = stored, group, work, sheet
        self.board.keep_only(self.annotations(text))

    def _version(self, stored: Mapping[str, Stored], lang: str) -> Version:
        file = stored[lang]
        return read_version_bytes(encoded(file.text, file.encoding), self._storage.paths[lang])

    def _check(self, sheet: Sheet, path: Path) -> None:
        """Make sure that each passage is in exactly one link, and each link has its own id."""
        linked = [passage for link in sheet.links for passage in link.passages]
        fits = len(linked) == len(set(linked)) == len(sheet.owners)
        if not fits or len(sheet.numbers) != len(sheet.links) or "" in sheet.numbers:
            raise ReviewError(
                f"{path}: not each passage is in exactly one link with an id of its own: "
                f"parallel-texts validate says which, parallel-texts align {self.work.id} --force "
                "links them anew"
            )

    def annotations(self, text: str) -> list[KeptJudgement]:
        """Return the judged findings of a stretch of the alignment file."""
        people = responsible_people(self.text("alignments"))
        return read_annotations(text, people, _Passages(self.sheet), self.work.id)

    def text(self, key: str) -> str:
        """Return a file's source."""
        return self._stored[key].text

    def digest(self, key: str) -> str:
        """Return a file's digest as it was read or written last."""
        return self._stored[key].digest

    def is_as_on_disk(self) -> bool:
        """Tell whether no other program has written to the files."""
        return all(self._storage.is_as(key, stored) for key, stored in self._stored.items())

    def alignment(self) -> Alignment:
        """Return all links as an alignment."""
        return self.sheet.alignment(self.work.id)

    def rows(self, start: int, end: int) -> list[Row]:
        """Return the rows from ``start`` to before ``end``."""
        links = self.sheet.links
        return [self.sheet.row(n, self.board.keys_on(links[n].id)) for n in range(start, end)]

    def findings(self) -> tuple[ReviewFinding, ...]:
        """Return all findings, those on the whole work first, then in the order of the rows.

        The same tuple as before while nothing has changed.
        """
        if self._listed[0] != self.board.version:
            order = self.sheet.numbers
            listed = sorted(self.board, key=lambda f: order.get(f.link or "", -1))
            self._listed = self.board.version, tuple(listed)
        return self._listed[1]

    def digest_of(self, finding: Finding) -> str:
        """Return the digest of the passages that a finding is about."""
        number = self.sheet.numbers.get(finding.unit)
        links = self.sheet.links if number is None else [self.sheet.links[number]]
        sides = (self.sheet.side(link, lang) for link in links for lang in self.sheet.languages)
        return digest_of(passage.text for side in sides for passage in side)

    def progress(self) -> Progress:
        """Return how far the review has come."""
        sheet, board = self.sheet, self.board
        return Progress(sheet.checked, len(sheet.links), board.judged, board.total, sheet.doubtful)

    def concerned(self, touched: Iterable[str]) -> list[Row | ReviewFinding]:
        """Return the rows and findings that tokens name, as they are now."""
        numbers: set[int] = set()
        findings: dict[str, Row | ReviewFinding] = {}
        for token in touched:
            kind, _, name = token.partition("/")
            link = name if kind == "l" else self.sheet.holders.get(name, "") if kind == "p" else ""
            if link in self.sheet.numbers:
                numbers.add(self.sheet.numbers[link])
            elif kind == "k" and (found := self.board.review_finding(name)) is not None:
                findings[name] = found
        rows = [row for n in sorted(numbers) for row in self.rows(n, n + 1)]
        return [*rows, *findings.values()]

    def needed(self, patches: Sequence[Patch], op: str) -> tuple[Patch, ...]:
        """Leave out what others need still, when it is taken back, or have put in already."""
        texts: dict[str, str] = {}
        kept = []
        for patch in patches:
            text = texts.get(patch.file) or self.text(patch.file)
            rest = text.replace(patch.before, "", 1) if patch.before else text
            if patch.token and (patch.token in rest if op == "undo" else patch.after in text):
                continue
            kept.append(patch)
            try:
                texts[patch.file], _ = apply_patch(text, patch)
            except PatchError:
                return tuple(patches)
        return tuple(kept)

    def prepare(self, patches: Sequence[Patch], known: Mapping[str, str]) -> Made:
        """Make patches without writing anything.

        Args:
            patches: In order.
            known: The files' source with all of them made, if somebody has made them already.

        Raises:
            PatchError: What one changes is no longer there.
        """
        texts = dict(known)
        placed = list(patches) if known else []
        for patch in patches if not known else ():
            text, done = apply_patch(texts.get(patch.file) or self.text(patch.file), patch)
            texts[patch.file] = text
            placed.append(done)
        contents = {key: encoded(text, self._stored[key].encoding) for key, text in texts.items()}
        digests = {k: (self._stored[k].digest, digest(data)) for k, data in contents.items()}
        return Made(tuple(placed), texts, contents, digests)

    def write(self, made: Made) -> tuple[Path, ...]:
        """Write the files of a change, all or none; return their paths.

        Raises:
            ParallelTextsError: No permission or no space; nothing is changed then.
        """
        self._storage.write(made.contents)
        for key, text in made.texts.items():
            old, after = self._stored[key], made.digests[key][1]
            self._stored[key] = self._storage.stored(key, text, old.encoding, after)
        return tuple(self._storage.paths[key] for key in made.contents)


class _Passages(Mapping[str, Passage]):
    """Passages of a sheet by id, without a copy."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def __getitem__(self, name: str) -> Passage:
        return self._sheet.passage(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._sheet.owners)

    def __len__(self) -> int:
        return len(self._sheet.owners)
