"""What the screens ask about cards: the lists, her cards, the answer to a scan, the counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from antenne.db.repositories.cards import CardQuery
from antenne.domain import cards as rules
from antenne.domain import qr
from antenne.domain.cards import CardKind, CardList, CardRow, CardState, MemberCard, ScanAnswer, ScanState
from antenne.domain.persons import Person
from antenne.domain.rights import Right
from antenne.domain.scans import Scan
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.cards import control_code, end_month, known, lacking, last_day_of, number_of
from antenne.services.desk import Desk
from antenne.services.figures import counted_once


@dataclass(frozen=True, slots=True)
class PersonCards:
    """A woman's cards, for her page.

    Attributes:
        cards: The newest first.
        current: The card she shows today: handed over and valid where there is one; else the one that lasts longest.
        state: Where it stands today, or None without a card.
        coming: A card in use that lasts longer than the current one and waits to be printed or handed over.
        lacking: What stands against a card for her (or a new one).
    """

    person: Person
    cards: tuple[MemberCard, ...]
    current: MemberCard | None
    state: CardState | None
    coming: MemberCard | None
    lacking: tuple[Violation, ...]


def due_for_renewal(desk: Desk, year: int) -> tuple[CardRow, ...]:
    """Everybody whom :func:`renew_year` would give a card of that year, in the order of names."""
    with desk.read() as uow:
        return uow.cards.page(CardQuery(which=CardList.TO_RENEW, end=last_day_of(desk, year)))


def next_year(desk: Desk) -> int:
    """The year whose cards are to be made now: this year's, or the next one's when its renewal has begun."""
    ahead = dt.timedelta(days=desk.settings.count("cards.renewal_days", desk.today))
    return rules.last_valid_day(desk.today + ahead, end_month(desk, desk.today)).year


def card_by_scan(desk: Desk, text: str) -> ScanAnswer:
    """What a scanned or typed code turns out to be; any user who may see persons may ask.

    Raises:
        Forbidden: Without the right to see persons.
    """
    scan = qr.parse(text)
    return ScanAnswer(ScanState.NOT_A_CARD) if scan is None else card_by_code(desk, scan)


def card_by_code(desk: Desk, scan: Scan) -> ScanAnswer:
    """The same for a code that was already read.

    A number alone proves nothing, but opens her page: it answers with her card in use.
    """
    desk.require(Right.READ_PERSONS)
    if not scan.number.startswith("M-"):
        return ScanAnswer(ScanState.NOT_A_CARD)
    with desk.read() as uow:
        person = uow.persons.by_member_number(scan.number)
        if person is None:
            return ScanAnswer(ScanState.ELSEWHERE, number=scan.number)
        hers = uow.cards.of_person(person.id)
    if not scan.control:
        card = rules.in_use(hers)
        state = ScanState.VALID if card is None else rules.SCAN_OF_STATE[rules.state(card, desk.today)]
        return ScanAnswer(state, person.id, card, scan.number)
    for card in hers:
        if qr.genuine(scan.control, control_code(desk.keys, scan.number, card)):
            return ScanAnswer(rules.SCAN_OF_STATE[rules.state(card, desk.today)], person.id, card, scan.number)
    return ScanAnswer(ScanState.FORGED, number=scan.number)


def list_cards(desk: Desk, query: CardQuery, offset: int, limit: int | None) -> tuple[tuple[CardRow, ...], int]:
    """Lines of a list of the screen, and how many there are in all.

    Raises:
        Forbidden: Without the right to see persons.
    """
    desk.require(Right.READ_PERSONS)
    with desk.read() as uow:
        return uow.cards.page(query, offset, limit), uow.cards.count(query)


def query_for(
    desk: Desk, which: CardList, typed: str = "", sort: str = "name", *, descending: bool = False
) -> CardQuery:
    """The query of a tab: today's lists, the year to renew, and only whom ``typed`` finds."""
    end = last_day_of(desk, next_year(desk)) if which is CardList.TO_RENEW else desk.today
    found = desk.persons.search(typed) if typed.strip() else None
    return CardQuery(which=which, end=end, person_ids=found, sort=sort, descending=descending)


def count_cards(desk: Desk) -> dict[CardList, int]:
    """How many lines each list has."""
    return dict(counted_once(desk, "cards", _count))


def _count(desk: Desk) -> dict[CardList, int]:
    with desk.read() as uow:
        return {which: uow.cards.count(query_for(desk, which)) for which in CardList}


def count_handed(desk: Desk) -> tuple[int, int]:
    """Cards handed over this month and this year."""
    today = desk.today
    with desk.read() as uow:
        return (
            uow.cards.count_handed(today.replace(day=1), today),
            uow.cards.count_handed(today.replace(month=1, day=1), today),
        )


def cards_of_person(desk: Desk, person_id: int) -> PersonCards:
    """Her cards, for her page.

    Raises:
        Forbidden: Without the right to see persons.
        RulesBroken: ``card.unknown_person``.
    """
    desk.require(Right.READ_PERSONS)
    with desk.read() as uow:
        person = uow.persons.get(person_id)
        if person is None:
            raise RulesBroken(Violation("card.unknown_person"))
        hers = uow.cards.of_person(person_id)
        newest = rules.in_use(hers)
        handed = rules.in_use(card for card in hers if rules.state(card, desk.today) is CardState.HANDED)
        current = handed or newest
        kind = hers[0].kind if hers else CardKind.STANDARD
        stands_against = lacking(desk, uow, person, kind, without_photo=True)
    state = None if current is None else rules.state(current, desk.today)
    coming = newest if newest is not None and current is not None and newest.id != current.id else None
    return PersonCards(person, hers, current, state, coming, stands_against)


def person_row(desk: Desk, person_id: int) -> CardRow:
    """A person as a line of a list, without a card: what a card is issued from.

    Raises:
        Forbidden: Without the right to see persons.
        RulesBroken: ``card.unknown_person``.
    """
    desk.require(Right.READ_PERSONS)
    with desk.read() as uow:
        person = uow.persons.get(person_id)
    if person is None:
        raise RulesBroken(Violation("card.unknown_person"))
    return CardRow(person.id, number_of(person), person.last_name, person.first_name, person.quarter, None)


def one_card(desk: Desk, card_id: int) -> CardRow:
    """One card with whose it is.

    Raises:
        Forbidden: Without the right to see persons.
        RulesBroken: ``card.unknown``.
    """
    desk.require(Right.READ_PERSONS)
    with desk.read() as uow:
        card = known(uow, card_id)
        person = uow.persons.get(card.person_id)
    assert person is not None
    return CardRow(person.id, number_of(person), person.last_name, person.first_name, person.quarter, card)
