"""« DÉMONSTRATION » across the window of the demonstration office (storage: Clock and residue)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from antenne.ui.kit import tokens as t
from antenne.ui.kit.theme import font

_WORD = "DÉMONSTRATION"
_OPACITY = 0.05
_STEP_X = 620
_STEP_Y = 300


class Watermark(QWidget):
    """A faint word over everything, that lets every click and key through."""

    def __init__(self, parent: QWidget) -> None:
        """Cover ``parent`` and follow its size."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        parent.installEventFilter(self)
        self.setGeometry(parent.rect())
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size."""
        if event.type() is QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
            self.raise_()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole word is painted
        """Paint the word, slanted, again and again."""
        painter = QPainter(self)
        painter.setOpacity(_OPACITY)
        painter.setPen(QColor(t.INK))
        painter.setFont(font(44, bold=True))
        painter.rotate(-20)
        for row in range(-1, self.height() // _STEP_Y + 4):
            for column in range(-1, self.width() // _STEP_X + 2):
                where = QRectF(column * _STEP_X + (row % 2) * 200, row * _STEP_Y, _STEP_X, 80)
                painter.drawText(where, Qt.AlignmentFlag.AlignLeft, _WORD)
        painter.end()
