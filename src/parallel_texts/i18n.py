"""Interface languages: gettext catalogues in ``locales/DOMAIN.LANG.po``, kept with polib."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files

from parallel_texts.errors import ParallelTextsError

__all__ = ["UI_LANGUAGES", "translator"]

UI_LANGUAGES = ("en", "ru", "zh")


@cache
def translator(domain: str, lang: str) -> Callable[[str], str]:
    """Return a function from an English message to the one in ``lang``.

    Placeholders stay: ``_("{count} passages").format(count=3)``. What a catalogue lacks, or a
    domain without one, stays English.

    Raises:
        ParallelTextsError: ``lang`` is not one of :data:`UI_LANGUAGES`.
    """
    if lang not in UI_LANGUAGES:
        raise ParallelTextsError(
            f"no interface in {lang!r}: choose one of {', '.join(UI_LANGUAGES)}"
        )
    if lang == "en":
        return str
    catalogue = files("parallel_texts") / "locales" / f"{domain}.{lang}.po"
    if not catalogue.is_file():
        return str
    import polib

    entries = polib.pofile(catalogue.read_text("utf-8"))
    table = {entry.msgid: entry.msgstr for entry in entries if entry.msgstr}
    return lambda message: table.get(message, message)
