"""Checks of TEI files, as one table of small rules.

======  =====================================================================================
code    what it says
======  =====================================================================================
T101    not readable as TEI: malformed, hostile, empty, in another encoding, no TEI
T102    not as the project's schema has it, a strict subset of TEI
T201    an id is given twice
T202    the id of a division or passage does not begin with the text's language
T203    a passage's id does not continue its division's
T204    a division's id does not say its type and number
T205    the file's id does not say language and work
T301    a pointer to a file that is not there
T302    a pointer to an id that is not there
T303    a pointer leads to an entry of another kind
T304    a pointer leads out of the corpus
T305    a translation of a text that does not exist
T401    the text's language is not the folder's
T402    TEI, text and textLang do not name the same language
T501    no standing, or several
T502    no origin, or several
T503    no witness, or one of another work
T504    a reconstruction or regest does not say so in English and in its language
T505    an authentic text that claims to be a translation
T601    a passage without source that is not marked editorial
T602    a passage without text
T603    not a date
T604    a date's words and its attributes differ
T605    a number's words and @value differ
T606    a measure's words and @quantity differ
T701    a Traditional character in a zh-Hans text
T702    Latin letters in a Russian word
T703    Cyrillic letters in a Latin word
T704    a Simplified character in a zh-Hant text
T705    an invisible or lost character
T801    a passage in no link, or in several
T802    a link with fewer than two targets
T803    @targFunc and @domains do not name the same languages
T804    a version of the work is not aligned (a warning)
T805    a finding judged by nobody
======  =====================================================================================

Warnings tell what aligning again would mend, and pointers into a ``corpus.xml`` that the folder
does not have. All else is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from parallel_texts.errors import ParallelTextsError, ParseError
from parallel_texts.tei.parsing import line_of
from parallel_texts.validation import characters, header, ids, links, passages, pointers
from parallel_texts.validation.problems import Problem
from parallel_texts.validation.schema import schema_errors
from parallel_texts.validation.sources import Found, Library, Source, find_files

__all__ = ["CODES", "RULES", "Problem", "check_codes", "validate"]

Rule = Callable[[Source, Library], Iterable[Found]]

RULES: Final[dict[str, Rule]] = {
    "T201": ids.duplicate_id,
    "T202": ids.id_language,
    "T203": ids.passage_id,
    "T204": ids.division_id,
    "T205": ids.file_id,
    "T301": pointers.missing_file,
    "T302": pointers.missing_id,
    "T303": pointers.wrong_kind,
    "T304": pointers.way_out,
    "T305": pointers.missing_original,
    "T401": header.folder_language,
    "T402": header.same_language,
    "T501": header.standing,
    "T502": header.origin,
    "T503": header.work,
    "T504": header.statement,
    "T505": header.translation,
    "T601": passages.unsourced,
    "T602": passages.empty_passage,
    "T603": passages.no_date,
    "T604": passages.date_text,
    "T605": passages.number_text,
    "T606": passages.measure_text,
    "T701": characters.traditional,
    "T702": characters.latin_in_russian,
    "T703": characters.cyrillic_in_latin,
    "T704": characters.simplified,
    "T705": characters.invisible,
    "T801": links.passage_links,
    "T802": links.lonely_link,
    "T803": links.group_languages,
    "T804": links.unlinked_version,
    "T805": links.judgement,
}
"""Every rule by its code; T101 and T102 come before them, from the parser and the schema."""

_TELLING: Final = frozenset({"T203", "T204", "T503", "T603", "T802"})
"""Rules that find what the schema finds too, and say it better."""

CODES: Final = ("T101", "T102", *RULES)


def validate(
    paths: Iterable[Path | str], *, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> tuple[Problem, ...]:
    """Check TEI files.

    Args:
        paths: Corpus folders, any folders, or files. Pointers are followed to files that are
            not named here, as long as they stay inside the corpus.
        select: Only these codes, or beginnings of codes: ``T3``.
        ignore: Not these codes.

    Returns:
        The problems, by file and line.

    Raises:
        ParallelTextsError: A path that is not there, a folder without TEI, an unknown code.
    """
    check_codes((*select, *ignore))
    library = Library()
    files = dict.fromkeys(file for path in paths for file in find_files(Path(path)))
    found = (problem for file in files for problem in sorted(_problems(file, library)))
    return tuple(p for p in found if _is_wanted(p.code, select, ignore))


def check_codes(codes: Iterable[str]) -> None:
    """Raise :class:`ParallelTextsError` for what is no code and no beginning of one."""
    for code in codes:
        if not code or not any(known.startswith(code) for known in CODES):
            raise ParallelTextsError(f"no rule {code!r}: there are {', '.join(CODES)}")


def _is_wanted(code: str, select: Sequence[str], ignore: Sequence[str]) -> bool:
    return (not select or code.startswith(tuple(select))) and not code.startswith(tuple(ignore))


def _problems(path: Path, library: Library) -> list[Problem]:
    try:
        source = library.read(path)
    except ParseError as error:
        return [Problem(path, error.line or 1, "T101", error.reason)]
    found = [
        _problem(path, code, one) for code, rule in RULES.items() for one in rule(source, library)
    ]
    explained = {problem.line for problem in found if problem.code in _TELLING}
    return [*found, *_schema_problems(path, source, explained)]


def _problem(path: Path, code: str, found: Found) -> Problem:
    line = found.line or line_of(found.element) or 1
    return Problem(path, line, code, found.message, found.is_error)


def _schema_problems(path: Path, source: Source, explained: set[int]) -> Iterator[Problem]:
    """Yield what breaks the schema, save where a rule has said it better."""
    for line, message in schema_errors(source, explained):
        yield Problem(path, line, "T102", f"{message}: docs/encoding.md says what may be")
