"""A balance as a diverging bar chart: one party to the left, the other to the right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from parallel_texts.i18n import translator
from parallel_texts.norms.reciprocity import Balance
from parallel_texts.norms.summary import Cell, Row, summary_rows
from parallel_texts.norms.taxonomy import action_label

__all__ = ["balance_svg"]

_WIDTH, _LABEL, _BAR, _GAP, _HEAD = 720, 190, 16, 10, 56
_KINDS = ("duty", "prohibition", "right", "exemption")
_NAMES = {
    "duty": "duties", "prohibition": "prohibitions", "right": "rights", "exemption": "exemptions",
}  # fmt: skip
_STYLE = (
    ".ptb text{fill:currentColor;font:13px system-ui,sans-serif}"
    ".ptb .head{font-weight:600}.ptb .small{font-size:11px}"
    ".ptb rect{stroke:currentColor;stroke-width:1;fill:currentColor}"
    ".ptb .duty{fill-opacity:.8}.ptb .right{fill-opacity:.25}"
    ".ptb .prohibition{fill:url(#ptb-hatch)}"
    ".ptb .exemption{fill-opacity:0;stroke-dasharray:3 2}"
    ".ptb line{stroke:currentColor;stroke-opacity:.4}"
)
_HATCH = (
    '<defs><pattern id="ptb-hatch" width="5" height="5" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="5" height="5" style="fill-opacity:0;stroke:none"/>'
    '<path d="M0 0V5" stroke="currentColor" stroke-width="2"/></pattern></defs>'
)


def balance_svg(
    balance: Balance, *, names: Mapping[str, str] | None = None, ui_lang: str = "en"
) -> str:
    """Return a chart of what binds or entitles each party alone, action by action.

    Duties are dark, rights light, prohibitions hatched, exemptions outlined: the chart is read
    without colour, takes the page's ``currentColor`` and loads nothing. Each bar has a title.

    Args:
        balance: Two parties stand left and right of a middle line; of more, all go to the right,
            one band a party.
        names: What to call the parties; ids without.
        ui_lang: Language of labels: ``en``, ``ru`` or ``zh``.
    """
    return _Chart(balance, names or {}, ui_lang).svg()


class _Chart:
    def __init__(self, balance: Balance, names: Mapping[str, str], ui_lang: str) -> None:
        self._parties = balance.parties
        self._names, self._ui = names, ui_lang
        self._say = translator("norms", ui_lang)
        self._rows = [row for row in summary_rows(balance) if _any(row, self._parties)]
        most = max((_total(c) for row in self._rows for c in row.cells), default=1)
        self._diverging = len(self._parties) == 2
        room = (_WIDTH - _LABEL) / 2 - 8 if self._diverging else _WIDTH - _LABEL - 8
        self._unit = min(40.0, room / max(most, 1))
        self._middle = _LABEL + (room + 8 if self._diverging else 0)

    def svg(self) -> str:
        """Return the whole drawing."""
        height = _HEAD + len(self._rows) * self._step + 34
        parts = [*self._opening(height), *self._heads(), *self._bars(), *self._legend(height)]
        return "".join([*parts, "</svg>"])

    @property
    def _step(self) -> int:
        bands = 1 if self._diverging else max(1, len(self._parties))
        return bands * _BAR + _GAP

    def _opening(self, height: int) -> Iterator[str]:
        title = self._say("Rights and duties of one party alone, by action")
        yield (
            f'<svg class="ptb" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
            f'width="100%" role="img" lang="{self._ui}" aria-labelledby="ptb-title ptb-desc">'
            f'<title id="ptb-title">{escape(title)}</title>'
            f'<desc id="ptb-desc">{escape(self._description())}</desc>'
            f"<style>{_STYLE}</style>{_HATCH}"
        )

    def _description(self) -> str:
        """Say in words what the bars show, for those who do not see them."""
        lines = [self._line(row) for row in self._rows]
        return " ".join(lines) or self._say("No norm binds or entitles one party alone.")

    def _line(self, row: Row) -> str:
        cells = "; ".join(f"{self._name(c.party)}: {self._words(c)}" for c in row.cells)
        return f"{self._action(row.action)}: {cells}."

    def _words(self, cell: Cell) -> str:
        counts = (f"{self._say(_NAMES[kind])} {number}" for kind, number in cell.counts)
        return ", ".join(counts) or "0"

    def _name(self, party: str) -> str:
        return self._names.get(party, party)

    def _action(self, action: str) -> str:
        return action_label(action, self._ui) if action else self._say("other actions")

    def _heads(self) -> Iterator[str]:
        if not self._diverging:
            yield _text(self._middle, 20, ", ".join(map(self._name, self._parties)), "head")
            return
        left, right = self._parties
        yield _text(self._middle - 8, 20, self._name(left), "head", "end", 30)
        yield _text(self._middle + 8, 20, self._name(right), "head", room=30)
        bottom = _HEAD + len(self._rows) * self._step
        yield f'<line x1="{self._middle}" y1="30" x2="{self._middle}" y2="{bottom}"/>'

    def _bars(self) -> Iterator[str]:
        for number, row in enumerate(self._rows):
            top = _HEAD - 16 + number * self._step
            yield _text(0, top + 12, self._action(row.action), room=28)
            for band, cell in enumerate(row.cells):
                leftward = self._diverging and band == 0
                yield from self._bar(cell, top + (0 if self._diverging else band * _BAR), leftward)

    def _bar(self, cell: Cell, top: int, leftward: bool) -> Iterator[str]:
        x = self._middle
        for kind in _KINDS:
            width = cell.count(kind) * self._unit
            if width:
                start = x - width if leftward else x
                tip = f"{self._name(cell.party)}: {self._say(_NAMES[kind])} {cell.count(kind)}"
                yield (
                    f'<rect class="{kind}" x="{start:.1f}" y="{top}" width="{width:.1f}" '
                    f'height="{_BAR}"><title>{escape(tip)}</title></rect>'
                )
                x = start if leftward else x + width

    def _legend(self, height: int) -> Iterator[str]:
        for number, kind in enumerate(_KINDS):
            x = _LABEL + number * 130
            yield f'<rect class="{kind}" x="{x}" y="{height - 22}" width="14" height="14"/>'
            yield _text(x + 20, height - 11, self._say(_NAMES[kind]), "small")


def _text(
    x: float, y: float, words: str, kind: str = "", anchor: str = "start", room: int = 99
) -> str:
    """Return a text of one line, or of two small ones where it is wider than ``room`` letters."""
    lines = _lines(words, room)
    kind = f"{kind} small".strip() if len(lines) > 1 else kind
    attributes = f' class="{kind}"' if kind else ""
    top = y - 6 * (len(lines) - 1)
    spans = "".join(
        f'<tspan x="{x:.0f}" y="{top + 12 * number:.0f}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    return f'<text text-anchor="{anchor}"{attributes}>{spans}</text>'


def _lines(words: str, room: int) -> list[str]:
    """Break a label in two at the space nearest to its middle; a Han letter is as wide as two."""
    wide = sum(2 if letter > "\u2e80" else 1 for letter in words)
    spaces = [n for n, letter in enumerate(words) if letter == " "]
    if wide <= room or not spaces:
        return [words]
    cut = min(spaces, key=lambda n: abs(n - len(words) / 2))
    return [words[:cut], words[cut + 1 :]]


def _total(cell: Cell) -> int:
    return sum(number for _, number in cell.counts)


def _any(row: Row, parties: tuple[str, ...]) -> bool:
    return any(_total(cell) for cell in row.cells if cell.party in parties)
