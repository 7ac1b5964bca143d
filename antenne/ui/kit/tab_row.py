"""A row of tabs that never overflows: what has no room waits behind « Plus », by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QMenu, QSizePolicy, QTabBar, QToolButton, QWidget


class TabRow(QWidget):
    """The tabs, then « Plus » for those that have no room; the tab in sight always has its own.

    Attributes:
        bar: Every tab keeps its index there, with room or without.
        more: The button and its menu.
        chosen: A tab was chosen in the menu, by its index.
    """

    chosen = Signal(int)

    def __init__(self, name: str, labels: Sequence[str]) -> None:
        """Make the tabs.

        Args:
            name: For who does not see them.
            labels: In order.
        """
        super().__init__()
        self.bar = QTabBar(self)
        self.bar.setAccessibleName(name)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(False)
        for label in labels:
            self.bar.addTab(label)
        self.more = QToolButton(self)
        self.more.setText("Plus")
        self.more.setAccessibleName(f"{name}\u00a0: les autres onglets")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(QMenu(self.more))
        self.more.hide()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # narrower than its tabs: they give way
        self._row.addWidget(self.bar)
        self._row.addWidget(self.more)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width: other tabs have room."""
        super().resizeEvent(event)
        self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Fonts and paddings are known now."""
        super().showEvent(event)
        self.fit()

    def fit(self) -> None:
        """Show the first tabs that have room, and the one in sight; to be called after another came in sight."""
        places = range(self.bar.count())
        for place in places:
            self.bar.setTabVisible(place, True)
        shown = fitting([self.bar.tabRect(place).width() for place in places], self.width(), self._room(), self._now())
        for place in places:
            self.bar.setTabVisible(place, place in shown)
        self._offer([place for place in places if place not in shown])

    def _room(self) -> int:
        """What « Plus » takes."""
        return self.more.sizeHint().width() + self._row.spacing()

    def _now(self) -> int:
        return max(self.bar.currentIndex(), 0)

    def _offer(self, waiting: Sequence[int]) -> None:
        menu = self.more.menu()
        menu.clear()
        for place in waiting:
            menu.addAction(self.bar.tabText(place)).triggered.connect(partial(self._choose, place))
        self.more.setVisible(bool(waiting))

    def _choose(self, place: int, _checked: bool = False) -> None:
        self.chosen.emit(place)


def fitting(widths: Sequence[int], available: int, more: int, current: int) -> frozenset[int]:
    """Which tabs have room: all, or the first ones beside « Plus », the current one always.

    Args:
        widths: Of each tab, in pixels.
        available: Pixels in all.
        more: What « Plus » takes, in pixels.
        current: The tab in sight.
    """
    if sum(widths) <= available:
        return frozenset(range(len(widths)))
    left = available - more - widths[current]
    shown = {current}
    for place, width in enumerate(widths):
        if place == current:
            continue
        left -= width
        if left < 0:
            break
        shown.add(place)
    return frozenset(shown)
