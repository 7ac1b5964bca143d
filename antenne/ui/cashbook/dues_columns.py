"""The list of dues: its columns and how its pages are fetched; one woman's dues as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antenne.domain import dues as rules
from antenne.domain.board import Tone
from antenne.domain.dues import Due, DuesRow
from antenne.services import dues_reading
from antenne.services.dues_reading import DuesFilter
from antenne.ui.kit.models import Column, Fetch, PageOfRows
from antenne.wording import dues as words
from antenne.wording import formats

if TYPE_CHECKING:
    from antenne.services.desk import Desk


def fetcher(desk: Desk, asked: DuesFilter) -> Fetch:
    """Pages of the list, on the short lane."""

    def fetch(offset: int, limit: int, sort: str, descending: bool) -> PageOfRows:
        return PageOfRows(*dues_reading.list_dues(desk, asked, offset, limit, sort, descending=descending))

    return fetch


def full_name(row: DuesRow) -> str:
    """NOM Prénom."""
    return f"{row.last_name.upper()} {row.first_name}".strip()


def _money(value: int) -> str:
    return formats.number(value) if value else "—"


COLUMNS = (
    Column(key="name", title="Nom", text=full_name, width=0, strong=lambda _row: True),
    Column(key="number", title="N°", text=lambda row: row.number, width=82),
    Column(key="quarter", title="Quartier", text=lambda row: row.quarter, width=150, muted=True),
    Column(
        key="standing",
        title="État",
        text=lambda row: words.STANDINGS[row.standing],
        pill=lambda row: words.TONES[row.standing],
        width=104,
        sortable=False,
    ),
    Column(
        key="since",
        title="Depuis le",
        text=lambda row: "" if row.late_since is None else formats.day(row.late_since),
        width=100,
    ),
    Column(key="late", title="En retard", text=lambda row: _money(row.late), align="right", width=92),
    Column(key="due", title="Demandé", text=lambda row: _money(row.due), align="right", width=92, sortable=False),
    Column(key="paid", title="Payé", text=lambda row: _money(row.paid), align="right", width=92, sortable=False),
)
"""Amounts in FCFA."""

YIELDING = ("quarter", "due", "paid")
"""Columns that give their place to the side."""


def due_state(desk: Desk, due: Due) -> tuple[str, Tone]:
    """« Payée », « En retard », « Exemptée », « Annulée », « À payer »."""
    if due.cancelled_on is not None:
        return "Annulée", "neutral"
    if due.exempt:
        return "Exemptée", "info"
    if due.left == 0:
        return "Payée", "good"
    return ("En retard", "danger") if rules.is_late(due, desk.today) else ("À payer", "neutral")


def due_columns(desk: Desk) -> tuple[Column, ...]:
    """What, how much, how much of it is paid, where it stands."""

    def tone(due: Due) -> Tone:
        return due_state(desk, due)[1]

    return (
        Column(key="what", title="Pour", text=words.screen_label, width=0),
        Column(key="amount", title="Dû", text=lambda due: formats.number(due.amount), align="right", width=56),
        Column(key="paid", title="Payé", text=lambda due: _money(due.paid), align="right", width=56),
        Column(key="state", title="", text=lambda due: due_state(desk, due)[0], pill=tone, width=92),
    )
