import re
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

import parallel_texts
from parallel_texts.cli import COMMANDS, cli

AVAILABLE = cli.list_commands(click.Context(cli))


def _run(*arguments, **environment):
    command = [sys.executable, "-m", "parallel_texts", *arguments]
    import os

    return subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, **environment}, check=False
    )


def test_version_and_module_entry():
    done = _run("--version")
    assert (done.returncode, done.stdout.strip()) == (
        0,
        f"parallel-texts, version {parallel_texts.__version__}",
    )


@pytest.mark.parametrize("name", AVAILABLE)
def test_every_command_has_help_with_an_example(name):
    result = CliRunner().invoke(cli, [name, "--help"])
    assert result.exit_code == 0, result.output
    assert "Example" in result.output
    assert f"parallel-texts {name}" in result.output


def test_every_command_is_listed_with_its_help():
    result = CliRunner().invoke(cli, ["--help"])
    assert all(name in result.output for name in AVAILABLE)
    assert all(COMMANDS[name].endswith((".", "job.")) for name in AVAILABLE)


def test_errors_end_in_a_message_and_exit_code_1(tmp_path):
    done = _run("build", str(tmp_path / "nothing"), "-o", str(tmp_path / "site"))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "nothing" in done.stderr


def test_a_wrong_option_exits_with_2():
    assert _run("list", "--no-such-option").returncode == 2


def test_no_color_is_respected():
    done = _run("list", NO_COLOR="1", FORCE_COLOR="1")
    assert done.returncode == 0
    assert re.search(r"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9\d)", done.stdout) is None


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shell_completion_script(shell):
    done = _run(_PARALLEL_TEXTS_COMPLETE=f"{shell}_source")
    assert "parallel-texts" in done.stdout


def test_unknown_command_is_named():
    result = CliRunner().invoke(cli, ["no-such-command"])
    assert result.exit_code == 2
    assert "no-such-command" in result.output
