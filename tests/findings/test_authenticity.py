from parallel_texts.findings import flag
from parallel_texts.model import Authority, Version, Witness, Work
from parallel_texts.tables import alignment_of

PARTIES = (
    Authority("cn", "party", (("en", ("China",)),), facts=(("language", "zh"),)),
    Authority("su", "party", (("en", ("the USSR",)),), facts=(("language", "ru"),)),
)
TABLE = alignment_of([("l1", 1, {"zh": "双方同意。", "ru": "Стороны согласны."})])


def work(*standings: tuple[str, str], witnesses: tuple[Witness, ...] = ()) -> Work:
    versions = tuple(
        Version("w", lang, lang, "", standing, "reconstruction", ()) for lang, standing in standings
    )
    return Work("w", "agreement", (), versions, parties=("cn", "su"), witnesses=witnesses)


def codes(of: Work | None, table=TABLE) -> list[str]:
    return [f.code for f in flag(table, parties=PARTIES, work=of, select=["A"])]


def test_a301_one_authentic_text() -> None:
    only_russian = work(
        ("ru", "authentic"),
        ("zh", "editorial-translation"),
        witnesses=(Witness("zh", "authentic", issued=False),),
    )
    (found,) = flag(TABLE, parties=PARTIES, work=only_russian, select=["A"])
    assert found.code == "A301"
    assert (
        found.message
        == "Issued in Russian only: China has no authentic text in its own language, Chinese."
    )


def test_no_finding_where_both_are_authentic() -> None:
    assert codes(work(("ru", "authentic"), ("zh", "authentic"))) == []


def test_a302_none_is_declared() -> None:
    assert codes(work(("ru", "unreported"), ("zh", "unreported"))) == ["A302"]


def test_a302_not_all_are_declared() -> None:
    assert codes(work(("ru", "authentic"), ("zh", "official-translation"))) == ["A301", "A302"]


def test_what_the_text_says_counts() -> None:
    equal = alignment_of([("9", 1, {
        "zh": "本协定一式两份，每份均用中文和俄文写成，两种文本具有同等效力。",
        "ru": "Совершено в двух экземплярах, каждый на китайском и русском языках, причём оба текста имеют одинаковую силу.",
        "en": "Done in two copies, each in the Chinese and Russian languages, both texts being equally authentic.",
    })])  # fmt: skip
    assert codes(None, equal) == []
    undeclared = alignment_of(
        [("9", 1, {"en": "Done in two copies, each in the Chinese and Russian languages."})]
    )
    assert codes(None, undeclared) == ["A302"]
    one = alignment_of([("9", 1, {"en": "Done in two copies in the Russian language."})])
    assert codes(None, one) == ["A301"]
