"""The page by which the secretary finds how far a printer is off: two distances to measure on each side."""

from __future__ import annotations

from typing import Final

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from antenne.domain.cards import CROSS_MM, Offsets
from antenne.print import layout
from antenne.print.layout import A4_MM, MM, Fonts, Ink, Paper
from antenne.print.sheets import NO_OFFSETS, crop_marks, shift

_ARM: Final = 8
"""Half the length of a cross, in millimetres."""

_STEPS: Final = (
    (
        "1. Imprimez à la taille réelle (100\u00a0%), sans «\u00a0ajuster à la page\u00a0», recto verso, "
        "reliure sur le grand côté."
    ),
    "2. Vérifiez la règle ci-dessous\u00a0: elle doit mesurer exactement 100\u00a0mm.",
    (
        "3. Recto\u00a0: mesurez du bord gauche du papier au trait debout de la croix A, "
        "puis du bord haut au trait couché."
    ),
    "4. Retournez la feuille et mesurez de même la croix B.",
    "5. Écrivez les quatre mesures dans Cartes, Imprimante. Elles valent 30,0\u00a0mm quand l’imprimante est juste.",
    "6. Devant une fenêtre, le cercle du verso doit tomber sur la croix du milieu.",
)


def render_calibration(offsets: Offsets = NO_OFFSETS) -> bytes:
    """Two A4 pages, front and back.

    Args:
        offsets: The correction to try; none for the first measure.

    Returns:
        A PDF.
    """
    paper = Paper("Réglage de l’imprimante", A4_MM)
    tried = offsets != NO_OFFSETS
    shift(paper, offsets.x, offsets.y)
    _front(paper, tried=tried)
    paper.end_page()
    shift(paper, offsets.back_x, offsets.back_y)
    _back(paper)
    paper.end_page()
    return paper.finish()


def _front(paper: Paper, *, tried: bool) -> None:
    canvas = paper.canvas
    crop_marks(paper)
    _cross(canvas, CROSS_MM * MM, paper.height - CROSS_MM * MM, "A")
    _cross(canvas, paper.width / 2, paper.height / 2, "")
    left, top = 44 * MM, paper.height - 46 * MM
    room = paper.width - 2 * left
    top -= layout.draw_fitted(
        canvas,
        layout.fit_text("Réglage de l’imprimante — recto", Fonts.BOLD, 15, room, 20 * MM),
        left,
        top,
        Ink.PRIMARY,
    )
    if tried:
        words = "Page corrigée\u00a0: les croix A et B doivent se trouver à 30,0\u00a0mm des deux bords."
        top -= layout.draw_fitted(canvas, layout.fit_text(words, Fonts.BOLD, 9, room, 10 * MM), left, top)
    top -= 4 * MM
    plain = layout.style(10)
    for step in _STEPS:
        written = Paragraph(layout.text(step), plain)
        top -= written.wrap(room, paper.height)[1] + 1.8 * MM
        written.drawOn(canvas, left, top)
    _ruler(canvas, (paper.width - 100 * MM) / 2, top - 14 * MM, 100)


def _back(paper: Paper) -> None:
    canvas = paper.canvas
    crop_marks(paper)
    _cross(canvas, CROSS_MM * MM, paper.height - CROSS_MM * MM, "B")
    x, y = paper.width / 2, paper.height / 2
    canvas.setStrokeColor(Ink.TEXT)
    canvas.setLineWidth(0.5)
    for radius in (1, 2, 4, 6):
        canvas.circle(x, y, radius * MM, stroke=1, fill=0)
    canvas.setFont(Fonts.REGULAR, 7)
    canvas.setFillColor(Ink.MUTED)
    canvas.drawCentredString(
        x, y - 9.5 * MM, "Cercles à 1, 2, 4 et 6\u00a0mm\u00a0: la croix du recto tombe au milieu."
    )
    title = layout.fit_text("Réglage de l’imprimante — verso", Fonts.BOLD, 15, 130 * MM, 20 * MM)
    layout.draw_fitted(canvas, title, 44 * MM, paper.height - 46 * MM, Ink.PRIMARY)


def _cross(canvas: Canvas, x: float, y: float, name: str) -> None:
    """A cross with a mark at each millimetre."""
    canvas.setStrokeColor(Ink.TEXT)
    canvas.setLineWidth(0.4)
    canvas.line(x - _ARM * MM, y, x + _ARM * MM, y)
    canvas.line(x, y - _ARM * MM, x, y + _ARM * MM)
    canvas.setLineWidth(0.2)
    for millimetre in range(-_ARM, _ARM + 1):
        tick = (1.6 if millimetre % 5 == 0 else 0.8) * MM
        at = millimetre * MM
        canvas.line(x + at, y - tick, x + at, y + tick)
        canvas.line(x - tick, y + at, x + tick, y + at)
    if name:
        canvas.setFillColor(Ink.PRIMARY)
        canvas.setFont(Fonts.BOLD, 16)
        canvas.drawString(x + 3 * MM, y - 7 * MM, name)


def _ruler(canvas: Canvas, x: float, y: float, length: int) -> None:
    """A ruler of so many millimetres."""
    canvas.setStrokeColor(Ink.TEXT)
    canvas.setFillColor(Ink.TEXT)
    canvas.setFont(Fonts.REGULAR, 7)
    canvas.setLineWidth(0.4)
    canvas.line(x, y, x + length * MM, y)
    canvas.setLineWidth(0.2)
    for millimetre in range(length + 1):
        tick = 4.0 if millimetre % 10 == 0 else 3.0 if millimetre % 5 == 0 else 1.8
        canvas.line(x + millimetre * MM, y, x + millimetre * MM, y + tick * MM)
        if millimetre % 10 == 0:
            canvas.drawCentredString(x + millimetre * MM, y - 3 * MM, str(millimetre))
