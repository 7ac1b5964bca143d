"""Journal and ledger: whole for paper and workbook, page by page for the screen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.account_papers import JournalRow, LedgerAccount, LedgerRow, Period
from antenne.domain.ledger import EntryKind
from antenne.domain.receipts import receipt_number
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.domain.voucher_faces import voucher_number
from antenne.services.books import Span, check_period, left_by_years, span_of, sums_of, trial_balance
from antenne.services.desk import Desk
from antenne.wording import cashbook as words


@dataclass(frozen=True, slots=True)
class Piece:
    """The paper behind a posting: a receipt or a voucher; of a reversal, what it cancels.

    Attributes:
        kind: ``receipts`` or ``expenses``: the panel that shows it.
        id: Of the record.
    """

    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One row of the journal on the screen, and the paper that it opens, if any."""

    row: JournalRow
    piece: Piece | None


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One posting of an account on the screen, the balance after it, and the paper that it opens, if any."""

    row: LedgerRow
    balance: int
    piece: Piece | None


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
    with desk.read() as uow:
        return _count(uow, span_of(uow, period))


_COUNT = "SELECT count(*) FROM posting p WHERE {within}"


def _count(uow: UnitOfWork, span: Span, only: str = "", **more: object) -> int:
    query = _COUNT.format(within=span.within + only)
    return int(uow.rows(query, **span.values, **more)[0][0])


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


_PAGE = """
WITH page AS MATERIALIZED (
    SELECT p.entry_id, p.line FROM posting p WHERE {within} ORDER BY {order} LIMIT :limit OFFSET :start
)
SELECT e.id, e.day, e.kind, e.reverses, a.code, a.label, p.debit, p.credit,
       r.series, r.year, r.number, x.year, x.number,
       p.line, coalesce(r.id, rb.id), coalesce(x.id, xb.id)
FROM page JOIN posting p USING (entry_id, line) JOIN entry e ON e.id = p.entry_id JOIN account a ON a.id = p.account_id
LEFT JOIN receipt r ON r.entry_id = e.id LEFT JOIN expense x ON x.entry_id = e.id
LEFT JOIN receipt rb ON rb.entry_id = e.reverses LEFT JOIN expense xb ON xb.entry_id = e.reverses
ORDER BY {order}
"""
_FORWARD, _BACKWARD = "p.entry_id, p.line", "p.entry_id DESC, p.line"


def journal_page(
    desk: Desk, period: Period, start: int, limit: int, *, descending: bool = False
) -> tuple[tuple[JournalLine, ...], int]:
    """Some rows of the journal and how many there are in all; a page of twenty years costs what a page costs.

    Args:
        desk: The office.
        period: From when to when.
        start: Rows before the page.
        limit: Rows of the page.
        descending: The newest entry first; the lines of one entry stay in their order.

    Raises:
        Forbidden: Without the right to read the accounts.
        RulesBroken: ``accounts.period``.
    """
    desk.require(Right.ACCOUNTS_READ)
    check_period(period)
    with desk.read() as uow:
        span = span_of(uow, period)
        query = _PAGE.format(within=span.within, order=_BACKWARD if descending else _FORWARD)
        rows = uow.rows(query, **span.values, start=start, limit=limit)
        total = _count(uow, span)
    return tuple(JournalLine(_journal_row(row[:13]), _opens(row)) for row in rows), total


def ledger_page(desk: Desk, period: Period, code: str, start: int, limit: int) -> tuple[tuple[LedgerLine, ...], int]:
    """Some postings of one account with the balance after each, and how many there are in all.

    Raises:
        Forbidden: Without the right to read the accounts.
        RulesBroken: ``accounts.period``, ``accounts.unknown``.
    """
    desk.require(Right.ACCOUNTS_READ)
    check_period(period)
    with desk.read() as uow:
        accounts = uow.accounts.all()
        account = next((one.id for one in accounts if one.code == code), None)
        if account is None:
            raise RulesBroken(Violation("accounts.unknown", "code", (("code", code),)))
        span, only = span_of(uow, period), " AND p.account_id = :account"
        query = _PAGE.format(within=span.within + only, order=_FORWARD)
        rows = uow.rows(query, **span.values, account=account, start=start, limit=limit)
        total = _count(uow, span, only, account=account)
        left = left_by_years(accounts, sums_of(uow, period)).get(account, 0)
        balance = _balance_before(uow, span, account, rows[0]) - left if rows else 0
    lines = []
    for row in rows:
        made = _ledger_row(row[:13])
        balance += made.debit - made.credit
        lines.append(LedgerLine(made, balance, _opens(row)))
    return tuple(lines), total


_BEFORE_BY_NUMBER = """
SELECT sum(p.debit - p.credit) FROM posting p
WHERE p.account_id = :account AND (p.entry_id < :entry OR (p.entry_id = :entry AND p.line < :line))
"""
_BEFORE_BY_DAY = """
SELECT sum(p.debit - p.credit) FROM posting p JOIN entry e ON e.id = p.entry_id
WHERE p.account_id = :account AND (
    e.day < :first OR (e.day <= :last AND (p.entry_id < :entry OR (p.entry_id = :entry AND p.line < :line))))
"""


def _balance_before(uow: UnitOfWork, span: Span, account: int, row: tuple[Any, ...]) -> int:
    """What an account stood at before one of its postings: what is dated before the period, then what stands above."""
    values: dict[str, object] = {"account": account, "entry": row[0], "line": row[13]}
    if span.ordered:
        return int(uow.rows(_BEFORE_BY_NUMBER, **values)[0][0] or 0)
    return int(uow.rows(_BEFORE_BY_DAY, **values, first=span.first, last=span.last)[0][0] or 0)


def _opens(row: tuple[Any, ...]) -> Piece | None:
    receipt, expense = row[14:]
    if receipt is not None:
        return Piece("receipts", receipt)
    return None if expense is None else Piece("expenses", expense)


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
    return "" if spent_year is None else voucher_number(spent_year, spent_number)


def _words(kind: str, reverses: int | None) -> str:
    said = words.KINDS[EntryKind(kind)]
    return said if reverses is None else f"{said} de l’écriture {reverses}"
