"""« Cartes »: who has none, what is to print, to hand over, to renew, what is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from antenne.domain import cards as rules
from antenne.domain.board import Target
from antenne.domain.cards import CardList, CardRow, ScanAnswer
from antenne.domain.changes import CARDS, MEMBERS, Changes
from antenne.domain.rights import Right
from antenne.domain.violations import Violation
from antenne.services import cards_reading
from antenne.ui.cards.lists import columns, fetcher
from antenne.ui.cards.offers import Offer, offers, printable
from antenne.ui.cards.panel import Panel
from antenne.ui.cards.panels import HandOverPanel, IssuePanel, LostPanel, RenewPanel, ReplacePanel, about
from antenne.ui.cards.print_panel import PrinterPanel, PrintPanel
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.cards import PageTitle, button
from antenne.ui.kit.exporting import export_list
from antenne.ui.kit.list_parts import ListOrWords, side_area
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.tables import PagedTable
from antenne.wording import cards as words
from antenne.wording import violations as sentences

_PANEL_WIDTH = 388
_TABS = tuple(CardList)
_TAB_SHEET = f"""
QTabBar {{ border: none; }}
QTabBar::tab {{ padding: 8px 9px; }}
QTabBar::tab:selected {{ border-bottom: 3px solid {t.PRIMARY}; }}
QTabBar::tab:selected:focus {{ border: 2px solid {t.PRIMARY}; }}
"""
"""Columns that give their place to the panel; the state says the rest."""
_SEARCH_AFTER = 60
"""Milliseconds after the last key before the list is asked again."""


class CardsScreen(Screen):
    """The lists, and beside them the panel of what is being done."""

    help_key = "cards"
    hints = "Entrée\u00a0: ouvrir la fiche · Ctrl+P\u00a0: imprimer · Échap\u00a0: fermer"

    def __init__(self, context: Context) -> None:
        """Build the page; nothing is read before the first visit."""
        super().__init__()
        self._context = context
        self._panel: Panel | None = None
        self._from_elsewhere = False
        self._counts: dict[CardList, int] = {}
        self._allowed = context.desk.may(Right.PRINT_CARDS)
        self.title = PageTitle("Cartes")
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Listes de cartes")
        self.tabs.setExpanding(False)
        self.tabs.setStyleSheet(_TAB_SHEET)
        self.tabs.setUsesScrollButtons(True)
        for which in _TABS:
            self.tabs.addTab(words.LISTS[which])
        self.tabs.setCurrentIndex(_TABS.index(CardList.TO_PRINT))
        self.search = QLineEdit()
        self.search.setPlaceholderText("Nom ou n°…")
        self.search.setAccessibleName("Chercher dans la liste")
        self.search.setClearButtonEnabled(True)
        self.table = PagedTable(
            context.operations,
            columns(context.desk),
            fetcher(context.desk, CardList.TO_PRINT, ""),
            "Cartes",
            memory=context.memory,
            sort_key="name",
        )
        self._empty = ListOrWords(self.table, "card")
        self._timer = QTimer(self, singleShot=True, interval=_SEARCH_AFTER)
        self._build()
        self._connect()
        self._show_actions()

    def open(self, target: Target) -> None:
        """A tab, a card, or something to begin: ``target.action``."""
        if target.action in {which.value for which in CardList}:
            self._close_panel()
            self.tabs.setCurrentIndex(_TABS.index(CardList(target.action)))
        self._from_elsewhere = target.id is not None
        self.refresh()
        begin: dict[str, Callable[[], object]] = {"renew": self.renew, "printer": self.set_printer}
        if target.action == "scan":
            self._ask(cards_reading.card_by_scan, target.field, self._answer_scan)
        elif target.action == "issue" and target.id is not None:
            self._ask(cards_reading.person_row, target.id, self._issue_one)
        elif target.id is not None:
            self._ask(cards_reading.one_card, target.id, partial(self._begin, target.action))
        elif target.action in begin:
            begin[target.action]()
        elif self._panel is None:
            self.table.setFocus()

    def refresh(self) -> None:
        """Read list and counts again."""
        self._reload()
        self._context.operations.run(
            SHORT, cards_reading.count_cards, self._context.desk, owner=self, done=self._show_counts, latest=True
        )

    def on_changes(self, changes: Changes) -> None:
        """A card or a member changed."""
        if changes.touch(CARDS) or changes.touch(MEMBERS):
            self.refresh()

    def print_(self) -> None:
        """Ctrl+P: the selected cards, or every card of the list « À imprimer »."""
        if not self._allowed:
            return
        if isinstance(self._panel, PrintPanel):
            self._panel.preview()
            return
        chosen = printable(self.table.selected(), self._context.desk.today)
        if len(chosen) > 1 or self.which is not CardList.TO_PRINT:
            self._print(chosen)
        else:
            self._all(self._print)

    def escape(self) -> bool:
        """Close the panel; where it was opened from another screen, go back there."""
        if self._panel is None:
            return False
        self._close_panel()
        return not self._from_elsewhere

    @property
    def which(self) -> CardList:
        """The list shown."""
        return _TABS[self.tabs.currentIndex()]

    @property
    def panel(self) -> Panel | None:
        """What is being done, or None."""
        return self._panel

    def renew(self) -> None:
        """The panel of the year's renewal."""
        year = cards_reading.next_year(self._context.desk)
        self._ask(cards_reading.due_for_renewal, year, partial(self._renew, year))

    def set_printer(self) -> None:
        """The panel of the printer's offsets."""
        self.show_panel(PrinterPanel(self._context))

    def show_panel(self, panel: Panel | None) -> None:
        """Show a panel in the place of the one before; None closes."""
        had_focus = self._panel is not None
        if self._panel is not None:
            self._panel.hide()
            self._panel.deleteLater()
        self._panel = panel
        self._side.setVisible(panel is not None)
        self._fit_offers()
        if panel is None:
            if self._from_elsewhere and had_focus:
                self._from_elsewhere = False
                self._context.navigator.back()
            else:
                self.table.setFocus()
            return
        panel.finished.connect(self._finished)
        panel.gives_way.connect(self.show_panel)
        self._side.setWidget(panel)
        panel.show()
        panel.begin()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What does not fit beside the panel waits until it is closed."""
        super().resizeEvent(event)
        self._fit_offers()

    def _fit_offers(self) -> None:
        for made in self._offers:
            made.setVisible(self._panel is None or self.width() >= t.NARROW_BELOW)

    # --- Building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        whole = QHBoxLayout(self)
        whole.setContentsMargins(5 * t.SPACE + 2, 4 * t.SPACE + 2, 5 * t.SPACE + 2, 4 * t.SPACE + 2)
        whole.setSpacing(4 * t.SPACE)
        left = QVBoxLayout()
        left.setSpacing(3 * t.SPACE)
        left.addWidget(self.title)
        above = QHBoxLayout()
        above.addWidget(self.tabs, 1)
        self.search.setFixedWidth(170)
        above.addWidget(self.search)
        left.addLayout(above)
        left.addWidget(self._empty, 1)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(2 * t.SPACE)
        left.addLayout(self._actions)
        whole.addLayout(left, 1)
        self._side = side_area(_PANEL_WIDTH)
        whole.addWidget(self._side)
        self._offers: list[QWidget] = []
        if self._allowed:
            self._offers.append(button("Régler l’imprimante…", "plain", self.set_printer))
        if self._context.desk.may(Right.EXPORT):
            self._offers.append(button("Exporter en Excel…", "plain", self.export))
        for made in self._offers:
            self.title.add_button(made)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._tab_changed)
        self.search.textChanged.connect(self._timer.start)
        self._timer.timeout.connect(self._reload)
        self.table.opened.connect(self._open_person)
        self.table.selectionModel().selectionChanged.connect(self._show_actions)
        self.table.paged.total_changed.connect(self._show_empty)

    def export(self) -> None:
        """Write the list in sight to .xlsx."""
        fetch = fetcher(self._context.desk, self.which, self.search.text())
        export_list(self._context, self, "Cartes", columns(self._context.desk), fetch)

    def _tab_changed(self) -> None:
        self._close_panel()
        self._reload()
        self._show_actions()

    def _reload(self) -> None:
        self.table.reload(fetcher(self._context.desk, self.which, self.search.text()))

    def _show_counts(self, counts: dict[CardList, int]) -> None:
        self._counts = counts
        for number, which in enumerate(_TABS):
            count = counts[which]
            self.tabs.setTabText(
                number, f"{words.LISTS[which]} ({words.number(count)})" if count else words.LISTS[which]
            )
        self._show_actions()

    def _show_empty(self, total: int) -> None:
        nobody = ("Personne de ce nom dans cette liste", "Effacez la recherche, ou changez de liste.")
        self._empty.show_total(total, nobody if self.search.text().strip() else words.EMPTY[self.which])
        self._show_actions()

    # --- Actions ---------------------------------------------------------------------------------------------------

    def _show_actions(self) -> None:
        """The buttons that fit the list and the selection; what cannot be begun is not offered."""
        while (item := self._actions.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if not self._allowed:
            return
        count, year = self._counts.get(self.which, 0), cards_reading.next_year(self._context.desk)
        found = offers(self.which, count, self.table.selected(), self._context.desk.today, year)
        for number, offer in enumerate(found):
            self._actions.addWidget(button(offer.text, "plain" if number else "primary", partial(self._do, offer)))
        self._actions.addStretch(1)

    def _do(self, offer: Offer) -> None:
        """Begin what a button offers, with the whole list or with the selection."""
        if offer.action == "renew":
            self.renew()
            return
        year = cards_reading.next_year(self._context.desk)
        begin: dict[str, Callable[[Sequence[CardRow]], None]] = {
            "issue": self._issue,
            "issue_year": partial(self._issue, year=year),
            "print": self._print,
        }
        if offer.every:
            self._all(begin[offer.action])
        elif offer.action in begin:
            begin[offer.action](self.table.selected())
        else:
            self._begin(offer.action, self.table.selected()[0])

    def _begin(self, action: str, row: CardRow) -> None:
        """Begin one action on one card."""
        makers: dict[str, Callable[[], Panel]] = {
            "hand": partial(HandOverPanel, self._context, row),
            "report_lost": partial(LostPanel, self._context, row),
            "replace": partial(ReplacePanel, self._context, row),
            "print": partial(self._print_panel, (row,)),
        }
        if action in makers and self._allowed:
            self.show_panel(makers[action]())

    def _print(self, rows: Sequence[CardRow]) -> None:
        chosen = printable(rows, self._context.desk.today)
        if chosen:
            self.show_panel(self._print_panel(chosen))

    def _print_panel(self, rows: Sequence[CardRow]) -> PrintPanel:
        ids = [row.card.id for row in rows if row.card is not None]
        return PrintPanel(self._context, ids, about(rows[0]) if len(rows) == 1 else "")

    def _issue(self, rows: Sequence[CardRow], year: int | None = None) -> None:
        if rows:
            self.show_panel(IssuePanel(self._context, rows, year))

    def _issue_one(self, row: CardRow) -> None:
        self._issue((row,))

    def _renew(self, year: int, due: tuple[CardRow, ...]) -> None:
        self.show_panel(RenewPanel(self._context, year, len(due)))

    def _all(self, then: Callable[[Sequence[CardRow]], None]) -> None:
        """Every row of the list, a thousand at most, not only those that are here."""
        desk = self._context.desk
        query = cards_reading.query_for(desk, self.which, self.search.text())

        def go_on(found: tuple[tuple[CardRow, ...], int]) -> None:
            then(found[0])

        run = self._context.operations.run
        run(SHORT, cards_reading.list_cards, desk, query, 0, rules.MOST_AT_ONCE, owner=self, done=go_on)

    def _ask(self, work: Callable[..., object], what: object, then: Callable[..., None]) -> None:
        """Read something on the short lane, then go on."""
        run = self._context.operations.run
        run(SHORT, work, self._context.desk, what, owner=self, done=then, broken=self._refused)

    def _refused(self, violations: tuple[Violation, ...]) -> None:
        self._context.notify(sentences.sentence(violations[0]), "danger")

    def _answer_scan(self, answer: ScanAnswer) -> None:
        tone = "danger" if answer.card is not None or answer.person_id is None else "info"
        self._context.notify(words.scan_words(answer), "danger" if tone == "danger" else "info")
        if answer.card is not None:
            self.tabs.setCurrentIndex(_TABS.index(CardList.ALL))
            self.search.setText(answer.number)

    def _finished(self, sentence: str, changes: Changes) -> None:
        self._context.notify(sentence, "good")
        self._context.broadcast(changes)

    def _open_person(self, row: CardRow) -> None:
        self._context.navigator.open(Target("members", row.person_id))

    def _close_panel(self) -> None:
        self._from_elsewhere, before = False, self._from_elsewhere
        if self._panel is not None:
            self.show_panel(None)
        self._from_elsewhere = before
