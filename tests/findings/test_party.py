"""Party findings on clauses written for the purpose, each language alone and all together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parallel_texts.findings import flag
from parallel_texts.model import Authority, Finding
from parallel_texts.tables import alignment_of

PARTIES = (
    Authority("su", "party", (("zh", ("苏方", "苏联")), ("ru", ("Советская Сторона", "СССР")), ("en", ("Soviet Side", "Soviet Union")))),
    Authority("cn", "party", (("zh", ("中方", "中国")), ("ru", ("Китайская Сторона", "КНР")), ("en", ("Chinese Side", "China")))),
)  # fmt: skip

LANGUAGES = [("zh",), ("ru",), ("en",), ("zh", "ru", "en")]
Row = dict[str, str]

SOVIET_FLIGHTS = {
    "zh": "苏联飞机可不经通知进入中国领空并在中国机场降落。",
    "ru": "Советские самолёты могут без уведомления входить в воздушное пространство Китая и садиться на китайские аэродромы.",
    "en": "Soviet aircraft may enter Chinese airspace and land at Chinese airfields without notice.",
}
CHINESE_FLIGHTS = {
    "zh": "中国飞机在本国领空飞行或进入苏联领空，必须事先通知。",
    "ru": "Китайские самолёты при полётах над своей территорией или при входе в советское воздушное пространство обязаны уведомлять заранее.",
    "en": "Chinese aircraft flying at home or into Soviet airspace must notify in advance.",
}
ONE_SIDED = {
    "P201": {
        "zh": "苏方有权检查中国仓库。",
        "ru": "Советская Сторона имеет право проверять китайские склады.",
        "en": "The Soviet Side shall have the right to inspect Chinese stores.",
    },
    "P202": {
        "zh": "由中方在东北增建机场。",
        "ru": "На Китайскую Сторону возлагается строительство аэродромов.",
        "en": "Responsibility for the building of airfields rests with the Chinese Side.",
    },
    "P203": {
        "zh": "中方不得将地图转交第三国。",
        "ru": "Китайская Сторона не вправе передавать карты третьим государствам.",
        "en": "The Chinese Side shall not pass maps on to third States.",
    },
    "P205": {
        "zh": "电台的一切费用由中方承担。",
        "ru": "Все расходы по станции несёт Китайская Сторона.",
        "en": "The Chinese Side shall bear all costs of the station.",
    },
    "P206": {
        "zh": "中方应用俄文向苏方报告。",
        "ru": "Китайская Сторона докладывает Советской Стороне на русском языке.",
        "en": "The Chinese Side shall report to the Soviet Side in Russian.",
    },
    "P207": {
        "zh": "供应条件并不平等。",
        "ru": "Условия снабжения неравны.",
        "en": "The terms of supply are unequal.",
    },
}
MUTUAL = [
    {
        "zh": "双方互相通报敌机情报。",
        "ru": "Стороны взаимно информируют друг друга о самолётах противника.",
        "en": "The Parties shall inform each other of enemy aircraft.",
    },
    {
        "zh": "缔约国任何一方均不得缔结反对另一方的同盟。",
        "ru": "Ни одна из Договаривающихся Сторон не заключает союза, направленного против другой Стороны.",
        "en": "Neither Contracting Party shall conclude an alliance directed against the other Party.",
    },
    {
        "zh": "一方如受攻击，另一方即以一切手段给予援助。",
        "ru": "Если одна из Сторон подвергнется нападению, другая Сторона окажет ей помощь.",
        "en": "Should either Party be attacked, the other Party shall render it assistance.",
    },
    {
        "zh": "各方自行承担费用。",
        "ru": "Каждая Сторона несёт свои расходы.",
        "en": "Each Party shall bear its own costs.",
    },
]
MIRRORED = [
    {
        "zh": "苏联飞机可在中国机场降落。",
        "ru": "Советские самолёты могут садиться на китайских аэродромах.",
        "en": "Soviet aircraft may land at Chinese airfields.",
    },
    {
        "zh": "中国飞机可在苏联机场降落。",
        "ru": "Китайские самолёты могут садиться на советских аэродромах.",
        "en": "Chinese aircraft may land at Soviet airfields.",
    },
]


def party_findings(
    rows: list[Row], languages: tuple[str, ...], ui_lang: str = "en"
) -> tuple[Finding, ...]:
    cells = [(str(n), n, {k: row[k] for k in languages}) for n, row in enumerate(rows, 1)]
    return flag(alignment_of(cells), parties=PARTIES, select=["P"], ui_lang=ui_lang)


@pytest.mark.parametrize("languages", LANGUAGES, ids="+".join)
def test_notice_of_one_side_is_an_unequal_condition(languages: tuple[str, ...]) -> None:
    found = party_findings([SOVIET_FLIGHTS, CHINESE_FLIGHTS], languages)
    assert [f.code for f in found] == ["P204"]
    assert found[0].languages == languages
    assert {e.lang for e in found[0].evidence} == set(languages)
    for lang in languages:
        assert len({e.passage for e in found[0].evidence if e.lang == lang}) == 2


@pytest.mark.parametrize("languages", LANGUAGES, ids="+".join)
@pytest.mark.parametrize("code", ONE_SIDED)
def test_what_one_party_alone_has(code: str, languages: tuple[str, ...]) -> None:
    found = party_findings([ONE_SIDED[code]], languages)
    assert code in {f.code for f in found}
    assert next(f for f in found if f.code == code).languages == languages


@pytest.mark.parametrize("languages", LANGUAGES, ids="+".join)
@pytest.mark.parametrize("rows", [[row] for row in MUTUAL] + [MIRRORED, MUTUAL + MIRRORED])
def test_equal_clauses_are_left_alone(rows: list[Row], languages: tuple[str, ...]) -> None:
    assert party_findings(rows, languages) == ()


@pytest.mark.parametrize("languages", LANGUAGES, ids="+".join)
def test_mirror_with_notice_waived_on_one_side(languages: tuple[str, ...]) -> None:
    free = {
        "zh": "苏联飞机可不经通知在中国机场降落。",
        "ru": "Советские самолёты могут без уведомления садиться на китайских аэродромах.",
        "en": "Soviet aircraft may land at Chinese airfields without notice.",
    }
    assert {f.code for f in party_findings([free, MIRRORED[1]], languages)} == {"P204"}


def test_evidence_are_the_words_of_the_passage() -> None:
    rows = [SOVIET_FLIGHTS, CHINESE_FLIGHTS, *ONE_SIDED.values()]
    texts = {f"{lang}.{n}": row[lang] for n, row in enumerate(rows, 1) for lang in row}
    for finding in party_findings(rows, ("zh", "ru", "en")):
        for evidence in finding.evidence:
            assert texts[evidence.passage][evidence.start : evidence.end] == evidence.text


def test_same_words_whichever_party_is_favoured() -> None:
    soviet = party_findings([{"en": "The Soviet Side shall pay the crews."}], ("en",))
    chinese = party_findings([{"en": "The Chinese Side shall pay the crews."}], ("en",))
    swapped = chinese[0].message.replace("Chinese", "?").replace("Soviet", "Chinese")
    assert replace(soviet[0], evidence=()) == replace(
        chinese[0], evidence=(), message=swapped.replace("?", "Soviet")
    )


def test_shares_of_cost_that_differ() -> None:
    row = {"en": "The Soviet Side shall bear 70 per cent and the Chinese Side 30 per cent."}
    assert [f.code for f in party_findings([row], ("en",))] == ["P205"]
    row = {"en": "The Soviet Side shall bear 50 per cent and the Chinese Side 50 per cent."}
    assert party_findings([row], ("en",)) == ()


@pytest.mark.parametrize("ui_lang", ["ru", "zh"])
def test_messages_are_translated(ui_lang: str) -> None:
    rows = [SOVIET_FLIGHTS, CHINESE_FLIGHTS, *ONE_SIDED.values()]
    for finding in party_findings(rows, ("zh", "ru", "en"), ui_lang):
        assert "{" not in finding.message
        assert not any(word in finding.message for word in ("alone", "Unequal", "text itself"))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Reports shall be made in Russian.", ["P206"]),
        ("Reports shall be made in Russian and Chinese.", []),
        ("The Treaty shall be drawn up in Russian.", []),
        ("Correspondence between the Parties shall be in English.", []),
        ("The Parties shall correspond in Russian.", ["P206"]),
    ],
)
def test_language_of_one_party(text: str, codes: list[str]) -> None:
    assert [f.code for f in party_findings([{"en": text}], ("en",))] == codes
