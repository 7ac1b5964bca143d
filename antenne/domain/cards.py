"""A member's card: an issued object with a life of its own (forms: Card)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum


class CardKind(Enum):
    """The ordinary card, or the discreet one (pseudonym, no photo, neutral heading)."""

    STANDARD = "standard"
    DISCREET = "discreet"


class CardState(Enum):
    """Computed from the card's dates on a given day."""

    TO_PRINT = "to_print"
    PRINTED = "printed"
    HANDED = "handed"
    LOST = "lost"
    REPLACED = "replaced"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberCard:
    """One card issued to one member.

    Attributes:
        id: Integer key, 0 before the first save.
        person_id: Whose card.
        kind: Ordinary or discreet.
        layout: Version of the drawing, so that a new one never replaces an old one silently.
        issued_on: The day the record was made.
        valid_until: Last day it is valid.
        duplicate_no: 0 for the first card of its period, then 1, 2…
        reason: Why a duplicate was made (list ``duplicate_reasons``).
        printed_at: First print, or None.
        handed_on: The day it was given to her, or None.
        handed_how: ``signature`` or ``empreinte`` and which finger, in words.
        lost_on: The day she said it was lost or stolen, or None.
        lost_how: ``perdue`` or ``volee``.
        replaced_by: The id of the card that replaces it, or None.
        control: Ten Crockford characters printed in the QR code.
    """

    id: int = 0
    person_id: int
    kind: CardKind = CardKind.STANDARD
    layout: int = 1
    issued_on: dt.date
    valid_until: dt.date
    duplicate_no: int = 0
    reason: str = ""
    printed_at: dt.datetime | None = None
    handed_on: dt.date | None = None
    handed_how: str = ""
    lost_on: dt.date | None = None
    lost_how: str = ""
    replaced_by: int | None = None
    control: str = ""


def state(card: MemberCard, on: dt.date) -> CardState:
    """Where the card stands on a day; lost and replaced win over expired, which wins over the rest."""
    if card.lost_on is not None:
        return CardState.LOST
    if card.replaced_by is not None:
        return CardState.REPLACED
    if card.valid_until < on:
        return CardState.EXPIRED
    if card.handed_on is not None:
        return CardState.HANDED
    return CardState.PRINTED if card.printed_at is not None else CardState.TO_PRINT
