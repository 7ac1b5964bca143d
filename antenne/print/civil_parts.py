"""What the civil papers share: a sheet filled downwards, lines to fill by hand, boxes for a signature or a thumb.

A civil paper starts neutral: its head says where the office is and how to reach it, never whose it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from antenne.domain.office import Heading, Office
from antenne.print import layout
from antenne.print import money_parts as parts
from antenne.print.layout import MM, Fonts, Ink, Paper

PAPER: Final = "civil"
"""Its heading is the one that the office set for its civil papers."""

_STEP: Final = 0.96
_SMALLEST: Final = 0.55
_DOTS: Final = "#8E877B"
_LONG_LABEL: Final = 0.62
"""Share of the room from which a label stands above its line."""
_BLANK_HEIGHT: Final = 1.75
"""Of a line to fill by hand, in text sizes: room for a pen."""


def heading_of(office: Office) -> Office:
    """The same office with a neutral head that says where it is: « Bureau de Sévaré · 21 42 00 00 »."""
    town = f"Bureau de {office.town}" if office.town else office.neutral_heading
    return replace(office, neutral_heading=" · ".join(part for part in (town, office.phone) if part))


class Sheet:
    """One page being filled from top to bottom; lengths are points.

    Attributes:
        canvas: Where.
        left: Edge of the text.
        width: Of the text.
        y: Where the next piece begins.
        size: Of the text.
    """

    def __init__(self, canvas: Canvas, left: float, top: float, width: float, size: float) -> None:
        """Begin at ``top``."""
        self.canvas, self.left, self.width, self.y, self.size = canvas, left, width, top, size
        self._row = 0.0

    def skip(self, lines: float) -> None:
        """Leave room, in text sizes."""
        self.y -= lines * self.size

    def head(self, office: Office) -> None:
        """The office's heading of civil papers, or none."""
        if office.heading(PAPER) is Heading.NEUTRAL:
            said = parts.fitted(heading_of(office).neutral_heading, 9.5, self.width)
            self.y -= layout.draw_fitted(self.canvas, said, self.left, self.y, Ink.MUTED)
        else:
            self.y = layout.draw_heading(self.canvas, office, PAPER, self.left, self.y, self.width)
        self.y -= 3 * MM

    def title(self, words: str, *, tag: str = "", scale: float = 1.45, align: str = "left") -> None:
        """The paper's name, and which copy it is."""
        room = self.width
        if tag:
            parts.tag(self.canvas, tag, self.left + self.width, self.y, strong=False)
            room -= parts.tag_width(tag) + 4 * MM
        said = parts.fitted(words, self.size * scale, room, bold=True)
        if align == "center":
            self.y -= parts.centred(self.canvas, said, self.left + self.width / 2, self.y)
        else:
            self.y -= layout.draw_fitted(self.canvas, said, self.left, self.y)

    def say(
        self, words: str, *, scale: float = 1.0, bold: bool = False, muted: bool = False, align: str = "left",
        indent: float = 0.0,
    ) -> None:  # fmt: skip
        """A paragraph, as many lines as it needs."""
        style = layout.style(
            self.size * scale, bold=bold, colour=Ink.MUTED if muted else Ink.TEXT, align=align, leading=1.4
        )
        made = Paragraph(layout.text(parts.clean(words)), style)
        _, high = made.wrap(self.width - indent, 10_000)
        made.drawOn(self.canvas, self.left + indent, self.y - high)
        self.y -= high

    def field(self, name: str, value: str = "", *, lines: int = 1, share: float = 1.0, at: float = 0.0) -> None:
        """« Nom : TRAORÉ », or a dotted line to fill by hand; ``share`` and ``at`` are parts of the width.

        A field with a share of the width does not go down: call :meth:`down` after the last of the row.
        """
        x, room = self.left + at * self.width, share * self.width - (0 if share == 1.0 else 3 * MM)
        said = f"{name}\u00a0: "
        wide = layout.text_width(parts.clean(said), Fonts.REGULAR, self.size)
        if wide > _LONG_LABEL * room:
            self.skip(0.4)
            self.say(said, muted=True)
            wide = 0.0
        else:
            self._label(said, x)
        high = self._value(value, x + wide, room - wide) if value else self._dots(x, wide, room, lines)
        self._row = max(self._row, high)
        if share == 1.0:
            self.down()

    def down(self) -> None:
        """Below the row of fields."""
        self.y -= self._row
        self._row = 0.0

    def _label(self, words: str, x: float) -> None:
        self.canvas.setFillColor(Ink.MUTED)
        self.canvas.setFont(Fonts.REGULAR, self.size)
        self.canvas.drawString(x, self.y - self._ascent(), parts.clean(words))

    def _ascent(self) -> float:
        """Of the first line of a field."""
        return self.size * 1.25

    def _value(self, value: str, x: float, room: float) -> float:
        made = Paragraph(layout.text(parts.clean(value)), layout.style(self.size, bold=True, leading=1.4))
        _, high = made.wrap(room, 10_000)
        top = self.y - self._ascent() + self._first_baseline(made)
        made.drawOn(self.canvas, x, top - high)
        return float(high) + self.size * 0.35

    @staticmethod
    def _first_baseline(made: Paragraph) -> float:
        """Distance from the top of a paragraph to its first baseline."""
        return float(made.style.fontSize)

    def _dots(self, x: float, wide: float, room: float, lines: int) -> float:
        self.canvas.saveState()
        self.canvas.setStrokeColor(_DOTS)
        self.canvas.setLineWidth(0.7)
        self.canvas.setDash(0.7, 2.2)
        for number in range(lines):
            y = self.y - self._ascent() - 1 - number * self.size * _BLANK_HEIGHT
            self.canvas.line(x + (wide if number == 0 else 0), y, x + room, y)
        self.canvas.restoreState()
        return self.size * (_BLANK_HEIGHT * lines + 0.15)

    def blank(self, width: float, x: float, y: float) -> None:
        """A dotted line to fill by hand."""
        self.canvas.saveState()
        self.canvas.setStrokeColor(_DOTS)
        self.canvas.setLineWidth(0.7)
        self.canvas.setDash(0.7, 2.2)
        self.canvas.line(x, y, x + width, y)
        self.canvas.restoreState()

    def box(self, x: float, y: float, side: float) -> None:
        """A square to tick, its lower left corner at ``x``, ``y``."""
        self.canvas.setStrokeColor(Ink.TEXT)
        self.canvas.setLineWidth(0.8)
        self.canvas.roundRect(x, y, side, side, side * 0.12, stroke=1, fill=0)

    def ticked(self, words: str, *, bold: bool = False) -> None:
        """A square to tick, and words beside it."""
        side = self.size * 0.85
        self.box(self.left, self.y - self.size * 1.12, side)
        self.say(words, bold=bold, indent=side + self.size * 0.6)

    def table(self, titles: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str]]) -> None:
        """A small table; ``widths`` are parts of the width."""
        self._cells(titles, widths, bold=True)
        parts.rule(self.canvas, self.left, self.y, self.width, colour=Ink.RULE)
        for row in rows:
            self._cells(row, widths, bold=False)
            parts.rule(self.canvas, self.left, self.y, self.width)

    def _cells(self, cells: Sequence[str], widths: Sequence[float], *, bold: bool) -> None:
        x, lowest = self.left, self.y
        for cell, share in zip(cells, widths, strict=True):
            style = layout.style(self.size * (0.9 if bold else 1.0), bold=bold, colour=Ink.MUTED if bold else Ink.TEXT)
            made = Paragraph(layout.text(parts.clean(cell)), style)
            _, high = made.wrap(share * self.width - 2 * MM, 10_000)
            top = self.y - self.size * 0.25
            made.drawOn(self.canvas, x, top - high)
            lowest = min(lowest, top - high - self.size * 0.3)
            x += share * self.width
        self.y = lowest


def signatures(sheet: Sheet, bottom: float, labels: Sequence[str], *, boxed: Sequence[int] = (0,)) -> None:
    """Who signs, side by side: a box for a signature or a thumb, or a line; ``bottom`` is the lower edge."""
    step = sheet.width / len(labels)
    size = min(sheet.size, 9.5)
    for place, words in enumerate(labels):
        x = sheet.left + place * step
        said = parts.fitted(words, size, step - 4 * MM, 9 * MM)
        layout.draw_fitted(sheet.canvas, said, x, bottom + parts.BOX_HEIGHT + 1.5 * MM + said.height, Ink.MUTED)
        if place in boxed:
            parts.signature_box(sheet.canvas, x, bottom)
        else:
            sheet.blank(step - 8 * MM, x, bottom)


SIGNED: Final = parts.BOX_HEIGHT + 12 * MM
"""What a row of signatures takes above its lower edge, in points."""


def reading_line(sheet: Sheet, y: float) -> None:
    """« Lu et traduit en … par …, témoin … », to fill by hand (forms: Signatures)."""
    words = ("Lu et traduit en", "par", "témoin")
    size, x = 8.5, sheet.left
    room = sheet.width - sum(layout.text_width(f"{word} ", Fonts.REGULAR, size) + 2 * MM for word in words)
    for word in words:
        sheet.canvas.setFillColor(Ink.MUTED)
        sheet.canvas.setFont(Fonts.REGULAR, size)
        sheet.canvas.drawString(x, y, word)
        x += layout.text_width(f"{word} ", Fonts.REGULAR, size)
        sheet.blank(room / len(words), x, y - 1)
        x += room / len(words) + 2 * MM


def draw_fitting(
    paper: Paper,
    office: Office,
    margins: tuple[float, float],
    size: float,
    draw: Callable[[Sheet], None],
    bottom: float,
) -> Sheet:
    """Draw one page at the largest size at which it ends above ``bottom``; nothing is cut.

    Args:
        paper: Where.
        office: Its watermark.
        margins: At the left and on top, in points.
        size: The size wanted.
        draw: Fills a sheet.
        bottom: How far down it may reach, in points.
    """
    chosen = size
    while chosen > size * _SMALLEST:
        probe = Paper("", (paper.width / MM, paper.height / MM))
        trial = _sheet(probe, margins, chosen)
        draw(trial)
        if trial.y >= bottom:
            break
        chosen *= _STEP
    layout.draw_watermark(paper.canvas, office, paper.width, paper.height)
    sheet = _sheet(paper, margins, chosen)
    draw(sheet)
    return sheet


def _sheet(paper: Paper, margins: tuple[float, float], size: float) -> Sheet:
    left, top = margins
    return Sheet(paper.canvas, left, paper.height - top, paper.width - 2 * left, size)
