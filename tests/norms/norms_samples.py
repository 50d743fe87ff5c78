"""Parties and passages that several tests use."""

from __future__ import annotations

from parallel_texts.model import Authority, Passage

PARTIES = (
    Authority("su", "party", (("zh", ("苏方", "苏联")), ("ru", ("Советская Сторона",)), ("en", ("Soviet Side",)))),
    Authority("cn", "party", (("zh", ("中方", "中国")), ("ru", ("Китайская Сторона",)), ("en", ("Chinese Side",)))),
)  # fmt: skip


def passages(*texts: str, lang: str = "en") -> tuple[Passage, ...]:
    """Return texts as passages of one article each."""
    return tuple(Passage(f"{lang}.a{n}.s1", text, lang, f"a{n}") for n, text in enumerate(texts, 1))
