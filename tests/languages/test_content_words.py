import pytest

from parallel_texts.languages.content_words import content_words


@pytest.mark.parametrize(
    ("text", "lang", "words"),
    [
        ("双方应立即通知对方。", "zh", ["双方", "应立即", "通知", "对方"]),
        ("Стороны уведомят друг друга за 30 дней.", "ru", ["стороны", "уведомят", "друг", "друга", "дней"]),
        ("The Parties shall notify each other.", "en", ["parties", "notify"]),
        ("", "en", []),
    ],
)  # fmt: skip
def test_content_words(text: str, lang: str, words: list[str]) -> None:
    found = content_words(text, lang)
    assert [word.text for word in found] == words
    assert all(text[w.start : w.end].lower() == w.text for w in found)
