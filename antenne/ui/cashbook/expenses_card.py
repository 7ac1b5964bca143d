"""One voucher beside the list: what the paper says, its advance, its document, its entry, cancelling, Historique."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from antenne.domain.board import Target
from antenne.domain.changes import Done
from antenne.domain.expenses import Expense
from antenne.domain.rights import Right
from antenne.domain.violations import Violation
from antenne.domain.voucher_faces import VoucherKind
from antenne.services import expenses, expenses_scans
from antenne.services.expenses import CancelExpense
from antenne.services.expenses_reading import ExpensePage
from antenne.services.expenses_scans import AttachScan, Scan
from antenne.ui.cashbook.expenses_lists import print_words, printed_as
from antenne.ui.cashbook.expenses_pages import ask_scan
from antenne.ui.cashbook.expenses_print import print_vouchers
from antenne.ui.cashbook.paper_card import CancelPart, entry_lines, history_lines, pair
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.operations import SHORT
from antenne.wording import expenses as words
from antenne.wording import formats
from antenne.wording import violations as sentences

KEY: Final = "cashbook"
_PICTURE_WIDTH: Final = 340


class ExpenseCard(Card):
    """Everything about one voucher.

    Attributes:
        closed: She is done with it.
        asked: What was opened inside, to be scrolled to.
    """

    closed = Signal()
    asked = Signal(object)

    def __init__(self, context: Context, page: ExpensePage) -> None:
        """Show it."""
        expense = page.expense
        cancelled = expense.cancelled_on is not None
        super().__init__(
            f"Pièce {expense.name}",
            pill="Annulée" if cancelled else "",
            tone="danger" if cancelled else "neutral",
            role="focus",
        )
        self._page = page
        self._context = context
        self._pays = context.desk.may(Right.CASH_OUT)
        self.head.addWidget(button("Fermer", "link", self.closed.emit))
        kind = "plain" if self._is_open else "primary"
        self.print_button = button(print_words(expense), kind, self.print_it, icon_name="printer")
        self.cancel_button = button("Annuler cette pièce…", "plain", self.begin_cancel)
        self.justify_button = button("Justifier…", "primary", self.justify)
        self.cancel_form = CancelForm(context, page)
        self.cancel_form.hide()
        self.document = DocumentPart(context, page)
        self.document.shown.connect(self.asked)
        self._say_paper()
        self._say_advance()
        self._offer()
        self.body.addWidget(self.document)
        self._say_below()
        self.body.addStretch(1)

    @property
    def expense(self) -> Expense:
        """The one shown."""
        return self._page.expense

    def begin(self) -> None:
        """Stand in the first button."""
        if self._pays:
            (self.justify_button if self._is_open else self.print_button).setFocus()

    def print_it(self) -> None:
        """The original once, then a DUPLICATA."""
        print_vouchers(self._context, self, (self.expense.id,))

    def justify(self) -> None:
        """The form of what is brought for this advance."""
        self._go("expenses/advance", self.expense.id)

    def begin_cancel(self) -> None:
        """Show what cancelling does, and ask why."""
        if self._pays and self.expense.cancelled_on is None:
            self.cancel_form.show()
            self.cancel_form.reason.setFocus()
            self.asked.emit(self.cancel_form)

    @property
    def _is_open(self) -> bool:
        return self._page.advance is not None and self._page.advance.is_open

    def _go(self, action: str, expense_id: int) -> None:
        self._context.navigator.open(Target(KEY, expense_id, action=action))

    def _say_paper(self) -> None:
        page, expense = self._page, self._page.expense
        kind = words.KINDS[expense.kind]
        self.body.addWidget(label(f"{kind} · {formats.day(expense.day)} · {expense.cashier}", "muted"))
        for said in (page.who, expense.purpose):
            if said:
                self.body.addWidget(label(said, "strong", wrap=True))
        self.body.addLayout(pair(_from(page), formats.amount(expense.amount), "strong"))
        self.body.addWidget(label(formats.amount_in_letters(expense.amount), "hint", wrap=True))
        self.body.addWidget(label(page.account, "muted", wrap=True))
        for said in (page.budget_line, page.document, printed_as(expense)):
            if said:
                self.body.addWidget(label(said, "muted", wrap=True))
        if expense.cancelled_on is not None:
            said = f"Annulée le {formats.day(expense.cancelled_on)}\u00a0: {expense.cancelled_reason}"
            self.body.addWidget(label(said, "muted", wrap=True))

    def _say_advance(self) -> None:
        page = self._page
        if page.expense.advance_id is not None:
            way = button(
                f"Sur l’avance {page.of_advance}", "link", partial(self._go, "expenses", page.expense.advance_id)
            )
            self.body.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)
        advance = page.advance
        if advance is None:
            return
        for said, amount in (
            ("Complétée de", advance.completed),
            ("Justifiée par des pièces", advance.justified),
            ("Rendue", advance.returned),
        ):
            if amount:
                self.body.addLayout(pair(said, formats.number(amount)))
        if advance.expense.cancelled_on is None:
            self.body.addLayout(pair("Reste à justifier", formats.amount(advance.left), "strong"))
        if advance.is_open:
            today = self._context.clock.today()
            tone = "danger" if advance.days_late(today) else "neutral"
            when = words.late(advance, today)
            self.body.addWidget(label(when[:1].upper() + when[1:], "note", tone=tone))
        for one in page.followers:
            gone = " (annulée)" if one.cancelled_on is not None else ""
            said = f"{one.name} · {words.KINDS[one.kind]} · {formats.number(one.amount)}{gone}"
            self.body.addWidget(
                button(said, "link", partial(self._go, "expenses", one.id)), 0, Qt.AlignmentFlag.AlignLeft
            )

    def _offer(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(2 * t.SPACE)
        if self._pays and self._is_open:
            row.addWidget(self.justify_button)
        row.addWidget(self.print_button)
        row.addStretch(1)
        self.body.addLayout(row)
        if self._pays and self.expense.cancelled_on is None:
            self.body.addWidget(self.cancel_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.cancel_form)
        if self.expense.person_id is not None and self._context.desk.may(Right.READ_PERSONS):
            target = Target("members", self.expense.person_id)
            way = button("Ouvrir sa page", "link", partial(self._context.navigator.open, target))
            self.body.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)

    def _say_below(self) -> None:
        page = self._page
        for made in entry_lines((page.entry, page.reversal), page.accounts):
            self.body.addWidget(made)
        for made in history_lines(page.history, words.HISTORY):
            self.body.addWidget(made)


def _from(page: ExpensePage) -> str:
    """« De Caisse », « De Caisse vers Banque », « Vers Caisse »."""
    if page.to_box:
        return f"De {page.box} vers {page.to_box}"
    if page.expense.kind is VoucherKind.RETURN:
        return f"Vers {page.box}"
    return "Sans mouvement d’argent" if page.expense.kind is VoucherKind.JUSTIFICATION else f"De {page.box}"


class DocumentPart(QWidget):
    """The picture of the supporting document: shown when asked, added or replaced."""

    shown = Signal(object)

    def __init__(self, context: Context, page: ExpensePage) -> None:
        """Offer what can be done."""
        super().__init__()
        self._context = context
        self._page = page
        self._request = uuid.uuid4().hex
        self.picture = QLabel()
        self.picture.setAccessibleName("Image du justificatif")
        self.picture.hide()
        self.said = label("", "error", wrap=True)
        self.said.hide()
        self.view_button = button("Voir le justificatif", "link", self.view)
        self.add_button = button(
            "Remplacer l’image…" if page.has_scan else "Joindre une photo ou un PDF…", "link", self.add
        )
        row = QHBoxLayout()
        if page.has_scan:
            row.addWidget(self.view_button)
        if context.desk.may(Right.CASH_OUT) and page.expense.cancelled_on is None:
            row.addWidget(self.add_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.said)
        column.addWidget(self.picture)

    def view(self) -> None:
        """Show or hide the picture."""
        if not self.picture.isHidden():
            self.picture.hide()
            return
        find, number = expenses_scans.find_scan, self._page.expense.id
        self._context.operations.run(SHORT, find, self._context.desk, number, owner=self, done=self._show)

    def add(self) -> None:
        """Take a file."""
        ask_scan(self._context, self, self._attach, self._refused)

    def _show(self, jpeg: bytes | None) -> None:
        if jpeg is None:
            return
        image = QImage.fromData(jpeg)
        wide = image.scaledToWidth(_PICTURE_WIDTH, Qt.TransformationMode.SmoothTransformation)
        self.picture.setPixmap(QPixmap.fromImage(wide))
        self.picture.show()
        self.shown.emit(self.picture)

    def _attach(self, scan: Scan) -> None:
        command = AttachScan(self._request, self._page.expense.id, scan.jpeg)
        attach = expenses_scans.attach_scan
        self._context.operations.run(SHORT, attach, self._context.desk, command, owner=self, done=self._attached)

    def _attached(self, done: Done[None]) -> None:
        self._context.notify("Justificatif gardé avec la pièce.", "good")
        self._context.broadcast(done.changes)

    def _refused(self, violations: tuple[Violation, ...]) -> None:
        self.said.setText(sentences.sentence(violations[0]))
        self.said.show()


class CancelForm(CancelPart):
    """What cancelling does, and the reason."""

    def __init__(self, context: Context, page: ExpensePage) -> None:
        """Say the effect before anything is done."""
        super().__init__(context, effect(page), "Annuler cette pièce")
        self._page = page

    def cancel(self) -> None:
        """Cancel it."""
        self._hold(free=False)
        command = CancelExpense(
            request_id=self._request, expense_id=self._page.expense.id, reason=self.reason.toPlainText()
        )
        self._context.operations.run(
            SHORT,
            expenses.cancel_expense,
            self._context.desk,
            command,
            owner=self,
            done=self._cancelled,
            broken=self._refused,
        )

    def _cancelled(self, done: Done[Expense]) -> None:
        self._context.notify(f"Pièce {done.value.name} annulée.", "good")
        self._context.broadcast(done.changes)


def effect(page: ExpensePage) -> tuple[str, ...]:
    """What cancelling a voucher does, in words."""
    expense, amount = page.expense, formats.amount(page.expense.amount)
    box, to_box = f"«\u00a0{page.box}\u00a0»", f"«\u00a0{page.to_box}\u00a0»"
    first = {
        VoucherKind.RETURN: f"{amount} ressortent de {box} et sont de nouveau à justifier.",
        VoucherKind.JUSTIFICATION: f"{amount} sont de nouveau à justifier sur l’avance {page.of_advance}.",
        VoucherKind.TRANSFER: f"L’argent revient de {to_box} vers {box}, frais compris.",
    }.get(expense.kind, f"{amount} reviennent dans {box}.")
    return (
        f"L’écriture n°\u00a0{expense.entry_id} sera contre-passée aujourd’hui\u00a0: {first}",
        f"Le numéro {expense.name} reste pris\u202f; barrez le papier s’il est là.",
    )
