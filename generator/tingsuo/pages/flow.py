"""The flow of a procedure as drawings: who it is closed to, each step with its actor and deadline, what comes after.

One small SVG for each box, so that paper can turn the page between boxes. The text is measured by counting: a
Chinese character is as wide as its size. The colours are the page's (CSS by class, `currentColor` without it).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

from markupsafe import Markup

from ..model.procedure import After, Deadline, Procedure, ProcedureStep

WIDTH = 328
"""Units; one is a pixel on a phone of 360."""
_EDGE = 1.5
_ARROW = 26
_PIECE = re.compile(r"[A-Za-z0-9.,%+-]+|.", re.DOTALL)
_NOT_FIRST = frozenset("，。；：、？！）》”’％…")
_NOT_LAST = frozenset("（《“‘")


def _em(piece: str) -> float:
    """How wide a piece is, in sizes of its type; a little more than the usual fonts need."""
    return sum((0.78 if c.isupper() else 0.64) if c.isascii() else 1 for c in piece)


def wrap(text: str, size: float, room: float) -> list[str]:
    """The lines of a text in type of a size within a width. Numbers stay whole, punctuation doesn't begin a line."""
    lines: list[list[str]] = [[]]
    for piece in _PIECE.findall(text):
        line = lines[-1]
        if not line or _em("".join([*line, piece])) * size <= room:
            line.append(piece)
            continue
        moved = [piece]
        # What may not begin a line takes its neighbour along; what may not end one goes along.
        while len(line) > 1 and (moved[0] in _NOT_FIRST or line[-1] in _NOT_LAST):
            moved.insert(0, line.pop())
        lines.append(moved)
    # One or two characters alone on the last line look lost.
    while len(lines) > 1 and len(lines[-2]) > 4 and (_em("".join(lines[-1])) < 3 or lines[-1][0] in _NOT_FIRST or lines[-2][-1] in _NOT_LAST):
        lines[-1].insert(0, lines[-2].pop())
    return ["".join(line).strip() for line in lines]


@dataclass
class _Drawing:
    """A piece of the flow that grows downwards."""

    title: str
    desc: str
    parts: list[str] = field(default_factory=list)
    y: float = 0

    def text(self, text: str, left: float, right: float, size: int, kind: str) -> None:
        """Lines of text between two edges, below what is there."""
        for line in wrap(text, size, right - left):
            self.y += size * 1.4
            weight = ' font-weight="700"' if kind in ("name", "exit") else ""
            baseline = self.y - size * 0.38
            self.parts.append(
                f'<text class="ts-flow__{kind}" x="{left:g}" y="{baseline:.1f}" font-size="{size}" fill="currentColor"{weight}>{escape(line)}</text>'
            )

    def box(self, at: int, left: float, top: float, kind: str, right: float = WIDTH - _EDGE) -> None:
        """A box around what has been drawn since part `at`."""
        rect = (
            f'<rect class="ts-flow__box ts-flow__box--{kind}" x="{left:g}" y="{top:.1f}" width="{right - left:g}" height="{self.y - top:.1f}" rx="8" '
            'fill="none" stroke="currentColor" stroke-width="1.5"/>'
        )
        self.parts[at:] = [f'<g class="ts-flow__item">{rect}{"".join(self.parts[at:])}</g>']

    def line(self, path: str) -> None:
        """A line between boxes."""
        self.parts.append(f'<path class="ts-flow__line" d="{path}" fill="none" stroke="currentColor" stroke-width="2"/>')

    def arrow(self, word: str = "") -> None:
        """An arrow to the next piece."""
        self.line(f"M24 {self.y + 2:.1f}V{self.y + _ARROW - 2:.1f}m-5 -6l5 6l5 -6")
        if word:
            self.parts.append(f'<text class="ts-flow__small" x="40" y="{self.y + 18:.1f}" font-size="13" fill="currentColor">{escape(word)}</text>')
        self.y += _ARROW

    def svg(self, name: str) -> Markup:
        """The finished drawing."""
        return Markup(
            f'<svg class="ts-flow__svg" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {self.y:.0f}" role="img" aria-labelledby="{name}-t {name}-d">'
            f'<title id="{name}-t">{escape(self.title)}</title><desc id="{name}-d">{escape(self.desc)}</desc>{"".join(self.parts)}</svg>'
        )


def _exits(procedure: Procedure) -> _Drawing:
    desc = "；".join(f"{row.case}：{row.do}" for row in procedure.not_for)
    drawing = _Drawing("先看：这些情况不走这条路", desc, y=_EDGE)
    drawing.y += 8
    drawing.text("先看：这些情况不走这条路", 14, WIDTH - 12, 15, "exit")
    for row in procedure.not_for:
        drawing.y += 5
        drawing.text(f"✕ {row.case}", 14, WIDTH - 12, 14, "name")
        drawing.text(f"→ {row.do}", 30, WIDTH - 12, 13, "small")
    drawing.y += 9
    drawing.box(0, _EDGE, _EDGE, "exit")
    drawing.arrow("都没有，往下走")
    return drawing


def _length(deadline: Deadline) -> str:
    return f"{deadline.title}：{deadline.period}，从{deadline.event}起"


def _step(number: int, step: ProcedureStep, deadline: Deadline | None, then: str) -> _Drawing:
    parts = [f"谁来做：{step.actor}"] + ([f"期限：{_length(deadline)}"] if deadline else [])
    return _box(number, (step.title, step.actor), "；".join(parts), deadline, then)


def _box(number: int, words: tuple[str, str], desc: str, deadline: Deadline | None, then: str) -> _Drawing:
    """A numbered box: its name, a line below, a deadline, and what leads on."""
    name, line = words
    drawing = _Drawing(f"第{number}步：{name}", desc, y=_EDGE)
    drawing.y += 8
    middle = drawing.y + 11
    drawing.text(name, 48, WIDTH - 12, 16, "name")
    drawing.text(line, 48, WIDTH - 12, 13, "small")
    if deadline:
        drawing.y += 5
        at, top = len(drawing.parts), drawing.y
        drawing.y += 4
        drawing.text(_length(deadline), 56, WIDTH - 22, 13, "deadline")
        drawing.y += 4
        drawing.box(at, 48, top, "deadline", WIDTH - 12)
    drawing.parts.append(
        f'<circle class="ts-flow__dot" cx="24" cy="{middle:.1f}" r="13" fill="none" stroke="currentColor"/>'
        f'<text class="ts-flow__no" x="24" y="{middle + 5:.1f}" text-anchor="middle" font-size="14" font-weight="700" fill="currentColor">{number}</text>'
    )
    drawing.y += 9
    drawing.box(0, _EDGE, _EDGE, "step")
    if then == "step":
        drawing.arrow()
    elif then == "after":
        drawing.line(f"M24 {drawing.y:.1f}v8")
        drawing.y += 8
    else:
        drawing.y += _EDGE
    return drawing


def _after(row: After, goes: str, *, last: bool) -> _Drawing:
    drawing = _Drawing(f"之后，{row.if_}", f"{row.do}{goes}", y=8)
    top = drawing.y
    drawing.y += 6
    drawing.text(row.if_, 58, WIDTH - 12, 14, "name")
    drawing.text(row.do, 58, WIDTH - 12, 13, "small")
    if goes:
        drawing.text(goes, 58, WIDTH - 12, 13, "small")
    drawing.y += 7
    drawing.box(0, 46, top, "after")
    middle = (top + drawing.y) / 2
    drawing.y += _EDGE
    trunk = middle if last else drawing.y
    drawing.line(f"M24 0V{trunk:.1f}M24 {middle:.1f}H44m-6 -5l6 5l-6 5")
    return drawing


def flow(procedure: Procedure, titles: dict[str, str]) -> Markup:
    """The drawings of a procedure below each other. `titles` are those of published procedures by id."""
    deadlines = {d.id: d for d in procedure.deadlines}
    drawings = [_exits(procedure)] if procedure.not_for else []
    for n, step in enumerate(procedure.steps, 1):
        then = "step" if n < len(procedure.steps) else "after" if procedure.after else ""
        drawings.append(_step(n, step, deadlines.get(step.deadline or ""), then))
    for n, row in enumerate(procedure.after, 1):
        goes = f"→ 看“{titles[row.go]}”" if row.go in titles else ""
        drawings.append(_after(row, goes, last=n == len(procedure.after)))
    return _stack(drawings)


def chain(rows: Sequence[tuple[str, str]]) -> Markup:
    """Drawings of (name, what happens) one after the other."""
    return _stack(_box(n, row, row[1], None, "step" if n < len(rows) else "") for n, row in enumerate(rows, 1))


def _stack(drawings: Iterable[_Drawing]) -> Markup:
    pieces = Markup("").join(drawing.svg(f"flow-{n}") for n, drawing in enumerate(drawings, 1))
    return Markup('<div class="ts-flow">{}</div>').format(pieces)
