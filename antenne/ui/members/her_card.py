"""From her file to her card: the one that waits to be printed, a new one, or why there is neither."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QObject

from antenne.domain import cards as rules
from antenne.domain.board import Target
from antenne.domain.cards import CardState
from antenne.services import cards_reading
from antenne.services.cards_reading import PersonCards
from antenne.ui.kit.area import Context
from antenne.ui.kit.operations import SHORT
from antenne.wording import violations as sentences

_DRAWN = frozenset({CardState.TO_PRINT, CardState.PRINTED})
_HAS_IT = "Elle a déjà sa carte. Si elle l’a perdue, notez-le à l’écran Cartes\u00a0: un duplicata se fait là."


def open_her_card(context: Context, person_id: int, owner: QObject) -> None:
    """Open the screen of cards on her card to print, or where one is issued; else say why not."""

    def found(hers: PersonCards) -> None:
        target = way(hers, context.desk.today)
        if target is not None:
            context.navigator.open(target)
        elif hers.current is not None and hers.state is not CardState.EXPIRED:
            context.notify(_HAS_IT, "info")
        else:
            context.notify(" ".join(sentences.sentence(one) for one in hers.lacking), "warning")

    context.operations.run(
        SHORT, cards_reading.cards_of_person, context.desk, person_id, owner=owner, done=found, latest=True, key="card"
    )


def way(hers: PersonCards, today: dt.date) -> Target | None:
    """To print the card that waits, else to issue one; None when neither can be. A card is named, never a person."""
    for card in (hers.coming, hers.current):
        if card is not None and rules.state(card, today) in _DRAWN:
            return Target("cards", card.id, action="print")
    if not hers.lacking and (hers.current is None or hers.state is CardState.EXPIRED):
        return Target("cards", hers.person.id, action="issue")
    return None
