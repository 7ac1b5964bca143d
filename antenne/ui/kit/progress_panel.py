"""Long work on the screen: steps of a file, and the bar with what is left and a stop that stops."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from antenne.base.clock import Clock
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import button, label
from antenne.ui.kit.icons import pixmap
from antenne.ui.kit.theme import font

StepState = Literal["done", "now", "next", "failed"]
_INKS = {"done": t.PRIMARY, "now": t.WARNING, "next": t.MUTED, "failed": t.DANGER}
_BARS = {"done": t.PRIMARY, "now": t.ACCENT, "next": t.LINE, "failed": t.DANGER}
_WORDS = {"done": "fait", "now": "en cours", "next": "à faire", "failed": "échec"}
_ESTIMATE_AFTER = 2.0
"""Seconds before an estimate is worth saying."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a :class:`StepBar`: « Audience » / « aujourd’hui »."""

    label: str
    note: str = "—"
    state: StepState = "next"


class StepBar(QWidget):
    """The itinerary of a file: a coloured bar over each step."""

    def __init__(self, steps: Sequence[Step] = (), parent: QWidget | None = None) -> None:
        """Show ``steps``."""
        super().__init__(parent)
        self._steps: tuple[Step, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_steps(steps)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Replace the steps."""
        self._steps = tuple(steps)
        self.setAccessibleName(", ".join(f"{step.label} : {_WORDS[step.state]}" for step in self._steps))
        self.update()

    def sizeHint(self) -> QSize:
        """A bar and two lines."""
        return QSize(110 * max(len(self._steps), 1), 50)

    def minimumSizeHint(self) -> QSize:
        """Labels are cut rather than the page widened."""
        return QSize(70 * max(len(self._steps), 1), 50)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole bar is painted
        """Paint every step."""
        if not self._steps:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap = 6.0
        width = (self.width() - gap * (len(self._steps) - 1)) / len(self._steps)
        for number, step in enumerate(self._steps):
            self._paint_step(painter, QRectF(number * (width + gap), 0, width, self.height()), step)
        painter.end()

    @staticmethod
    def _paint_step(painter: QPainter, area: QRectF, step: Step) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(_BARS[step.state]))
        painter.drawRoundedRect(QRectF(area.left(), 2, area.width(), 6), 3, 3)
        centred = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font(t.FONT_POINT, bold=True))
        painter.setPen(QColor(_INKS[step.state]))
        text = painter.fontMetrics().elidedText(step.label, Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(QRectF(area.left(), 11, area.width(), 20), centred, text)
        painter.setFont(font(t.HINT_POINT))
        painter.setPen(QColor(t.MUTED))
        note = painter.fontMetrics().elidedText(step.note, Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(QRectF(area.left(), 31, area.width(), 17), centred, note)


@dataclass(frozen=True, slots=True)
class WorkStep:
    """One line of the list under the bar: what is done, and its result (« 184 Mo », « 9 s », « 78 % »)."""

    text: str
    result: str = ""
    state: StepState = "next"


class ProgressPanel(QWidget):
    """« 4. Relecture de la clé… », the bar, « 78 % · 31 s restantes », « Arrêter », the list of steps."""

    stop_requested = Signal()

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        """Begin at nothing; ``clock`` measures what is left."""
        super().__init__(parent)
        self._clock = clock
        self._step = ""
        self._began = 0.0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * t.SPACE)
        self.name = label("", "strong")
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Avancement")
        self.left = label("", "muted")
        self.stop_button = button("Arrêter", "plain", self._ask_to_stop)
        row = QHBoxLayout()
        row.addWidget(self.left, 1)
        row.addWidget(self.stop_button)
        self._list = QGridLayout()
        self._list.setContentsMargins(0, 2 * t.SPACE, 0, 0)
        self._list.setHorizontalSpacing(3 * t.SPACE)
        self._list.setVerticalSpacing(0)
        self._list.setColumnStretch(1, 1)
        column.addWidget(self.name)
        column.addWidget(self.bar)
        column.addLayout(row)
        column.addLayout(self._list)

    def begin(self, name: str) -> None:
        """Start again from nothing; the stop is offered."""
        self._step = ""
        self.name.setText(name)
        self.left.setText("")
        self.bar.setRange(0, 0)
        self.stop_button.setText("Arrêter")
        self.stop_button.setEnabled(True)
        self.stop_button.show()

    def report(self, name: str, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` units of the step called ``name`` are finished."""
        now = self._clock.monotonic()
        if name != self._step:
            self._step, self._began = name, now
        self.name.setText(name)
        if total <= 0:
            self.bar.setRange(0, 0)
            self.left.setText("")
            return
        share = min(done / total, 1.0)
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(share * 1000))
        self.left.setText(" · ".join(part for part in (f"{int(share * 100)} %", self._estimate(share, now)) if part))

    def end(self, sentence: str) -> None:
        """Say how it ended; nothing is left to stop."""
        self.name.setText(sentence)
        self.left.setText("")
        self.bar.setRange(0, 1000)
        self.stop_button.hide()

    def show_steps(self, steps: Sequence[WorkStep]) -> None:
        """Replace the list of steps."""
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for number, step in enumerate(steps):
            self._add_line(number * 2, step)

    def _add_line(self, row: int, step: WorkStep) -> None:
        picture = QLabel()
        picture.setFixedSize(34, t.ROW_HEIGHT - 1)
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        names: dict[StepState, tuple[str, str]] = {
            "done": ("check", t.GOOD),
            "now": ("dots", t.INK),
            "failed": ("close", t.DANGER),
        }
        if step.state in names:
            picture.setPixmap(pixmap(*names[step.state], 16))
        picture.setAccessibleName(_WORDS[step.state])
        words = label(step.text, "" if step.state != "next" else "muted", wrap=True)
        self._list.addWidget(picture, row, 0)
        self._list.addWidget(words, row, 1)
        self._list.addWidget(label(step.result), row, 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line = QWidget()
        line.setFixedHeight(1)
        line.setStyleSheet(f"background: {t.LINE};")
        self._list.addWidget(line, row + 1, 0, 1, 3)

    def _estimate(self, share: float, now: float) -> str:
        """« 31 s restantes », « 4 min restantes », or nothing while it would be a guess."""
        spent = now - self._began
        if share <= 0 or share >= 1 or spent < _ESTIMATE_AFTER:
            return ""
        return remaining_words(spent * (1 - share) / share)

    def _ask_to_stop(self) -> None:
        self.stop_button.setEnabled(False)
        self.stop_button.setText("Arrêt…")
        self.stop_requested.emit()


def remaining_words(seconds: float) -> str:
    """What is left, in words that do not pretend to be exact."""
    whole = max(round(seconds), 1)
    if whole < 90:  # noqa: PLR2004 - beyond a minute and a half, seconds are noise
        return f"{whole} s restante{'s' if whole > 1 else ''}"
    return f"{round(whole / 60)} min restantes"


def step_watcher(panel: ProgressPanel, words: Callable[[str], str]) -> Callable[[str, int, int], None]:
    """A ``progress`` callback for ``operations.run`` that shows each step code in ``words``."""

    def show(step: str, done: int, total: int) -> None:
        panel.report(words(step), done, total)

    return show
