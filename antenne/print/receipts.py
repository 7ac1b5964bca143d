"""Receipts: stub and receipt, two A6 on one A5 portrait, a cut line between (mock-up: imprimes; forms: Receipt)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from antenne.base.progress import Progress, Silent
from antenne.domain.office import Office
from antenne.domain.receipt_faces import ReceiptFace, ReceiptOptions
from antenne.print import layout, receipt_roll
from antenne.print import money_parts as parts
from antenne.print.layout import A5_MM, MM, Fitted, Fonts, Ink, Paper
from antenne.wording import formats
from antenne.wording import papers as words
from antenne.wording import receipts as receipt_words

TITLE: Final = "Reçus"
STEP: Final = "receipts.draw"
PAPER: Final = "receipt"
DEFAULT: Final = ReceiptOptions()

WIDTH: Final = A5_MM[0] * MM
HEIGHT: Final = A5_MM[1] / 2 * MM

_LEFT: Final = 9 * MM
_ROOM: Final = WIDTH - 2 * _LEFT
_TOP: Final = HEIGHT - 6.5 * MM
_BOTTOM: Final = 6.5 * MM
_SIDE: Final = 40 * MM
"""Width of the column with the signatures, the box's own width included."""
_BOX_LEFT: Final = WIDTH - _LEFT - parts.BOX_WIDTH
_LABELS: Final = 18 * MM
_LABEL: Final = 8 * MM
"""Height of the words above the box."""
_LEAST_TABLE: Final = 26 * MM
_LARGEST: Final = 10.0
_LINE: Final = 1.18
"""Height of a line of the table, of its size."""
_OVER_TABLE: Final = 0.7 * MM
_UNDER_TABLE: Final = 1.2 * MM
_PARTY_GAP: Final = 0.9 * MM
_GAP: Final = 0.3 * MM
"""Between two lines of text under the table."""
_READABLE: Final = 8.6
"""Smallest size of the lines above the signatures; beside them they may be smaller."""


def render_receipts(
    faces: Sequence[ReceiptFace],
    office: Office,
    options: ReceiptOptions = DEFAULT,
    progress: Progress | None = None,
) -> bytes:
    """Draw receipts, one a page: the stub above, the receipt below.

    Args:
        faces: In the order they come out.
        office: What the papers say; its heading of « receipt » applies.
        options: What the office decided; with ``roll``, the 80 mm roll is drawn instead.
        progress: Told after each receipt, asked for a stop.

    Returns:
        A PDF; its title names no one.

    Raises:
        Stopped: The user asked.
    """
    if options.roll:
        return receipt_roll.render_roll(faces, office, options, progress)
    watched = progress or Silent()
    paper = Paper(TITLE, A5_MM)
    canvas = paper.canvas
    for done, face in enumerate(faces, 1):
        watched.check()
        half = _Half(face, office, options)
        for bottom, stub in ((HEIGHT, True), (0.0, False)):
            canvas.saveState()
            canvas.translate(0, bottom)
            half.draw(canvas, stub=stub)
            canvas.restoreState()
        _cut_line(canvas)
        paper.end_page()
        watched.report(STEP, done, len(faces))
    return paper.finish()


def _cut_line(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.setStrokeColor(Ink.RULE)
    canvas.setLineWidth(0.5)
    canvas.setDash(2, 2.5)
    canvas.line(4 * MM, HEIGHT, WIDTH - 4 * MM, HEIGHT)
    canvas.restoreState()


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the table."""

    label: Fitted
    amount: Fitted

    @property
    def height(self) -> float:
        """Closer than the fonts ask: no letter of one line reaches the next."""
        return max(_close(self.label), _close(self.amount))


def _close(what: Fitted) -> float:
    return what.leading * (len(what.lines) - 1) + what.size * _LINE


@dataclass(frozen=True, slots=True)
class _Table:
    """The lines of a receipt in one width, at one size."""

    rows: tuple[_Row, ...]
    total: _Row
    width: float
    pad: float
    head: float

    @property
    def height(self) -> float:
        return self.head + sum(row.height + 2 * self.pad for row in (*self.rows, self.total))


class _Half:
    """One A6: laid out once, drawn as stub and as receipt."""

    def __init__(self, face: ReceiptFace, office: Office, options: ReceiptOptions) -> None:
        self._face, self._office, self._options = face, office, options
        self._title, self._under = _heading(office)
        self._parties = _parties(face)
        self._foot = parts.fitted(options.footer, 7, _BOX_LEFT - _LEFT - 4 * MM, 6 * MM) if options.footer else None
        parties = sum(value.height + _PARTY_GAP for _, value in self._parties)
        self._body = _TOP - self._head_height() - parties - _OVER_TABLE
        self._beside = False
        room = self._body - _BOTTOM - parts.BOX_HEIGHT - _LABEL
        table = _table(face, _ROOM, room, _READABLE)
        self._texts = _texts(face, options, _BOX_LEFT - _LEFT - 9 * MM)
        if table is None or _height(self._texts) > parts.BOX_HEIGHT - 12 * MM:
            self._beside = True
            width = _ROOM - _SIDE
            self._texts = _texts(face, options, width, self._body - self._bottom - _UNDER_TABLE - _LEAST_TABLE)
            room = self._body - self._bottom - _height(self._texts) - _UNDER_TABLE
            table = _table(face, width, room, 0.0)
        assert table is not None, "a table without a smallest size always fits"
        self._table = table

    @property
    def _bottom(self) -> float:
        return _BOTTOM + (self._foot.height + 1.0 * MM if self._foot else 0.0)

    def _head_height(self) -> float:
        heading = self._title.height + self._under.height if self._title.lines[0] else 0.0
        return max(heading, 10.6 * MM, 10 * MM if _has_logo(self._office) else 0.0) + 1.9 * MM

    def draw(self, canvas: Canvas, *, stub: bool) -> None:
        """From the lower left corner of the half."""
        face = self._face
        layout.draw_watermark(canvas, self._office, WIDTH, HEIGHT)
        self._draw_head(canvas)
        y = self._draw_parties(canvas, stub=stub)
        y = self._draw_table(canvas, y)
        for line in self._texts:
            y -= layout.draw_fitted(canvas, line, _LEFT, y) + _GAP
        self._draw_foot(canvas)
        if face.receipt.cancelled_on is not None:
            said = words.cancelled(face.receipt.cancelled_on, face.receipt.cancelled_reason, face.replaced_by)
            parts.stamp_cancelled(canvas, said, WIDTH, HEIGHT)

    def _draw_head(self, canvas: Canvas) -> None:
        x = _LEFT
        if _has_logo(self._office) and self._office.logo:
            wide, high = layout.inside(layout.image_size(self._office.logo), (20 * MM, 10 * MM))
            canvas.drawImage(layout.image(self._office.logo), x, _TOP - high, wide, high, mask="auto")
            x += wide + 2.5 * MM
        y = _TOP - layout.draw_fitted(canvas, self._title, x, _TOP, Ink.PRIMARY)
        layout.draw_fitted(canvas, self._under, x, y, Ink.MUTED)
        right = WIDTH - _LEFT
        number = parts.fitted(words.number_title(self._face.receipt), 13, 56 * MM, 7 * MM, bold=True)
        y = _TOP - parts.right_aligned(canvas, number, right, _TOP)
        parts.right_aligned(canvas, parts.fitted(words.written(self._face.receipt), 9, 56 * MM), right, y)

    def _draw_parties(self, canvas: Canvas, *, stub: bool) -> float:
        copy = self._face.copy
        y = _TOP - self._head_height()
        said = words.stub(copy) if stub else receipt_words.copy(copy)
        parts.tag(canvas, said, WIDTH - _LEFT, y + 1.1 * MM, strong=not copy.is_original)
        for label, value in self._parties:
            canvas.setFillColor(Ink.TEXT)
            canvas.setFont(Fonts.BOLD, 9.5)
            canvas.drawString(_LEFT, y - layout.ascent(Fonts.REGULAR, 10), label)
            y -= layout.draw_fitted(canvas, value, _LEFT + _LABELS, y) + _PARTY_GAP
        return y - _OVER_TABLE

    def _draw_table(self, canvas: Canvas, y: float) -> float:
        table = self._table
        right = _LEFT + table.width
        parts.rule(canvas, _LEFT, y, table.width, colour=Ink.RULE)
        for word, draw in (("Objet", layout.draw_fitted), ("FCFA", parts.right_aligned)):
            x = _LEFT if draw is layout.draw_fitted else right
            draw(canvas, parts.fitted(word, 8, 30 * MM, bold=True), x, y - 0.7 * MM, Ink.MUTED)
        y -= table.head
        for row in (*table.rows, table.total):
            parts.rule(canvas, _LEFT, y, table.width, colour=Ink.RULE if row is table.total else Ink.LINE)
            layout.draw_fitted(canvas, row.label, _LEFT, y - table.pad - (row.height - row.label.height) / 2)
            parts.right_aligned(canvas, row.amount, right, y - table.pad - (row.height - row.amount.height) / 2)
            y -= row.height + 2 * table.pad
        parts.rule(canvas, _LEFT, y, table.width, colour=Ink.RULE)
        return y - _UNDER_TABLE

    def _draw_foot(self, canvas: Canvas) -> None:
        face = self._face
        if self._foot:
            layout.draw_fitted(canvas, self._foot, _LEFT, _BOTTOM + self._foot.height, Ink.MUTED)
        parts.signature_box(canvas, _BOX_LEFT, _BOTTOM)
        who = parts.fitted(words.signed_by(face.reading, "La partie versante"), 7, 32 * MM, 6.6 * MM)
        cashier = parts.fitted(face.receipt.cashier, 8, 36 * MM, 6.5 * MM)
        control = parts.fitted(words.control(face.receipt), 8, 36 * MM, 5 * MM)
        if self._beside:
            side = WIDTH - _LEFT - _SIDE + 4 * MM
            self._side(canvas, side, (who, cashier, control))
            return
        middle = _LEFT + 42 * MM
        parts.right_aligned(canvas, who, WIDTH - _LEFT, self._above_box(who), Ink.MUTED)
        layout.draw_fitted(canvas, parts.fitted("La caissière", 8, 40 * MM), _LEFT, self._bottom + 11.5 * MM, Ink.MUTED)
        layout.draw_fitted(canvas, cashier, _LEFT, self._bottom + cashier.height)
        layout.draw_fitted(canvas, control, middle, self._bottom + control.height, Ink.MUTED)

    def _above_box(self, label: Fitted) -> float:
        return _BOTTOM + parts.BOX_HEIGHT + label.height + 0.6 * MM

    def _side(self, canvas: Canvas, x: float, said: tuple[Fitted, Fitted, Fitted]) -> None:
        """The column beside a long table: cashier above, control, the box below."""
        who, cashier, control = said
        top = self._body - 1.0 * MM
        top -= layout.draw_fitted(canvas, parts.fitted("La caissière", 8, 36 * MM), x, top, Ink.MUTED)
        label = self._above_box(who)
        parts.right_aligned(canvas, who, WIDTH - _LEFT, label, Ink.MUTED)
        label += control.height + 1 * MM
        layout.draw_fitted(canvas, control, x, label, Ink.MUTED)
        layout.draw_fitted(canvas, cashier, x, max(top - 7 * MM, min(top, label + cashier.height)))


def _has_logo(office: Office) -> bool:
    return bool(office.logo) and bool(layout.heading_lines(office, PAPER)[1])


def _heading(office: Office) -> tuple[Fitted, Fitted]:
    """Title and what stands under it; empty lines where the paper has none."""
    title, under = layout.heading_lines(office, PAPER)
    room = _ROOM - 58 * MM - (22.5 * MM if _has_logo(office) else 0.0)
    return parts.fitted(title, 12, room, 9 * MM, bold=True), parts.fitted(under, 8, room, 7 * MM)


def _parties(face: ReceiptFace) -> tuple[tuple[str, Fitted], ...]:
    """« Reçu de » and, when another paid, « Pour »."""
    said = [("Reçu de", face.payer or "—")]
    if face.beneficiary:
        said.append(("Pour", face.beneficiary))
    room = _ROOM - _LABELS - parts.tag_width(words.stub(face.copy)) - 3 * MM
    return tuple((label, parts.fitted(value, 10, room, 7.5 * MM)) for label, value in said)


def _texts(
    face: ReceiptFace, options: ReceiptOptions, width: float, highest: float = parts.ENOUGH
) -> tuple[Fitted, ...]:
    """The amount in letters and what stands under it; all of it shrinks where it would be higher than ``highest``."""
    letters = words.in_letters(options.closing_words, face.receipt.total)
    share = 1.0
    while True:
        found = [parts.fitted(letters, 8.8, width, 11 * MM * share, bold=True)]
        found += [parts.fitted(line, 8, width, 7.4 * MM * share) for line in words.below_total(face, options)]
        if _height(found) <= highest:
            return tuple(found)
        share *= 0.93


def _height(texts: Sequence[Fitted]) -> float:
    return sum(line.height + _GAP for line in texts)


def _table(face: ReceiptFace, width: float, room: float, smallest: float) -> _Table | None:
    """The lines at the largest size at which they fit; None when that is below ``smallest``."""
    size = _LARGEST
    while size >= smallest:
        table = _table_at(face, width, size)
        if table.height <= room:
            return table
        size *= 0.96
    return None


def _table_at(face: ReceiptFace, width: float, size: float) -> _Table:
    figures = [formats.number(line.amount) for line in face.receipt.lines]
    total = formats.number(face.receipt.total)
    column = max(layout.text_width(total, Fonts.BOLD, size * 1.08), 16 * MM) + 4 * MM
    rows = tuple(
        _Row(parts.fitted(line.label, size, width - column), parts.fitted(shown, size, column))
        for line, shown in zip(face.receipt.lines, figures, strict=True)
    )
    last = _Row(
        parts.fitted(words.total(face), size, width - column, bold=True),
        parts.fitted(total, size * 1.08, column, bold=True),
    )
    pad = min(max(size - 7.2, 0.2) * 1.2, 3.2)
    return _Table(rows, last, width, pad, 4.7 * MM)
