"""« Plan comptable »: every account with its SYCEBNL number and its use; one beside the list, to be changed."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antenne.domain.chart import ChartRow
from antenne.domain.rights import Right
from antenne.domain.violations import Violation
from antenne.services import chart
from antenne.services.chart import AccountPage
from antenne.ui.cashbook import accounts_columns as columns
from antenne.ui.cashbook.chart_card import AccountCard
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import button, label
from antenne.ui.kit.list_parts import side_area
from antenne.ui.kit.models import RowsModel
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.tables import Table
from antenne.wording import formats
from antenne.wording import violations as sentences

_SIDE_WIDTH: Final = 480


class ChartPage(QWidget):
    """The list, and the card of one account."""

    def __init__(self, context: Context) -> None:
        """Build the page; :meth:`refresh` reads it."""
        super().__init__()
        self._context = context
        self._editable = context.desk.may(Right.ACCOUNTS_WRITE)
        self._wanted = 0
        self.table = Table(RowsModel(columns.CHART, parent=self), "Plan comptable", memory=context.memory)
        self.add_button = button("Ajouter un compte  Ctrl+N", "plain", self.add)
        self.add_button.setVisible(self._editable)
        self.side = side_area(_SIDE_WIDTH)
        self._count = label("", "muted")
        self._build()
        self.table.opened.connect(self._open_row)

    @property
    def card(self) -> AccountCard | None:
        """The account in sight, if any."""
        inside = self.side.widget()
        return inside if isinstance(inside, AccountCard) and not self.side.isHidden() else None

    def refresh(self) -> None:
        """Read the list again; and the account in sight, unless she is typing."""
        run = self._context.operations.run
        run(SHORT, chart.read_chart, self._context.desk, owner=self, done=self._show, latest=True)
        card = self.card
        if card is not None and card.account_id and not card.dirty:
            self.show_account(card.account_id)

    def begin(self) -> None:
        """The card, where there is one; else the list."""
        if self.card is None:
            self.table.setFocus()
        else:
            self.card.begin()

    def add(self) -> None:
        """Ctrl+N: the form of a new account."""
        if self._editable:
            self._put(AccountCard(self._context, None))

    def save(self) -> None:
        """Ctrl+S."""
        if self.card is not None:
            self.card.save()

    def escape(self) -> bool:
        """Close the card; what was typed is kept as a draft."""
        if self.card is None:
            return False
        self.close_card()
        return True

    def keep_draft(self) -> None:
        """What is typed is kept."""
        if self.card is not None:
            self.card.keep_draft()

    def show_account(self, account_id: int) -> None:
        """Read one account and show it beside the list."""
        run = self._context.operations.run
        run(
            SHORT,
            chart.read_account,
            self._context.desk,
            account_id,
            owner=self,
            done=self._show_page,
            broken=self._refused,
            latest=True,
        )

    def close_card(self) -> None:
        """Only the list is left."""
        self.keep_draft()
        self.side.hide()
        for place in range(len(columns.CHART)):
            self.table.setColumnHidden(place, False)
        self.table.setFocus()

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(2 * t.SPACE)
        left.addWidget(self.table, 1)
        below = QHBoxLayout()
        below.addWidget(self.add_button)
        below.addStretch(1)
        below.addWidget(self._count)
        left.addLayout(below)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4 * t.SPACE)
        whole.addLayout(left, 1)
        whole.addWidget(self.side)

    def _show(self, rows: tuple[ChartRow, ...]) -> None:
        held = self.table.current()
        self.table.rows.show_rows(rows)
        own = self._wanted or (held.account.id if isinstance(held, ChartRow) else 0)
        place = next((number for number, row in enumerate(rows) if row.account.id == own), -1)
        if place >= 0:
            self.table.setCurrentIndex(self.table.rows.index(place, 0))
        self._wanted = 0
        self._count.setText(formats.plural(len(rows), "compte", "comptes"))

    def _open_row(self, row: ChartRow) -> None:
        self.show_account(row.account.id)

    def _show_page(self, page: AccountPage) -> None:
        self._put(AccountCard(self._context, page))

    def _put(self, card: AccountCard) -> None:
        self.keep_draft()
        card.closed.connect(self.close_card)
        card.saved.connect(self._saved)
        self.side.setWidget(card)
        self.side.show()
        for place, column in enumerate(columns.CHART):
            self.table.setColumnHidden(place, column.key in columns.YIELDING)
        card.begin()

    def _saved(self, account_id: int) -> None:
        self._wanted = account_id

    def _refused(self, violations: tuple[Violation, ...]) -> None:
        self._context.notify(sentences.sentence(violations[0]), "warning")
