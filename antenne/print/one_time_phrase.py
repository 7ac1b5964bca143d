"""The blank sheet for one-time phrases: five slips to cut, each with a label and four words to write by hand.

A phrase is shown on the screen and copied with a pen; it never comes near a printer (storage: Key slots).
"""

from __future__ import annotations

from typing import Final

from antenne.domain.passphrases import WORD_COUNT
from antenne.print import layout
from antenne.print.blank_code_sheet import blank_line
from antenne.print.layout import A4_MM, MM, Fonts, Ink, Paper

SLIPS: Final = 5
_MARGIN: Final = 18 * MM

_RULES: Final = (
    "Écrivez les quatre mots lisiblement, avec leurs accents. Ils servent une seule fois\u00a0: à la première "
    "ouverture, vous choisirez les vôtres. Détruisez ensuite ce papier."
)


def render_blank_phrases() -> bytes:
    """One A4 page with :data:`SLIPS` slips."""
    paper = Paper("Feuille à remplir à la main", A4_MM)
    high = (paper.height - 2 * 8 * MM) / SLIPS
    for place in range(SLIPS):
        top = paper.height - 8 * MM - place * high
        _slip(paper, top - 7 * MM)
        if place:
            paper.canvas.setStrokeColor(Ink.RULE)
            paper.canvas.setDash(2, 3)
            paper.canvas.line(8 * MM, top, paper.width - 8 * MM, top)
            paper.canvas.setDash()
    paper.end_page()
    return paper.finish()


def _slip(paper: Paper, top: float) -> None:
    canvas, width = paper.canvas, paper.width - 2 * _MARGIN
    rules = layout.fit_text(_RULES, Fonts.REGULAR, 9, width, 14 * MM)
    y = top - layout.draw_fitted(canvas, rules, _MARGIN, top, Ink.MUTED) - 9 * MM
    blank_line(canvas, "Étiquette", _MARGIN, y, width * 0.6)
    half = width / 2
    for number in range(WORD_COUNT):
        row, place = divmod(number, 2)
        blank_line(canvas, f"Mot {number + 1}", _MARGIN + place * half, y - (row + 1) * 11 * MM, half - 6 * MM)
