"""« Tendances », for the responsable: exact on her screen; what leaves is masked, and remembered."""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from antenne.domain.board import Target
from antenne.domain.changes import PROTECTION, Changes
from antenne.domain.protection_trends import Axis
from antenne.domain.sendings import Sending
from antenne.services import protection_trends
from antenne.services.protection_trends import Trends
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.cards import Card, Page, PageTitle, label
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.theme import font
from antenne.ui.listening.leaving_cards import CrossingCard, LeftCard, LinesCard, ask
from antenne.ui.listening.session_side import emptied
from antenne.wording import formats
from antenne.wording import protection as words

_MOST = 8
_YEARS = 4
_LINE = 24


class Bars(QWidget):
    """One line per word: the word, a bar, the count."""

    def __init__(self, rows: tuple[tuple[str, int], ...]) -> None:
        """Show ``rows``, the largest first."""
        super().__init__()
        self._rows = rows
        self.setAccessibleName(", ".join(f"{said} {count}" for said, count in rows))
        self.setMinimumHeight(_LINE * len(rows) + 2)

    def sizeHint(self) -> QSize:
        """One line for each."""
        return QSize(300, _LINE * len(self._rows) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Words at the left, bars, counts at the right."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(t.SMALL_POINT))
        most = max((count for _, count in self._rows), default=1)
        words_room, count_room = self.width() * 0.56, 40
        for number, (said, count) in enumerate(self._rows):
            top = number * _LINE
            painter.setPen(QColor(t.INK))
            text = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, int(words_room) - 8)
            painter.drawText(QRectF(0, top, words_room, _LINE), Qt.AlignmentFlag.AlignVCenter, text)
            room = self.width() - words_room - count_room
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.PRIMARY))
            painter.drawRoundedRect(QRectF(words_room, top + 7, max(room * count / most, 3), _LINE - 14), 4, 4)
            painter.setPen(QColor(t.INK))
            place = QRectF(self.width() - count_room, top, count_room, _LINE)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(count))
        painter.end()


class TrendsPanel(Screen):
    """A year at a time; a crossing that leaves is masked."""

    help_key = "listening_trends"

    def __init__(self, context: Context) -> None:
        """Build; the first visit reads."""
        super().__init__()
        self._context = context
        self.title = PageTitle("Tendances")
        self.year = QComboBox()
        self.year.setAccessibleName("Année")
        for back in range(_YEARS):
            year = context.clock.today().year - back
            self.year.addItem(str(year), year)
        self.year.currentIndexChanged.connect(self._turned)
        self.title.add_button(self.year)
        self._said = label("", "muted", wrap=True)
        self._cards = {axis: Card(words.AXES[axis]) for axis in Axis if axis is not Axis.COMMUNE}
        self.crossing = CrossingCard(context, self._period)
        self.lines = LinesCard(context)
        self.left = LeftCard()
        self._build()

    def _build(self) -> None:
        page = Page()
        page.body.setContentsMargins(0, 0, 0, 0)
        page.body.addWidget(self._said)
        grid = QGridLayout()
        grid.setSpacing(3 * t.SPACE)
        for number, card in enumerate(self._cards.values()):
            grid.addWidget(card, number // 2, number % 2)
        page.body.addLayout(grid)
        for leaving in (self.crossing, self.lines, self.left):
            page.body.addWidget(leaving)
        page.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3 * t.SPACE)
        whole.addWidget(self.title)
        whole.addWidget(page, 1)

    def open(self, target: Target) -> None:  # noqa: ARG002 - the panel has one view
        """Read the year."""
        self.refresh()
        self.year.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_changes(self, changes: Changes) -> None:
        """An incident changed."""
        if changes.touch(PROTECTION) and self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read again."""
        first, last = self._period()
        self._context.operations.run(
            SHORT, protection_trends.trends, self._context.desk, first, last, owner=self, done=self._show, latest=True
        )
        ask(self._context, self, self._left)

    def _turned(self) -> None:
        """Another year: what was prepared is of the one before."""
        self.crossing.forget()
        self.refresh()

    def _period(self) -> tuple[dt.date, dt.date]:
        year: int = self.year.currentData()
        return dt.date(year, 1, 1), dt.date(year, 12, 31)

    def _show(self, found: Trends) -> None:
        self.title.subtitle.setText(formats.plural(found.count, "incident", "incidents"))
        self._said.setText(
            f"Ces totaux sont exacts et restent ici. {words.left_out(found.donor.no_consent, found.donor.elsewhere)}."
        )
        for axis, card in self._cards.items():
            emptied(card, 1)
            word_of = partial(protection_trends.word_of, self._context.desk, axis)
            rows = tuple((word_of(code), count) for code, count in found.totals[axis][:_MOST])
            card.body.addWidget(Bars(rows) if rows else label("Rien cette année.", "muted"))
            card.body.addStretch(1)

    def show_leaving(self) -> None:
        """What would leave, prepared: for a picture of it."""
        self.year.setCurrentIndex(2)
        self.crossing.recipient.setText("Bailleur")
        self.crossing.prepare()
        self.lines.recipient.setCurrentIndex(min(1, self.lines.recipient.count() - 1))
        self.lines.first.setCurrentIndex(self.lines.first.count() - 1)
        self.lines.prepare()

    def print_(self) -> None:
        """Ctrl+P: the crossing in sight."""
        self.crossing.print_()

    def _left(self, found: tuple[tuple[str, ...], tuple[Sending, ...]]) -> None:
        names, sent = found
        self.lines.offer(names)
        self.left.show_sendings(sent)
