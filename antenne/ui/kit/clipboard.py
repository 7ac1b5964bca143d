"""Copied text is forgotten after a minute, and at lock (storage: Clock and residue)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtGui import QGuiApplication

KEPT_SECONDS = 60


class _Copied(QObject):
    """One copied text; lives with the application, so that it is cleared after its window has closed."""

    def __init__(self, text: str, seconds: float, parent: QObject) -> None:
        super().__init__(parent)
        self._text = text
        timer = QTimer(self, singleShot=True, interval=round(seconds * 1000))
        timer.timeout.connect(self.forget)
        timer.start()

    def forget(self) -> None:
        """Clear the clipboard if it still holds this text."""
        clipboard = QGuiApplication.clipboard()
        if clipboard.text() == self._text:
            clipboard.clear()
        self.deleteLater()


def copy_text(text: str, seconds: float = KEPT_SECONDS) -> None:
    """Put ``text`` on the clipboard for ``seconds``."""
    app = QCoreApplication.instance()
    assert app is not None
    QGuiApplication.clipboard().setText(text)
    _Copied(text, seconds, app)


def forget_copied() -> None:
    """Clear at once what :func:`copy_text` put there; called at lock."""
    app = QCoreApplication.instance()
    if app is not None:
        for copied in app.findChildren(_Copied):
            copied.forget()
