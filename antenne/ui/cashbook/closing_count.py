"""Counting notes and coins: a column of fields for good ones, one for « abîmés / refusés », totals as she types."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from antenne.domain import closing_flow as flows
from antenne.domain.cashbook import DENOMINATIONS
from antenne.domain.closing_flow import ClosingFlow, Step
from antenne.domain.violations import Violation
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import label
from antenne.ui.kit.fields.lines import FigureEdit
from antenne.ui.kit.theme import restyle
from antenne.wording import formats
from antenne.wording import violations as sentences

_FIELD: Final = 92
_DOWN: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)


class CountGrid(QWidget):
    """The lines of the count; Entrée goes down, and past the last field emits ``finished``."""

    typed = Signal(str, str)
    """Field and text."""
    finished = Signal()

    def __init__(self) -> None:
        """Make every line, empty."""
        super().__init__()
        self.edits: dict[str, FigureEdit] = {}
        self.totals = {value: label() for value in DENOMINATIONS}
        self.errors = {value: label("", "error", wrap=True) for value in DENOMINATIONS}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4 * t.SPACE)
        grid.setVerticalSpacing(2)
        for place, title in enumerate(("Billet ou pièce", "Bons", "Abîmés / refusés", "Montant")):
            head = label(title, "column")
            head.setAlignment(Qt.AlignmentFlag.AlignRight if place != 0 else Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(head, 0, place)
        for row, value in enumerate(DENOMINATIONS, 1):
            grid.addWidget(label(f"{formats.number(value)} F", "strong"), row, 0)
            for place, (make, kind) in enumerate(((flows.good_field, "bons"), (flows.worn_field, "abîmés")), 1):
                edit = self._edit(make(value), f"{formats.number(value)} F, {kind}")
                grid.addWidget(edit, row, place)
            self.totals[value].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(self.totals[value], row, 3)
            grid.addWidget(self.errors[value], row, 3, 1, 2)
            self.errors[value].hide()
        grid.setColumnMinimumWidth(3, _FIELD)
        grid.setColumnStretch(4, 1)
        self._order = [self.edits[make(value)] for make in (flows.good_field, flows.worn_field)
                       for value in DENOMINATIONS]  # fmt: skip
        for before, after in zip(self._order, self._order[1:], strict=False):
            self.setTabOrder(before, after)

    def _edit(self, name: str, said: str) -> FigureEdit:
        edit = FigureEdit(self)
        edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        edit.setFixedWidth(_FIELD)
        edit.setProperty("compact", "true")  # thirteen lines stand on a small screen without scrolling
        edit.setAccessibleName(said)
        edit.textEdited.connect(partial(self.typed.emit, name))
        edit.installEventFilter(self)
        self.edits[name] = edit
        return edit

    def show_flow(self, flow: ClosingFlow) -> None:
        """Texts, the total of each line, or in its place what cannot be read."""
        broken = {} if flow.step is not Step.COUNT else {one.field: one for one in flows.check(flow)}
        for name, edit in self.edits.items():
            if edit.text() != flow.texts.get(name, ""):
                with QSignalBlocker(edit):
                    edit.setText(flow.texts.get(name, ""))
            if edit.property("error") == "true" and name not in broken:
                restyle(edit, error=False)
        for value, total in self.totals.items():
            wrong = broken.get(flows.good_field(value)) or broken.get(flows.worn_field(value))
            amount = flow.line(value)
            total.setText(formats.number(amount) if amount else "")
            self.errors[value].setText(sentences.sentence(wrong) if wrong else "")
            total.setVisible(wrong is None)
            self.errors[value].setVisible(wrong is not None)

    def show_errors(self, broken: Sequence[Violation]) -> None:
        """Mark the fields and stand in the first."""
        fields = [one.field for one in broken if one.field in self.edits]
        for name in fields:
            restyle(self.edits[name or ""], error=True)
        if fields:
            self.edits[fields[0] or ""].setFocus()

    def begin(self) -> None:
        """Stand in the first empty field of the good pieces."""
        good = self._order[: len(DENOMINATIONS)]
        next((edit for edit in good if not edit.text()), good[0]).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Entrée and the arrows go from field to field."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, FigureEdit):
            place = self._order.index(watched)
            if event.key() in _DOWN:
                if place + 1 < len(self._order):
                    self._order[place + 1].setFocus()
                    self._order[place + 1].selectAll()
                else:
                    self.finished.emit()
                return True
            if event.key() == Qt.Key.Key_Up and place:
                self._order[place - 1].setFocus()
                self._order[place - 1].selectAll()
                return True
        return super().eventFilter(watched, event)
