"""Cards and printers: draw, note what came out, remember how far a printer is off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from antenne.base.progress import Progress, Silent
from antenne.db.repositories.cards import CardQuery
from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import cards as rules
from antenne.domain import qr
from antenne.domain.audit import FieldChange
from antenne.domain.cards import CardFace, CardKind, CardList, CardState, Offsets, Variant
from antenne.domain.changes import CARDS, Changes, Done
from antenne.domain.office import Office
from antenne.domain.persons import Purpose
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services import settings
from antenne.services.cards import check, day_words, known, note, number_of
from antenne.services.desk import Desk

_OFFSETS_KEY = "printers.offsets"
VARIANT_KEY = "cards.variant"
"""Under which ``services.settings.remember`` keeps how the office prints its cards."""


class RenderCards(Protocol):
    """How the drawing is called (``print.sheets.render_cards``); passed in, since services do not know the printer."""

    def __call__(
        self, faces: Sequence[CardFace], office: Office, variant: Variant, offsets: Offsets, progress: Progress | None
    ) -> bytes:
        """Draw the cards into a PDF."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawCards:
    """Which cards to draw, and how.

    Attributes:
        printer: Whose offsets apply; empty for none.
    """

    card_ids: tuple[int, ...]
    variant: Variant
    printer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPrint:
    """The cards came out of the printer well."""

    request_id: str
    card_ids: tuple[int, ...]


def render_cards(desk: Desk, command: DrawCards, render: RenderCards, progress: Progress | None = None) -> bytes:
    """Draw cards into a PDF held in memory.

    Raises:
        Forbidden: Without the right to print cards.
        RulesBroken: ``card.none``, ``card.too_many``, ``card.unknown``, ``card.not_to_print.*``; what the
            drawing finds.
        Stopped: The user asked.
    """
    desk.require(Right.PRINT_CARDS)
    count = len(command.card_ids)
    if not 0 < count <= rules.MOST_AT_ONCE:
        raise RulesBroken(Violation("card.too_many" if count else "card.none", None, (("count", count),)))
    watched = progress or Silent()
    with desk.read() as uow:
        faces = tuple(_faces(desk, uow, command.card_ids, watched))
    return render(faces, desk.office, command.variant, offsets_of(desk, command.printer), watched)


def record_print(desk: Desk, command: RecordPrint) -> Done[int]:
    """Note that cards were printed; those noted before keep their first instant. Returns how many were noted.

    Raises:
        Forbidden: Without the right to print cards.
    """
    desk.require(Right.PRINT_CARDS)
    now, noted = desk.clock.now(), 0
    with desk.write() as uow:
        if uow.audit.by_request(command.request_id) is not None:
            return Done(0)
        for card_id in dict.fromkeys(command.card_ids):
            card = uow.cards.get(card_id)
            if card is None or card.printed_at is not None:
                continue
            uow.cards.save(replace(card, printed_at=now))
            change = FieldChange("printed_at", "", day_words(now.date()))
            note(desk, uow, "card.printed", card_id, (change,), None if noted else command.request_id)
            noted += 1
        uow.commit()
    return Done(noted, Changes.of(CARDS))


def cards_of_numbers(desk: Desk, numbers: Sequence[str] = ()) -> tuple[int, ...]:
    """Ids of the cards in use of these members (``M-00931``), or of all that wait to be printed.

    Raises:
        Forbidden: Without the right to print cards.
        RulesBroken: ``card.no_card`` for each number without a card in use; ``card.none`` when nothing waits.
    """
    desk.require(Right.PRINT_CARDS)
    found: list[int] = []
    broken: list[Violation] = []
    with desk.read() as uow:
        for number in numbers:
            person = uow.persons.by_member_number(number.strip().upper())
            card = rules.in_use(uow.cards.of_person(person.id)) if person else None
            if card is None or card.valid_until < desk.today:
                broken.append(Violation("card.no_card", None, (("number", number),)))
            else:
                found.append(card.id)
        if not numbers:
            rows = uow.cards.page(CardQuery(which=CardList.TO_PRINT, end=desk.today))
            found = [row.card.id for row in rows if row.card is not None]
    if not numbers and not found:
        broken.append(Violation("card.none_waiting"))
    check(tuple(broken))
    return tuple(found)


def offsets_of(desk: Desk, printer: str) -> Offsets:
    """How far that printer is off; nothing for one that was never measured."""
    kept = settings.remembered(desk, _OFFSETS_KEY)
    own = kept.get(printer) if isinstance(kept, dict) and printer else None
    return Offsets(*own) if isinstance(own, list) else Offsets()


def known_printers(desk: Desk) -> tuple[str, ...]:
    """Printers that were measured."""
    kept = settings.remembered(desk, _OFFSETS_KEY)
    return tuple(sorted(kept)) if isinstance(kept, dict) else ()


def own_variant(desk: Desk) -> Variant:
    """How this office prints its cards: what it said at its first run, or last time; to fold where it never said."""
    kept = settings.remembered(desk, VARIANT_KEY)
    return Variant(kept) if kept in {variant.value for variant in Variant} else Variant.FOLD


def keep_variant(desk: Desk, variant: Variant) -> Done[Variant]:
    """Remember how this office prints its cards."""
    settings.remember(desk, VARIANT_KEY, variant.value)
    return Done(variant)


def keep_offsets(desk: Desk, printer: str, offsets: Offsets) -> Done[Offsets]:
    """Remember how far a printer is off.

    Raises:
        Forbidden: Without the right to print cards.
        RulesBroken: ``card.offset`` for each one too far; ``card.printer`` without a name.
    """
    desk.require(Right.PRINT_CARDS)
    broken = list(rules.check_offsets(offsets))
    if not printer.strip():
        broken.append(Violation("card.printer", "printer"))
    check(tuple(broken))
    kept = settings.remembered(desk, _OFFSETS_KEY)
    every = dict(kept) if isinstance(kept, dict) else {}
    every[printer] = [offsets.x, offsets.y, offsets.back_x, offsets.back_y]
    settings.remember(desk, _OFFSETS_KEY, every)
    return Done(offsets)


def _faces(desk: Desk, uow: UnitOfWork, card_ids: Sequence[int], progress: Progress) -> Iterator[CardFace]:
    for done, card_id in enumerate(card_ids, 1):
        progress.check()
        card = known(uow, card_id)
        state = rules.state(card, desk.today)
        if state in {CardState.LOST, CardState.REPLACED, CardState.EXPIRED}:
            raise RulesBroken(Violation(f"card.not_to_print.{state.value}"))
        (person,) = uow.persons.many((card.person_id,))
        number = number_of(person)
        wants_photo = card.kind is CardKind.STANDARD and rules.agreed(person, Purpose.PHOTO)
        yield CardFace(
            kind=card.kind,
            layout=card.layout,
            number=number,
            last_name=person.last_name,
            first_name=person.first_name,
            pseudonym=person.pseudonym,
            code=qr.payload(number, card.control),
            valid_until=card.valid_until,
            duplicate_no=card.duplicate_no,
            photo=uow.persons.photo(person.id) if wants_photo else None,
        )
        progress.report("cards.gather", done, len(card_ids))
