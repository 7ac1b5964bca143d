"""The board: one column for each step, a card for each of its first files; the arrows walk through all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from antenne.domain.civil_overview import OPEN_STEPS, Board, BoardColumn, BoardRow
from antenne.domain.civil_routes import Step
from antenne.ui.civil.board_words import state
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import button, label
from antenne.ui.kit.models import ROW_ROLE, Column, RowsModel
from antenne.ui.kit.theme import font
from antenne.wording import civil as words
from antenne.wording import formats

_NARROWEST = 148
_CARD = 78
_EDGE = 4


class CardDelegate(QStyledItemDelegate):
    """Paints one card: name on the act, number and démarche, and the first thing to know, in its tone."""

    def __init__(self, today: Callable[[], dt.date], parent: QListView) -> None:
        """Take the clock."""
        super().__init__(parent)
        self._view = parent
        self._today = today

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002 - Qt's signature
        """Three lines and their margins."""
        return QSize(_NARROWEST - 2 * t.SPACE, _CARD)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the card."""
        row: BoardRow = index.data(ROW_ROLE)
        said, tone = state(row, self._today())
        area: QRect = option.rect.adjusted(1, 1, -2, -5)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected) and self._view.hasFocus()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(t.PRIMARY if chosen else t.LINE))
        painter.setBrush(QColor(t.PRIMARY_TINT if chosen else t.PAPER))
        painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), t.RADIUS, t.RADIUS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.LINE if tone == "neutral" else t.TONES[tone][0]))
        painter.drawRoundedRect(area.left(), area.top() + 8, _EDGE, area.height() - 16, 2, 2)
        inside = area.adjusted(_EDGE + 7, 5, -6, -5)
        high = inside.height() // 3
        self._line(painter, inside, 0, row.name, font(t.FONT_POINT, bold=True), t.INK)
        self._line(painter, inside, high, f"{self._short(row)} · {row.route}", font(t.HINT_POINT), t.MUTED)
        ink = t.MUTED if tone == "neutral" else t.INK if chosen else t.TONES[tone][0]
        self._line(painter, inside, 2 * high, said, font(t.SMALL_POINT, bold=tone != "neutral"), ink)
        painter.restore()

    def _short(self, row: BoardRow) -> str:
        """« 0149 », with its year where it is not this one."""
        year, _, number = row.number.removeprefix("N-").partition("-")
        return number if year == str(self._today().year) else f"{year}-{number}"

    @staticmethod
    def _line(painter: QPainter, inside: QRect, down: int, text: str, face: QFont, ink: str) -> None:
        where = QRect(inside.left(), inside.top() + down, inside.width(), inside.height() // 3)
        painter.setFont(face)
        painter.setPen(QColor(ink))
        shown = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, where.width())
        painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class CardList(QListView):
    """The cards of one step."""

    opened = Signal(int)
    """Entrée, a double click: the id of the file."""
    left = Signal(int)
    """The left or right arrow: -1 or 1."""

    def __init__(self, today: Callable[[], dt.date], name: str) -> None:
        """Begin empty."""
        super().__init__()
        self.setAccessibleName(name)

        def spoken(row: BoardRow) -> str:
            return f"{row.name}, {row.number}, {row.route}, {state(row, today())[0]}"

        self.cards = RowsModel((Column(key="card", title="", text=spoken, width=0),), parent=self)
        self.setModel(self.cards)
        self.setItemDelegate(CardDelegate(today, self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QListView { background: transparent; border: none; }")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(self._open)

    def show_rows(self, rows: tuple[BoardRow, ...]) -> None:
        """Replace the cards; the current one stays where it is still there."""
        kept = self.currentIndex().row()
        self.cards.show_rows(rows)
        if 0 <= kept < len(rows):
            self.setCurrentIndex(self.cards.index(kept, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Entrée opens, the arrows at the sides go to the next column."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.left.emit(-1 if event.key() == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first card becomes current."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.cards.rowCount():
            self.setCurrentIndex(self.cards.index(0, 0))

    def _open(self, index: QModelIndex) -> None:
        row: Any = index.data(ROW_ROLE)
        if row is not None:
            self.opened.emit(row.file_id)


class _StepColumn(QWidget):
    """One step: its name, how many files, its cards, the way to the others."""

    def __init__(self, step: Step, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self.step = step
        name = words.STEPS_OF_FILES[step]
        self.setMinimumWidth(_NARROWEST)
        self.head = label(name, "heading")
        self.count = label("", "muted")
        self.cards = CardList(today, name)
        self.more = button("", "link")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(t.SPACE)
        top = QHBoxLayout()
        top.addWidget(self.head)
        top.addStretch(1)
        top.addWidget(self.count)
        bar = QFrame()
        bar.setFixedHeight(5)
        bar.setStyleSheet(f"background: {t.PRIMARY if step is not Step.HEARING else t.ACCENT}; border-radius: 2px;")
        column.addWidget(bar)
        column.addLayout(top)
        column.addWidget(self.cards, 1)
        column.addWidget(self.more)

    def show_column(self, shown: BoardColumn) -> None:
        self.count.setText(formats.number(shown.count))
        self.cards.show_rows(shown.rows)
        hidden = shown.count - len(shown.rows)
        self.more.setVisible(hidden > 0)
        self.more.setText(f"… et {formats.plural(hidden, 'autre', 'autres')}")
        self.more.setAccessibleName(f"{self.head.text()}\u00a0: voir les {formats.number(shown.count)} dossiers")


class BoardColumns(QScrollArea):
    """Every column, side by side."""

    opened = Signal(int)
    more = Signal(object)
    """« … et 12 autres » of a step."""

    def __init__(self, today: Callable[[], dt.date]) -> None:
        """Make the columns, empty."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * t.SPACE)
        self.columns = [_StepColumn(step, today) for step in OPEN_STEPS]
        for place, column in enumerate(self.columns):
            row.addWidget(column, 1)
            column.cards.opened.connect(self.opened)
            column.cards.left.connect(lambda by, place=place: self._go(place, by))
            column.more.clicked.connect(lambda _on=False, step=column.step: self.more.emit(step))
        self.setWidget(inside)

    def show_board(self, shown: Board) -> None:
        """Show counts and cards."""
        by_step = {column.step: column for column in shown.columns}
        for column in self.columns:
            column.show_column(by_step.get(column.step, BoardColumn(column.step, 0, ())))

    def focus_first(self) -> None:
        """Stand in the first column that has a card."""
        for column in self.columns:
            if column.cards.cards.rowCount():
                column.cards.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _go(self, place: int, by: int) -> None:
        """The next column with a card, on that side."""
        at = place + by
        while 0 <= at < len(self.columns):
            if self.columns[at].cards.cards.rowCount():
                self.columns[at].cards.setFocus(Qt.FocusReason.OtherFocusReason)
                self.ensureWidgetVisible(self.columns[at])
                return
            at += by
