"""A window around the panel that brings a backup back, when no office is open."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antenne.ui.kit.cards import Page, label


class RestoreWindow(QWidget):
    """``finished``: the office is there; ``cancelled``: back to where she came from."""

    finished = Signal()
    cancelled = Signal()

    def __init__(self, panel: QWidget) -> None:
        """Hold ``panel``, whose signals ``finished`` and ``cancelled`` are passed on."""
        super().__init__()
        self.setWindowTitle("Antenne")
        self.resize(1366, 768)
        page = Page()
        page.body.addWidget(label("Restaurer une sauvegarde", "title"))
        panel.setMaximumWidth(760)
        page.body.addWidget(panel, 0, Qt.AlignmentFlag.AlignHCenter)
        page.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)
        panel.finished.connect(self._finish)  # type: ignore[attr-defined]  # the panel is handed in as a widget
        panel.cancelled.connect(self.cancelled)  # type: ignore[attr-defined]  # as above

    def _finish(self, _report: object) -> None:
        self.finished.emit()
