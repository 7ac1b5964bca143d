"""The books leave the screen: on paper, or as one workbook for the accountant.

The workbook holds what was written and nothing that a spreadsheet might compute: texts as texts, amounts as whole
numbers, days as dates. It is made in memory and put in place in one step (as in ``services.exports``).
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from antenne.base.progress import Progress, Silent
from antenne.domain.account_papers import BalanceRow, JournalRow, LedgerAccount, Period, sides
from antenne.domain.audit import FieldChange
from antenne.domain.changes import Done
from antenne.domain.chart import ChartRow
from antenne.domain.office import Office
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services import books, books_pages, chart
from antenne.services.desk import Desk
from antenne.services.exports import WRITE_STEP, check_place, write_in_place
from antenne.wording import accounts as words
from antenne.wording import formats, papers

MOST_LINES: Final = 50_000
"""Lines of one print or one workbook: more than a year of this office; two sheets of so many take 200 MB."""

Cell = str | int | dt.date | None
_WIDEST: Final = 48
_TOLD_EVERY: Final = 500


class RenderJournal(Protocol):
    """How the drawing is called (``print.journal.render_journal``); services do not know the printer."""

    def __call__(
        self, rows: Sequence[JournalRow], period: Period, office: Office, progress: Progress | None = ...
    ) -> bytes:
        """Draw the journal."""
        ...


class RenderBalance(Protocol):
    """``print.journal.render_trial_balance``."""

    def __call__(
        self, rows: Sequence[BalanceRow], period: Period, office: Office, progress: Progress | None = ...
    ) -> bytes:
        """Draw the trial balance."""
        ...


class RenderLedger(Protocol):
    """``print.journal.render_ledger``."""

    def __call__(
        self, accounts: Sequence[LedgerAccount], period: Period, office: Office, progress: Progress | None = ...
    ) -> bytes:
        """Draw the ledger."""
        ...


class RenderChart(Protocol):
    """``print.chart.render_chart``."""

    def __call__(
        self, rows: Sequence[ChartRow], day: dt.date, office: Office, progress: Progress | None = ...
    ) -> bytes:
        """Draw the chart of accounts."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportBooks:
    """Write the books of a period to a workbook.

    Attributes:
        path: Where.
        period: From when to when.
        accepted: She knows that the folder is copied to the internet.
    """

    path: Path
    period: Period
    accepted: bool = False


def render_journal(desk: Desk, period: Period, render: RenderJournal, progress: Progress | None = None) -> bytes:
    """The journal of a period as PDF.

    Raises:
        Forbidden: Without the right to read the accounts.
        RulesBroken: ``accounts.period``, ``accounts.too_many``.
        Stopped: The user asked.
    """
    _refuse_too_many(desk, period)
    return render(books_pages.journal(desk, period), period, desk.office, progress)


def render_trial_balance(desk: Desk, period: Period, render: RenderBalance, progress: Progress | None = None) -> bytes:
    """The trial balance of a period as PDF.

    Raises:
        Forbidden: Without the right to read the accounts.
        RulesBroken: ``accounts.period``.
        Stopped: The user asked.
    """
    return render(books.trial_balance(desk, period).rows, period, desk.office, progress)


def render_ledger(
    desk: Desk, period: Period, code: str, render: RenderLedger, progress: Progress | None = None
) -> bytes:
    """The ledger of a period as PDF: one account, or every one when no code is given.

    Raises:
        Forbidden: Without the right to read the accounts.
        RulesBroken: ``accounts.period``, ``accounts.unknown``, ``accounts.too_many``.
        Stopped: The user asked.
    """
    _refuse_too_many(desk, period)
    return render(books_pages.ledger(desk, period, code), period, desk.office, progress)


def render_chart(desk: Desk, render: RenderChart, progress: Progress | None = None) -> bytes:
    """The chart of accounts as PDF.

    Raises:
        Forbidden: Without the right to read the accounts.
        Stopped: The user asked.
    """
    return render(chart.read_chart(desk), desk.today, desk.office, progress)


def export_books(desk: Desk, command: ExportBooks, progress: Progress | None = None) -> Done[int]:
    """Write journal, ledger, trial balance and chart of a period to one .xlsx, each account with its SYCEBNL number.

    Returns:
        How many postings were written.

    Raises:
        Forbidden: Without the rights to export and to read the accounts.
        RulesBroken: ``export.synchronised`` until she accepts; ``accounts.period``, ``accounts.too_many``.
        Problem: ``export.…``.
        Stopped: The user asked to stop; nothing is left.
    """
    desk.require(Right.EXPORT)
    check_place(command.path, accepted=command.accepted)
    count = _refuse_too_many(desk, command.period)
    rows = chart.read_chart(desk)
    national = {row.account.code: row.account.sycebnl for row in rows}
    with io.BytesIO() as buffer:
        book = _Workbook(buffer, progress or Silent(), 2 * count)
        book.sheet("Journal", _JOURNAL, _journal(books_pages.journal(desk, command.period), national))
        book.sheet("Grand livre", _LEDGER, _ledger(books_pages.ledger(desk, command.period), command.period, national))
        balance = books.trial_balance(desk, command.period).rows
        book.sheet("Balance", _balance_columns(command.period), _balance(balance, national))
        book.sheet("Plan comptable", _CHART, _chart(rows))
        book.close()
        write_in_place(command.path, buffer.getvalue())
    with desk.write() as uow:
        said = (
            FieldChange("Période", "", papers.period(command.period)),
            FieldChange("Lignes", "", formats.number(count)),
        )
        uow.audit.add(desk.clock.now(), desk.actor.user_id, "accounts.exported", "export", 0, said)
        uow.commit()
    return Done(count)


def _refuse_too_many(desk: Desk, period: Period) -> int:
    desk.require(Right.ACCOUNTS_READ)
    books.check_period(period)
    count = books_pages.count_journal(desk, period)
    if count > MOST_LINES:
        raise RulesBroken(Violation("accounts.too_many", None, (("count", count), ("most", MOST_LINES))))
    return count


_JOURNAL: Final = ("Écriture", "Date", "Pièce", "Libellé", "Compte", "SYCEBNL", "Intitulé", "Débit", "Crédit")
_LEDGER: Final = (
    "Compte",
    "SYCEBNL",
    "Intitulé",
    "Écriture",
    "Date",
    "Pièce",
    "Libellé",
    "Débit",
    "Crédit",
    "Solde débiteur",
    "Solde créditeur",
)
_CHART: Final = ("Compte", "Intitulé", "Nature", "SYCEBNL", "Le programme s’en sert pour", "État")


def _journal(rows: Sequence[JournalRow], national: dict[str, str]) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        head = (row.entry, row.day, row.piece, row.label, row.account_code)
        yield (*head, national[row.account_code], row.account_label, row.debit or None, row.credit or None)


def _ledger(accounts: Sequence[LedgerAccount], period: Period, national: dict[str, str]) -> Iterator[tuple[Cell, ...]]:
    """Each account begins with its balance before the period."""
    for account in accounts:
        named = (account.code, national[account.code], account.label)
        balance = account.opening
        yield (*named, None, period.first, "", papers.opening(period), None, None, *_sides(balance))
        for row in account.rows:
            balance += row.debit - row.credit
            moved = (row.debit or None, row.credit or None)
            yield (*named, row.entry, row.day, row.piece, row.label, *moved, *_sides(balance))


def _balance_columns(period: Period) -> tuple[str, ...]:
    groups = (papers.opening(period), papers.MOVEMENTS, papers.closing_of(period))
    return ("Compte", "SYCEBNL", "Intitulé", *(f"{group}, {side}" for group in groups for side in ("débit", "crédit")))


def _balance(rows: Sequence[BalanceRow], national: dict[str, str]) -> Iterator[tuple[Cell, ...]]:
    sums = [0] * 6
    for row in rows:
        figures = (*sides(row.opening), row.debit, row.credit, *sides(row.closing))
        sums = [total + figure for total, figure in zip(sums, figures, strict=True)]
        yield (row.code, national[row.code], row.label, *figures)
    yield ("", "", papers.TOTAL, *sums)


def _chart(rows: Sequence[ChartRow]) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        one = row.account
        said = (words.use(one, row.box), words.state(active=one.active))
        yield (one.code, one.label, words.KINDS[one.kind], one.sycebnl, *said)


def _sides(balance: int) -> tuple[Cell, Cell]:
    debit, credit = sides(balance)
    return debit or None, credit or None


class _Workbook:
    """A workbook in memory; every cell is written by the type of its value, never by what its text looks like."""

    def __init__(self, buffer: io.BytesIO, progress: Progress, total: int) -> None:
        """Begin it.

        Args:
            buffer: Where it goes.
            progress: Told the lines written; asked for a stop.
            total: Lines that are about to be written.
        """
        import xlsxwriter

        self._book = xlsxwriter.Workbook(
            buffer,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        self._progress, self._total, self._done = progress, total, 0
        self._head = self._book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._text = self._book.add_format({"num_format": "@"})
        self._day = self._book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
        self._figure = self._book.add_format({"num_format": "#,##0"})

    def sheet(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
        """Write one sheet.

        Raises:
            Stopped: The user asked.
        """
        sheet = self._book.add_worksheet(title)
        widths = [max(map(len, column.split())) for column in columns]
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column, self._head)
        count = 0
        for count, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                widths[place] = max(widths[place], self._write(sheet, count, place, value))
            self._tell()
        for place, width in enumerate(widths):
            sheet.set_column(place, place, min(width, _WIDEST) + 2)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(count, 1), len(columns) - 1)

    def close(self) -> None:
        """Put it together."""
        self._progress.check()
        self._book.close()

    def _tell(self) -> None:
        self._done += 1
        if self._done % _TOLD_EVERY == 0:
            self._progress.check()
            self._progress.report(WRITE_STEP, self._done, max(self._total, self._done))

    def _write(self, sheet: Any, row: int, place: int, value: Cell) -> int:
        """Write one cell; returns how wide it is."""
        if value is None or value == "":
            return 0
        if isinstance(value, dt.date):
            day = dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a calendar day has no zone
            sheet.write_datetime(row, place, day, self._day)
            return len("23/11/2026")
        if isinstance(value, int):
            sheet.write_number(row, place, value, self._figure)
            return len(f"{value:,}")
        sheet.write_string(row, place, value, self._text)
        return len(value)
