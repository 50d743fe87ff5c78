from pathlib import Path

import pytest

from parallel_texts.errors import ParseError
from parallel_texts.model import Authority
from parallel_texts.parties import format_parties, read_parties
from parallel_texts.party_detection import detect_parties
from parallel_texts.tables import alignment_of


def test_tsv(tmp_path: Path) -> None:
    path = tmp_path / "p.tsv"
    path.write_text("id\tlanguage\tzh\ten\ncn\tzh\t中方|中国\tChinese Side\n", "utf-8")
    (party,) = read_parties(path)
    assert dict(party.names)["zh"] == ("中方", "中国")
    assert dict(party.facts) == {"language": "zh"}
    assert format_parties((party,)) == "id\tzh\ten\ncn\t中方|中国\tChinese Side\n"


def test_toml(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_text(
        '[cn]\nzh = ["中方"]\nlanguage = "zh"\n[cn-md]\nzh = "沈阳军区"\nkind = "organ"\npart_of = "cn"\n',
        "utf-8",
    )
    party, organ = read_parties(path)
    assert (party.kind, organ.kind, organ.part_of) == ("party", "organ", "cn")


def test_a_party_without_name_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.tsv"
    path.write_text("id\tzh\ncn\t\n", "utf-8")
    with pytest.raises(ParseError, match=":2"):
        read_parties(path)


def test_defined_parties_are_joined_across_languages() -> None:
    table = alignment_of([("1", 1, {
        "zh": "苏联（以下简称苏方）和中国（以下简称“中方”）",
        "ru": "СССР (ниже именуемый Советской Стороной) и КНР (именуемая в дальнейшем «Китайская Сторона»)",
        "en": "the USSR (hereinafter called the Soviet Side) and the PRC (hereinafter referred to as “the Chinese Side”)",
    })])  # fmt: skip
    first, second = detect_parties(table)
    assert dict(first.names) == {
        "zh": ("苏方",),
        "ru": ("Советская Сторона",),
        "en": ("Soviet Side",),
    }
    assert dict(second.names) == {
        "zh": ("中方",),
        "ru": ("Китайская Сторона",),
        "en": ("Chinese Side",),
    }


def test_role_nouns_without_definition() -> None:
    table = alignment_of(
        [("1", 1, {"en": "The Buyer pays the Seller. The Seller informs the Buyer."})]
    )
    assert [party.id for party in detect_parties(table)] == ["buyer", "seller"]


def test_no_parties_in_a_declaration() -> None:
    assert detect_parties(alignment_of([("1", 1, {"en": "Everyone has the right to life."})])) == ()


def test_roles_keep_their_kind_in_the_table_to_correct(tmp_path: Path) -> None:
    roles = (
        Authority("council", "role", (("zh", ("理事会",)), ("en", ("Council", "Councils")))),
        Authority("depositary", "role", (("zh", ("保存人",)), ("en", ("Depositary",)))),
    )
    path = tmp_path / "roles.tsv"
    path.write_text(format_parties(roles), "utf-8")
    assert read_parties(path) == roles
