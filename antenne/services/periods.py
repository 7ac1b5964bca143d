"""« Fin de mois »: the checklist, then a month or a year is closed, in order, with the chain's end kept and printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import cashbook
from antenne.domain import periods as rules
from antenne.domain.audit import FieldChange
from antenne.domain.board import MonthEndLine, Target
from antenne.domain.cashbook import PeriodClosing, PeriodKind
from antenne.domain.changes import CASHBOOK, Changes, Done
from antenne.domain.closing_sheet import BoxOnSheet, PeriodSheet
from antenne.domain.dates import shown_date
from antenne.domain.ledger import LedgerAnchor
from antenne.domain.periods import Period
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.day_reading import kind_totals, name_of, receipts_in
from antenne.services.desk import Desk
from antenne.services.ledger import refuse

_SUBJECT: Final = "period"

MonthEnd = Callable[[Desk, dt.date], MonthEndLine]
"""One line of the checklist; takes the first day of the month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePeriod:
    """Close a month or a year for good."""

    request_id: str
    period: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodsView:
    """What the screen shows.

    Attributes:
        closed: Months and years that are closed, the newest first.
        month: The month to close now.
        year: The year to close, when its December is closed.
        may_close: The user closes months (right ``accounts_write``).
    """

    closed: tuple[PeriodClosing, ...]
    month: Period
    year: Period | None
    may_close: bool


def read_periods(desk: Desk) -> PeriodsView:
    """What is closed, and what comes next.

    Raises:
        Forbidden: Without the right to read the accounts.
    """
    desk.require(Right.ACCOUNTS_READ)
    with desk.read() as uow:
        closed = uow.cashbook.periods()
        months = [dt.date.fromisoformat(row[0]) for row in uow.rows(_DAYS_OF_MONTHS, code=cashbook.CASH)]
    return PeriodsView(
        closed=tuple(reversed(closed)),
        month=rules.next_month(closed, months, desk.today),
        year=rules.next_year(closed),
        may_close=desk.may(Right.ACCOUNTS_WRITE),
    )


_DAYS_OF_MONTHS: Final = (
    "SELECT max(d.day) FROM cash_day d JOIN box b ON b.id = d.box_id WHERE b.code = :code GROUP BY substr(d.day, 1, 7)"
)


def read_checklist(desk: Desk, month: Period, month_ends: Sequence[MonthEnd]) -> tuple[MonthEndLine, ...]:
    """What must be done, or is only said, before this month is closed.

    Raises:
        Forbidden: Without the right to read the accounts.
    """
    desk.require(Right.ACCOUNTS_READ)
    return tuple(ask(desk, month.first_day) for ask in month_ends)


def close_period(desk: Desk, command: ClosePeriod, month_ends: Sequence[MonthEnd]) -> Done[PeriodClosing]:
    """Close a month or a year: nothing is dated in it any more.

    Raises:
        Forbidden: Only who keeps the accounts (the responsable).
        RulesBroken: From ``periods.check_period``; ``period.blocked`` for each line of the checklist that blocks.
    """
    desk.require(Right.ACCOUNTS_WRITE)
    period = command.period
    if period.kind is PeriodKind.MONTH:
        refuse(rules.check_list(read_checklist(desk, period, month_ends)))
    with desk.write() as uow:
        if uow.audit.by_request(command.request_id):
            return Done(_known(uow, period))
        closed = uow.cashbook.periods()
        through = rules.closed_through(closed)
        first = dt.date.min if through is None else min(through + dt.timedelta(days=1), period.first_day)
        days = (*uow.cashbook.days(first, period.last_day), *uow.cashbook.open_days())
        refuse(rules.check_period(period, closed, days, desk.today))
        anchor = uow.ledger.anchor(uow.receipts.last_name())
        made = PeriodClosing(
            kind=period.kind,
            first_day=period.first_day,
            last_day=period.last_day,
            closed_at=desk.clock.now(),
            closed_by=desk.actor.user_id,
            entries=anchor.entries,
            last_receipt=anchor.last_receipt,
            head=anchor.head,
        )
        uow.cashbook.add_period(made)
        said = (FieldChange("Clôturé jusqu’au", "", shown_date(period.last_day)),)
        uow.audit.add(
            made.closed_at,
            desk.actor.user_id,
            f"{period.kind.value}.closed",
            _SUBJECT,
            _number(period),
            said,
            command.request_id,
        )
        uow.commit()
    return Done(made, Changes.of(CASHBOOK))


def _number(period: Period) -> int:
    """202611 for a month, 202600 for a year: what the history calls it by."""
    month = period.first_day.month if period.kind is PeriodKind.MONTH else 0
    return period.first_day.year * 100 + month


def _known(uow: UnitOfWork, period: Period) -> PeriodClosing:
    for one in uow.cashbook.periods():
        if (one.kind, one.first_day) == (period.kind, period.first_day):
            return one
    raise RulesBroken(Violation("period.unknown"))


def read_period_sheet(desk: Desk, period: Period) -> PeriodSheet:
    """What the sheet of a closed month or year says.

    Raises:
        Forbidden: Without the right to read the accounts.
        RulesBroken: ``period.unknown``: it is not closed.
    """
    desk.require(Right.ACCOUNTS_READ)
    with desk.read() as uow:
        own = _known(uow, period)
        days = uow.cashbook.days(own.first_day, own.last_day)
        ids = [one.id for one in days]
        boxes = uow.cashbook.boxes()
        cash = next(one.id for one in boxes if one.is_cash)
        gaps = uow.rows(
            "SELECT coalesce(sum(counted - theoretical), 0) FROM closing"
            " WHERE cash_day_id IN (SELECT id FROM cash_day WHERE day BETWEEN :first AND :last)",
            first=own.first_day.isoformat(),
            last=own.last_day.isoformat(),
        )[0][0]
        shown = []
        for box in boxes:
            mine = sorted((one for one in days if one.box_id == box.id), key=lambda one: one.id)
            if mine:
                came, went = _moved(uow, [one.id for one in mine])
                ended = mine[-1].counted_amount or 0
                opening = mine[0].opening_amount
                shown.append(BoxOnSheet(label=box.label, opening=opening, came=came, went=went, counted=ended))
        return PeriodSheet(
            kind=own.kind,
            first_day=own.first_day,
            last_day=own.last_day,
            closed_at=own.closed_at,
            closed_by=name_of(uow, own.closed_by),
            boxes=tuple(shown),
            totals=kind_totals(uow, ids),
            days=sum(1 for one in days if one.box_id == cash),
            gaps=gaps,
            receipts=receipts_in(uow, ids),
            anchor=LedgerAnchor(own.entries, own.last_receipt, own.head),
        )


def _moved(uow: UnitOfWork, ids: Sequence[int]) -> tuple[int, int]:
    moved = [uow.cashbook.moved(one) for one in ids]
    return sum(came for came, _ in moved), sum(went for _, went in moved)


def record_period_print(desk: Desk, period: Period) -> Done[None]:
    """The sheet came out of the printer: it stands in the history.

    Raises:
        Forbidden: Without the right to read the accounts.
    """
    desk.require(Right.ACCOUNTS_READ)
    with desk.write() as uow:
        uow.audit.add(desk.clock.now(), desk.actor.user_id, "period.sheet_printed", _SUBJECT, _number(period))
        uow.commit()
    return Done(None)


# --- The checklist's own lines ---------------------------------------------------------------------------------------


def _counted(desk: Desk, sql: str, month: dt.date) -> int:
    with desk.read() as uow:
        found = uow.rows(sql, first=month.isoformat(), last=rules.month_of(month).last_day.isoformat())
    return int(found[0][0])


def _line(sql: str, undone: tuple[str, str], done: str, action: str, *, blocks: bool = False) -> MonthEnd:
    """A line that is done when nothing is counted; the French plural begins at two."""

    def ask(desk: Desk, month: dt.date) -> MonthEndLine:
        count = _counted(desk, sql, month)
        text = done if not count else f"{count}\u00a0{undone[count > 1]}"
        return MonthEndLine(text=text, done=not count, blocks=blocks, target=Target("cashbook", action=action))

    return ask


MONTH_ENDS: tuple[MonthEnd, ...] = (
    _line(
        "SELECT count(*) FROM cash_day WHERE day BETWEEN :first AND :last AND closed_at IS NULL",
        ("journée de caisse est encore ouverte", "journées de caisse sont encore ouvertes"),
        "Chaque journée du mois est clôturée",
        "day",
        blocks=True,
    ),
    _line(
        "SELECT count(*) FROM closing c JOIN cash_day d ON d.id = c.cash_day_id JOIN box b ON b.id = d.box_id"
        " WHERE b.code = 'caisse' AND c.sheet_printed_at IS NULL AND d.day BETWEEN :first AND :last",
        ("feuille de clôture n’est pas imprimée", "feuilles de clôture ne sont pas imprimées"),
        "Les feuilles de clôture sont imprimées",
        "day/days",
    ),
    _line(
        "SELECT count(*) FROM receipt WHERE +series = '' AND printed_at IS NULL AND cancelled_on IS NULL"
        " AND day BETWEEN :first AND :last",
        ("reçu n’est pas imprimé", "reçus ne sont pas imprimés"),
        "Les reçus sont imprimés",
        "receipts",
    ),
)
"""What the caisse itself asks before a month is closed; only an open day blocks. Money out adds its advances."""
