"""One woman's dues beside the list: what she owes, what she paid and on which receipts, what can be done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from antenne.domain.basket import Owed
from antenne.domain.board import Target
from antenne.domain.dues import Debtor, Due, DueKind
from antenne.domain.money import read_amount
from antenne.domain.violations import Violation
from antenne.services import dues_reading
from antenne.services.dues_reading import PersonDues
from antenne.ui.cashbook.dues_columns import due_columns, full_name
from antenne.ui.cashbook.dues_forms import CancelCard, EndExemptionCard, ExemptCard, SubscribeCard, UnsubscribeCard
from antenne.ui.cashbook.dues_side import SideCard
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import button, label
from antenne.ui.kit.models import RowsModel
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.tables import Table
from antenne.wording import dues as words
from antenne.wording import formats
from antenne.wording import violations as sentences

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout

KEY = "cashbook"
_SPREAD_AFTER = 200
_TALL = 232
"""Height of her table: six lines, the rest by scrolling."""


class WomanCard(SideCard):
    """Her dues, their receipts, her exemptions and insurance."""

    def __init__(self, context: Context, person_id: int) -> None:
        """Read her dues on the short lane."""
        super().__init__(context, "Ses cotisations", " ")
        self.person_id = person_id
        self._shown: PersonDues | None = None
        self.stretches = label("", "muted", wrap=True)
        self.model = RowsModel(due_columns(context.desk), parent=self)
        self.table = Table(self.model, "Ses cotisations")
        self.table.setFixedHeight(_TALL)
        self.table.picked.connect(self._picked)
        self.receipts = QVBoxLayout()
        self.sum = QLineEdit()
        self.sum.setAccessibleName("Elle verse, en FCFA")
        self.sum.setPlaceholderText("par exemple 5 000")
        self.spread = label("", "hint", wrap=True)
        self._timer = QTimer(self, singleShot=True, interval=_SPREAD_AFTER)
        self._timer.timeout.connect(self._spread)
        self.sum.textChanged.connect(self._timer.start)
        self.inside.addWidget(self.stretches)
        self.inside.addWidget(self.table)
        self.inside.addLayout(self.receipts)
        self.inside.addWidget(label("Elle verse (FCFA)", "label"))
        self.inside.addWidget(self.sum)
        self.inside.addWidget(self.spread)
        self.ways = QHBoxLayout()
        self.inside.addLayout(self.ways)
        self.cancel_button = self.add_button("Annuler la ligne…", self._cancel)
        self.cancel_button.setEnabled(False)
        self.collect_button = self.add_button("Encaisser", self.collect, "primary")
        self.read_again()

    def begin(self) -> None:
        """The list keeps the keyboard: she may go on to the next woman."""

    def read_again(self) -> None:
        """Her dues as they are now."""
        run = self.context.operations.run
        desk = self.context.desk
        run(SHORT, dues_reading.person_dues, desk, self.person_id, owner=self, done=self._show, broken=self.refuse)

    def collect(self) -> None:
        """« Encaisser » with her."""
        self.context.navigator.open(Target(KEY, self.person_id, action="collect"))

    @property
    def debtor(self) -> Debtor | None:
        """Her insurance and exemptions, once read."""
        return None if self._shown is None else self._shown.debtor

    @property
    def who(self) -> str:
        """NOM Prénom · number."""
        return "" if self._shown is None else f"{full_name(self._shown.row)} · {self._shown.row.number}"

    def _show(self, shown: PersonDues) -> None:
        self._shown = shown
        self.about.setText(self.who)
        row = shown.row
        self.pill.show_word(words.STANDINGS[row.standing], words.TONES[row.standing])
        lines = [
            words.stretch(one) for one in shown.debtor.subscriptions if one.until is None or one.until >= one.since
        ]
        if shown.debtor.exempt:
            lines.insert(0, "Exemptée de tout, selon sa fiche")
        if shown.debtor.stopped_on is not None:
            lines.insert(0, f"N’est plus adhérente depuis le {formats.day(shown.debtor.stopped_on)}")
        self.stretches.setText("\n".join(lines))
        self.stretches.setVisible(bool(lines))
        self.model.show_rows(shown.dues)
        self._picked(None)
        self._show_ways()

    def _show_ways(self) -> None:
        """What fits her: exempt her or end it, insure her or end it."""
        _empty(self.ways)
        assert self._shown is not None
        debtor, today = self._shown.debtor, self.context.clock.today()
        running = [one for one in debtor.subscriptions if one.until is None or one.until >= today]
        exempt = next((one for one in running if one.exempt), None)
        insured = any(one.kind is DueKind.INSURANCE for one in running)
        if debtor.stopped_on is None:
            self._way("Exempter…", lambda: ExemptCard(self.context, debtor, self.who))
            if exempt is not None:
                kind = exempt.kind
                self._way("Fin d’exemption…", lambda: EndExemptionCard(self.context, self.person_id, self.who, kind))
            if not insured:
                self._way("Assurance…", lambda: SubscribeCard(self.context, debtor, self.who))
        if insured:
            self._way("Fin d’assurance…", lambda: UnsubscribeCard(self.context, self.person_id, self.who))
        self.ways.addStretch(1)

    def _way(self, text: str, make: object) -> None:
        assert callable(make)
        self.ways.addWidget(button(text, "link", lambda: self.gives_way.emit(make())))

    def _picked(self, due: Due | None) -> None:
        """The receipts of one due, the newest last."""
        _empty(self.receipts)
        self.cancel_button.setEnabled(due is not None and due.cancelled_on is None and due.paid == 0)
        if due is None or self._shown is None:
            return
        why = due.cancelled_reason or due.exempt_reason
        if why:
            self.receipts.addWidget(label(f"Motif\u00a0: {why}", "muted", wrap=True))
        for one in self._shown.receipts:
            if one.due_id == due.id:
                text = f"Reçu {one.name} du {formats.day(one.day)}\u00a0: {formats.amount(one.amount)}"
                text += " (annulé)" if one.cancelled else ""
                target = Target(KEY, one.receipt_id, action="receipts")
                self.receipts.addWidget(button(text, "link", partial(self.context.navigator.open, target)))

    def _cancel(self) -> None:
        due = self.table.current()
        if isinstance(due, Due):
            self.gives_way.emit(CancelCard(self.context, due, self.who))

    # --- « Elle verse » --------------------------------------------------------------------------------------------

    def _spread(self) -> None:
        typed = self.sum.text().strip()
        amount = read_amount(typed) if typed else 0
        if isinstance(amount, Violation) or not amount:
            self.spread.setText(sentences.sentence(amount) if isinstance(amount, Violation) else "")
            return
        self.context.operations.run(
            SHORT,
            dues_reading.propose_payment,
            self.context.desk,
            self.person_id,
            amount,
            owner=self,
            done=self._show_spread,
            broken=self.refuse,
            latest=True,
        )

    def _show_spread(self, spread: tuple[tuple[Owed, ...], int]) -> None:
        parts, left = spread
        self.spread.setText(spread_words(parts, left))


def spread_words(parts: tuple[Owed, ...], left: int) -> str:
    """« Droit d’adhésion 1 000 · Cotisation 2026 500. Il reste 200 FCFA. »."""
    said = " · ".join(f"{one.label} {formats.number(one.amount)}" for one in parts)
    return f"{said}. Il reste {formats.amount(left)}." if left else f"{said}."


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
