"""The signed sheet of a closing: of a day, of a month or a year; one A4, filed on paper with its code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from antenne.domain.cashbook import DENOMINATIONS, CashCount, Pieces
from antenne.domain.closing_sheet import BoxOnSheet, ClosingSheet, KindTotal, PeriodSheet, ReceiptsOnSheet
from antenne.domain.ledger import LedgerAnchor
from antenne.domain.office import Office
from antenne.print import layout
from antenne.print import money_parts as parts
from antenne.print.layout import A4_MM, MM, Fonts, Ink, Paper
from antenne.wording import cashbook as words
from antenne.wording import formats

TITLE: Final = "Feuille de clôture"
PAPER: Final = "list"
"""Its heading is the one that the office set for its lists."""

_LEFT: Final = 15 * MM
_ROOM: Final = A4_MM[0] * MM - 2 * _LEFT
_TOP: Final = A4_MM[1] * MM - 13 * MM
_HALF: Final = 86 * MM
_ROW: Final = 5.3 * MM
_SIZE: Final = 9.0
_CELL: Final = 1.2 * MM
_GROUND: Final = "#F4EFE7"
_SIGNATURES: Final = 14 * MM
"""Lower edge of the row of signatures."""
_FOOT: Final = _SIGNATURES + parts.BOX_HEIGHT + 34 * MM
"""What code and signatures take."""

Row = tuple[str, ...]


def render_closing(sheet: ClosingSheet, office: Office) -> bytes:
    """Draw the sheet of a closed day.

    Args:
        sheet: What it says.
        office: What the papers say; its heading of « list » applies.

    Returns:
        A PDF of one page; its title names no one.
    """
    paper = Paper(TITLE, A4_MM)
    canvas = paper.canvas
    layout.draw_watermark(canvas, office, paper.width, paper.height)
    said = f"Ouverte {_when(sheet.opened_at, sheet.opened_by)} · clôturée {_when(sheet.closed_at, sheet.closed_by)}"
    tag = "Réimpression" if sheet.printed_before else ""
    y = _head(canvas, office, ("Feuille de clôture de caisse", formats.weekday(sheet.day), said), tag)
    below = min(_movements(canvas, sheet, y), _pieces(canvas, sheet.count, y))
    below = _explained(canvas, sheet.cash, below - 4 * MM)
    if sheet.others:
        below = _boxes(canvas, "Autres caisses", sheet.others, below, last="Relevé")
    _receipts(canvas, sheet.receipts, below)
    _anchor(canvas, sheet.anchor)
    _signed(canvas, (sheet.closed_by, ""))
    paper.end_page()
    return paper.finish()


def render_period(sheet: PeriodSheet, office: Office) -> bytes:
    """Draw the sheet of a closed month or year.

    Args:
        sheet: What it says.
        office: What the papers say; its heading of « list » applies.

    Returns:
        A PDF of one page.
    """
    paper = Paper(TITLE, A4_MM)
    canvas = paper.canvas
    layout.draw_watermark(canvas, office, paper.width, paper.height)
    days = formats.plural(sheet.days, "journée de caisse", "journées de caisse")
    under = f"Du {formats.day(sheet.first_day)} au {formats.day(sheet.last_day)} · {days}"
    said = f"Clôturée {_when(sheet.closed_at, sheet.closed_by)}\u202f; plus rien n’entre à une date de cette période."
    title = f"Clôture\u00a0: {words.period_name(sheet.kind, sheet.first_day)}"
    y = _head(canvas, office, (title, under, said), "")
    y = _boxes(canvas, "Caisses", sheet.boxes, y, last="Solde final")
    rows = [(words.KINDS[one.kind], _figure(one.came), _figure(one.went)) for one in sheet.totals]
    y = _heading(canvas, "Mouvements de toutes les caisses", _LEFT, y)
    head = ("Nature", "Entrées", "Sorties")
    total = ("Total", *_totals(sheet.totals))
    y = _grid(canvas, _LEFT, y, (100 * MM, 40 * MM, 40 * MM), (head, *rows, total)) - 3 * MM
    gaps = f"Écarts de caisse de la période\u00a0: {words.signed(sheet.gaps)}"
    y -= layout.draw_fitted(canvas, parts.fitted(gaps, 9.5, _ROOM, bold=True), _LEFT, y) + 3 * MM
    _receipts(canvas, sheet.receipts, y)
    _anchor(canvas, sheet.anchor)
    _signed(canvas, ("", sheet.closed_by))
    paper.end_page()
    return paper.finish()


def _when(at: dt.datetime, who: str) -> str:
    return f"le {formats.moment(at)}{f' par {who}' if who else ''}"


def _head(canvas: Canvas, office: Office, said: tuple[str, str, str], tag: str) -> float:
    y = layout.draw_heading(canvas, office, PAPER, _LEFT, _TOP, _ROOM)
    y -= 6 * MM if y < _TOP else 0
    room = _ROOM
    if tag:
        parts.tag(canvas, tag, _LEFT + _ROOM, y, strong=False)
        room -= parts.tag_width(tag) + 4 * MM
    title, under, small = said
    y -= layout.draw_fitted(canvas, parts.fitted(title, 16, room, 12 * MM, bold=True), _LEFT, y) + 0.6 * MM
    y -= layout.draw_fitted(canvas, parts.fitted(under, 11.5, _ROOM, 8 * MM), _LEFT, y) + 0.4 * MM
    return y - layout.draw_fitted(canvas, parts.fitted(small, 8.5, _ROOM, 9 * MM), _LEFT, y, Ink.MUTED) - 5 * MM


def _movements(canvas: Canvas, sheet: ClosingSheet, y: float) -> float:
    """Opening, in and out by kind, what had to be there, what was counted, the gap."""
    y = _heading(canvas, "Caisse", _LEFT, y)
    rows: list[Row] = [("Nature", "Entrées", "Sorties"), ("Solde à l’ouverture", _figure(sheet.cash.opening), "")]
    rows += [(words.KINDS[one.kind], _figure(one.came), _figure(one.went)) for one in sheet.totals]
    rows.append(("Total du jour", *_totals(sheet.totals)))
    y = _grid(canvas, _LEFT, y, (44 * MM, 20 * MM, 20 * MM), rows) - 3 * MM
    closing: tuple[Row, ...] = (
        ("Solde théorique", formats.amount(sheet.cash.theoretical)),
        ("Compté", formats.amount(sheet.cash.counted)),
        ("Écart", words.signed(sheet.cash.gap)),
    )
    return _grid(canvas, _LEFT, y, (44 * MM, 40 * MM), closing, head=False, bold=(0, 1, 2))


def _pieces(canvas: Canvas, count: CashCount, y: float) -> float:
    """Notes and coins; every denomination has its line, so that nothing can be added by hand afterwards."""
    x = _LEFT + _ROOM - _HALF
    y = _heading(canvas, "Billets et pièces", x, y)
    rows: list[Row] = [("Valeur", "Bons", "Abîmés / refusés", "Montant")]
    for value in DENOMINATIONS:
        pieces = count.pieces.get(value, Pieces())
        total = value * (pieces.good + pieces.worn)
        rows.append((formats.number(value), _figure(pieces.good), _figure(pieces.worn), _figure(total)))
    rows.append(("Total", formats.number(count.good), formats.number(count.worn), formats.number(count.total)))
    return _grid(canvas, x, y, (18 * MM, 17 * MM, 27 * MM, 24 * MM), rows)


def _explained(canvas: Canvas, cash: BoxOnSheet, y: float) -> float:
    if not cash.reason:
        return y
    said = parts.fitted(f"Explication de l’écart\u00a0: {cash.reason}", 9.5, _ROOM, 16 * MM)
    return y - layout.draw_fitted(canvas, said, _LEFT, y) - 4 * MM


def _boxes(canvas: Canvas, title: str, boxes: Sequence[BoxOnSheet], y: float, *, last: str) -> float:
    y = _heading(canvas, title, _LEFT, y)
    gaps = any(one.gap for one in boxes)
    head = ("Caisse", "Ouverture", "Entrées", "Sorties", last, *(("Écart",) if gaps else ()))
    rows = [
        (
            one.label,
            formats.number(one.opening),
            _figure(one.came),
            _figure(one.went),
            formats.number(one.counted),
            *((words.signed(one.gap) if one.gap else "",) if gaps else ()),
        )
        for one in boxes
    ]
    share = _ROOM - 40 * MM
    widths = (40 * MM, *(share / (len(head) - 1) for _ in head[1:]))
    y = _grid(canvas, _LEFT, y, widths, (head, *rows), total=False) - 2 * MM
    for one in boxes:
        if one.gap and one.reason:
            said = parts.fitted(f"{one.label}\u00a0: {one.reason}", 8.5, _ROOM, 8 * MM)
            y -= layout.draw_fitted(canvas, said, _LEFT, y) + 1 * MM
    return y - 3 * MM


def _receipts(canvas: Canvas, receipts: ReceiptsOnSheet, y: float) -> None:
    said = parts.fitted(words.receipts_line(receipts), 9.5, _ROOM, max(y - _FOOT, 6 * MM))
    layout.draw_fitted(canvas, said, _LEFT, y)


def _anchor(canvas: Canvas, anchor: LedgerAnchor) -> None:
    """The code that is typed back to prove that nothing before it was changed."""
    top = _SIGNATURES + parts.BOX_HEIGHT + 30 * MM
    high = 17 * MM
    canvas.setStrokeColor(Ink.PRIMARY)
    canvas.setLineWidth(0.9)
    canvas.roundRect(_LEFT, top - high, _ROOM, high, 1.6 * MM, stroke=1, fill=0)
    inner = _LEFT + 4 * MM
    y = top - 2 * MM
    code = parts.fitted(f"Code\u00a0: {anchor.code}", 14, _ROOM - 8 * MM, 8 * MM, bold=True)
    y -= layout.draw_fitted(canvas, code, inner, y, Ink.PRIMARY) + 0.6 * MM
    last = f"dernier reçu {anchor.last_receipt}" if anchor.last_receipt else "aucun reçu"
    entries = formats.plural(anchor.entries, "écriture", "écritures")
    hint = f"{entries}, {last}. Ce code, retapé plus tard, prouve que rien n’a été changé avant cette clôture."
    layout.draw_fitted(canvas, parts.fitted(hint, 8.5, _ROOM - 8 * MM, 6 * MM), inner, y, Ink.MUTED)


def _signed(canvas: Canvas, names: tuple[str, str]) -> None:
    """Two boxes for a signature or a thumb (forms: Signatures)."""
    top = _SIGNATURES + parts.BOX_HEIGHT + 8 * MM
    for place, (label, name) in enumerate(zip(("La caissière", "La responsable"), names, strict=True)):
        x = _LEFT + place * _ROOM / 2
        layout.draw_fitted(canvas, parts.fitted(label, 9.5, _ROOM / 2 - 4 * MM, 6 * MM, bold=True), x, top)
        parts.signature_box(canvas, x, _SIGNATURES)
        if name:
            written = parts.fitted(name, 9, 2 * parts.BOX_WIDTH, 5 * MM)
            layout.draw_fitted(canvas, written, x, _SIGNATURES - 1 * MM, Ink.MUTED)


def _heading(canvas: Canvas, title: str, x: float, y: float) -> float:
    return y - layout.draw_fitted(canvas, parts.fitted(title, 11, _ROOM, 8 * MM, bold=True), x, y) - 1.2 * MM


def _grid(
    canvas: Canvas,
    x: float,
    y: float,
    widths: Sequence[float],
    rows: Sequence[Row],
    *,
    head: bool = True,
    total: bool = True,
    bold: Sequence[int] = (),
) -> float:
    """A small table: its first column left, the others flush right; returns the ``y`` below it, in points."""
    last = len(rows) - 1
    strong = set(bold) | ({0} if head else set()) | ({last} if total and head else set())
    for number, row in enumerate(rows):
        if head and number == 0:
            canvas.setFillColor(_GROUND)
            canvas.rect(x, y - _ROW, sum(widths), _ROW, stroke=0, fill=1)
        _cells(canvas, x, y, widths, row, strong=number in strong)
        y -= _ROW
        parts.rule(canvas, x, y, sum(widths))
    return y


def _cells(canvas: Canvas, x: float, y: float, widths: Sequence[float], row: Row, *, strong: bool) -> None:
    font = Fonts.BOLD if strong else Fonts.REGULAR
    for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
        text = layout.fit_text(parts.clean(cell), font, _SIZE, width - 2 * _CELL, _ROW)
        top = y - (_ROW - text.height) / 2
        if place:
            parts.right_aligned(canvas, text, x + width - _CELL, top)
        else:
            layout.draw_fitted(canvas, text, x + _CELL, top)
        x += width


def _figure(value: int) -> str:
    """A figure, or nothing for 0."""
    return formats.number(value) if value else ""


def _totals(totals: Sequence[KindTotal]) -> tuple[str, str]:
    return formats.number(sum(one.came for one in totals)), formats.number(sum(one.went for one in totals))
