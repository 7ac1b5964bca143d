"""The scanned pages of a piece, one at a time; read on the short lane, shown in memory only."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from antenne.services import civil_scans
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import button, label
from antenne.ui.kit.dialogs import WINDOW_TITLE
from antenne.ui.kit.operations import SHORT


class ScanViewer(QDialog):
    """Page précédente and suivante turn pages; + and − change the size; Échap closes."""

    def __init__(self, context: Context, title: str, scan_ids: tuple[int, ...], parent: QWidget) -> None:
        """Show the first page."""
        super().__init__(parent)
        self._context = context
        self._ids = scan_ids
        self._at = 0
        self._picture = QImage()
        self._whole = True
        self.setWindowTitle(WINDOW_TITLE)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.paper = QLabel()
        self.paper.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._area = QScrollArea()
        self._area.setWidget(self.paper)
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName("Page numérisée")
        self.count = label("", "muted")
        head = QHBoxLayout()
        head.addWidget(label(title, "title"))
        head.addStretch(1)
        head.addWidget(self.count)
        foot = QHBoxLayout()
        self._before = button("Page précédente", "plain", partial(self.go, -1))
        self._after = button("Page suivante", "plain", partial(self.go, 1))
        foot.addWidget(self._before)
        foot.addWidget(self._after)
        foot.addStretch(1)
        foot.addWidget(button("Page entière ou grandeur réelle", "plain", self.zoom))
        foot.addWidget(button("Fermer", "primary", self.close))
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * t.SPACE, 3 * t.SPACE, 4 * t.SPACE, 3 * t.SPACE)
        column.addLayout(head)
        column.addWidget(self._area, 1)
        column.addLayout(foot)
        self.resize(min(parent.window().width() - 60, 900), min(parent.window().height() - 40, 740))
        for pressed, by in ((Qt.Key.Key_PageDown, 1), (Qt.Key.Key_PageUp, -1)):
            QShortcut(pressed, self).activated.connect(partial(self.go, by))  # before the area scrolls by it
        self._read()

    def go(self, by: int) -> None:
        """Turn pages."""
        at = min(max(self._at + by, 0), len(self._ids) - 1)
        if at != self._at:
            self._at = at
            self._read()

    def zoom(self) -> None:
        """The whole page, or its pixels."""
        self._whole = not self._whole
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """+ and − change the size."""
        if Qt.Key(event.key()) in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self.zoom()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The whole page follows the window."""
        super().resizeEvent(event)
        self._draw()

    def _read(self) -> None:
        many = len(self._ids) > 1
        self.count.setText(f"Page {self._at + 1} / {len(self._ids)}")
        for piece in (self._before, self._after):
            piece.setVisible(many)
        self._context.operations.run(
            SHORT,
            civil_scans.load_scan,
            self._context.desk,
            self._ids[self._at],
            owner=self,
            done=self._show,
            latest=True,
        )

    def _show(self, jpeg: bytes | None) -> None:
        self._picture = QImage.fromData(jpeg or b"")
        self._draw()

    def _draw(self) -> None:
        if self._picture.isNull():
            return
        made = QPixmap.fromImage(self._picture)
        if self._whole:
            room = self._area.viewport().size()
            made = made.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        self.paper.setPixmap(made)
