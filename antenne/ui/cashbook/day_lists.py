"""The lists of the day's panel: the journal, the days of the caisse, the stubs still missing; and what fetches them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from antenne.domain.board import Tone
from antenne.domain.stubs import MissingStub
from antenne.services import day_reading, stubs
from antenne.services.day_reading import DayRow, JournalRow
from antenne.services.desk import Desk
from antenne.ui.kit import tokens as t
from antenne.ui.kit.models import Column, Fetch, PageOfRows
from antenne.ui.kit.tables import PagedTable
from antenne.wording import cashbook as words
from antenne.wording import formats


def hold_first(table: PagedTable) -> None:
    """The first row becomes current when the rows arrive, so that Entrée has something to open."""

    def arrived(total: int) -> None:
        if total and not table.currentIndex().isValid():
            table.setCurrentIndex(table.rows.index(0, 0))

    table.paged.total_changed.connect(arrived)


def _figure(value: int) -> str:
    return formats.number(value) if value else ""


def _kind(row: JournalRow) -> str:
    return f"{words.KINDS[row.kind]}{' (annulé)' if row.cancelled else ''}"


JOURNAL = (
    Column(key="at", title="Heure", text=lambda row: formats.hour(row.at), width=76, sortable=False),
    Column(key="kind", title="Opération", text=_kind, width=178, sortable=False),
    Column(key="piece", title="Pièce", text=lambda row: row.piece, width=118, sortable=False, strong=lambda _row: True),
    Column(key="about", title="Objet", text=lambda row: row.about, width=0, sortable=False),
    Column(key="box", title="Caisse", text=lambda row: row.box, width=120, sortable=False, muted=True),
    Column(key="came", title="Entrée", text=lambda row: _figure(row.came), width=96, align="right", sortable=False),
    Column(key="went", title="Sortie", text=lambda row: _figure(row.went), width=96, align="right", sortable=False),
)
"""Columns of the journal."""


def journal(desk: Desk, cash_day_ids: Sequence[int]) -> Fetch:
    """The entries of these days, the newest first."""
    days = tuple(cash_day_ids)

    def fetch(offset: int, limit: int, _sort: str, _descending: bool) -> PageOfRows:
        page = day_reading.read_journal(desk, days, offset, limit)
        return PageOfRows(page.rows, page.total)

    return fetch


def _sheet(row: DayRow) -> str:
    if row.counted is None:
        return "Ouverte"
    return "Imprimée" if row.printed else "À imprimer"


def _sheet_tone(row: DayRow) -> Tone:
    if row.counted is None:
        return "info"
    return "good" if row.printed else "warning"


def _gap(row: DayRow) -> str:
    return "" if row.gap is None else words.signed(row.gap) if row.gap else "0"


def _gap_ink(row: DayRow) -> str:
    return t.DANGER if row.gap else ""


DAYS = (
    Column(key="day", title="Journée", text=lambda row: formats.weekday(row.day), width=230, sortable=False),
    Column(key="opening", title="Ouverture", text=lambda row: formats.number(row.opening), width=110, align="right",
           sortable=False),
    Column(key="counted", title="Compté", text=lambda row: "" if row.counted is None else formats.number(row.counted),
           width=110, align="right", sortable=False),
    Column(key="gap", title="Écart", text=_gap, width=120, align="right", sortable=False, ink=_gap_ink),
    Column(key="reason", title="Explication", text=lambda row: row.reason, width=0, sortable=False, muted=True),
    Column(key="sheet", title="Feuille", text=_sheet, width=110, pill=_sheet_tone, sortable=False),
    Column(key="anchor", title="Code", text=lambda row: row.anchor, width=210, sortable=False, muted=True),
)  # fmt: skip
"""Columns of the days."""


def days(desk: Desk, *, to_print: bool) -> Fetch:
    """The days of the caisse, the last first."""

    def fetch(offset: int, limit: int, _sort: str, _descending: bool) -> PageOfRows:
        page = day_reading.list_days(desk, offset, limit, to_print=to_print)
        return PageOfRows(page.rows, page.total)

    return fetch


def _name(row: MissingStub) -> str:
    return row.name


STUBS = (
    Column(key="name", title="Numéro de la souche", text=_name, width=220, sortable=False, strong=lambda _row: True),
    Column(
        key="state", title="", text=lambda _row: "À reprendre", width=0, sortable=False, pill=lambda _row: "warning"
    ),
)
"""Columns of the stubs."""


def missing(desk: Desk) -> Fetch:
    """The stubs still to be keyed, the lowest number first."""

    def fetch(offset: int, limit: int, _sort: str, _descending: bool) -> PageOfRows:
        every: tuple[Any, ...] = stubs.list_missing(desk)
        return PageOfRows(every[offset : offset + limit], len(every))

    return fetch
