"""Every command that the documentation shows is run, page by page, in a copy of the corpus.

The tutorial has a test of its own. What serves until it is stopped is only parsed (test_docs).
"""

import contextlib
import io
import re
import shlex
import shutil
import zipfile

import click
import pytest

from parallel_texts.cli import COMMANDS, cli
from parallel_texts.errors import ParallelTextsError
from paths import ROOT

WORKS = ("chita-1955", "khabarovsk-1955-exercises", "alliance-1950")
SERVING = ("review",)
FAILS = ("--fail-on",)
"""Options with which exit status 1 is an answer."""

LINE = re.compile(r"^ *(?:\$ )?((?:parallel-texts|mkdir) .*)$", re.MULTILINE)
FENCED = re.compile(
    r"^```(?:|sh|bash|console)\n(.*?)^```|((?:^ {4}(?:parallel-texts|mkdir) .*\n)+)", re.M | re.S
)
PAGES = [
    page
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
    if page.name not in ("tutorial.md", "cli.md")
]

TEXTS = {
    "a.txt": "苏方应于三日前通知中方。\n双方同意。\n本协定自签字之日起生效。\n",
    "b.txt": "Советская Сторона уведомляет Китайскую Сторону за три дня.\nСтороны согласны.\n"
    "Соглашение вступает в силу со дня подписания.\n",
    "c.txt": "The Soviet Side shall notify the Chinese Side three days in advance.\n"
    "The Parties agree.\nThe Agreement enters into force on the day of signature.\n",
    "contract.txt": "The Licensor grants You a right to use the program. You must pay a fee.\n",
    "clauses.tsv": "id\tzh\tru\n1\t苏方应付百分之五。\tСоветская Сторона платит 6 процентов.\n",
    "parties.tsv": "id\tzh\tru\nsu\t苏方\tСоветская Сторона\ncn\t中方\tКитайская Сторона\n",
    "links.jsonl": "".join(f'{{"zh":[{n}],"ru":[{n}],"score":0.9}}\n' for n in range(3)),
    "pairs.tmx": '<tmx version="1.4"><header srclang="ru"/><body><tu>'
    '<tuv xml:lang="zh"><seg>双方同意。</seg></tuv>'
    '<tuv xml:lang="ru"><seg>Стороны согласны.</seg></tuv></tu></body></tmx>',
    "links.vecalign": "[0]:[0]:1\n[1]:[1]:1\n[2]:[2]:1\n",
    "gold.align": "[0]:[0]:1\n[1]:[1]:1\n",
    "found.align": "[0]:[0]:1\n[1]:[1]:1\n",
    "treaties/one.zh.txt": "双方同意。\n",
    "treaties/one.en.txt": "The Parties agree.\n",
}
COPIES = {"zh.txt": "a.txt", "ru.txt": "b.txt"}
PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


def shown(page):
    """Return the commands of a page; of the reference, the examples."""
    text = page.read_text("utf-8").replace("\\\n", " ")
    blocks = [fenced or indented for fenced, indented in FENCED.findall(text)]
    return [line for block in blocks for line in LINE.findall(block)]


def examples():
    """Return the examples of the commands' help."""
    context = click.Context(cli)
    found = (cli.get_command(context, name).epilog for name in COMMANDS)
    return [line for shown in found for line in shown.removeprefix("Example: ").split(", or ")]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a corpus of three works and what the commands read."""
    for path in sorted((ROOT / "corpora").rglob("*")):
        if path.is_file() and (path.suffix != ".xml" or path.stem in ("corpus", *WORKS)):
            copy = tmp_path / "corpora" / path.relative_to(ROOT / "corpora")
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    for name, text in TEXTS.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    translation = (ROOT / "examples" / "khabarovsk-1955-exercises.zh.txt").read_text("utf-8")
    for name in ("zh", "a"):
        write_docx(tmp_path / f"{name}.docx", translation.splitlines())
    for name, source in COPIES.items():
        shutil.copy(tmp_path / source, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PARALLEL_TEXTS_CACHE", str(tmp_path / "cache"))
    return tmp_path


def write_docx(path, lines):
    """Write a Word document with these paragraphs."""
    body = "".join(PARAGRAPH.format(line) for line in lines)
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
        'package.relationships+xml"/><Default Extension="xml" ContentType="application/vnd.'
        'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/'
        f'wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>',
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)


def run(line, folder):
    """Run one line as a shell would; returns its exit status and what it said."""
    program, *words = shlex.split(line.split(" > ")[0], comments=True)
    if program == "mkdir":
        (folder / words[-1]).mkdir(parents=True)
        return 0, ""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            status = cli.main(words, "parallel-texts", standalone_mode=False)
        except ParallelTextsError as error:
            return 1, f"{said.getvalue()}{error}"
        except SystemExit as done:
            status = done.code
    return status or 0, said.getvalue()


def check(lines, folder):
    for line in lines:
        if shlex.split(line, comments=True)[1] not in SERVING:
            status, said = run(line, folder)
            assert status == 0 or any(option in line for option in FAILS), f"{line}\n{said}"


@pytest.mark.slow
@pytest.mark.parametrize("page", [p for p in PAGES if shown(p)], ids=lambda page: page.name)
def test_the_commands_of_a_page_work_one_after_the_other(page, folder):
    check(shown(page), folder)


@pytest.mark.slow
@pytest.mark.parametrize("line", examples(), ids=lambda line: line.split()[1])
def test_the_example_of_each_command_works(line, folder):
    if "chita.po" in line and "merge" in line:
        check([next(e for e in examples() if " export " in e)], folder)
    if line.split()[1] == "new":
        pytest.importorskip("pdfminer")
        line = line.replace("b.pdf", "b.txt")  # a PDF is read in tests/documents
    check([line], folder)
