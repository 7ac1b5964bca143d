"""Issue, renew, hand over, lose, replace: a panel each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit

from antenne.domain import cards as rules
from antenne.domain.cards import CardKind, CardRow, MemberCard
from antenne.domain.changes import Done
from antenne.domain.dates import read_date
from antenne.domain.forms.model import Tense
from antenne.domain.violations import Violation
from antenne.services import cards
from antenne.services.cards import HandOver, IssueCards, Issued, RenewYear, ReplaceCard, ReportLost
from antenne.ui.cards.panel import Choice, Panel
from antenne.ui.cards.print_panel import PrintPanel
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import label
from antenne.ui.kit.operations import LONG
from antenne.wording import cards as words
from antenne.wording import formats
from antenne.wording import violations as sentences

_WITHOUT_PHOTO = "Imprimer aussi celles dont la photo manque (silhouette)"


def about(row: CardRow) -> str:
    """« KONÉ Fatoumata · M-00931 · valable jusqu’au 31/12/2026 »."""
    parts = [f"{row.last_name.upper()} {row.first_name}", row.number]
    if row.card is not None:
        parts += [words.valid_until(row.card.valid_until).lower(), words.duplicate(row.card.duplicate_no).lower()]
    return " · ".join(part for part in parts if part)


class IssuePanel(Panel):
    """Make the cards of these members, then print them."""

    def __init__(self, context: Context, rows: Sequence[CardRow], year: int | None = None) -> None:
        """Offer to issue a card to each, for ``year`` or for today."""
        what = about(rows[0]) if len(rows) == 1 else f"{words.counted(len(rows))} à établir"
        super().__init__(context, "Établir une carte" if len(rows) == 1 else "Établir des cartes", what)
        self._ids = tuple(row.person_id for row in rows)
        self._year = year
        self.kind = Choice("Quelle carte ?", [(kind.value, name) for kind, name in words.KINDS.items()], "standard")
        hint = "La carte discrète porte le pseudonyme, sans photo, sous un en-tête neutre."
        self.without_photo = QCheckBox("La photo peut manquer (silhouette)")
        self.inside.addWidget(self.kind)
        self.inside.addWidget(label(hint, "hint", wrap=True))
        self.inside.addWidget(self.without_photo)
        self.others_button = self.add_button("Établir les autres", self._issue_others)
        self.others_button.hide()
        self.issue_button = self.add_button("Établir", self._issue_all, "primary")
        self.progress.stop_requested.connect(self._stop)

    def begin(self) -> None:
        """The main button: Entrée issues."""
        self.issue_button.setFocus()

    def _issue_all(self) -> None:
        self._issue(leave_out=False)

    def _issue_others(self) -> None:
        self._issue(leave_out=True)

    def _issue(self, *, leave_out: bool) -> None:
        command = IssueCards(
            request_id=self.request_id,
            person_ids=self._ids,
            kind=CardKind(self.kind.code),
            without_photo=self.without_photo.isChecked(),
            leave_out=leave_out,
            year=self._year,
        )
        self._ticket = self.context.operations.run(
            LONG,
            cards.issue_cards,
            self.context.desk,
            command,
            owner=self,
            done=self._issued,
            broken=self._refused,
            progress=self.watch("Les cartes sont établies"),
            stopped=self.stopped,
            failed=self.let_go,
        )

    def _stop(self) -> None:
        self._ticket.stop()

    def _refused(self, violations: tuple[Violation, ...]) -> None:
        lacking = {dict(violation.values).get("person_id") for violation in violations}
        others = len(self._ids) - len(lacking)
        self.others_button.setVisible(others > 0)
        self.others_button.setText("Établir l’autre carte" if others == 1 else f"Établir les {others} autres")
        self.refuse(violations)

    def _issued(self, done: Done[Issued]) -> None:
        made = done.value.cards
        self.tell(f"{words.counted(len(made))} à imprimer.", done.changes)
        said = words.valid_until(made[0].valid_until) if made else ""
        ids = tuple(card.id for card in made)
        self.gives_way.emit(PrintPanel(self.context, ids, said, done.value.left_out) if ids else None)


class RenewPanel(Panel):
    """Every card due, in one go."""

    def __init__(self, context: Context, year: int, count: int) -> None:
        """Say how many are due for ``year``."""
        super().__init__(context, f"Renouveler les cartes {year}", f"{words.counted(count)} à renouveler")
        self._year = year
        hint = (
            "Chacune garde la forme de sa dernière carte. "
            "Celles à qui il manque quelque chose sont laissées de côté et nommées."
        )
        self.inside.addWidget(label(hint, "hint", wrap=True))
        self.without_photo = QCheckBox("La photo peut manquer (silhouette)")
        self.without_photo.setChecked(True)
        self.without_photo.setToolTip(_WITHOUT_PHOTO)
        self.inside.addWidget(self.without_photo)
        self.renew_button = self.add_button("Tout renouveler", self.renew, "primary")
        self.renew_button.setEnabled(count > 0)
        self.progress.stop_requested.connect(self._stop)

    def begin(self) -> None:
        """The main button."""
        self.renew_button.setFocus()

    def renew(self) -> None:
        """Renew on the long lane."""
        command = RenewYear(request_id=self.request_id, year=self._year, without_photo=self.without_photo.isChecked())
        self._ticket = self.context.operations.run(
            LONG,
            cards.renew_year,
            self.context.desk,
            command,
            owner=self,
            done=self._renewed,
            broken=self.refuse,
            progress=self.watch("Les cartes sont établies"),
            stopped=self.stopped,
            failed=self.let_go,
        )

    def _stop(self) -> None:
        self._ticket.stop()

    def _renewed(self, done: Done[Issued]) -> None:
        made, left = done.value.cards, done.value.left_out
        self.tell(f"{words.counted(len(made))} à imprimer pour {self._year}.", done.changes)
        ids = tuple(card.id for card in made[: rules.MOST_AT_ONCE])
        if ids:
            first = f", les {words.number(len(ids))} premières" if len(ids) < len(made) else ""
            self.gives_way.emit(PrintPanel(self.context, ids, f"Cartes {self._year}{first}", left))
        else:
            self.refuse(left)


class HandOverPanel(Panel):
    """She has her card: she signs, or puts a finger."""

    def __init__(self, context: Context, row: CardRow) -> None:
        """Ask how she acknowledged it."""
        super().__init__(context, "Remettre la carte", about(row))
        assert row.card is not None
        self._card_id = row.card.id
        self.how = Choice("Elle a", (("signature", "signé"), ("empreinte", "posé son doigt")), "signature")
        self.finger = QComboBox()
        self.finger.setAccessibleName("Quel doigt\u202f?")
        for _, finger in words.FINGERS:
            self.finger.addItem(finger)
        self.finger.hide()
        self.how.changed.connect(self._show_finger)
        self.inside.addWidget(self.how)
        self.inside.addWidget(self.finger)
        self.hand_button = self.add_button("Noter la remise", self.hand_over, "primary")

    def begin(self) -> None:
        """How comes first."""
        self.how.focus_first()

    def hand_over(self) -> None:
        """Note it."""
        finger = self.finger.currentText() if self.how.code == "empreinte" else ""
        command = HandOver(request_id=self.request_id, card_id=self._card_id, how=self.how.code, finger=finger)
        self.do(cards.hand_over, command, self._handed)

    def _handed(self, done: Done[MemberCard]) -> None:
        self.tell("Carte remise.", done.changes)
        self.gives_way.emit(None)

    def _show_finger(self, code: str) -> None:
        self.finger.setVisible(code == "empreinte")


class LostPanel(Panel):
    """The card is lost or stolen."""

    def __init__(self, context: Context, row: CardRow) -> None:
        """Ask how and since when."""
        super().__init__(context, "Carte perdue", about(row))
        assert row.card is not None
        self._row = row
        self._card_id = row.card.id
        self.how = Choice("La carte est", (("perdue", "perdue"), ("volee", "volée")), "perdue")
        self.on = QLineEdit(formats.day(context.desk.today))
        self.on.setAccessibleName("Depuis le")
        self._on_error = label("", "error", wrap=True)
        self._on_error.hide()
        self.inside.addWidget(self.how)
        self.inside.addWidget(label("Depuis le", "label"))
        self.inside.addWidget(self.on)
        self.inside.addWidget(self._on_error)
        self.inside.addWidget(label("La lecture de cette carte répondra «\u00a0perdue\u00a0».", "hint", wrap=True))
        self.report_button = self.add_button("Noter la perte", self.report, "primary")

    def begin(self) -> None:
        """How comes first."""
        self.how.focus_first()

    def report(self) -> None:
        """Note it."""
        read = read_date(self.on.text(), self.context.desk.today, Tense.PAST)
        if read is None or isinstance(read, Violation):
            self._on_error.setText(
                "Tapez le jour, par exemple 23/11 ou «\u00a0hier\u00a0»." if read is None else sentences.sentence(read)
            )
            self._on_error.show()
            self.on.setFocus()
            return
        self._on_error.hide()
        command = ReportLost(request_id=self.request_id, card_id=self._card_id, on=read, how=self.how.code)
        self.do(cards.report_lost, command, self._reported)

    def _reported(self, done: Done[MemberCard]) -> None:
        self.tell(f"Carte notée {words.lost(done.value).lower()}.", done.changes)
        self.gives_way.emit(ReplacePanel(self.context, self._row, done.value.lost_how))


class ReplacePanel(Panel):
    """A duplicate, for a reason."""

    def __init__(self, context: Context, row: CardRow, reason: str = "") -> None:
        """Ask why."""
        super().__init__(context, "Établir un duplicata", about(row))
        assert row.card is not None
        self._card_id = row.card.id
        self._reasons = context.desk.settings.options("duplicate_reasons", context.desk.today)
        self.reason = QComboBox()
        self.reason.setAccessibleName("Motif")
        self.reason.addItems([option.label for option in self._reasons])
        codes = [option.code for option in self._reasons]
        self.reason.setCurrentIndex(codes.index(reason) if reason in codes else -1)
        self.reason.setPlaceholderText("Choisir le motif")
        self.inside.addWidget(label("Motif", "label"))
        self.inside.addWidget(self.reason)
        hint = "L’ancienne carte ne vaudra plus rien. Le duplicata garde la même date de fin."
        self.inside.addWidget(label(hint, "hint", wrap=True))
        self.replace_button = self.add_button("Établir le duplicata", self.replace, "primary")

    def begin(self) -> None:
        """The reason, or the button where it is known."""
        (self.replace_button if self.reason.currentIndex() >= 0 else self.reason).setFocus()

    def replace(self) -> None:
        """Make it."""
        number = self.reason.currentIndex()
        reason = self._reasons[number].code if number >= 0 else ""
        command = ReplaceCard(request_id=self.request_id, card_id=self._card_id, reason=reason)
        self.do(cards.replace_card, command, self._made)

    def _made(self, done: Done[MemberCard]) -> None:
        said = f"{words.duplicate(done.value.duplicate_no)}, {words.valid_until(done.value.valid_until).lower()}"
        self.tell(f"{words.duplicate(done.value.duplicate_no)} à imprimer.", done.changes)
        self.gives_way.emit(PrintPanel(self.context, (done.value.id,), said))
