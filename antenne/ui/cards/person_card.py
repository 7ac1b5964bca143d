"""The card « Carte de membre » of the woman's page."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from antenne.domain import cards as rules
from antenne.domain.board import Target, Tone
from antenne.domain.cards import CardKind, CardRow, CardState
from antenne.domain.changes import CARDS, MEMBERS, Changes
from antenne.domain.rights import Right
from antenne.services import cards_reading
from antenne.services.cards_reading import PersonCards
from antenne.services.desk import Desk
from antenne.ui.cards.offers import single_offers
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.person_card import AreaCard
from antenne.wording import cards as words
from antenne.wording import violations as sentences

_EVERY = frozenset({"hand", "print", "report_lost", "replace"})
_MOST_WAYS = 3
"""Buttons that fit the card; the screen « Cartes » has them all."""


class PersonCardPanel(AreaCard):
    """Where her card stands, and what may be done with it."""

    heading_text = "Carte de membre"

    def __init__(self, context: Context, person_id: int) -> None:
        """Begin empty; what is known comes from the short lane."""
        super().__init__(context, person_id)
        self._inside = QWidget()
        self.body.addWidget(self._inside)
        self.body.addStretch(1)
        self.read()

    @staticmethod
    def load(desk: Desk, person_id: int) -> PersonCards:
        """Every card of hers."""
        return cards_reading.cards_of_person(desk, person_id)

    def stale(self, changes: Changes) -> bool:
        """A card, or she, has changed."""
        return changes.touch(CARDS) or changes.touch(MEMBERS, self.person_id)

    def show_facts(self, hers: PersonCards) -> None:
        """Draw the card in force and what may be done with it."""
        self._inside.hide()
        self._inside.deleteLater()
        self._inside = QWidget()
        inside = Card()
        inside.setProperty("role", "")
        lost = next((card for card in hers.cards if card.lost_on is not None), None) if hers.current is None else None
        shown = hers.current or lost
        word, tone = self._pill(hers, lost=lost is not None)
        self.pill.show_word(word, tone)
        self._inside = inside
        inside.body.setContentsMargins(0, 0, 0, 0)
        for line, role in self._lines(hers, words.lost(lost) if lost else ""):
            inside.body.addWidget(label(line, role, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(2 * t.SPACE)
        for text, target in self._ways(hers, None if shown is None else self._row(hers, shown)):
            row.addWidget(button(text, "plain", partial(self.context.navigator.open, target)))
        row.addStretch(1)
        inside.body.addLayout(row)
        self.body.insertWidget(1, inside)

    def _pill(self, hers: PersonCards, *, lost: bool) -> tuple[str, Tone]:
        if hers.state is None:
            return ("Perdue", "danger") if lost else ("Sans carte", "neutral")
        tone: Tone = "danger" if hers.state is CardState.EXPIRED else words.TONES[hers.state]
        return ("Valable" if hers.state is CardState.HANDED else words.STATES[hers.state]), tone

    def _lines(self, hers: PersonCards, lost: str) -> list[tuple[str, str]]:
        card, state = hers.current, hers.state
        if card is None or state is None:
            first = lost or "Aucune carte établie."
            return [(first, ""), *((sentences.sentence(violation), "muted") for violation in hers.lacking[:2])]
        kind = "Carte discrète" if card.kind is CardKind.DISCREET else "Carte ordinaire"
        about = " · ".join(part for part in (kind, words.duplicate(card.duplicate_no).lower()) if part)
        lines = [(words.valid_until(card.valid_until), "strong"), (about, "muted")]
        if (said := words.state_words(card, state)) != words.STATES[state]:
            lines.append((said, ""))
        if hers.coming is not None:
            waits = words.state_words(hers.coming, rules.state(hers.coming, self.context.desk.today))
            lines.append((f"Carte {hers.coming.valid_until.year}\u00a0: {waits[0].lower()}{waits[1:]}", ""))
        return lines

    def _ways(self, hers: PersonCards, row: CardRow | None) -> list[tuple[str, Target]]:
        if not self.context.desk.may(Right.PRINT_CARDS):
            return []
        found: list[tuple[str, Target]] = []
        if hers.coming is not None:
            found += self._targets(self._row(hers, hers.coming), {"hand", "print"})
        if row is not None:
            found += self._targets(row, {"report_lost", "replace"} if found else _EVERY)
        if not hers.lacking and (hers.current is None or hers.state is CardState.EXPIRED):
            found.append(("Établir et imprimer…", Target("cards", self.person_id, action="issue")))
        return found[:_MOST_WAYS]

    def _targets(self, row: CardRow, actions: AbstractSet[str]) -> list[tuple[str, Target]]:
        """The buttons of one card."""
        assert row.card is not None
        card_id, today = row.card.id, self.context.desk.today
        return [
            (offer.text, Target("cards", card_id, action=offer.action))
            for offer in single_offers(row, today)
            if offer.action in actions
        ]

    def _row(self, hers: PersonCards, card: rules.MemberCard) -> CardRow:
        person = hers.person
        return CardRow(person.id, "", person.last_name, person.first_name, person.quarter, card)


def person_card(context: Context, person_id: int) -> QWidget:
    """The maker that the area offers."""
    return PersonCardPanel(context, person_id)
