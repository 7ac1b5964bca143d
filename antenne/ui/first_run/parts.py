"""What the pages of the first run are made of: a field with its sentence, the list of steps, a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from antenne.domain.first_run import FirstRun, Step
from antenne.domain.violations import Violation
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import label
from antenne.ui.kit.theme import font, restyle

SIDE_WIDTH: Final = 260
TITLES: Final = {
    Step.OFFICE: "Le bureau",
    Step.RESPONSABLE: "La responsable",
    Step.PASSPHRASE: "Sa phrase secrète",
    Step.CODES: "Les deux enveloppes",
    Step.PRINTER: "L’impression des cartes",
    Step.REVIEW: "Relecture",
}
_ROW: Final = 44
_DOT: Final = 26


class Entry(QWidget):
    """A field: its name above, its sentence below."""

    edited = Signal()
    submitted = Signal()

    def __init__(
        self, name: str, *, hint: str = "", secret: bool = False, longest: int = 400, parent: QWidget | None = None
    ) -> None:
        """Make an empty field.

        Args:
            name: What stands above it.
            hint: Shown inside while it is empty.
            secret: What is typed never reaches the clipboard.
            longest: Letters it takes; more than a rule allows, so that the rule speaks.
            parent: Qt parent.
        """
        super().__init__(parent)
        self.line = _SecretLine() if secret else QLineEdit()
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(hint)
        self.line.setMaxLength(longest)
        self._name = label(name, "label")
        self._name.setBuddy(self.line)
        self._error = label("", "error", wrap=True)
        self._error.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for piece in (self._name, self.line, self._error):
            column.addWidget(piece)
        column.addStretch(1)
        self.line.textEdited.connect(self._edited)
        self.line.returnPressed.connect(self.submitted)

    @property
    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    @property
    def sentence(self) -> str:
        """What is wrong with it, or empty."""
        return "" if self._error.isHidden() else self._error.text()

    def say(self, sentence: str) -> None:
        """Say what is wrong, or nothing."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        self.line.setAccessibleDescription(sentence)
        restyle(self.line, error=bool(sentence))

    def _edited(self) -> None:
        self.say("")
        self.edited.emit()


class _SecretLine(QLineEdit):
    """A line whose text cannot be copied."""

    def __init__(self) -> None:
        super().__init__()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setStyleSheet("font-size: 13pt;")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Swallow « copier » and « couper »."""
        if event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.Cut):
            event.accept()
            return
        super().keyPressEvent(event)


class WizardPage(QWidget):
    """One page. It hands its answer over by ``given`` and is told what is wrong with it by :meth:`refuse`."""

    given = Signal(object)
    """An input of :mod:`antenne.domain.first_run`."""
    buttons_changed = Signal()

    title: ClassVar[str] = ""
    subtitle: ClassVar[str] = ""

    def __init__(self, words: Callable[[Violation], str], parent: QWidget | None = None) -> None:
        """Take what turns a broken rule into a sentence."""
        super().__init__(parent)
        self._words = words
        self.entries: dict[str, Entry] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(3 * t.SPACE)

    @property
    def next_label(self) -> str:
        """Words of the main button; empty hides it."""
        return "Continuer"

    def show_state(self, state: FirstRun) -> None:
        """The page is shown, or its answer changed the state without leaving it."""

    def forward(self) -> None:
        """The main button or Entrée: hand the answer over."""

    def back(self) -> bool:
        """« Retour » inside the page; False leaves it."""
        return False

    def forget(self) -> None:
        """Left for good: nothing secret may stay in a field."""

    def refuse(self, violations: Sequence[Violation]) -> None:
        """Put each sentence beside its field and stand in the first."""
        for entry in self.entries.values():
            entry.say("")
        first = None
        for violation in violations:
            entry = self.entries.get(violation.field or "") or next(iter(self.entries.values()))
            entry.say(self._words(violation))
            first = first or entry
        if first is not None:
            first.line.setFocus()
            first.line.selectAll()

    def add_entry(self, key: str, entry: Entry) -> Entry:
        """Know a field by the name its violations carry; Entrée in it goes on."""
        self.entries[key] = entry
        entry.submitted.connect(self.forward)
        return entry


class StepList(QFrame):
    """The dark panel at the left: where she is, what is done, what is left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin at the first step."""
        super().__init__(parent)
        self._step = Step.OFFICE
        self.setFixedWidth(SIDE_WIDTH)

    def show_step(self, step: Step) -> None:
        """Mark the present step."""
        self._step = step
        names = [TITLES.get(one, "") for one in TITLES]
        place = self._place()
        self.setAccessibleName(f"Étape {min(place + 1, len(names))} sur {len(names)}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole panel is painted
        """Paint the name of the program and the steps."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(t.SIDEBAR))
        painter.setPen(QColor(t.PAPER))
        painter.setFont(font(t.TITLE_POINT + 2, bold=True))
        painter.drawText(QRectF(28, 28, self.width(), 34), 0, "Antenne")
        painter.setPen(QColor(t.SIDEBAR_MUTED))
        painter.setFont(font(t.SMALL_POINT))
        painter.drawText(QRectF(28, 62, self.width(), 22), 0, "Première ouverture")
        for number, step in enumerate(TITLES):
            self._paint_step(painter, number, TITLES[step])
        painter.end()

    def _place(self) -> int:
        order = list(TITLES)
        return order.index(self._step) if self._step in order else len(order)

    def _paint_step(self, painter: QPainter, number: int, name: str) -> None:
        place = self._place()
        top = 120 + number * _ROW
        dot = QRectF(28, top + (_ROW - _DOT) / 2, _DOT, _DOT)
        here, done = number == place, number < place
        painter.setPen(Qt.PenStyle.NoPen if here else QColor(t.SIDEBAR_MUTED))
        painter.setBrush(QColor(t.PAPER) if here else QColor(t.SIDEBAR_ACTIVE) if done else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(dot)
        painter.setFont(font(t.SMALL_POINT, bold=True))
        painter.setPen(QColor(t.SIDEBAR if here else t.SIDEBAR_INK))
        if done:
            self._paint_check(painter, dot)
        else:
            painter.drawText(dot, Qt.AlignmentFlag.AlignCenter, str(number + 1))
        painter.setFont(font(t.FONT_POINT, bold=here))
        painter.setPen(QColor(t.PAPER if here else t.SIDEBAR_INK if done else t.SIDEBAR_MUTED))
        words = QRectF(dot.right() + 12, top, self.width() - dot.right() - 20, _ROW)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, name)
        if here:
            painter.fillRect(QRectF(0, top + 6, 4, _ROW - 12), QColor(t.ACCENT))

    @staticmethod
    def _paint_check(painter: QPainter, dot: QRectF) -> None:
        """The mark of a step that is done."""
        pen = painter.pen()
        pen.setWidthF(2)
        painter.setPen(pen)
        middle = dot.center()
        foot = middle + QPointF(-1.5, 4)
        painter.drawLine(middle + QPointF(-5, 0), foot)
        painter.drawLine(foot, middle + QPointF(5.5, -4))
