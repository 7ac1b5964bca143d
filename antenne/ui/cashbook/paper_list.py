"""What receipts and vouchers share as lists: tabs, a search, a box, the table, one paper beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QTabBar, QWidget

from antenne.domain.violations import Violation
from antenne.services.cash_days import CashState
from antenne.ui.cashbook.collect_fields import BoxChoice
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.exporting import export_list
from antenne.ui.kit.list_parts import ListOrWords, side_area
from antenne.ui.kit.models import Column, Fetch
from antenne.ui.kit.tables import PagedTable
from antenne.wording import formats
from antenne.wording import violations as sentences

_SIDE_WIDTH: Final = 400
_SEARCH_AFTER: Final = 60
_ELSEWHERE: Final = "Effacez la recherche, ou changez de liste ou de caisse."

E = TypeVar("E", bound=Enum)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWords(Generic[E]):
    """How such a list is worded.

    Attributes:
        title: Of the list and of its workbook: « Reçus ».
        lists: The tabs, in their order.
        empty: Title and sentence of each list without lines.
        nothing: When the search found nothing: « Aucun reçu ne répond ».
        tabs: Name of the tabs, for who does not see them.
        search: Name of the search.
        hint: What can be typed there.
        search_widths: Least and most, in pixels.
        icon: Of an empty list.
    """

    title: str
    lists: Mapping[E, str]
    empty: Mapping[E, tuple[str, str]]
    nothing: str
    tabs: str
    search: str
    hint: str
    search_widths: tuple[int, int]
    icon: str


class PaperList(Screen):
    """Tabs of lists, found by typing; one paper beside the table. A subclass fetches, opens and places its parts."""

    def __init__(self, context: Context, words: ListWords[Any], columns: Sequence[Column]) -> None:
        """Make the parts; nothing is read before the first visit."""
        super().__init__()
        self._context = context
        self._words = words
        self._columns = tuple(columns)
        self._lists: tuple[Enum, ...] = tuple(words.lists)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(words.tabs)
        self.tabs.setExpanding(False)
        for said in words.lists.values():
            self.tabs.addTab(said)
        self.search = QLineEdit()
        self.search.setPlaceholderText(words.hint)
        self.search.setAccessibleName(words.search)
        self.search.setClearButtonEnabled(True)
        least, most = words.search_widths
        self.search.setMinimumWidth(least)
        self.search.setMaximumWidth(most)
        self.box = BoxChoice(every=True)
        self.table = PagedTable(
            context.operations,
            self._columns,
            self.fetch(),
            words.title,
            memory=context.memory,
            sort_key="number",
            descending=True,
        )
        self.side = side_area(_SIDE_WIDTH)
        self._empty = ListOrWords(self.table, words.icon)
        self._timer = QTimer(self, singleShot=True, interval=_SEARCH_AFTER)

    def fetch(self) -> Fetch:
        """Pages of the list in sight, as it is searched."""
        raise NotImplementedError

    def open_row(self, row: object) -> None:
        """Show one of its lines beside the list."""
        raise NotImplementedError

    def hidden_columns(self) -> Collection[str]:
        """Keys of the columns that give way now."""
        raise NotImplementedError

    # --- Screen ----------------------------------------------------------------------------------------------------

    def show_listed(self, which: Enum) -> None:
        """Another list, with nothing beside it."""
        self.close_side()
        self.tabs.setCurrentIndex(self._lists.index(which))

    def escape(self) -> bool:
        """Close what stands beside the list; a search that holds letters is emptied first."""
        if self.beside is not None:
            self.leave_side()
            return True
        if self.search.text():
            self.search.clear()
            self.search.setFocus()
            return True
        return False

    @property
    def listed(self) -> Enum:
        """The list in sight."""
        return self._lists[self.tabs.currentIndex()]

    @property
    def beside(self) -> QWidget | None:
        """What stands beside the list."""
        return None if self.side.isHidden() else self.side.widget()

    def export(self) -> None:
        """Write the list in sight to .xlsx."""
        export_list(self._context, self, self._words.title, self._columns, self.fetch())

    # --- The list --------------------------------------------------------------------------------------------------

    def connect_parts(self) -> None:
        """Once they stand in their places."""
        self.tabs.currentChanged.connect(self._tab_changed)
        self.search.textChanged.connect(self._timer.start)
        self.search.returnPressed.connect(self.table.setFocus)
        self.box.currentIndexChanged.connect(self.reload)
        self._timer.timeout.connect(self.reload)
        self.table.opened.connect(self.open_row)
        self.table.paged.total_changed.connect(self._show_empty)

    def reload(self) -> None:
        """Read the list again."""
        self.table.reload(self.fetch())

    def show_columns(self) -> None:
        """Hide those that give way, show the others."""
        hidden = self.hidden_columns()
        for place, column in enumerate(self._columns):
            self.table.setColumnHidden(place, column.key in hidden)

    def count_tabs(self, counts: Mapping[Enum, int]) -> None:
        """« À imprimer (2) »."""
        for place, (which, said) in enumerate(self._words.lists.items()):
            count = counts.get(which, 0)
            self.tabs.setTabText(place, f"{said} ({formats.number(count)})" if count else said)

    def show_boxes(self, state: CashState) -> None:
        """Offer the boxes in use."""
        self.box.show_boxes(tuple(one.box for one in state.boxes))

    def _tab_changed(self) -> None:
        self.close_side()
        self.reload()

    def _show_empty(self, total: int) -> None:
        searched = bool(self.search.text().strip() or self.box.code)
        self._empty.show_total(total, (self._words.nothing, _ELSEWHERE) if searched else self._words.empty[self.listed])

    # --- Beside the list -------------------------------------------------------------------------------------------

    def show_side(self, card: QWidget) -> None:
        """Put a paper beside the list."""
        self.side.setWidget(card)
        self.side.show()
        self.show_columns()

    def close_side(self) -> None:
        """Nothing beside it any more."""
        self.side.hide()
        self.show_columns()

    def leave_side(self) -> None:
        """The same, and back into the list."""
        self.close_side()
        self.table.setFocus()

    def reveal(self, inside: QWidget) -> None:
        """Scroll to what was opened, once it has its place."""
        QTimer.singleShot(0, inside, partial(self.side.ensureWidgetVisible, inside))

    def say_refused(self, violations: tuple[Violation, ...]) -> None:
        """What was asked for cannot be shown."""
        self._context.notify(sentences.sentence(violations[0]), "warning")
