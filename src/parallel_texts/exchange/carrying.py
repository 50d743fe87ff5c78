"""Carries out a merge: TEI and links edited in memory, then all files written as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from parallel_texts.corpus import alignment_path, version_path
from parallel_texts.errors import ExchangeError
from parallel_texts.exchange.merging import Change, MergePlan, Said
from parallel_texts.model import Alignment, Corpus, Link, Version
from parallel_texts.tei import (
    APPROVED,
    DRAFT,
    Edited,
    PassageEdit,
    Remark,
    edit_version,
    read_version_bytes,
    update_alignment,
)
from parallel_texts.transactions import write_together

__all__ = ["Carried", "carry_out", "edit_versions"]


@dataclass(frozen=True, slots=True)
class Carried:
    """What carrying out a merge makes.

    Attributes:
        contents: Path to new bytes of each file that changes.
        lost_markup: Passages whose tags could not all be kept.
        inserted: Ids of new passages.
    """

    contents: Mapping[Path, bytes]
    lost_markup: tuple[str, ...]
    inserted: tuple[str, ...]


def carry_out(
    corpus: Corpus, alignment: Alignment, plans: Mapping[str, MergePlan], *, who: str = ""
) -> Carried:
    """Write the changes of plans, one a language, into the corpus: all files as one.

    Raises:
        ExchangeError: A passage is gone.
        ParallelTextsError: A file cannot be written; nothing is changed then.
    """
    carried = edit_versions(corpus, alignment, plans, who=who)
    if carried.contents:
        write_together(Path(corpus.path), carried.contents)
    return carried


def edit_versions(
    corpus: Corpus, alignment: Alignment, plans: Mapping[str, MergePlan], *, who: str = ""
) -> Carried:
    """Make what :func:`carry_out` writes, without writing it."""
    contents: dict[Path, bytes] = {}
    versions: dict[str, Version] = {}
    ids: dict[tuple[str, str], tuple[str, ...]] = {}
    done: list[Edited] = []
    for lang, plan in plans.items():
        if plan.changes or plan.said:
            path = version_path(corpus, lang, alignment.work)
            edited = _edit(path, alignment, plan, lang, who)
            contents[path], versions[lang] = edited.data, read_version_bytes(edited.data, path)
            ids |= _ids_after(alignment, plan.changes, edited, lang)
            done.append(edited)
    if any(edited.inserted or _removes(plans) for edited in done):
        contents |= _mended_file(corpus, alignment, versions, ids)
    lost = tuple(passage for edited in done for passage in edited.lost_markup)
    return Carried(contents, lost, tuple(i for edited in done for i in edited.inserted))


def _removes(plans: Mapping[str, MergePlan]) -> bool:
    changes = (change for plan in plans.values() for change in plan.changes)
    return any(edit.action == "remove" for change in changes for edit in change.edits)


def _edit(path: Path, alignment: Alignment, plan: MergePlan, lang: str, who: str) -> Edited:
    edits = [
        PassageEdit(edit.action, edit.passage, edit.text, change.link)
        for change in plan.changes
        for edit in change.edits
    ]
    removed = {edit.passage for edit in edits if edit.action == "remove"}
    remarks = tuple(_remarks(alignment, plan.said, lang, removed))
    return edit_version(path, edits, who=who, what=_summary(plan.changes), remarks=remarks)


def _remarks(
    alignment: Alignment, said: Sequence[Said], lang: str, removed: set[str]
) -> Iterator[Remark]:
    """Yield one remark for all links of which the same was said."""
    links = {link.id: link for link in alignment}
    ids: dict[tuple[str, str], list[str]] = {}
    for item in said:
        status = "" if item.needs_work is None else DRAFT if item.needs_work else APPROVED
        passages = (passage.id for passage in alignment.of(links[item.link], lang))
        ids.setdefault((item.comment, status), []).extend(i for i in passages if i not in removed)
    for (comment, status), passages_said in ids.items():
        yield Remark(tuple(passages_said), comment, status)


def _summary(changes: Sequence[Change]) -> str:
    if not changes:
        return ""
    links = ", ".join(change.link for change in changes[:8])
    more = f" and {len(changes) - 8} more" if len(changes) > 8 else ""
    return f"merged from a translator's file: links {links}{more}"


def _ids_after(
    alignment: Alignment, changes: Sequence[Change], edited: Edited, lang: str
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return, per link that changed, the passage ids of its side in ``lang`` after the edits."""
    links = {link.id: link for link in alignment}
    fresh = iter(edited.inserted)
    after: dict[tuple[str, str], tuple[str, ...]] = {}
    for change in changes:
        side = [passage.id for passage in alignment.of(links[change.link], lang)]
        removed = {edit.passage for edit in change.edits if edit.action == "remove"}
        added = [next(fresh) for edit in change.edits if edit.action.startswith("insert")]
        kept = [passage for passage in side if passage not in removed]
        after[change.link, lang] = (*kept, *added)
    return after


def _mended_file(
    corpus: Corpus,
    old: Alignment,
    edited: Mapping[str, Version],
    ids: Mapping[tuple[str, str], tuple[str, ...]],
) -> dict[Path, bytes]:
    """Return the kept alignment over the passages as they will be; nothing where none is kept."""
    path = alignment_path(corpus, old.work)
    work = corpus.work(old.work)
    if work is None:
        raise ExchangeError(f"{corpus.path}: {old.work} is gone")
    if not path.is_file() or len(old.languages) < 2:
        return {}
    versions = [edited.get(version.lang, version) for version in work.versions]
    by_lang = {version.lang: version for version in versions}
    numbers = {p.id: n for version in versions for n, p in enumerate(version.passages)}
    links = (_mended(link, old, ids, numbers) for link in old)
    mended = replace(
        old,
        links=tuple(link for link in links if any(link.sides)),
        passages=tuple(by_lang[lang].passages for lang in old.languages),
    )
    return {path: update_alignment(mended, versions, path)}


def _mended(
    link: Link,
    old: Alignment,
    ids: Mapping[tuple[str, str], tuple[str, ...]],
    numbers: Mapping[str, int],
) -> Link:
    def side(lang: str) -> tuple[int, ...]:
        before = tuple(passage.id for passage in old.of(link, lang))
        return tuple(sorted(numbers[i] for i in ids.get((link.id, lang), before)))

    return replace(link, sides=tuple(side(lang) for lang in link.languages))
