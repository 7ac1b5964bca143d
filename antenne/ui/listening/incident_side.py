"""Beside an incident: its type, the hours that are left, her agreements, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from antenne.base.clock import Clock
from antenne.domain.incidents import GbvType, Incident, Purpose
from antenne.domain.sendings import Sending
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.pills import Pill
from antenne.ui.listening.clocks import Clocks
from antenne.ui.listening.session_side import emptied
from antenne.wording import formats
from antenne.wording import gbvims as left_words
from antenne.wording import protection as words

_LATEST = 4
"""What left that is named beside her agreements."""


class TypeCard(Card):
    """Exactly one type, as the compulsory order gives it; nobody chooses it."""

    def __init__(self) -> None:
        """Nothing answered yet."""
        super().__init__("Type (GBVIMS)")
        self._type = Pill("", "info", self)
        self._said = label("", "hint", wrap=True)
        self._child = label("Exploitation d’une enfant\u00a0: la responsable est prévenue.", "note", wrap=True)
        self._child.setProperty("tone", "danger")
        row = QHBoxLayout()
        row.addWidget(self._type)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self._said)
        self.body.addWidget(self._child)
        self.show_type(None, child=False)

    @property
    def word(self) -> str:
        """The type in words, empty while a question is open."""
        return self._type.text()

    def show_type(self, found: GbvType | None, *, child: bool) -> None:
        """The first « oui » gives it; None while a question before it is open."""
        self._type.show_word("" if found is None else words.TYPES[found], "info")
        self._said.setText(
            "Il sort des questions de l’étape 3, dans leur ordre."
            if found is None
            else "Le premier «\u00a0oui\u00a0», dans l’ordre du formulaire. Le type de l’antenne est gardé à côté."
        )
        self._child.setVisible(child)


class ConsentsCard(Card):
    """Each agreement, and how she takes it back as easily."""

    withdrawn = Signal(Purpose, str)

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__("Ses accords")
        self.hide()

    def show_incident(self, one: Incident | None, sendings: Sequence[Sending]) -> None:
        """Purpose by purpose, recipient by recipient; below, what left."""
        emptied(self, 1)
        for agreement in () if one is None else one.agreements:
            row = QWidget(self)
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            name = agreement.recipient or words.PURPOSES[agreement.purpose]
            line.addWidget(label(name, wrap=True), 1)
            holds = agreement.given and agreement.withdrawn_on is None
            said = "oui" if holds else "retiré" if agreement.given else "non"
            line.addWidget(Pill(said, "good" if holds else "neutral", row))
            if holds:
                made = button("Retirer", "link")
                made.setAccessibleName(f"Retirer son accord\u00a0: {name}")
                made.clicked.connect(partial(self._withdraw, agreement.purpose, agreement.recipient))
                line.addWidget(made)
            self.body.addWidget(row)
        for sent in sendings[:_LATEST]:
            self.body.addWidget(label(left_words.sending(sent), "hint", wrap=True))
        self.setVisible(one is not None)

    def _withdraw(self, purpose: Purpose, recipient: str, _checked: object = None) -> None:
        self.withdrawn.emit(purpose, recipient)


class AfterCard(Card):
    """Plan, follow-ups, outcomes, closing, alert."""

    plan_asked = Signal()
    follow_up_asked = Signal()
    outcome_asked = Signal()
    closing_asked = Signal()
    alert_asked = Signal()

    def __init__(self) -> None:
        """Begin hidden: nothing follows what is not saved."""
        super().__init__("Suites")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(t.SPACE)
        self.body.addLayout(self._lines)
        self._labels: list[QWidget] = []
        self.buttons: dict[str, QPushButton] = {}
        for key, said, signal in (
            ("plan", "Plan de sécurité…", self.plan_asked),
            ("follow_up", "Suivi…", self.follow_up_asked),
            ("outcome", "Issue…", self.outcome_asked),
            ("alert", "Alerte aux collègues…", self.alert_asked),
            ("closing", "Clore…", self.closing_asked),
        ):
            made = button(said, "plain", signal.emit)
            self.buttons[key] = made
            self.body.addWidget(made)
        self.hide()

    def show_incident(self, one: Incident | None, outcome_words: Callable[[str], str]) -> None:
        """What there is already."""
        for old in self._labels:
            self._lines.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._labels = []
        if one is not None:
            for said in _after(one, outcome_words):
                made = label(said, "muted", wrap=True)
                self._lines.addWidget(made)
                self._labels.append(made)
            closed = one.closing is not None
            self.buttons["closing"].setText("Rouvrir" if closed else "Clore…")
            self.buttons["closing"].setAccessibleName("Rouvrir le dossier" if closed else "Clore le dossier…")
            for key in ("plan", "follow_up", "outcome"):
                self.buttons[key].setEnabled(not closed)
        self.setVisible(one is not None)


def _after(one: Incident, outcome_words: Callable[[str], str]) -> list[str]:
    """One line for each thing that follows."""
    said = []
    if one.plan is not None:
        said.append(f"Plan de sécurité du {formats.day(one.plan.made_on)}")
    if one.follow_ups:
        last = one.follow_ups[-1]
        safe = {True: ", en sécurité", False: ", pas en sécurité", None: ""}[last.safe]
        said.append(f"{formats.plural(len(one.follow_ups), 'suivi', 'suivis')}, le {formats.day(last.on)}{safe}")
    said += [f"{outcome_words(outcome.code).capitalize()}, le {formats.day(outcome.on)}" for outcome in one.outcomes]
    if one.closing is not None:
        said.append(f"Clos le {formats.day(one.closing.on)}")
    return said or ["Rien encore."]


class IncidentSide(QWidget):
    """The column at the right of an incident."""

    def __init__(self, clock: Clock, print_slip: Callable[[str], None]) -> None:
        """Begin with the type alone."""
        super().__init__()
        self.clocks = Clocks(clock, print_slip)
        self.kind = TypeCard()
        self.after = AfterCard()
        self.consents = ConsentsCard()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * t.SPACE)
        for piece in (self.clocks, self.kind, self.after, self.consents):
            column.addWidget(piece)

    def show_incident(
        self, one: Incident | None, outcome_words: Callable[[str], str], sendings: Sequence[Sending]
    ) -> None:
        """Of the record that is saved; None for a new one."""
        self.after.show_incident(one, outcome_words)
        self.consents.show_incident(one, sendings)
