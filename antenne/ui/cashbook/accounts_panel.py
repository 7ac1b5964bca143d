"""« Comptes »: journal, ledger, trial balance of a period, and the chart; on paper, or in a workbook."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout

from antenne.domain.board import Target
from antenne.domain.changes import CASHBOOK, EXPENSES, Changes, Done
from antenne.domain.rights import Right
from antenne.domain.violations import Violation
from antenne.services import books, books_printing
from antenne.services.books import TrialBalance
from antenne.services.books_printing import ExportBooks
from antenne.ui.cashbook import accounts_print
from antenne.ui.cashbook.accounts_books import BalancePage, BookPage, JournalPage, LedgerPage
from antenne.ui.cashbook.accounts_columns import Cover
from antenne.ui.cashbook.accounts_period import PeriodBar
from antenne.ui.cashbook.chart_page import ChartPage
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.cards import PageTitle, button, label
from antenne.ui.kit.exporting import ask_place
from antenne.ui.kit.operations import LONG, SHORT, Ticket
from antenne.ui.kit.preview import PreviewDialog
from antenne.ui.kit.progress_panel import ProgressPanel, step_watcher
from antenne.wording import formats, papers, steps
from antenne.wording import violations as sentences

TABS: Final = (("journal", "Journal"), ("ledger", "Grand livre"), ("balance", "Balance"), ("chart", "Plan comptable"))
"""Word of a target's action, and what stands on the tab."""

_CHART: Final = 3
_LEDGER: Final = 1


class AccountsPanel(Screen):
    """Targets: the word of a tab; with an id, the account of the chart; with a code in ``field``, its postings."""

    help_key = "cashbook_accounts"
    hints = "Alt+flèches : tourner les livres · Entrée : la pièce · Ctrl+B : soldes · Ctrl+P : imprimer"

    def __init__(self, context: Context) -> None:
        """Build the panel; nothing is read before the first visit."""
        super().__init__()
        self._context = context
        self._exporting: Ticket | None = None
        self._stale, self._said_period = True, ""
        self.cover = Cover()
        self.title = PageTitle("Comptes")
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Livres")
        self.tabs.setExpanding(False)
        for _key, words in TABS:
            self.tabs.addTab(words)
        self.period = PeriodBar(context)
        self.said = label("", "error")
        self.hidden = label("", "hint")
        self.journal, self.ledger = JournalPage(context, self.cover), LedgerPage(context, self.cover)
        self.balance, self.chart = BalancePage(context, self.cover), ChartPage(context)
        self.stack = QStackedWidget()
        self.progress = ProgressPanel(context.clock)
        self.whole_button = button("Imprimer tout le grand livre", "plain", self.print_whole_ledger)
        self.print_button = button("Imprimer  Ctrl+P", "plain", self.print_, icon_name="printer")
        self.export_button = button("Exporter pour le comptable…", "plain", self.export)
        self._build()
        self._connect()

    @property
    def books(self) -> tuple[BookPage, ...]:
        """The pages that follow the period."""
        return self.journal, self.ledger, self.balance

    # --- Screen ----------------------------------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        """A tab, an account of the chart, the postings of an account."""
        keys = [key for key, _ in TABS]
        if target.action in keys:
            self.tabs.setCurrentIndex(keys.index(target.action))
        self.refresh()
        if target.action == "chart" and target.id is not None:
            self.chart.show_account(target.id)
        elif target.action == "ledger" and target.field:
            self.ledger.show_account(target.field)
        self._begin()

    def refresh(self) -> None:
        """Read everything again."""
        self._stale = False
        self.chart.refresh()
        self._context.operations.run(
            SHORT,
            books.trial_balance,
            self._context.desk,
            self.period.period,
            owner=self,
            done=self._show,
            broken=self._refused,
            latest=True,
        )

    def on_changes(self, changes: Changes) -> None:
        """Something was entered, or the chart changed; read when it is seen."""
        if not (changes.touch(CASHBOOK) or changes.touch(EXPENSES)):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def new(self) -> None:
        """Ctrl+N: an account, in the chart."""
        if self.tabs.currentIndex() == _CHART:
            self.chart.add()

    def save(self) -> None:
        """Ctrl+S: the account in sight."""
        if self.tabs.currentIndex() == _CHART:
            self.chart.save()

    def print_(self) -> None:
        """Ctrl+P: the book in sight."""
        self.preview()

    def preview(self) -> PreviewDialog:
        """Show the book in sight as it is printed; of the ledger, the account that is held."""
        period = self.period.period
        tab = TABS[self.tabs.currentIndex()][0]
        if tab == "journal":
            return accounts_print.print_journal(self._context, self, period)
        if tab == "ledger":
            return accounts_print.print_ledger(self._context, self, period, self.ledger.code)
        if tab == "balance":
            return accounts_print.print_balance(self._context, self, period)
        return accounts_print.print_chart(self._context, self)

    def print_whole_ledger(self) -> PreviewDialog:
        """Every account, one after the other."""
        return accounts_print.print_ledger(self._context, self, self.period.period, "")

    def escape(self) -> bool:
        """Close the account beside the chart."""
        return self.tabs.currentIndex() == _CHART and self.chart.escape()

    def keep_draft(self) -> None:
        """What is typed in the chart."""
        self.chart.keep_draft()

    def show_hidden(self, *, shown: bool) -> None:
        """Ctrl+B: balances, or dots."""
        self.cover.shown = shown
        for page in self.books:
            page.recover()
        self._follow_tab()

    def export(self) -> None:
        """Write the four books of the period to a workbook, on the long lane."""
        if self._exporting is not None and not self._exporting.finished:
            return
        path = ask_place(self._context, self)
        if path is None:
            return
        self.export_button.setEnabled(False)
        self.progress.begin("Écriture du classeur…")
        self.progress.show()
        self._exporting = self._context.operations.run(
            LONG,
            books_printing.export_books,
            self._context.desk,
            ExportBooks(path=path, period=self.period.period, accepted=True),
            owner=self,
            done=self._exported,
            broken=self._export_refused,
            problem=self._export_failed,
            stopped=self._export_ended,
            progress=step_watcher(self.progress, steps.title),
            with_progress=True,
        )

    # --- Building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.title.add_button(self.whole_button)
        self.title.add_button(self.print_button)
        if self._context.desk.may(Right.EXPORT):
            self.title.add_button(self.export_button)
        above = QHBoxLayout()
        above.addWidget(self.tabs)
        above.addStretch(1)
        above.addWidget(self.hidden)
        above.addSpacing(3 * t.SPACE)
        above.addWidget(self.period)
        self.said.hide()
        self.progress.hide()
        for page in (*self.books, self.chart):
            self.stack.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2 * t.SPACE)
        whole.addWidget(self.title)
        whole.addLayout(above)
        whole.addWidget(self.said)
        whole.addWidget(self.progress)
        whole.addWidget(self.stack, 1)
        self._follow_tab()

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._tab_changed)
        self.period.chosen.connect(self.refresh)
        self.period.told.connect(self._say)
        self.balance.account_opened.connect(self._open_account)
        self.progress.stop_requested.connect(self._stop)
        for keys, by in (("Alt+Right", 1), ("Alt+Left", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._turn, by))

    def _turn(self, by: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % len(TABS))

    def _tab_changed(self) -> None:
        self._follow_tab()
        if self._stale:
            self.refresh()
        if not self.tabs.hasFocus():
            self._begin()

    def _follow_tab(self) -> None:
        place = self.tabs.currentIndex()
        self.stack.setCurrentIndex(place)
        self.title.subtitle.setText("" if place == _CHART else self._said_period)
        self.whole_button.setVisible(place == _LEDGER)
        self.period.setVisible(place != _CHART)
        covered = not self.cover.shown and TABS[place][0] in {"ledger", "balance"}
        self.hidden.setText("Soldes cachés · Ctrl+B pour les voir" if covered else "")
        self.hidden.setVisible(covered)

    def _begin(self) -> None:
        page = self.stack.currentWidget()
        if isinstance(page, BookPage | ChartPage):
            page.begin()

    # --- Answers ---------------------------------------------------------------------------------------------------

    def _show(self, balance: TrialBalance) -> None:
        self._said_period = papers.period(balance.period)
        self._follow_tab()
        for page in self.books:
            page.show_balance(balance)

    def _open_account(self, code: str) -> None:
        self.tabs.setCurrentIndex(_LEDGER)
        self.ledger.show_account(code)
        self.ledger.table.setFocus()

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))

    def _refused(self, violations: tuple[Violation, ...]) -> None:
        self._say(" ".join(sentences.sentence(one) for one in violations))

    # --- Export ----------------------------------------------------------------------------------------------------

    def _stop(self) -> None:
        if self._exporting is not None:
            self._exporting.stop()

    def _exported(self, done: Done[int]) -> None:
        self._export_ended()
        written = formats.plural(done.value, "ligne exportée", "lignes exportées")
        self._context.notify(f"{written} avec la balance et le plan comptable.", "good")

    def _export_refused(self, violations: tuple[Violation, ...]) -> None:
        self._export_ended()
        self._context.notify(sentences.sentence(violations[0]), "warning")

    def _export_failed(self, problem: Exception) -> None:
        self._export_ended()
        self._context.operations.say_problem(problem)

    def _export_ended(self) -> None:
        self.progress.hide()
        self.export_button.setEnabled(True)
