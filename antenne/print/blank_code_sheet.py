"""The blank sheet for the two recovery codes: boxes to fill by hand, one half page for each envelope.

The codes themselves never come near a printer (storage: Key slots); nothing on the sheet tells what they open.
"""

from __future__ import annotations

from typing import Final

from reportlab.pdfgen.canvas import Canvas

from antenne.domain.recovery import GROUP_LENGTH, GROUPS
from antenne.print import layout
from antenne.print.layout import A4_MM, MM, Fonts, Ink, Paper

_MARGIN: Final = 20 * MM
_BOX: Final = 8.5 * MM
_GAP: Final = 7 * MM
_IN_ROW: Final = 4

_RULES: Final = (
    "Écrivez en majuscules, au stylo, un signe par case. Les lettres I, L, O et U n’existent pas\u00a0: un rond est un "
    "zéro, un trait est un un. Relisez, pliez, fermez dans une enveloppe signée sur le rabat."
)


def render_blank_codes() -> bytes:
    """One A4 page, to cut in two: a half for each envelope."""
    paper = Paper("Feuille à remplir à la main", A4_MM)
    half = paper.height / 2
    for number, top in ((1, paper.height), (2, half)):
        _half(paper, number, top - _MARGIN)
    paper.canvas.setStrokeColor(Ink.RULE)
    paper.canvas.setDash(2, 3)
    paper.canvas.line(10 * MM, half, paper.width - 10 * MM, half)
    paper.end_page()
    return paper.finish()


def _half(paper: Paper, number: int, top: float) -> None:
    canvas, width = paper.canvas, paper.width - 2 * _MARGIN
    title = layout.fit_text(f"Enveloppe {number}", Fonts.BOLD, 18, width, 20 * MM)
    y = top - layout.draw_fitted(canvas, title, _MARGIN, top, Ink.PRIMARY) - 2 * MM
    rules = layout.fit_text(_RULES, Fonts.REGULAR, 9.5, width, 16 * MM)
    y -= layout.draw_fitted(canvas, rules, _MARGIN, y, Ink.MUTED) + 7 * MM
    for group in range(GROUPS):
        row, place = divmod(group, _IN_ROW)
        left = _MARGIN + place * (GROUP_LENGTH * _BOX + _GAP)
        _group(canvas, group + 1, left, y - row * (_BOX + 11 * MM))
    y -= 2 * (_BOX + 11 * MM) + 4 * MM
    fields = ("Date", "Remise à", "Signature")
    each = width / len(fields)
    for place, name in enumerate(fields):
        blank_line(canvas, name, _MARGIN + place * each, y - 6 * MM, each - 5 * MM)


def _group(canvas: Canvas, number: int, left: float, top: float) -> None:
    """Four boxes under the group's number, which the screen names when one of them is misread."""
    canvas.setFillColor(Ink.MUTED)
    canvas.setFont(Fonts.REGULAR, 8)
    canvas.drawString(left, top, str(number))
    canvas.setStrokeColor(Ink.TEXT)
    canvas.setLineWidth(0.6)
    for place in range(GROUP_LENGTH):
        canvas.rect(left + place * _BOX, top - 2 * MM - _BOX, _BOX, _BOX)


def blank_line(canvas: Canvas, name: str, left: float, y: float, width: float) -> None:
    """A name, and a line after it to write on."""
    canvas.setFillColor(Ink.MUTED)
    canvas.setFont(Fonts.REGULAR, 9)
    canvas.drawString(left, y, name)
    begun = left + layout.text_width(name, Fonts.REGULAR, 9) + 2 * MM
    canvas.setStrokeColor(Ink.RULE)
    canvas.setLineWidth(0.6)
    canvas.line(begun, y - 1, left + width, y - 1)
