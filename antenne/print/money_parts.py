"""What the money papers share: safe words, the box for a signature or a thumb, the tag of a copy, « ANNULÉ » across."""

from __future__ import annotations

import math
import re
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from antenne.print import layout
from antenne.print.layout import MM, Fitted, Fonts, Ink

BOX_WIDTH: Final = 25 * MM
BOX_HEIGHT: Final = 30 * MM
"""Room for a signature or a thumb (forms: Signatures)."""

CANCELLED: Final = "#A8321F"

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
ENOUGH: Final = 10_000.0
_TAG: Final = 9.5
TAG_HEIGHT: Final = 5.6 * MM


def clean(words: str) -> str:
    """Words that the fonts can draw: a line break becomes a space, a letter they lack « ? ».

    Names with such letters are refused when they are entered; money that has been taken must come out on paper anyway.
    """
    plain = _CONTROL.sub(" ", words)
    missing = layout.missing_letters(plain)
    return "".join("?" if letter in missing else letter for letter in plain)


def fitted(words: str, size: float, width: float, height: float = ENOUGH, *, bold: bool = False) -> Fitted:
    """Words that fit a box: they shrink, then wrap; nothing is cut."""
    return layout.fit_text(clean(words), Fonts.BOLD if bold else Fonts.REGULAR, size, width, height)


def right_aligned(canvas: Canvas, what: Fitted, right: float, top: float, colour: str = Ink.TEXT) -> float:
    """Draw lines below ``top``, flush right; returns the height used, in points."""
    canvas.setFillColor(colour)
    canvas.setFont(what.font, what.size)
    y = top - layout.ascent(what.font, what.size)
    for line in what.lines:
        canvas.drawRightString(right, y, line)
        y -= what.leading
    return what.height


def centred(canvas: Canvas, what: Fitted, middle: float, top: float, colour: str = Ink.TEXT) -> float:
    """Draw lines below ``top``, centred; returns the height used, in points."""
    canvas.setFillColor(colour)
    canvas.setFont(what.font, what.size)
    y = top - layout.ascent(what.font, what.size)
    for line in what.lines:
        canvas.drawCentredString(middle, y, line)
        y -= what.leading
    return what.height


def rule(canvas: Canvas, x: float, y: float, width: float, *, colour: str = Ink.LINE, weight: float = 0.6) -> None:
    """A horizontal line."""
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(weight)
    canvas.line(x, y, x + width, y)


def signature_box(canvas: Canvas, x: float, bottom: float, *, colour: str = Ink.RULE) -> None:
    """An empty frame, :data:`BOX_WIDTH` by :data:`BOX_HEIGHT`."""
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(0.7)
    canvas.roundRect(x, bottom, BOX_WIDTH, BOX_HEIGHT, 1.2 * MM, stroke=1, fill=0)


def tag_width(words: str) -> float:
    """How wide the tag is, in points."""
    return layout.text_width(words, Fonts.BOLD, _TAG) + 5 * MM


def tag(canvas: Canvas, words: str, right: float, top: float, *, strong: bool, plain: str = Ink.PRIMARY) -> None:
    """Which copy this is, in a frame flush right (« Original »); filled when ``strong`` (« DUPLICATA 2 »)."""
    size, high, wide = _TAG, TAG_HEIGHT, tag_width(words)
    colour = Ink.TEXT if strong else plain
    canvas.setStrokeColor(colour)
    canvas.setFillColor(colour)
    canvas.setLineWidth(0.8)
    canvas.roundRect(right - wide, top - high, wide, high, 1.2 * MM, stroke=1, fill=int(strong))
    canvas.setFillColor(Ink.WHITE if strong else colour)
    canvas.setFont(Fonts.BOLD, size)
    canvas.drawCentredString(right - wide / 2, top - high / 2 - size * 0.35, words)


def stamp_cancelled(canvas: Canvas, said: tuple[str, str], width: float, height: float) -> None:
    """« ANNULÉ le … » and its reason across an area, from its lower left origin; the text below stays legible.

    Args:
        canvas: Where.
        said: The word with its day, and why.
        width: Of the area, in points.
        height: Of the area, in points.
    """
    word, why = clean(said[0]), clean(said[1])
    angle = min(math.degrees(math.atan2(height, width)) * 0.6, 28.0)
    lean = math.radians(angle)
    room = min(0.86 * width / math.cos(lean), 0.8 * height / math.sin(lean))
    size = min(room / layout.text_width(word, Fonts.BOLD, 1.0), 30.0)
    room = max(layout.text_width(word, Fonts.BOLD, size), 0.8 * room)
    reason = layout.fit_text(why, Fonts.BOLD, max(size * 0.42, 7.5), room, size * 1.25) if why else None
    canvas.saveState()
    canvas.translate(width / 2, height / 2)
    canvas.rotate(angle)
    canvas.setFillColor(CANCELLED, alpha=0.62)
    canvas.setStrokeColor(CANCELLED, alpha=0.62)
    canvas.setLineWidth(1.4)
    for edge in (size * 1.12, -size * 1.42):
        canvas.line(-room / 2, edge, room / 2, edge)
    canvas.setFont(Fonts.BOLD, size)
    canvas.drawCentredString(0, size * 0.22, word)
    if reason is not None:
        y = -layout.ascent(reason.font, reason.size) - size * 0.02
        canvas.setFont(reason.font, reason.size)
        for line in reason.lines:
            canvas.drawCentredString(0, y, line)
            y -= reason.leading
    canvas.restoreState()
