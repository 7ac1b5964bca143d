"""Cards that are paid: the one that was issued, or one still to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from antenne.domain.cards import MemberCard


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSale:
    """A card that was paid; ``card_id`` is None for one that was still to come."""

    id: int = 0
    person_id: int
    card_id: int | None
    receipt_id: int
    sold_on: dt.date
    price: int
    cancelled: bool = False


def unpaid_cards(
    cards: Iterable[MemberCard], sales: Iterable[CardSale], since: dt.date
) -> tuple[tuple[MemberCard, ...], int]:
    """Cards that were issued and not paid, the newest first, and how many were paid and are still to come.

    A card paid before it was issued takes the first card issued from that day on.

    Args:
        cards: Hers.
        sales: What she paid.
        since: Cards issued before this day are not asked for.
    """
    held = [sale for sale in sales if not sale.cancelled]
    sold = {sale.card_id for sale in held}
    ahead = sorted((sale for sale in held if sale.card_id is None), key=lambda sale: (sale.sold_on, sale.id))
    unpaid: list[MemberCard] = []
    for card in sorted(cards, key=lambda card: (card.issued_on, card.id)):
        if card.id in sold or card.issued_on < since:
            continue
        taken = next((sale for sale in ahead if sale.sold_on <= card.issued_on), None)
        if taken is None:
            unpaid.append(card)
        else:
            ahead.remove(taken)
    return tuple(reversed(unpaid)), len(ahead)
