"""« Dossiers »: the board by step, the same files as a list, the overview; one row of filters over the first two."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout

from antenne.domain.board import Target
from antenne.domain.changes import CIVIL, MEMBERS, SETTINGS, Changes
from antenne.domain.civil_overview import Board, BoardRow
from antenne.domain.civil_routes import Step
from antenne.domain.rights import Right
from antenne.services import civil_reading
from antenne.services.civil_reading import Choices
from antenne.ui.civil.board_columns import BoardColumns
from antenne.ui.civil.board_filters import BoardFilters, Look
from antenne.ui.civil.board_list import fetcher, list_columns
from antenne.ui.civil.board_overview import OverviewPage
from antenne.ui.civil.board_words import KEY
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.cards import EmptyState, PageTitle, button
from antenne.ui.kit.exporting import export_list
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.tables import PagedTable
from antenne.wording import formats

VIEWS = ("board", "list", "overview")
_LABELS = {"board": "Tableau", "list": "Liste", "overview": "Bilan"}


class BoardPanel(Screen):
    """``open`` takes as action a view, then what to look at: ``list/asleep``, ``list/children/9``, ``overview``."""

    help_key = "civil-board"
    hints = "Flèches : parcourir · Entrée : ouvrir · Ctrl+F : chercher · F5 : relire · F1 : aide"

    def __init__(self, context: Context) -> None:
        """Build the three views, empty."""
        super().__init__()
        self.context = context
        today = context.clock.today
        self.title = PageTitle("Dossiers")
        self.filters = BoardFilters()
        self.board = BoardColumns(today)
        self.columns = list_columns(today)
        self.table = PagedTable(
            context.operations,
            self.columns,
            fetcher(context.desk, self.filters.asked),
            "Dossiers d’état civil",
            memory=context.memory,
            sort_key="number",
            descending=True,
        )
        self.overview = OverviewPage(context)
        self.empty = EmptyState(
            "paper",
            "Aucun dossier ici",
            "Les dossiers ouverts se rangent ici par étape, le plus longtemps laissé en haut. Changez les filtres, ou "
            "ouvrez un dossier.",
            "Nouveau dossier",
            self.new,
        )
        self.stack = QStackedWidget()
        self._buttons: dict[str, QPushButton] = {}
        self._view = VIEWS[0]
        self._focus_wanted = False
        self._build()

    @property
    def view(self) -> str:
        """``board``, ``list`` or ``overview``."""
        return self._view

    # --- Screen ----------------------------------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        """A view, and what to look at."""
        view, _, rest = target.action.partition("/")
        look, _, school_class = rest.partition("/")
        if view in VIEWS:
            looks = {one.value: one for one in Look}
            self.filters.blockSignals(True)
            self.filters.choose(looks.get(look, Look.ALL), school_class=school_class)
            self.filters.blockSignals(False)
        self._focus_wanted = True
        self.show_view(view if view in VIEWS else self._view)

    def on_changes(self, changes: Changes) -> None:
        """A file, a woman's name, a list of the settings changed."""
        if any(changes.touch(area) for area in (CIVIL, MEMBERS, SETTINGS)) and self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read the view in sight again."""
        desk, asked, run = self.context.desk, self.filters.asked, self.context.operations.run
        run(SHORT, civil_reading.choices, desk, owner=self, done=self._offer, latest=True)
        if self._view == "overview":
            self.overview.reload()
        elif self._view == "list":
            self.table.reload(fetcher(desk, asked))
        else:
            run(SHORT, civil_reading.board, desk, asked, owner=self, done=self._show_board, latest=True)

    def new(self) -> None:
        """Ctrl+N: a new file."""
        self.context.navigator.open(Target(KEY, action="new"))

    def show_view(self, view: str) -> None:
        """Show one of the three and read it."""
        self._view = view
        for name, made in self._buttons.items():
            made.setChecked(name == view)
        self.filters.setVisible(view != "overview")
        self.filters.show_for(listed=view == "list")
        shown = {"board": self.board, "list": self.table, "overview": self.overview}[view]
        self.stack.setCurrentWidget(shown)
        self.export_button.setVisible(view != "board" and self.context.desk.may(Right.EXPORT))
        self.title.subtitle.setText("")
        self.refresh()

    def export(self) -> None:
        """Write the list or the overview in sight to .xlsx."""
        if self._view == "overview":
            self.overview.export()
            return
        export_list(self.context, self, "Dossiers", self.columns, fetcher(self.context.desk, self.filters.asked))

    # --- Building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3 * t.SPACE)
        group = QButtonGroup(self)
        views = QHBoxLayout()
        views.setSpacing(t.SPACE)
        for view in VIEWS:
            made = button(_LABELS[view], "plain")
            made.setCheckable(True)
            group.addButton(made)
            made.clicked.connect(lambda _on=False, view=view: self.show_view(view))
            self._buttons[view] = made
            self.title.add_button(made)
        self.export_button = button("Exporter en Excel…", "plain", self.export)
        self.title.add_button(self.export_button)
        whole.addWidget(self.title)
        whole.addWidget(self.filters)
        for page in (self.board, self.table, self.overview, self.empty):
            self.stack.addWidget(page)
        whole.addWidget(self.stack, 1)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.filters.search.setFocus)
        self.filters.changed.connect(self._filtered)
        self.board.opened.connect(self._open_file)
        self.board.more.connect(self._list_step)
        self.table.opened.connect(self._open_row)
        self.table.paged.total_changed.connect(self._counted)

    # --- What came -------------------------------------------------------------------------------------------------

    def _offer(self, choices: Choices) -> None:
        self.filters.offer(choices)

    def _filtered(self) -> None:
        if self._view != "overview":
            self.refresh()

    def _show_board(self, found: Board) -> None:
        if self._view != "board":
            return
        self.board.show_board(found)
        self._say(found.total)
        self.stack.setCurrentWidget(self.board if found.total else self.empty)
        if self._focus_wanted:
            self._focus_wanted = False
            self.board.focus_first()

    def _counted(self, total: int) -> None:
        if self._view != "list":
            return
        self._say(total)
        self.stack.setCurrentWidget(self.table if total else self.empty)
        if self._focus_wanted and total:
            self._focus_wanted = False
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, total: int) -> None:
        self.title.subtitle.setText(formats.plural(total, "dossier", "dossiers"))

    def _open_file(self, file_id: int) -> None:
        self.context.navigator.open(Target(KEY, file_id))

    def _open_row(self, row: BoardRow) -> None:
        self._open_file(row.file_id)

    def _list_step(self, step: Step) -> None:
        """« … et 12 autres »: the list of that step."""
        look = self.filters.look.currentData()
        self.filters.blockSignals(True)
        self.filters.choose(look, step)
        self.filters.blockSignals(False)
        self.show_view("list")
