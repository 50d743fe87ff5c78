"""Files to works, by names, folders, ids and tables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from parallel_texts.batch import Naming, find_jobs
from parallel_texts.errors import ParseError


def put(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", "utf-8")
    return folder


def works(place: Path, **naming: object) -> dict[str, tuple[str, ...]]:
    jobs = find_jobs(place, naming=Naming(**naming))  # type: ignore[arg-type]
    assert [job.id for job in jobs] == sorted(job.id for job in jobs)
    return {job.id: job.languages for job in jobs}


@pytest.mark.parametrize(
    ("names", "work"),
    [
        (("a.zh.txt", "a.ru.docx", "a.en.pdf"), "a"),
        (("a_zh.txt", "a_ru.md", "a_en.html"), "a"),
        (("a-zh.txt", "a-RU.xml", "a-eng.txt"), "a"),
        (("a (zh).txt", "a [ru].txt", "a (en).txt"), "a"),
        (("zh_a.txt", "ru_a.txt", "en_a.txt"), "a"),
        (("a.zh-Hans.txt", "a.ru-RU.txt", "a.en.txt"), "a"),
        (("zh/a.txt", "ru/a.txt", "en/a.docx"), "a"),
        (("zh/1858/a.txt", "russian/1858/a.txt", "English/1858/a.txt"), "1858/a"),
        (("1858/zh/a.txt", "1858/ru/a.txt", "1858/en/a.txt"), "1858/a"),
        (("x/a.zh.txt", "x/a.ru.txt", "x/a.en.txt"), "x/a"),
    ],
)
def test_names_and_folders(tmp_path: Path, names: tuple[str, ...], work: str) -> None:
    assert works(put(tmp_path, *names)) == {work: ("zh", "ru", "en")}


def test_ids_in_file_names(tmp_path: Path) -> None:
    put(tmp_path, "zh/条约 1858-05.txt", "Treaty no. 1858-05 en.pdf", "ru/1858-05 Договор.txt")
    assert works(tmp_path, id=re.compile(r"\d{4}-\d\d")) == {"1858-05": ("zh", "ru", "en")}
    put(tmp_path, "A-61-295_E.pdf", "A-61-295_C.pdf")
    found = works(tmp_path, id=re.compile(r"A-(\d+-\d+)"), aliases={"E": "en", "C": "zh"})
    assert found["61-295"] == ("zh", "en")


def test_other_formats_hidden_files_and_the_results_are_passed_over(tmp_path: Path) -> None:
    put(
        tmp_path,
        "a.zh.txt",
        "scan.jpg",
        ".b.zh.txt",
        "~$a.zh.docx",
        ".git/a.ru.txt",
        "out/a.en.txt",
    )
    jobs = find_jobs(tmp_path, leave_out=tmp_path / "out")
    assert [(job.id, job.languages, job.problem) for job in jobs] == [("a", ("zh",), "")]


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "in/a.zh.txt", "outside/zh/secret.txt")
    (tmp_path / "in" / "linked").symlink_to(tmp_path / "outside")
    (tmp_path / "in" / "b.zh.txt").symlink_to(tmp_path / "outside/zh/secret.txt")
    assert set(works(tmp_path / "in")) == {"a"}


def test_what_cannot_be_paired_is_a_job_with_a_problem(tmp_path: Path) -> None:
    put(tmp_path, "a.zh.txt", "a.zh-Hant.txt", "b.txt")
    a, b = find_jobs(tmp_path)
    assert "two files for one language" in a.problem
    assert "no language in its name" in b.problem


def test_only_the_languages_that_are_asked_for(tmp_path: Path) -> None:
    put(tmp_path, "zh/notes_on.no.txt", "ru/notes_on.no.txt")
    assert works(tmp_path, languages=("zh", "ru")) == {"notes_on.no": ("zh", "ru")}


def test_a_manifest(tmp_path: Path) -> None:
    put(tmp_path, "1.txt", "2.txt", "sub/3.txt")
    table = tmp_path / "list.tsv"
    table.write_text(
        "# from the archive\nid\ttitle\tru\tzh\nb\tB\t1.txt\t2.txt\na\tA\t\tsub/3.txt\n"
    )
    a, b = find_jobs(table)
    assert (a.id, a.texts) == ("a", (("zh", str(tmp_path / "sub/3.txt")),))
    assert (b.id, b.languages, b.size) == ("b", ("zh", "ru"), 2)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("work\tzh\na\tb\n", "names the columns"),
        ("id\ttitle\na\tb\n", "names the columns"),
        ("", "names the columns"),
        ("id\tzh\n../a\tb\n", "no id"),
        ("id\tzh\n/a\tb\n", "no id"),
        ("id\tzh\n\tb\n", "no id"),
        ("id\tzh\na\t1.txt\na\t2.txt\n", "twice"),
        ("id\tzh\na\t../../etc/passwd\n", "leads out"),
        ("id\tzh\na\t/etc/passwd\n", "leads out"),
    ],
)
def test_broken_manifests_name_the_line(tmp_path: Path, rows: str, said: str) -> None:
    table = tmp_path / "list.tsv"
    table.write_text(rows)
    with pytest.raises(ParseError, match=said) as caught:
        find_jobs(table)
    assert caught.value.line or said == "names the columns"


def test_a_symlink_in_a_manifest_cannot_lead_out(tmp_path: Path) -> None:
    put(tmp_path, "secret.txt", "in/x")
    (tmp_path / "in" / "a.txt").symlink_to(tmp_path / "secret.txt")
    table = tmp_path / "in" / "list.tsv"
    table.write_text("id\tzh\na\ta.txt\n")
    with pytest.raises(ParseError, match="leads out"):
        find_jobs(table)
