"""Her photo, or a silhouette; decoded once, drawn with round corners."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from antenne.ui.kit import tokens as t
from antenne.ui.kit.icons import pixmap


class PhotoFrame(QWidget):
    """A picture of 4 by 5."""

    def __init__(self, width: int = 84, parent: QWidget | None = None) -> None:
        """Begin without a photo."""
        super().__init__(parent)
        self._image = QImage()
        self.setFixedSize(QSize(width, width * 5 // 4))
        self.show_photo(None)

    def show_photo(self, jpeg: bytes | None) -> None:
        """Show a photo, or the silhouette."""
        self._image = QImage() if jpeg is None else QImage.fromData(jpeg)
        self.setAccessibleName("Sans photo" if self._image.isNull() else "Photo")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw inside a rounded frame."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()), t.RADIUS, t.RADIUS)
        painter.setClipPath(path)
        painter.fillRect(self.rect(), QColor(t.NEUTRAL_TINT))
        if self._image.isNull():
            picture = pixmap("person", t.MUTED, self.width() // 2)
            side = self.width() // 2
            painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, side, side, picture)
        else:
            ratio = self.devicePixelRatioF()
            wanted = self.size() * ratio
            shown = self._image.scaled(
                wanted, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
            )
            painter.drawImage(self.rect(), shown)
        painter.end()
