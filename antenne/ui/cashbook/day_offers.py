"""What « Journée » brings to the area of the caisse: « À faire », actions, lines of the checklist, checks."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from antenne.domain.board import Action, Target, TodoLine, Urgency
from antenne.domain.rights import Right
from antenne.services import day_reading, periods, stubs
from antenne.wording import cashbook as words
from antenne.wording import formats

if TYPE_CHECKING:
    from antenne.services.desk import Desk

_KEY: Final = "cashbook"

MONTH_ENDS = periods.MONTH_ENDS
"""For ``Area.month_end``."""


def begin(desk: Desk) -> Target | None:
    """After a restore the last stub is asked before anything else (storage: Restoring)."""
    if not desk.may(Right.CASH_DAY) or not stubs.read_question(desk):
        return None
    return Target(_KEY, action="day/stubs")


CHECKS = stubs.STUB_CHECKS
"""For ``Area.checks``."""

ACTIONS = (
    Action(
        label="Clôturer la caisse",
        target=Target(_KEY, action="day/close"),
        words=("compter", "billets", "pièces", "clôture", "fin de journée"),
        right=Right.CASH_DAY,
        on_home=True,
    ),
    Action(
        label="Ouvrir la caisse",
        target=Target(_KEY, action="day"),
        words=("ouverture", "journal du jour", "solde"),
        right=Right.CASH_DAY,
    ),
    Action(
        label="Feuilles de clôture",
        target=Target(_KEY, action="day/days"),
        words=("journées", "réimprimer", "code", "ancre"),
        right=Right.ACCOUNTS_READ,
    ),
    Action(
        label="Fin de mois",
        target=Target(_KEY, action="day/months"),
        words=("clôturer le mois", "clôturer l’année", "exercice"),
        right=Right.ACCOUNTS_READ,
    ),
    Action(
        label="Reprise des souches",
        target=Target(_KEY, action="day/stubs"),
        words=("restauration", "souche", "numéros"),
        right=Right.CASH_DAY,
    ),
)
"""For ``Area.actions``."""


def todo(desk: Desk) -> tuple[TodoLine, ...]:
    """The restore to answer, stubs to key again, sheets to print, the month to close."""
    if not desk.may(Right.CASH_DAY):
        return ()
    return (*_stub_lines(desk), *_sheet_lines(desk), *_month_lines(desk))


def _stub_lines(desk: Desk) -> tuple[TodoLine, ...]:
    target = Target(_KEY, action="day/stubs")
    if stubs.read_question(desk):
        text = "Base restaurée\u00a0: dire quel est le dernier reçu donné"
        return (TodoLine(text=text, due=desk.today, urgency=Urgency.LATE, pill="Souches", target=target),)
    left = stubs.list_missing(desk)
    if not left:
        return ()
    text = f"{formats.plural(len(left), 'souche', 'souches')} à reprendre"
    return (TodoLine(text=text, who=f"à partir de {left[0].name}", pill="Souches", target=target),)


def _sheet_lines(desk: Desk) -> tuple[TodoLine, ...]:
    found = day_reading.list_days(desk, 0, 1, to_print=True)
    if not found.total:
        return ()
    if found.total == 1:
        row = found.rows[0]
        text = f"Feuille de clôture du {formats.day(row.day)} à imprimer"
        target = Target(_KEY, row.cash_day_id, action="day/sheet")
    else:
        text = f"{formats.number(found.total)} feuilles de clôture à imprimer"
        target = Target(_KEY, field="to_print", action="day/days")
    return (TodoLine(text=text, due=desk.today, pill="À imprimer", target=target),)


def _month_lines(desk: Desk) -> tuple[TodoLine, ...]:
    """From the first of the next month on, for who closes it."""
    if not desk.may(Right.ACCOUNTS_WRITE):
        return ()
    view = periods.read_periods(desk)
    period = view.year or view.month
    if desk.today <= period.last_day:
        return ()
    text = f"Clôturer {words.period_name(period.kind, period.first_day)}"
    due = period.last_day + dt.timedelta(days=1)
    return (TodoLine(text=text, due=due, urgency=Urgency.SOON, target=Target(_KEY, action="day/months")),)
