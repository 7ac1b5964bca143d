"""A USB scanner types its code and Enter, faster than any hand: it is heard from every screen and lands in no field.

Keys are held back while they come faster than a hand (35 ms) and handed on, in order, as soon as they do not, so typing
is delayed by at most that much. Only a burst that ends with Enter **and** reads as one of our codes is a scan.
"""

from __future__ import annotations

from typing import Final

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from antenne.domain.scans import LONGEST, Scan, read

BURST_MS: Final = 35

_SILENT = {Qt.Key.Key_Shift, Qt.Key.Key_AltGr, Qt.Key.Key_CapsLock}
_PLAIN = (
    Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier
)


class Scanner(QObject):
    """Watches the keys of the application; install it once, on the ``QApplication``."""

    scanned = Signal(object)
    """A :class:`antenne.domain.scans.Scan`."""

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        """Begin to listen, for as long as ``parent`` lives, or until :meth:`end`."""
        super().__init__(parent or app)
        self._app = app
        self._held: list[tuple[QWidget, QKeyEvent]] = []
        self._replaying = False
        self._timer = QTimer(self, singleShot=True, interval=BURST_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.hand_on)
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold back, recognise, or let through."""
        if self._replaying or not isinstance(watched, QWidget):
            return False
        kind = event.type()
        if kind is QEvent.Type.FocusOut or kind is QEvent.Type.MouseButtonPress:
            self.hand_on()
            return False
        if not isinstance(event, QKeyEvent):
            return False
        if kind is QEvent.Type.KeyPress:
            return self._pressed(watched, event)
        if kind is QEvent.Type.KeyRelease and self._held:
            self._held.append((watched, _copy(event)))  # a release never overtakes its press
            return True
        return False

    def end(self) -> None:
        """Listen no more; what was held back is handed on."""
        self._app.removeEventFilter(self)
        self.hand_on()

    def hand_on(self) -> None:
        """It was typing: give the keys to the field they were meant for."""
        self._timer.stop()
        held, self._held = self._held, []
        self._replaying = True
        try:
            for widget, event in held:
                if shiboken6.isValid(widget):
                    QCoreApplication.sendEvent(widget, event)
        finally:
            self._replaying = False

    def _pressed(self, widget: QWidget, event: QKeyEvent) -> bool:
        """True when the key is held back or was the end of a scan."""
        key = Qt.Key(event.key())
        if key in _SILENT:
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._held:
            scan = read("".join(held.text() for _, held in self._held if held.type() is QEvent.Type.KeyPress))
            if scan is not None:
                self._held.clear()
                self._timer.stop()
                self.scanned.emit(scan)
                return True
        begins_with_space = key == Qt.Key.Key_Space and not self._held  # presses a button; begins no code
        if event.isAutoRepeat() or begins_with_space or not self._typed(event) or len(self._held) >= 2 * LONGEST:
            self.hand_on()
            return False
        self._held.append((widget, _copy(event)))
        self._timer.start()
        return True

    @staticmethod
    def _typed(event: QKeyEvent) -> bool:
        """Whether this key writes one visible character."""
        plain = not event.modifiers() & ~_PLAIN
        return plain and len(event.text()) == 1 and event.text().isprintable()


def _copy(event: QKeyEvent) -> QKeyEvent:
    """The event outlives the call it came with."""
    return QKeyEvent(event.type(), event.key(), event.modifiers(), event.text(), event.isAutoRepeat(), event.count())


__all__ = ["BURST_MS", "Scan", "Scanner"]
