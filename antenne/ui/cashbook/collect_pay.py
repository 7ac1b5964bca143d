"""What passes over the counter: total in figures and letters, box, payer, handed, given back, « monnaie due »."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from antenne.domain import cashbook
from antenne.domain.money import change_to_give
from antenne.domain.receipts import Tender
from antenne.domain.violations import Violation
from antenne.ui.cashbook.collect_fields import BoxChoice, Line, money_line, text_line
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import label
from antenne.ui.kit.fields.base import FieldContext
from antenne.ui.kit.theme import restyle
from antenne.wording import formats
from antenne.wording import violations as sentences


@dataclass(frozen=True, slots=True)
class Paid:
    """What is typed: box, reference, payer, handed (None: exactly the total) and given back."""

    box: str
    reference: str
    payer: str
    handed: int | None
    given: int


class PayCard(QWidget):
    """The figures follow each key; « rendu » is the whole change until she types less."""

    changed = Signal()

    def __init__(self, context: FieldContext) -> None:
        """Begin with nothing to pay."""
        super().__init__()
        self._total = 0
        self._rounded = False
        self._own_given = False
        self.figure = label(formats.amount(0), "figure")
        self.letters = label("", "muted", wrap=True)
        self.box = BoxChoice()
        self.reference = text_line("reference", "Référence du paiement", context, longest=60)
        self.payer = text_line("payer", "Payé par (si ce n’est pas elle)", context)
        self.handed = money_line("handed", "Remis", context)
        self.given = money_line("given", "Rendu", context)
        self.due = label("", "note", wrap=True)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self._build()
        self.box.currentIndexChanged.connect(self._box_changed)
        self.given.changed.connect(self._given_typed)
        for line in (self.reference, self.payer, self.handed):
            line.changed.connect(self._recount)
        self._recount()

    @property
    def is_cash(self) -> bool:
        """Notes and coins pass over the counter."""
        return self.box.code in ("", cashbook.CASH)

    def paid(self) -> Paid:
        """What is typed."""
        handed = self.handed.value() if self.is_cash else None
        given = self.given.amount() if self.is_cash and handed is not None else 0
        return Paid(
            box=self.box.code or cashbook.CASH,
            reference="" if self.is_cash else self.reference.text(),
            payer=self.payer.text(),
            handed=handed if isinstance(handed, int) else None,
            given=given,
        )

    def unread(self) -> dict[str, Violation]:
        """Figures that cannot be read, by field."""
        lines = (self.handed, self.given) if self.is_cash else ()
        return {line.field.key: value for line in lines if isinstance(value := line.value(), Violation)}

    def show_total(self, total: int, *, rounded: bool = False) -> None:
        """The basket's total has changed; ``rounded``: change is proposed down to 5 F, the rest stays due."""
        self._total = total
        self._rounded = rounded
        self._recount()

    def show_errors(self, broken: tuple[Violation, ...]) -> tuple[Violation, ...]:
        """Each beside its field; returns those that have none here."""
        found = self.unread() | {one.field: one for one in broken if one.field in self._fields}
        for key, line in self._fields.items():
            line.show_error(found.get(key, ""))
        return tuple(one for one in broken if one.field not in self._fields)

    def say(self, violations: tuple[Violation, ...]) -> None:
        """What stands against the whole basket."""
        said = dict.fromkeys(sentences.sentence(one) for one in violations)
        self.error.setText("\n".join(said))
        self.error.setVisible(bool(said))

    def clear(self) -> None:
        """For the next basket; the box stays."""
        for line in self._fields.values():
            line.widget.set_raw("")
            line.show_error()
        self._own_given = False
        self.say(())
        self._recount()

    def raw(self) -> dict[str, Any]:
        """For the draft."""
        typed = {key: line.edit.text() for key, line in self._fields.items()}
        return {**typed, "box": self.box.code, "own_given": self._own_given}

    def take_raw(self, raw: dict[str, Any]) -> None:
        """From the draft."""
        self.box.choose(str(raw.get("box", "")))
        for key, line in self._fields.items():
            line.widget.set_raw(raw.get(key))
        self._own_given = bool(raw.get("own_given"))
        self._recount()

    @property
    def _fields(self) -> dict[str, Line]:
        return {
            "reference": self.reference,
            "payer": self.payer,
            "handed": self.handed,
            "given": self.given,
        }

    def _build(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * t.SPACE)
        head = QVBoxLayout()
        head.setSpacing(0)
        head.addWidget(self.figure)
        head.addWidget(self.letters)
        column.addLayout(head)
        box = QVBoxLayout()
        box.setSpacing(3)
        name = label("Reçu en", "label")
        name.setBuddy(self.box)
        box.addWidget(name)
        box.addWidget(self.box)
        box.addStretch(1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * t.SPACE)
        grid.setVerticalSpacing(2 * t.SPACE)
        grid.addLayout(box, 0, 0)
        grid.addWidget(self.payer, 0, 1)
        grid.addWidget(self.reference, 1, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        money = QHBoxLayout()
        money.setSpacing(3 * t.SPACE)
        money.addWidget(self.handed, 1)
        money.addWidget(self.given, 1)
        column.addLayout(money)
        column.addWidget(self.due)
        column.addWidget(self.error)

    def _box_changed(self) -> None:
        self._recount()

    def _given_typed(self) -> None:
        self._own_given = bool(self.given.edit.text().strip())
        self._recount()

    def _recount(self) -> None:
        """Total in letters, the change proposed, the change still due."""
        cash = self.is_cash
        self.figure.setText(formats.amount(self._total))
        letters = formats.amount_in_letters(self._total)
        self.letters.setText(
            f"{letters[0].upper()}{letters[1:]}" if self._total else "Rien à encaisser pour le moment."
        )
        self.reference.setVisible(not cash)
        self.handed.setVisible(cash)
        self.given.setVisible(cash)
        handed = self.handed.amount()
        if not self._own_given:
            change = max(handed - self._total, 0)
            self.given.widget.set_value(change_to_give(change, rounded=self._rounded) if change else None)
        self._show_due(handed if cash else 0)
        self.changed.emit()

    def _show_due(self, handed: int) -> None:
        due = Tender(handed, self.given.amount()).due(self._total) if handed else 0
        if due > 0:
            restyle(self.due, tone="warning")
            self.due.setText(f"Monnaie due\u00a0: {formats.amount(due)}, gardée sur sa page")
        elif handed and self.given.amount():
            restyle(self.due, tone="neutral")
            self.due.setText(f"À rendre\u00a0: {formats.amount(self.given.amount())}")
        else:
            restyle(self.due, tone="neutral")
            self.due.setText("" if handed else "Remis vide\u00a0: la somme exacte." if self.is_cash else "")
