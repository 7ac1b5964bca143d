"""Cards: issue, draw, note the print, hand over, lose, replace, renew a year, answer a scan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from antenne.base.progress import Progress, Silent
from antenne.db.repositories.cards import CardQuery
from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import cards as rules
from antenne.domain import qr
from antenne.domain.audit import FieldChange
from antenne.domain.cards import (
    CardKind,
    CardList,
    MemberCard,
    Wanted,
)
from antenne.domain.changes import CARDS, MEMBERS, Changes, Done
from antenne.domain.persons import Person
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.desk import Desk, Keys

_SUBJECT = "card"
_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCards:
    """Make the record of a card for each of these persons.

    Attributes:
        kind: Ordinary or discreet; None gives each the kind of her last card (ordinary for a first one).
        without_photo: A silhouette is printed where she agreed to a photo and has none.
        leave_out: Issue the others where someone lacks something; else nothing is issued.
        year: Cards of that year; None for those that are valid today.
    """

    request_id: str
    person_ids: tuple[int, ...]
    kind: CardKind | None = CardKind.STANDARD
    without_photo: bool = False
    leave_out: bool = False
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewYear:
    """A card of that year for every active member who had a card and has none that reaches its end."""

    request_id: str
    year: int
    without_photo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """She has her card: ``how`` is ``signature`` or ``empreinte``, then ``finger`` says which, in words."""

    request_id: str
    card_id: int
    how: str
    finger: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLost:
    """The card is lost (``perdue``) or stolen (``volee``) since ``on``."""

    request_id: str
    card_id: int
    on: dt.date
    how: str = "perdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceCard:
    """Make a duplicate, for a reason of the list ``duplicate_reasons``."""

    request_id: str
    card_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class Issued:
    """What was issued.

    Attributes:
        cards: In the order of the persons asked for.
        left_out: Why the others got none; values hold ``name`` and ``person_id``, the field is that of her form.
    """

    cards: tuple[MemberCard, ...]
    left_out: tuple[Violation, ...] = ()


def control_code(keys: Keys, number: str, card: MemberCard) -> str:
    """The control code of a card whose id is known."""
    return qr.control_code(keys.paper, keys.db_id, number, card.id, card.valid_until)


def issue_cards(desk: Desk, command: IssueCards, progress: Progress | None = None) -> Done[Issued]:
    """Issue 1 to 1,000 cards in one transaction; a stop leaves none.

    Raises:
        Forbidden: Without the right to print cards.
        RulesBroken: ``card.none``, ``card.too_many``, ``card.year``; and, unless ``leave_out``, everything that anyone
            lacks.
        Stopped: The user asked.
    """
    desk.require(Right.PRINT_CARDS)
    count = len(command.person_ids)
    if not 0 < count <= rules.MOST_AT_ONCE:
        code = "card.too_many" if count else "card.none"
        raise RulesBroken(Violation(code, None, (("count", count),)))
    until = last_day_of(desk, command.year)
    with desk.write() as uow:
        if uow.audit.by_request(command.request_id) is not None:
            return Done(Issued(_already(uow, command.person_ids, until)))
        issued = _issue(desk, uow, command, until, progress or Silent())
        uow.commit()
    person_id = command.person_ids[0] if count == 1 else None
    return Done(issued, Changes.of(CARDS) | Changes.of(MEMBERS, id=person_id))


def renew_year(desk: Desk, command: RenewYear, progress: Progress | None = None) -> Done[Issued]:
    """Renew everyone due, of any number, in one transaction; who lacks something is left out and named.

    Raises:
        Forbidden: Without the right to print cards.
        RulesBroken: ``card.year``; ``card.none`` when nobody is due.
        Stopped: The user asked; nothing was renewed.
    """
    desk.require(Right.PRINT_CARDS)
    until = last_day_of(desk, command.year)
    with desk.write() as uow:
        if uow.audit.by_request(command.request_id) is not None:
            return Done(Issued(()))
        due = uow.cards.page(CardQuery(which=CardList.TO_RENEW, end=until))
        if not due:
            raise RulesBroken(Violation("card.none_due", "year", (("year", str(command.year)),)))
        asked = IssueCards(
            request_id=command.request_id,
            person_ids=tuple(row.person_id for row in due),
            kind=None,
            without_photo=command.without_photo,
            leave_out=True,
            year=command.year,
        )
        issued = _issue(desk, uow, asked, until, progress or Silent())
        uow.commit()
    return Done(issued, Changes.of(CARDS, MEMBERS))


def hand_over(desk: Desk, command: HandOver) -> Done[MemberCard]:
    """Note that she has her card, and that she signed or put her finger.

    Raises:
        Forbidden: Without the right to print cards.
        RulesBroken: From ``domain.cards.check_hand_over``.
    """

    def change(card: MemberCard) -> MemberCard:
        check(rules.check_hand_over(card, desk.today, command.how, command.finger))
        how = "signature" if command.how == "signature" else f"empreinte : {command.finger.strip()}"
        return replace(card, handed_on=desk.today, handed_how=how)

    return _changed(desk, command.card_id, command.request_id, "card.handed", change)


def report_lost(desk: Desk, command: ReportLost) -> Done[MemberCard]:
    """Note that a card is lost or stolen: from now on a scan answers « perdue le … ».

    Raises:
        Forbidden: Without the right to print cards.
        RulesBroken: From ``domain.cards.check_lost``.
    """

    def change(card: MemberCard) -> MemberCard:
        check(rules.check_lost(card, desk.today, command.on, command.how))
        return replace(card, lost_on=command.on, lost_how=command.how)

    return _changed(desk, command.card_id, command.request_id, "card.lost", change)


def replace_card(desk: Desk, command: ReplaceCard) -> Done[MemberCard]:
    """Make a duplicate; the card before it no longer counts. Returns the new card, which waits to be printed.

    Raises:
        Forbidden: Without the right to print cards.
        RulesBroken: From ``domain.cards.check_replace``; ``card.*`` where she lacks what a card needs.
    """
    desk.require(Right.PRINT_CARDS)
    with desk.write() as uow:
        if old := uow.audit.by_request(command.request_id):
            return Done(known(uow, old[1]))
        card = known(uow, command.card_id)
        check(rules.check_replace(card, desk.today, command.reason))
        person = uow.persons.get(card.person_id)
        check(lacking(desk, uow, person, card.kind, without_photo=True) if person else ())
        lost = command.reason in {"perdue", "volee"} and card.lost_on is None
        made = _save_new(desk, uow, number_of(person), rules.duplicate_of(card, desk.today, command.reason))
        gone = replace(card, replaced_by=made.id)
        uow.cards.save(replace(gone, lost_on=desk.today, lost_how=command.reason) if lost else gone)
        words = desk.settings.label("duplicate_reasons", command.reason)
        change = FieldChange("duplicate_no", str(card.duplicate_no), f"{made.duplicate_no} ({words})")
        note(desk, uow, "card.replaced", made.id, (change,), command.request_id)
        uow.commit()
    return Done(made, Changes.of(CARDS, id=made.id) | Changes.of(MEMBERS, id=made.person_id))


def _issue(desk: Desk, uow: UnitOfWork, command: IssueCards, until: dt.date, progress: Progress) -> Issued:
    """Issue inside a transaction; the first audit row carries the request."""
    persons = uow.persons.many(command.person_ids)
    ids = tuple(person.id for person in persons)
    photos, hers = uow.persons.with_photo(ids), uow.cards.of_persons(ids)
    broken = [Violation("card.unknown_person")] if len(persons) < len(set(command.person_ids)) else []
    ready: list[tuple[Person, CardKind]] = []
    for person in persons:
        last = hers[person.id][0] if hers[person.id] else None
        kind = command.kind or (last.kind if last else CardKind.STANDARD)
        has_photo = person.id in photos
        found = _against(
            desk, Wanted(person=person, kind=kind, has_photo=has_photo, without_photo=command.without_photo)
        )
        found += _covered(person, kind, hers[person.id], until)
        broken += found
        if not found:
            ready.append((person, kind))
    if broken and not command.leave_out:
        raise RulesBroken(*broken)
    made: list[MemberCard] = []
    for done, (person, kind) in enumerate(ready, 1):
        progress.check()
        layout = next((card.layout for card in hers[person.id] if card.kind is kind), rules.LAYOUT)
        new = MemberCard(person_id=person.id, kind=kind, layout=layout, issued_on=desk.today, valid_until=until)
        card = _save_new(desk, uow, number_of(person), new)
        change = FieldChange("valid_until", "", day_words(until))
        note(desk, uow, "card.issued", card.id, (change,), None if made else command.request_id)
        made.append(card)
        progress.report("cards.issue", done, len(ready))
    return Issued(tuple(made), tuple(broken))


def _save_new(desk: Desk, uow: UnitOfWork, number: str, card: MemberCard) -> MemberCard:
    """Save a card and sign it: the control code needs the id."""
    saved = uow.cards.save(card)
    return uow.cards.save(replace(saved, control=control_code(desk.keys, number, saved)))


def _against(desk: Desk, wanted: Wanted) -> tuple[Violation, ...]:
    return rules.lacks(wanted, desk.today, desk.settings.count("members.majority", desk.today))


def lacking(
    desk: Desk, uow: UnitOfWork, person: Person, kind: CardKind, *, without_photo: bool
) -> tuple[Violation, ...]:
    """What stands against a card of that kind for her."""
    has_photo = person.id in uow.persons.with_photo((person.id,))
    return _against(desk, Wanted(person=person, kind=kind, has_photo=has_photo, without_photo=without_photo))


def _covered(person: Person, kind: CardKind, hers: Sequence[MemberCard], until: dt.date) -> tuple[Violation, ...]:
    """One card in use of a kind at a time: another one is a duplicate."""
    present = rules.in_use(hers, kind)
    if present is None or present.valid_until < until:
        return ()
    values = (("name", rules.full_name(person)), ("person_id", person.id), ("day", present.valid_until))
    return (Violation("card.already", None, values),)


def _already(uow: UnitOfWork, person_ids: Sequence[int], until: dt.date) -> tuple[MemberCard, ...]:
    """What the same request made before: a double click, a retry."""
    found = (rules.in_use(cards) for cards in uow.cards.of_persons(person_ids).values())
    return tuple(card for card in found if card is not None and card.valid_until == until)


def _changed(
    desk: Desk, card_id: int, request_id: str, action: str, change: Callable[[MemberCard], MemberCard]
) -> Done[MemberCard]:
    """One change of one card, in one transaction."""
    desk.require(Right.PRINT_CARDS)
    with desk.write() as uow:
        if old := uow.audit.by_request(request_id):
            return Done(known(uow, old[1]))
        before = known(uow, card_id)
        after = uow.cards.save(change(before))
        note(desk, uow, action, card_id, _differences(before, after), request_id)
        uow.commit()
    return Done(after, Changes.of(CARDS, id=card_id) | Changes.of(MEMBERS, id=after.person_id))


def _differences(before: MemberCard, after: MemberCard) -> tuple[FieldChange, ...]:
    names = ("handed_on", "handed_how", "lost_on", "lost_how")
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in names)
    return tuple(FieldChange(name, _words(old), _words(new)) for name, old, new in pairs if old != new)


def _words(value: object) -> str:
    return day_words(value) if isinstance(value, dt.date) else str(value or "")


def day_words(day: dt.date) -> str:
    """23/11/2026, as the Historique keeps it."""
    return f"{day:%d/%m/%Y}"


def note(
    desk: Desk, uow: UnitOfWork, action: str, card_id: int, changes: Sequence[FieldChange], request_id: str | None
) -> None:
    """Add the audit row of a change of a card; the first row of a request carries it."""
    uow.audit.add(desk.clock.now(), desk.actor.user_id, action, _SUBJECT, card_id, changes, request_id)


def known(uow: UnitOfWork, card_id: int) -> MemberCard:
    """The card of that id.

    Raises:
        RulesBroken: ``card.unknown``.
    """
    card = uow.cards.get(card_id)
    if card is None:
        raise RulesBroken(Violation("card.unknown"))
    return card


def number_of(person: Person | None) -> str:
    """Her member number, empty before her adhesion."""
    return person.membership.number if person is not None and person.membership is not None else ""


def check(broken: tuple[Violation, ...]) -> None:
    """Refuse with everything found."""
    if broken:
        raise RulesBroken(*broken)


def end_month(desk: Desk, on: dt.date) -> int:
    """The month whose end ends a card; a number that is no month is read as December."""
    month = desk.settings.count("cards.end_month", on)
    return month if 1 <= month <= _MONTHS else _MONTHS


def last_day_of(desk: Desk, year: int | None) -> dt.date:
    """The last day of the cards of a year, or of those that are valid today."""
    today = desk.today
    if year is None:
        return rules.last_valid_day(today, end_month(desk, today))
    if not today.year <= year <= today.year + 1:
        raise RulesBroken(Violation("card.year", "year", (("first", str(today.year)), ("last", str(today.year + 1)))))
    return rules.last_valid_day_of_year(year, end_month(desk, dt.date(year, 1, 1)))
