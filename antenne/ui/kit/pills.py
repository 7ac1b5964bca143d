"""A word on a tint: colour never speaks alone."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from antenne.domain.board import Tone
from antenne.ui.kit import tokens as t
from antenne.ui.kit.theme import font, restyle

PILL_HEIGHT = 22
_SIDE = 11


class Pill(QLabel):
    """A rounded label of one tone."""

    def __init__(self, text: str = "", tone: Tone = "neutral", parent: QWidget | None = None) -> None:
        """Show ``text``; an empty one hides the pill."""
        super().__init__(parent)
        self.setProperty("role", "pill")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setIndent(0)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_word(text, tone)

    def show_word(self, text: str, tone: Tone) -> None:
        """Change word and tone together."""
        self.setText(text)
        self.setAccessibleName(text)
        restyle(self, tone=tone)
        self.setVisible(bool(text))


def pill_font() -> QFont:
    """The font of painted pills."""
    return font(t.SMALL_POINT, bold=True)


@lru_cache(maxsize=200)
def pill_width(text: str) -> int:
    """Pixels that a painted pill of this word takes; a list says the same few words in every row."""
    return QFontMetrics(pill_font()).horizontalAdvance(text) + 2 * _SIDE if text else 0


def paint_pill(painter: QPainter, area: QRect, text: str, tone: str, *, right: bool = False) -> None:
    """Paint a pill inside ``area``, centred vertically, at its left or right end; for delegates."""
    if not text:
        return
    ink, tint = t.TONES[tone]
    width = min(pill_width(text), area.width())
    left = area.right() - width + 1 if right else area.left()
    shape = QRectF(left, area.center().y() - PILL_HEIGHT / 2 + 1, width, PILL_HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tint))
    painter.drawRoundedRect(shape, PILL_HEIGHT / 2, PILL_HEIGHT / 2)
    painter.setPen(QColor(ink))
    painter.setFont(pill_font())
    painter.drawText(shape, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
