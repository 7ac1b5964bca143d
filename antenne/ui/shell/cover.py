"""What covers the screen at once: an ordinary page of a calendar, or a plain locked page. No name, no subject."""

from __future__ import annotations

import calendar
import datetime as dt

from PySide6.QtCore import QDate, QLocale, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from antenne.ui.kit import tokens as t
from antenne.ui.kit.icons import pixmap
from antenne.ui.kit.theme import font

_NOTES_WIDTH = 300
_HEAD = 92
_MARGIN = 40


class CoverPage(QWidget):
    """A month and a column for notes, as any office computer shows one; or a padlock on plain ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the page; nothing is read, nothing is loaded."""
        super().__init__(parent)
        self._today = dt.date(2000, 1, 1)
        self._neutral = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoFillBackground(True)

    def show_neutral(self, today: dt.date) -> None:
        """The calendar: what « Masquer » shows."""
        self._today, self._neutral = today, True
        self.setAccessibleName("Calendrier")
        self.update()

    def show_locked(self) -> None:
        """The padlock: what « Verrouiller » shows while a fresh process takes over."""
        self._neutral = False
        self.setAccessibleName("Verrouillé")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole page is painted
        """Paint the page."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(t.PAPER if self._neutral else t.GROUND))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._neutral:
            self._paint_month(painter)
            self._paint_notes(painter)
        else:
            side = 48
            painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, pixmap("lock", t.MUTED, side))
        painter.end()

    def _month_width(self) -> float:
        return max(self.width() - _NOTES_WIDTH - 3 * _MARGIN, 280) if self._has_notes() else self.width() - 2 * _MARGIN

    def _has_notes(self) -> bool:
        return self.width() >= _NOTES_WIDTH + 3 * _MARGIN + 280

    def _paint_month(self, painter: QPainter) -> None:
        first = QDate(self._today.year, self._today.month, 1)
        name = QLocale().toString(first, "MMMM yyyy")
        painter.setPen(QColor(t.INK))
        painter.setFont(font(t.TITLE_POINT + 2, bold=True))
        painter.drawText(
            QRectF(_MARGIN, 20, self.width(), 44), Qt.AlignmentFlag.AlignVCenter, name[:1].upper() + name[1:]
        )
        weeks = calendar.Calendar().monthdatescalendar(self._today.year, self._today.month)
        width = self._month_width() / 7
        height = (self.height() - _HEAD - _MARGIN) / len(weeks)
        painter.setFont(font(t.SMALL_POINT, bold=True))
        painter.setPen(QColor(t.MUTED))
        for column, day in enumerate(weeks[0]):
            words = QLocale().dayName(day.isoweekday(), QLocale.FormatType.ShortFormat)
            painter.drawText(QRectF(_MARGIN + column * width + 8, _HEAD - 24, width, 20), 0, words)
        for row, week in enumerate(weeks):
            for column, day in enumerate(week):
                self._paint_day(painter, QRectF(_MARGIN + column * width, _HEAD + row * height, width, height), day)

    def _paint_day(self, painter: QPainter, cell: QRectF, day: dt.date) -> None:
        painter.setPen(QColor(t.LINE))
        painter.setBrush(QColor(t.GROUND if day.isoweekday() > 5 else t.PAPER))  # noqa: PLR2004 - Saturday, Sunday
        painter.drawRect(cell)
        where = QRectF(cell.left() + 6, cell.top() + 6, 28, 24)
        painter.setFont(font(t.FONT_POINT, bold=day == self._today))
        if day == self._today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.NEUTRAL))
            painter.drawRoundedRect(where, 12, 12)
            painter.setPen(QColor(t.PAPER))
        else:
            painter.setPen(QColor(t.INK if day.month == self._today.month else t.MUTED))
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, str(day.day))

    def _paint_notes(self, painter: QPainter) -> None:
        if not self._has_notes():
            return
        left = self.width() - _NOTES_WIDTH - _MARGIN
        painter.setPen(QColor(t.INK))
        painter.setFont(font(t.HEADING_POINT, bold=True))
        painter.drawText(QRectF(left, 20, _NOTES_WIDTH, 44), Qt.AlignmentFlag.AlignVCenter, "Notes")
        painter.setPen(QColor(t.LINE))
        line = _HEAD + 34
        while line < self.height() - _MARGIN:
            painter.drawLine(left, line, left + _NOTES_WIDTH, line)
            line += 34
