"""What the page of a file, the card of a woman, the search and the home page ask about civil files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from antenne.db.repositories.civil import KnownChild
from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.audit import HistoryLine
from antenne.domain.births import Birth
from antenne.domain.civil import Sex
from antenne.domain.civil_clock import Clock, Delay, declaration_clock
from antenne.domain.civil_overview import BoardFilter, BoardRow, Scope
from antenne.domain.civil_routes import Result, Route, Step, birth_delay, offered
from antenne.domain.civil_standing import is_asleep
from antenne.domain.forms.civil import file_of
from antenne.domain.persons import Person
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services import civil, civil_reading
from antenne.services.civil import FilePage
from antenne.services.civil_fees import how_paid
from antenne.services.desk import Desk
from antenne.services.figures import counted_once

__all__ = [
    "FileView",
    "Given",
    "HerFiles",
    "Herself",
    "KnownChild",
    "Reminder",
    "Waiting",
    "clock_of",
    "delay_on",
    "files_of",
    "find_files",
    "given",
    "history",
    "list_offered",
    "load_file",
    "load_requester",
    "same_child",
    "waiting",
]

_SHOWN = 60
"""Lines of the home page that are read at most, each kind."""
_OF_HERS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A file as its page shows it.

    Attributes:
        page: The file with its events, pieces, fees.
        requester: « KONÉ Awa ».
        requester_number: « M-00931 ».
        clock: Its delay while it runs (nothing was filed yet), or None.
        asleep: Nothing happened for too long.
        paid: Number of the receipt or voucher that paid a fee, by the fee's id.
        others: Démarches that it could go on by.
    """

    page: FilePage
    requester: str
    requester_number: str
    clock: Clock | None
    asleep: bool
    paid: Mapping[int, str]
    others: tuple[Route, ...]


def load_file(desk: Desk, file_id: int) -> FileView:
    """A file as its page shows it.

    Raises:
        Forbidden: Without the right to civil files.
        RulesBroken: ``civil.unknown``.
    """
    desk.require(Right.CIVIL)
    with desk.read() as uow:
        page = civil.page_of(uow, file_id)
        person = uow.persons.get(page.file.requester_id)
        paid = {fee.id: how_paid(uow, fee) for fee in page.fees}
        known = civil.routes(uow)
    return FileView(
        page=page,
        requester="" if person is None else f"{person.last_name.upper()} {person.first_name}",
        requester_number="" if person is None else _number(person),
        clock=_clock(page, desk.today),
        asleep=is_asleep(page.route, page.standing, desk.today),
        paid=paid,
        others=tuple(one for one in offered(known, desk.today) if one.key != page.route.key),
    )


def _number(person: Person) -> str:
    return person.membership.number if person.membership else person.number


def _clock(page: FilePage, today: dt.date) -> Clock | None:
    waits = page.standing.step in {Step.OPENED, Step.PIECES_READY}
    delay = page.route.delay
    return clock_of(page.file.birth, today, delay) if delay is not None and waits else None


def clock_of(birth: Birth, on: dt.date, delay: Delay) -> Clock | None:
    """The delay of a birth, or None where it lies after that day."""
    try:
        return declaration_clock(birth, on, delay)
    except ValueError:
        return None


def delay_on(desk: Desk, on: dt.date) -> Delay:
    """How long a birth may be declared, as the office had set it for files begun on that day.

    Raises:
        Forbidden: Without the right to totals.
    """
    desk.require(Right.AGGREGATES)
    with desk.read() as uow:
        return birth_delay(civil.routes(uow), on)


def list_offered(desk: Desk) -> tuple[Route, ...]:
    """The démarches that a file can be opened by, those that have ended included: a file may be keyed later.

    Raises:
        Forbidden: Without the right to civil files.
    """
    desk.require(Right.CIVIL)
    with desk.read() as uow:
        newest = {one.key: one for one in civil.routes(uow) if one.since <= desk.today}
    return tuple(newest.values())


@dataclass(frozen=True, slots=True)
class Herself:
    """What a file for herself takes from her own file."""

    id: int
    name: str
    number: str
    last_name: str
    first_name: str
    sex: Sex
    birth: Birth
    birth_place: str
    mother_name: str
    nina: str


def load_requester(desk: Desk, person_id: int) -> Herself:
    """The woman who asks.

    Raises:
        Forbidden: Without the right to civil files.
        RulesBroken: ``civil.unknown_person``.
    """
    desk.require(Right.CIVIL)
    with desk.read() as uow:
        person = uow.persons.get(person_id)
    if person is None or person.erased_on is not None:
        raise RulesBroken(Violation("civil.unknown_person", "requester_id"))
    return Herself(
        person.id,
        f"{person.last_name.upper()} {person.first_name}",
        _number(person),
        person.last_name,
        person.first_name,
        Sex.FEMALE,
        person.birth,
        person.birth_place,
        person.mother_name,
        person.nina,
    )


def same_child(desk: Desk, answers: Mapping[str, object], own_id: int = 0) -> tuple[KnownChild, ...]:
    """Files that may be about the same child, from what is typed so far: suggested, never merged.

    Raises:
        Forbidden: Without the right to civil files.
    """
    desk.require(Right.CIVIL)
    typed = file_of({key: value for key, value in answers.items() if not isinstance(value, Violation)})
    if not (typed.last_name.strip() and typed.first_name.strip()):
        return ()
    with desk.read() as uow:
        found = uow.civil.same_child(typed)
    born = typed.birth.value
    return tuple(
        one for one in found if one.file_id != own_id and (born is None or one.birth is None or born == one.birth)
    )


def history(desk: Desk, file_id: int) -> tuple[HistoryLine, ...]:
    """Every change of a file, the newest first.

    Raises:
        Forbidden: Without the right to civil files.
    """
    desk.require(Right.CIVIL)
    with desk.read() as uow:
        return uow.audit.history(civil.SUBJECT, file_id)


def find_files(desk: Desk, typed: str, limit: int) -> tuple[BoardRow, ...]:
    """Files by their number, by the name on the act or by who asked, the newest first.

    Raises:
        Forbidden: Without the right to civil files.
    """
    asked = BoardFilter(typed=typed, scope=Scope.ALL)
    return civil_reading.list_files(desk, asked, 0, limit, "number", descending=True)[0]


# --- Her card -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HerFiles:
    """Her open files, the newest first, how many more there are, and how many are done."""

    open: tuple[FilePage, ...]
    more: int
    done: int


def files_of(desk: Desk, person_id: int) -> HerFiles:
    """The files that she asked for.

    Raises:
        Forbidden: Without the right to civil files.
    """
    desk.require(Right.CIVIL)
    with desk.read() as uow:
        found = uow.rows("SELECT id, closed FROM civil_file WHERE requester_id = :her ORDER BY id DESC", her=person_id)
        running = [row[0] for row in found if not row[1]]
        pages = tuple(civil.page_of(uow, file_id) for file_id in running[:_OF_HERS])
    return HerFiles(pages, len(running) - len(pages), len(found) - len(running))


# --- Home page ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reminder:
    """A file whose next action is due."""

    file_id: int
    number: str
    name: str
    on: dt.date
    words: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the home page says of the open files.

    Attributes:
        delays: Births whose delay ends, and that were not filed.
        hearings: Files with a hearing in the seven days to come.
        awaited: Files whose hearing is past, without its result.
        reminders: Next actions due.
    """

    delays: tuple[BoardRow, ...]
    hearings: tuple[BoardRow, ...]
    awaited: tuple[BoardRow, ...]
    reminders: tuple[Reminder, ...]


def waiting(desk: Desk) -> Waiting:
    """What is to be done about the open files; counted once for a state of the base.

    Raises:
        Forbidden: Without the right to civil files.
    """
    desk.require(Right.CIVIL)
    return counted_once(desk, "civil.waiting", _waiting)


def _waiting(desk: Desk) -> Waiting:
    today = desk.today
    delays, _ = civil_reading.list_files(desk, BoardFilter(delay_ending=True), 0, _SHOWN)
    hearings, _ = civil_reading.list_files(desk, BoardFilter(hearing_within=7), 0, _SHOWN, "hearing")
    with desk.read() as uow:
        past = uow.rows(
            "SELECT id FROM civil_file WHERE hearing_on < :today AND closed = 0 ORDER BY hearing_on LIMIT :most",
            today=today.isoformat(),
            most=_SHOWN,
        )
        reminders = _reminders(uow, today)
    awaited = civil_reading.rows_of(desk, tuple(row[0] for row in past))
    return Waiting(delays, hearings, awaited, reminders)


def _reminders(uow: UnitOfWork, today: dt.date) -> tuple[Reminder, ...]:
    rows = uow.rows(
        "SELECT f.id, f.number, f.last_name, f.first_name, f.remind_on,"
        " (SELECT e.words FROM civil_event e WHERE e.file_id = f.id AND e.kind = 'next_action'"
        " ORDER BY e.id DESC LIMIT 1)"
        " FROM civil_file f WHERE f.closed = 0 AND f.remind_on <= :today ORDER BY f.remind_on LIMIT :most",
        today=today.isoformat(),
        most=_SHOWN,
    )
    return tuple(
        Reminder(file_id, number, f"{last.upper()} {first}", dt.date.fromisoformat(on), words or "")
        for file_id, number, last, first, on, words in rows
    )


@dataclass(frozen=True, slots=True)
class Given:
    """Papers that came to the office, this month and this year."""

    acts_month: int
    acts_year: int
    cards_month: int
    cards_year: int


def given(desk: Desk) -> Given:
    """Acts (volet n° 3) and identity cards received; counted once for a state of the base.

    Raises:
        Forbidden: Without the right to civil files.
    """
    desk.require(Right.CIVIL)
    return counted_once(desk, "civil.given", _given)


def _given(desk: Desk) -> Given:
    today = desk.today
    with desk.read() as uow:
        results = {one.key: one.result for one in civil.routes(uow)}
        rows = uow.rows(
            "SELECT route_key, sum(received_on >= :month), count(*) FROM civil_file"
            " WHERE received_on BETWEEN :year AND :today GROUP BY route_key",
            month=today.replace(day=1).isoformat(),
            year=today.replace(month=1, day=1).isoformat(),
            today=today.isoformat(),
        )
    counts = {Result.BIRTH_ACT: (0, 0), Result.IDENTITY_CARD: (0, 0)}
    for key, month, year in rows:
        result = results.get(key)
        if result in counts:
            counts[result] = (counts[result][0] + month, counts[result][1] + year)
    return Given(*counts[Result.BIRTH_ACT], *counts[Result.IDENTITY_CARD])
