"""Tables as in the drawings: headings that sort, rows that open, pills, copy, widths remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import button
from antenne.ui.kit.clipboard import copy_text
from antenne.ui.kit.memory import Memory, SittingMemory
from antenne.ui.kit.models import ROW_ROLE, TONE_ROLE, Column, Fetch, PagedModel, RowsModel
from antenne.ui.kit.operations import Operations
from antenne.ui.kit.pills import paint_pill, pill_width
from antenne.ui.kit.theme import font

_PADDING = 10
_LEAST_LEFT = 200
"""Narrower, the column that takes what is left says no name whole: spare columns make room for it."""


class CellDelegate(QStyledItemDelegate):
    """Paints one cell: ground of the selection, text or pill, line below, a grey bar while the row is on the way."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the cell."""
        area: QRect = option.rect
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(t.PRIMARY_TINT))
            if index.column() == 0 and self._held():
                painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), QColor(t.PRIMARY))
        painter.setPen(QColor(t.LINE))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        inside = area.adjusted(_PADDING, 0, -_PADDING, -1)
        if index.data(ROW_ROLE) is None:
            _paint_awaited(painter, inside)
        elif tone := index.data(TONE_ROLE):
            right = bool(index.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight)
            paint_pill(painter, inside, index.data() or "", tone, right=right)
        else:
            _paint_text(painter, inside, index)
        painter.restore()

    def _held(self) -> bool:
        """Whether the table has the keyboard: its current row then bears a bar."""
        view = self.parent()
        return isinstance(view, QWidget) and view.hasFocus()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Room for the text or the pill."""
        text = index.data() or ""
        if index.data(TONE_ROLE):
            return QSize(pill_width(text) + 2 * _PADDING, t.ROW_HEIGHT)
        metrics = option.fontMetrics
        return QSize(metrics.horizontalAdvance(text) + 2 * _PADDING + 4, t.ROW_HEIGHT)


def _paint_awaited(painter: QPainter, inside: QRect) -> None:
    width = max(min(inside.width() - 4, 90), 0)
    painter.fillRect(QRect(inside.left(), inside.center().y() - 4, width, 8), QColor(t.NEUTRAL_TINT))


def _paint_text(painter: QPainter, inside: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
    own_font = index.data(Qt.ItemDataRole.FontRole)
    painter.setFont(own_font if own_font is not None else font(t.FONT_POINT))
    painter.setPen(index.data(Qt.ItemDataRole.ForegroundRole))
    text = painter.fontMetrics().elidedText(index.data() or "", Qt.TextElideMode.ElideRight, inside.width())
    painter.drawText(inside, index.data(Qt.ItemDataRole.TextAlignmentRole), text)


class Table(QTableView):
    """A table over a :class:`RowsModel` (or its paged kind)."""

    opened = Signal(object)
    """Entrée or a double click on a row: its record."""
    picked = Signal(object)
    """The current row changed: its record, or None."""
    export_requested = Signal()

    def __init__(
        self,
        model: RowsModel,
        name: str,
        *,
        memory: Memory | None = None,
        fit_height: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Show ``model``.

        Args:
            model: Its rows.
            name: Accessible name, and the key widths are remembered under.
            memory: Where widths are kept; for this sitting when None.
            fit_height: As tall as its rows, for short lists on a card.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._memory = memory or SittingMemory()
        self._name = name
        self._fit_height = fit_height
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._set_headers()
        self.doubleClicked.connect(self._open_index)
        self.selectionModel().currentRowChanged.connect(self._tell_picked)
        if fit_height:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            model.modelReset.connect(self.updateGeometry)

    @property
    def rows(self) -> RowsModel:
        """The model, as what it is."""
        model = self.model()
        assert isinstance(model, RowsModel)
        return model

    def current(self) -> Any | None:
        """The record of the current row, or None."""
        index = self.currentIndex()
        return self.rows.row(index.row()) if index.isValid() else None

    def selected(self) -> list[Any]:
        """The records of the selected rows that are here, from top to bottom."""
        numbers = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [record for number in numbers if (record := self.rows.row(number)) is not None]

    def copy(self) -> None:
        """Copy the selected rows, a tab between cells; the clipboard forgets them after a minute."""
        columns = self.rows.columns
        lines = ["\t".join(column.text(record) for column in columns) for record in self.selected()]
        if lines:
            copy_text("\n".join(lines))

    def export_button(self) -> QPushButton:
        """A button that emits ``export_requested``."""
        return button("Exporter en Excel…", "plain", self.export_requested.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Entrée opens, Ctrl+C copies."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open_index(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: Any) -> None:
        """The first row becomes current, so that the arrows and Entrée have something to hold."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many spare columns as there is room for, the first ones first."""
        columns = list(enumerate(self.rows.columns))
        room = self.viewport().width() - _LEAST_LEFT
        room -= sum(self.columnWidth(number) for number, column in columns if column.width and not column.spare)
        for number, column in columns:
            if column.spare:
                fits = column.width <= room
                room -= column.width * fits
                self.setColumnHidden(number, not fits)
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        """All rows, where the table is as tall as they are."""
        hint = super().sizeHint()
        return QSize(hint.width(), self._own_height()) if self._fit_height else hint

    def minimumSizeHint(self) -> QSize:
        """The same."""
        hint = super().minimumSizeHint()
        return QSize(hint.width(), self._own_height()) if self._fit_height else hint

    def _own_height(self) -> int:
        return self.horizontalHeader().sizeHint().height() + self.rows.rowCount() * t.ROW_HEIGHT + 6

    def _set_headers(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(t.ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(36)
        for number, column in enumerate(self.rows.columns):
            header.setSectionResizeMode(
                number,
                QHeaderView.ResizeMode.Stretch if column.width == 0 else QHeaderView.ResizeMode.Interactive,
            )
            kept = self._memory.recall(self._width_key(column))
            self.setColumnWidth(number, int(kept) if kept.isdigit() else column.width)
        header.sectionResized.connect(self._keep_width)
        if isinstance(self.rows, PagedModel):
            header.setSectionsClickable(True)
            header.setSortIndicatorShown(True)
            header.setSortIndicator(*self._sorted_by(self.rows))
            header.sortIndicatorChanged.connect(self._sort)

    def _sorted_by(self, model: PagedModel) -> tuple[int, Qt.SortOrder]:
        keys = [column.key for column in model.columns]
        order = Qt.SortOrder.DescendingOrder if model.descending else Qt.SortOrder.AscendingOrder
        return (keys.index(model.sort_key) if model.sort_key in keys else -1), order

    def _sort(self, section: int, order: Qt.SortOrder) -> None:
        if section >= 0 and not self.rows.columns[section].sortable:
            model = self.rows
            assert isinstance(model, PagedModel)
            header = self.horizontalHeader()
            header.blockSignals(True)  # or it would answer itself
            header.setSortIndicator(*self._sorted_by(model))
            header.blockSignals(False)
            return
        self.rows.sort(section, order)

    def _keep_width(self, section: int, _old: int, new: int) -> None:
        column = self.rows.columns[section]
        if column.width and new:
            self._memory.keep(self._width_key(column), str(new))

    def _width_key(self, column: Column) -> str:
        return f"width/{self._name}/{column.key}"

    def _open_index(self, index: QModelIndex) -> None:
        record = self.rows.row(index.row())
        if record is not None:
            self.opened.emit(record)

    def _tell_picked(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.picked.emit(self.rows.row(index.row()) if index.isValid() else None)


class PagedTable(Table):
    """A table of any length: pages of 100 rows through ``operations``."""

    def __init__(
        self,
        operations: Operations,
        columns: Sequence[Column],
        fetch: Callable[..., Any] | Fetch,
        name: str,
        *,
        memory: Memory | None = None,
        sort_key: str = "",
        descending: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Begin empty; call :meth:`reload`. The arguments are those of :class:`PagedModel` and :class:`Table`."""
        self.paged = PagedModel(operations, columns, fetch, sort_key=sort_key, descending=descending)
        super().__init__(self.paged, name, memory=memory, parent=parent)
        self.paged.setParent(self)

    def reload(self, fetch: Fetch | None = None) -> None:
        """Read again, by another query if given."""
        self.paged.reload(fetch)


def rows_table(columns: Sequence[Column], rows: Sequence[Any], name: str) -> Table:
    """A short table on a card, as tall as its rows."""
    model = RowsModel(columns, rows)
    table = Table(model, name, fit_height=True)
    model.setParent(table)
    return table
