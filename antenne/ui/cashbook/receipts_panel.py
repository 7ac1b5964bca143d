"""« Reçus »: every receipt by number, name, code, day and box; one beside the list, or a code to verify."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from antenne.domain.board import Target
from antenne.domain.changes import CASHBOOK, Changes
from antenne.domain.rights import Right
from antenne.services import cash_days, receipts_reading
from antenne.services.desk import Desk
from antenne.services.receipts_reading import ReceiptCounts, ReceiptList, ReceiptPage, ReceiptQuery, ReceiptRow
from antenne.ui.cashbook.paper_list import ListWords, PaperList
from antenne.ui.cashbook.receipts_card import ReceiptCard
from antenne.ui.cashbook.receipts_print import print_receipts
from antenne.ui.cashbook.receipts_verify import VerifyCard
from antenne.ui.cashbook.receipts_words import COLUMNS, EMPTY, LISTS
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import button
from antenne.ui.kit.models import Fetch, PageOfRows
from antenne.ui.kit.operations import SHORT

_YIELDING: Final = frozenset({"day", "box"})
"""Columns that give their place to the receipt beside the list."""

_WORDS: Final = ListWords(
    title="Reçus",
    lists=LISTS,
    empty=EMPTY,
    nothing="Aucun reçu ne répond",
    tabs="Listes de reçus",
    search="Chercher un reçu",
    hint="N°, nom, code, jour ou somme…",
    search_widths=(120, 260),
    icon="paper",
)


def fetcher(desk: Desk, which: ReceiptList, typed: str, box: str) -> Fetch:
    """Pages of one list, on the short lane."""

    def fetch(offset: int, limit: int, sort: str, descending: bool) -> PageOfRows:
        query = ReceiptQuery(which=which, typed=typed, box=box, sort=sort, descending=descending)
        return PageOfRows(*receipts_reading.list_receipts(desk, query, offset, limit))

    return fetch


class ReceiptsPanel(PaperList):
    """Targets: an id opens a receipt; the name of a list; ``verify`` with the code in ``field``; ``cancel``."""

    help_key = "cashbook_receipts"
    hints = "Entrée\u00a0: ouvrir · Ctrl+P\u00a0: imprimer · Ctrl+Page suiv.\u00a0: onglet suivant · F1\u00a0: aide"

    def __init__(self, context: Context) -> None:
        """Build the panel; nothing is read before the first visit."""
        super().__init__(context, _WORDS, COLUMNS)
        self._collects = context.desk.may(Right.CASH_IN)
        self._build()
        self.connect_parts()

    def fetch(self) -> Fetch:
        """Pages of the list in sight."""
        return fetcher(self._context.desk, self.which, self.search.text(), self.box.code)

    def open_row(self, row: object) -> None:
        """Show a receipt beside the list."""
        assert isinstance(row, ReceiptRow)
        self._read_one(row.id)

    def hidden_columns(self) -> Collection[str]:
        """Day and box, while a paper stands beside the list."""
        return _YIELDING if self.beside is not None else ()

    # --- Screen ----------------------------------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        """A list, one receipt, a code to verify."""
        if target.action in {which.value for which in ReceiptList}:
            self.show_listed(ReceiptList(target.action))
        self.refresh()
        if target.action == "verify":
            self.verify(target.field)
        elif target.id is not None:
            self._read_one(target.id)
        elif self.shown is None:
            self.search.setFocus()

    def refresh(self) -> None:
        """Read list, counts and the receipt in sight again."""
        self.reload()
        run, desk = self._context.operations.run, self._context.desk
        run(SHORT, receipts_reading.count_receipts, desk, owner=self, done=self._show_counts, latest=True, key="n")
        run(SHORT, cash_days.cash_state, desk, owner=self, done=self.show_boxes, latest=True, key="boxes")

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

    @property
    def which(self) -> ReceiptList:
        """The list in sight."""
        return ReceiptList(self.listed)

    @property
    def shown(self) -> ReceiptCard | VerifyCard | None:
        """What stands beside the list."""
        beside = self.beside
        return beside if isinstance(beside, ReceiptCard | VerifyCard) else None

    def verify(self, typed: str = "") -> None:
        """Type a code, or judge the one that was scanned."""
        card = VerifyCard(self._context)
        card.closed.connect(self.leave_side)
        self.show_side(card)
        card.begin(typed)

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
        left.addWidget(self._empty, 1)
        whole.addLayout(left, 1)
        whole.addWidget(self.side)

    def _show_counts(self, counts: ReceiptCounts) -> None:
        self.count_tabs({ReceiptList.TO_PRINT: len(counts.to_print), ReceiptList.CHANGE: len(counts.change_persons)})

    def _read_one(self, receipt_id: int) -> None:
        self._context.operations.run(
            SHORT,
            receipts_reading.receipt_page,
            self._context.desk,
            receipt_id,
            owner=self,
            done=self._show_page,
            broken=self.say_refused,
            latest=True,
            key="one",
        )

    def _show_page(self, page: ReceiptPage) -> None:
        card = ReceiptCard(self._context, page)
        card.closed.connect(self.leave_side)
        card.asked.connect(self.reveal)
        self.show_side(card)
        card.begin()
