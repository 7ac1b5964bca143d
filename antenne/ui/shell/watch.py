"""Watches the whole application: the hiding keys, heard even over a dialog, and the time nobody touched anything."""

from __future__ import annotations

import datetime as dt
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from antenne.base.clock import Clock

_LOOK_EVERY: Final = 5_000
"""Milliseconds between two looks at the clock."""

_SIGNS: Final = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class Watch(QObject):
    """Installed once on the application, by the window."""

    hide_pressed = Signal()
    idle = Signal()

    def __init__(self, app: QApplication, clock: Clock, minutes: int) -> None:
        """Begin to watch.

        Args:
            app: The application.
            clock: Its running hand measures; its calendar hand shows that the computer slept.
            minutes: After which ``idle`` is told; 0 never.
        """
        super().__init__(app)
        self._clock = clock
        self._limit = minutes * 60.0
        self._touch()
        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        if minutes:
            self._timer.start()
        app.installEventFilter(self)

    def end(self) -> None:
        """Stop watching: the window is covered or closed."""
        self._timer.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def look(self) -> None:
        """Tell ``idle`` when nobody has touched anything for long enough."""
        slept = (self._clock.now() - self._touched_at) / dt.timedelta(seconds=1)
        if self._limit and max(self._clock.monotonic() - self._touched, slept) >= self._limit:
            self._touch()
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note every touch; swallow the hiding keys."""
        kind = event.type()
        if kind in _SIGNS:
            self._touch()
        if kind is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _hides(event):
            event.accept()  # the key comes again as a press, which no field and no shortcut may take
            return True
        if kind is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and _hides(event):
            self.hide_pressed.emit()
            return True
        return super().eventFilter(watched, event)

    def _touch(self) -> None:
        self._touched = self._clock.monotonic()
        self._touched_at = self._clock.now()


def _hides(event: QKeyEvent) -> bool:
    """F12, or Ctrl+Espace (many laptops need Fn for F12)."""
    if event.key() == Qt.Key.Key_F12:
        return True
    return event.key() == Qt.Key.Key_Space and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
