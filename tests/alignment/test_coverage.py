"""Parts of passages without counterpart inside their link."""

from __future__ import annotations

from parallel_texts.alignment import align
from parallel_texts.alignment.coverage import FEATURES, compare_clauses, uncovered

EN = [
    "The Chinese side builds the airfield, and the Soviet side delivers the aircraft.",
    "This Agreement enters into force on the day of signature, and remains valid for ten years.",
    "Aircraft shall not cross the border, unless both Parties have agreed beforehand.",
]
RU = [
    "Китайская сторона строит аэродром, а советская сторона поставляет самолёты.",
    "Настоящее соглашение вступает в силу со дня подписания.",
    "Самолёты не пересекают границу, если обе Стороны не договорились об этом заранее.",
]


def test_a_clause_that_the_other_language_lacks_is_found() -> None:
    found = uncovered(align({"en": EN, "ru": RU}), "en", "ru")
    assert {link: [part.text for part in parts] for link, parts in found.items()} == {
        "l2": ["and remains valid for ten years."]
    }
    part = found["l2"][0]
    assert part.passage.text[part.start : part.end] == part.text
    assert 0.5 <= part.confidence <= 1 and -1 <= part.likeness <= 1


def test_nothing_is_lacking_the_other_way() -> None:
    assert uncovered(align({"en": EN, "ru": RU}), "ru", "en") == {}


def test_the_least_confidence_is_kept_to() -> None:
    alignment = align({"en": EN, "ru": RU})
    everything = uncovered(alignment, "en", "ru", least=0.0)
    assert set(everything) == {"l1", "l2", "l3"}
    assert uncovered(alignment, "en", "ru", least=1.0) == {}


def test_links_without_a_second_clause_or_a_second_side_are_passed_over() -> None:
    alignment = align({"en": [*EN, "Done."], "ru": RU})
    compared = compare_clauses(alignment, "en", "ru")
    assert [len(one.clauses) for one in compared] == [2, 2, 2]
    assert all(one.features.shape == (2, len(FEATURES)) for one in compared)


def test_texts_without_links_lack_nothing() -> None:
    assert uncovered(align({"en": [], "ru": RU}), "en", "ru") == {}
