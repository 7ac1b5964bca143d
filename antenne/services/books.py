"""The books of a period: journal, ledger, trial balance; read from the entries, never kept beside them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.account_papers import BalanceRow, JournalRow, LedgerAccount, LedgerRow, Period
from antenne.domain.ledger import EntryKind
from antenne.domain.receipts import receipt_number
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.desk import Desk
from antenne.wording import cashbook as words


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
       sum(CASE WHEN e.day < :first THEN p.debit - p.credit ELSE 0 END),
       sum(CASE WHEN e.day >= :first THEN p.debit ELSE 0 END),
       sum(CASE WHEN e.day >= :first THEN p.credit ELSE 0 END)
FROM posting p JOIN entry e ON e.id = p.entry_id WHERE e.day <= :last GROUP BY p.account_id
"""
_BY_NUMBER = """
SELECT account_id,
       sum(CASE WHEN entry_id <= :before THEN debit - credit ELSE 0 END),
       sum(CASE WHEN entry_id > :before THEN debit ELSE 0 END),
       sum(CASE WHEN entry_id > :before THEN credit ELSE 0 END)
FROM posting NOT INDEXED WHERE entry_id <= :last GROUP BY account_id
"""


def trial_balance(desk: Desk, period: Period) -> TrialBalance:
    """Debits, credits and balance of each account.

    Raises:
        Forbidden: Without the right to read the accounts.
        RulesBroken: ``accounts.period``.
    """
    desk.require(Right.ACCOUNTS_READ)
    check_period(period)
    with desk.read() as uow:
        found = _sums(uow, period)
        accounts = uow.accounts.all()
    rows = (
        BalanceRow(
            code=account.code,
            label=account.label,
            opening=found[account.id][0],
            debit=found[account.id][1],
            credit=found[account.id][2],
        )
        for account in accounts
        if account.id in found
    )
    return TrialBalance(period, tuple(row for row in rows if row.opening or row.debit or row.credit))


def _sums(uow: UnitOfWork, period: Period) -> dict[int, tuple[int, int, int]]:
    """Balance before, debits and credits of the period, by account.

    Entries follow the days, so a period is a range of their numbers and needs no look at each one's day. A clock set
    wrong once may have broken that order: then each day is looked at.
    """
    first, last = period.first.isoformat(), period.last.isoformat()
    before, last_before = uow.rows("SELECT count(*), max(id) FROM entry WHERE day < :first", first=first)[0]
    through, last_through = uow.rows("SELECT count(*), max(id) FROM entry WHERE day <= :last", last=last)[0]
    if before == (last_before or 0) and through == (last_through or 0):
        rows = uow.rows(_BY_NUMBER, before=before, last=through)
    else:
        rows = uow.rows(_BY_DAY, first=first, last=last)
    return {account: (opening, debit, credit) for account, opening, debit, credit in rows}


_LINES = """
SELECT e.id, e.day, e.kind, e.reverses, a.code, a.label, p.debit, p.credit,
       r.series, r.year, r.number, x.year, x.number
FROM entry e JOIN posting p ON p.entry_id = e.id JOIN account a ON a.id = p.account_id
LEFT JOIN receipt r ON r.entry_id = e.id LEFT JOIN expense x ON x.entry_id = e.id
WHERE e.day BETWEEN :first AND :last
"""


def journal(desk: Desk, period: Period, start: int = 0, limit: int = -1) -> tuple[JournalRow, ...]:
    """The postings of a period in the order of the chain; ``start`` and ``limit`` count rows.

    Raises:
        Forbidden: Without the right to read the accounts.
        RulesBroken: ``accounts.period``.
    """
    desk.require(Right.ACCOUNTS_READ)
    check_period(period)
    days = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    with desk.read() as uow:
        rows = uow.rows(f"{_LINES} ORDER BY e.id, p.line LIMIT :limit OFFSET :start", **days, limit=limit, start=start)
    return tuple(_journal_row(row) for row in rows)


def count_journal(desk: Desk, period: Period) -> int:
    """How many rows the journal of a period has.

    Raises:
        Forbidden: Without the right to read the accounts.
    """
    desk.require(Right.ACCOUNTS_READ)
    query = "SELECT count(*) FROM entry e JOIN posting p ON p.entry_id = e.id WHERE e.day BETWEEN :first AND :last"
    with desk.read() as uow:
        return int(uow.rows(query, first=period.first.isoformat(), last=period.last.isoformat())[0][0])


def ledger(desk: Desk, period: Period, code: str = "") -> tuple[LedgerAccount, ...]:
    """The postings of a period, account by account; one account when its code is given.

    Raises:
        Forbidden: Without the right to read the accounts.
        RulesBroken: ``accounts.period``, ``accounts.unknown``.
    """
    opened = {row.code: row for row in trial_balance(desk, period).rows}
    days = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    with desk.read() as uow:
        if code and code not in {account.code for account in uow.accounts.all()}:
            raise RulesBroken(Violation("accounts.unknown", "code", (("code", code),)))
        one = " AND a.code = :code" if code else ""
        rows = uow.rows(f"{_LINES}{one} ORDER BY a.code, e.id, p.line", **days, **({"code": code} if code else {}))
        labels = {account.code: account.label for account in uow.accounts.all()}
    grouped = {number: tuple(group) for number, group in groupby(rows, key=lambda row: str(row[4]))}
    wanted = (code,) if code else tuple(sorted(set(grouped) | set(opened)))
    return tuple(
        LedgerAccount(
            code=each,
            label=labels[each],
            opening=opened[each].opening if each in opened else 0,
            rows=tuple(_ledger_row(row) for row in grouped.get(each, ())),
        )
        for each in wanted
    )


def _journal_row(row: tuple[Any, ...]) -> JournalRow:
    number, day, kind, reverses, code, label, debit, credit, *piece = row
    return JournalRow(
        entry=number,
        day=dt.date.fromisoformat(day),
        piece=_piece(piece),
        label=_words(kind, reverses),
        account_code=code,
        account_label=label,
        debit=debit,
        credit=credit,
    )


def _ledger_row(row: tuple[Any, ...]) -> LedgerRow:
    number, day, kind, reverses, _code, _label, debit, credit, *piece = row
    return LedgerRow(
        entry=number,
        day=dt.date.fromisoformat(day),
        piece=_piece(piece),
        label=_words(kind, reverses),
        debit=debit,
        credit=credit,
    )


def _piece(parts: list[Any]) -> str:
    series, year, number, spent_year, spent_number = parts
    if year is not None:
        return receipt_number(year, number, series)
    return "" if spent_year is None else f"D-{spent_year}-{spent_number:04d}"


def _words(kind: str, reverses: int | None) -> str:
    said = words.KINDS[EntryKind(kind)]
    return said if reverses is None else f"{said} de l’écriture {reverses}"


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
