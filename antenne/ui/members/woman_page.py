"""« Une femme est devant moi »: one page with everything she may ask about (mock-up: femme)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QWidget

from antenne.domain.changes import CARDS, MEMBERS, Changes
from antenne.domain.persons import Person
from antenne.domain.rights import Right
from antenne.domain.violations import Violation
from antenne.services.members_reading import Page as Facts
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Page, PageTitle, button, label
from antenne.ui.members import words
from antenne.ui.members.photo_frame import PhotoFrame
from antenne.ui.members.reading import read_person
from antenne.wording import violations as sentences

_THREE_FROM = 900
_TWO_FROM = 560


class WomanPage(Page):
    """Header, then a card per area, then one line on how she may be reached."""

    file_asked = Signal(int, str)
    left = Signal()

    def __init__(self, context: Context) -> None:
        """Build the empty page."""
        super().__init__()
        self._context = context
        self.person_id = 0
        self._cards: list[QWidget] = []
        self._columns = 0
        self.photo = PhotoFrame(58)
        self.title = PageTitle()
        self.file_button = button("Fiche complète", "primary", self._ask_file)
        self.title.add_button(self.file_button)
        head = QHBoxLayout()
        head.setSpacing(4 * t.SPACE)
        head.addWidget(self.photo)
        head.addWidget(self.title, 1)
        self.body.addLayout(head)
        self._grid = QGridLayout()
        self._grid.setSpacing(3 * t.SPACE)
        self.body.addLayout(self._grid)
        self.foot = QFrame()
        self.foot.setProperty("role", "card")
        foot = QHBoxLayout(self.foot)
        foot.setContentsMargins(4 * t.SPACE, 3 * t.SPACE, 4 * t.SPACE, 3 * t.SPACE)
        self._passage = label("", "muted", wrap=True)
        self._reach = label("", "muted", wrap=True)
        self._reach.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self._passage, 1)
        foot.addWidget(self._reach, 1)
        self.body.addWidget(self.foot)
        self.body.addStretch(1)

    def show_person(self, person_id: int) -> None:
        """Read her page; the cards of the areas are made anew for another woman."""
        if person_id != self.person_id:
            self.person_id = person_id
            self._make_cards()
        self._read()

    def on_changes(self, changes: Changes) -> None:
        """Something of hers changed."""
        if self.person_id and (changes.touch(MEMBERS, self.person_id) or changes.touch(CARDS)):
            self._read()
        for card in self._cards:
            heard = getattr(card, "on_changes", None)
            if heard is not None:
                heard(changes)

    def _read(self) -> None:
        read_person(self._context, self.person_id, self, self.photo, done=self._show, gone=self._gone)

    def _gone(self, broken: tuple[Violation, ...]) -> None:
        self._context.notify(" ".join(sentences.sentence(one) for one in broken), "warning")
        self.left.emit()

    def _show(self, facts: Facts) -> None:
        person = facts.person
        word, tone = words.standing(facts, self._context.clock.today())
        self.title.show_title(
            words.listed(person.last_name, person.first_name),
            subtitle=words.briefly(person, self._context.clock.today()),
            pill=word,
            tone=tone,
        )
        writes = self._context.desk.may(Right.WRITE_PERSONS) and person.erased_on is None
        self.file_button.setText("Fiche complète" if writes else "Voir la fiche")
        brought = f"Marraine\u00a0: {facts.sponsor}." if facts.sponsor else ""
        noted = " ".join(sentences.sentence(one) for one in facts.warnings)
        self._passage.setText(" ".join(part for part in (brought, noted) if part) or "Aucune remarque.")
        self._reach.setText(reach(person))

    def _ask_file(self) -> None:
        self.file_asked.emit(self.person_id, "")

    def _make_cards(self) -> None:
        for card in self._cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [make(self._context, self.person_id) for make in self._context.person_cards]
        self._columns = 0
        self._arrange()

    def _arrange(self) -> None:
        columns = 3 if self.width() >= _THREE_FROM else 2 if self.width() >= _TWO_FROM else 1
        if columns == self._columns:
            return
        self._columns = columns
        for position in range(3):
            self._grid.setColumnStretch(position, 1 if position < columns else 0)
        for position, card in enumerate(self._cards):
            card.setMinimumHeight(188)
            self._grid.addWidget(card, position // columns, position % columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Three columns, two or one."""
        super().resizeEvent(event)
        self._arrange()


def reach(person: Person) -> str:
    """« On peut l’appeler, pas laisser de message. » from her first phone."""
    if not person.phones:
        return "Pas de téléphone."
    phone = person.phones[0]
    call = {True: "On peut l’appeler", False: "Ne pas l’appeler", None: "Peut-on l’appeler\u202f? À demander"}
    message = {True: "laisser un message est permis", False: "pas laisser de message", None: ""}
    parts = [call[phone.may_call], message[phone.may_message]]
    said = ", ".join(part for part in parts if part) + "."
    return f"{said} Ne rien dire à\u00a0: {person.never_tell}." if person.never_tell else said
