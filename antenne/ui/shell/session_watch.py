"""Windows tells when its session is locked or the computer goes to sleep; the program then locks itself."""

from __future__ import annotations

import sys
from typing import Any, Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

SESSION_CHANGE: Final = 0x02B1
POWER_BROADCAST: Final = 0x0218
_LEAVING_SESSION: Final = frozenset({0x2, 0x4, 0x6, 0x7})
"""Console disconnected, remote disconnected, log off, lock."""
_SUSPEND: Final = 0x4
_THIS_SESSION: Final = 0


def means_leaving(message: int, parameter: int) -> bool:
    """Whether a window message says that nobody sits there any more."""
    if message == SESSION_CHANGE:
        return parameter in _LEAVING_SESSION
    return message == POWER_BROADCAST and parameter == _SUSPEND


def _bytes(kind: QByteArray | bytes | bytearray | memoryview) -> bytes:
    return bytes(kind.data()) if isinstance(kind, QByteArray) else bytes(kind)


class _Filter(QAbstractNativeEventFilter):
    """Sees every message of every window of this process."""

    def __init__(self, told: Any) -> None:
        super().__init__()
        self._told = told

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> Any:
        """Read the message; never swallow it."""
        if sys.platform == "win32" and _bytes(kind) == b"windows_generic_MSG":
            from ctypes import wintypes

            read = wintypes.MSG.from_address(int(message))
            if means_leaving(read.message, read.wParam):
                self._told()
        return False, 0


class SessionWatch(QObject):
    """Tells ``left`` when the session is locked, left or suspended. On other systems it never does."""

    left = Signal()

    def __init__(self, window: QWidget) -> None:
        """Watch for the time that ``window`` lives; it must have been shown."""
        super().__init__(window)
        self._filter: _Filter | None = None
        if sys.platform == "win32":
            import ctypes

            ctypes.WinDLL("wtsapi32").WTSRegisterSessionNotification(int(window.winId()), _THIS_SESSION)
            self._filter = _Filter(self.left.emit)
            application = QCoreApplication.instance()
            if application is not None:
                application.installNativeEventFilter(self._filter)

    def end(self) -> None:
        """Stop watching."""
        application = QCoreApplication.instance()
        if self._filter is not None and application is not None:
            application.removeNativeEventFilter(self._filter)
            self._filter = None
