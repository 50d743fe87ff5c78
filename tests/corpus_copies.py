"""Copies of a part of the shipped corpus, to write to."""

import shutil
from pathlib import Path

from click.testing import CliRunner, Result

from parallel_texts.cli import cli
from parallel_texts.errors import ParallelTextsError
from parallel_texts.validation import validate
from paths import ROOT


def copy_of(work: str, folder: Path, languages: str = "zh ru en alignments") -> Path:
    """Return a corpus with one work of the shipped one."""
    corpus = folder / "corpora"
    names = [f"{lang}/{work}.xml" for lang in languages.split()]
    for name in ("corpus.xml", *names):
        if (ROOT / "corpora" / name).is_file():
            (corpus / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / "corpora" / name, corpus / name)
    return corpus


def state(corpus: Path) -> dict[str, bytes]:
    """Return every file of a corpus with its bytes."""
    return {
        p.relative_to(corpus).as_posix(): p.read_bytes()
        for p in sorted(corpus.rglob("*"))
        if p.is_file()
    }


def errors(corpus: Path) -> list[str]:
    return [str(problem) for problem in validate([corpus]) if problem.is_error]


def run(*arguments: object, expect: int = 0) -> Result:
    """Run a command; an error of the package is exit code 1, as in ``main``."""
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    is_ours = isinstance(result.exception, ParallelTextsError)
    assert is_ours or isinstance(result.exception, (SystemExit, type(None))), result.exception
    code = 1 if is_ours else result.exit_code
    assert code == expect, (result.output, result.exception)
    return result
