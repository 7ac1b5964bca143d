"""« Dépenses »: vouchers by number, name, day and box; one beside the list; the forms of money out; projects."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import Any, Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from antenne.domain.board import Target
from antenne.domain.changes import CASHBOOK, EXPENSES, Changes
from antenne.domain.expenses import Expense
from antenne.domain.rights import Right
from antenne.services import cash_days, expenses_reading
from antenne.services.desk import Desk
from antenne.services.expenses_reading import ExpenseCounts, ExpenseList, ExpensePage, ExpenseRow, Offered
from antenne.ui.cashbook.day_lists import hold_first
from antenne.ui.cashbook.expenses_card import ExpenseCard
from antenne.ui.cashbook.expenses_form import FormPage
from antenne.ui.cashbook.expenses_lists import EMPTY, HIDDEN, LISTS, YIELDING, columns, fetcher
from antenne.ui.cashbook.expenses_pages import FORMS, JustifyForm
from antenne.ui.cashbook.expenses_print import print_vouchers
from antenne.ui.cashbook.paper_list import ListWords, PaperList
from antenne.ui.cashbook.projects_page import ProjectsPage
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import button
from antenne.ui.kit.models import Fetch
from antenne.ui.kit.operations import SHORT

KEY: Final = "cashbook"
_BOX_WIDTHS: Final = (110, 168)
_NEW: Final = "Nouvelle dépense"
_BEGIN: Final = (
    ("indemnities", "Indemnités…"),
    ("transfer", "Virement…"),
    ("advance", "Avance…"),
)

_WORDS: Final = ListWords(
    title="Dépenses",
    lists=LISTS,
    empty=EMPTY,
    nothing="Aucune pièce ne répond",
    tabs="Listes de dépenses",
    search="Chercher une pièce de dépense",
    hint="N°, nom, objet, jour, somme…",
    search_widths=(120, 300),
    icon="paper",
)


class ExpensesPanel(PaperList):
    """Targets: an id opens a voucher; the name of a list; ``new``, ``advance`` (an id justifies that one),
    ``transfer``, ``indemnities``, ``projects``.
    """  # noqa: D205 - one sentence, too long for a line

    help_key = "cashbook_expenses"
    hints = "Entrée\u00a0: ouvrir · Ctrl+N\u00a0: nouvelle pièce · Ctrl+P\u00a0: imprimer · Échap\u00a0: revenir"

    def __init__(self, context: Context) -> None:
        """Build the list; the forms are made at their first visit, and nothing is read before."""
        super().__init__(context, _WORDS, columns(context.desk))
        self._pays = context.desk.may(Right.CASH_OUT)
        self._forms: dict[str, FormPage] = {}
        self._projects: ProjectsPage | None = None
        self.new_button = button(_NEW, "primary", partial(self._go, "new"))
        self.print_button = button("Tout imprimer  Ctrl+P", "plain", self._print_all, icon_name="printer")
        self.stack = QStackedWidget()
        self._build()
        self.connect_parts()
        hold_first(self.table)
        self.show_columns()

    def fetch(self) -> Fetch:
        """Pages of the list in sight."""
        return fetcher(self._context.desk, self.which, self.search.text(), self.box.code)

    def open_row(self, row: object) -> None:
        """Show a voucher beside the list."""
        assert isinstance(row, ExpenseRow)
        self._read_one(row.id)

    def hidden_columns(self) -> Collection[str]:
        """What this list does not need, and what gives way to the voucher beside it."""
        return HIDDEN[self.which] | (YIELDING if self.shown is not None else frozenset())

    def show_columns(self) -> None:
        """With the button that prints what waits."""
        super().show_columns()
        self.print_button.setVisible(self.which is ExpenseList.TO_PRINT and self._pays)

    # --- Screen ----------------------------------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        """A list, one voucher, a form, the projects."""
        if target.action in {which.value for which in ExpenseList}:
            self._show_list()
            self.show_listed(ExpenseList(target.action))
        self.refresh()
        if target.action == "projects":
            self._open_projects(target.id)
        elif target.action == "advance" and target.id is not None:
            self._ask(_justifying, target.id, self._justify)
        elif target.action in FORMS and self._pays:
            self._ask(expenses_reading.read_offered, None, partial(self._begin, target.action))
        elif target.id is not None:
            self._show_list()
            self._read_one(target.id)
        elif target.action:
            self.table.setFocus()
        else:
            self._show_list()
            self.search.setFocus()

    def refresh(self) -> None:
        """Read list, counts and boxes again."""
        self.reload()
        run, desk = self._context.operations.run, self._context.desk
        run(SHORT, expenses_reading.count_expenses, desk, owner=self, done=self._show_counts, latest=True, key="n")
        run(SHORT, cash_days.cash_state, desk, owner=self, done=self.show_boxes, latest=True, key="boxes")
        if self._projects is not None and self.stack.currentWidget() is self._projects:
            self._projects.refresh()

    def on_changes(self, changes: Changes) -> None:
        """A voucher was written, printed or cancelled."""
        if changes.touch(CASHBOOK) or changes.touch(EXPENSES):
            self.refresh()
            if self.shown is not None:
                self._read_one(self.shown.expense.id)

    def new(self) -> None:
        """Ctrl+N: an expense, or a project where those are in sight."""
        if self._projects is not None and self.stack.currentWidget() is self._projects:
            self._projects.new()
        else:
            self._go("new")

    def save(self) -> None:
        """Ctrl+S: the form in sight."""
        shown = self.stack.currentWidget()
        if isinstance(shown, FormPage | ProjectsPage):
            shown.save()

    def print_(self) -> None:
        """Ctrl+P: the voucher in sight; else the whole list « À imprimer », or the ones selected."""
        if self.stack.currentIndex() != 0:
            return
        if self.shown is not None:
            self.shown.print_it()
            return
        chosen = [row.id for row in self.table.selected() if isinstance(row, ExpenseRow)]
        if len(chosen) <= 1 and self.which is ExpenseList.TO_PRINT:
            self._print_all()
        else:
            self._print(tuple(sorted(chosen)))

    def escape(self) -> bool:
        """Back to the list; then what stands beside it closes; then a search is emptied."""
        shown = self.stack.currentWidget()
        if isinstance(shown, ProjectsPage) and shown.escape():
            return True
        if self.stack.currentIndex() != 0:
            self.keep_draft()
            self._show_list()
            self.table.setFocus()
            return True
        return super().escape()

    def keep_draft(self) -> None:
        """Whatever is typed in any form."""
        for form in self._forms.values():
            form.keep_draft()
        if self._projects is not None:
            self._projects.keep_draft()

    @property
    def which(self) -> ExpenseList:
        """The list in sight."""
        return ExpenseList(self.listed)

    @property
    def shown(self) -> ExpenseCard | None:
        """The voucher beside the list."""
        return self.beside if isinstance(self.beside, ExpenseCard) else None

    @property
    def form(self) -> FormPage | None:
        """The form in sight."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, FormPage) else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The key stands beside its word where there is room."""
        super().resizeEvent(event)
        narrow = self.width() < t.NARROW_BELOW
        self.new_button.setText(_NEW if narrow else f"{_NEW}  Ctrl+N")
        self.box.setMinimumWidth(_BOX_WIDTHS[0 if narrow else 1])

    # --- Building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        listing = QWidget()
        column = QVBoxLayout(listing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * t.SPACE)
        for row in self._rows_above():
            column.addLayout(row)
        below = QHBoxLayout()
        below.setSpacing(4 * t.SPACE)
        below.addWidget(self._empty, 1)
        below.addWidget(self.side)
        column.addLayout(below, 1)
        self.stack.addWidget(listing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)

    def _rows_above(self) -> tuple[QHBoxLayout, QHBoxLayout]:
        """Lists and what concerns them all; the search and what can be begun."""
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(2 * t.SPACE)
        first.addWidget(self.tabs, 1)
        first.addWidget(self.print_button)
        first.addWidget(button("Projets des bailleurs…", "plain", partial(self._go, "projects")))
        if self._context.desk.may(Right.EXPORT):
            first.addWidget(button("Exporter en Excel…", "plain", self.export))
        second.addWidget(self.search, 10)
        second.addWidget(self.box, 1)
        second.addStretch(1)
        if self._pays:
            for action, said in _BEGIN:
                second.addWidget(button(said, "plain", partial(self._go, action)))
            second.addWidget(self.new_button)
        return first, second

    def _go(self, action: str) -> None:
        self._context.navigator.open(Target(KEY, action=f"expenses/{action}"))

    def _ask(self, work: Callable[..., Any], argument: int | None, done: Callable[[Any], None]) -> None:
        """Read what a page begins with."""
        arguments = () if argument is None else (argument,)
        self._context.operations.run(
            SHORT,
            work,
            self._context.desk,
            *arguments,
            owner=self,
            done=done,
            broken=self.say_refused,
            latest=True,
            key="page",
        )

    def _print_all(self) -> None:
        """Every voucher that waits, on however many pages the list has."""
        run = self._context.operations.run
        run(SHORT, expenses_reading.unprinted_ids, self._context.desk, owner=self, done=self._print)

    def _print(self, ids: tuple[int, ...]) -> None:
        if ids:
            print_vouchers(self._context, self, ids)

    def _show_counts(self, counts: ExpenseCounts) -> None:
        self.count_tabs({ExpenseList.TO_PRINT: counts.to_print, ExpenseList.ADVANCES: len(counts.advances)})

    # --- Forms and projects ----------------------------------------------------------------------------------------

    def _show_list(self) -> None:
        self.stack.setCurrentIndex(0)

    def _begin(self, action: str, offered: Offered) -> None:
        form = self._form(action, FORMS[action])
        self.stack.setCurrentWidget(form)
        form.begin(offered)

    def _justify(self, found: tuple[Offered, ExpensePage]) -> None:
        offered, page = found
        if page.advance is None or not page.advance.is_open or not self._pays:
            self._show_list()
            self._show_page(page)
            return
        form = self._form("justify", JustifyForm)
        assert isinstance(form, JustifyForm)
        self.stack.setCurrentWidget(form)
        form.begin_with(offered, page)

    def _form(self, key: str, make: Callable[[Context], FormPage]) -> FormPage:
        made = self._forms.get(key)
        if made is None:
            made = make(self._context)
            made.saved.connect(self._saved)
            made.left.connect(self.escape)
            self._forms[key] = made
            self.stack.addWidget(made)
        return made

    def _saved(self, made: tuple[Expense, ...]) -> None:
        """Back to the list; the papers are shown, to be printed and signed."""
        self._show_list()
        self._read_one(made[0].id)
        print_vouchers(self._context, self, tuple(one.id for one in made))

    def _open_projects(self, project_id: int | None) -> None:
        if self._projects is None:
            self._projects = ProjectsPage(self._context)
            self._projects.left.connect(self.escape)
            self.stack.addWidget(self._projects)
        self.stack.setCurrentWidget(self._projects)
        self._projects.begin(project_id)

    # --- Beside the list -------------------------------------------------------------------------------------------

    def _read_one(self, expense_id: int) -> None:
        self._ask(expenses_reading.read_expense, expense_id, self._show_page)

    def _show_page(self, page: ExpensePage) -> None:
        card = ExpenseCard(self._context, page)
        card.closed.connect(self.leave_side)
        card.asked.connect(self.reveal)
        self.show_side(card)
        card.begin()


def _justifying(desk: Desk, advance_id: int) -> tuple[Offered, ExpensePage]:
    """What the form of a justification begins with."""
    return expenses_reading.read_offered(desk), expenses_reading.read_expense(desk, advance_id)
