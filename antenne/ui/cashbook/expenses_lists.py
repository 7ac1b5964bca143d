"""The lists of money out: their columns, their words when empty, how their pages are fetched."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Final

from antenne.domain.board import Tone
from antenne.domain.expenses import Expense
from antenne.domain.expenses import next_copy as next_copy_of
from antenne.services import expenses_reading
from antenne.services.expenses_reading import ExpenseList, ExpenseQuery, ExpenseRow
from antenne.ui.kit.models import Column, Fetch, PageOfRows
from antenne.wording import expenses as words
from antenne.wording import formats

if TYPE_CHECKING:
    from antenne.services.desk import Desk

LISTS: Final = {
    ExpenseList.ALL: "Toutes",
    ExpenseList.TO_PRINT: "À imprimer",
    ExpenseList.ADVANCES: "Avances ouvertes",
    ExpenseList.TRANSFERS: "Virements",
    ExpenseList.CANCELLED: "Annulées",
}

EMPTY: Final = {
    ExpenseList.ALL: (
        "Aucune dépense",
        "Chaque somme qui sort de la caisse a sa pièce numérotée\u00a0: dépense, avance, virement, indemnité.",
    ),
    ExpenseList.TO_PRINT: ("Rien à imprimer", "Une pièce dont l’impression a échoué attend ici, avec son original."),
    ExpenseList.ADVANCES: (
        "Aucune avance ouverte",
        "Une avance reste ici jusqu’à ce qu’elle soit justifiée par des pièces, ou rendue.",
    ),
    ExpenseList.TRANSFERS: ("Aucun virement", "L’argent qui passe d’une caisse à l’autre est ici, avec ses frais."),
    ExpenseList.CANCELLED: (
        "Aucune pièce annulée",
        "Une pièce annulée garde son numéro\u202f; elle reste ici avec son motif.",
    ),
}
"""Title and sentence of a list without lines."""


def fetcher(desk: Desk, which: ExpenseList, typed: str, box: str) -> Fetch:
    """Pages of one list, on the short lane."""

    def fetch(offset: int, limit: int, sort: str, descending: bool) -> PageOfRows:
        query = ExpenseQuery(which=which, typed=typed, box=box, sort=sort, descending=descending)
        return PageOfRows(*expenses_reading.list_expenses(desk, query, offset, limit))

    return fetch


def late_days(row: ExpenseRow, today: dt.date) -> int:
    """Days since the last day of an open advance; 0 else."""
    return 0 if row.justify_by is None or row.left <= 0 else max((today - row.justify_by).days, 0)


def _state(today: dt.date, row: ExpenseRow) -> str:
    return words.state(
        row.kind,
        printed=row.printed,
        cancelled_on=row.cancelled_on,
        left=row.left,
        late_days=late_days(row, today),
    )


def _tone(today: dt.date, row: ExpenseRow) -> Tone:
    return words.state_tone(
        printed=row.printed, cancelled_on=row.cancelled_on, left=row.left, late_days=late_days(row, today)
    )


def columns(desk: Desk) -> tuple[Column, ...]:
    """Of the list, on screen and in the exported workbook."""
    return (
        Column(key="number", title="N°", text=lambda row: row.name, width=112, strong=lambda _row: True),
        Column(key="day", title="Date", text=lambda row: formats.day(row.day), width=96),
        Column(key="kind", title="Nature", text=lambda row: words.KINDS[row.kind], width=112, sortable=False),
        Column(key="who", title="À qui", text=lambda row: row.who, width=176),
        Column(key="purpose", title="Objet", text=lambda row: row.purpose, width=0, muted=True),
        Column(key="account", title="Compte", text=lambda row: row.account, width=76),
        Column(key="amount", title="FCFA", text=lambda row: formats.number(row.amount), width=92, align="right"),
        Column(key="left", title="À justifier", text=_left, width=96, align="right", sortable=False),
        Column(key="due", title="Au plus tard", text=_due, width=108),
        Column(key="box", title="Caisse", text=lambda row: row.box, width=104, sortable=False, muted=True),
        Column(
            key="state",
            title="État",
            text=partial(_state, desk.today),
            pill=partial(_tone, desk.today),
            width=142,
            sortable=False,
        ),
    )


def _due(row: ExpenseRow) -> str:
    return formats.day(row.justify_by) if row.justify_by is not None and row.left > 0 else ""


def _left(row: ExpenseRow) -> str:
    return formats.number(row.left) if row.left > 0 else ""


HIDDEN: Final = {
    ExpenseList.ALL: frozenset({"left", "account", "due"}),
    ExpenseList.TO_PRINT: frozenset({"left", "account", "due"}),
    ExpenseList.ADVANCES: frozenset({"kind", "account", "box"}),
    ExpenseList.TRANSFERS: frozenset({"kind", "left", "account", "box", "due"}),
    ExpenseList.CANCELLED: frozenset({"left", "account", "due"}),
}
"""Columns that say nothing in a list."""

YIELDING: Final = frozenset({"day", "box", "kind", "account", "due"})
"""Columns that give their place to the voucher beside the list."""


def printed_as(expense: Expense) -> str:
    """« Original imprimé le 23/11/2026 à 10 h 41, 2 duplicata »."""
    if expense.printed_at is None:
        return "Original à imprimer"
    given = f"Original imprimé le {formats.moment(expense.printed_at)}"
    return f"{given}, {expense.copies} duplicata" if expense.copies else given


def print_words(expense: Expense) -> str:
    """What the button says: the original once, then the next DUPLICATA."""
    copy = next_copy_of(expense)
    return "Imprimer l’original…" if copy.is_original else f"Imprimer le duplicata {copy.number}…"
