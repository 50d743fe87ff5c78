"""Hooks of the documentation site: navigation has the pages there are, all of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent


def on_config(config: Any) -> Any:
    """Leave pages out of the navigation that are not written."""
    config.nav = _present(config.nav)
    return config


def _present(nav: list[Any]) -> list[Any]:
    return [
        {title: _entry(value)} for item in nav for title, value in item.items() if _entry(value)
    ]


def _entry(value: Any) -> Any:
    if isinstance(value, list):
        return _present(value)
    return value if (ROOT / "docs" / value).is_file() else None
