"""A window around the panel that brings a backup back, when no office is open."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antenne.ui.kit import tokens as t
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import Page, label

_WIDTH = 760
_SHARE = 20
"""Of the width, while the window is narrow; each side takes one."""


class RestoreWindow(QWidget):
    """``finished``: the office is there; ``cancelled``: back to where she came from."""

    finished = Signal()
    cancelled = Signal()

    def __init__(self, panel: QWidget) -> None:
        """Hold ``panel``, whose signals ``finished`` and ``cancelled`` are passed on."""
        super().__init__()
        self.setWindowTitle("Antenne")
        self.resize(1366, 768)
        self._panel = panel
        self.band = Band()
        self.band.acted.connect(self.finished)
        held = QWidget()
        held.setMaximumWidth(_WIDTH)
        inside = QVBoxLayout(held)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(3 * t.SPACE + 2)
        for widget in (label("Restaurer une sauvegarde", "title"), self.band, panel):
            inside.addWidget(widget)
        middle = QHBoxLayout()  # stretches, not an alignment: an aligned widget is not asked how tall its words are
        middle.addStretch(1)
        middle.addWidget(held, _SHARE)
        middle.addStretch(1)
        page = Page()
        page.body.addLayout(middle)
        page.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)
        panel.finished.connect(self._finish)  # type: ignore[attr-defined]  # the panel is handed in as a widget
        panel.cancelled.connect(self.cancelled)  # type: ignore[attr-defined]  # as above

    def _finish(self, report: object) -> None:
        """Go on at once; where former files were set aside, say first where they are."""
        aside = getattr(report, "aside", None)
        if aside is None:
            self.finished.emit()
            return
        self._panel.hide()
        said = f"Sauvegarde restaurée. Les fichiers qui étaient ici sont mis de côté dans\u00a0: {aside}"
        self.band.say(said, "warning", "Ouvrir Antenne")
        self.band.dismissed.connect(self.finished)
        self.band.focus_action()
