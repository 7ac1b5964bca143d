"""« Journée »: the caisse now, its closing, the days before, « Fin de mois », « Reprise des souches »."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from antenne.base.media import Media, SystemMedia
from antenne.domain.board import Target
from antenne.domain.changes import CASHBOOK, EXPENSES, Changes
from antenne.domain.rights import Right
from antenne.services.day_reading import DayRow
from antenne.ui.cashbook import day_lists
from antenne.ui.cashbook.closing_page import ClosingPage
from antenne.ui.cashbook.day_page import DayPage
from antenne.ui.cashbook.day_print import print_day
from antenne.ui.cashbook.period_page import PeriodPage
from antenne.ui.cashbook.stubs_page import StubsPage
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.cards import PageTitle, button, label
from antenne.ui.kit.exporting import export_list
from antenne.ui.kit.tables import PagedTable

_REST = 300
"""Milliseconds after which she is taken to look at the caisse."""


class DaysPage(QWidget):
    """The days of the caisse and their sheets; Entrée shows the sheet, or the closing of the day still open."""

    def __init__(self, context: Context) -> None:
        """Build the page; :meth:`begin` reads it."""
        super().__init__()
        self._context = context
        self.to_print = QCheckBox("Seulement les feuilles à imprimer")
        self.table = PagedTable(
            context.operations,
            day_lists.DAYS,
            day_lists.days(context.desk, to_print=False),
            "Journées de caisse",
            memory=context.memory,
        )
        title = PageTitle("Journées et feuilles")
        title.add_button(self.to_print)
        if context.desk.may(Right.EXPORT):
            title.add_button(button("Exporter en Excel…", "plain", self.export))
        title.add_button(button("Revenir", "plain", partial(self._go, "day")))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3 * t.SPACE)
        whole.addWidget(title)
        whole.addWidget(self.table, 1)
        below = QHBoxLayout()
        below.addWidget(label("Entrée montre la feuille de clôture. Une journée clôturée ne change plus.", "hint"))
        whole.addLayout(below)
        self.to_print.toggled.connect(self.begin)
        self.table.opened.connect(self._open)
        day_lists.hold_first(self.table)

    def begin(self) -> None:
        """Read the list again."""
        self.table.reload(day_lists.days(self._context.desk, to_print=self.to_print.isChecked()))
        self.table.setFocus()

    def export(self) -> None:
        """The list, to .xlsx."""
        fetch = day_lists.days(self._context.desk, to_print=self.to_print.isChecked())
        export_list(self._context, self, "Journées de caisse", day_lists.DAYS, fetch)

    def print_current(self) -> None:
        """The sheet of the day in hand."""
        row = self.table.current()
        if row is not None:
            self._open(row)

    def _open(self, row: DayRow) -> None:
        if row.counted is None:
            self._go("day/close")
        else:
            print_day(self._context, self, row.cash_day_id)

    def _go(self, action: str) -> None:
        self._context.navigator.open(Target("cashbook", action=action))


class DayPanel(Screen):
    """One view at a time.

    Targets: none is the caisse now; ``close``; ``days`` (field ``to_print``), ``sheet`` (an id); ``months``; ``stubs``.
    """

    help_key: ClassVar[str] = "cashbook_day"
    hints: ClassVar[str] = "Entrée : ouvrir, descendre · Ctrl+S : continuer · Ctrl+P : feuille · Échap : revenir"

    def __init__(self, context: Context, media: Media | None = None) -> None:
        """Build the first view; the others are made at their first visit.

        Args:
            context: From the shell.
            media: Where the key for the backup of a closing is looked for; the system's by default.
        """
        super().__init__()
        self._context = context
        self._media = media or SystemMedia()
        self.stack = QStackedWidget()
        self.day = DayPage(context)
        self.closing: ClosingPage | None = None
        self.days: DaysPage | None = None
        self.months: PeriodPage | None = None
        self.stubs: StubsPage | None = None
        self.stack.addWidget(self.day)
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self._prepare)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)

    # --- Screen ----------------------------------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        """One of the views; who may not close is shown the caisse."""
        if self._shown() == "close" and target.action != "close":
            self.keep_draft()
        may_close = self._context.desk.may(Right.CASH_DAY)
        if target.action == "close" and may_close:
            self._show(self._closing_page())
            self._closing_page().begin()
        elif target.action in ("days", "sheet"):
            self._open_days(target)
        elif target.action == "months" and self._context.desk.may(Right.ACCOUNTS_READ):
            self._show(self._months_page())
            self._months_page().begin()
        elif target.action == "stubs":
            self._show(self._stubs_page())
            self._stubs_page().begin()
        else:
            self._show(self.day)
            self.day.refresh()
            self.day.begin()
            self._rest.start()

    def on_changes(self, changes: Changes) -> None:
        """Money moved, or a day was opened or closed: the view in sight reads again."""
        if not (changes.touch(CASHBOOK) or changes.touch(EXPENSES)):
            return
        shown = self.stack.currentWidget()
        if shown is self.day:
            self.day.refresh()
        elif shown is self.days and self.days is not None:
            self.days.table.reload()
        elif shown is self.months and self.months is not None:
            self.months.begin()
        elif shown is self.stubs and self.stubs is not None:
            self.stubs.begin()
        elif shown is self.closing and self.closing is not None:
            self.closing.begin()

    def refresh(self) -> None:
        """F5."""
        self.on_changes(Changes.of(CASHBOOK))

    def save(self) -> None:
        """Ctrl+S: the next step of the closing."""
        if self.closing is not None and self.stack.currentWidget() is self.closing:
            self.closing.go_on()

    def print_(self) -> None:
        """Ctrl+P: the sheet in hand."""
        shown = self.stack.currentWidget()
        if self.days is not None and shown is self.days:
            self.days.print_current()
        elif self.closing is not None and shown is self.closing:
            self.closing.print_again()

    def escape(self) -> bool:
        """The step before, then the caisse."""
        shown = self.stack.currentWidget()
        if shown is self.day:
            if self.day.open_box.isHidden():
                return False
            self.day.open_box.leave()
            return True
        if self.closing is not None and shown is self.closing and self.closing.go_back():
            return True
        self.back()
        return True

    def keep_draft(self) -> None:
        """The count that is typed."""
        if self.closing is not None:
            self.closing.keep()

    def back(self) -> None:
        """The caisse now."""
        self.keep_draft()
        self._show(self.day)
        self.day.refresh()
        self.day.begin()

    # --- Views -----------------------------------------------------------------------------------------------------

    def _shown(self) -> str:
        return "close" if self.closing is not None and self.stack.currentWidget() is self.closing else ""

    def _show(self, page: QWidget) -> None:
        self.stack.setCurrentWidget(page)

    def _open_days(self, target: Target) -> None:
        if self.days is None:
            self.days = DaysPage(self._context)
            self.stack.addWidget(self.days)
        self._show(self.days)
        if target.field == "to_print" and not self.days.to_print.isChecked():
            self.days.to_print.setChecked(True)
        else:
            self.days.begin()
        if target.action == "sheet" and target.id is not None:
            print_day(self._context, self, target.id)

    def _closing_page(self) -> ClosingPage:
        if self.closing is None:
            self.closing = ClosingPage(self._context, self._media)
            self.closing.left.connect(self.back)
            self.stack.addWidget(self.closing)
        return self.closing

    def _prepare(self) -> None:
        """She looks at the caisse: its closing is made meanwhile, so that it is there at the key that asks for it."""
        if self.day.close_button.isVisibleTo(self.day):
            self._closing_page()

    def _months_page(self) -> PeriodPage:
        if self.months is None:
            self.months = PeriodPage(self._context)
            self.months.left.connect(self.back)
            self.stack.addWidget(self.months)
        return self.months

    def _stubs_page(self) -> StubsPage:
        if self.stubs is None:
            self.stubs = StubsPage(self._context)
            self.stubs.left.connect(self.back)
            self.stack.addWidget(self.stubs)
        return self.stubs
