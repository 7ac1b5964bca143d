"""From her file to her card: the one in use, or a new one."""

from __future__ import annotations

from PySide6.QtCore import QObject

from antenne.domain.board import Target
from antenne.services import cards_reading
from antenne.services.cards_reading import PersonCards
from antenne.ui.kit.area import Context
from antenne.ui.kit.operations import SHORT


def open_her_card(context: Context, person_id: int, owner: QObject) -> None:
    """Open the screen of cards on her card to print, or where one is issued."""

    def found(hers: PersonCards) -> None:
        card = hers.current
        target = (
            Target("cards", person_id, action="issue") if card is None else Target("cards", card.id, action="print")
        )
        context.navigator.open(target)

    context.operations.run(
        SHORT, cards_reading.cards_of_person, context.desk, person_id, owner=owner, done=found, latest=True
    )
