"""A bare HTML table of the aligned passages, to paste into a text processor."""

from __future__ import annotations

from collections.abc import Sequence

from parallel_texts.exchange.rows import Row
from parallel_texts.model import Work

__all__ = ["write_html_table"]

_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title></head>
<body><table border="1">
<caption>{{ title }}</caption>
<thead><tr><th scope="col">link</th>
{%- for lang in languages %}<th scope="col" lang="{{ lang }}">{{ lang }}
{%- if heads[lang] %}<br>{{ heads[lang] }}{% endif %}</th>{% endfor -%}
</tr></thead>
<tbody>
{% for row in rows %}<tr><th scope="row">{{ row.id }}</th>
{%- for lang in languages %}<td lang="{{ lang }}">
{%- for text in row.cell(lang).texts %}{% if not loop.first %}<br>{% endif %}{{ text }}{% endfor -%}
</td>{% endfor %}</tr>
{% endfor %}</tbody></table></body></html>
"""


def write_html_table(
    rows: Sequence[Row], languages: Sequence[str], work: Work | None = None
) -> str:
    """Return one page with one table: a row a link, a column a language, escaped."""
    from jinja2 import Environment

    versions = {v.lang: v for v in work.versions} if work else {}
    heads = {
        lang: f"{versions[lang].standing}, {versions[lang].origin}" if lang in versions else ""
        for lang in languages
    }
    template = Environment(autoescape=True).from_string(_PAGE)
    title = work.title("en") if work else "Aligned passages"
    return template.render(rows=rows, languages=languages, heads=heads, title=title)
