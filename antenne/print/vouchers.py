"""« Pièce de dépense »: one A5 portrait for each, the amount in letters, three signatures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from antenne.base.progress import Progress, Silent
from antenne.domain.office import Office
from antenne.domain.voucher_faces import VoucherFace, VoucherKind
from antenne.print import layout
from antenne.print import money_parts as parts
from antenne.print.layout import A5_MM, MM, Fonts, Ink, Paper
from antenne.wording import formats
from antenne.wording import papers as words
from antenne.wording import receipts as receipt_words

TITLE: Final = "Pièces de dépense"
STEP: Final = "vouchers.draw"
PAPER: Final = "receipt"
"""Its heading is the one that the office set for its receipts."""

_LEFT: Final = 12 * MM
_TOP: Final = A5_MM[1] * MM - 11 * MM
_WIDTH: Final = A5_MM[0] * MM
_ROOM: Final = _WIDTH - 2 * _LEFT
_LABELS: Final = 36 * MM
_SIGNATURES: Final = 12 * MM
"""Lower edge of the row of signatures."""
_COLUMN: Final = _ROOM / 3
_BODY_BOTTOM: Final = _SIGNATURES + parts.BOX_HEIGHT + 13 * MM


def render_voucher(face: VoucherFace, office: Office) -> bytes:
    """Draw one voucher; see :func:`render_vouchers`."""
    return render_vouchers((face,), office)


def render_vouchers(faces: Sequence[VoucherFace], office: Office, progress: Progress | None = None) -> bytes:
    """Draw vouchers, one a page.

    Args:
        faces: In the order they come out.
        office: What the papers say; its heading of « receipt » applies.
        progress: Told after each voucher, asked for a stop.

    Returns:
        A PDF; its title names no one.

    Raises:
        Stopped: The user asked.
    """
    watched = progress or Silent()
    paper = Paper(TITLE, A5_MM)
    for done, face in enumerate(faces, 1):
        watched.check()
        _draw(paper, face, office)
        paper.end_page()
        watched.report(STEP, done, len(faces))
    return paper.finish()


def _draw(paper: Paper, face: VoucherFace, office: Office) -> None:
    canvas = paper.canvas
    layout.draw_watermark(canvas, office, paper.width, paper.height)
    y = layout.draw_heading(canvas, office, PAPER, _LEFT, _TOP, _ROOM)
    y -= 6 * MM if y < _TOP else 0
    y = _title(canvas, face, y)
    y = _amount(canvas, face, y)
    _details(canvas, face, y)
    _signed(canvas, face)
    if face.cancelled_on is not None:
        said = words.cancelled(face.cancelled_on, face.cancelled_reason)
        parts.stamp_cancelled(canvas, said, paper.width, paper.height)


def _title(canvas: Canvas, face: VoucherFace, y: float) -> float:
    """« PIÈCE DE DÉPENSE n° D-2026-0001 », its kind, its day, which copy."""
    copy = receipt_words.copy(face.copy)
    parts.tag(canvas, copy, _WIDTH - _LEFT, y - 0.6 * MM, strong=not face.copy.is_original)
    room = _ROOM - parts.tag_width(copy) - 4 * MM
    title = parts.fitted(f"{words.VOUCHER_TITLE} n°\u00a0{face.number}", 15, room, 10 * MM, bold=True)
    y -= layout.draw_fitted(canvas, title, _LEFT, y) + 0.6 * MM
    kind = f"{words.VOUCHERS[face.kind]} du {formats.long_day(face.day)}"
    return y - layout.draw_fitted(canvas, parts.fitted(kind, 10.5, _ROOM, 8 * MM), _LEFT, y, Ink.MUTED) - 4 * MM


def _amount(canvas: Canvas, face: VoucherFace, y: float) -> float:
    """The amount in figures and in letters, in a frame."""
    inner = 4 * MM
    figure = parts.fitted(formats.amount(face.amount), 18, _ROOM - 2 * inner, 10 * MM, bold=True)
    said = words.in_letters(words.VOUCHER_CLOSING[face.kind], face.amount)
    letters = parts.fitted(said, 10, _ROOM - 2 * inner, 17 * MM, bold=True)
    high = figure.height + letters.height + 5 * MM
    canvas.setStrokeColor(Ink.PRIMARY)
    canvas.setLineWidth(0.9)
    canvas.roundRect(_LEFT, y - high, _ROOM, high, 1.6 * MM, stroke=1, fill=0)
    top = y - 2 * MM
    top -= layout.draw_fitted(canvas, figure, _LEFT + inner, top, Ink.PRIMARY) + 0.6 * MM
    layout.draw_fitted(canvas, letters, _LEFT + inner, top)
    return y - high - 4 * MM


def _details(canvas: Canvas, face: VoucherFace, y: float) -> None:
    """Label and value, a line each; all of them shrink together when they are long."""
    said = [(label, value) for label, value in words.voucher_lines(face) if value]
    room, size = y - _BODY_BOTTOM, 10.5
    while True:
        values = [parts.fitted(value, size, _ROOM - _LABELS) for _, value in said]
        pad = size * 0.19
        if sum(value.height + 2 * pad for value in values) <= room:
            break
        size *= 0.95
    parts.rule(canvas, _LEFT, y, _ROOM)
    for (label, _), value in zip(said, values, strict=True):
        name = parts.fitted(label, min(size, 9.0), _LABELS - 3 * MM, value.height)
        layout.draw_fitted(canvas, name, _LEFT, y - pad, Ink.MUTED)
        layout.draw_fitted(canvas, value, _LEFT + _LABELS, y - pad)
        y -= value.height + 2 * pad
        parts.rule(canvas, _LEFT, y, _ROOM)


def _signed(canvas: Canvas, face: VoucherFace) -> None:
    """Cashier, beneficiary with the box for a thumb, responsable."""
    top = _SIGNATURES + parts.BOX_HEIGHT + 9 * MM
    for place, (label, name) in enumerate(words.voucher_signatures(face)):
        x = _LEFT + place * _COLUMN
        title = parts.fitted(label, 8.5, parts.BOX_WIDTH + 7 * MM, 8 * MM)
        layout.draw_fitted(canvas, title, x, top, Ink.MUTED)
        if place == 1:
            parts.signature_box(canvas, x, _SIGNATURES)
            continue
        canvas.setStrokeColor(Ink.RULE)
        canvas.setLineWidth(0.6)
        canvas.line(x, _SIGNATURES, x + _COLUMN - 6 * MM, _SIGNATURES)
        if name:
            fitted = parts.fitted(name, 9, _COLUMN - 6 * MM, 9 * MM)
            layout.draw_fitted(canvas, fitted, x, _SIGNATURES + fitted.height + 0.8 * MM)
    if face.kind is not VoucherKind.TRANSFER:
        read = words.reading(face.reading, blank=True)
        fitted = layout.fit_text(parts.clean(read), Fonts.REGULAR, 8, _ROOM, 6 * MM)
        layout.draw_fitted(canvas, fitted, _LEFT, _SIGNATURES - 1.6 * MM, Ink.MUTED)
