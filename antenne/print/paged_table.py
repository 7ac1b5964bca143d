"""A long table on A4 landscape: column heads on every page, totals carried from page to page, page n / N."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from antenne.base.progress import Progress, Silent
from antenne.domain.office import Office
from antenne.print import layout
from antenne.print import money_parts as parts
from antenne.print.layout import A4_MM, MM, Fitted, Fonts, Ink, Paper
from antenne.wording import papers as words

STEP: Final = "accounts.draw"
PAPER: Final = "list"
ROOM_MM: Final = 273.0
"""Sum of the widths of the columns."""

_LEFT: Final = (A4_MM[1] - ROOM_MM) / 2 * MM
_HEIGHT: Final = A4_MM[0] * MM
_TOP: Final = _HEIGHT - 11 * MM
_BOTTOM: Final = 15 * MM
_SIZE: Final = 8.5
_CELL: Final = 1.4 * MM
_PAD: Final = 1.1
_HEAD: Final = 5.4 * MM
_LINE: Final = _SIZE * 1.36 + 2 * _PAD
_HIGHEST: Final = 40 * MM
"""No line is higher: its text shrinks."""
_MOST_KEPT: Final = 80 * MM
_GROUND: Final = "#F4EFE7"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        title: Its head.
        width: In millimetres.
        figures: Flush right.
        group: A head over this column and its neighbours of the same group, or empty.
    """

    title: str
    width: float
    figures: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table.

    Attributes:
        cells: As many as there are columns.
        strong: Bold: a total, the head of an account.
        shaded: On a pale ground.
        ruled: A line above it.
        keep: The next line follows on the same page (the lines of one entry; the head of an account), unless the run
            is longer than half a page.
        carried: Cells of « À reporter » and « Report » if the page ends after this line; empty for none.
    """

    cells: tuple[str, ...]
    strong: bool = False
    shaded: bool = False
    ruled: bool = True
    keep: bool = False
    carried: Callable[[str], tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """What is printed.

    Attributes:
        title: « Journal ».
        under: « Du 01/11/2026 au 30/11/2026 ».
        columns: From left to right, :data:`ROOM_MM` wide together.
        lines: From top to bottom.
        notes: Under the last line, for a table that leaves room for them.
    """

    title: str
    under: str
    columns: tuple[Column, ...]
    lines: Sequence[Line]
    notes: tuple[str, ...] = ()

    @property
    def head(self) -> float:
        """Height of the column heads, in points."""
        return _HEAD * (2 if any(column.group for column in self.columns) else 1)


@dataclass(slots=True)
class _Page:
    lines: list[Line] = field(default_factory=list)


class _Fitter:
    """Texts in their cells; what stands a thousand times in a table is measured once."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = columns
        self._known: dict[tuple[str, float, bool], Fitted] = {}

    def line(self, line: Line) -> list[Fitted]:
        """The cells of a line."""
        return [
            self._cell(cell, column.width * MM - 2 * _CELL, strong=line.strong)
            for cell, column in zip(line.cells, self._columns, strict=True)
        ]

    def height(self, line: Line) -> float:
        """Of a line, in points."""
        return max(_LINE, *(cell.height + 2 * _PAD for cell in self.line(line)))

    def _cell(self, cell: str, width: float, *, strong: bool) -> Fitted:
        key = (cell, width, strong)
        if key not in self._known:
            self._known[key] = parts.fitted(cell, _SIZE, width, _HIGHEST, bold=strong)
        return self._known[key]


def render_table(table: Table, office: Office, progress: Progress | None = None) -> bytes:
    """Draw the table.

    Args:
        table: What.
        office: What the papers say; its heading of « list » applies on the first page.
        progress: Told after each page, asked for a stop.

    Returns:
        A PDF whose title is the table's.

    Raises:
        Stopped: The user asked.
    """
    watched = progress or Silent()
    paper = Paper(table.title, (A4_MM[1], A4_MM[0]))
    first = _first_top(office, table)
    fitter = _Fitter(table.columns)
    pages = _paged(table, first, fitter, watched)
    for number, page in enumerate(pages, 1):
        watched.check()
        _draw_page(_Drawing(paper, table, office, fitter), page, (number, len(pages)))
        paper.end_page()
        watched.report(STEP, number, len(pages))
    return paper.finish()


def _first_top(office: Office, table: Table) -> float:
    """Where the column heads of the first page begin."""
    probe = Paper(table.title, (A4_MM[1], A4_MM[0]))
    return _draw_first_head(probe.canvas, office, table)


def _draw_first_head(canvas: Canvas, office: Office, table: Table) -> float:
    right = _LEFT + ROOM_MM * MM
    half = ROOM_MM / 2 * MM
    y = layout.draw_heading(canvas, office, PAPER, _LEFT, _TOP, half - 6 * MM)
    title = parts.fitted(table.title, 16, half, 10 * MM, bold=True)
    low = _TOP - parts.right_aligned(canvas, title, right, _TOP)
    low -= parts.right_aligned(canvas, parts.fitted(table.under, 10, half, 8 * MM), right, low, Ink.MUTED)
    return min(y, low) - 4 * MM


def _draw_next_head(canvas: Canvas, table: Table) -> float:
    """One small line on the pages after the first."""
    said = parts.fitted(f"{table.title} · {table.under}", 9, ROOM_MM * MM, 6 * MM, bold=True)
    return _TOP - layout.draw_fitted(canvas, said, _LEFT, _TOP, Ink.MUTED) - 1.5 * MM


def _next_top() -> float:
    return _TOP - (layout.ascent(Fonts.BOLD, 9) + layout.descent(Fonts.BOLD, 9)) - 1.5 * MM


def _paged(table: Table, first: float, fitter: _Fitter, progress: Progress) -> list[_Page]:
    """Lines on pages; where a page ends inside a run of totals, two lines carry them over."""
    pages = [_Page()]
    room = first - table.head - _BOTTOM
    for line, high, after in _measured(table.lines, fitter):
        if pages[-1].lines and high + after > room:
            progress.check()
            last = pages[-1].lines[-1]
            pages.append(_Page())
            room = _next_top() - table.head - _BOTTOM
            if last.carried is not None:
                pages[-2].lines.append(_carry(last.carried(words.CARRIED_FORWARD)))
                pages[-1].lines.append(_carry(last.carried(words.BROUGHT_FORWARD)))
                room -= _LINE
        pages[-1].lines.append(line)
        room -= high
    return pages


def _carry(cells: tuple[str, ...]) -> Line:
    return Line(cells, strong=True, shaded=True)


def _measured(lines: Sequence[Line], fitter: _Fitter) -> Iterator[tuple[Line, float, float]]:
    """Each line, its height, and the height that must follow on its page: the lines it keeps, the carried totals."""
    heights = [fitter.height(line) for line in lines]
    after = [0.0] * len(lines)
    for place in range(len(lines) - 2, -1, -1):
        if lines[place].keep:
            after[place] = min(heights[place + 1] + after[place + 1], _MOST_KEPT)
    for line, high, kept in zip(lines, heights, after, strict=True):
        yield line, high, kept + _LINE


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What every page is drawn with."""

    paper: Paper
    table: Table
    office: Office
    fitter: _Fitter


def _draw_page(with_: _Drawing, page: _Page, number: tuple[int, int]) -> None:
    paper, table, office = with_.paper, with_.table, with_.office
    canvas = paper.canvas
    layout.draw_watermark(canvas, office, paper.width, paper.height)
    y = _draw_first_head(canvas, office, table) if number[0] == 1 else _draw_next_head(canvas, table)
    y = _draw_columns(canvas, table, y)
    for line in page.lines:
        y = _draw_line(canvas, with_, line, y)
    parts.rule(canvas, _LEFT, y, ROOM_MM * MM, colour=Ink.RULE)
    for note in table.notes if number[0] == number[1] else ():
        said = parts.fitted(note, 9, ROOM_MM * MM, 8 * MM)
        y -= layout.draw_fitted(canvas, said, _LEFT, y - 2 * MM, Ink.MUTED) + 1 * MM
    canvas.setFillColor(Ink.MUTED)
    canvas.setFont(Fonts.REGULAR, 8)
    canvas.drawString(_LEFT, 8 * MM, f"{table.title} · {table.under}")
    canvas.drawRightString(_LEFT + ROOM_MM * MM, 8 * MM, words.page(*number))


def _draw_columns(canvas: Canvas, table: Table, y: float) -> float:
    """The heads, white on the house's colour."""
    canvas.setFillColor(Ink.PRIMARY)
    canvas.rect(_LEFT, y - table.head, ROOM_MM * MM, table.head, stroke=0, fill=1)
    for left, width, group in _groups(table.columns):
        head = parts.fitted(group, _SIZE, width - 2 * _CELL, _HEAD, bold=True)
        parts.centred(canvas, head, left + width / 2, y - (_HEAD - head.height) / 2, Ink.WHITE)
        parts.rule(canvas, left + _CELL, y - _HEAD, width - 2 * _CELL, colour=Ink.PALE_ON_PRIMARY)
    x, top = _LEFT, y - table.head + _HEAD
    for column in table.columns:
        head = parts.fitted(column.title, _SIZE, column.width * MM - 2 * _CELL, _HEAD, bold=True)
        _draw_cell(canvas, head, column, x, top - (_HEAD - head.height) / 2, Ink.WHITE)
        x += column.width * MM
    return y - table.head


def _groups(columns: Sequence[Column]) -> list[tuple[float, float, str]]:
    """Left edge, width and title of each group of columns."""
    found: list[tuple[float, float, str]] = []
    x, before = _LEFT, ""
    for column in columns:
        if column.group and column.group == before:
            left, width, group = found[-1]
            found[-1] = (left, width + column.width * MM, group)
        elif column.group:
            found.append((x, column.width * MM, column.group))
        before = column.group
        x += column.width * MM
    return found


def _draw_line(canvas: Canvas, with_: _Drawing, line: Line, y: float) -> float:
    cells, high = with_.fitter.line(line), with_.fitter.height(line)
    if line.shaded:
        canvas.setFillColor(_GROUND)
        canvas.rect(_LEFT, y - high, ROOM_MM * MM, high, stroke=0, fill=1)
    if line.ruled:
        parts.rule(canvas, _LEFT, y, ROOM_MM * MM, weight=0.5)
    x = _LEFT
    for cell, column in zip(cells, with_.table.columns, strict=True):
        if cell.lines[0]:
            _draw_cell(canvas, cell, column, x, y - _PAD, Ink.TEXT)
        x += column.width * MM
    return y - high


def _draw_cell(canvas: Canvas, cell: Fitted, column: Column, x: float, top: float, colour: str) -> None:
    if column.figures:
        parts.right_aligned(canvas, cell, x + column.width * MM - _CELL, top, colour)
    else:
        layout.draw_fitted(canvas, cell, x + _CELL, top, colour)
