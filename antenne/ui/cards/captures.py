"""The places and papers of cards that ``captures`` draws from the demonstration office."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from antenne.domain.board import Target
from antenne.domain.cards import CardKind, CardList, Variant
from antenne.services import cards_printing
from antenne.ui.kit.area import Capture, PaperCapture, Screen

if TYPE_CHECKING:
    from antenne.services.desk import Desk

_KEY = "cards"
_SHEET, _PAGE = 10, 5


def _list(which: CardList, _desk: Desk) -> Target:
    return Target(_KEY, action=which.value)


def _act(action: str, query: str, desk: Desk) -> Target:
    """One card that an act is meant for."""
    with desk.read() as uow:
        found = uow.rows(query)
    return Target(_KEY, found[0][0], action=action) if found else Target(_KEY)


_TO_PRINT = "SELECT id FROM member_card WHERE printed_at IS NULL ORDER BY valid_until DESC, id LIMIT 1"
_TO_HAND = "SELECT id FROM member_card WHERE printed_at IS NOT NULL AND handed_on IS NULL ORDER BY id DESC LIMIT 1"
_HANDED = "SELECT id FROM member_card WHERE handed_on IS NOT NULL AND lost_on IS NULL ORDER BY id DESC LIMIT 1"


def _preview(screen: Screen) -> None:
    """What would be printed, page by page."""
    screen.print_()


def _draw(variant: Variant, kind: CardKind, most: int, desk: Desk) -> bytes:
    """So many cards in use of one kind."""
    from antenne.print import sheets

    with desk.read() as uow:
        found = uow.rows(
            "SELECT c.id FROM member_card c LEFT JOIN photo p ON p.person_id = c.person_id WHERE c.kind = :kind"
            " AND c.valid_until >= :today AND c.lost_on IS NULL AND c.replaced_by IS NULL"
            " ORDER BY p.person_id IS NULL, c.id LIMIT :most",
            kind=kind.value,
            today=desk.today.isoformat(),
            most=most,
        )
    command = cards_printing.DrawCards(card_ids=tuple(row[0] for row in found), variant=variant)
    return cards_printing.render_cards(desk, command, sheets.render_cards)


def _calibration(desk: Desk) -> bytes:
    from antenne.print import calibration

    return calibration.render_calibration(cards_printing.offsets_of(desk, ""))


CAPTURES = (
    Capture("cartes", partial(_list, CardList.TO_PRINT)),
    Capture("cartes-a-remettre", partial(_list, CardList.TO_HAND)),
    Capture("cartes-a-renouveler", partial(_list, CardList.TO_RENEW)),
    Capture("carte-imprimer", partial(_act, "print", _TO_PRINT)),
    Capture("carte-apercu", partial(_act, "print", _TO_PRINT), _preview),
    Capture("carte-remettre", partial(_act, "hand", _TO_HAND)),
    Capture("carte-perdue", partial(_act, "report_lost", _HANDED)),
    Capture("carte-duplicata", partial(_act, "replace", _HANDED)),
    Capture("cartes-imprimante", lambda _desk: Target(_KEY, action="printer")),
)

PAPERS = (
    PaperCapture("cartes-planche", partial(_draw, Variant.SHEET, CardKind.STANDARD, _SHEET)),
    PaperCapture("cartes-pliables", partial(_draw, Variant.FOLD, CardKind.STANDARD, _PAGE)),
    PaperCapture("cartes-imprimante-cr80", partial(_draw, Variant.PRINTER, CardKind.STANDARD, 1)),
    PaperCapture("cartes-discretes", partial(_draw, Variant.FOLD, CardKind.DISCREET, _PAGE)),
    PaperCapture("cartes-calibrage", _calibration),
)
