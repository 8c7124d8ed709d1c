"""A way as a row of stations: numbered dots with a name each, four to a row, one drawing."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from markupsafe import Markup

WIDTH, _COLUMNS, _ROW, _TOP, _RADIUS = 328, 4, 84, 20, 15
_STEP = WIDTH / _COLUMNS
_LINE = '<path class="ts-flow__line" d="{}" fill="none" stroke="currentColor" stroke-width="2"/>'


def stations(title: str, names: Sequence[str]) -> Markup:
    """The drawing. Its words are read out as one sentence."""
    parts = []
    for n, name in enumerate(names):
        row, column = divmod(n, _COLUMNS)
        x, y = _STEP * (column + 0.5), _TOP + row * _ROW
        if n:
            parts.append(_LINE.format(_to_next(column, x, y)))
        parts.append(
            f'<circle class="ts-flow__dot" cx="{x:g}" cy="{y:g}" r="{_RADIUS}" fill="none" stroke="currentColor"/>'
            f'<text class="ts-flow__no" x="{x:g}" y="{y + 5:g}" text-anchor="middle" font-size="14" font-weight="700" fill="currentColor">{n + 1}</text>'
            f'<text class="ts-flow__name" x="{x:g}" y="{y + 36:g}" text-anchor="middle" font-size="16" font-weight="700" fill="currentColor">{escape(name)}</text>'
        )
    height = _TOP + ((len(names) - 1) // _COLUMNS) * _ROW + 46
    return Markup(
        f'<svg class="ts-flow__svg" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="way-t way-d">'
        f'<title id="way-t">{escape(title)}</title><desc id="way-d">{escape("，然后".join(names))}</desc>{"".join(parts)}</svg>'
    )


def _to_next(column: int, x: float, y: float) -> str:
    """The arrow that ends at a station: from its neighbour, or around from the end of the row above."""
    end = x - _RADIUS - 3
    head = "m-6 -5l6 5l-6 5"
    if column:
        return f"M{end - _STEP + 2 * _RADIUS + 6:g} {y:g}H{end:g}{head}"
    above = y - _ROW
    return f"M{WIDTH - _STEP / 2 + _RADIUS + 3:g} {above:g}H{WIDTH - 4}V{above + 48:g}H4V{y:g}H{end:g}{head}"
