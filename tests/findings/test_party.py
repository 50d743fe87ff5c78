"""Party findings on clauses written for the purpose, each language alone and all together."""

from __future__ import annotations

import pytest

from parallel_texts.findings import flag
from parallel_texts.model import Authority, Finding
from parallel_texts.tables import alignment_of

PARTIES = (
    Authority("su", "party", (("zh", ("苏方", "苏联")), ("ru", ("Советская Сторона", "СССР")), ("en", ("Soviet Side", "Soviet Union")))),
    Authority("cn", "party", (("zh", ("中方", "中国")), ("ru", ("Китайская Сторона", "КНР")), ("en", ("Chinese Side", "China")))),
)  # fmt: skip

LANGUAGES = [("zh",), ("ru",), ("en",), ("zh", "ru", "en")]

FLIGHTS = [
    {
        "zh": "苏联飞机可不经通知进入中国领空并在中国机场降落。",
        "ru": "Советские самолёты могут без уведомления входить в воздушное пространство Китая и садиться на китайские аэродромы.",
        "en": "Soviet aircraft may enter Chinese airspace and land at Chinese airfields without notice.",
    },
    {
        "zh": "中国飞机在本国领空飞行或进入苏联领空，必须事先通知。",
        "ru": "Китайские самолёты при полётах над своей территорией или при входе в советское воздушное пространство обязаны уведомлять заранее.",
        "en": "Chinese aircraft flying at home or into Soviet airspace must notify in advance.",
    },
]


def party_findings(rows: list[dict[str, str]], languages: tuple[str, ...]) -> tuple[Finding, ...]:
    cells = [(str(n), n, {lang: row[lang] for lang in languages}) for n, row in enumerate(rows, 1)]
    return flag(alignment_of(cells), parties=PARTIES, select=["P"])


@pytest.mark.parametrize("languages", LANGUAGES, ids="+".join)
def test_notice_of_one_side_is_an_unequal_condition(languages: tuple[str, ...]) -> None:
    found = party_findings(FLIGHTS, languages)
    assert [f.code for f in found] == ["P204"]
    assert found[0].languages == languages
    assert {e.lang for e in found[0].evidence} == set(languages)
    assert len({e.passage for e in found[0].evidence if e.lang == languages[0]}) == 2
