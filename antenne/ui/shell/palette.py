"""Ctrl+K: persons and actions under the search box, as fast as they are typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QFrame, QStyleOptionViewItem, QVBoxLayout, QWidget

from antenne.domain.board import Action, SearchHit
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Area
from antenne.ui.kit.cards import label
from antenne.ui.kit.models import ROW_ROLE, Index, RowsModel
from antenne.ui.kit.operations import SHORT, Operations
from antenne.ui.kit.person_list import PersonList, TwoLineDelegate, TwoLines, line_column
from antenne.ui.kit.theme import font
from antenne.ui.shell.board import allowed_actions, matching, search_all

if TYPE_CHECKING:
    from antenne.services.desk import Desk

_FROM_LETTERS = 2
"""Persons are looked for from the second letter."""
_HEADING_HEIGHT = 28
_ACTION_HEIGHT = 38
_TALLEST = 520
_LEAST = 520
"""The search box may be narrower than names and their pills need."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a group; never current."""

    text: str


def _line(row: Heading | SearchHit | Action) -> TwoLines:
    """The words of one row."""
    if isinstance(row, SearchHit):
        return TwoLines(row.title, row.subtitle, row.pill, row.tone)
    return TwoLines(row.text if isinstance(row, Heading) else row.label)


class _Model(RowsModel):
    """Rows of which the headings cannot be chosen."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are only read."""
        if isinstance(self.row(index.row()), Heading):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


class _Delegate(TwoLineDelegate):
    """Paints headings and actions on one line, hits on two."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """By the kind of row."""
        row = index.data(ROW_ROLE)
        if isinstance(row, Heading):
            return QSize(200, _HEADING_HEIGHT)
        return QSize(200, _ACTION_HEIGHT) if isinstance(row, Action) else super().sizeHint(option, index)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the row."""
        row = index.data(ROW_ROLE)
        if isinstance(row, Heading):
            painter.save()
            painter.setFont(font(t.SMALL_POINT, bold=True))
            painter.setPen(QColor(t.MUTED))
            painter.drawText(option.rect.adjusted(10, 4, -10, 0), Qt.AlignmentFlag.AlignVCenter, row.text)
            painter.restore()
        else:
            super().paint(painter, option, index)

    def _paint_lines(self, painter: QPainter, inside: Any, said: TwoLines) -> None:
        if said.subtitle or said.pill:
            super()._paint_lines(painter, inside, said)
        else:
            self._paint_marked(painter, inside, said.title, font(t.FONT_POINT), t.INK)


class Palette(QFrame):
    """The list below the search box; the box keeps the focus, this list only follows its keys."""

    chosen = Signal(object)
    """A :class:`antenne.domain.board.Target`."""

    def __init__(self, areas: Sequence[Area], desk: Desk, operations: Operations, parent: QWidget) -> None:
        """Begin hidden."""
        super().__init__(parent)
        self._areas = tuple(areas)
        self._desk = desk
        self._operations = operations
        self._actions = allowed_actions(areas, desk)
        self._text = ""
        self._groups: tuple[tuple[str, tuple[SearchHit, ...]], ...] = ()
        self._waiting = False
        self._open_when_here = False
        self.setObjectName("palette")
        self.setStyleSheet(
            f"#palette {{ background: {t.PAPER}; border: 1px solid {t.CONTROL_LINE}; border-radius: {t.RADIUS}px; }}"
        )
        self._model = _Model((line_column(_line),), parent=self)
        self._delegate = _Delegate(_line)
        self._list = PersonList(self._model, _line, "Réponses", delegate=self._delegate)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.clicked.connect(self._click)
        self._empty = label("", "muted", wrap=True)
        self._empty.setContentsMargins(10, 8, 10, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self._empty)
        column.addWidget(self._list)
        self.hide()

    def look_for(self, text: str) -> None:
        """Show the actions at once, the persons as soon as they are found."""
        self._text = " ".join(text.split())
        self._open_when_here = False
        self._delegate.show_typed(self._text)
        if len(self._text) < _FROM_LETTERS:
            self._waiting = False
            self._show_groups(())
            return
        self._waiting = True
        self._show_groups(self._groups)
        self._operations.run(
            SHORT,
            search_all,
            self._areas,
            self._desk,
            self._text,
            owner=self,
            done=self._show_found,
            latest=True,
        )

    def steer(self, key: int) -> None:
        """A key of the search box: arrows move, Entrée opens (when the answers are here)."""
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}
        if key in moves:
            self._step(moves[Qt.Key(key)])
        elif self._waiting:
            self._open_when_here = True
        else:
            self._open_current()

    def rows(self) -> list[object]:
        """What is shown, headings included; for tests and screen readers."""
        return [self._model.row(number) for number in range(self._model.rowCount())]

    def place(self, left: int, top: int, width: int) -> None:
        """Stand below the search box, as tall as the answers."""
        heights = (
            self._delegate.sizeHint(QStyleOptionViewItem(), self._model.index(n, 0)).height()
            for n in range(self._model.rowCount())
        )
        wanted = sum(heights) + 16 if self._model.rowCount() else 52
        parent = self.parentWidget()
        room = parent.height() - top - 12 if parent is not None else wanted
        across = parent.width() - left - 12 if parent is not None else _LEAST
        self.setGeometry(left, top, max(width, min(_LEAST, across)), min(wanted, room, _TALLEST))

    def _show_found(self, groups: tuple[tuple[str, tuple[SearchHit, ...]], ...]) -> None:
        self._waiting = False
        self._show_groups(groups)
        if self._open_when_here:
            self._open_when_here = False
            self._open_current()

    def _show_groups(self, groups: tuple[tuple[str, tuple[SearchHit, ...]], ...]) -> None:
        self._groups = groups
        rows: list[object] = []
        for title, hits in groups:
            rows += [Heading(title), *hits]
        actions = matching(self._actions, self._text)
        if actions:
            rows += [Heading("Actions"), *actions]
        self._model.show_rows(rows)
        self._list.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._empty.setText("Recherche…" if self._waiting else f"Rien ne répond à «\u00a0{self._text}\u00a0».")
        self._step(1)
        self.place(self.x(), self.y(), self.width())
        self._list.scrollToTop()  # the heading of the first group stands above the row that is current

    def _step(self, by: int) -> None:
        """Move to the next row that can be chosen."""
        count = self._model.rowCount()
        now = self._list.currentIndex().row() if self._list.currentIndex().isValid() else -1
        at = min(max(now + by, 0), count - 1)
        direction = 1 if by > 0 else -1
        if not self._choosable(at):
            at += direction
        if self._choosable(at):
            self._list.setCurrentIndex(self._model.index(at, 0))

    def _choosable(self, number: int) -> bool:
        row = self._model.row(number)
        return row is not None and not isinstance(row, Heading)

    def _click(self, index: QModelIndex) -> None:
        self._list.setCurrentIndex(index)
        self._open_current()

    def _open_current(self) -> None:
        row = self._list.current()
        if isinstance(row, SearchHit | Action):
            self.chosen.emit(row.target)
