"""« Vérifier un reçu »: a number or a control code is typed, the verdict says what the paper must bear."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antenne.domain import receipts as rules
from antenne.domain.board import Target
from antenne.services import receipts_reading
from antenne.services.receipts_reading import Verified
from antenne.ui.cashbook.collect_fields import field_context, text_line
from antenne.ui.cashbook.receipts_words import VERDICTS
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.pills import Pill
from antenne.wording import formats


class VerifyCard(Card):
    """One line to type, one verdict."""

    closed = Signal()

    def __init__(self, context: Context) -> None:
        """Begin without a verdict."""
        super().__init__("Vérifier un reçu", role="focus")
        self._context = context
        self.head.addWidget(button("Fermer", "link", self.closed.emit))
        self.typed = text_line("code", "Numéro ou code de contrôle du papier", field_context(context, self))
        self.typed.edit.setPlaceholderText("2026-01473 ou 7F3A9-1C2K0")
        self.check_button = button("Vérifier", "primary", self.check)
        self._answer = QWidget()
        self.body.addWidget(self.typed)
        self.body.addWidget(self.check_button)
        self.body.addWidget(self._answer)
        self.body.addStretch(1)
        self.typed.edit.returnPressed.connect(self.check)

    def begin(self, typed: str = "") -> None:
        """Stand in the line; a scanned code is judged at once."""
        self.typed.edit.setFocus()
        if typed:
            self.typed.edit.setText(typed)
            self.check()

    def check(self) -> None:
        """Ask for the verdict."""
        text = self.typed.text()
        self.typed.show_error("" if text else "Tapez le numéro ou le code qui est sur le papier.")
        if text:
            self._context.operations.run(
                SHORT,
                receipts_reading.verify,
                self._context.desk,
                text,
                owner=self,
                done=self._show,
                latest=True,
            )

    def _show(self, found: Verified) -> None:
        self.body.removeWidget(self._answer)
        self._answer.hide()
        self._answer.deleteLater()
        self._answer = self._words(found)
        self.body.insertWidget(3, self._answer)
        self.typed.edit.selectAll()

    def _words(self, found: Verified) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(t.SPACE)
        word, tone, sentence = VERDICTS[found.verdict]
        head = QHBoxLayout()
        head.addWidget(Pill(word, tone, made))
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(label(sentence, wrap=True))
        said = [word, sentence]
        receipt = found.receipt
        if receipt is not None:
            facts = [
                f"Reçu {receipt.name} du {formats.day(receipt.day)}",
                f"Reçu de\u00a0: {receipt.payer or found.who}",
                *(f"{line.label}\u00a0: {formats.number(line.amount)}" for line in receipt.lines),
                f"Total\u00a0: {formats.amount(receipt.total)}",
                f"Contrôle\u00a0: {rules.shown_control(receipt.control) or 'aucun'}",
            ]
            for words in facts:
                column.addWidget(label(words, "strong" if words.startswith("Total") else "", wrap=True))
            said += facts
            target = Target("cashbook", receipt.id, action="receipts")
            column.addWidget(button("Ouvrir ce reçu", "link", partial(self._context.navigator.open, target)))
        made.setAccessibleName(" · ".join(said))
        return made
