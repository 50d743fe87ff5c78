"""Write the notebooks of examples/ from the scripts beside them, and run them.

    python tools/notebooks.py

A script is plain Python; ``# %% [markdown]`` begins text, ``# %%`` code. The notebook is written
with what its cells printed and drew.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parent.parent / "examples"
_CELL = re.compile(r"^# %%(.*)\n", re.M)


def notebook_of(script: Path) -> Any:
    """Return the notebook of a script, not yet run."""
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    parts = _CELL.split(script.read_text("utf-8"))[1:]
    cells = [
        new_markdown_cell(re.sub(r"^# ?", "", body, flags=re.M).strip(), id=f"cell-{number}")
        if "markdown" in kind
        else new_code_cell(body.strip(), id=f"cell-{number}")
        for number, (kind, body) in enumerate(zip(parts[::2], parts[1::2], strict=True))
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


def run(notebook: Any) -> Any:
    """Run a notebook in the folder above examples/; return it with its outputs.

    Raises:
        CellExecutionError: A cell raised an error.
    """
    from nbclient import NotebookClient

    folder = {"metadata": {"path": str(EXAMPLES.parent)}}
    client = NotebookClient(notebook, timeout=600, kernel_name="python3", resources=folder)
    done = client.execute()
    for cell in done.cells:
        cell.metadata.pop("execution", None)
    done.metadata.pop("language_info", None)
    return done


def main() -> None:
    """Write and run all."""
    import nbformat

    for script in sorted(EXAMPLES.glob("*.py")):
        nbformat.write(run(notebook_of(script)), script.with_suffix(".ipynb"))


if __name__ == "__main__":
    main()
