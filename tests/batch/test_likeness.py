"""Near-duplicates and odd lengths: what stands out is found, what is usual is not."""

from __future__ import annotations

import random

import pytest

from parallel_texts.batch import Outcome
from parallel_texts.batch.kept import work_of
from parallel_texts.batch.lengths import odd_lengths
from parallel_texts.batch.likeness import find_near_duplicates, signatures_of
from parallel_texts.model import Division, Passage, Version

LETTERS = "абвгдежзиклмнопрстуфхцчшщ "


def outcome(work: str, text: str) -> Outcome:
    passage = Passage("ru.s1.s1", text, "ru", "s1")
    division = Division("s1", "section", "1", "", (passage,))
    version = Version(work, "ru", "ru", work, "unreported", "transcription", (division,))
    return Outcome(work, "aligned", signatures=signatures_of(work_of(work, (version,))))


def some_text(seed: int, length: int = 6000) -> str:
    return "".join(random.Random(seed).choices(LETTERS, k=length))


def runs(text: str) -> set[str]:
    text = "".join(text.split())
    return {text[n : n + 5] for n in range(len(text) - 4)}


@pytest.mark.parametrize("share", [0.0, 0.02, 0.05])
def test_drafts_of_a_text_are_found_and_their_likeness_is_near_the_true_one(share: float) -> None:
    text = some_text(1)
    draft = list(text)
    for place in random.Random(2).sample(range(len(draft)), int(share * len(draft) / 2)):
        draft[place] = "Ъ"
    one, two = runs(text), runs("".join(draft).casefold())
    true = len(one & two) / len(one | two)
    (pair,) = find_near_duplicates([outcome("a", text), outcome("b", "".join(draft))])
    assert (pair.first, pair.second, pair.lang) == ("a", "b", "ru")
    assert abs(pair.likeness - true) < 0.1


def test_other_texts_are_no_duplicates() -> None:
    assert find_near_duplicates([outcome(str(n), some_text(n)) for n in range(60)]) == []


def test_many_that_are_alike_are_a_chain_not_all_pairs() -> None:
    found = find_near_duplicates([outcome(f"{n:02}", some_text(1)) for n in range(50)])
    assert len(found) == 49


def test_without_signatures_nothing_is_compared() -> None:
    assert find_near_duplicates([Outcome("a", "alone"), Outcome("b", "failed")]) == []


def of_lengths(work: str, zh: int, en: int) -> Outcome:
    return Outcome(work, "aligned", characters=(("zh", zh), ("en", en)))


def test_half_a_text_and_two_texts_in_one_have_odd_lengths() -> None:
    usual = [of_lengths(str(n), 100 + n, 300 + 2 * n) for n in range(20)]
    found = odd_lengths([*usual, of_lengths("half", 100, 120), of_lengths("double", 100, 700)])
    assert [(odd.work, odd.first, odd.second) for odd in found] == [
        ("half", "en", "zh"),
        ("double", "en", "zh"),
    ]
    assert found[0].factor == pytest.approx(2.5, abs=0.3)
    assert found[1].factor == pytest.approx(0.43, abs=0.05)


def test_of_few_works_nothing_is_odd() -> None:
    assert odd_lengths([of_lengths("a", 1, 1), of_lengths("b", 1, 900)]) == []
