"""What a shell is offered: works of the corpus at hand, codes of findings."""

import pytest
from click.shell_completion import ShellComplete

from parallel_texts.cli import cli


def offered(words, incomplete):
    complete = ShellComplete(cli, {}, "parallel-texts", "_PARALLEL_TEXTS_COMPLETE")
    return complete.get_completions(words, incomplete)


@pytest.mark.parametrize(
    "words",
    [["show"], ["align"], ["flag"], ["export"], ["merge"], ["add"], ["edition"], ["norms"],
     ["balance"], ["review"], ["search", "x", "--work"]],
)  # fmt: skip
def test_works_are_completed(words, corpora):
    found = offered([*words, *(["--corpus", str(corpora)] if words[-1] != "--work" else [])], "chi")
    assert "chita-1955" in [item.value for item in found]


def test_files_are_completed_where_no_work_begins_so(corpora):
    assert [item.type for item in offered(["flag"], "no-such")] == ["file"]
    assert [item.type for item in offered(["show", "--corpus", "/nowhere"], "chi")] == ["file"]


def test_codes_are_completed():
    values = [item.value for item in offered(["flag", "x", "--select"], "V101,p20")]
    assert values[:2] == ["V101,P201", "V101,P202"]
    assert "V102" in [item.value for item in offered(["search", "x", "--finding"], "v1")]
