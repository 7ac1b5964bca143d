"""A crossing that leaves, on paper: the masked table as it was shown on the screen, and how to read it."""

from __future__ import annotations

from typing import Final

from antenne.domain.crossings import CrossingFace
from antenne.domain.office import Office
from antenne.print.paged_table import ROOM_MM, Column, Line, Table, render_table
from antenne.wording import formats
from antenne.wording import gbvims as words

_NAMES_MM: Final = 52.0
_WIDEST_MM: Final = 40.0
"""No column of figures is wider."""


def render_crossing(face: CrossingFace, office: Office) -> bytes:
    """A4 landscape; the title of the document says nothing.

    Args:
        face: What leaves, in words.
        office: Its heading of « list » applies.
    """
    figures = len(face.columns) - 1
    width = min((ROOM_MM - _NAMES_MM) / figures, _WIDEST_MM)
    columns = (
        Column(face.columns[0], ROOM_MM - width * figures),
        *(Column(title, width, figures=True) for title in face.columns[1:]),
    )
    *body, last = face.rows
    lines = [Line(_said(row)) for row in body] + [Line(_said(last), strong=True, shaded=True)]
    under = f"{face.title}, {face.period}"
    return render_table(Table(words.CROSSING_TITLE, under, columns, lines, face.notes), office)


def _said(row: tuple[str | int, ...]) -> tuple[str, ...]:
    return tuple(one if isinstance(one, str) else formats.number(one) for one in row)
