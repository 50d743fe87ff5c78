from __future__ import annotations

from pathlib import Path

import pytest

from edition_samples import small_alignment, small_corpus, small_work
from parallel_texts.edition import render_site, render_work
from parallel_texts.errors import ParallelTextsError


def build(out, theme):
    work = small_work()
    render_site(small_corpus(work), {work.id: small_alignment(work)}, {}, out, theme=theme)


def test_a_theme_adds_style_replaces_a_template_and_brings_files(tmp_path):
    theme = tmp_path / "theme"
    theme.mkdir()
    (theme / "theme.css").write_text(":root { --rubric: teal; }")
    (theme / "_entries.html").write_text("<p>Ours: {{ work.id }} {{ '<b>' }}</p>")
    (theme / "seal.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    build(tmp_path / "site", theme)
    style = (tmp_path / "site" / "edition.css").read_text()
    assert style.rstrip().endswith(":root { --rubric: teal; }")
    assert "--serif" in style
    assert "<p>Ours: chita-1955 &lt;b&gt;</p>" in (tmp_path / "site" / "chita-1955.html").read_text(
        "utf-8"
    )
    assert (tmp_path / "site" / "seal.svg").exists()


def test_a_changed_theme_template_makes_pages_new(tmp_path):
    theme = tmp_path / "theme"
    theme.mkdir()
    for words in ("first", "second"):
        (theme / "_entries.html").write_text(f"<p>{words}</p>")
        build(tmp_path / "site", theme)
        assert f"<p>{words}</p>" in (tmp_path / "site" / "chita-1955.html").read_text("utf-8")


def test_a_theme_that_is_not_there_is_named(tmp_path):
    work = small_work()
    with pytest.raises(ParallelTextsError, match="no theme folder"):
        render_work(small_corpus(work), work, small_alignment(work), theme=tmp_path / "none")


def test_style_cannot_end_its_own_element(tmp_path):
    (tmp_path / "theme.css").write_text("/* </style><script>x</script> */")
    work = small_work()
    page = render_work(small_corpus(work), work, small_alignment(work), theme=tmp_path)
    assert "</style><script>x" not in page


def test_the_example_theme_works(tmp_path):
    folder = Path(__file__).parents[2] / "examples" / "theme"
    build(tmp_path / "site", folder)
    assert "Department of History" in (tmp_path / "site" / "index.html").read_text("utf-8")
    assert "--party: #7a3e00" in (tmp_path / "site" / "edition.css").read_text()
