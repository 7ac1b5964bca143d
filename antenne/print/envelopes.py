"""The sheet to fill in for an envelope: empty boxes for a recovery code, copied by hand. The code is never printed."""

from __future__ import annotations

import io
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from antenne.print.layout import A4_MM, LANGUAGE, MM, Fonts, Ink, register_fonts

GROUPS: Final = 7
PER_GROUP: Final = 4
_BOX: Final = 11 * MM
_GROUPS_PER_LINE: Final = 4
_LEFT: Final = 22 * MM
_ADVICE: Final = (
    "Recopiez le code de l’écran, groupe par groupe, en capitales d’imprimerie.",
    "Chiffres et lettres seulement\u202f; les lettres I, L, O et U n’y sont jamais.",
    "Retapez-le en entier sur l’ordinateur pendant que cette feuille est devant vous.",
    "Mettez la feuille dans une enveloppe, collez-la, signez sur le rabat.",
    "Confiez les deux enveloppes à deux personnes différentes, hors du bureau.",
    "Ne photographiez pas cette feuille et n’en faites pas de copie.",
)


def render_envelope_sheet(number: int) -> bytes:
    """An A4 with empty boxes.

    Args:
        number: Which envelope, 1 or 2; the sheet says nothing of what it opens, nor whose it is.

    Returns:
        The PDF.
    """
    register_fonts()
    width, height = (side * MM for side in A4_MM)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(width, height), lang=LANGUAGE)
    canvas.setTitle(f"Enveloppe {number}, feuille à remplir")
    y = height - 34 * MM
    canvas.setFillColor(Ink.TEXT)
    canvas.setFont(Fonts.BOLD, 24)
    canvas.drawString(_LEFT, y, f"Enveloppe {number}")
    canvas.setStrokeColor(Ink.ACCENT)
    canvas.setLineWidth(1.6)
    canvas.line(_LEFT, y - 5 * MM, width - _LEFT, y - 5 * MM)
    y = _boxes(canvas, y - 20 * MM)
    y = _lines(canvas, y - 8 * MM, width)
    _advice(canvas, y - 12 * MM)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _boxes(canvas: Canvas, y: float) -> float:
    """Seven groups of four boxes, numbered as the screen numbers them; the height that is left."""
    group_width = PER_GROUP * _BOX
    step = (A4_MM[0] * MM - 2 * _LEFT - group_width) / (_GROUPS_PER_LINE - 1) if _GROUPS_PER_LINE > 1 else 0
    size = min(_BOX, (step - 5 * MM) / PER_GROUP)
    for group in range(GROUPS):
        row, place = divmod(group, _GROUPS_PER_LINE)
        left, top = _LEFT + place * step, y - row * (size + 14 * MM)
        canvas.setFont(Fonts.REGULAR, 9)
        canvas.setFillColor(Ink.MUTED)
        canvas.drawString(left, top + 2 * MM, f"groupe {group + 1}")
        canvas.setStrokeColor(Ink.TEXT)
        canvas.setLineWidth(0.8)
        for box in range(PER_GROUP):
            canvas.rect(left + box * size, top - size, size, size)
    return y - (size + 14 * MM) - size


def _lines(canvas: Canvas, y: float, width: float) -> float:
    """Who copied it, when, and who keeps it."""
    for name in ("Recopié le", "Par", "Gardée par", "À ouvrir seulement par"):
        y -= 12 * MM
        canvas.setFont(Fonts.REGULAR, 11)
        canvas.setFillColor(Ink.TEXT)
        canvas.drawString(_LEFT, y, name)
        canvas.setStrokeColor(Ink.RULE)
        canvas.setLineWidth(0.6)
        canvas.line(_LEFT + 48 * MM, y - 1 * MM, width - _LEFT, y - 1 * MM)
    return y


def _advice(canvas: Canvas, y: float) -> None:
    for number, words in enumerate(_ADVICE, start=1):
        y -= 7.5 * MM
        canvas.setFont(Fonts.BOLD, 10.5)
        canvas.setFillColor(Ink.PRIMARY)
        canvas.drawString(_LEFT, y, f"{number}.")
        canvas.setFont(Fonts.REGULAR, 10.5)
        canvas.setFillColor(Ink.TEXT)
        canvas.drawString(_LEFT + 7 * MM, y, words)
