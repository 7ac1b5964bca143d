"""Journal, trial balance and ledger of a period, on A4 landscape (rules: Cash and accounts)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from antenne.base.progress import Progress
from antenne.domain.account_papers import BalanceRow, JournalRow, LedgerAccount, LedgerRow, Period, sides
from antenne.domain.office import Office
from antenne.print.paged_table import Column, Line, Table, render_table
from antenne.wording import formats
from antenne.wording import papers as words

JOURNAL: Final = "Journal"
BALANCE: Final = "Balance"
LEDGER: Final = "Grand livre"

_JOURNAL: Final = (
    Column("Écriture", 17, figures=True),
    Column("Date", 20),
    Column("Pièce", 27),
    Column("Libellé", 70),
    Column("Compte", 17),
    Column("Intitulé", 62),
    Column("Débit", 30, figures=True),
    Column("Crédit", 30, figures=True),
)
_LEDGER: Final = (
    Column("Écriture", 17, figures=True),
    Column("Date", 20),
    Column("Pièce", 27),
    Column("Libellé", 113),
    Column("Débit", 31, figures=True),
    Column("Crédit", 31, figures=True),
    Column("Solde", 34, figures=True),
)


def render_journal(
    rows: Sequence[JournalRow], period: Period, office: Office, progress: Progress | None = None
) -> bytes:
    """Draw the journal: every posting in the order of the chain, debit and credit carried from page to page.

    Args:
        rows: Postings; those of one entry follow one another.
        period: From when to when.
        office: What the papers say.
        progress: Told after each page, asked for a stop.

    Returns:
        A PDF, A4 landscape.

    Raises:
        Stopped: The user asked.
    """
    return render_table(Table(JOURNAL, words.period(period), _JOURNAL, tuple(_journal(rows))), office, progress)


def _journal(rows: Sequence[JournalRow]) -> Iterator[Line]:
    debit = credit = before = 0
    for row, after in zip(rows, (*(row.entry for row in rows[1:]), None), strict=False):
        debit, credit = debit + row.debit, credit + row.credit
        new = row.entry != before
        before = row.entry
        head = (formats.number(row.entry), formats.day(row.day), row.piece, row.label) if new else ("", "", "", "")
        account = (row.account_code, row.account_label)
        cells = (*head, *account, words.figure(row.debit), words.figure(row.credit))
        yield Line(cells, ruled=new, keep=row.entry == after, carried=partial(_journal_totals, debit, credit))
    if not rows:
        yield Line(("", "", "", words.NO_ENTRY, "", "", "", ""))
    yield Line(_journal_totals(debit, credit, words.TOTAL), strong=True, shaded=True)


def _journal_totals(debit: int, credit: int, said: str) -> tuple[str, ...]:
    return ("", "", "", said, "", "", formats.number(debit), formats.number(credit))


def render_trial_balance(
    rows: Sequence[BalanceRow], period: Period, office: Office, progress: Progress | None = None
) -> bytes:
    """Draw the trial balance: opening, movements and closing of each account, and whether both sides are equal.

    Args:
        rows: Accounts in the order of their codes.
        period: From when to when.
        office: What the papers say.
        progress: Told after each page, asked for a stop.

    Returns:
        A PDF, A4 landscape.

    Raises:
        Stopped: The user asked.
    """
    groups = (words.opening(period), words.MOVEMENTS, words.closing_of(period))
    columns = (
        Column("Compte", 18),
        Column("Intitulé", 69),
        *(Column(side, 31, figures=True, group=group) for group in groups for side in ("Débit", "Crédit")),
    )
    return render_table(Table(BALANCE, words.period(period), columns, tuple(_balance(rows))), office, progress)


def _balance(rows: Sequence[BalanceRow]) -> Iterator[Line]:
    sums = [0] * 6
    for row in rows:
        figures = (*sides(row.opening), row.debit, row.credit, *sides(row.closing))
        sums = [total + figure for total, figure in zip(sums, figures, strict=True)]
        cells = (row.code, row.label, *(words.figure(figure) for figure in figures))
        yield Line(cells, carried=partial(_balance_totals, tuple(sums)))
    if not rows:
        yield Line(("", words.NO_ENTRY, "", "", "", "", "", ""))
    yield Line(_balance_totals(tuple(sums), words.TOTAL), strong=True, shaded=True)
    equal = all(sums[side] == sums[side + 1] for side in (0, 2, 4))
    yield Line(("", words.BALANCED if equal else words.UNBALANCED, "", "", "", "", "", ""), strong=True)


def _balance_totals(sums: tuple[int, ...], said: str) -> tuple[str, ...]:
    return ("", said, *(formats.number(figure) for figure in sums))


def render_ledger(
    accounts: Sequence[LedgerAccount], period: Period, office: Office, progress: Progress | None = None
) -> bytes:
    """Draw the ledger: account by account, with the balance after each posting.

    Args:
        accounts: In the order of their codes.
        period: From when to when.
        office: What the papers say.
        progress: Told after each page, asked for a stop.

    Returns:
        A PDF, A4 landscape.

    Raises:
        Stopped: The user asked.
    """
    lines = [line for account in accounts for line in _ledger(account, period)]
    if not lines:
        lines = [Line(("", "", "", words.NO_ENTRY, "", "", ""))]
    return render_table(Table(LEDGER, words.period(period), _LEDGER, lines), office, progress)


def _ledger(account: LedgerAccount, period: Period) -> Iterator[Line]:
    named = f"{account.code} {account.label}"
    opening = words.balance(account.opening)
    yield Line(("", "", "", named, "", "", ""), strong=True, shaded=True, keep=True)
    yield Line(("", formats.day(period.first), "", words.opening(period), "", "", opening), keep=bool(account.rows))
    debit = credit = 0
    for row in account.rows:
        debit, credit = debit + row.debit, credit + row.credit
        totals = (debit, credit, account.opening + debit - credit)
        yield Line(_ledger_cells(row, totals[2]), carried=partial(_ledger_totals, named, totals))
    totals = (debit, credit, account.closing)
    yield Line(_ledger_totals(named, totals, words.TOTAL), strong=True)


def _ledger_cells(row: LedgerRow, balance: int) -> tuple[str, ...]:
    head = (formats.number(row.entry), formats.day(row.day), row.piece, row.label)
    return (*head, words.figure(row.debit), words.figure(row.credit), words.balance(balance))


def _ledger_totals(named: str, totals: tuple[int, int, int], said: str) -> tuple[str, ...]:
    debit, credit, balance = totals
    return ("", "", "", f"{said} — {named}", formats.number(debit), formats.number(credit), words.balance(balance))
