"""The band on top: a problem, a notice; it stays until it is read."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from antenne.domain.board import Tone
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import button, label
from antenne.ui.kit.icons import icon, pixmap
from antenne.ui.kit.theme import restyle

NOTICE_SECONDS = 8
"""A good notice leaves by itself; a problem stays."""

_ICONS = {"good": "check", "warning": "warning", "danger": "warning", "info": "info", "neutral": "info"}


class Band(QFrame):
    """One sentence across the page, with an optional button and a cross to dismiss it."""

    acted = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin hidden."""
        super().__init__(parent)
        self.setProperty("role", "band")
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * t.SPACE, 2 * t.SPACE, 2 * t.SPACE, 2 * t.SPACE)
        row.setSpacing(3 * t.SPACE)
        self._icon = QLabel()
        self._text = label("", "strong", wrap=True)
        self._action = button("", "plain", self.acted.emit)
        self._action.setAccessibleName("Action")
        self._close = QToolButton()
        self._close.setIcon(icon("close"))
        self._close.setIconSize(QSize(t.ICON_SIZE, t.ICON_SIZE))
        self._close.setAccessibleName("Fermer ce message")
        self._close.setToolTip("Fermer ce message")
        self._close.clicked.connect(self.dismiss)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self._timer = QTimer(self, singleShot=True, interval=NOTICE_SECONDS * 1000)
        self._timer.timeout.connect(self.dismiss)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown, empty when hidden."""
        return "" if self.isHidden() else self._text.text()

    def say(self, sentence: str, tone: Tone = "info", action: str = "") -> None:
        """Show a sentence; ``action`` names a button that emits ``acted``."""
        restyle(self, tone=tone)
        self._icon.setPixmap(pixmap(_ICONS[tone], t.TONES[tone][0], t.ICON_SIZE))
        self._text.setText(sentence)
        self._action.setText(action)
        self._action.setAccessibleName(action or "Action")
        self._action.setVisible(bool(action))
        self.setAccessibleName(sentence)
        self.show()
        if tone == "good":
            self._timer.start()
        else:
            self._timer.stop()

    def focus_action(self) -> None:
        """Stand on the button."""
        self._action.setFocus()

    def dismiss(self) -> None:
        """Hide the band."""
        self._timer.stop()
        self.hide()
        self.dismissed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap inside the band dismisses it."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)
