"""What the area of cards offers to the shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antenne.domain.board import Action, MonthLine, Target, TodoLine, Urgency
from antenne.domain.cards import CardList, ScanState
from antenne.domain.rights import Right
from antenne.domain.scans import Scan
from antenne.services import cards_reading
from antenne.ui.cards.captures import CAPTURES, PAPERS
from antenne.ui.cards.person_card import person_card
from antenne.ui.cards.screen import CardsScreen
from antenne.ui.kit.area import Area, NavEntry
from antenne.wording import cards as words

if TYPE_CHECKING:
    from antenne.services.desk import Desk

KEY = "cards"
_PRINT = frozenset({Right.PRINT_CARDS})


def todo(desk: Desk) -> tuple[TodoLine, ...]:
    """« 12 cartes à remettre », « 900 cartes à renouveler pour 2027 »."""
    desk.require(Right.PRINT_CARDS)
    counts = cards_reading.count_cards(desk)
    year = cards_reading.next_year(desk)
    lines = (
        (CardList.TO_PRINT, "{} à imprimer", "Impression"),
        (CardList.TO_HAND, "{} à remettre", "Remise"),
        (CardList.TO_RENEW, "{} à renouveler pour " + str(year), "Renouvellement"),
    )
    return tuple(
        TodoLine(
            text=text.format(words.counted(counts[which])),
            pill=pill,
            urgency=Urgency.NONE,
            target=Target(KEY, action=which.value),
        )
        for which, text, pill in lines
        if counts[which]
    )


def month(desk: Desk) -> tuple[MonthLine, ...]:
    """« Cartes remises »."""
    desk.require(Right.READ_PERSONS)
    this_month, this_year = cards_reading.count_handed(desk)
    target = Target(KEY, action=CardList.ALL.value) if desk.may(Right.PRINT_CARDS) else None
    return (MonthLine(label="Cartes remises", this_month=this_month, this_year=this_year, target=target),)


def scan(desk: Desk, read: Scan) -> Target | None:
    """Her page for a card that is hers; the answer in words for any other."""
    if not read.number.startswith("M-"):
        return None
    answer = cards_reading.card_by_code(desk, read)
    if answer.person_id is not None and answer.state in {ScanState.VALID, ScanState.TO_HAND, ScanState.EXPIRED}:
        return Target("members", answer.person_id)
    return Target(KEY, field=f"{read.number} {read.control}".strip(), action="scan")


AREA = Area(
    key=KEY,
    nav=NavEntry("Cartes", "", "card", rights=_PRINT),
    factory=CardsScreen,
    todo=todo,
    month=month,
    scan=scan,
    actions=(
        Action(
            label="Imprimer les cartes",
            target=Target(KEY, action=CardList.TO_PRINT.value),
            words=("carte", "membre", "planche"),
            right=Right.PRINT_CARDS,
            on_home=True,
        ),
        Action(
            label="Remettre une carte",
            target=Target(KEY, action=CardList.TO_HAND.value),
            words=("signature", "empreinte"),
            right=Right.PRINT_CARDS,
        ),
        Action(
            label="Renouveler les cartes de l’année",
            target=Target(KEY, action="renew"),
            words=("renouvellement",),
            right=Right.PRINT_CARDS,
        ),
        Action(
            label="Carte perdue ou volée",
            target=Target(KEY, action=CardList.ALL.value),
            words=("duplicata",),
            right=Right.PRINT_CARDS,
        ),
        Action(
            label="Régler l’imprimante à cartes",
            target=Target(KEY, action="printer"),
            words=("calibrage", "décalage"),
            right=Right.PRINT_CARDS,
        ),
    ),
    person_card=person_card,
    captures=CAPTURES,
    papers=PAPERS,
)
