"""Journal, ledger and trial balance on screen: pages from the base, Entrée opens the paper behind a row."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from antenne.domain.account_papers import BalanceRow, Period
from antenne.domain.board import Target
from antenne.services import books_pages
from antenne.services.books import TrialBalance
from antenne.services.books_pages import JournalLine, LedgerLine
from antenne.services.desk import Desk
from antenne.ui.cashbook import accounts_columns as columns
from antenne.ui.cashbook.accounts_columns import Cover
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import EmptyState, label
from antenne.ui.kit.models import Fetch, PageOfRows, RowsModel
from antenne.ui.kit.pills import Pill
from antenne.ui.kit.tables import PagedTable, Table
from antenne.wording import formats, papers

_AREA: Final = "cashbook"
_LIST_WIDTH: Final = 352
_FOLLOW_AFTER: Final = 80
"""Milliseconds after the arrows rest on an account."""


def journal_fetcher(desk: Desk, period: Period) -> Fetch:
    """Pages of the journal, on the short lane."""

    def fetch(offset: int, limit: int, _sort: str, descending: bool) -> PageOfRows:
        return PageOfRows(*books_pages.journal_page(desk, period, offset, limit, descending=descending))

    return fetch


def ledger_fetcher(desk: Desk, period: Period, code: str) -> Fetch:
    """Pages of one account, on the short lane; none without an account."""

    def fetch(offset: int, limit: int, _sort: str, _descending: bool) -> PageOfRows:
        return PageOfRows(*books_pages.ledger_page(desk, period, code, offset, limit)) if code else PageOfRows((), 0)

    return fetch


class _Paged(QStackedWidget):
    """A table, or what to say where it has no row."""

    def __init__(self, table: Table, empty: EmptyState) -> None:
        super().__init__()
        self.addWidget(table)
        self.addWidget(empty)
        table.rows.total_changed.connect(self._follow)

    def _follow(self, total: int) -> None:
        self.setCurrentIndex(0 if total else 1)


def _nothing() -> EmptyState:
    return EmptyState(
        "paper", "Aucune écriture", "Rien n’est entré ni sorti pendant cette période. Changez de période."
    )


def _no_movement() -> EmptyState:
    said = "Aucune écriture sur ce compte pendant cette période\u202f: son solde n’a pas changé."
    return EmptyState("paper", "Rien sur ce compte", said)


class BookPage(QWidget):
    """What every book can do."""

    def __init__(self, context: Context, cover: Cover) -> None:
        """Keep who runs the work and whether balances are shown."""
        super().__init__()
        self.context = context
        self.cover = cover
        self.period = Period(context.clock.today(), context.clock.today())

    def show_balance(self, balance: TrialBalance) -> None:
        """Another period, or something was entered: read again; the trial balance is already here."""
        raise NotImplementedError

    def recover(self) -> None:
        """Ctrl+B: paint again."""
        raise NotImplementedError

    def begin(self) -> None:
        """Take the keyboard."""
        raise NotImplementedError

    def open_line(self, line: JournalLine | LedgerLine) -> None:
        """Show the receipt or the voucher behind a row, or say that there is none."""
        if line.piece is None:
            said = f"L’écriture n°\u00a0{line.row.entry} ({line.row.label.lower()}) n’a ni reçu ni pièce de dépense."
            self.context.notify(said, "info")
        else:
            self.context.navigator.open(Target(_AREA, line.piece.id, action=line.piece.kind))


class JournalPage(BookPage):
    """Every posting of the period; the heading « Écriture » turns the order."""

    def __init__(self, context: Context, cover: Cover) -> None:
        """Build the table."""
        super().__init__(context, cover)
        self.table = PagedTable(
            context.operations,
            columns.JOURNAL,
            journal_fetcher(context.desk, self.period),
            "Journal",
            memory=context.memory,
            sort_key="entry",
        )
        self._totals = label("", "strong")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2 * t.SPACE)
        whole.addWidget(_Paged(self.table, _nothing()), 1)
        whole.addWidget(self._totals, 0, Qt.AlignmentFlag.AlignRight)
        self.table.opened.connect(self.open_line)

    def show_balance(self, balance: TrialBalance) -> None:
        """Read the first page; the totals are those of the trial balance."""
        self.period = balance.period
        self.table.reload(journal_fetcher(self.context.desk, balance.period))
        moved = (formats.amount(balance.debit), formats.amount(balance.credit))
        self._totals.setText(f"Total débit\u00a0: {moved[0]} · total crédit\u00a0: {moved[1]}")

    def recover(self) -> None:
        """The journal shows no balance."""

    def begin(self) -> None:
        """The first row."""
        self.table.setFocus()


class LedgerPage(BookPage):
    """The accounts that moved, and beside them the postings of the one that is held."""

    def __init__(self, context: Context, cover: Cover) -> None:
        """Build both tables."""
        super().__init__(context, cover)
        self._code = ""
        self._rows: dict[str, BalanceRow] = {}
        self.list = Table(RowsModel(columns.accounts(cover), parent=self), "Comptes", memory=context.memory)
        self.list.setFixedWidth(_LIST_WIDTH)
        self.table = PagedTable(
            context.operations,
            columns.ledger(cover),
            ledger_fetcher(context.desk, self.period, ""),
            "Grand livre",
            memory=context.memory,
        )
        self.table.horizontalHeader().setSectionsClickable(False)
        self.table.horizontalHeader().setSortIndicatorShown(False)
        self._heading, self._balances = label("", "heading"), label("", "muted")
        self._timer = QTimer(self, singleShot=True, interval=_FOLLOW_AFTER)
        self._timer.timeout.connect(self._read)
        self._build()

    @property
    def code(self) -> str:
        """The account in sight, or empty."""
        return self._code

    def show_account(self, code: str) -> None:
        """Hold that account, now or as soon as the list is here."""
        self._code = code
        self._hold()
        self._read()

    def show_balance(self, balance: TrialBalance) -> None:
        """The list again; the account that was held stays, with its postings read again."""
        self.period = balance.period
        self._rows = {row.code: row for row in balance.rows}
        if self._code not in self._rows:
            self._code = balance.rows[0].code if balance.rows else ""
        before = self._code
        self.list.rows.show_rows(balance.rows)
        self._code = before
        self._hold()
        self._read()

    def recover(self) -> None:
        """Paint the balances again."""
        for table in (self.list, self.table):
            table.viewport().update()
        self._say()

    def begin(self) -> None:
        """The list of accounts."""
        self.list.setFocus()

    def _build(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(2 * t.SPACE)
        head = QHBoxLayout()
        head.addWidget(self._heading)
        head.addStretch(1)
        head.addWidget(self._balances)
        right.addLayout(head)
        right.addWidget(_Paged(self.table, _no_movement()), 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4 * t.SPACE)
        whole.addWidget(self.list)
        whole.addLayout(right, 1)
        self.list.picked.connect(self._pick)
        self.list.opened.connect(self._enter)
        self.table.opened.connect(self.open_line)

    def _hold(self) -> None:
        place = list(self._rows).index(self._code) if self._code in self._rows else -1
        if place >= 0:
            self.list.setCurrentIndex(self.list.rows.index(place, 0))

    def _pick(self, row: object) -> None:
        if isinstance(row, BalanceRow) and row.code != self._code:
            self._code = row.code
            self._timer.start()

    def _enter(self, _row: object) -> None:
        self.table.setFocus()

    def _read(self) -> None:
        self._timer.stop()
        self.table.reload(ledger_fetcher(self.context.desk, self.period, self._code))
        self._say()

    def _say(self) -> None:
        row = self._rows.get(self._code)
        self._heading.setText("" if row is None else f"{row.code}  {row.label}")
        self._balances.setText("" if row is None else columns.covered(row, self.cover))


class BalancePage(BookPage):
    """Every account that moved or carries a balance; Entrée shows its postings."""

    account_opened = Signal(str)

    def __init__(self, context: Context, cover: Cover) -> None:
        """Build the table."""
        super().__init__(context, cover)
        self._model = RowsModel(columns.balance(cover, self.period), parent=self)
        self.table = Table(self._model, "Balance", memory=context.memory)
        self._totals, self.pill = label("", "strong"), Pill()
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self._totals)
        below.addWidget(self.pill)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2 * t.SPACE)
        whole.addWidget(_Paged(self.table, _nothing()), 1)
        whole.addLayout(below)
        self.table.opened.connect(self._open)

    def show_balance(self, balance: TrialBalance) -> None:
        """Show the rows; the headings say the days."""
        self.period = balance.period
        self._model.columns = columns.balance(self.cover, balance.period)
        self._model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._model.columns) - 1)
        self._model.show_rows(balance.rows)
        moved = (formats.amount(balance.debit), formats.amount(balance.credit))
        self._totals.setText(f"{papers.MOVEMENTS}\u00a0: débit {moved[0]} · crédit {moved[1]}")
        self.pill.show_word(
            "Équilibrée" if balance.balanced else "Pas équilibrée", "good" if balance.balanced else "danger"
        )

    def recover(self) -> None:
        """Paint the balances again."""
        self.table.viewport().update()

    def begin(self) -> None:
        """The first account."""
        self.table.setFocus()

    def _open(self, row: BalanceRow) -> None:
        self.account_opened.emit(row.code)
