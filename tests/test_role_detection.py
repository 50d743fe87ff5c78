from __future__ import annotations

import pytest

from parallel_texts.findings import flag
from parallel_texts.model import Alignment
from parallel_texts.role_detection import detect_roles
from parallel_texts.tables import alignment_of

ROWS = [
    ("理事会应每年举行会议。", "Совет собирается ежегодно.", "The Council shall meet every year."),
    ("理事会得设立辅助机关。", "Совет может учреждать вспомогательные органы.", "The Council may set up subsidiary bodies."),
    ("预算由秘书长提交理事会。", "Бюджет представляется Совету Генеральным секретарём.", "The budget shall be submitted to the Council by the Secretary-General."),
    ("秘书长任期五年。", "Генеральный секретарь назначается на пять лет.", "The Secretary-General shall be appointed for five years."),
    ("秘书长应保存档案。", "Генеральный секретарь хранит архивы.", "The Secretary-General shall keep the archives."),
    ("缔约国应缴纳会费。", "Государства-участники уплачивают взносы.", "The States Parties shall pay contributions."),
    ("缔约国应通知秘书长。", "Государства-участники уведомляют Генерального секретаря.", "The States Parties shall notify the Secretary-General."),
    ("任何缔约国得退出本公约。", "Любое государство-участник может выйти из Конвенции.", "Any State Party may withdraw from this Convention."),
]  # fmt: skip


def table(rows: list[tuple[str, str, str]], languages: str = "zh ru en") -> Alignment:
    cells = [dict(zip(("zh", "ru", "en"), row, strict=True)) for row in rows]
    chosen = languages.split()
    return alignment_of(
        [(str(n), n, {lang: row[lang] for lang in chosen}) for n, row in enumerate(cells)]
    )


def test_roles_are_joined_by_the_rows_they_stand_in() -> None:
    roles = {role.id: dict(role.names) for role in detect_roles(table(ROWS))}
    assert roles["secretary-general"]["zh"] == ("秘书长",)
    assert roles["secretary-general"]["ru"] == ("Генеральный секретарь",)
    assert roles["council"]["zh"] == ("理事会",)
    assert roles["state-party"]["en"] == ("State Party", "States Parties")
    assert roles["state-party"]["ru"] == ("Государство-участник",)


def test_two_languages_without_english() -> None:
    names = {role.name("ru"): role.name("zh") for role in detect_roles(table(ROWS, "zh ru"))}
    assert names["Генеральный секретарь"] == "秘书长"


@pytest.mark.parametrize(
    "row",
    [
        (ROWS[4][0], ROWS[4][1], "The Council shall keep the archives."),
        (ROWS[4][0], "Совет хранит архивы.", ROWS[4][2]),
        ("理事会应保存档案。", ROWS[4][1], ROWS[4][2]),
        (ROWS[6][0], ROWS[6][1], "The Secretary-General shall notify the States Parties."),
    ],
)
def test_v105_finds_roles_exchanged(row: tuple[str, str, str]) -> None:
    roles = detect_roles(table(ROWS))
    assert not flag(table(ROWS), parties=roles, select=["V105"])
    found = flag(table([*ROWS, row]), parties=roles, select=["V105"])
    assert [f.unit for f in found] == [str(len(ROWS))]


def test_a_text_without_roles() -> None:
    assert (
        detect_roles(table([("人人有权。", "Каждый имеет право.", "Everyone has rights.")])) == ()
    )
