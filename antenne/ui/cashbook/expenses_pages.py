"""The forms of money out: an expense, an advance and its justification, a transfer, indemnities."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout

from antenne.domain import expenses as rules
from antenne.domain.cashbook import CASH
from antenne.domain.expenses import Settlement
from antenne.domain.forms.expenses import ADVANCE, EXPENSE, INDEMNITIES, JUSTIFICATION, TRANSFER
from antenne.domain.violations import Violation
from antenne.services import advances, expenses, expenses_scans, transfers
from antenne.services.advances import GiveAdvance, JustifyAdvance
from antenne.services.expenses import PayExpense, PayIndemnities
from antenne.services.expenses_reading import ExpensePage, Offered
from antenne.services.expenses_scans import Scan
from antenne.services.transfers import TransferMoney
from antenne.ui.cashbook.expenses_form import FormPage
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import button, label
from antenne.ui.kit.operations import LONG
from antenne.ui.kit.saving import Answers
from antenne.wording import expenses as words
from antenne.wording import formats
from antenne.wording import violations as sentences

SCAN_PATTERN: Final = "Image ou PDF (*.jpg *.jpeg *.png *.webp *.tif *.tiff *.bmp *.pdf)"
PRINTS: Final = "Enregistrer et imprimer"
INDEMNITY_WORDS: Final = "Indemnité"


def number_in(answers: Mapping[str, Any], key: str) -> int:
    """An amount that is typed; 0 for none."""
    value = answers.get(key)
    return value if isinstance(value, int) else 0


def in_letters(amount: int) -> str:
    """« Douze mille cinq cents francs CFA », or empty."""
    said = formats.amount_in_letters(amount) if amount else ""
    return said[:1].upper() + said[1:]


class ExpenseForm(FormPage):
    """One expense, with the picture of its document."""

    def __init__(self, context: Context) -> None:
        """Add the picture under the form."""
        super().__init__(context, EXPENSE, PRINTS)
        self._scan: Scan | None = None
        self.scan_button = button("Joindre une photo ou un PDF…", "plain", self.choose_scan)
        self.drop_button = button("Retirer", "link", self._drop)
        self.scan_words = label("", "hint", wrap=True)
        row = QHBoxLayout()
        row.addWidget(self.scan_button)
        row.addWidget(self.drop_button)
        row.addWidget(self.scan_words, 1)
        self.card.body.insertLayout(1, row)
        self._show_scan()

    def begin(self, offered: Offered, subject_id: int = 0, answers: Mapping[str, object] | None = None) -> None:
        """Paid by the caisse, until she says otherwise."""
        self._scan = None
        self._show_scan()
        super().begin(offered, subject_id, {"box": CASH, **(answers or {})})

    def first_field(self) -> str:
        """The box is known already."""
        return "person_id"

    def work(self) -> Callable[..., Any]:
        """Pay it."""
        return expenses.pay_expense

    def command(self, answers: Answers) -> object:
        """With the picture, where there is one."""
        jpeg = b"" if self._scan is None else self._scan.jpeg
        return PayExpense(request_id=self.request_id, answers=answers, scan=jpeg)

    def show_effect(self) -> None:
        """The sum in letters, and what the budget line would have left."""
        answers = self.view.answers()
        amount = number_in(answers, "amount")
        self.say_effect(in_letters(amount))
        self.ask_budget({str(answers.get("budget_line") or ""): amount})

    def choose_scan(self) -> None:
        """Take a file; it is read and made small off the screen's thread."""
        ask_scan(self.context, self, self._take, self._refused)

    def _take(self, scan: Scan) -> None:
        self._scan = scan
        self._show_scan()

    def _refused(self, violations: tuple[Violation, ...]) -> None:
        self.scan_words.setText(sentences.sentence(violations[0]))

    def _drop(self) -> None:
        self._scan = None
        self._show_scan()
        self.scan_button.setFocus()

    def _show_scan(self) -> None:
        self.drop_button.setVisible(self._scan is not None)
        self.scan_words.setText("" if self._scan is None else scan_said(self._scan))


def ask_scan(
    context: Context,
    owner: FormPage | Any,
    done: Callable[[Scan], None],
    refused: Callable[[tuple[Violation, ...]], None],
) -> None:
    """Choose a file and prepare it on the long lane."""
    path = context.dialogs.ask_file_open(owner, "Pièce justificative", SCAN_PATTERN)
    if path is not None:
        context.operations.run(LONG, expenses_scans.read_scan, path, owner=owner, done=done, broken=refused)


def scan_said(scan: Scan) -> str:
    """« Image prête (180 ko) », « Image prête (180 ko) : première page de 3 »."""
    said = f"Image prête ({formats.size(len(scan.jpeg))})"
    return f"{said}\u00a0: première page de {scan.pages}" if scan.pages > 1 else said


class AdvanceForm(FormPage):
    """An advance: to whom, by when."""

    def __init__(self, context: Context) -> None:
        """Take the form."""
        super().__init__(context, ADVANCE, PRINTS)

    def begin(self, offered: Offered, subject_id: int = 0, answers: Mapping[str, object] | None = None) -> None:
        """From the caisse, to be justified in as many days as the setting says."""
        known = {"box": CASH, "justify_by": advances.due_day(self.context.desk)}
        super().begin(offered, subject_id, {**known, **(answers or {})})

    def first_field(self) -> str:
        """The box is known already."""
        return "person_id"

    def work(self) -> Callable[..., Any]:
        """Give it."""
        return advances.give_advance

    def command(self, answers: Answers) -> object:
        """As typed."""
        return GiveAdvance(request_id=self.request_id, answers=answers)

    def show_effect(self) -> None:
        """The sum in letters."""
        amount = number_in(self.view.answers(), "amount")
        self.say_effect(in_letters(amount))


class JustifyForm(FormPage):
    """What is brought for one advance; what is left is said as she types."""

    def __init__(self, context: Context) -> None:
        """Take the form."""
        super().__init__(context, JUSTIFICATION, PRINTS)
        self._advance_id = 0
        self._left = 0

    def begin_with(self, offered: Offered, page: ExpensePage) -> None:
        """Show whose advance it is, and what is left of it."""
        advance = page.advance
        assert advance is not None
        self._advance_id, self._left = page.expense.id, advance.left
        late = advance.days_late(self.context.clock.today())
        self.title.show_title(
            f"Justifier l’avance {page.expense.name}",
            subtitle=f"{page.who} · {page.expense.purpose} · reste {formats.amount(advance.left)}",
            pill=words.late(advance, self.context.clock.today()) if late else "",
            tone="danger",
        )
        self.begin(offered, page.expense.id, {"box": CASH})

    def work(self) -> Callable[..., Any]:
        """Enter it."""
        return advances.justify_advance

    def command(self, answers: Answers) -> object:
        """As typed."""
        return JustifyAdvance(request_id=self.request_id, advance_id=self._advance_id, answers=answers)

    def show_effect(self) -> None:
        """What is left afterwards, and what the budget lines would have left."""
        answers = self.view.answers()
        rows = rows_in(answers)
        brought = Settlement(
            sum(number_in(row, "amount") for row in rows),
            number_in(answers, "returned"),
            number_in(answers, "completed"),
        )
        left = brought.left_of(self._left)
        said = f"Pièces\u00a0: {formats.amount(brought.justified)}. {words.settlement_effect(left)}"
        self.say_effect(said, "danger" if left < 0 else "good" if left == 0 else "neutral")
        asked: dict[str, int] = {}
        for row in rows:
            key = str(row.get("budget_line") or "")
            asked[key] = asked.get(key, 0) + number_in(row, "amount")
        self.ask_budget(asked)


def rows_in(answers: Mapping[str, object]) -> tuple[dict[str, Any], ...]:
    """The rows that hold something."""
    found = answers.get("lines")
    return found if isinstance(found, tuple) else ()


class TransferForm(FormPage):
    """From one box to another; both sides are said before it is saved."""

    def __init__(self, context: Context) -> None:
        """Take the form."""
        super().__init__(context, TRANSFER, PRINTS)

    def begin(self, offered: Offered, subject_id: int = 0, answers: Mapping[str, object] | None = None) -> None:
        """From the caisse, most often."""
        super().begin(offered, subject_id, {"from_box": CASH, **(answers or {})})

    def first_field(self) -> str:
        """The box it leaves is known already."""
        return "to_box"

    def work(self) -> Callable[..., Any]:
        """Move it."""
        return transfers.transfer_money

    def command(self, answers: Answers) -> object:
        """As typed."""
        return TransferMoney(request_id=self.request_id, answers=answers)

    def show_effect(self) -> None:
        """What leaves, what arrives, the fee between them."""
        answers = self.view.answers()
        names = {option.code: option.label for option in self.choices.offered.boxes}
        source, target = (names.get(str(answers.get(key)), "…") for key in ("from_box", "to_box"))
        amount, fee = number_in(answers, "amount"), number_in(answers, "fee")
        sent = rules.moved(amount, fee, added=transfers.fee_added(self.context.desk))
        self.say_effect(words.transfer_effect(sent, source, target) if amount else "")


class IndemnitiesForm(FormPage):
    """Several women, one voucher each, printed together."""

    def __init__(self, context: Context) -> None:
        """Take the form."""
        super().__init__(context, INDEMNITIES, PRINTS)

    def begin(self, offered: Offered, subject_id: int = 0, answers: Mapping[str, object] | None = None) -> None:
        """From the caisse, in the usual words."""
        known = {"box": CASH, "purpose": INDEMNITY_WORDS, "document": "emargement"}
        super().begin(offered, subject_id, {**known, **(answers or {})})

    def first_field(self) -> str:
        """The day of the activity."""
        return "activity_on"

    def work(self) -> Callable[..., Any]:
        """Pay them."""
        return expenses.pay_indemnities

    def command(self, answers: Answers) -> object:
        """As typed."""
        return PayIndemnities(request_id=self.request_id, answers=answers)

    def show_effect(self) -> None:
        """How many, how much together, and what the budget line would have left."""
        answers = self.view.answers()
        rows = [row for row in rows_in(answers) if row.get("person_id")]
        total = sum(number_in(row, "amount") for row in rows)
        count = formats.plural(len(rows), "pièce", "pièces")
        self.say_effect(f"{count}, {formats.amount(total)} en tout." if rows else "")
        self.ask_budget({str(answers.get("budget_line") or ""): total})


FORMS: Final[dict[str, Callable[[Context], FormPage]]] = {
    "new": ExpenseForm,
    "advance": AdvanceForm,
    "transfer": TransferForm,
    "indemnities": IndemnitiesForm,
}
"""Form by the word of a target's action."""
