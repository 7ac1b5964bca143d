"""The hours that are left for care, counted from the facts; the nearest structure; the slip that bears only a code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antenne.base.clock import Clock
from antenne.domain.incidents import CARE, Incident
from antenne.domain.partners import Nearest
from antenne.domain.protection_clock import Care, Left, Span, Watch, left, start_watch
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import Card, button, label
from antenne.wording import protection as words

_EVERY_MS = 20_000


@dataclass(frozen=True, slots=True)
class Running:
    """One count under way.

    Attributes:
        incident_id: Sealed id, in hex; empty while the incident is being typed.
        span: When it happened.
        watch: Clock and timer as they stood when the count was read.
        nearest: Where to send her, or None where the directory has no such structure.
    """

    incident_id: str
    span: Span
    watch: Watch
    nearest: Nearest | None = None


def running(clock: Clock, incident_id: str, incident: Incident, nearest: Nearest | None) -> Running | None:
    """The count of an incident while care can still be in time; None where no counter matters."""
    if not incident.sexual or incident.cared_at is not None or incident.closing is not None:
        return None
    watch = start_watch(clock.now(), clock.monotonic(), incident.latest)
    still = any(left(care, incident.span, watch.wall).open for care in CARE)
    return Running(incident_id, incident.span, watch, nearest) if still else None


class HoursCard(Card):
    """One incident's two delays; read again every twenty seconds."""

    def __init__(self, clock: Clock, count: Running, print_slip: Callable[[str], None] | None = None) -> None:
        """Show ``count``; ``print_slip`` takes the incident's id."""
        super().__init__(role="alert")
        self._clock = clock
        self._count = count
        self.setAccessibleName("Délai pour les soins")
        self.body.setSpacing(t.SPACE)
        self._figures = {care: label("", "hours") for care in CARE}
        self._lines = {care: label("", "muted", wrap=True) for care in CARE}
        for care in CARE:
            self._figures[care].setStyleSheet(f"color: {t.DANGER}; font-size: {t.TITLE_POINT}pt; font-weight: bold;")
            self.body.addWidget(self._figures[care])
            self.body.addWidget(self._lines[care])
        self.body.addWidget(label(words.nearest(count.nearest), "hint", wrap=True))
        if print_slip is not None and count.incident_id:
            self.slip = button("Imprimer la fiche d’orientation", "plain", lambda: print_slip(count.incident_id))
            self.body.addWidget(self.slip)
            self.body.addWidget(label("La fiche ne porte que le code.", "hint"))
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self.tick()

    def tick(self) -> None:
        """Write what is left now: the clock set back does not lengthen it."""
        now = self._count.watch.instant(self._clock.now(), self._clock.monotonic())
        found = {care: left(care, self._count.span, now) for care in CARE}
        for care, one in found.items():
            figure, what = words.left(one)
            best = care is Care.PEP and one.open and one.best
            self._figures[care].setText(figure)
            self._lines[care].setText(f"{what}. Dans les 2\u00a0h, c’est le mieux" if best else what)


class Clocks(QWidget):
    """The cards of every count under way; nothing where there is none."""

    def __init__(self, clock: Clock, print_slip: Callable[[str], None] | None = None) -> None:
        """Begin empty."""
        super().__init__()
        self._clock = clock
        self._print_slip = print_slip
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3 * t.SPACE)
        self.cards: list[HoursCard] = []
        self.hide()

    def show_counts(self, counts: Sequence[Running]) -> None:
        """Show these."""
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [HoursCard(self._clock, count, self._print_slip) for count in counts]
        for card in self.cards:
            self._column.addWidget(card)
        self.setVisible(bool(self.cards))


def spoken_left(one: Left) -> str:
    """« PEP : encore 9 h 20 », for a line of a list."""
    name = "PEP" if one.care is Care.PEP else "Contraception"
    return f"{name}\u00a0: encore {one.hours}\u00a0h\u00a0{one.minutes:02d}" if one.open else ""
