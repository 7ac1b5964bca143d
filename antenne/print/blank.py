"""The blank sheet of any form, for power cuts and outings: the order of the screen, room for handwriting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from antenne.domain.forms.model import Form, Section
from antenne.print import layout
from antenne.print.blank_fields import LINE, Block, Options, field_block, space, stacked, words
from antenne.print.layout import A4_MM, MM, Fonts, Ink, Paper

_MARGIN: Final = 16 * MM
_BOTTOM: Final = 17 * MM
_GAP: Final = 6 * MM
_COLUMNS: Final = 3
_BETWEEN_ROWS: Final = 4 * MM
_BETWEEN_SECTIONS: Final = 3 * MM
_FOOT_SIZE: Final = 7.5


@dataclass(frozen=True, slots=True)
class _Row:
    """Fields side by side: each block and how far from the left it stands; ``title`` keeps with the first row."""

    title: Block | None
    places: tuple[tuple[float, Block], ...]

    @property
    def height(self) -> float:
        """Of the highest field, with the section's title."""
        return max(block.height for _, block in self.places) + (self.title.height if self.title else 0.0)


def render_blank(form: Form, options: Options, heading: str) -> bytes:
    """The sheet, A4 portrait, as many pages as it takes.

    Args:
        form: What is asked.
        options: Entries of a dated list by its name; short lists become boxes to tick.
        heading: What stands at the head of the first page, as the office set it; empty for none.

    Returns:
        The PDF; its text can be selected.
    """
    paper = Paper(form.title, A4_MM)
    width = paper.width - 2 * _MARGIN
    head = _head(form, heading, width)
    rows = [row for section in form.sections for row in _rows(section, width, options)]
    pages = _pages(rows, head.height, paper.height)
    for number, page in enumerate(pages, 1):
        top = paper.height - _MARGIN
        if number == 1:
            head.draw(paper.canvas, _MARGIN, top)
            top -= head.height
        for row in page:
            _draw_row(paper, row, top)
            top -= row.height + _BETWEEN_ROWS
        _foot(paper, form, number, len(pages))
        paper.end_page()
    return paper.finish()


def _head(form: Form, heading: str, width: float) -> Block:
    """Heading, title, and who filled it in when."""
    parts = []
    if heading:
        parts.append(words(layout.fit_text(heading, Fonts.BOLD, 11, width, 12 * MM), Ink.PRIMARY))
    parts += [
        words(layout.fit_text(form.title, Fonts.BOLD, 17, width, 18 * MM), Ink.TEXT),
        space(1 * MM),
        words(
            layout.fit_text(
                "Au stylo, en capitales. Ce qui porte une étoile * est nécessaire.", Fonts.REGULAR, 8.5, width, LINE
            ),
            Ink.MUTED,
        ),
        _signed(width),
        space(_BETWEEN_SECTIONS),
    ]
    return stacked(*parts)


def _signed(width: float) -> Block:
    """« Remplie le … par … » on one line."""
    size = 9.0

    def draw(canvas: Canvas, x: float, top: float) -> None:
        base = top - LINE
        for label, share in (("Remplie le", 0.4), ("par", 0.6)):
            canvas.setFillColor(Ink.TEXT)
            canvas.setFont(Fonts.REGULAR, size)
            canvas.drawString(x, base, label)
            begin = x + layout.text_width(label, Fonts.REGULAR, size) + 2 * MM
            canvas.setStrokeColor(Ink.RULE)
            canvas.setLineWidth(0.7)
            canvas.line(begin, base - 1, x + width * share - (_GAP if share < 0.5 else 0), base - 1)  # noqa: PLR2004 - the first of the two
            x += width * share

    return Block(LINE + 2 * MM, draw)


def _rows(section: Section, width: float, options: Options) -> list[_Row]:
    """The fields of a section, laid out as on the screen."""
    column = (width - (_COLUMNS - 1) * _GAP) / _COLUMNS
    lines: list[list[tuple[float, Block]]] = [[]]
    at = 0
    for field in section.fields:
        span = min(max(field.width, 1), _COLUMNS)
        if at + span > _COLUMNS:
            lines.append([])
            at = 0
        block = field_block(field, span * column + (span - 1) * _GAP, options)
        lines[-1].append((at * (column + _GAP), block))
        at += span
    filled = [tuple(line) for line in lines if line]
    title = _title(section.title, width) if section.title else None
    return [_Row(title if number == 0 else None, places) for number, places in enumerate(filled)]


def _title(title: str, width: float) -> Block:
    """The title of a section over a thin rule."""
    fitted = layout.fit_text(title, Fonts.BOLD, 11, width, 10 * MM)

    def draw(canvas: Canvas, x: float, top: float) -> None:
        y = top - _BETWEEN_SECTIONS
        y -= layout.draw_fitted(canvas, fitted, x, y, Ink.PRIMARY) + 0.6 * MM
        canvas.setStrokeColor(Ink.PRIMARY)
        canvas.setLineWidth(0.9)
        canvas.line(x, y, x + width, y)

    return Block(_BETWEEN_SECTIONS + fitted.height + 3 * MM, draw)


def _pages(rows: list[_Row], head: float, height: float) -> list[list[_Row]]:
    """Rows on pages; a row is never cut, a title never stands alone."""
    pages: list[list[_Row]] = [[]]
    room = height - _MARGIN - _BOTTOM - head
    for row in rows:
        if row.height > room and pages[-1]:
            pages.append([])
            room = height - _MARGIN - _BOTTOM
        pages[-1].append(row)
        room -= row.height + _BETWEEN_ROWS
    return pages


def _draw_row(paper: Paper, row: _Row, top: float) -> None:
    if row.title is not None:
        row.title.draw(paper.canvas, _MARGIN, top)
        top -= row.title.height
    for left, block in row.places:
        block.draw(paper.canvas, _MARGIN + left, top)


def _foot(paper: Paper, form: Form, number: int, count: int) -> None:
    """Which form, which version, so that it is keyed into the right one; which page."""
    canvas = paper.canvas
    canvas.setStrokeColor(Ink.LINE)
    canvas.setLineWidth(0.7)
    canvas.line(_MARGIN, 12 * MM, paper.width - _MARGIN, 12 * MM)
    canvas.setFillColor(Ink.MUTED)
    canvas.setFont(Fonts.REGULAR, _FOOT_SIZE)
    canvas.drawString(_MARGIN, 8 * MM, f"{form.title}, version {form.version}")
    canvas.drawRightString(paper.width - _MARGIN, 8 * MM, f"Page {number}/{count}")
