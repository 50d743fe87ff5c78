from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallel_texts.errors import ParseError
from parallel_texts.model import Alignment
from parallel_texts.tables import alignment_of, read_tables


def read(tmp_path: Path, text: str, name: str = "t.tsv") -> Alignment:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    (alignment,) = read_tables(path)
    return alignment


def test_columns_by_name_in_any_order(tmp_path: Path) -> None:
    table = read(tmp_path, "note\ten\tid\tzh-Hans\nx\tOne\ta\t一\n")
    assert table.languages == ("zh", "en")
    assert [link.id for link in table] == ["a"]
    assert table.text(table.links[0], "zh") == "一"


def test_rows_without_id_are_numbered(tmp_path: Path) -> None:
    assert [link.id for link in read(tmp_path, "zh\ten\n一\tOne\n二\tTwo\n")] == ["1", "2"]


def test_quotation_marks_are_text_in_tsv(tmp_path: Path) -> None:
    table = read(tmp_path, 'ru\ten\n"Сторона" значит\t"Party" means\n')
    assert table.text(table.links[0], "en") == '"Party" means'


def test_quoted_cells_of_spreadsheets(tmp_path: Path) -> None:
    table = read(tmp_path, 'ru\ten\n"Он сказал ""да"""\t"two\nlines"\n')
    assert table.text(table.links[0], "ru") == 'Он сказал "да"'
    assert "lines" in table.text(table.links[0], "en")


def test_csv_with_semicolons_and_byte_order_mark(tmp_path: Path) -> None:
    table = read(tmp_path, "\ufeffid;ru;en\n1;Да;Yes\n", "t.csv")
    assert table.languages == ("ru", "en")


def test_empty_cells_are_omissions(tmp_path: Path) -> None:
    table = read(tmp_path, "zh\ten\n一\t\n二\tTwo\n")
    assert table.links[0].missing == ("en",)


def test_no_language_column_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match="name columns zh, ru or en"):
        read(tmp_path, "a\tb\n1\t2\n")


def test_too_many_cells_are_refused_with_the_line(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match=r"t\.tsv:3"):
        read(tmp_path, "zh\ten\n一\tOne\n二\tTwo\tThree\n")


def test_long_tables_stream_in_parts(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_text("zh\ten\n" + "一\tOne\n" * 25, "utf-8")
    assert [len(part) for part in read_tables(path, chunk=10)] == [10, 10, 5]


@given(
    st.lists(
        st.tuples(*[st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)] * 2),
        min_size=1,
    )
)
def test_plain_cells_come_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    rows = [row for row in rows if not any(c.startswith('"') for c in row)]
    path = tmp_path_factory.mktemp("t") / "t.tsv"
    path.write_text("zh\ten\n" + "".join(f"{a}\t{b}\n" for a, b in rows), "utf-8")
    found = [(p.text(link, "zh"), p.text(link, "en")) for p in read_tables(path) for link in p]
    assert found == rows


def test_an_id_that_comes_again_is_told_apart() -> None:
    rows = [("a", 2, {"en": "One."}), ("a", 3, {"en": "Two."}), ("b", 4, {"en": "Three."})]
    alignment = alignment_of(rows)
    assert [link.id for link in alignment] == ["a", "a.2", "b"]
    assert [p.id for p in alignment.passages[0]] == ["en.a", "en.a.2", "en.b"]
