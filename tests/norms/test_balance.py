"""Balances, their rows, chart, CSV and what changes between versions."""

from __future__ import annotations

import csv
import io

from lxml import etree
from norms_samples import PARTIES, passages

from parallel_texts.model import Alignment, Link
from parallel_texts.norms import balance, norms
from parallel_texts.norms.chart import balance_svg
from parallel_texts.norms.summary import summary_rows
from parallel_texts.norms.table import COLUMNS, as_csv
from parallel_texts.norms.versions import changes

CHITA = (
    "Soviet aircraft may land at Chinese airfields without notice.",
    "Chinese aircraft flying into Soviet airspace shall notify the Soviet Side in advance.",
    "The Chinese Side shall build airfields.",
    "The Parties shall consult each other.",
)


def test_items_say_what_each_action_comes_to() -> None:
    found = balance(norms(passages(*CHITA), PARTIES), PARTIES)
    assert [(i.status, i.code) for i in found.items] == [
        ("unequal", "P204"),
        ("one-sided", "P202"),
        ("mutual", ""),
    ]
    assert found.parties == ("su", "cn")


def test_mirrors_need_a_like_object() -> None:
    texts = (
        "The Soviet Side shall supply fuel.",
        "The Chinese Side shall supply warm clothing and boots.",
    )
    found = balance(norms(passages(*texts), PARTIES), PARTIES)
    assert [i.status for i in found.items] == ["one-sided", "one-sided"]


def test_wording_mirrors_where_no_class_fits() -> None:
    texts = (
        "The Soviet Side shall honour the graves of Chinese soldiers.",
        "The Chinese Side shall honour the graves of Soviet soldiers.",
    )
    assert [i.status for i in balance(norms(passages(*texts), PARTIES), PARTIES).items] == [
        "mirrored"
    ]


def test_a_norm_of_all_covers_that_of_one() -> None:
    texts = (
        "Each Party shall inform the other Party of accidents.",
        "The Chinese Side shall inform the Soviet Side of accidents.",
    )
    found = balance(norms(passages(*texts), PARTIES), PARTIES)
    assert not [i for i in found.items if i.code]


def test_rows_count_what_each_party_has() -> None:
    rows = {
        row.action: row for row in summary_rows(balance(norms(passages(*CHITA), PARTIES), PARTIES))
    }
    su, cn = rows["land"].cells
    assert (su.count("right"), cn.count("right")) == (1, 0)
    assert ("notice", "waived") in su.conditions
    assert rows["build"].codes == ("P202",)
    assert rows["consult"].shared.count("duty") == 1


def test_chart_is_well_formed_and_speaks() -> None:
    found = balance(norms(passages(*CHITA), PARTIES), PARTIES)
    for ui_lang in ("en", "ru", "zh"):
        root = etree.fromstring(balance_svg(found, names={"su": "A & B"}, ui_lang=ui_lang))
        assert root.get("role") == "img"
        title, desc = root[0], root[1]
        assert title.text and desc.text and "A & B" in desc.text
        assert "http" not in etree.tostring(root[2]).decode().replace("www.w3.org", "").replace(
            "http://", ""
        )


def test_chart_of_an_empty_balance_and_of_three_parties() -> None:
    assert "<svg" in balance_svg(balance(()))
    texts = ("The Licensor shall pay.", "The Buyer shall pay taxes.", "The Tenant may leave.")
    found = balance(norms(passages(*texts)))
    assert len(found.parties) == 3
    etree.fromstring(balance_svg(found))


def test_csv_has_the_documented_columns() -> None:
    source = passages(*CHITA)
    rows = list(csv.DictReader(io.StringIO(as_csv(norms(source, PARTIES), source))))
    assert tuple(rows[0]) == COLUMNS
    assert (rows[0]["notice"], rows[0]["hohfeld"], rows[0]["atop"]) == (
        "waived",
        "privilege",
        "BASE",
    )
    assert rows[0]["text"] in CHITA[0]


def test_versions_that_differ() -> None:
    en = passages(
        "The Chinese Side shall build airfields.", "The Soviet Side may inspect the stores."
    )
    ru = passages(
        "Советская Сторона строит аэродромы.",
        "Советская Сторона может проверять склады.",
        lang="ru",
    )
    links = tuple(Link(f"l{n}", ("ru", "en"), ((n,), (n,))) for n in range(2))
    alignment = Alignment(("ru", "en"), (ru, en), links)
    found = [*changes(alignment, [*norms(ru, PARTIES), *norms(en, PARTIES)])]
    assert [(c.code, c.link) for c in found] == [("V105", "l0")]
