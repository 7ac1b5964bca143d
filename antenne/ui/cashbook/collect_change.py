"""« Monnaie due » and giving it back: one line, in the basket and on the woman's page."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antenne.domain.changes import Done
from antenne.domain.violations import Violation
from antenne.services import receipts
from antenne.services.receipts import ReturnChange
from antenne.ui.cashbook.collect_fields import field_context, money_line
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import button, label
from antenne.ui.kit.operations import SHORT
from antenne.wording import formats
from antenne.wording import violations as sentences


class ChangeLine(QWidget):
    """How much the office owes her; the whole of it is proposed, part of it can be typed."""

    def __init__(self, context: Context, person_id: int, due: int, who: str = "") -> None:
        """Offer to give ``due`` back."""
        super().__init__()
        self._context = context
        self._person_id = person_id
        self._request = uuid.uuid4().hex
        self.said = label("", "strong", wrap=True)
        self._who = who
        self.amount = money_line("amount", "Somme rendue", field_context(context, self))
        self.amount.label.hide()
        self.amount.setFixedWidth(110)
        self.amount.error.hide()
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.give_button = button("Rendre", "plain", self.give)
        row = QHBoxLayout()
        row.setSpacing(2 * t.SPACE)
        row.addWidget(self.said, 1)
        row.addWidget(self.amount)
        row.addWidget(self.give_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.error, 0, Qt.AlignmentFlag.AlignRight)
        self.amount.edit.returnPressed.connect(self.give)
        self._show(due)

    def give(self) -> None:
        """Hand it over: noted in the caisse."""
        value = self.amount.value()
        if not isinstance(value, int):
            self._say(value if isinstance(value, Violation) else None)
            return
        self.give_button.setEnabled(False)
        command = ReturnChange(request_id=self._request, person_id=self._person_id, amount=value)
        self._context.operations.run(
            SHORT,
            receipts.return_change,
            self._context.desk,
            command,
            owner=self,
            done=self._given,
            broken=self._refused,
        )

    def _show(self, due: int) -> None:
        parts = (f"Monnaie due\u00a0: {formats.amount(due)}", self._who)
        self.said.setText(" · ".join(part for part in parts if part))
        self.amount.widget.set_value(due)

    def _given(self, done: Done[int]) -> None:
        self._request = uuid.uuid4().hex
        self.give_button.setEnabled(True)
        self._say(None, quiet=True)
        said = f"reste {formats.amount(done.value)}" if done.value else "il ne lui est plus rien dû"
        self._context.notify(f"Monnaie rendue\u00a0: {said}.", "good")
        if done.value:
            self._show(done.value)
        else:
            self.hide()
        self._context.broadcast(done.changes)

    def _refused(self, violations: tuple[Violation, ...]) -> None:
        self.give_button.setEnabled(True)
        self._say(violations[0])

    def _say(self, violation: Violation | None, *, quiet: bool = False) -> None:
        asked = "" if quiet else "Écrivez la somme rendue."
        sentence = asked if violation is None else sentences.sentence(violation)
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
