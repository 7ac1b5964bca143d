"""What money out tells the shell: advances to justify, vouchers to print, « Fin de mois », what can be begun."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from antenne.domain.board import Action, MonthEndLine, SearchHit, Target, TodoLine, Urgency
from antenne.domain.expenses import read_voucher_number
from antenne.domain.periods import month_of
from antenne.domain.rights import Right
from antenne.services import expenses_reading, projects
from antenne.services.expenses_reading import ExpenseList, ExpenseQuery
from antenne.wording import expenses as words
from antenne.wording import formats

if TYPE_CHECKING:
    from antenne.services.desk import Desk
    from antenne.ui.kit.area import MonthEnd

KEY: Final = "cashbook"
_SOON: Final = dt.timedelta(days=3)
_SHOWN: Final = 6
"""Advances that have a line of their own; the rest is counted."""


def todo_advances(desk: Desk) -> tuple[TodoLine, ...]:
    """« Avance D-2026-0003 à justifier », each opening its form; « 4 pièces de dépense à imprimer »."""
    desk.require(Right.CASH_OUT)
    counts = expenses_reading.count_expenses(desk)
    pairs = list(zip(counts.advances, counts.names, strict=True))
    lines = [
        TodoLine(
            text=f"Avance {advance.expense.name} à justifier",
            who=who,
            due=advance.expense.justify_by,
            urgency=_urgency(advance.expense.justify_by, desk.today),
            pill="Avance",
            target=Target(KEY, advance.expense.id, "lines", "expenses/advance"),
        )
        for advance, who in pairs[:_SHOWN]
    ]
    if len(pairs) > _SHOWN:
        more = formats.plural(len(pairs) - _SHOWN, "autre avance à justifier", "autres avances à justifier")
        lines.append(TodoLine(text=more, pill="Avance", target=_list(ExpenseList.ADVANCES)))
    if counts.to_print:
        said = formats.plural(counts.to_print, "pièce de dépense à imprimer", "pièces de dépense à imprimer")
        lines.append(TodoLine(text=said, pill="Impression", target=_list(ExpenseList.TO_PRINT)))
    return tuple(lines)


def search_vouchers(desk: Desk, text: str, limit: int) -> tuple[SearchHit, ...]:
    """Ctrl+K: a voucher by its number; other words are looked for in the list itself."""
    if read_voucher_number(text) is None or not projects.may_read(desk):
        return ()
    rows, _ = expenses_reading.list_expenses(desk, ExpenseQuery(typed=text), 0, limit)
    return tuple(
        SearchHit(
            title=f"Pièce {row.name}",
            subtitle=" · ".join((formats.day(row.day), row.who, formats.amount(row.amount))),
            target=Target(KEY, row.id, action="expenses"),
            pill=words.KINDS[row.kind],
        )
        for row in rows
    )


def _list(which: ExpenseList) -> Target:
    return Target(KEY, action=f"expenses/{which.value}")


def _urgency(due: dt.date | None, today: dt.date) -> Urgency:
    if due is None or due > today + _SOON:
        return Urgency.NONE
    return Urgency.LATE if due < today else Urgency.SOON


def month_end_advances(desk: Desk, first: dt.date) -> MonthEndLine:
    """Advances that were to be justified by the end of the month; said, never blocking."""
    count = expenses_reading.overdue_advances(desk, month_of(first).last_day)
    if not count:
        return MonthEndLine(text="Les avances échues sont justifiées", done=True, target=_list(ExpenseList.ADVANCES))
    late = ("avance n’est pas justifiée à sa date", "avances ne sont pas justifiées à leur date")
    return MonthEndLine(text=formats.plural(count, *late), done=False, target=_list(ExpenseList.ADVANCES))


MONTH_END: tuple[MonthEnd, ...] = (month_end_advances,)
"""What money out asks before a month is closed."""

ACTIONS: Final = (
    Action(
        label="Nouvelle dépense",
        target=Target(KEY, action="expenses/new"),
        words=("pièce", "payer", "facture", "sortie"),
        right=Right.CASH_OUT,
    ),
    Action(
        label="Donner une avance à justifier",
        target=Target(KEY, action="expenses/advance"),
        words=("avance", "mission"),
        right=Right.CASH_OUT,
    ),
    Action(
        label="Avances ouvertes",
        target=Target(KEY, action="expenses/advances"),
        words=("justifier", "justification", "avance"),
        right=Right.CASH_OUT,
    ),
    Action(
        label="Virement entre caisses",
        target=Target(KEY, action="expenses/transfer"),
        words=("banque", "orange money", "versement", "retrait"),
        right=Right.CASH_OUT,
    ),
    Action(
        label="Indemnités des paires éducatrices",
        target=Target(KEY, action="expenses/indemnities"),
        words=("paire", "émargement", "payer"),
        right=Right.CASH_OUT,
    ),
    Action(
        label="Projets et budgets des bailleurs",
        target=Target(KEY, action="expenses/projects"),
        words=("budget", "bailleur", "projet", "ligne"),
        right=Right.ACCOUNTS_READ,
    ),
)
"""What can be begun from Ctrl+K and the home page."""
