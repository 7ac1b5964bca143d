"""The day is asked when the computer's clock may be wrong; typed, so that nobody just presses Entrée."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from antenne.services import clock_guard
from antenne.services.clock_guard import ClockDoubt
from antenne.services.desk import Desk
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.operations import SHORT, Operations
from antenne.wording import clock as words
from antenne.wording import violations as sentences


class ClockPage(QWidget):
    """One question, one field; ``confirmed`` goes on."""

    confirmed = Signal()

    def __init__(self, desk: Desk, operations: Operations, doubt: ClockDoubt, left: Callable[[], object]) -> None:
        """Ask; ``left`` is called when the window is closed without an answer."""
        super().__init__()
        self._desk = desk
        self._operations = operations
        self._left = left
        self._answered = False
        self.setWindowTitle("Antenne")
        self.resize(1366, 768)
        card = Card("Quel jour sommes-nous\u202f?", role="focus")
        card.pill.hide()
        card.setFixedWidth(560)
        card.body.addWidget(label(words.question(doubt.now, doubt.last, back=doubt.back), "", wrap=True))
        asked = label("Date d’aujourd’hui *", "label")
        self.day = QLineEdit()
        self.day.setPlaceholderText("jj/mm/aaaa")
        self.day.setAccessibleName("Date d’aujourd’hui")
        asked.setBuddy(self.day)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        go_on = button("Continuer", "primary", self.confirm)
        self.day.returnPressed.connect(self.confirm)
        for widget in (asked, self.day, self.error, go_on):
            card.body.addWidget(widget)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        column.setSpacing(t.SPACE)
        self.day.setFocus()

    def confirm(self) -> None:
        """Compare with the computer's day."""
        self._operations.run(
            SHORT,
            clock_guard.confirm_day,
            self._desk,
            self.day.text(),
            owner=self,
            done=self._done,
            broken=self._refused,
        )

    def _done(self, _done: object) -> None:
        self._answered = True
        self.confirmed.emit()

    def _refused(self, broken: object) -> None:
        assert isinstance(broken, tuple)
        self.error.setText(" ".join(sentences.sentence(one) for one in broken))
        self.error.show()
        self.day.setFocus()
        self.day.selectAll()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closed without an answer: the office is closed again."""
        super().closeEvent(event)
        if not self._answered:
            self._left()
