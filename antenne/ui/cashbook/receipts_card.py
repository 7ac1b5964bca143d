"""One receipt beside the list: what the paper says, its entry, its copies, cancelling, Historique."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from antenne.domain import receipts as rules
from antenne.domain.board import Target
from antenne.domain.changes import Done
from antenne.domain.receipts import Receipt
from antenne.domain.rights import Right
from antenne.services import receipts
from antenne.services.receipts import CancelReceipt
from antenne.services.receipts_reading import ReceiptPage
from antenne.ui.cashbook.collect_change import ChangeLine
from antenne.ui.cashbook.paper_card import CancelPart, entry_lines, history_lines, pair
from antenne.ui.cashbook.receipts_print import print_receipts
from antenne.ui.cashbook.receipts_words import print_words, printed_as
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.operations import SHORT
from antenne.wording import formats
from antenne.wording.receipts import HISTORY

_KEY: Final = "cashbook"


class ReceiptCard(Card):
    """Everything about one receipt."""

    closed = Signal()
    asked = Signal(object)
    """What was opened inside, to be scrolled to."""

    def __init__(self, context: Context, page: ReceiptPage) -> None:
        """Show it."""
        self._page = page
        receipt = page.receipt
        cancelled = receipt.cancelled_on is not None
        super().__init__(
            f"Reçu {receipt.name}",
            pill="Annulé" if cancelled else "",
            tone="danger" if cancelled else "neutral",
            role="focus",
        )
        self._context = context
        self._collects = context.desk.may(Right.CASH_IN)
        self.head.addWidget(button("Fermer", "link", self.closed.emit))
        self.cancel_form = CancelForm(context, page)
        self.cancel_form.hide()
        self.print_button = button(print_words(receipt), "primary", self.print_it, icon_name="printer")
        self.cancel_button = button("Annuler ce reçu…", "plain", self.begin_cancel)
        self._say_paper()
        self._say_money()
        self._offer()
        self._say_below()
        self.body.addStretch(1)

    @property
    def receipt(self) -> Receipt:
        """The one shown."""
        return self._page.receipt

    def print_it(self) -> None:
        """The original once, then a DUPLICATA."""
        print_receipts(self._context, self, (self.receipt.id,))

    def begin_cancel(self) -> None:
        """Show what cancelling does, and ask why."""
        if self._collects and self.receipt.cancelled_on is None:
            self.cancel_form.show()
            self.cancel_form.reason.setFocus()
            self.asked.emit(self.cancel_form)

    def begin(self) -> None:
        """Stand in the first button."""
        if self._collects:
            self.print_button.setFocus()

    def _say_paper(self) -> None:
        page, receipt = self._page, self._page.receipt
        herself = " — ".join(part for part in (page.who, page.number) if part)
        lines = [f"{formats.day(receipt.day)} · {receipt.cashier}", f"Reçu de\u00a0: {receipt.payer or herself}"]
        if receipt.payer and herself:
            lines.append(f"Pour\u00a0: {herself}")
        self.body.addWidget(label(lines[0], "muted"))
        for words in lines[1:]:
            self.body.addWidget(label(words, "strong", wrap=True))
        for line in receipt.lines:
            self.body.addLayout(pair(line.label, formats.number(line.amount)))
        self.body.addLayout(pair(f"Total, {page.box}", formats.amount(receipt.total), "strong"))
        self.body.addWidget(label(formats.amount_in_letters(receipt.total), "hint", wrap=True))
        if receipt.note:
            self.body.addWidget(label(receipt.note, "hint", wrap=True))

    def _say_money(self) -> None:
        page, receipt = self._page, self._page.receipt
        said = []
        if receipt.handed != receipt.total or receipt.change_given:
            said.append(
                f"Remis {formats.number(receipt.handed)}, rendu {formats.number(receipt.change_given)}"
                + (f", monnaie due {formats.number(receipt.change_due)}" if receipt.change_due else "")
            )
        if receipt.reference:
            said.append(f"Référence\u00a0: {receipt.reference}")
        said.append(f"Contrôle\u00a0: {rules.shown_control(receipt.control)}" if receipt.control else "Sans code")
        said.append(printed_as(receipt))
        if receipt.cancelled_on is not None:
            said.append(f"Annulé le {formats.day(receipt.cancelled_on)}\u00a0: {receipt.cancelled_reason}")
        if page.replaced_by:
            said.append(f"Remplacé par le reçu {page.replaced_by}")
        if page.replaces:
            said.append(f"Remplace le reçu {page.replaces}")
        for words in said:
            self.body.addWidget(label(words, "muted", wrap=True))
        if page.change_left and receipt.person_id is not None and receipt.change_due and self._collects:
            self.body.addWidget(ChangeLine(self._context, receipt.person_id, page.change_left))

    def _offer(self) -> None:
        if self._collects:
            row = QHBoxLayout()
            row.setSpacing(2 * t.SPACE)
            row.addWidget(self.print_button)
            if self.receipt.cancelled_on is None:
                row.addWidget(self.cancel_button)
            row.addStretch(1)
            self.body.addLayout(row)
        if self.receipt.person_id is not None and self._context.desk.may(Right.READ_PERSONS):
            target = Target("members", self.receipt.person_id)
            way = button("Ouvrir sa page", "link", partial(self._context.navigator.open, target))
            self.body.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.cancel_form)

    def _say_below(self) -> None:
        page = self._page
        for made in entry_lines((page.entry, page.reversal), page.accounts):
            self.body.addWidget(made)
        for made in history_lines(page.history, HISTORY):
            self.body.addWidget(made)


class CancelForm(CancelPart):
    """What cancelling does, the reason, and the two ways: only cancel, or begin again with the same basket."""

    def __init__(self, context: Context, page: ReceiptPage) -> None:
        """Say the effect before anything is done."""
        super().__init__(context, effect(page), "Annuler ce reçu")
        self._receipt = page.receipt
        self._replacing = False
        self.replace_button = button("Annuler et remplacer", "plain", self.replace)
        self._add_way(self.replace_button)

    def cancel(self) -> None:
        """Cancel it, and nothing else."""
        self._cancel(replacing=False)

    def replace(self) -> None:
        """Cancel it; the same basket opens again."""
        self._cancel(replacing=True)

    def _cancel(self, *, replacing: bool) -> None:
        self._replacing = replacing
        self._hold(free=False)
        command = CancelReceipt(
            request_id=self._request, receipt_id=self._receipt.id, reason=self.reason.toPlainText().strip()
        )
        self._context.operations.run(
            SHORT,
            receipts.cancel_receipt,
            self._context.desk,
            command,
            self._context.baskets,
            owner=self,
            done=self._cancelled,
            broken=self._refused,
        )

    def _cancelled(self, done: Done[Receipt]) -> None:
        self._context.notify(f"Reçu {done.value.name} annulé.", "good")
        replacing = self._replacing
        self._context.broadcast(done.changes)
        if replacing:
            self._context.navigator.open(Target(_KEY, self._receipt.id, action="collect/replace"))


def effect(page: ReceiptPage) -> tuple[str, ...]:
    """What cancelling a receipt does, in words."""
    receipt = page.receipt
    out = formats.amount(receipt.total + receipt.change_due)
    again = ", ".join(f"{line.label} {formats.number(line.amount)}" for line in receipt.lines)
    said = [
        f"L’écriture n° {receipt.entry_id} sera contre-passée aujourd’hui : {out} sortent de « {page.box} ».",
        f"Ne comptera plus comme payé\u00a0: {again}.",
        f"Le numéro {receipt.name} reste pris\u202f; barrez le papier s’il est là.",
    ]
    if receipt.change_due:
        said.insert(1, f"La monnaie due de ce reçu ({formats.amount(receipt.change_due)}) ne le sera plus.")
    return tuple(said)
