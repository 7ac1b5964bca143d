"""Python's collector, on the GUI thread only.

A widget that dies in a lane's thread leaves its timers to the GUI thread, which then calls what is gone: the process
falls. So the collector never runs by itself; it is asked for here, from time to time.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_EVERY: Final = 1000
"""Milliseconds between two looks."""


class Collector(QObject):
    """Collects where widgets may die; from its making on, no other thread does."""

    def __init__(self, parent: QObject) -> None:
        """Take the collecting over."""
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the generations that Python itself would collect by now, the oldest of them with the younger."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return
