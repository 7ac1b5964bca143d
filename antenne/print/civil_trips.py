"""Papers of a trip: the grouped list with room for each result, and the list of who is to be warned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from antenne.domain.civil_faces import TripFace, TripGroup, TripRow, WarnFace, WarnRow
from antenne.domain.civil_trips import Purpose
from antenne.domain.office import Office
from antenne.print import layout
from antenne.print import money_parts as parts
from antenne.print.civil_parts import Sheet
from antenne.print.layout import A4_MM, MM, Fonts, Ink, Paper
from antenne.wording import civil_papers as words
from antenne.wording import formats
from antenne.wording import papers as paper_words

_LEFT: Final = 12 * MM
_TOP: Final = 11 * MM
_BOTTOM: Final = 16 * MM
_SIZE: Final = 9.5
_PAD: Final = 1.6 * MM
_ROW: Final = 13 * MM
"""No row is lower: a result is written in it by hand."""

_CHOICES: Final[dict[Purpose, tuple[str, ...]]] = {
    Purpose.FILE: ("déposé, n°", "refusé"),
    Purpose.HEAR: ("jugé, n°", "renvoyé", "délibéré"),
    Purpose.FETCH: ("transcrit, n°", "reçu", "pas prêt"),
    Purpose.OTHER: ("fait", "pas fait"),
}
"""What is ticked on the spot, by what the file goes there for."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What a page of rows is drawn with."""

    title: str
    under: str
    titles: tuple[str, ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """One row, or the head of a group: its cells, its height, what is drawn besides its words."""

    cells: tuple[str, ...]
    height: float
    strong: bool = False
    more: Callable[[Sheet, float, float, float], None] | None = None


def render_trip(face: TripFace, office: Office) -> bytes:
    """The grouped list of a trip, A4 landscape: number, name on the act, step, missing pieces, room to write."""
    page = _Page(
        f"Tournée du {formats.long_day(face.on)}",
        " · ".join(
            part for part in (face.place, face.words, formats.plural(face.count, "dossier", "dossiers")) if part
        ),
        ("Dossier, nom sur l’acte", "Étape", "Manque encore", "Résultat", "Nouvelle date, motif"),
        (0.23, 0.17, 0.2, 0.2, 0.2),
    )
    several = len({group.place for group in face.groups}) > 1 or any(one.place != face.place for one in face.groups)
    width = A4_MM[1] * MM - 2 * _LEFT
    lines: list[_Line] = []
    for group in face.groups:
        lines.append(_group_line(group, several=several))
        lines += [_trip_line(group.purpose, row, page, width) for row in group.rows]
    return _render(page, (A4_MM[1], A4_MM[0]), office, lines, words.TRIP_TITLE)


def _group_line(group: TripGroup, *, several: bool) -> _Line:
    place = f"{group.place} — " if several and group.place else ""
    said = f"{place}{words.PURPOSES[group.purpose]} ({formats.number(len(group.rows))})"
    return _Line((said,), 8 * MM, strong=True)


def _trip_line(purpose: Purpose, row: TripRow, page: _Page, width: float) -> _Line:
    step = [row.step, f"n°\u00a0{row.reference}" if row.reference else ""]
    step.append(f"le {formats.day(row.hearing_on)}" if row.hearing_on else "")
    missing = "\u202f; ".join(row.missing) if row.missing else "rien"
    cells = (f"{row.number}\n{row.name}", "\n".join(one for one in step if one), missing, row.result, "")
    return _Line(cells, _height(cells, page.widths, width), more=None if row.result else _choices(purpose, page))


def _choices(purpose: Purpose, page: _Page) -> Callable[[Sheet, float, float, float], None]:
    """Squares to tick in the column of the result, a dotted line after « n° »."""

    def draw(sheet: Sheet, top: float, _high: float, width: float) -> None:
        x = sheet.left + sum(page.widths[:3]) * width + _PAD
        room = page.widths[3] * width - 2 * _PAD
        side, size = 2.6 * MM, 8.5
        at, y = x, top - 4.4 * MM
        for word in _CHOICES[purpose]:
            numbered = word.endswith("n°")
            wide = side + 1.2 * MM + layout.text_width(word, Fonts.REGULAR, size)
            taken = room if numbered else wide + 3.5 * MM
            if at > x and at + wide > x + room:
                at, y = x, y - 5 * MM
            sheet.box(at, y, side)
            sheet.canvas.setFillColor(Ink.TEXT)
            sheet.canvas.setFont(Fonts.REGULAR, size)
            sheet.canvas.drawString(at + side + 1.2 * MM, y + 0.3 * MM, word)
            if numbered:
                sheet.blank(x + room - at - wide - 1 * MM, at + wide + 1 * MM, y)
            at += taken

    return draw


def render_warn(face: WarnFace, office: Office) -> bytes:
    """Whom to warn before a trip, A4 portrait: phones only where she may be called, boxes to tick, room to note."""
    page = _Page(
        f"À prévenir avant le {formats.long_day(face.on)}",
        f"{face.place}. Ne dites le motif qu’à la femme elle-même.",
        ("Femme", "Téléphone", "Dossiers", "Témoins", "Prévenus"),
        (0.2, 0.23, 0.24, 0.19, 0.14),
    )
    width = A4_MM[0] * MM - 2 * _LEFT
    return _render(page, A4_MM, office, [_warn_line(row, page, width) for row in face.rows], words.WARN_TITLE)


def _warn_line(row: WarnRow, page: _Page, width: float) -> _Line:
    phones = "\n".join(row.phones) if row.may_call else "Ne pas appeler\u00a0: aller la voir ou attendre sa visite"
    cells = (row.name, phones, "\n".join(row.files), "\n".join(row.witnesses), "")

    def ticks(sheet: Sheet, top: float, _high: float, whole: float) -> None:
        x = sheet.left + sum(page.widths[:4]) * whole + _PAD
        for number, word in enumerate(("elle", "témoins")):
            y = top - (4.4 + 5 * number) * MM
            sheet.box(x, y, 2.6 * MM)
            sheet.canvas.setFillColor(Ink.TEXT)
            sheet.canvas.setFont(Fonts.REGULAR, 8.5)
            sheet.canvas.drawString(x + 3.8 * MM, y + 0.3 * MM, word)

    return _Line(cells, _height(cells, page.widths, width), more=ticks)


# --- Pages -----------------------------------------------------------------------------------------------------------


def _height(cells: Sequence[str], widths: Sequence[float], width: float) -> float:
    return max(_ROW, *(_cell(cell, share * width)[1] + 2 * _PAD for cell, share in zip(cells, widths, strict=True)))


def _cell(cell: str, width: float, *, bold: bool = False) -> tuple[Paragraph, float]:
    said = "<br/>".join(layout.text(parts.clean(line)) for line in cell.split("\n"))
    made = Paragraph(said, layout.style(_SIZE, bold=bold, leading=1.25))
    return made, float(made.wrap(width - 2 * _PAD, 10_000)[1])


def _render(page: _Page, size: tuple[float, float], office: Office, lines: Sequence[_Line], title: str) -> bytes:
    paper = Paper(title, size)
    first = _head(paper, office, page, first=True, draw=False)
    later = _head(paper, office, page, first=False, draw=False)
    pages = _paged(lines, first - _BOTTOM, later - _BOTTOM)
    for number, some in enumerate(pages, 1):
        layout.draw_watermark(paper.canvas, office, paper.width, paper.height)
        y = _head(paper, office, page, first=number == 1, draw=True)
        for line in some:
            y = _draw(paper, page, line, y)
        _foot(paper.canvas, paper.width, paper_words.page(number, len(pages)))
        paper.end_page()
    return paper.finish()


def _paged(lines: Sequence[_Line], first: float, later: float) -> list[list[_Line]]:
    """Rows on pages; the head of a group stays with its first row."""
    pages: list[list[_Line]] = [[]]
    room = first
    for place, line in enumerate(lines):
        needed = line.height
        if line.strong and place + 1 < len(lines):
            needed += lines[place + 1].height
        if pages[-1] and needed > room:
            pages.append([])
            room = later
        pages[-1].append(line)
        room -= line.height
    return pages


def _head(paper: Paper, office: Office, page: _Page, *, first: bool, draw: bool) -> float:
    """The heading, the title and the heads of the columns; returns where the rows begin."""
    canvas = paper.canvas if draw else Paper("", (paper.width / MM, paper.height / MM)).canvas
    sheet = Sheet(canvas, _LEFT, paper.height - _TOP, paper.width - 2 * _LEFT, 10)
    if first:
        sheet.head(office)
        sheet.title(page.title, scale=1.6)
        sheet.say(page.under, muted=True)
    else:
        sheet.say(f"{page.title} · {page.under}", scale=0.9, muted=True)
    sheet.skip(0.6)
    canvas.setFillColor(Ink.PRIMARY)
    canvas.rect(_LEFT, sheet.y - 6 * MM, sheet.width, 6 * MM, stroke=0, fill=1)
    x = _LEFT
    for title, share in zip(page.titles, page.widths, strict=True):
        said = parts.fitted(title, 9, share * sheet.width - 2 * _PAD, 6 * MM, bold=True)
        layout.draw_fitted(canvas, said, x + _PAD, sheet.y - (6 * MM - said.height) / 2, Ink.WHITE)
        x += share * sheet.width
    return sheet.y - 6 * MM


def _draw(paper: Paper, page: _Page, line: _Line, y: float) -> float:
    width = paper.width - 2 * _LEFT
    sheet = Sheet(paper.canvas, _LEFT, y, width, _SIZE)
    if line.strong:
        said = parts.fitted(line.cells[0], 11, width - 2 * _PAD, line.height, bold=True)
        layout.draw_fitted(paper.canvas, said, _LEFT + _PAD, y - (line.height - said.height) / 2)
    else:
        x = _LEFT
        for number, (cell, share) in enumerate(zip(line.cells, page.widths, strict=True)):
            made, high = _cell(cell, share * width, bold=False)
            if cell:
                made.drawOn(paper.canvas, x + _PAD, y - _PAD - high)
            if number:
                _upright(paper.canvas, x, y, line.height)
            x += share * width
        if line.more is not None:
            line.more(sheet, y, line.height, width)
    parts.rule(paper.canvas, _LEFT, y - line.height, width, colour=Ink.RULE)
    return y - line.height


def _upright(canvas: Canvas, x: float, y: float, height: float) -> None:
    canvas.setStrokeColor(Ink.LINE)
    canvas.setLineWidth(0.6)
    canvas.line(x, y, x, y - height)


def _foot(canvas: Canvas, width: float, words_shown: str) -> None:
    canvas.setFillColor(Ink.MUTED)
    canvas.setFont(Fonts.REGULAR, 8)
    canvas.drawRightString(width - _LEFT, 9 * MM, words_shown)
