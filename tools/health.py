"""Measure the shape of the code: long modules, function bodies, import cycles, missing docstrings.

    python tools/health.py

Prints a Markdown table; tests/test_health.py holds the package to the limits.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from statistics import median

SOURCE = Path(__file__).parent.parent / "src" / "parallel_texts"


@cache
def modules() -> dict[str, ast.Module]:
    """Return the package's modules by dotted name."""
    return {_name(path): ast.parse(path.read_text("utf-8")) for path in _files()}


def _files() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def _name(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def lengths() -> dict[str, int]:
    """Return lines per module, the longest first."""
    found = {_name(path): len(path.read_text("utf-8").splitlines()) for path in _files()}
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def body_lengths() -> list[int]:
    """Return lines of each function's body, without its docstring, ascending."""
    functions = (
        node
        for tree in modules().values()
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    )
    return sorted(_body(function) for function in functions)


def _body(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    statements = function.body[1:] if ast.get_docstring(function) else function.body
    if not statements:
        return 0
    return (statements[-1].end_lineno or 0) - statements[0].lineno + 1


def imports() -> dict[str, set[str]]:
    """Return per module the modules of the package that it loads when it is loaded."""
    trees = modules()
    return {
        name: {target for target in _imported(name, tree, set(trees)) if target != name}
        for name, tree in trees.items()
    }


def _imported(name: str, tree: ast.Module, known: set[str]) -> Iterator[str]:
    for node in _at_load(tree.body):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                if whole in known or node.module in known:
                    yield whole if whole in known else node.module


def _at_load(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield statements that run on loading: not those in functions or for type checkers."""
    for node in body:
        if isinstance(node, ast.If) and "TYPE_CHECKING" not in ast.unparse(node.test):
            yield from _at_load([*node.body, *node.orelse])
        elif isinstance(node, ast.Try):
            yield from _at_load([*node.body, *(s for h in node.handlers for s in h.body)])
        else:
            yield node


def libraries(tree: ast.Module) -> set[str]:
    """Return every module that a module names in an import, wherever."""
    nodes = list(ast.walk(tree))
    whole = {alias.name for n in nodes if isinstance(n, ast.Import) for alias in n.names}
    return whole | {n.module or "" for n in nodes if isinstance(n, ast.ImportFrom)}


def cycle() -> list[str]:
    """Return modules that load each other in a circle, or nothing."""
    try:
        tuple(TopologicalSorter(imports()).static_order())
    except CycleError as error:
        return list(error.args[1])
    return []


def undocumented() -> list[str]:
    """Return public modules, classes, functions and methods without a docstring."""
    return [
        f"{name}:{place}"
        for name, tree in modules().items()
        for place, node in _public(tree)
        if not ast.get_docstring(node)
    ]


_Documented = ast.Module | ast.ClassDef | ast.FunctionDef


def _public(node: ast.Module | ast.ClassDef, prefix: str = "") -> Iterator[tuple[str, _Documented]]:
    yield prefix or "module", node
    for child in node.body:
        if isinstance(child, ast.ClassDef) and not child.name.startswith("_"):
            yield from _public(child, f"{prefix}{child.name}.")
        elif isinstance(child, ast.FunctionDef) and not child.name.startswith("_"):
            yield f"{prefix}{child.name}", child


def unused() -> list[str]:
    """Return functions and classes whose name stands nowhere else in the package or its tests."""
    root = SOURCE.parent.parent
    folders = (SOURCE, root / "tests", root / "bench", root / "tools")
    text = "\n".join(p.read_text("utf-8") for f in folders for p in f.rglob("*.py"))
    words = _counts(text)
    return [
        f"{name}:{node.name}"
        for name, tree in modules().items()
        for node in tree.body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
        and not node.name.startswith("__")
        and words[node.name] < 2
    ]


def _counts(text: str) -> dict[str, int]:
    return Counter(re.findall(r"\w+", text))


def main() -> None:
    """Print the measures."""
    bodies = body_lengths()
    longest = list(lengths().items())[:3]
    print("| measure | value |\n|---|---|")
    print(f"| modules | {len(lengths())} |")
    print(f"| median module, lines | {median(lengths().values()):.0f} |")
    print(f"| longest modules | {', '.join(f'{name} {lines}' for name, lines in longest)} |")
    print(f"| functions | {len(bodies)} |")
    shares = f"{median(bodies):.0f}, {_nine_tenths(bodies)}, {bodies[-1]}"
    print(f"| body: median, 90 %, longest | {shares} |")
    print(f"| import cycle | {' > '.join(cycle()) or 'none'} |")
    print(f"| public and undocumented | {', '.join(undocumented()) or 'none'} |")
    print(f"| never used | {', '.join(unused()) or 'none'} |")


def _nine_tenths(values: list[int]) -> int:
    return values[len(values) * 9 // 10]


if __name__ == "__main__":
    main()
