from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallel_texts.errors import ParseError
from parallel_texts.languages.ordinals import article_number
from parallel_texts.plain import divide, read_lines, read_plain


def _shape(text, lang):
    return [(d.id, d.head, [p.text for p in d.passages]) for d in divide(text, lang)]


def test_headings_divide_in_three_languages():
    assert _shape(
        "双方议定：\n\n第一条　通报\n双方互相通报。每日一次。\n第十二条 生效即日。", "zh"
    ) == [
        ("pre", "", ["双方议定："]),
        ("a1", "第一条　通报", ["双方互相通报。", "每日一次。"]),
        ("a12", "", ["生效即日。"]),
    ]
    assert _shape("Статья 1. Связь\nСвязь постоянна.\n\nСтатья II\nОна дуплексная.", "ru") == [
        ("a1", "Статья 1. Связь", ["Связь постоянна."]),
        ("a2", "Статья II", ["Она дуплексная."]),
    ]
    assert _shape(
        "Article IV\n\nIt applies.\n\nDone at Chita, 1955.\nFor the Soviet Side", "en"
    ) == [
        ("a4", "Article IV", ["It applies."]),
        ("closing", "", ["Done at Chita, 1955.", "For the Soviet Side"]),
    ]


def test_wrapped_lines_are_joined_and_hyphens_mended():
    text = (
        "Each Party shall notify the other of every flight across the border not\n"
        "later than two hours before take-off, and the notice shall be in writ-\n"
        "ing. Nothing else is required of either Party under the present article\n"
        "of the Agreement."
    )
    assert [p.text for p in divide(text, "en")[0].passages] == [
        "Each Party shall notify the other of every flight across the border not later than two "
        "hours before take-off, and the notice shall be in writing.",
        "Nothing else is required of either Party under the present article of the Agreement.",
    ]


def test_page_numbers_and_running_heads_are_no_text():
    page = "JOINT AIR DEFENCE AGREEMENT {n}\n\nThe text of page {n} goes on and on here\nto its end.\n\n- {n} -\n"
    text = "\n".join(page.format(n=n) for n in range(1, 5))
    assert [p.text for d in divide(text, "en") for p in d.passages] == [
        f"The text of page {n} goes on and on here to its end." for n in range(1, 5)
    ]


def test_a_sentence_runs_over_a_page_break():
    text = "The aircraft may land at any airfield of the other Party\n- 2 -\nwithout notice being given in advance by the one that\nsends them."
    assert len(divide(text, "en")[0].passages) == 1


def test_lines_are_passages_and_empty_ones_count():
    division = read_lines("one\n\nthree\u2028still three\n", "en")
    assert [(p.id, p.text) for p in division.passages] == [
        ("en.1", "one"),
        ("en.2", ""),
        ("en.3", "three\u2028still three"),
    ]


def test_a_repeated_article_number_keeps_ids_unique():
    divisions = divide("Article 1\nOne.\nArticle 1\nTwo.", "en")
    assert len({p.id for d in divisions for p in d.passages}) == 2


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3),
        ("XIX", 19),
        ("二十", 20),
        ("一百零五", 105),
        ("二〇", 20),
        ("十一", 11),
        ("", None),
        ("Q", None),
    ],
)
def test_article_numbers(text, number):
    assert article_number(text) == number


def test_files_that_cannot_be_read(tmp_path: Path):
    bad = tmp_path / "bad.txt"
    bad.write_bytes("первая\n".encode() + "вторая".encode("cp1251"))
    with pytest.raises(ParseError, match=r"bad\.txt:2: not UTF-8"):
        read_plain(bad, "ru")
    with pytest.raises(ParseError, match="cannot read"):
        read_plain(tmp_path / "none.txt", "ru")


@given(st.text(alphabet="Аб Cd.\n第一条　Статья 12Article-:", max_size=120))
@pytest.mark.parametrize("lang", ["zh", "ru", "en"])
def test_any_text_divides_with_unique_ids(lang, text):
    passages = [p for d in divide(text, lang) for p in d.passages]
    assert len({p.id for p in passages}) == len(passages)
    assert all(p.text for p in passages)


def test_soft_hyphens_at_line_ends_are_mended():
    text = (
        "Каждая Сторона уведомляет другую о каждом полёте военных самолё\u00ad\n"
        "тов вблизи границы не позднее чем за два часа до взлёта и о при\u2010\n"
        "землении их на аэродромах другой Стороны без промедления.\n"
    )
    assert [p.text for d in divide(text, "ru") for p in d.passages] == [
        "Каждая Сторона уведомляет другую о каждом полёте военных самолётов вблизи границы не "
        "позднее чем за два часа до взлёта и о приземлении их на аэродромах другой Стороны без "
        "промедления."
    ]
