"""The state of the boxes: what must lie in each, in and out since the opening; and another box to open."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from antenne.domain.cashbook import CashDay
from antenne.domain.changes import Done
from antenne.domain.violations import Violation
from antenne.services import cash_days
from antenne.services.cash_days import BoxState, CashState, OpenDay
from antenne.ui.cashbook.collect_fields import BoxChoice, money_line, text_line
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.fields.base import FieldContext
from antenne.ui.kit.operations import SHORT
from antenne.wording import formats
from antenne.wording import violations as sentences

_IN_A_ROW = 4


class BoxCard(Card):
    """One box."""

    def __init__(self, state: BoxState) -> None:
        """Show it."""
        word = "Ouverte" if state.is_open else "Fermée"
        super().__init__(state.box.label, pill=word, tone="good" if state.is_open else "neutral")
        self.body.setSpacing(1)
        self.body.addWidget(label(formats.amount(state.balance), "figure"))
        moved = f"entrées {formats.number(state.came)} · sorties {formats.number(state.went)}"
        self.body.addWidget(label(moved if state.is_open else "à la dernière clôture", "muted"))
        self.setAccessibleName(f"{state.box.label}, {word}\u00a0: {formats.amount(state.balance)}")


class Boxes(QWidget):
    """The cards of the boxes that are in use."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(3 * t.SPACE)
        self.cards: tuple[BoxCard, ...] = ()

    def show_state(self, state: CashState) -> None:
        """The caisse, and every box that is open or holds money."""
        for old in self.cards:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        shown = [one for one in state.boxes if one.box.is_cash or one.is_open or one.balance]
        self.cards = tuple(BoxCard(one) for one in shown)
        for place, card in enumerate(self.cards):
            self._grid.addWidget(card, place // _IN_A_ROW, place % _IN_A_ROW)
        for place in range(_IN_A_ROW):
            self._grid.setColumnStretch(place, 1)


class OpenBox(Card):
    """« Ouvrir une autre caisse »: which, with what balance, and why it differs from the last one."""

    closed = Signal()

    def __init__(self, context: Context, fields: FieldContext) -> None:
        """Begin hidden."""
        super().__init__("Ouvrir une autre caisse", role="focus")
        self._context = context
        self._request = uuid.uuid4().hex
        self._last: dict[str, int] = {}
        self.box = BoxChoice()
        self.found = money_line("found", "Solde du relevé", fields)
        self.reason = text_line("reason", "Pourquoi ce n’est pas le dernier solde", fields, longest=500)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.open_button = button("Ouvrir", "primary", self.open_it)
        row = QHBoxLayout()
        row.setSpacing(3 * t.SPACE)
        for piece, share in ((self.box, 1), (self.found, 1), (self.reason, 2)):
            row.addWidget(piece, share)
        row.addWidget(self.open_button)
        row.addWidget(button("Fermer", "link", self.leave))
        self.body.addLayout(row)
        self.body.addWidget(self.error)
        self.box.currentIndexChanged.connect(self._propose)
        self.found.changed.connect(self._compare)
        self.found.edit.returnPressed.connect(self._entered)
        self.reason.edit.returnPressed.connect(self.open_it)
        self.hide()

    def show_state(self, state: CashState) -> None:
        """The boxes that may be opened now."""
        free = [one for one in state.boxes if not one.box.is_cash and not one.is_open]
        self._last = {one.box.code: one.balance for one in free}
        self.box.show_boxes(tuple(one.box for one in free))
        self.open_button.setEnabled(bool(free))

    def begin(self) -> None:
        """Show it, with the last balance of the first box."""
        self._say("")
        self._propose()
        self.show()
        self.box.setFocus()

    def leave(self) -> None:
        """Away with it."""
        self.hide()
        self.closed.emit()

    def open_it(self) -> None:
        """Open the box with what is typed."""
        value = self.found.value()
        if not isinstance(value, int):
            self.found.show_error(value if isinstance(value, Violation) else "Écrivez le solde du relevé, 0 au moins.")
            self.found.edit.setFocus()
            return
        self.open_button.setEnabled(False)
        self._context.operations.run(
            SHORT,
            cash_days.open_day,
            self._context.desk,
            OpenDay(request_id=self._request, box=self.box.code, found=value, reason=self.reason.text()),
            owner=self,
            done=self._opened,
            broken=self._refused,
        )

    def _entered(self) -> None:
        if not self.reason.isHidden() and not self.reason.text():
            self.reason.edit.setFocus()
        else:
            self.open_it()

    def _propose(self) -> None:
        self.found.widget.set_value(self._last.get(self.box.code, 0))
        self._compare()

    def _compare(self) -> None:
        """A reason is asked for where the figure differs from the last closing."""
        self.found.show_error()
        self.reason.setVisible(self.found.amount() != self._last.get(self.box.code, 0))

    def _opened(self, done: Done[CashDay]) -> None:
        self._request = uuid.uuid4().hex
        self.reason.edit.clear()
        self._context.notify(f"{self.box.currentText()}\u00a0: ouverte.", "good")
        self._context.broadcast(done.changes)
        self.leave()

    def _refused(self, broken: tuple[Violation, ...]) -> None:
        self.open_button.setEnabled(True)
        lines = {"found": self.found, "reason": self.reason}
        for one in broken:
            if one.field in lines:
                lines[one.field].show()
                lines[one.field].show_error(one)
        self._say(" ".join(sentences.sentence(one) for one in broken if one.field not in lines))

    def _say(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
