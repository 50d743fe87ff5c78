import pytest

from parallel_texts.errors import ParallelTextsError
from parallel_texts.findings import CODES, check_codes, flag
from parallel_texts.model import Authority, Finding
from parallel_texts.tables import alignment_of

PARTIES = (
    Authority(
        "cn",
        "party",
        (("zh", ("中方", "中国")), ("ru", ("Китайская Сторона",)), ("en", ("Chinese Side",))),
    ),
    Authority(
        "su",
        "party",
        (("zh", ("苏方", "苏联")), ("ru", ("Советская Сторона",)), ("en", ("Soviet Side",))),
    ),
)


def findings(**cells: str) -> list[Finding]:
    table = alignment_of([("r1", 2, cells)])
    return list(flag(table, parties=PARTIES, select=["V"]))


def codes(**cells: str) -> set[str]:
    return {finding.code for finding in findings(**cells)}


DIFFERENT = [
    ("V102", {"zh": "中方承担百分之三十。", "en": "The Chinese Side shall bear 70 per cent."}),
    ("V102", {"ru": "в течение трёх месяцев", "en": "within three years"}),
    ("V102", {"zh": "（3）任何服务；", "en": "(ii) Any service;"}),
    ("V102", {"ru": "Каждый член имеет два голоса.", "en": "Each member shall have one vote."}),
    ("V103", {"ru": "не позднее конца 1952 года", "en": "by the end of 1953"}),
    ("V103", {"zh": "一九五二年末以前", "ru": "до начала 1952 года"}),
    ("V104", {"zh": "中方应通知苏方。", "en": "The Chinese Side may notify the Soviet Side."}),
    (
        "V104",
        {"ru": "Каждый имеет право на защиту.", "en": "Everyone has the duty to be protected."},
    ),
    (
        "V104",
        {"zh": "缔约方可以退出本条约。", "ru": "Сторона обязана выйти из настоящего Договора."},
    ),
    ("V105", {"zh": "中方应通知苏方。", "en": "The Soviet Side shall notify the Chinese Side."}),
    ("V105", {"zh": "中方承担费用。", "ru": "Расходы несёт Советская Сторона."}),
    ("V106", {"zh": "任何一方不得转让。", "en": "Either Party shall assign."}),
    ("V106", {"ru": "Стороны не несут ответственности.", "en": "The Parties are liable."}),
    ("V107", {"zh": "中方可以进入。", "en": "The Chinese Side may enter without prior notice."}),
    ("V107", {"ru": "Стороны по возможности помогают.", "en": "The Parties shall help."}),
    ("V107", {"zh": "未经对方同意，不得转让。", "ru": "Передача не допускается."}),
    ("V108", {"zh": "会议在莫斯科举行。", "en": "The meeting was held in Warsaw."}),
    ("V108", {"zh": "由周恩来签字。", "en": "Signed by Nie Rongzhen."}),
    ("V108", {"zh": "由周恩来总理签字。", "en": "Signed by Premier Liu Shaoqi."}),
    ("V108", {"zh": "联合国", "en": "International Labour Organization"}),
]


@pytest.mark.parametrize(("code", "cells"), DIFFERENT)
def test_different(code: str, cells: dict[str, str]) -> None:
    assert code in codes(**cells)


THE_SAME = [
    {"zh": "苏方应于1952年底以前移交。", "ru": "Советская Сторона передаст не позднее конца 1952 года.",
     "en": "The Soviet Side shall hand over by the end of 1952."},
    {"zh": "为期二十四个月。", "ru": "сроком на два года", "en": "for two years"},
    {"zh": "任何一方不得缔结联盟。", "ru": "Ни одна из Сторон не заключает союзов.", "en": "Neither Party shall conclude an alliance."},
    {"zh": "中方向苏方供应煤炭。", "ru": "Советской Стороне поставляет уголь Китайская Сторона.",
     "en": "Coal shall be supplied to the Soviet Side by the Chinese Side."},
    {"zh": "双方无须事先通知。", "ru": "Стороны не обязаны уведомлять заранее.", "en": "The Parties need not give prior notice."},
    {"zh": "如发生争议，应协商解决。", "ru": "В случае спора Стороны проводят консультации.", "en": "If a dispute arises, the Parties shall consult."},
    {"zh": "海参崴和旅顺口", "ru": "Владивосток и Порт-Артур", "en": "Vladivostok and Port Arthur"},
    {"zh": "由周恩来签字。", "en": "Signed by Zhou Enlai."},
    {"zh": "联合国的会员国", "ru": "Члены Организации", "en": "Members of the United Nations"},
    {"zh": "（丙）三年", "ru": "с) три года", "en": "(c) three years"},
    {"zh": "（3）任何服务；", "ru": "iii) служба;", "en": "(iii) any service;"},
]  # fmt: skip


@pytest.mark.parametrize("cells", THE_SAME)
def test_the_same(cells: dict[str, str]) -> None:
    assert codes(**cells) == set()


def test_v101_a_cell_that_is_empty() -> None:
    rows = [("1", 2, {"zh": "双方同意。", "ru": ""}), ("2", 3, {"zh": "完。", "ru": "Всё."})]
    (found,) = flag(alignment_of(rows))
    assert (found.code, found.unit, [e.lang for e in found.evidence]) == ("V101", "1", ["zh"])


def test_duty_without_a_modal_word_is_no_difference() -> None:
    assert "V104" not in codes(
        ru="Китайская Сторона уведомляет Советскую.", en="The Chinese Side shall notify the Soviet."
    )


def test_a_dropped_sentence_is_content_without_counterpart() -> None:
    full = "The commission shall meet once a year. Its decisions shall be recorded in writing and sent to the Governments."
    found = findings(en=full, ru="Комиссия собирается раз в год.")
    (missing,) = [f for f in found if f.code == "V110"]
    assert "recorded in writing" in missing.message
    assert (
        codes(
            en=full,
            ru="Комиссия собирается один раз в год. Её решения оформляются письменно и направляются Правительствам.",
        )
        == set()
    )


def test_glossary_terms_have_to_be_used() -> None:
    term = Authority("annex", "term", (("zh", ("附件",)), ("en", ("annex",))))
    table = alignment_of(
        [
            ("1", 2, {"zh": "见附件。", "en": "See the schedule."}),
            ("2", 3, {"zh": "见附件。", "en": "See the annexes."}),
        ]
    )
    assert [f.unit for f in flag(table, select=["V109"], glossary=[term])] == ["1"]


def test_evidence_is_quoted_in_each_language() -> None:
    (found,) = findings(zh="三十日内通知", ru="уведомить в течение 60 дней")
    assert {e.lang: e.text for e in found.evidence} == {"zh": "三十日", "ru": "60 дней"}
    assert found.unit == "r1" and found.rule == "numbers" and 0 < found.confidence <= 1


@pytest.mark.parametrize("ui_lang", ["ru", "zh"])
def test_messages_are_translated(ui_lang: str) -> None:
    table = alignment_of([("1", 2, {"zh": "三十日", "en": "sixty days"})])
    (english,) = flag(table, select=["V102"])
    (translated,) = flag(table, select=["V102"], ui_lang=ui_lang)
    assert translated.message != english.message and "三十日" in translated.message


def test_every_message_has_a_translation() -> None:
    import re
    from pathlib import Path

    import polib

    import parallel_texts

    root = Path(parallel_texts.__file__).parent
    for lang in ("ru", "zh"):
        catalogue = {
            e.msgid: e.msgstr for e in polib.pofile(str(root / "locales" / f"findings.{lang}.po"))
        }
        for path in (root / "findings").glob("*.py"):
            if path.name == "party.py":
                continue
            for template in re.findall(r'"([^"\n]*\{\w+\}[^"\n]*\.)"', path.read_text("utf-8")):
                assert catalogue.get(template), (path.name, template)
                assert set(re.findall(r"\{\w+\}", template)) == set(
                    re.findall(r"\{\w+\}", catalogue[template])
                )


def test_select_and_ignore() -> None:
    table = alignment_of(
        [("1", 2, {"zh": "1955年有三十架", "en": "In 1956 there were forty aircraft"})]
    )
    assert {f.code for f in flag(table, select=["V102"])} == {"V102"}
    assert "V102" not in {f.code for f in flag(table, ignore=["V102"])}


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(ParallelTextsError, match="V999"):
        check_codes(["V999"])
    check_codes(CODES)


def test_a_language_without_the_document_is_not_missing_in_every_row() -> None:
    table = alignment_of(
        [
            ("1", 2, {"zh": "一。", "ru": "Раз.", "en": ""}),
            ("2", 3, {"zh": "二。", "ru": "Два.", "en": ""}),
        ]
    )
    assert not [f for f in flag(table) if f.code == "V101"]


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        ({"ru": "Доклад сделал Ли Фучунь.", "zh": "陈云作了报告。"}, "Ли Фучунь"),
        ({"en": "Li Fu-ch'un made the report.", "zh": "陈云作了报告。"}, "Li Fu-ch'un"),
        (
            {"ru": "Беседу вёл маршал Булганин.", "en": "Marshal Zhukov led the talk."},
            "Булганин",
        ),
    ],
)
def test_v108_finds_unknown_names_by_sound(texts: dict[str, str], name: str) -> None:
    found = flag(alignment_of([("1", 1, texts)]), select=["V108"])
    assert [(f.rule, name in f.message) for f in found] == [("names-by-sound", True)]


@pytest.mark.parametrize(
    "texts",
    [
        {"ru": "Доклад сделал Ли Фучунь.", "en": "The report was made by Li Fu-ch'un."},
        {"ru": "Доклад сделал Ли Фучунь.", "zh": "李富春作了报告。"},
        {"ru": "Беседу вёл маршал Булганин.", "en": "Marshal Bulganin led the talk."},
        {
            "zh": "中文、法文和西班牙文文本同样作准。",
            "en": "The Chinese, French and Spanish texts.",
        },
    ],
)
def test_v108_hears_names_and_leaves_languages_alone(texts: dict[str, str]) -> None:
    assert not flag(alignment_of([("1", 1, texts)]), select=["V108"])


@pytest.mark.parametrize(
    "texts",
    [
        {"zh": "每年三月举行演习。", "en": "Exercises shall be held in March of each year."},
        {"zh": "一年内可以退出。", "ru": "Выход возможен в течение года."},
        {"zh": "二十四小时内", "ru": "в течение суток", "en": "within 24 hours"},
        {
            "zh": "未满十八周岁",
            "ru": "младше восемнадцати лет",
            "en": "under eighteen years of age",
        },
        {"zh": "十四天内", "ru": "в двухнедельный срок", "en": "within a fortnight"},
        {"zh": "十二海里", "ru": "двенадцать миль", "en": "twelve miles"},
        {"zh": "须经过半数同意。", "en": "Requires the consent of a majority."},
        {"zh": "代表十分之一表决权。", "en": "Holding one tenth of the votes."},
        {"zh": "1955年9月签字。", "ru": "Подписано в сентябре."},
        {"zh": "同年9月27日签字。", "en": "Signed on 27 September 1955."},
        {"zh": "费用不得超过三千元。", "en": "The cost shall not exceed 3,000 yuan."},
        {"zh": "着陆须经许可。", "en": "Landing requires permission."},
        {"zh": "九月十二日至二十日举行会议。", "ru": "С 12 по 20 сентября проходили заседания."},
        {"zh": "领馆馆舍不受侵犯。", "en": "The consular premises shall be inviolable."},
        {"zh": "经双方同意，本协定可以修改。", "ru": "Изменения вносятся по согласию Сторон."},
    ],
)
def test_same_things_said_otherwise_are_no_difference(texts: dict[str, str]) -> None:
    found = flag(alignment_of([("1", 1, texts)]), select=["V102", "V103", "V104", "V106"])
    assert not found, [f.message for f in found]


def test_v106_a_denied_right_against_a_right() -> None:
    row = {"zh": "人人无权享受免于失业的保障。", "en": "Everyone has the right to protection."}
    assert [f.code for f in flag(alignment_of([("1", 1, row)]), select=["V106"])] == ["V106"]


def test_russian_messages_name_texts_in_their_case() -> None:
    row = {"zh": "不得进入。", "en": "Aircraft may enter the airspace."}
    (found,) = flag(alignment_of([("1", 1, row)]), select=["V106"], ui_lang="ru")
    assert found.message.startswith("Отрицание есть в китайском тексте, но не в английском тексте")


def test_v107_a_condition_left_out_leaves_a_gap() -> None:
    full = "Ни одна из Сторон не может передавать сведения без письменного согласия другой Стороны."
    english = "Neither Party may pass on the information without the written consent of the other."
    dropped = "Neither Party may pass on the information."
    codes = ["V107"]
    assert not flag(alignment_of([("1", 1, {"ru": full, "en": english})]), select=codes)
    (found,) = flag(alignment_of([("1", 1, {"ru": full, "en": dropped})]), select=codes)
    assert found.rule == "condition-consent"
    paraphrase = {"en": "Matters of weight are reported immediately.", "ru": "О важном сообщают, не тратя времени."}  # fmt: skip
    assert not flag(alignment_of([("1", 1, paraphrase)]), select=codes)
