"""A story that leaves: A4, its title, its text, one sentence at the foot; neither the office nor anybody is named."""

from __future__ import annotations

from textwrap import wrap
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from antenne.domain.office import Office
from antenne.print import layout
from antenne.print import money_parts as parts
from antenne.print.layout import A4_MM, MM, Fonts, Ink, Paper
from antenne.wording import stories as words

_LEFT: Final = 24 * MM
_ROOM: Final = A4_MM[0] * MM - 2 * _LEFT
_TOP: Final = A4_MM[1] * MM - 24 * MM
_BOTTOM: Final = 32 * MM
_SIZE: Final = 11.5
_LEADING: Final = _SIZE * 1.5
_BETWEEN: Final = 3 * MM
_LONGEST_WORD: Final = 40


def render_story(title: str, text: str, office: Office) -> bytes:
    """One story; the title of the document says nothing.

    Args:
        title: Of the version without a name.
        text: That version; an empty line begins a paragraph.
        office: For the demonstration's watermark alone: no heading, its name would say it.
    """
    paper = Paper(words.PAPER_TITLE, A4_MM)
    y = _begin(paper, office)
    head = parts.fitted(title, 18, _ROOM, 26 * MM, bold=True)
    y -= layout.draw_fitted(paper.canvas, head, _LEFT, y) + 7 * MM
    for paragraph in text.splitlines():
        for line in _lines(paragraph):
            if y - _LEADING < _BOTTOM:
                y = _turn(paper, office)
            paper.canvas.setFont(Fonts.REGULAR, _SIZE)
            paper.canvas.setFillColor(Ink.TEXT)
            paper.canvas.drawString(_LEFT, y - layout.ascent(Fonts.REGULAR, _SIZE), layout.text(line))
            y -= _LEADING
        y -= _BETWEEN
    _foot(paper.canvas)
    paper.end_page()
    return paper.finish()


def _begin(paper: Paper, office: Office) -> float:
    layout.draw_watermark(paper.canvas, office, paper.width, paper.height)
    return _TOP


def _turn(paper: Paper, office: Office) -> float:
    _foot(paper.canvas)
    paper.end_page()
    return _begin(paper, office)


def _lines(paragraph: str) -> list[str]:
    """Words in lines of one size; what is longer than any word is cut."""
    lines: list[str] = []
    whole = parts.clean(paragraph).split()
    for word in (piece for one in whole for piece in wrap(one, _LONGEST_WORD)):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and layout.text_width(longer, Fonts.REGULAR, _SIZE) <= _ROOM:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _foot(canvas: Canvas) -> None:
    said = parts.fitted(words.FOOT, 9, _ROOM, 12 * MM)
    layout.draw_fitted(canvas, said, _LEFT, 22 * MM, Ink.MUTED)
