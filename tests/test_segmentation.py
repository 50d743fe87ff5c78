from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallel_texts.segmentation import clauses, explain, segment

MARKED = Path(__file__).parent.parent / "bench" / "segmentation"

CASES = [
    # Expected breaks are written into the strings with |.
    ("zh", "双方同意下列各条。|本协定立即生效！|为什么？|没有回答。"),
    ("zh", "他说：“和平不可分割。战争也不可分割。”|会议结束。"),
    ("zh", "「何时签字？」他问道。|无人回答。"),
    ("zh", "（见附件。附件另发。）|第二款照旧。"),
    ("zh", "通报下列事项：（一）数量；|（二）航向；|（三）高度。|每日一次。"),
    ("zh", "误差不超过2.5毫米；遇有必要，另行商定。|费用为3.5万卢布。"),
    ("zh", "他沉默了很久……然后签了字。|此事作罢。"),
    ("ru", "Подписано в г. Чите в 1955 г. в двух экземплярах.|Вступает в силу немедленно."),
    ("ru", "Согласно ст. 3, п. 2 и прил. № 4.|Далее см. стр. 7."),
    ("ru", "Срок, т. е. два часа, соблюдается.|Карты, схемы и т. д.|Прочее не передаётся."),
    ("ru", "Мысль В. М. Молотова повторялась.|Длина 5 м.|Ширина 3 м."),
    ("en", "The letter is from R. Ya. Malinovsky.|It was answered."),
    ("ru", "Министр Н. А. Булганин ответил.|Беседа окончена."),
    ("ru", "«Где текст?» — спросил он.|«Его нет».|Все молчали."),
    ("ru", "Сообщаются: а) число;|б) высота;|в) курс.|Язык — русский."),
    ("ru", "1. Стороны сообщают.|2. Стороны проверяют."),
    ("ru", "Высота 1.5 км, курс 270.|Видимость 10 км."),
    ("ru", "Об этом молчат…|Далее неясно... но понятно."),
    ("en", "See Art. 3, para. 2 and No. 5.|It applies."),
    ("en", "Gen. Chen and Mr. N. S. Khrushchev met.|They talked, i.e. argued."),
    ("en", "The Air Force, etc. shall report.|Fuel, food, etc.|The rest is free."),
    ("en", "(a) the number;|(b) the course;|(c) the height.|All in Russian."),
    ("en", '"Where is it?" he asked.|Silence...|Then noise.'),
    ("en", "At 6 a.m. on 27 Sept. 1955 they signed.|It cost 1.5 million."),
    ("en", "No. 5 is missing.|No.|Nobody knew."),
]


def _split(marked: str, lang: str) -> tuple[str, list[str]]:
    return marked.replace("|", "" if lang == "zh" else " "), marked.split("|")


@pytest.mark.parametrize(("lang", "marked"), CASES)
def test_breaks_where_the_bar_stands(lang, marked):
    text, expected = _split(marked, lang)
    assert [s.text for s in segment(text, lang)] == expected


@pytest.mark.parametrize("lang", ["zh", "ru", "en"])
def test_marked_file_is_split_as_marked(lang):
    lines = (MARKED / f"{lang}.txt").read_text("utf-8").splitlines()
    for marked in lines[1:]:
        text, expected = _split(marked, lang)
        assert [s.text for s in segment(text, lang)] == expected


def test_an_empty_line_ends_a_sentence_and_a_line_end_does_not():
    text = "A title\n\nOne sentence\nover two lines. And another."
    assert [s.text for s in segment(text, "en")] == [
        "A title",
        "One sentence\nover two lines.",
        "And another.",
    ]


def test_explain_names_the_rule():
    rules = [rule for _, rule in explain("See p. 3; (a) one; (b) two etc. Then three.", "en")]
    assert rules == ["list_item", "list_item", "abbreviation", "at_end"]


def test_clauses_keep_numbers_whole():
    text = "Map scale 1:50,000, error 2,5 mm; copies: two."
    assert [c.text for c in clauses(text, "en")] == [
        "Map scale 1:50,000,",
        "error 2,5 mm;",
        "copies:",
        "two.",
    ]


@given(st.text(alphabet='АбвгAbc 1.2!?…。！？；;（）()“”«»"‘’a)\n、，,第三条г.т.е', max_size=80))
@pytest.mark.parametrize("lang", ["zh", "ru", "en", "de"])
def test_offsets_hold_and_nothing_is_lost(lang, text):
    for splitter in (segment, clauses):
        parts = splitter(text, lang)
        assert all(text[p.start : p.end] == p.text == p.text.strip() for p in parts)
        assert all(a.end <= b.start for a, b in pairwise(parts))
        assert "".join("".join(p.text.split()) for p in parts) == "".join(text.split())
