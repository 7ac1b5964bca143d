"""The trial balance of a period; read from the entries, never kept beside them. Pages of it in ``books_pages``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.account_papers import BalanceRow, Period
from antenne.domain.accounts import Account, Use
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.desk import Desk


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """Every account that moved, or carries a balance, over a period."""

    period: Period
    rows: tuple[BalanceRow, ...]

    @property
    def debit(self) -> int:
        """Sum of the period, in FCFA."""
        return sum(row.debit for row in self.rows)

    @property
    def credit(self) -> int:
        """Sum of the period, in FCFA."""
        return sum(row.credit for row in self.rows)

    @property
    def balanced(self) -> bool:
        """Debits are credits, in the period and before it."""
        return self.debit == self.credit and sum(row.opening for row in self.rows) == 0


def check_period(period: Period) -> None:
    """A period ends after it begins.

    Raises:
        RulesBroken: ``accounts.period``.
    """
    if period.last < period.first:
        raise RulesBroken(Violation("accounts.period", "last", (("first", period.first), ("last", period.last))))


_BY_DAY = """
SELECT p.account_id,
       sum(CASE WHEN e.day < :year THEN p.debit - p.credit ELSE 0 END),
       sum(CASE WHEN e.day < :first THEN p.debit - p.credit ELSE 0 END),
       sum(CASE WHEN e.day >= :first THEN p.debit ELSE 0 END),
       sum(CASE WHEN e.day >= :first THEN p.credit ELSE 0 END)
FROM posting p JOIN entry e ON e.id = p.entry_id WHERE e.day <= :last GROUP BY p.account_id
"""
_BY_NUMBER = """
SELECT account_id,
       sum(CASE WHEN entry_id <= :year THEN debit - credit ELSE 0 END),
       sum(CASE WHEN entry_id <= :before THEN debit - credit ELSE 0 END),
       sum(CASE WHEN entry_id > :before THEN debit ELSE 0 END),
       sum(CASE WHEN entry_id > :before THEN credit ELSE 0 END)
FROM posting NOT INDEXED WHERE entry_id <= :through GROUP BY account_id
"""


@dataclass(frozen=True, slots=True)
class Sums:
    """One account: balance before the year, before the period, debits and credits of the period, in FCFA."""

    years: int = 0
    opening: int = 0
    debit: int = 0
    credit: int = 0


def trial_balance(desk: Desk, period: Period) -> TrialBalance:
    """Debits, credits and balance of each account.

    Income and expenses begin each year at nothing; what they left stands in the account that carries it. A period
    that runs over a year's end is counted from its first year.

    Raises:
        Forbidden: Without the right to read the accounts.
        RulesBroken: ``accounts.period``.
    """
    desk.require(Right.ACCOUNTS_READ)
    check_period(period)
    with desk.read() as uow:
        found = sums_of(uow, period)
        accounts = uow.accounts.all()
    left = left_by_years(accounts, found)
    rows = (
        BalanceRow(
            code=account.code,
            label=account.label,
            opening=sums.opening - left.get(account.id, 0),
            debit=sums.debit,
            credit=sums.credit,
        )
        for account in accounts
        for sums in (found.get(account.id, Sums()),)
    )
    return TrialBalance(period, tuple(row for row in rows if row.opening or row.debit or row.credit))


def left_by_years(accounts: Sequence[Account], found: Mapping[int, Sums]) -> dict[int, int]:
    """What is taken from the opening of each account: earlier years' income and expenses, given to what is carried."""
    carried = next((account.id for account in accounts if account.role == Use.CARRIED), None)
    if carried is None:
        return {}
    years = {one.id: found[one.id].years for one in accounts if one.kind.begins_anew and one.id in found}
    return {**years, carried: -sum(years.values())}


def sums_of(uow: UnitOfWork, period: Period) -> dict[int, Sums]:
    """Balance before the year and the period, debits and credits of the period, by account.

    Entries follow the days, so a period is a range of their numbers and needs no look at each one's day. A clock set
    wrong once may have broken that order: then each day is looked at.
    """
    span = span_of(uow, period)
    query = _BY_NUMBER if span.ordered else _BY_DAY
    values = {**span.values, "year": span.year_before if span.ordered else span.year}
    return {account: Sums(*rest) for account, *rest in uow.rows(query, **values)}


@dataclass(frozen=True, slots=True)
class Span:
    """A period as the base finds it.

    Attributes:
        first: First day.
        last: Last day.
        year: First day of the year in which it begins.
        before: Entries dated before the first day.
        through: Entries dated up to the last day.
        year_before: Entries dated before that year.
        ordered: Those are the entries 1…before, 1…through and 1…year_before: their numbers say enough.
    """

    first: str
    last: str
    year: str
    before: int
    through: int
    year_before: int
    ordered: bool

    @property
    def within(self) -> str:
        """The condition for a posting ``p`` of the period; fixed text, its values are :attr:`values`."""
        if self.ordered:
            return "p.entry_id > :before AND p.entry_id <= :through"
        return "p.entry_id IN (SELECT id FROM entry WHERE day BETWEEN :first AND :last)"

    @property
    def values(self) -> dict[str, object]:
        """What :attr:`within` is asked with."""
        if self.ordered:
            return {"before": self.before, "through": self.through}
        return {"first": self.first, "last": self.last}


_UP_TO = "SELECT count(*), coalesce(max(id), 0) FROM entry WHERE day < :day"


def span_of(uow: UnitOfWork, period: Period) -> Span:
    """The same period as numbers of entries, where their order allows."""
    year, after = dt.date(period.first.year, 1, 1), period.last + dt.timedelta(days=1)
    counted = [uow.rows(_UP_TO, day=day.isoformat())[0] for day in (period.first, after, year)]
    return Span(
        period.first.isoformat(),
        period.last.isoformat(),
        year.isoformat(),
        before=counted[0][0],
        through=counted[1][0],
        year_before=counted[2][0],
        ordered=all(count == newest for count, newest in counted),
    )


def whole_period(desk: Desk) -> Period:
    """From the first entry to the last, or today when there is none.

    Raises:
        Forbidden: Without the right to read the accounts.
    """
    desk.require(Right.ACCOUNTS_READ)
    with desk.read() as uow:
        return _whole(uow, desk.today)


def _whole(uow: UnitOfWork, today: dt.date) -> Period:
    first, last = uow.rows("SELECT min(day), max(day) FROM entry")[0]
    return Period(
        today if first is None else dt.date.fromisoformat(first),
        today if last is None else max(dt.date.fromisoformat(last), today),
    )
