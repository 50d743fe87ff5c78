"""``parallel-texts align``: a work of the corpus, or files in two to n languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from parallel_texts import (
    Alignment,
    Corpus,
    Division,
    Encoder,
    Version,
    Work,
    align,
    load_corpus,
    load_encoder,
    read_plain,
)
from parallel_texts.cli.common import (
    console,
    corpus_option,
    emit,
    folded,
    messages,
    note,
    output_option,
)
from parallel_texts.cli.completion import complete_works
from parallel_texts.corpus import find_work, keep_alignment, kept_alignment
from parallel_texts.errors import AlignmentError
from parallel_texts.exchange import format_jsonl, format_vecalign

_DOUBTFUL = 0.4
"""Mean confidence below which a warning is given."""
_FORMATS = ("table", "tsv", "jsonl", "vecalign", "tei")


@click.command(
    "align",
    epilog="Example: parallel-texts align zh=a.txt ru=b.txt en=c.txt --lines --format jsonl",
)
@click.argument(
    "texts", metavar="WORK | LANG=FILE...", nargs=-1, required=True, shell_complete=complete_works
)
@click.option("--lines", is_flag=True, help="Each line of a file is a passage.")
@click.option(
    "--format", "form", type=click.Choice(_FORMATS), default="table",
    show_default=True, help="How to print the links.",
)  # fmt: skip
@output_option
@corpus_option
@click.option("--encoder", default="use", show_default=True, help="Which encoder to use.")
@click.option("--fast", is_flag=True, help="Quicker, up to two points less exact.")
@click.option("--fresh", is_flag=True, help="Align a work anew even if its alignment is current.")
@click.option("--force", is_flag=True, help="Replace an alignment that a person has checked.")
@click.option(
    "--plot", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.svg",
    help="Draw likeness, links, omissions and moved passages of two languages.",
)  # fmt: skip
@click.option("--explain", metavar="LINK", help="Say which parts of the score decided a link.")
@click.option(
    "--pair",
    metavar="LANG-LANG",
    help="Languages of --plot and --explain [default: the first two].",
)
def command(
    texts: tuple[str, ...],
    lines: bool,
    form: str,
    output: Path | None,
    corpus: Path | None,
    encoder: str,
    fast: bool,
    fresh: bool,
    force: bool,
    plot: Path | None,
    explain: str | None,
    pair: str | None,
) -> None:
    """Align a work of the corpus, or files given as LANG=FILE, passage by passage.

    A work's alignment is kept as TEI in the corpus and used again while it fits the texts.
    --explain prints, heaviest first, what each measure adds to the logarithm of a link's odds.
    """
    if all("=" in text for text in texts):
        versions = _read_versions(texts, lines)
        texts_read = {v.lang: v.divisions for v in versions}
        with _progress("aligning") as progress:
            alignment = align(
                texts_read, encoder=load_encoder(encoder), fast=fast, progress=progress
            )
    elif len(texts) == 1:
        loaded = load_corpus(corpus)
        work = find_work(loaded, texts[0])
        versions = list(work.versions)
        with _progress(f"aligning {work.id}") as progress:
            how = {"encoder": load_encoder(encoder), "fast": fast, "progress": progress}
            alignment = _align_work(loaded, work, fresh, force, how)
    else:
        raise click.UsageError("give one work, or files as LANG=FILE, two or more")
    _warn(alignment)
    first, second = _pair(alignment, pair)
    if plot is not None:
        from parallel_texts.alignment import draw_alignment

        emit(draw_alignment(alignment, first, second, encoder=load_encoder(encoder)), plot)
    if explain is not None:
        emit(_explain(alignment, explain, first, second, load_encoder(encoder)), output)
        return
    _print(alignment, versions, form, output)


@contextmanager
def _progress(what: str) -> Iterator[Callable[[float], None]]:
    """Draw a bar with the time left on a terminal; elsewhere nothing is drawn."""
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
    from rich.progress import TimeRemainingColumn as TimeLeft

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeLeft())
    shown = messages()
    with Progress(*columns, console=shown, transient=True, disable=not shown.is_terminal) as bar:
        task = bar.add_task(what, total=1.0)
        yield lambda share: bar.update(task, completed=share)


def _warn(alignment: Alignment) -> None:
    """Say so where the texts hardly answer to each other."""
    confidence = [link.confidence for link in alignment]
    if confidence and sum(confidence) / len(confidence) < _DOUBTFUL:
        note("these texts hardly answer to each other: look at the links before you use them")


def _pair(alignment: Alignment, pair: str | None) -> tuple[str, str]:
    if pair is None:
        return alignment.languages[0], alignment.languages[1]
    named = pair.split("-")
    if len(named) != 2 or not set(named) <= set(alignment.languages):
        raise AlignmentError(
            f"--pair {pair}: give two of {', '.join(alignment.languages)} with a hyphen between"
        )
    return named[0], named[1]


def _explain(alignment: Alignment, link: str, first: str, second: str, encoder: Encoder) -> str:
    from parallel_texts.alignment import explain_link

    rows = ["part\tvalue\tmeasure\tmeaning"]
    for reason in explain_link(alignment, link, first, second, encoder=encoder):
        rows.append(f"{reason.part:+.2f}\t{reason.value:.3f}\t{reason.measure}\t{reason.meaning}")
    return "\n".join(rows)


def _read_versions(texts: Sequence[str], lines: bool) -> list[Version]:
    pairs = [text.split("=", 1) for text in texts]
    for pair in pairs:
        if not all(pair):
            raise AlignmentError(f"{'='.join(pair)!r}: give every text as LANG=FILE")
    languages = [lang for lang, _ in pairs]
    if len(set(languages)) < len(languages):
        raise AlignmentError("a language is named twice: give each file a key of its own")
    return [_version(lang, path, read_plain(Path(path), lang, lines=lines)) for lang, path in pairs]


def _version(lang: str, path: str, divisions: tuple[Division, ...]) -> Version:
    return Version(
        work="",
        lang=lang,
        language_tag=lang,
        title=Path(path).stem,
        standing="unreported",
        origin="transcription",
        divisions=divisions,
        path=path,
    )


def _align_work(
    corpus: Corpus, work: Work, fresh: bool, force: bool, how: Mapping[str, Any]
) -> Alignment:
    """Use the kept alignment if it is current and nothing else is asked; keep a new one."""
    kept = kept_alignment(corpus, work)
    if kept is not None and not fresh:
        return kept
    if kept is not None and kept.checked and not force:
        raise AlignmentError(
            f"the alignment of {work.id} has been checked by a person: --force replaces it"
        )
    texts = {version.lang: version.divisions for version in work.versions}
    alignment = align(texts, work=work.id, **how)
    if keep_alignment(corpus, work, alignment, force=force) is None:
        note(
            f"the alignment of {work.id} is not kept: {corpus.path} is the installed corpus "
            "or cannot be written"
        )
    return alignment


def _print(
    alignment: Alignment, versions: Sequence[Version], form: str, output: Path | None
) -> None:
    if form == "tei":
        _write_tei(alignment, versions, output)
    elif form == "table" and output is None:
        _print_table(alignment)
    elif form == "jsonl":
        emit(format_jsonl(alignment), output)
    elif form == "vecalign":
        emit(format_vecalign(alignment), output)
    else:
        emit(_as_tsv(alignment), output)


def _print_table(alignment: Alignment) -> None:
    from rich.table import Table

    table = folded(Table("link", *alignment.languages, "confidence", show_lines=True))
    for link in alignment:
        texts = (alignment.text(link, lang) or "—" for lang in alignment.languages)
        table.add_row(link.id, *texts, f"{link.confidence:.2f}")
    console().print(table)


def _as_tsv(alignment: Alignment) -> str:
    rows = ["\t".join(["id", *alignment.languages, "score", "confidence"])]
    for link in alignment:
        texts = (" ".join(alignment.text(link, lang).split()) for lang in alignment.languages)
        rows.append("\t".join([link.id, *texts, f"{link.score:.4f}", f"{link.confidence:.4f}"]))
    return "\n".join(rows)


def _write_tei(alignment: Alignment, versions: Sequence[Version], output: Path | None) -> None:
    import tempfile

    from parallel_texts.tei import write_alignment

    if output is not None:
        write_alignment(alignment, versions, output)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "alignment.xml"
        write_alignment(alignment, versions, path)
        emit(path.read_text("utf-8"), None)
