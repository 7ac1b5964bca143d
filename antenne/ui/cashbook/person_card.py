"""The card « Caisse » of the woman's page: what she owes, what she is owed, her last receipts, and Encaisser."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from antenne.domain.board import Target
from antenne.domain.changes import CARDS, CASHBOOK, DUES, MEMBERS, Changes
from antenne.domain.receipts import Receipt
from antenne.domain.rights import Right
from antenne.domain.violations import Violation
from antenne.services import basket_preview, receipts_reading
from antenne.services.basket_preview import PersonMoney
from antenne.ui.cashbook.collect_change import ChangeLine
from antenne.ui.kit import shortcuts
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, ClosedCard, button, label
from antenne.ui.kit.operations import SHORT
from antenne.wording import formats

COLLECT_KEY: Final = "Ctrl+E"
"""From her page to « Encaisser », with her in the basket."""

_KEY: Final = "cashbook"
_SHOWN: Final = 2


class MoneyCard(Card):
    """Read again by :meth:`on_changes`."""

    def __init__(self, context: Context, person_id: int) -> None:
        """Begin empty; what is known comes from the short lane."""
        super().__init__("Caisse")
        self._context = context
        self._person_id = person_id
        self._inside = QWidget()
        self.body.addWidget(self._inside)
        self.body.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(2 * t.SPACE)
        if context.desk.may(Right.CASH_IN):
            self.collect_button = button("Encaisser…", "plain", self.collect)
            self.collect_button.setToolTip(COLLECT_KEY)
            row.addWidget(self.collect_button)
            shortcuts.bind(self, COLLECT_KEY, self.collect)
        row.addStretch(1)
        self.body.addLayout(row)
        self._read()

    def collect(self) -> None:
        """« Encaisser » with her in the basket."""
        self._context.navigator.open(Target(_KEY, self._person_id, action="collect"))

    def on_changes(self, changes: Changes) -> None:
        """Money, dues, a card, or she herself has changed."""
        if any(changes.touch(area) for area in (CASHBOOK, DUES, CARDS)) or changes.touch(MEMBERS, self._person_id):
            self._read()

    def _read(self) -> None:
        self._context.operations.run(
            SHORT,
            basket_preview.money_of_person,
            self._context.desk,
            self._context.baskets,
            self._person_id,
            owner=self,
            done=self._show,
            broken=self._show_nothing,
            latest=True,
        )

    def _show_nothing(self, _broken: tuple[Violation, ...]) -> None:
        """She is gone; her page says so."""

    def _show(self, hers: PersonMoney) -> None:
        self._inside.hide()
        self.body.removeWidget(self._inside)
        self._inside.deleteLater()
        inside = Card()
        inside.setProperty("role", "")
        inside.body.setContentsMargins(0, 0, 0, 0)
        inside.body.setSpacing(t.SPACE)
        self._inside = inside
        late = sum(one.amount for one in hers.late)
        if late:
            self.pill.show_word("En retard", "danger")
            inside.body.addWidget(label(formats.amount(late), "figure", tone="danger"))
            inside.body.addWidget(label(_late(hers), "muted", wrap=True))
        else:
            if hers.change_due:
                self.pill.show_word("Monnaie due", "warning")
            else:
                self.pill.show_word("À jour" if self._context.desk.may(Right.CASH_IN) else "", "good")
            coming = next((one for one in hers.owed if one.due_on is not None), None)
            if coming is not None:
                said = f"Prochain\u00a0: {coming.label}, {formats.amount(coming.amount)}"
                inside.body.addWidget(label(said, wrap=True))
        if hers.change_due:
            if self._context.desk.may(Right.CASH_IN):
                inside.body.addWidget(ChangeLine(self._context, self._person_id, hers.change_due))
            else:
                inside.body.addWidget(label(f"Monnaie due\u00a0: {formats.amount(hers.change_due)}", "strong"))
        for receipt in hers.receipts[:_SHOWN]:
            inside.body.addWidget(self._receipt(receipt))
        if not hers.receipts:
            inside.body.addWidget(label("Aucun reçu pour le moment.", "muted"))
        self.body.insertWidget(1, inside)

    def _receipt(self, receipt: Receipt) -> QWidget:
        crossed = " (annulé)" if receipt.cancelled_on is not None else ""
        said = f"{formats.day(receipt.day)} · {formats.amount(receipt.total)} · reçu {receipt.name}{crossed}"
        target = Target(_KEY, receipt.id, action="receipts")
        return button(said, "link", partial(self._context.navigator.open, target))


def _late(hers: PersonMoney) -> str:
    labels = [one.label for one in hers.late]
    more = f" et {len(labels) - _SHOWN} autres" if len(labels) > _SHOWN else ""
    return " · ".join(labels[:_SHOWN]) + more


def person_card(context: Context, person_id: int) -> QWidget:
    """The maker that the area offers."""
    if not receipts_reading.may_read(context.desk):
        return ClosedCard("Caisse", "Réservé à la caissière et à la responsable.")
    return MoneyCard(context, person_id)
