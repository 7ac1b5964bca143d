"""The card « Identité et contact » of the woman's page: who she is for the one who speaks to her."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from antenne.domain import phones
from antenne.domain.board import Target
from antenne.domain.changes import MEMBERS, Changes
from antenne.domain.persons import Person
from antenne.services import members_reading
from antenne.services.desk import Desk
from antenne.services.members_reading import Page as Facts
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import button, label
from antenne.ui.kit.person_card import AreaCard
from antenne.wording import formats
from antenne.wording.members import PURPOSES


class ContactCard(AreaCard):
    """Phone, languages, who to warn, what she agreed to."""

    heading_text = "Identité et contact"

    def __init__(self, context: Context, person_id: int) -> None:
        """Begin empty; what is known comes from the short lane."""
        super().__init__(context, person_id, pill=" ")
        self._lines: list[QLabel] = [label("", "", wrap=True) for _ in range(4)]
        for line in self._lines:
            self.body.addWidget(line)
        self.body.addStretch(1)
        self._open = button("Ouvrir la fiche", "plain", self._go)
        self.body.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        self.read()

    @staticmethod
    def load(desk: Desk, person_id: int) -> Facts:
        """Her page's facts."""
        return members_reading.load_page(desk, person_id)

    def stale(self, changes: Changes) -> bool:
        """Her file changed."""
        return changes.touch(MEMBERS, self.person_id)

    def show_facts(self, facts: Facts) -> None:
        """Write what is known of her."""
        person = facts.person
        agreed = [PURPOSES[one].casefold() for one in PURPOSES if one in facts.consents]
        self.pill.show_word("Accord donné" if agreed else "Accord à demander", "good" if agreed else "warning")
        said = (
            self._phone(person),
            self._speaks(person),
            self._warn(person),
            f"Accord\u00a0: {', '.join(agreed)}" if agreed else "",
        )
        for line, text in zip(self._lines, said, strict=True):
            line.setText(text)
            line.setVisible(bool(text))

    def _phone(self, person: Person) -> str:
        numbers = " · ".join(phones.shown(one.number) for one in person.phones)
        return f"Téléphone\u00a0: {numbers}" if numbers else "Pas de téléphone"

    def _speaks(self, person: Person) -> str:
        settings = self.context.desk.settings
        spoken = ", ".join(settings.label("languages", code) for code in person.languages)
        children = formats.plural(person.children_count, "enfant", "enfants") if person.children_count else ""
        return " · ".join(part for part in (spoken, children) if part)

    def _warn(self, person: Person) -> str:
        if not person.emergency_name:
            return ""
        knows = {True: "connaît l’association", False: "ne sait rien de l’association", None: ""}
        said = " · ".join(part for part in (person.emergency_name, knows[person.emergency_knows]) if part)
        return f"À prévenir\u00a0: {said}"

    def _go(self) -> None:
        self.context.navigator.open(Target("members", self.person_id, action="file"))


def contact_card(context: Context, person_id: int) -> ContactCard:
    """Make the card."""
    return ContactCard(context, person_id)
