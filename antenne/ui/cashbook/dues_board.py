"""What the dues tell the home page and the end of the month."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from antenne.domain.board import Action, MonthEndLine, Target, TodoLine, Urgency
from antenne.domain.rights import Right
from antenne.services import dues_reading
from antenne.wording import dues as words
from antenne.wording import formats

if TYPE_CHECKING:
    from antenne.services.desk import Desk

KEY = "cashbook"
_LATE = Target(KEY, action="dues/late")
_PREPARE = Target(KEY, action="dues/prepare")


def todo_dues(desk: Desk) -> tuple[TodoLine, ...]:
    """« 12 femmes en retard de cotisation : 34 500 FCFA », « Cotisations 2027 à préparer : 812 femmes »."""
    desk.require(Right.CASH_IN)
    late, (missing, year) = dues_reading.late_figures(desk), dues_reading.unprepared(desk)
    lines: list[TodoLine] = []
    if late.women:
        said = f"{words.women(late.women)} en retard de cotisation\u00a0: {formats.amount(late.amount)}"
        lines.append(TodoLine(text=said, urgency=Urgency.NONE, pill="Cotisations", target=_LATE))
    if missing:
        said = f"Cotisations {year} à préparer\u00a0: {words.women(missing)}"
        lines.append(TodoLine(text=said, urgency=Urgency.NONE, pill="Préparer", target=_PREPARE))
    return tuple(lines)


def prepared_line(desk: Desk, _first: dt.date) -> MonthEndLine:
    """Every member has the year's dues."""
    missing, year = dues_reading.unprepared(desk)
    if not missing:
        return MonthEndLine(text=f"Cotisations {year} préparées", done=True, target=_PREPARE)
    said = f"Cotisations {year} à préparer\u00a0: {words.women(missing)}"
    return MonthEndLine(text=said, done=False, target=_PREPARE)


def late_line(desk: Desk, _first: dt.date) -> MonthEndLine:
    """Who is late has been looked at: said, never blocking."""
    late = dues_reading.late_figures(desk)
    if not late.women:
        return MonthEndLine(text="Aucun retard de cotisation", done=True, target=_LATE)
    said = f"En retard de cotisation\u00a0: {words.women(late.women)}, {formats.amount(late.amount)}"
    return MonthEndLine(text=said, done=False, target=_LATE)


MONTH_END = (prepared_line, late_line)

ACTIONS = (
    Action(
        label="Cotisations en retard",
        target=_LATE,
        words=("cotisation", "retard", "impayé", "assurance", "exemptée"),
        right=Right.CASH_IN,
    ),
    Action(
        label="Préparer les cotisations de l’année",
        target=_PREPARE,
        words=("cotisation", "année", "lot"),
        right=Right.CASH_IN,
    ),
)
