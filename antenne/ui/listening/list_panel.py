"""A tab that lists sealed records: a title, a filter as she types, rows that open, the button of a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout

from antenne.domain.board import Target
from antenne.domain.changes import LISTENING, MEMBERS, PROTECTION, Changes
from antenne.domain.text import fold
from antenne.services.desk import Desk
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.cards import EmptyState, PageTitle, button
from antenne.ui.kit.models import Column, RowsModel
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.tables import Table
from antenne.ui.listening.keys import KEY
from antenne.wording import formats


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a list is.

    Attributes:
        title: Its heading.
        one: « incident ».
        many: « incidents ».
        new_words: On the button, or empty where nothing is made from here.
        new_action: Where the button leads.
        icon: Of the empty list.
        empty: What this place is for.
    """

    title: str
    one: str
    many: str
    new_words: str = ""
    new_action: str = ""
    icon: str = "ear"
    empty: str = ""


class ListPanel(Screen):
    """Override :meth:`read` and :meth:`place`."""

    listing: ClassVar[Listing]
    help_key = "listening"

    def __init__(self, context: Context, columns: Sequence[Column]) -> None:
        """Build; the first visit reads."""
        super().__init__()
        self.context = context
        self.rows: tuple[Any, ...] = ()
        self.title = PageTitle(self.listing.title)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Filtrer…")
        self.search.setAccessibleName(f"Filtrer\u00a0: {self.listing.title}")
        self.search.setClearButtonEnabled(True)
        self.table = Table(RowsModel(columns, parent=self), self.listing.title, memory=context.memory)
        begin: Callable[[], object] | None = self.new if self.listing.new_words else None
        self.empty = EmptyState(
            self.listing.icon, "Rien ici pour l’instant", self.listing.empty, self.listing.new_words, begin
        )
        self.stack = QStackedWidget()
        self.head = QHBoxLayout()
        self.head.setSpacing(3 * t.SPACE)
        self.head.addWidget(self.search, 1)
        self.add_controls()
        if self.listing.new_words:
            self.title.add_button(button(f"{self.listing.new_words}  Ctrl+N", "primary", self.new))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3 * t.SPACE)
        whole.addWidget(self.title)
        whole.addLayout(self.head)
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        whole.addWidget(self.stack, 1)
        self.table.opened.connect(self._open_row)
        self.search.textChanged.connect(self.show_rows)
        self.search.returnPressed.connect(self._to_rows)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.search.setFocus)

    def add_controls(self) -> None:
        """More beside the filter, or in the title."""

    @staticmethod
    def read(desk: Desk) -> tuple[Any, ...]:
        """The rows, on the short lane."""
        raise NotImplementedError

    def reader(self) -> Callable[..., tuple[Any, ...]]:
        """What is run for them; another than :meth:`read` where a choice decides."""
        return self.read

    def place(self, row: Any) -> Target:
        """Where a row leads."""
        raise NotImplementedError

    def open(self, target: Target) -> None:  # noqa: ARG002 - a list has one view
        """Read again, and stand in the list."""
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_changes(self, changes: Changes) -> None:
        """A sealed record, or a woman's name, changed."""
        if any(changes.touch(area) for area in (LISTENING, PROTECTION, MEMBERS)) and self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read again."""
        self.context.operations.run(
            SHORT, self.reader(), self.context.desk, owner=self, done=self._take, latest=True, key="rows"
        )

    def new(self) -> None:
        """Ctrl+N."""
        if self.listing.new_action:
            self.context.navigator.open(Target(KEY, action=self.listing.new_action))

    def escape(self) -> bool:
        """A filter that holds letters is emptied first."""
        if self.search.text():
            self.search.clear()
            return True
        return False

    def _take(self, rows: tuple[Any, ...]) -> None:
        self.rows = rows
        self.show_rows()

    def show_rows(self) -> None:
        """The rows whose words hold what is typed."""
        wanted = fold(self.search.text()).split()
        columns = self.table.rows.columns
        found = [row for row in self.rows if _holds(columns, row, wanted)]
        self.table.rows.show_rows(found)
        self.title.subtitle.setText(formats.plural(len(found), self.listing.one, self.listing.many))
        self.stack.setCurrentWidget(self.table if self.rows else self.empty)

    def _to_rows(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_row(self, row: Any) -> None:
        self.context.navigator.open(self.place(row))


def _holds(columns: Sequence[Column], row: Any, wanted: Sequence[str]) -> bool:
    if not wanted:
        return True
    said = fold(" ".join(column.text(row) for column in columns))
    return all(word in said for word in wanted)
