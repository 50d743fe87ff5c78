"""Norms of single clauses: each construction that the tables name, in the three languages."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallel_texts.languages.deontic import LANGUAGES, find_markers
from parallel_texts.languages.tables import read_table
from parallel_texts.model import Authority, Passage
from parallel_texts.norms import ALL, UNRESOLVED, Norm, norms, norms_of_text
from parallel_texts.norms.taxonomy import Taxonomy, standard_taxonomy

PARTIES = (
    Authority("su", "party", (("zh", ("苏方", "苏联")), ("ru", ("Советская Сторона", "СССР")), ("en", ("Soviet Side", "Soviet Union")))),
    Authority("cn", "party", (("zh", ("中方", "中国")), ("ru", ("Китайская Сторона", "КНР")), ("en", ("Chinese Side", "China")))),
    Authority("cn.beijing", "organ", (("zh", ("北京军区",)), ("ru", ("Пекинский военный округ",)), ("en", ("Beijing Military District",))), part_of="cn"),
)  # fmt: skip


def read(text: str, lang: str) -> tuple[Norm, ...]:
    return norms_of_text(text, lang, PARTIES)


def pairs(text: str, lang: str) -> list[str]:
    return [f"{n.bearer} {n.modality}" for n in read(text, lang)]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        # subjects that carry over
        ("en", "The Soviet Side shall build the quays and shall maintain them.", ["su obligation"] * 2),
        ("ru", "Советская Сторона строит причалы и обязуется содержать их.", ["su obligation"] * 2),
        ("zh", "苏方应修建码头，并应负责维护。", ["su obligation"] * 2),
        # whose duty is told to whom
        ("zh", "双方同意由苏方提供设备。", ["su obligation"]),
        ("zh", "条约要求中方每月报告。", ["cn obligation"]),
        ("en", "The Parties agree that the Soviet Side shall provide the equipment.", ["su obligation"]),
        ("en", "The Treaty requires the Chinese Side to report.", ["cn obligation"]),
        ("ru", "От Китайской Стороны требуется ежемесячный отчёт.", ["cn obligation"]),
        # passives with and without agent
        ("en", "The quays shall be built by the Chinese Side.", ["cn obligation"]),
        ("en", "The quays shall be built in spring.", ["unresolved obligation"]),
        ("ru", "Причалы должны быть построены Китайской Стороной.", ["cn obligation"]),
        ("ru", "Причалы должны быть построены весной.", ["unresolved obligation"]),
        ("ru", "План составляется штабами обеих Сторон.", ["all obligation"]),
        ("zh", "码头应由中方修建。", ["cn obligation"]),
        # duties as nouns
        ("ru", "На Китайскую Сторону возлагается охрана складов.", ["cn obligation"]),
        ("ru", "Китайской Стороне надлежит охранять склады.", ["cn obligation"]),
        ("en", "Responsibility for the guarding of the stores rests with the Chinese Side.", ["cn obligation"]),
        ("en", "It is incumbent upon the Soviet Side to inform the crews.", ["su obligation"]),
        ("zh", "中方有义务保护仓库。", ["cn obligation"]),
        ("zh", "通知的义务由苏方承担。", ["su obligation"]),
        # the same word, another force
        ("zh", "苏方不得不推迟。", ["su obligation"]),
        ("zh", "未经通知，苏方不得降落。", ["su prohibition"]),
        ("ru", "Советская Сторона не может не сообщить об этом.", ["su obligation"]),
        ("ru", "Советская Сторона может не сообщать об этом.", ["su exemption"]),
        ("ru", "Никто не может войти.", ["anyone prohibition"]),
        ("en", "The Soviet Side shall not be required to give notice.", ["su exemption"]),
        ("en", "Neither Party shall conclude such an alliance.", ["all prohibition"]),
        ("zh", "双方均不缔结此种同盟。", ["all prohibition"]),
        # words that look like markers
        ("zh", "中方取得许可，供应充足，适应需要。", []),
        ("zh", "应苏方请求，中方应提供燃料。", ["cn obligation"]),
        ("en", "The meeting of 3 May was useful.", []),
        ("en", "This Agreement shall enter into force on signature.", []),
        ("ru", "Соглашение вступает в силу со дня подписания.", []),
        # organs, roles, plural parties, the other side
        ("zh", "北京军区应报告敌机情报。", ["cn obligation"]),
        ("ru", "Пекинский военный округ докладывает обо всех полётах.", ["cn obligation"]),
        ("en", "You may copy the program.", ["licensee permission"]),
        ("en", "If the Soviet Side so asks, the other Side shall help.", ["cn obligation"]),
        ("en", "The Soviet Side and the Chinese Side shall consult.", ["all obligation"]),
    ],
)  # fmt: skip
def test_bearer_and_modality(lang: str, text: str, expected: list[str]) -> None:
    assert pairs(text, lang) == expected


def test_pronoun_that_may_mean_two_is_unresolved() -> None:
    text = "When the Soviet Side informs the Chinese Side, it shall confirm receipt."
    assert read(text, "en")[0].bearer in ("su", UNRESOLVED)
    text = "The Soviet Side and the Chinese Side met, and if it agrees, it shall pay."
    assert [n.bearer for n in read(text, "en")] == [UNRESOLVED]


@pytest.mark.parametrize(
    ("lang", "text", "notice"),
    [
        ("en", "Soviet aircraft may land without prior notice.", "waived"),
        ("en", "Soviet aircraft may land after giving due notice.", "required"),
        ("en", "Soviet aircraft shall not land without notice.", "required"),
        ("ru", "Советские самолёты могут садиться без предварительного уведомления.", "waived"),
        ("ru", "Советские самолёты не могут садиться без уведомления.", "required"),
        ("zh", "苏联飞机可不经通知降落。", "waived"),
        ("zh", "苏联飞机未经通知不得降落。", "required"),
    ],
)
def test_notice(lang: str, text: str, notice: str) -> None:
    (norm,) = read(text, lang)
    assert norm.value("notice") == notice
    assert norm.action == "land"


def test_exemption_in_the_next_sentence_frees_the_act() -> None:
    right, exemption = norms(
        [
            Passage(
                "1", "Советские самолёты имеют право садиться на аэродромах Китая.", "ru", "a2"
            ),
            Passage("2", "Уведомления для этого не требуется.", "ru", "a2"),
        ],
        PARTIES,
    )
    assert (right.bearer, exemption.bearer) == ("su", "su")
    assert right.value("notice") == exemption.value("notice") == "waived"


def test_all_parties_jointly_each_and_mutually() -> None:
    assert read("Each Party shall pay.", "en")[0].distribution == "each"
    assert read("Both Sides shall pay.", "en")[0].distribution == "joint"
    assert read("The Parties shall inform each other.", "en")[0].distribution == "mutual"
    assert read("双方互相通知。", "zh")[0].bearer == ALL


def test_cost_bearer() -> None:
    (norm,) = read(
        "The Soviet Side shall build the quays at the expense of the Chinese Side.", "en"
    )
    assert (norm.bearer, norm.cost_bearer) == ("su", "cn")
    assert read("Each Party shall bear its own costs.", "en")[0].cost_bearer == "shared"


def test_preambles_and_memoirs_bind_nobody_by_a_bare_verb() -> None:
    text = "Советская Сторона строит аэродромы."
    assert norms([Passage("1", text, "ru", "a1")], PARTIES)
    assert not norms([Passage("1", text, "ru", "pre")], PARTIES)
    assert not norms([Passage("1", text, "ru", "s1")], PARTIES, narrative=True)


def test_spans_point_into_the_passage() -> None:
    text = "It was so agreed. The Chinese Side shall notify the Soviet Side in advance."
    (norm,) = read(text, "en")
    parts = {span.part: text[span.start : span.end] for span in norm.spans}
    assert parts["bearer"] == "The Chinese Side"
    assert parts["marker"] == "shall"
    assert parts["action"] == "notify"
    assert text[norm.start : norm.end] == "The Chinese Side shall notify the Soviet Side in advance"


def test_a_users_actions_come_first(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "actions.tsv"
    path.write_text("action\tfamily\tlang\tregex\nswim\tsport\ten\t\\bswim\\w*\n", "utf-8")
    (norm,) = norms(
        [Passage("1", "The Chinese Side may swim.", "en")],
        PARTIES,
        taxonomy=Taxonomy.read(path),
    )
    assert norm.action == "swim"


def test_every_action_has_labels_in_three_languages() -> None:
    labels = {row["action"] for row in read_table("action_labels")}
    assert labels == {row[0] for row in standard_taxonomy().rows}
    for row in read_table("action_labels"):
        assert all(row[lang] for lang in LANGUAGES)


@given(
    st.text(
        alphabet="应得可不须由 shall may not must, .，。должен может не обязанСтороны双方",
        max_size=60,
    )
)
def test_markers_lie_in_the_text_and_never_overlap(text: str) -> None:
    for lang in LANGUAGES:
        markers = find_markers(text, lang)
        assert all(0 <= m.start < m.end <= len(text) for m in markers)
        assert all(a.end <= b.start for a, b in pairwise(markers))
        assert norms_of_text(text, lang, PARTIES) is not None
