"""Receipts on an 80 mm roll: 72 mm printable, the page as long as its content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from antenne.base.progress import Progress, Silent
from antenne.domain.office import Office
from antenne.domain.receipt_faces import ReceiptFace, ReceiptOptions
from antenne.print import layout
from antenne.print import money_parts as parts
from antenne.print.blank_fields import Block, space, stacked
from antenne.print.layout import MM, Fitted, Paper
from antenne.wording import formats
from antenne.wording import papers as words
from antenne.wording import receipts as receipt_words

TITLE: Final = "Reçus"
STEP: Final = "receipts.draw"
WIDTH_MM: Final = 80.0
PRINTABLE_MM: Final = 72.0
DEFAULT: Final = ReceiptOptions(roll=True)

_LEFT: Final = (WIDTH_MM - PRINTABLE_MM) / 2 * MM
_ROOM: Final = PRINTABLE_MM * MM
_MARGIN: Final = 5 * MM
_BLACK: Final = "#000000"
"""A thermal head knows black only: paler ink comes out as dots."""


def render_roll(
    faces: Sequence[ReceiptFace],
    office: Office,
    options: ReceiptOptions = DEFAULT,
    progress: Progress | None = None,
) -> bytes:
    """Draw receipts for a roll: for each the receipt, then its stub, each on a page of its own.

    Args:
        faces: In the order they come out.
        office: What the papers say; its heading of « receipt » applies.
        options: What the office decided.
        progress: Told after each receipt, asked for a stop.

    Returns:
        A PDF. All its pages have the height of the longest: a printer is told one size for a whole job.

    Raises:
        Stopped: The user asked.
    """
    watched = progress or Silent()
    strips: list[tuple[ReceiptFace, Block]] = []
    for done, face in enumerate(faces, 1):
        watched.check()
        strips += [(face, _strip(face, office, options, stub=stub)) for stub in (False, True)]
        watched.report(STEP, done, len(faces))
    high = max((block.height for _, block in strips), default=0.0) + 2 * _MARGIN
    paper = Paper(TITLE, (WIDTH_MM, high / MM))
    for face, block in strips:
        layout.draw_watermark(paper.canvas, office, paper.width, paper.height)
        block.draw(paper.canvas, _LEFT, paper.height - _MARGIN)
        day = face.receipt.cancelled_on
        if day is not None:
            said = words.cancelled(day, face.receipt.cancelled_reason, face.replaced_by)
            parts.stamp_cancelled(paper.canvas, said, paper.width, paper.height)
        paper.end_page()
    return paper.finish()


def _strip(face: ReceiptFace, office: Office, options: ReceiptOptions, *, stub: bool) -> Block:
    receipt = face.receipt
    said = words.stub(face.copy) if stub else receipt_words.copy(face.copy)
    letters = words.in_letters(options.closing_words, receipt.total)
    below = [_line(text, 8.5) for text in words.below_total(face, options)]
    found = [
        _heading(office),
        _line(words.number_title(receipt), 14, bold=True),
        _line(words.written(receipt), 9),
        space(1.2 * MM),
        _tag(said, strong=not face.copy.is_original),
        space(2 * MM),
        _pair("Reçu de", face.payer or "—"),
        *([_pair("Pour", face.beneficiary)] if face.beneficiary else []),
        space(1.5 * MM),
        _rule(),
        *(_amount(line.label, line.amount, 9.5) for line in receipt.lines),
        _rule(),
        _amount(words.total(face), receipt.total, 10.5, bold=True),
        _rule(),
        space(1 * MM),
        _line(letters, 9, bold=True),
        *below,
        space(3 * MM),
        _signatures(face),
        space(1.5 * MM),
        _line(words.control(receipt), 9) if receipt.control else space(0),
        _line(options.footer, 8) if options.footer else space(0),
    ]
    return stacked(*found)


def _heading(office: Office) -> Block:
    title, under = layout.heading_lines(office, "receipt")
    if not title:
        return space(0)
    lines = [_centred(parts.fitted(title, 12, _ROOM, 12 * MM, bold=True))]
    if under:
        lines.append(_centred(parts.fitted(under, 8.5, _ROOM, 8 * MM)))
    return stacked(*lines, space(2.5 * MM))


def _centred(what: Fitted) -> Block:
    def draw(canvas: Canvas, x: float, top: float) -> None:
        parts.centred(canvas, what, x + _ROOM / 2, top, _BLACK)

    return Block(what.height, draw)


def _line(text: str, size: float, *, bold: bool = False) -> Block:
    what = parts.fitted(text, size, _ROOM, bold=bold)

    def draw(canvas: Canvas, x: float, top: float) -> None:
        layout.draw_fitted(canvas, what, x, top, _BLACK)

    return Block(what.height + 0.6 * MM, draw)


def _tag(said: str, *, strong: bool) -> Block:
    def draw(canvas: Canvas, x: float, top: float) -> None:
        parts.tag(canvas, said, x + _ROOM, top, strong=strong, plain=_BLACK)

    return Block(parts.TAG_HEIGHT, draw)


def _pair(label: str, value: str) -> Block:
    indent = 17 * MM
    name = parts.fitted(label, 9.5, indent, bold=True)
    what = parts.fitted(value, 9.5, _ROOM - indent)

    def draw(canvas: Canvas, x: float, top: float) -> None:
        layout.draw_fitted(canvas, name, x, top, _BLACK)
        layout.draw_fitted(canvas, what, x + indent, top, _BLACK)

    return Block(max(name.height, what.height) + 0.6 * MM, draw)


def _amount(label: str, amount: int, size: float, *, bold: bool = False) -> Block:
    figure = parts.fitted(formats.number(amount), size, _ROOM * 0.45, bold=bold)
    wide = layout.text_width(figure.lines[0], figure.font, figure.size)
    what = parts.fitted(label, size, _ROOM - wide - 3 * MM, bold=bold)
    high = max(what.height, figure.height) + 1 * MM

    def draw(canvas: Canvas, x: float, top: float) -> None:
        layout.draw_fitted(canvas, what, x, top - (high - what.height) / 2, _BLACK)
        parts.right_aligned(canvas, figure, x + _ROOM, top - (high - figure.height) / 2, _BLACK)

    return Block(high, draw)


def _rule() -> Block:
    def draw(canvas: Canvas, x: float, top: float) -> None:
        parts.rule(canvas, x, top - 0.4 * MM, _ROOM, colour=_BLACK)

    return Block(0.9 * MM, draw)


def _signatures(face: ReceiptFace) -> Block:
    """The cashier on the left, the box of who pays on the right."""
    who = parts.fitted(words.signed_by(face.reading, "La partie versante"), 7.5, 34 * MM, 8 * MM)
    cashier = parts.fitted("La caissière", 8, 34 * MM)
    name = parts.fitted(face.receipt.cashier, 9, 34 * MM, 9 * MM)
    label = max(who.height, cashier.height) + 1 * MM

    def draw(canvas: Canvas, x: float, top: float) -> None:
        layout.draw_fitted(canvas, cashier, x, top, _BLACK)
        parts.right_aligned(canvas, who, x + _ROOM, top, _BLACK)
        bottom = top - label - parts.BOX_HEIGHT
        parts.signature_box(canvas, x + _ROOM - parts.BOX_WIDTH, bottom, colour=_BLACK)
        layout.draw_fitted(canvas, name, x, bottom + name.height, _BLACK)

    return Block(label + parts.BOX_HEIGHT + 1 * MM, draw)
