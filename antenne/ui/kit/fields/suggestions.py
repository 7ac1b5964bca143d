"""The list that opens under a field while she types, the matched letters bold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from antenne.ui.kit import tokens as t

_SHOWN = 8
_ROW = 32
_INSET = 10
_NARROWEST = 240
_ROLE = int(Qt.ItemDataRole.UserRole)
_TAKING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line: what it stands for, its words, the bold parts, a muted note at the right."""

    key: object
    label: str
    bold: tuple[tuple[int, int], ...] = ()
    note: str = ""


class _Lines(QStyledItemDelegate):
    """Paints one suggestion."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One even height, as wide as its words."""
        said: Suggestion = index.data(_ROLE)
        plain, bold = _fonts(option.font)
        words = QFontMetrics(bold).horizontalAdvance(said.label) + 2 * _INSET
        note = QFontMetrics(plain).horizontalAdvance(said.note) + 2 * _INSET if said.note else 0
        return QSize(words + note, _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The label with its matched letters bold, the note muted at the right."""
        said: Suggestion = index.data(_ROLE)
        area = QRect(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(area, QColor(t.PRIMARY_TINT if chosen else t.PAPER))
        plain, bold = _fonts(option.font)
        x = area.left() + _INSET
        painter.setPen(QColor(t.INK))
        for text, strong in _parts(said):
            painter.setFont(bold if strong else plain)
            painter.drawText(QRect(x, area.top(), area.right() - x, area.height()), Qt.AlignmentFlag.AlignVCenter, text)
            x += painter.fontMetrics().horizontalAdvance(text)
        if said.note:
            painter.setFont(plain)
            painter.setPen(QColor(t.MUTED))
            room = QRect(x + _INSET, area.top(), area.right() - x - 2 * _INSET, area.height())
            note = painter.fontMetrics().elidedText(said.note, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, note)
        painter.restore()


def _fonts(base: QFont) -> tuple[QFont, QFont]:
    bold = QFont(base)
    bold.setBold(True)
    return QFont(base), bold


def _parts(said: Suggestion) -> list[tuple[str, bool]]:
    """The label cut where bold begins and ends."""
    parts, at = [], 0
    for start, end in said.bold:
        parts += [(said.label[at:start], False), (said.label[start:end], True)]
        at = end
    return [*parts, (said.label[at:], False)]


class Suggestions(QObject):
    """Hangs a list under a line edit; arrows choose, Entrée takes, Échap closes only the list."""

    taken = Signal(object)

    def __init__(self, edit: QLineEdit, ask: Callable[[str], None], *, choose_first: bool = True) -> None:
        """Watch ``edit``.

        Args:
            edit: The line.
            ask: Is told each typed text; answers through :meth:`offer`, now or later.
            choose_first: The first line is chosen beforehand; not where any text may stand.
        """
        super().__init__(edit)
        self._edit = edit
        self._ask = ask
        self._choose_first = choose_first
        self._list: QListWidget | None = None
        edit.installEventFilter(self)
        edit.textEdited.connect(self._typed)

    def offer(self, lines: tuple[Suggestion, ...]) -> None:
        """Show these lines, or close when there are none or the focus has gone."""
        if not lines or not self._edit.hasFocus():
            self.close()
            return
        shown = self._opened()
        shown.clear()
        for line in lines:
            item = QListWidgetItem(line.label)
            item.setData(_ROLE, line)
            shown.addItem(item)
        shown.setCurrentRow(0 if self._choose_first else -1)
        self._place(shown, len(lines))

    def close(self) -> None:
        """Take the list away."""
        if self._list is not None:
            self._list.hide()

    def is_open(self) -> bool:
        """Whether the list is on the screen."""
        return self._list is not None and self._list.isVisible()

    def labels(self) -> tuple[str, ...]:
        """The lines shown, none when closed."""
        if self._list is None or not self.is_open():
            return ()
        return tuple(self._list.item(row).text() for row in range(self._list.count()))

    def _typed(self, text: str) -> None:
        self._ask(text)

    def _opened(self) -> QListWidget:
        window: QWidget = self._edit.window()
        if self._list is None or self._list.parentWidget() is not window:
            made = QListWidget(window)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setItemDelegate(_Lines(made))
            made.setStyleSheet(
                f"QListWidget {{ border: 1px solid {t.CONTROL_LINE}; background: {t.PAPER};"
                f" border-radius: {t.RADIUS}px; }}"
            )
            made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            made.itemClicked.connect(self._take)
            made.setAccessibleName("Propositions")
            self._close_on_scroll()
            self._edit.destroyed.connect(made.deleteLater)
            self._list = made
        return self._list

    def _close_on_scroll(self) -> None:
        """A page that scrolls would leave the list behind."""
        above = self._edit.parentWidget()
        while above is not None:
            if isinstance(above, QAbstractScrollArea):
                above.verticalScrollBar().valueChanged.connect(self.close)
            above = above.parentWidget()

    def _place(self, shown: QListWidget, count: int) -> None:
        window = self._edit.window()
        below = self._edit.mapTo(window, QPoint(0, self._edit.height() + 2))
        height = min(count, _SHOWN) * _ROW + 4
        if below.y() + height > window.height():
            below.setY(self._edit.mapTo(window, QPoint(0, 0)).y() - height - 2)
        wide = max(self._edit.width(), _NARROWEST, min(shown.sizeHintForColumn(0) + 24, window.width() // 2))
        left = max(0, min(below.x(), window.width() - wide))
        shown.setGeometry(left, max(below.y(), 0), wide, height)
        shown.raise_()
        shown.show()

    def _take(self, item: QListWidgetItem) -> None:
        said: Suggestion = item.data(_ROLE)
        self.close()
        self.taken.emit(said.key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows, Entrée and Échap belong to the open list; the rest to the field."""
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.close()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self.is_open():
            if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                event.accept()
                return True
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._pressed(event) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _pressed(self, event: QKeyEvent) -> bool:
        """Whether the list took the key."""
        key = event.key()
        if self._list is None or not self.is_open():
            if key == Qt.Key.Key_Down:
                self._ask(self._edit.text())
            return key == Qt.Key.Key_Down
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._step(self._list, 1 if key == Qt.Key.Key_Down else -1)
            return True
        if key == Qt.Key.Key_Escape:
            self.close()
            return True
        if key in _TAKING:
            return self._pressed_take(tab=key == Qt.Key.Key_Tab)
        return False

    @staticmethod
    def _step(shown: QListWidget, step: int) -> None:
        """The next line or the one before, round and round; from none, the first or the last."""
        row = shown.currentRow()
        shown.setCurrentRow((row + step if row >= 0 else min(step, 0)) % shown.count())

    def _pressed_take(self, *, tab: bool) -> bool:
        """Take the chosen line; Tab goes on to the next field."""
        chosen = self._list.currentItem() if self._list is not None else None
        if chosen is None:
            self.close()
            return not tab
        self._take(chosen)
        return not tab
