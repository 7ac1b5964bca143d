"""The way of a file: each step with its day, those behind it, the present one, those to come (mock-up: etatcivil)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from antenne.domain.civil_routes import Route, Step
from antenne.domain.civil_standing import Standing
from antenne.ui.kit import tokens as t
from antenne.ui.kit.theme import font
from antenne.wording import civil as words
from antenne.wording import formats

_BAR: Final = 6
_HEIGHT: Final = 58
_GAP: Final = 6
_HALF: Final = 2

State = Literal["done", "now", "ahead", "ended"]


@dataclass(frozen=True, slots=True)
class Stage:
    """One step as it is drawn: its words, what stands below, where the file is."""

    title: str
    below: str
    state: State


def stages(route: Route, now: Standing, today: dt.date) -> tuple[Stage, ...]:
    """The steps of a route, and where a file stands on them; a file that was given up ends there."""
    found = [_stage(step, route, now, today) for step in route.steps]
    if now.step not in route.steps:
        found = [one for one in found if one.state == "done"]
        found.append(Stage(words.STEPS_OF_FILES[now.step], formats.day(now.since), "ended"))
    return tuple(found)


def _stage(step: Step, route: Route, now: Standing, today: dt.date) -> Stage:
    title, reached = words.step(step, route), now.reached.get(step)
    if step is now.step and not now.closed:
        return Stage(title, _below_now(now, today), "now")
    if reached is not None:
        return Stage(title, formats.day(reached), "done")
    return Stage(title, "—", "ahead")


def _below_now(now: Standing, today: dt.date) -> str:
    if now.hearing_on is None:
        return formats.day(now.since)
    if now.hearing_on == today:
        return "aujourd’hui"
    return f"délibéré {formats.day(now.hearing_on)}" if now.deliberating else formats.day(now.hearing_on)


_INKS: Final = {"done": t.PRIMARY, "now": t.INK, "ahead": t.MUTED, "ended": t.DANGER}
_BARS: Final = {"done": t.PRIMARY, "now": t.ACCENT, "ahead": t.LINE, "ended": t.DANGER}


class Itinerary(QWidget):
    """Draws the stages side by side; what it shows is said by its accessible description."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self.stages: tuple[Stage, ...] = ()
        self.setAccessibleName("Étapes du dossier")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_stages(self, found: tuple[Stage, ...]) -> None:
        """Show these."""
        self.stages = found
        said = {"done": "fait", "now": "en cours", "ahead": "à venir", "ended": "fini"}
        self.setAccessibleDescription(". ".join(f"{one.title}, {said[one.state]}, {one.below}" for one in found))
        self.setToolTip("\n".join(f"{one.title}\u00a0: {one.below}" for one in found))
        self.update()

    def sizeHint(self) -> QSize:
        """One row."""
        return QSize(600, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """The same height, whatever the width."""
        return QSize(200, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A bar, the words, the day."""
        if not self.stages:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = (self.width() - _GAP * (len(self.stages) - 1)) / len(self.stages)
        for place, stage in enumerate(self.stages):
            left = place * (width + _GAP)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(_BARS[stage.state]))
            painter.drawRoundedRect(QRectF(left, 0, width, _BAR), _BAR / _HALF, _BAR / _HALF)
            painter.setPen(QColor(_INKS[stage.state]))
            painter.setFont(font(t.SMALL_POINT, bold=True))
            centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
            title = painter.fontMetrics().elidedText(stage.title, Qt.TextElideMode.ElideRight, int(width))
            painter.drawText(QRectF(left, 12, width, 22), centre, title)
            painter.setPen(QColor(t.MUTED))
            painter.setFont(font(t.HINT_POINT))
            below = painter.fontMetrics().elidedText(stage.below, Qt.TextElideMode.ElideRight, int(width))
            painter.drawText(QRectF(left, 33, width, 20), centre, below)
        painter.end()
