"""The card of the woman's page: for right-holders her talks in brief, for everybody else the same closed padlock."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from antenne.domain.board import Target
from antenne.domain.changes import LISTENING, Changes
from antenne.domain.incidents import CARE
from antenne.domain.protection_clock import left
from antenne.domain.rights import Right
from antenne.services.compartment import own_person
from antenne.services.desk import Desk
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, ClosedCard, button, label
from antenne.ui.kit.person_card import AreaCard
from antenne.ui.listening.clocks import Running, spoken_left
from antenne.ui.listening.keys import KEY, RESERVED, TITLE
from antenne.ui.listening.reading import Her, her
from antenne.wording import formats

_SHOWN = 2


class ListeningCard(AreaCard):
    """Her talks: how many, the last ones, the next appointment, hours that still run."""

    heading_text = TITLE

    def __init__(self, context: Context, person_id: int) -> None:
        """Begin empty; what is known comes from the short lane."""
        super().__init__(context, person_id, pill=" ")
        self._inside = QWidget()
        self.body.addWidget(self._inside)
        self.body.addStretch(1)
        row = QHBoxLayout()
        self.new_button = button("Nouvelle écoute…", "plain", self._new)
        row.addWidget(self.new_button)
        self.rights_button = button("Ses droits…", "link", self._rights)
        row.addWidget(self.rights_button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.read()

    @staticmethod
    def load(desk: Desk, person_id: int) -> Her | None:
        """What is known of her; None of the user herself: nobody opens the sealed part of herself."""
        return None if own_person(desk) == person_id else her(desk, person_id, "")

    def stale(self, changes: Changes) -> bool:
        """Something of the compartment changed."""
        return changes.touch(LISTENING)

    def show_facts(self, facts: Her | None) -> None:
        """Her talks, the latest first."""
        self._inside.hide()
        self.body.removeWidget(self._inside)
        self._inside.deleteLater()
        inside = Card()
        inside.setProperty("role", "")
        inside.body.setContentsMargins(0, 0, 0, 0)
        inside.body.setSpacing(t.SPACE)
        self._inside = inside
        self.new_button.setVisible(facts is not None)
        self.rights_button.setVisible(facts is not None)
        if facts is None:
            self.pill.show_word("Fermé", "neutral")
            inside.body.addWidget(label("C’est votre propre fiche.", "muted", wrap=True))
        else:
            self._fill(inside, facts)
        self.body.insertWidget(1, inside)

    def _fill(self, inside: Card, facts: Her) -> None:
        count = facts.rank - 1
        self.pill.show_word(formats.plural(count, "écoute", "écoutes") if count else "", "info")
        for one in facts.counts:
            inside.body.addWidget(label(self._hours(one), "note", wrap=True, tone="danger"))
        for line in facts.before[:_SHOWN]:
            open_it = partial(self.context.navigator.open, Target(KEY, action=f"session/{line.id}"))
            inside.body.addWidget(button(f"{formats.day(line.at.date())} · {line.motives}", "link", open_it))
        following = next((line.next_at for line in facts.before if line.next_at is not None), None)
        if following is not None and following.date() >= self.context.clock.today():
            inside.body.addWidget(label(f"Rendez-vous le {formats.moment(following)}", "muted", wrap=True))
        if not count:
            inside.body.addWidget(label("Aucune écoute.", "muted", wrap=True))

    def _hours(self, count: Running) -> str:
        now = count.watch.instant(self.context.clock.now(), self.context.clock.monotonic())
        return " · ".join(filter(None, (spoken_left(left(care, count.span, now)) for care in CARE)))

    def _new(self) -> None:
        self.context.navigator.open(Target(KEY, self.person_id, action="session/new"))

    def _rights(self) -> None:
        self.context.navigator.open(Target(KEY, self.person_id, action="her"))


def person_card(context: Context, person_id: int) -> QWidget:
    """The maker that the area offers: without the right, or while the office is « à l’abri », one padlock for all."""
    if not context.desk.may(Right.COMPARTMENT) or context.desk.keys.confidential is None:
        return ClosedCard(TITLE, RESERVED)
    return ListeningCard(context, person_id)
