"""Templates, stylesheet and scripts, the package's own or replaced by a theme folder."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined
from markupsafe import Markup

from parallel_texts.edition.fingerprints import fingerprint
from parallel_texts.edition.markup import shown
from parallel_texts.errors import ParallelTextsError
from parallel_texts.i18n import translator

__all__ = ["ASSETS", "asset", "assets", "environment", "sources_key", "theme_files"]

ASSETS = ("edition.css", "edition.js", "search.js")
_EXTRA = "theme.css"


@cache
def environment(ui_lang: str, theme: Path | None = None) -> Environment:
    """Return the Jinja environment: autoescape on, control characters shown, theme first.

    Raises:
        ParallelTextsError: The theme folder does not exist.
    """
    loaders = [PackageLoader("parallel_texts.edition", "templates")]
    found = [FileSystemLoader(_folder(theme))] if theme else []
    env = Environment(
        loader=ChoiceLoader([*found, *loaders]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals["_"] = translator("edition", ui_lang)
    return env


def _folder(theme: Path) -> Path:
    if not theme.is_dir():
        raise ParallelTextsError(f"{theme}: no theme folder: give one with templates or theme.css")
    return theme


def _finalize(value: object) -> object:
    plain = isinstance(value, str) and not isinstance(value, Markup)
    return shown(str(value)) if plain else value


def asset(name: str, theme: Path | None = None) -> str:
    """Return the text of a stylesheet or script; ``theme.css`` is added after ``edition.css``."""
    own = theme / name if theme else None
    if own and own.is_file():
        text = own.read_text("utf-8")
    else:
        text = (files("parallel_texts.edition") / "assets" / name).read_text("utf-8")
    extra = theme / _EXTRA if theme else None
    if name == "edition.css" and extra and extra.is_file():
        text += "\n" + extra.read_text("utf-8")
    return text


def assets(theme: Path | None = None) -> dict[str, str]:
    """Return every stylesheet and script by file name."""
    return {name: asset(name, theme) for name in ASSETS}


def theme_files(theme: Path | None) -> dict[str, bytes]:
    """Return a theme's further files (fonts, pictures) by name, to lie beside the stylesheet."""
    if theme is None:
        return {}
    known = (*ASSETS, _EXTRA)
    return {
        path.name: path.read_bytes()
        for path in sorted(_folder(theme).iterdir())
        if path.is_file() and path.suffix != ".html" and path.name not in known
    }


def sources_key(theme: Path | None) -> str:
    """Return a fingerprint of all that turns data into pages, the theme's templates included."""
    own = sorted(_folder(theme).glob("*.html")) if theme else []
    return fingerprint(_package_sources(), [(path.name, path.read_bytes()) for path in own])


@cache
def _package_sources() -> str:
    package = files("parallel_texts")
    names = ("edition", "edition/templates", "locales", "norms", "languages", "languages/tables")
    folders = [package.joinpath(*name.split("/")) for name in names]
    texts = sorted(
        (item.name, item.read_bytes())
        for folder in folders
        for item in folder.iterdir()
        if item.name.endswith((".py", ".html", ".tsv")) or item.name.startswith("edition.")
    )
    return fingerprint(texts)
