"""The list of two-line rows: a name with the matched letters, what is known of her, a pill."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from antenne.domain.board import Tone
from antenne.domain.highlights import Marker
from antenne.ui.kit import tokens as t
from antenne.ui.kit.models import ROW_ROLE, Column, RowsModel
from antenne.ui.kit.pills import paint_pill, pill_width
from antenne.ui.kit.theme import font

_SIDE = 10


@dataclass(frozen=True, slots=True)
class TwoLines:
    """What one row shows: « KONÉ Fatoumata » / « M-00931 · Sévaré · 76 •• •• 18 » / pill « À jour »."""

    title: str
    subtitle: str = ""
    pill: str = ""
    tone: Tone = "neutral"


def line_column(line: Callable[[Any], TwoLines]) -> Column:
    """The one column of a model for :class:`PersonList`; what a screen reader says of a row."""

    def spoken(record: Any) -> str:
        said = line(record)
        return " · ".join(part for part in (said.title, said.subtitle, said.pill) if part)

    return Column(key="line", title="", text=spoken, width=0)


class TwoLineDelegate(QStyledItemDelegate):
    """Paints two lines and a pill; what was typed is bold (in the primary colour, since names are bold already)."""

    def __init__(self, line: Callable[[Any], TwoLines], parent: QWidget | None = None) -> None:
        """Take the function that makes a row's words."""
        super().__init__(parent)
        self._line = line
        self._title_font = font(t.FONT_POINT)
        self._plain_title = font(t.FONT_POINT, bold=True)
        self._metrics = QFontMetrics(self._title_font)
        self._bold_metrics = QFontMetrics(self._plain_title)
        self._marker = Marker("")

    def show_typed(self, typed: str) -> None:
        """Mark what answers ``typed`` from the next painting on."""
        self._marker = Marker(typed)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002 - Qt's signature
        """Two lines and their margins."""
        return QSize(200, t.TALL_ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the row."""
        area: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(t.PRIMARY_TINT))
        painter.setPen(QColor(t.LINE))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        record = index.data(ROW_ROLE)
        inside = area.adjusted(_SIDE, 7, -_SIDE, -7)
        if record is None:
            painter.fillRect(QRect(inside.left(), inside.top() + 4, 150, 9), QColor(t.NEUTRAL_TINT))
            painter.fillRect(QRect(inside.left(), inside.top() + 23, 100, 8), QColor(t.NEUTRAL_TINT))
        else:
            self._paint_lines(painter, inside, self._line(record))
        painter.restore()

    def _paint_lines(self, painter: QPainter, inside: QRect, said: TwoLines) -> None:
        paint_pill(painter, inside, said.pill, said.tone, right=True)
        room = inside.width() - (pill_width(said.pill) + 2 * t.SPACE if said.pill else 0)
        half = inside.height() // 2
        first = QRect(inside.left(), inside.top(), room, half)
        self._paint_marked(painter, first, said.title, self._plain_title, t.INK)
        below = QRect(inside.left(), inside.top() + half, room, half)
        self._paint_marked(painter, below, said.subtitle, self._title_font, t.MUTED)

    def _paint_marked(self, painter: QPainter, where: QRect, text: str, face: QFont, colour: str) -> None:
        """One line of text, its matched letters bold, cut with « … » where it is too long."""
        marks = self._marker.spans(text)
        metrics = self._bold_metrics if marks or face.bold() else self._metrics
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, where.width())
        if not marks:
            painter.setFont(face)
            painter.setPen(QColor(colour))
            painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
            return
        layout = QTextLayout(shown, self._title_font)
        layout.setFormats([_bold_range(start, end) for start, end in marks if start < len(shown)])
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(where.width())
        layout.endLayout()
        top = where.top() + (where.height() - line.height()) / 2
        painter.setPen(QColor(colour))
        layout.draw(painter, QRectF(where.left(), top, where.width(), line.height()).topLeft())


def _bold_range(start: int, end: int) -> QTextLayout.FormatRange:
    marked = QTextLayout.FormatRange()
    marked.start = start
    marked.length = end - start
    look = QTextCharFormat()
    look.setFontWeight(QFont.Weight.Bold)
    look.setForeground(QColor(t.PRIMARY))
    marked.format = look
    return marked


class PersonList(QTableView):
    """A list of two-line rows over any model of one :func:`line_column`.

    A table of one column: Qt's own list gives every row its place whenever the rows change, 0.15 s for 50,000 between
    two keys; a table of equal rows computes the places it paints.
    """

    opened = Signal(object)
    picked = Signal(object)

    def __init__(
        self,
        model: RowsModel,
        line: Callable[[Any], TwoLines],
        name: str,
        parent: QWidget | None = None,
        *,
        delegate: TwoLineDelegate | None = None,
    ) -> None:
        """Show ``model``.

        Args:
            model: Its rows.
            line: Makes each row's words.
            name: Accessible name.
            parent: Qt parent.
            delegate: Paints the rows, each as tall as it says; for short lists only.
        """
        super().__init__(parent)
        self._delegate = delegate or TwoLineDelegate(line)
        self._delegate.setParent(self)
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(t.TALL_ROW_HEIGHT)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentChanged.connect(self._tell_picked)
        if delegate is not None:
            self.verticalHeader().setMinimumSectionSize(1)
            model.modelReset.connect(self.resizeRowsToContents)

    def show_typed(self, typed: str) -> None:
        """Mark what answers ``typed``."""
        self._delegate.show_typed(typed)
        self.viewport().update()

    def current(self) -> Any | None:
        """The record of the current row, or None."""
        index = self.currentIndex()
        return index.data(ROW_ROLE) if index.isValid() else None

    def step(self, by: int) -> None:
        """Move the current row, for arrows pressed in a search field above."""
        model = self.model()
        if model.rowCount():
            now = self.currentIndex().row() if self.currentIndex().isValid() else -1 if by > 0 else model.rowCount()
            self.setCurrentIndex(model.index(min(max(now + by, 0), model.rowCount() - 1), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Entrée opens; Début and Fin go to the first and last row, as in any list."""
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.model().rowCount() - 1}
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        elif event.key() in ends:
            self.setCurrentIndex(self.model().index(ends[Qt.Key(event.key())], 0))
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        record = index.data(ROW_ROLE)
        if record is not None:
            self.opened.emit(record)

    def _tell_picked(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.picked.emit(index.data(ROW_ROLE) if index.isValid() else None)
