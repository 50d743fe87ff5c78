"""Messages of findings: sentences with placeholders, in the language of the interface."""

from __future__ import annotations

from collections.abc import Iterable

from parallel_texts.i18n import translator

__all__ = ["join", "language_name", "quoted", "say", "sides", "where"]

_QUOTES = {"zh": "“{}”", "ru": "«{}»", "en": "“{}”"}
_NAMES = {"zh": "Chinese", "ru": "Russian", "en": "English"}
_AND = {"ru": "и", "en": "and"}


def say(template: str, ui_lang: str, **values: object) -> str:
    """Return ``template`` in the interface language with its placeholders filled."""
    return _translate(template, ui_lang).format(**values)


def language_name(lang: str, ui_lang: str) -> str:
    """Return a language's name: Chinese, русский, 中文; the tag itself where it is not known."""
    name = _NAMES.get(lang)
    return _translate(name, ui_lang) if name else lang


def join(items: Iterable[str], ui_lang: str) -> str:
    """Join items of a list as the interface language does: ``Russian and English``."""
    listed = list(items)
    if ui_lang == "zh" or len(listed) < 2:
        return "、".join(listed)
    return f"{', '.join(listed[:-1])} {_AND[ui_lang]} {listed[-1]}"


_RUSSIAN_PLACES = {"zh": "китайском", "ru": "русском", "en": "английском"}


def where(languages: Iterable[str], ui_lang: str) -> str:
    """Name the texts of some languages as a place: ``Chinese and English``, ``в русском тексте``.

    Russian inflects its adjectives, so a template cannot hold the plain name there.
    """
    listed = list(languages)
    if ui_lang != "ru":
        return join((language_name(lang, ui_lang) for lang in listed), ui_lang)
    known = [_RUSSIAN_PLACES.get(lang, lang) for lang in listed]
    return f"в {join(known, ui_lang)} {'тексте' if len(known) == 1 else 'текстах'}"


def quoted(text: str, ui_lang: str, *, limit: int = 60) -> str:
    """Return ``text`` in the quotation marks of the interface language, shortened."""
    words = text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
    return _QUOTES[ui_lang].format(words)


def sides(values: dict[str, str], ui_lang: str) -> str:
    """Return what each language says: ``Chinese: “三十”; English: “seventy”``."""
    colon = {"zh": "：", "ru": " текст: "}.get(ui_lang, ": ")
    parts = (f"{language_name(lang, ui_lang)}{colon}{words}" for lang, words in values.items())
    return ("；" if ui_lang == "zh" else "; ").join(parts)


def _translate(message: str, ui_lang: str) -> str:
    return translator("findings", ui_lang)(message)
