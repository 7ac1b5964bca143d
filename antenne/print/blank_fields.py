"""What is written into by hand, kind by kind: lines, boxes for digits, boxes to tick, tables.

Everything is drawn, never a glyph: the font lacks the ballot box. Lengths are points.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from antenne.domain.forms.model import Field, Kind, Option
from antenne.print import layout
from antenne.print.layout import MM, Fitted, Fonts, Ink

Options = Callable[[str], Sequence[Option]]

LINE: Final = 8 * MM
"""Room for a line of handwriting."""
_BOX_WIDTH: Final = 4.9 * MM
_BOX_HEIGHT: Final = 6 * MM
_PAIR_GAP: Final = 1.6 * MM
_TICK: Final = 3.4 * MM
_TICK_ROW: Final = 6.2 * MM
_TICK_TEXT: Final = 9.0
_LABEL: Final = 8.5
_SMALL: Final = 7.5
_AFTER_TICK: Final = 1.6 * MM
_BETWEEN_TICKS: Final = 4.5 * MM
_MOST_TICKS: Final = 16
"""A longer list is written by hand."""
_MOST_TICKS_IN_CELL: Final = 4
_MOST_LINES: Final = 28
"""No field is higher than a page."""
_PADDING: Final = 1.5 * MM
_DATE: Final = (2, 2, 4)
_PHONE: Final = (2, 2, 2, 2)
_HOUR: Final = (2, 2)


@dataclass(frozen=True, slots=True)
class Block:
    """Something of a height that draws itself below ``top``, from ``x`` on."""

    height: float
    draw: Callable[[Canvas, float, float], None]


def stacked(*blocks: Block) -> Block:
    """One below the other."""

    def draw(canvas: Canvas, x: float, top: float) -> None:
        for block in blocks:
            block.draw(canvas, x, top)
            top -= block.height

    return Block(sum(block.height for block in blocks), draw)


def space(height: float) -> Block:
    """Nothing, so high."""
    return Block(height, lambda _canvas, _x, _top: None)


def words(fitted: Fitted, colour: str) -> Block:
    """Lines of text."""
    return Block(fitted.height, lambda canvas, x, top: _draw_words(canvas, fitted, x, top, colour))


def _draw_words(canvas: Canvas, fitted: Fitted, x: float, top: float, colour: str) -> None:
    layout.draw_fitted(canvas, fitted, x, top, colour)


def field_block(field: Field, width: float, options: Options) -> Block:
    """A field as it stands on paper: its label with a star where it must be answered, its hint, room to write."""
    label = layout.fit_text(_starred(field), Fonts.BOLD, _LABEL, width, 9 * MM)
    parts = [words(label, Ink.TEXT)]
    if field.hint:
        parts.append(words(layout.fit_text(field.hint, Fonts.REGULAR, _SMALL, width, 8 * MM), Ink.MUTED))
    return stacked(*parts, space(1 * MM), _body(field, width, options))


def _starred(field: Field) -> str:
    return f"{field.label}\u00a0*" if field.required else field.label


def _body(field: Field, width: float, options: Options) -> Block:
    """The room to write."""
    listed = options(field.options) if field.kind in (Kind.CHOICE, Kind.CHOICES) else ()
    if 0 < len(listed) <= _MOST_TICKS:
        return ticks([option.label for option in listed], width)
    if field.kind is Kind.ROWS:
        return _table(field, width, options)
    made = _MADE.get(field.kind)
    if made is not None:
        return made(width)
    least = 2 if field.kind is Kind.NOTE else 1
    return lines(width, min(max(field.paper_lines, least), _MOST_LINES))


def lines(width: float, count: int) -> Block:
    """Lines to write on."""

    def draw(canvas: Canvas, x: float, top: float) -> None:
        _pen(canvas)
        for number in range(1, count + 1):
            canvas.line(x, top - number * LINE, x + width, top - number * LINE)

    return Block(count * LINE, draw)


def digits(groups: Sequence[int], between: str = "", before: str = "") -> Block:
    """Boxes for digits in groups: ``(2, 2, 4)`` with « / » between is a date."""

    def draw(canvas: Canvas, x: float, top: float) -> None:
        base = top - _BOX_HEIGHT + 1.8 * MM
        if before:
            x += _draw_mark(canvas, before, x, base) + _PAIR_GAP
        for place, count in enumerate(groups):
            if place:
                x += _draw_between(canvas, between, x, base)
            _pen(canvas)
            canvas.roundRect(x, top - _BOX_HEIGHT, count * _BOX_WIDTH, _BOX_HEIGHT, 1)
            for inner in range(1, count):
                canvas.line(x + inner * _BOX_WIDTH, top, x + inner * _BOX_WIDTH, top - 1.2 * MM)
                canvas.line(
                    x + inner * _BOX_WIDTH, top - _BOX_HEIGHT, x + inner * _BOX_WIDTH, top - _BOX_HEIGHT + 1.2 * MM
                )
            x += count * _BOX_WIDTH

    return Block(_BOX_HEIGHT + 1.8 * MM, draw)


def _draw_between(canvas: Canvas, mark: str, x: float, base: float) -> float:
    """What stands between two groups; the room it takes."""
    if not mark:
        return _PAIR_GAP
    return _PAIR_GAP / 2 + _draw_mark(canvas, mark, x + _PAIR_GAP / 2, base) + _PAIR_GAP / 2


def _draw_mark(canvas: Canvas, mark: str, x: float, base: float) -> float:
    canvas.setFillColor(Ink.MUTED)
    canvas.setFont(Fonts.REGULAR, _TICK_TEXT)
    canvas.drawString(x, base, mark)
    return layout.text_width(mark, Fonts.REGULAR, _TICK_TEXT)


def ticks(labels: Sequence[str], width: float) -> Block:
    """Boxes to tick with their words, on as many rows as needed; long words wrap beside their box."""
    placed: list[tuple[float, float, Fitted]] = []
    x = y = row = 0.0
    for label in labels:
        room = width - _TICK - _AFTER_TICK
        fitted = layout.fit_text(label, Fonts.REGULAR, _TICK_TEXT, room, 12 * MM)
        wide = max(layout.text_width(line, fitted.font, fitted.size) for line in fitted.lines)
        needed = _TICK + _AFTER_TICK + wide
        if x and x + needed > width:
            x, y, row = 0.0, y + row, 0.0
        placed.append((x, y, fitted))
        x += needed + _BETWEEN_TICKS
        row = max(row, _TICK_ROW, fitted.height + 1 * MM)

    def draw(canvas: Canvas, left: float, top: float) -> None:
        for at, below, fitted in placed:
            _pen(canvas)
            canvas.roundRect(left + at, top - below - _TICK - 0.6 * MM, _TICK, _TICK, 1)
            high = layout.ascent(fitted.font, fitted.size) + layout.descent(fitted.font, fitted.size)
            lift = (high - _TICK) / 2 - 0.6 * MM
            layout.draw_fitted(canvas, fitted, left + at + _TICK + _AFTER_TICK, top - below + lift)

    return Block(y + row, draw)


def _pen(canvas: Canvas) -> None:
    canvas.setStrokeColor(Ink.RULE)
    canvas.setLineWidth(0.7)


def _yes_no(width: float) -> Block:
    return ticks(("Oui", "Non"), width)


def _date(_width: float) -> Block:
    return digits(_DATE, "/")


def _moment(_width: float) -> Block:
    return stacked(digits(_DATE, "/"), digits(_HOUR, "h", "à"))


def _phone(_width: float) -> Block:
    return digits(_PHONE)


def _birth(width: float) -> Block:
    return stacked(digits(_DATE, "/"), ticks(("vers", "âge déclaré", "repère", "inconnue"), width), lines(width, 1))


def _money(width: float) -> Block:
    """A line that ends in the currency."""
    unit = layout.text_width("FCFA", Fonts.REGULAR, _TICK_TEXT) + _PAIR_GAP
    line = lines(width - unit, 1)

    def draw(canvas: Canvas, x: float, top: float) -> None:
        line.draw(canvas, x, top)
        _draw_mark(canvas, "FCFA", x + width - unit + _PAIR_GAP, top - LINE)

    return Block(LINE, draw)


_MADE: Final[dict[Kind, Callable[[float], Block]]] = {
    Kind.YES_NO: _yes_no,
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
    Kind.PHONE: _phone,
    Kind.BIRTH: _birth,
    Kind.MONEY: _money,
}


def _table(field: Field, width: float, options: Options) -> Block:
    """A ruled table: one column per question, one row per answer."""
    weights = [max(column.width, 1) for column in field.columns]
    widths = [width * weight / sum(weights) for weight in weights]
    heads = [
        layout.fit_text(_starred(column), Fonts.BOLD, _SMALL, wide - 2 * _PADDING, 8 * MM)
        for column, wide in zip(field.columns, widths, strict=True)
    ]
    cells = [_cell(column, wide - 2 * _PADDING, options) for column, wide in zip(field.columns, widths, strict=True)]
    head = max(fitted.height for fitted in heads) + 2 * _PADDING
    each = max(LINE + 1 * MM, *(cell.height + 2 * _PADDING for cell in cells))
    count = max(1, min(field.paper_lines, int(_MOST_LINES * LINE // each)))

    def draw(canvas: Canvas, x: float, top: float) -> None:
        canvas.setFillColor(Ink.SAND)
        canvas.rect(x, top - head, width, head, stroke=0, fill=1)
        left = x
        for fitted, cell, wide in zip(heads, cells, widths, strict=True):
            layout.draw_fitted(canvas, fitted, left + _PADDING, top - _PADDING)
            for number in range(count):
                room = each - 2 * _PADDING - cell.height
                cell.draw(canvas, left + _PADDING, top - head - number * each - _PADDING - room / 2)
            left += wide
        _rule(canvas, x, top, widths, [head, *[each] * count])

    return Block(head + count * each, draw)


def _rule(canvas: Canvas, x: float, top: float, widths: Sequence[float], heights: Sequence[float]) -> None:
    """The lines of a table."""
    _pen(canvas)
    canvas.rect(x, top - sum(heights), sum(widths), sum(heights))
    y = top
    for height in heights[:-1]:
        y -= height
        canvas.line(x, y, x + sum(widths), y)
    left = x
    for wide in widths[:-1]:
        left += wide
        canvas.line(left, top, left, top - sum(heights))


def _cell(column: Field, width: float, options: Options) -> Block:
    """What stands in a cell: boxes to tick for short lists, else nothing but room."""
    if column.kind is Kind.YES_NO:
        return _yes_no(width)
    listed = options(column.options) if column.kind in (Kind.CHOICE, Kind.CHOICES) else ()
    if 0 < len(listed) <= _MOST_TICKS_IN_CELL:
        return ticks([option.label for option in listed], width)
    return space(column.paper_lines * LINE - LINE)
