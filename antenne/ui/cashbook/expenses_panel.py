"""« Dépenses »: vouchers by number, name, day and box; one beside the list; the forms of money out; projects."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from antenne.domain.board import Target
from antenne.domain.changes import CASHBOOK, EXPENSES, Changes
from antenne.domain.expenses import Expense
from antenne.domain.rights import Right
from antenne.domain.violations import Violation
from antenne.services import cash_days, expenses_reading
from antenne.services.cash_days import CashState
from antenne.services.desk import Desk
from antenne.services.expenses_reading import ExpenseCounts, ExpenseList, ExpensePage, ExpenseRow, Offered
from antenne.ui.cashbook.collect_fields import BoxChoice
from antenne.ui.cashbook.day_lists import hold_first
from antenne.ui.cashbook.expenses_card import ExpenseCard
from antenne.ui.cashbook.expenses_form import FormPage
from antenne.ui.cashbook.expenses_lists import EMPTY, HIDDEN, LISTS, YIELDING, columns, fetcher
from antenne.ui.cashbook.expenses_pages import FORMS, JustifyForm
from antenne.ui.cashbook.expenses_print import print_vouchers
from antenne.ui.cashbook.projects_page import ProjectsPage
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.cards import EmptyState, button
from antenne.ui.kit.exporting import export_list
from antenne.ui.kit.models import Fetch
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.tables import PagedTable
from antenne.wording import formats
from antenne.wording import violations as sentences

KEY: Final = "cashbook"
_LISTS: Final = tuple(ExpenseList)
_SIDE_WIDTH: Final = 400
_SEARCH_WIDTHS: Final = (120, 300)
_BOX_WIDTHS: Final = (110, 168)
_NEW: Final = "Nouvelle dépense"
_SEARCH_AFTER: Final = 60
_BEGIN: Final = (
    ("indemnities", "Indemnités…"),
    ("transfer", "Virement…"),
    ("advance", "Avance…"),
)


class ExpensesPanel(Screen):
    """Targets: an id opens a voucher; the name of a list; ``new``, ``advance`` (an id justifies that one),
    ``transfer``, ``indemnities``, ``projects``.
    """  # noqa: D205 - one sentence, too long for a line

    help_key = "cashbook_expenses"
    hints = "Entrée : ouvrir · Ctrl+N : nouvelle pièce · Ctrl+P : imprimer · Échap : revenir"

    def __init__(self, context: Context) -> None:
        """Build the list; the forms are made at their first visit, and nothing is read before."""
        super().__init__()
        self._context = context
        self._pays = context.desk.may(Right.CASH_OUT)
        self._columns = columns(context.desk)
        self._forms: dict[str, FormPage] = {}
        self._projects: ProjectsPage | None = None
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Listes de dépenses")
        self.tabs.setExpanding(False)
        for which in _LISTS:
            self.tabs.addTab(LISTS[which])
        self.search = QLineEdit()
        self.search.setPlaceholderText("N°, nom, objet, jour, somme…")
        self.search.setAccessibleName("Chercher une pièce de dépense")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(_SEARCH_WIDTHS[0])
        self.search.setMaximumWidth(_SEARCH_WIDTHS[1])
        self.box = BoxChoice(every=True)
        self.new_button = button(_NEW, "primary", partial(self._go, "new"))
        self.table = PagedTable(
            context.operations,
            self._columns,
            self._fetch(),
            "Dépenses",
            memory=context.memory,
            sort_key="number",
            descending=True,
        )
        self.print_button = button("Tout imprimer  Ctrl+P", "plain", self._print_all, icon_name="printer")
        self.side = QScrollArea()
        self.stack = QStackedWidget()
        self._empty = QStackedWidget()
        self._timer = QTimer(self, singleShot=True, interval=_SEARCH_AFTER)
        self._build()
        self._connect()
        self._show_columns()

    # --- Screen ----------------------------------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        """A list, one voucher, a form, the projects."""
        if target.action in {which.value for which in ExpenseList}:
            self._show_list()
            self._close_side()
            self.tabs.setCurrentIndex(_LISTS.index(ExpenseList(target.action)))
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
        self._reload()
        run, desk = self._context.operations.run, self._context.desk
        run(SHORT, expenses_reading.count_expenses, desk, owner=self, done=self._show_counts, latest=True, key="n")
        run(SHORT, cash_days.cash_state, desk, owner=self, done=self._show_boxes, latest=True, key="boxes")
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
        if self.shown is not None:
            self._closed()
            return True
        if self.search.text():
            self.search.clear()
            self.search.setFocus()
            return True
        return False

    def keep_draft(self) -> None:
        """Whatever is typed in any form."""
        for form in self._forms.values():
            form.keep_draft()
        if self._projects is not None:
            self._projects.keep_draft()

    @property
    def which(self) -> ExpenseList:
        """The list in sight."""
        return _LISTS[self.tabs.currentIndex()]

    @property
    def shown(self) -> ExpenseCard | None:
        """The voucher beside the list."""
        inside = self.side.widget()
        return inside if isinstance(inside, ExpenseCard) and not self.side.isHidden() else None

    @property
    def form(self) -> FormPage | None:
        """The form in sight."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, FormPage) else None

    def export(self) -> None:
        """Write the list in sight to .xlsx."""
        export_list(self._context, self, "Dépenses", self._columns, self._fetch())

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
        self._empty.addWidget(self.table)
        below.addWidget(self._empty, 1)
        self.side.setWidgetResizable(True)
        self.side.setFrameShape(QFrame.Shape.NoFrame)
        self.side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.side.setFixedWidth(_SIDE_WIDTH)
        self.side.hide()
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

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._tab_changed)
        self.search.textChanged.connect(self._timer.start)
        self.search.returnPressed.connect(self.table.setFocus)
        self.box.currentIndexChanged.connect(self._reload)
        self._timer.timeout.connect(self._reload)
        self.table.opened.connect(self._open_row)
        self.table.paged.total_changed.connect(self._show_empty)
        hold_first(self.table)

    def _fetch(self) -> Fetch:
        return fetcher(self._context.desk, self.which, self.search.text(), self.box.code)

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
            broken=self._refused,
            latest=True,
            key="page",
        )

    def _tab_changed(self) -> None:
        self._close_side()
        self._show_columns()
        self._reload()

    def _reload(self) -> None:
        self.table.reload(self._fetch())

    def _show_columns(self) -> None:
        hidden = HIDDEN[self.which] | (YIELDING if self.shown is not None else frozenset())
        for place, column in enumerate(self._columns):
            self.table.setColumnHidden(place, column.key in hidden)
        self.print_button.setVisible(self.which is ExpenseList.TO_PRINT and self._pays)

    def _print_all(self) -> None:
        """Every voucher that waits, on however many pages the list has."""
        run = self._context.operations.run
        run(SHORT, expenses_reading.unprinted_ids, self._context.desk, owner=self, done=self._print)

    def _print(self, ids: tuple[int, ...]) -> None:
        if ids:
            print_vouchers(self._context, self, ids)

    def _show_counts(self, counts: ExpenseCounts) -> None:
        numbers = {ExpenseList.TO_PRINT: counts.to_print, ExpenseList.ADVANCES: len(counts.advances)}
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
                title, sentence = "Aucune pièce ne répond", "Effacez la recherche, ou changez de liste ou de caisse."
            self._empty.addWidget(EmptyState("paper", title, sentence))
        self._empty.setCurrentIndex(self._empty.count() - 1)

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

    def _open_row(self, row: ExpenseRow) -> None:
        self._read_one(row.id)

    def _read_one(self, expense_id: int) -> None:
        self._ask(expenses_reading.read_expense, expense_id, self._show_page)

    def _refused(self, violations: tuple[Violation, ...]) -> None:
        self._context.notify(sentences.sentence(violations[0]), "warning")

    def _show_page(self, page: ExpensePage) -> None:
        card = ExpenseCard(self._context, page)
        card.closed.connect(self._closed)
        card.asked.connect(self._reveal)
        self.side.setWidget(card)
        self.side.show()
        self._show_columns()
        card.begin()

    def _reveal(self, inside: QWidget) -> None:
        """Scroll to what was opened, once it has its place."""
        QTimer.singleShot(0, inside, partial(self.side.ensureWidgetVisible, inside))

    def _closed(self) -> None:
        self._close_side()
        self.table.setFocus()

    def _close_side(self) -> None:
        self.side.hide()
        self._show_columns()


def _justifying(desk: Desk, advance_id: int) -> tuple[Offered, ExpensePage]:
    """What the form of a justification begins with."""
    return expenses_reading.read_offered(desk), expenses_reading.read_expense(desk, advance_id)
