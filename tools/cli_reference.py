"""Write docs/cli.md from the help of the command line.

    python tools/cli_reference.py [--check]

With --check nothing is written; the exit status says whether the page is current.
"""

from __future__ import annotations

import sys
from pathlib import Path

from click.testing import CliRunner

from parallel_texts.cli import COMMANDS, cli

PAGE = Path(__file__).parent.parent / "docs" / "cli.md"
_HEAD = """# Command line

Made from `--help` by `tools/cli_reference.py`. Machine-readable output goes to standard output,
messages to standard error. The exit status is 1 after an error, with a message that says which
file and what to do, and 2 where the command was not understood.

"""


def reference() -> str:
    """Return the page."""
    return _HEAD + "\n".join(_section(name) for name in ["", *sorted(COMMANDS)])


def _section(name: str) -> str:
    title = f"parallel-texts {name}".strip()
    return f"## {title}\n\n```text\n{_help(name)}\n```\n"


def _help(name: str) -> str:
    arguments = [name, "--help"] if name else ["--help"]
    result = CliRunner().invoke(
        cli, arguments, prog_name="parallel-texts", terminal_width=100, catch_exceptions=False
    )
    return "\n".join(line.rstrip() for line in result.output.strip().splitlines())


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(PAGE.read_text("utf-8") != reference())
    PAGE.write_text(reference(), "utf-8")
