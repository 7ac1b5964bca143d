"""Around a list: what stands in its place when it is empty, what opens beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from antenne.ui.kit.cards import EmptyState


class ListOrWords(QStackedWidget):
    """A list; where it has no line, a picture and two sentences in its place."""

    def __init__(self, listed: QWidget, icon: str) -> None:
        """Show the list; ``icon`` of the picture."""
        super().__init__()
        self._icon = icon
        self.addWidget(listed)

    def show_total(self, total: int, words: tuple[str, str]) -> None:
        """Show the list, or these words when it has no line."""
        while self.count() > 1:
            old = self.widget(1)
            assert old is not None
            self.removeWidget(old)
            old.deleteLater()
        if total == 0:
            self.addWidget(EmptyState(self._icon, *words))
        self.setCurrentIndex(self.count() - 1)


def side_area(width: int) -> QScrollArea:
    """The hidden place beside a list for what is opened from it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFixedWidth(width)
    area.hide()
    return area
