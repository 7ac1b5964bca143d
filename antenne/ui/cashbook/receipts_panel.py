"""« Reçus »: every receipt by number, name, code, day and box; one beside the list, or a code to verify."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from antenne.domain.board import Target
from antenne.domain.changes import CASHBOOK, Changes
from antenne.domain.rights import Right
from antenne.domain.violations import Violation
from antenne.services import cash_days, receipts_reading
from antenne.services.cash_days import CashState
from antenne.services.desk import Desk
from antenne.services.receipts_reading import ReceiptCounts, ReceiptList, ReceiptPage, ReceiptQuery, ReceiptRow
from antenne.ui.cashbook.collect_fields import BoxChoice
from antenne.ui.cashbook.receipts_card import ReceiptCard
from antenne.ui.cashbook.receipts_print import print_receipts
from antenne.ui.cashbook.receipts_verify import VerifyCard
from antenne.ui.cashbook.receipts_words import COLUMNS, EMPTY, LISTS
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.cards import EmptyState, button
from antenne.ui.kit.exporting import export_list
from antenne.ui.kit.models import Fetch, PageOfRows
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.tables import PagedTable
from antenne.wording import formats
from antenne.wording import violations as sentences

_LISTS: Final = tuple(ReceiptList)
_SIDE_WIDTH: Final = 400
_SEARCH_WIDTHS: Final = (120, 260)
_SEARCH_AFTER: Final = 60
_YIELDING: Final = ("day", "box")
"""Columns that give their place to the receipt beside the list."""


def fetcher(desk: Desk, which: ReceiptList, typed: str, box: str) -> Fetch:
    """Pages of one list, on the short lane."""

    def fetch(offset: int, limit: int, sort: str, descending: bool) -> PageOfRows:
        query = ReceiptQuery(which=which, typed=typed, box=box, sort=sort, descending=descending)
        return PageOfRows(*receipts_reading.list_receipts(desk, query, offset, limit))

    return fetch


class ReceiptsPanel(Screen):
    """Targets: an id opens a receipt; the name of a list; ``verify`` with the code in ``field``; ``cancel``."""

    help_key = "cashbook_receipts"
    hints = "Entrée : ouvrir · Ctrl+P : imprimer · Ctrl+Page suiv. : onglet suivant · F1 : aide"

    def __init__(self, context: Context) -> None:
        """Build the panel; nothing is read before the first visit."""
        super().__init__()
        self._context = context
        self._collects = context.desk.may(Right.CASH_IN)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Listes de reçus")
        self.tabs.setExpanding(False)
        for which in _LISTS:
            self.tabs.addTab(LISTS[which])
        self.search = QLineEdit()
        self.search.setPlaceholderText("N°, nom, code, jour ou somme…")
        self.search.setAccessibleName("Chercher un reçu")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(_SEARCH_WIDTHS[0])
        self.search.setMaximumWidth(_SEARCH_WIDTHS[1])
        self.box = BoxChoice(every=True)
        self.table = PagedTable(
            context.operations,
            COLUMNS,
            self._fetch(),
            "Reçus",
            memory=context.memory,
            sort_key="number",
            descending=True,
        )
        self.side = QScrollArea()
        self._empty = QStackedWidget()
        self._timer = QTimer(self, singleShot=True, interval=_SEARCH_AFTER)
        self._build()
        self._connect()

    # --- Screen ----------------------------------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        """A list, one receipt, a code to verify."""
        if target.action in {which.value for which in ReceiptList}:
            self._close_side()
            self.tabs.setCurrentIndex(_LISTS.index(ReceiptList(target.action)))
        self.refresh()
        if target.action == "verify":
            self.verify(target.field)
        elif target.id is not None:
            self._read_one(target.id)
        elif self.shown is None:
            self.search.setFocus()

    def refresh(self) -> None:
        """Read list, counts and the receipt in sight again."""
        self._reload()
        run, desk = self._context.operations.run, self._context.desk
        run(SHORT, receipts_reading.count_receipts, desk, owner=self, done=self._show_counts, latest=True, key="n")
        run(SHORT, cash_days.cash_state, desk, owner=self, done=self._show_boxes, latest=True, key="boxes")

    def on_changes(self, changes: Changes) -> None:
        """A receipt was given, printed or cancelled."""
        if changes.touch(CASHBOOK):
            self.refresh()
            if isinstance(self.shown, ReceiptCard):
                self._read_one(self.shown.receipt.id)

    def print_(self) -> None:
        """Ctrl+P: the receipt in sight; else the selected ones, or the whole list « À imprimer »."""
        if not self._collects:
            return
        if isinstance(self.shown, ReceiptCard):
            self.shown.print_it()
            return
        chosen = [row for row in self.table.selected() if isinstance(row, ReceiptRow)]
        if not chosen and self.which is ReceiptList.TO_PRINT:
            chosen = [row for place in range(self.table.rows.rowCount()) if (row := self.table.rows.row(place))]
        if chosen:
            print_receipts(self._context, self, tuple(sorted(row.id for row in chosen)))

    def escape(self) -> bool:
        """Close what stands beside the list; a search that holds letters is emptied first."""
        if self.shown is not None:
            self._close_side()
            self.table.setFocus()
            return True
        if self.search.text():
            self.search.clear()
            self.search.setFocus()
            return True
        return False

    @property
    def which(self) -> ReceiptList:
        """The list in sight."""
        return _LISTS[self.tabs.currentIndex()]

    @property
    def shown(self) -> ReceiptCard | VerifyCard | None:
        """What stands beside the list."""
        inside = self.side.widget()
        return inside if isinstance(inside, ReceiptCard | VerifyCard) and not self.side.isHidden() else None

    def verify(self, typed: str = "") -> None:
        """Type a code, or judge the one that was scanned."""
        card = VerifyCard(self._context)
        card.closed.connect(self._closed)
        self._show_side(card)
        card.begin(typed)

    def export(self) -> None:
        """Write the list in sight to .xlsx."""
        export_list(self._context, self, "Reçus", COLUMNS, self._fetch())

    # --- Building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4 * t.SPACE)
        left = QVBoxLayout()
        left.setSpacing(3 * t.SPACE)
        above = QHBoxLayout()
        above.setSpacing(2 * t.SPACE)
        above.addWidget(self.search, 1)
        above.addWidget(self.box)
        above.addStretch(1)
        above.addWidget(button("Vérifier un reçu…", "plain", self.verify))
        if self._context.desk.may(Right.EXPORT):
            above.addWidget(button("Exporter en Excel…", "plain", self.export))
        left.addWidget(self.tabs)
        left.addLayout(above)
        self._empty.addWidget(self.table)
        left.addWidget(self._empty, 1)
        whole.addLayout(left, 1)
        self.side.setWidgetResizable(True)
        self.side.setFrameShape(QFrame.Shape.NoFrame)
        self.side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.side.setFixedWidth(_SIDE_WIDTH)
        self.side.hide()
        whole.addWidget(self.side)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._tab_changed)
        self.search.textChanged.connect(self._timer.start)
        self.search.returnPressed.connect(self.table.setFocus)
        self.box.currentIndexChanged.connect(self._reload)
        self._timer.timeout.connect(self._reload)
        self.table.opened.connect(self._open_row)
        self.table.paged.total_changed.connect(self._show_empty)

    def _fetch(self) -> Fetch:
        return fetcher(self._context.desk, self.which, self.search.text(), self.box.code)

    def _tab_changed(self) -> None:
        self._close_side()
        self._reload()

    def _reload(self) -> None:
        self.table.reload(self._fetch())

    def _show_counts(self, counts: ReceiptCounts) -> None:
        numbers = {ReceiptList.TO_PRINT: len(counts.to_print), ReceiptList.CHANGE: len(counts.change_persons)}
        for place, which in enumerate(_LISTS):
            count = numbers.get(which, 0)
            self.tabs.setTabText(place, f"{LISTS[which]} ({formats.number(count)})" if count else LISTS[which])

    def _show_boxes(self, state: CashState) -> None:
        self.box.show_boxes(tuple(one.box for one in state.boxes))

    def _show_empty(self, total: int) -> None:
        while self._empty.count() > 1:
            old = self._empty.widget(1)
            assert old is not None
            self._empty.removeWidget(old)
            old.deleteLater()
        if total == 0:
            title, sentence = EMPTY[self.which]
            if self.search.text().strip() or self.box.code:
                title, sentence = "Aucun reçu ne répond", "Effacez la recherche, ou changez de liste ou de caisse."
            self._empty.addWidget(EmptyState("paper", title, sentence))
        self._empty.setCurrentIndex(self._empty.count() - 1)

    # --- Beside the list -------------------------------------------------------------------------------------------

    def _open_row(self, row: ReceiptRow) -> None:
        self._read_one(row.id)

    def _read_one(self, receipt_id: int) -> None:
        self._context.operations.run(
            SHORT,
            receipts_reading.receipt_page,
            self._context.desk,
            receipt_id,
            owner=self,
            done=self._show_page,
            broken=self._refused,
            latest=True,
            key="one",
        )

    def _refused(self, violations: tuple[Violation, ...]) -> None:
        self._context.notify(sentences.sentence(violations[0]), "warning")

    def _show_page(self, page: ReceiptPage) -> None:
        card = ReceiptCard(self._context, page)
        card.closed.connect(self._closed)
        card.asked.connect(self._reveal)
        self._show_side(card)
        card.begin()

    def _reveal(self, inside: QWidget) -> None:
        """Scroll to what was opened, once it has its place."""
        QTimer.singleShot(0, inside, partial(self.side.ensureWidgetVisible, inside))

    def _show_side(self, card: ReceiptCard | VerifyCard) -> None:
        self.side.setWidget(card)
        self.side.show()
        for place, column in enumerate(COLUMNS):
            self.table.setColumnHidden(place, column.key in _YIELDING)

    def _closed(self) -> None:
        self._close_side()
        self.table.setFocus()

    def _close_side(self) -> None:
        self.side.hide()
        for place in range(len(COLUMNS)):
            self.table.setColumnHidden(place, False)
