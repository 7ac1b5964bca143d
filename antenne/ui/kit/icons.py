"""Icons: SVG files of one colour, painted in another when asked."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from antenne.base.paths import resource
from antenne.ui.kit import tokens as t


def icon(name: str, colour: str = t.INK, size: int = t.ICON_SIZE) -> QIcon:
    """An icon of ``resources/icons`` in one colour; sharp at 100 to 200 %."""
    made = QIcon()
    for ratio in (1.0, 1.25, 1.5, 2.0):
        made.addPixmap(pixmap(name, colour, size, ratio))
    return made


def pixmap(name: str, colour: str = t.INK, size: int = t.ICON_SIZE, ratio: float | None = None) -> QPixmap:
    """The same as a picture of ``size`` logical pixels.

    Raises:
        FileNotFoundError: No such icon.
    """
    scale = ratio if ratio is not None else _screen_ratio()
    source = resource(f"icons/{name}.svg").read_text(encoding="utf-8").replace(t.INK, colour)
    picture = QPixmap(round(size * scale), round(size * scale))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, size * scale, size * scale))
    painter.end()
    picture.setDevicePixelRatio(scale)
    return picture


def _screen_ratio() -> float:
    screen = QApplication.primaryScreen()
    return screen.devicePixelRatio() if screen is not None else 1.0
