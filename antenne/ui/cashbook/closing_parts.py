"""The pages of a closing after the count: the statements of the other boxes, the review, what was closed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from antenne.domain.board import Tone
from antenne.domain.closing_flow import ClosingFlow, Figure
from antenne.domain.violations import Violation
from antenne.ui.cashbook.collect_fields import Line, money_line, text_line
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import label
from antenne.ui.kit.fields.base import FieldContext
from antenne.ui.kit.pills import Pill
from antenne.wording import cashbook as words
from antenne.wording import formats

_LONGEST = 500
_FIGURE = 80
_COMPARED = 3
"""From this column on: what is compared."""


class Lines(QWidget):
    """Fields that are made anew for the boxes of a closing."""

    typed = Signal(str, str)
    finished = Signal()

    def __init__(self, fields: FieldContext) -> None:
        super().__init__()
        self._fields = fields
        self.lines: dict[str, Line] = {}
        self._made: tuple[str, ...] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3 * t.SPACE)

    def show_flow(self, flow: ClosingFlow) -> None:
        """Make the fields that this value asks for."""
        raise NotImplementedError

    def show_errors(self, broken: Sequence[Violation]) -> None:
        """Beside each field; the first of them takes the focus."""
        found = {one.field: one for one in broken if one.field in self.lines}
        for name, line in self.lines.items():
            line.show_error(found.get(name, ""))
        if found:
            self.lines[next(name for name in self.lines if name in found)].edit.setFocus()

    def begin(self) -> None:
        """Stand in the first field."""
        if self.lines:
            next(iter(self.lines.values())).edit.setFocus()

    def _same_texts(self, flow: ClosingFlow) -> bool:
        return all(line.edit.text() == flow.texts.get(name, "") for name, line in self.lines.items())

    def _empty(self) -> None:
        self.lines = {}
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _take(self, name: str, line: Line, text: str) -> None:
        with QSignalBlocker(line):
            line.widget.set_raw(text)
        line.changed.connect(partial(self._tell, name))
        line.edit.returnPressed.connect(partial(self._entered, name))
        self.lines[name] = line

    def _tell(self, name: str) -> None:
        self.lines[name].show_error()
        self.typed.emit(name, self.lines[name].edit.text())

    def _entered(self, name: str) -> None:
        names = list(self.lines)
        place = names.index(name) + 1
        if place < len(names):
            self.lines[names[place]].edit.setFocus()
        else:
            self.finished.emit()


class Statements(Lines):
    """One field for each other box that is open; an empty one keeps the box's own balance."""

    def show_flow(self, flow: ClosingFlow) -> None:
        """Make the fields of these boxes."""
        names = tuple(f"{one.statement_field} {one.theoretical}" for one in flow.others)
        if names == self._made and self._same_texts(flow):
            return
        self._made = names
        self._empty()
        said = "Lisez chaque solde sur le relevé ou le téléphone. Laissez vide pour garder le solde calculé."
        self._column.addWidget(label(said, "muted", wrap=True))
        for one in flow.others:
            line = money_line(
                one.statement_field,
                f"{one.label}\u00a0: solde du relevé (calculé\u00a0: {formats.amount(one.theoretical)})",
                self._fields,
            )
            line.setMaximumWidth(420)
            self._take(one.statement_field, line, flow.texts.get(one.statement_field, ""))
            self._column.addWidget(line)
        self._column.addStretch(1)


class Review(Lines):
    """Before closing: what had to be there, what was counted, the gap, and its explanation."""

    def show_flow(self, flow: ClosingFlow) -> None:
        """Make a block for each box."""
        state = tuple(f"{one.asked.code} {one.counted} {one.asked.theoretical}" for one in flow.figures)
        if state == self._made and self._same_texts(flow):
            return
        self._made = state
        self._empty()
        for figure in flow.figures:
            self._column.addWidget(self._block(figure))
            if figure.gap:
                name = figure.asked.reason_field
                line = text_line(name, "Explication de l’écart", self._fields, longest=_LONGEST)
                self._take(name, line, flow.texts.get(name, ""))
                self._column.addWidget(line)
        said = f"Après la clôture, plus rien n’entre dans la journée du {formats.long_day(flow.day)}."
        self._column.addWidget(label(said, "muted", wrap=True))
        self._column.addStretch(1)

    @staticmethod
    def _block(figure: Figure) -> QWidget:
        """« Caisse » : ouverture, entrées, sorties, théorique, compté, and the pill of the gap."""
        asked = figure.asked
        block = QWidget()
        block.setAccessibleName(f"{asked.label}\u00a0: {words.gap_word(figure.gap)}")
        grid = QGridLayout(block)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(1)
        heads = ("Ouverture", "Entrées", "Sorties", "Théorique", "Compté" if asked.is_cash else "Relevé")
        values = (asked.opening, asked.came, asked.went, asked.theoretical, figure.counted)
        tone: Tone = "good" if not figure.gap else "danger" if figure.gap < 0 else "warning"
        grid.addWidget(label(asked.label, "heading"), 0, 0, 1, 2)
        grid.addWidget(Pill(words.gap_word(figure.gap), tone, block), 0, 2, 1, 3, Qt.AlignmentFlag.AlignRight)
        for place, (head, value) in enumerate(zip(heads, values, strict=True)):
            role = "strong" if place >= _COMPARED else ""
            grid.addWidget(label(head, "column"), 1, place, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(label(formats.number(value), role), 2, place, Qt.AlignmentFlag.AlignRight)
            grid.setColumnMinimumWidth(place, _FIGURE)
            grid.setColumnStretch(place, 1)
        return block
