"""A short list on a card: a mark or a day, one or two lines of text, a figure at the right; walked by the arrows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from antenne.ui.kit import tokens as t
from antenne.ui.kit.icons import pixmap
from antenne.ui.kit.theme import font

_LINE = Qt.ItemDataRole.UserRole
_PADDING = 10
_LEAD = 58
_ICON = 34


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row.

    Attributes:
        key: What the row stands for.
        title: Its text.
        subtitle: A second line, in grey.
        lead: A day at the left, or empty.
        icon: Name of an icon at the left, or empty.
        said: What a screen reader says of the icon.
        right: A figure at the right.
        ink: Colour of the title.
    """

    key: Any
    title: str
    subtitle: str = ""
    lead: str = ""
    icon: str = ""
    said: str = ""
    right: str = ""
    ink: str = t.INK

    @property
    def spoken(self) -> str:
        """Everything in one sentence."""
        return ", ".join(part for part in (self.said, self.lead, self.title, self.subtitle, self.right) if part)


class _Delegate(QStyledItemDelegate):
    """Paints one row."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ground, mark, texts, figure, the line below."""
        line: Line = index.data(_LINE)
        area: QRect = option.rect
        painter.save()
        view = self.parent()
        held = isinstance(view, QWidget) and view.hasFocus()
        if option.state & QStyle.StateFlag.State_Selected and held:
            painter.fillRect(area, QColor(t.PRIMARY_TINT))
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), QColor(t.PRIMARY))
        painter.setPen(QColor(t.LINE))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        inside = area.adjusted(_PADDING, 0, -_PADDING, -1)
        self._left(painter, inside, line)
        room = inside.adjusted(_LEAD if line.lead else _ICON if line.icon else 0, 0, 0, 0)
        if line.right:
            painter.setFont(font(t.FONT_POINT))
            painter.setPen(QColor(t.INK))
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, line.right)
            room = room.adjusted(0, 0, -QFontMetrics(font(t.FONT_POINT)).horizontalAdvance(line.right) - _PADDING, 0)
        self._texts(painter, room, line)
        painter.restore()

    @staticmethod
    def _left(painter: QPainter, inside: QRect, line: Line) -> None:
        if line.icon:
            picture = pixmap(line.icon, t.INK, t.ICON_SIZE)
            painter.drawPixmap(inside.left(), inside.center().y() - t.ICON_SIZE // 2, picture)
        elif line.lead:
            painter.setFont(font(t.SMALL_POINT))
            painter.setPen(QColor(t.MUTED))
            where = QRect(inside.left(), inside.top(), _LEAD, inside.height())
            painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line.lead)

    @staticmethod
    def _texts(painter: QPainter, room: QRect, line: Line) -> None:
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        half = room.height() // 2
        first = QRect(room.left(), room.top() + 3, room.width(), half) if line.subtitle else room
        painter.setFont(font(t.FONT_POINT))
        painter.setPen(QColor(line.ink))
        painter.drawText(first, flags, _cut(painter, line.title, room.width()))
        if line.subtitle:
            painter.setFont(font(t.SMALL_POINT))
            painter.setPen(QColor(t.MUTED))
            below = QRect(room.left(), room.top() + half - 2, room.width(), half)
            painter.drawText(below, flags, _cut(painter, line.subtitle, room.width()))

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One line or two."""
        line: Line = index.data(_LINE)
        return QSize(80, t.TALL_ROW_HEIGHT if line.subtitle else t.ROW_HEIGHT)


def _cut(painter: QPainter, text: str, width: int) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)


class LineList(QListWidget):
    """Rows of :class:`Line`; Entrée opens, Espace marks."""

    opened = Signal(object)
    marked = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Begin empty; ``name`` is the accessible name."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setItemDelegate(_Delegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(2 * t.TALL_ROW_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # it takes the room that is left
        self.itemDoubleClicked.connect(lambda item: self.opened.emit(item.data(_LINE).key))

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Replace every row; the present one stays where its key is still there."""
        kept = self.current()
        self.clear()
        for line in lines:
            item = QListWidgetItem()
            item.setData(_LINE, line)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, line.spoken)
            item.setToolTip(line.spoken)
            self.addItem(item)
        keys = [line.key for line in lines]
        if kept in keys:
            self.setCurrentRow(keys.index(kept))
        elif self.hasFocus() and keys:
            self.setCurrentRow(0)

    def current(self) -> Any | None:
        """The key of the present row, or None."""
        item = self.currentItem()
        return None if item is None else item.data(_LINE).key

    def choose(self, key: object) -> None:
        """Stand on the row of that key."""
        for row in range(self.count()):
            if self.item(row).data(_LINE).key == key:
                self.setCurrentRow(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Entrée opens, Espace marks."""
        key = self.current()
        if key is not None and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.opened.emit(key)
                return
            if event.key() == Qt.Key.Key_Space:
                self.marked.emit(key)
                return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first row becomes the present one."""
        super().focusInEvent(event)
        if self.currentItem() is None and self.count():
            self.setCurrentRow(0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The bar of the present row goes with the focus."""
        super().focusOutEvent(event)
        self.viewport().update()
