"""The keys of the program, in one table; every one is typed without Shift on a French keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

HELP: Final = "F1"
SEARCH: Final = "Ctrl+K"
NEW: Final = "Ctrl+N"
SAVE: Final = "Ctrl+S"
PRINT: Final = "Ctrl+P"
BALANCES: Final = "Ctrl+B"
BACK: Final = "Esc"
HIDE: Final = ("F12", "Ctrl+Space")
LOCK: Final = "Ctrl+L"
REFRESH: Final = "Ctrl+R"
HOME: Final = "F2"
"""F2 to F11 are the areas: F5 is one of them, so reading again is Ctrl+R."""

ALL: Final = (HELP, SEARCH, NEW, SAVE, PRINT, BALANCES, BACK, *HIDE, LOCK, REFRESH, *(f"F{n}" for n in range(2, 12)))


def bind(widget: QWidget, keys: str, slot: Callable[[], object]) -> QShortcut:
    """Have ``keys`` call ``slot`` anywhere in the window of ``widget``."""
    shortcut = QShortcut(QKeySequence(keys), widget)
    shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
    shortcut.setAutoRepeat(False)
    shortcut.activated.connect(slot)
    return shortcut
