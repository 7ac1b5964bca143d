"""A member's card: an issued object with a life of its own (forms: Card)."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from antenne.domain.births_rules import is_minor
from antenne.domain.persons import Person, Purpose
from antenne.domain.violations import Violation

LAYOUT = 1
"""The drawing that new cards get; a card keeps its own until « nouvelle présentation choisie »."""

MOST_AT_ONCE = 1000
"""Cards in one printing."""


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


class Variant(Enum):
    """How cards are put on paper."""

    SHEET = "sheet"
    FOLD = "fold"
    PRINTER = "printer"


@dataclass(frozen=True, slots=True)
class Offsets:
    """How far a printer is off, in tenths of a millimetre: right and up are positive, as seen on the printed side.

    Attributes:
        x: Front, to the right.
        y: Front, upwards.
        back_x: Back, to the right.
        back_y: Back, upwards.
    """

    x: int = 0
    y: int = 0
    back_x: int = 0
    back_y: int = 0


FURTHEST_OFFSET = 100
"""Ten millimetres: more is a wrong paper size, not a printer that is a little off."""


CROSS_MM = 30
"""Where the calibration page has its crosses: millimetres from the left and from the upper edge of the paper."""


def measured_offsets(left: int, top: int, back_left: int, back_top: int) -> Offsets:
    """Offsets from what she measured on the calibration page, all in tenths of a millimetre.

    Args:
        left: From the left edge to the upright of cross A.
        top: From the upper edge to the bar of cross A.
        back_left: The same for cross B, on the back.
        back_top: The same for cross B, on the back.
    """
    right = CROSS_MM * 10
    return Offsets(left - right, right - top, back_left - right, right - back_top)


def measures(offsets: Offsets) -> tuple[int, int, int, int]:
    """What the ruler says with these offsets: the inverse of :func:`measured_offsets`."""
    right = CROSS_MM * 10
    return right + offsets.x, right - offsets.y, right + offsets.back_x, right - offsets.back_y


def check_offsets(offsets: Offsets) -> tuple[Violation, ...]:
    """Offsets beyond :data:`FURTHEST_OFFSET`, field by field."""
    return tuple(
        Violation("card.offset", name, (("most", FURTHEST_OFFSET // 10),))
        for name in ("x", "y", "back_x", "back_y")
        if abs(getattr(offsets, name)) > FURTHEST_OFFSET
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFace:
    """What is printed of one card.

    Attributes:
        number: ``M-00931``.
        pseudonym: Printed instead of the names on a discreet card.
        code: Text of the QR code: number and control, nothing else.
        photo: JPEG bytes, or None.
    """

    kind: CardKind
    layout: int
    number: str
    last_name: str
    first_name: str
    pseudonym: str
    code: str
    valid_until: dt.date
    duplicate_no: int = 0
    photo: bytes | None = None


def last_valid_day(on: dt.date, end_month: int) -> dt.date:
    """The last day of a card that is valid on ``on``: the end of ``end_month`` (1–12), this year or the next.

    The only date rule of cards: first issue, duplicate, renewal alone or in a batch all come here.
    """
    year = on.year if on.month <= end_month else on.year + 1
    return dt.date(year, end_month, calendar.monthrange(year, end_month)[1])


def last_valid_day_of_year(year: int, end_month: int) -> dt.date:
    """The last day of the cards called « <year> »: the one that falls in that year."""
    return last_valid_day(dt.date(year, 1, 1), end_month)


def in_use(cards: Iterable[MemberCard], kind: CardKind | None = None) -> MemberCard | None:
    """Her card that is neither lost nor replaced and lasts longest, of that kind where one is given."""
    wanted = [
        card
        for card in cards
        if card.lost_on is None and card.replaced_by is None and (kind is None or card.kind is kind)
    ]
    return max(wanted, key=lambda card: (card.valid_until, card.id), default=None)


def check_hand_over(card: MemberCard, on: dt.date, how: str, finger: str) -> tuple[Violation, ...]:
    """Why the card cannot be handed over: printed is not handed over, and a thumb names its finger (forms: Card)."""
    found: list[Violation] = []
    now = state(card, on)
    if now is not CardState.PRINTED:
        found.append(Violation(f"card.not_to_hand.{now.value}"))
    if how not in {"signature", "empreinte"}:
        found.append(Violation("card.how", "how"))
    if how == "empreinte" and not finger.strip():
        found.append(Violation("card.finger", "finger"))
    return tuple(found)


def check_lost(card: MemberCard, on: dt.date, lost_on: dt.date, how: str) -> tuple[Violation, ...]:
    """Why the card cannot be declared lost or stolen."""
    found: list[Violation] = []
    if card.lost_on is not None:
        found.append(Violation("card.already_lost", values=(("day", card.lost_on),)))
    if card.replaced_by is not None:
        found.append(Violation("card.already_replaced"))
    if card.printed_at is None:
        found.append(Violation("card.never_printed"))
    if lost_on > on:
        found.append(Violation("card.lost_later", "on"))
    if lost_on < card.issued_on:
        found.append(Violation("card.lost_before", "on", (("day", card.issued_on),)))
    if how not in {"perdue", "volee"}:
        found.append(Violation("card.lost_how", "how"))
    return tuple(found)


def check_replace(card: MemberCard, on: dt.date, reason: str) -> tuple[Violation, ...]:
    """Why no duplicate can be made of the card."""
    found: list[Violation] = []
    if card.replaced_by is not None:
        found.append(Violation("card.already_replaced"))
    if card.printed_at is None:
        found.append(Violation("card.never_printed"))
    if card.valid_until < on:
        found.append(Violation("card.expired", values=(("day", card.valid_until),)))
    if not reason:
        found.append(Violation("card.reason", "reason"))
    return tuple(found)


def duplicate_of(card: MemberCard, on: dt.date, reason: str) -> MemberCard:
    """The card that replaces this one: same kind, same last day, next number; same drawing unless it is the reason."""
    return MemberCard(
        person_id=card.person_id,
        kind=card.kind,
        layout=LAYOUT if reason == "presentation" else card.layout,
        issued_on=on,
        valid_until=card.valid_until,
        duplicate_no=card.duplicate_no + 1,
        reason=reason,
    )


class CardList(Enum):
    """The lists of the screen « Cartes »."""

    TO_ISSUE = "to_issue"
    TO_PRINT = "to_print"
    TO_HAND = "to_hand"
    TO_RENEW = "to_renew"
    LOST = "lost"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class CardRow:
    """One line of those lists: a member, and the card the line is about (None where she never had one)."""

    person_id: int
    number: str
    last_name: str
    first_name: str
    quarter: str
    card: MemberCard | None


def agreed(person: Person, purpose: Purpose) -> bool:
    """Whether she agreed to that purpose and did not take it back."""
    return any(consent.purpose is purpose and consent.withdrawn_on is None for consent in person.consents)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A card that is wanted for one person, and what is known of her beside her record.

    Attributes:
        has_photo: Her photo is in the base.
        without_photo: The office prints a silhouette where the photo is missing.
    """

    person: Person
    kind: CardKind
    has_photo: bool
    without_photo: bool = False


def lacks(wanted: Wanted, on: dt.date, majority: int) -> tuple[Violation, ...]:
    """Everything that stands against a card for her; the fields are those of her form.

    Under 18, or not surely of age, never a card (rules: People); a discreet card needs a pseudonym.
    """
    person = wanted.person
    member = person.membership
    found: list[tuple[str, str]] = []
    if member is None:
        found.append(("card.not_member", "joined_on"))
    elif member.suspended_on or member.left_on or person.died_on or person.erased_on:
        found.append(("card.not_active", "status"))
    if is_minor(person.birth, on, majority) and not person.evident_adult:
        found.append(("card.minor", "birth"))
    if any(consent.purpose is Purpose.FILE for consent in person.consents) and not agreed(person, Purpose.FILE):
        found.append(("card.no_consent", "consents"))
    if wanted.kind is CardKind.DISCREET:
        if not person.pseudonym.strip():
            found.append(("card.no_pseudonym", "pseudonym"))
    else:
        if not (person.last_name.strip() and person.first_name.strip()):
            found.append(("card.no_name", "last_name"))
        if agreed(person, Purpose.PHOTO) and not wanted.has_photo and not wanted.without_photo:
            found.append(("card.no_photo", "photo"))
    values = (("name", full_name(person)), ("person_id", person.id))
    return tuple(Violation(code, field, values) for code, field in found)


def full_name(person: Person) -> str:
    """NOM Prénom, as in lists."""
    return f"{person.last_name.upper()} {person.first_name}".strip()


class ScanState(Enum):
    """What a scanned card turns out to be."""

    VALID = "valid"
    TO_HAND = "to_hand"
    LOST = "lost"
    REPLACED = "replaced"
    EXPIRED = "expired"
    FORGED = "forged"
    ELSEWHERE = "elsewhere"
    NOT_A_CARD = "not_a_card"


@dataclass(frozen=True, slots=True)
class ScanAnswer:
    """The answer to a scan.

    Attributes:
        state: What it is.
        person_id: Whose page to open; None where the code proves nothing.
        card: The card, where it is one of ours.
        number: The number that was read.
    """

    state: ScanState
    person_id: int | None = None
    card: MemberCard | None = None
    number: str = ""


SCAN_OF_STATE = {
    CardState.TO_PRINT: ScanState.TO_HAND,
    CardState.PRINTED: ScanState.TO_HAND,
    CardState.HANDED: ScanState.VALID,
    CardState.LOST: ScanState.LOST,
    CardState.REPLACED: ScanState.REPLACED,
    CardState.EXPIRED: ScanState.EXPIRED,
}
"""A genuine card says where it stands."""
