"""Trips: plan one, see it, enter one result for many files in one transaction, close it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import civil_trips as rules
from antenne.domain.audit import FieldChange
from antenne.domain.changes import CIVIL, Changes, Done
from antenne.domain.civil_overview import BoardFilter, BoardRow, Scope
from antenne.domain.civil_routes import Step
from antenne.domain.civil_trips import Entry, Purpose, Trip, TripFile
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services import civil, civil_reading
from antenne.services.civil import FilePage
from antenne.services.desk import Desk
from antenne.services.ledger import refuse
from antenne.wording import civil_papers as words
from antenne.wording import formats

SUBJECT = "civil_trip"
_OFFERED = 500
_AWAY = frozenset({Step.RECEIVED, Step.OPENED})
"""Steps with nothing to do outside: the paper is here, or pieces are missing; offered only on demand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveTrip:
    """Plan a trip (``trip_id`` 0) or change an open one; files in the order of the list."""

    request_id: str
    trip_id: int = 0
    on: dt.date
    place: str
    words: str = ""
    file_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterResults:
    """One result for every ticked file."""

    request_id: str
    trip_id: int
    file_ids: tuple[int, ...]
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseTrip:
    """The trip is over; files without a result stay where they were."""

    request_id: str
    trip_id: int


@dataclass(frozen=True, slots=True)
class TripLine:
    """One file of a trip, as the screen shows it.

    Attributes:
        row: As in the lists, as it stands now.
        purpose: What it goes there for.
        reference: Number of its filing, or empty.
        missing: Pieces still missing, in words.
        result: What came of it, in words, or empty.
    """

    row: BoardRow
    purpose: Purpose
    reference: str
    missing: tuple[str, ...]
    result: str


@dataclass(frozen=True, slots=True)
class TripPage:
    """A trip with its files."""

    trip: Trip
    place: str
    lines: tuple[TripLine, ...]


@dataclass(frozen=True, slots=True)
class TripRow:
    """One trip of the list."""

    trip: Trip
    place: str


def list_trips(desk: Desk, offset: int = 0, limit: int = 100) -> tuple[TripRow, ...]:
    """Trips, open ones first, then the newest.

    Raises:
        Forbidden: Without the right to civil files.
    """
    desk.require(Right.CIVIL)
    with desk.read() as uow:
        return tuple(_row(desk, trip) for trip in uow.civil_trips.page(offset, limit))


def to_close(desk: Desk) -> tuple[TripRow, ...]:
    """Trips whose day has come and that nobody closed.

    Raises:
        Forbidden: Without the right to civil files.
    """
    desk.require(Right.CIVIL)
    with desk.read() as uow:
        return tuple(_row(desk, trip) for trip in uow.civil_trips.open_before(desk.today))


def _row(desk: Desk, trip: Trip) -> TripRow:
    return TripRow(trip, desk.settings.label("civil_places", trip.place))


def load_trip(desk: Desk, trip_id: int) -> TripPage:
    """A trip with its files.

    Raises:
        Forbidden: Without the right to civil files.
        RulesBroken: ``civil.trip_unknown``.
    """
    desk.require(Right.CIVIL)
    with desk.read() as uow:
        trip = known_trip(uow, trip_id)
        pages = tuple(civil.page_of(uow, one.file_id) for one in trip.files)
    rows = {row.file_id: row for row in civil_reading.rows_of(desk, tuple(one.file_id for one in trip.files))}
    lines = tuple(_line(page, rows[page.file.id], one) for page, one in zip(pages, trip.files, strict=True))
    return TripPage(trip, desk.settings.label("civil_places", trip.place), lines)


def _line(page: FilePage, row: BoardRow, one: TripFile) -> TripLine:
    return TripLine(
        row=row,
        purpose=rules.purpose(page.standing.step, page.route),
        reference=reference_of(page),
        missing=tuple(piece.label for piece in page.missing),
        result=_result(page, one),
    )


def reference_of(page: FilePage) -> str:
    """The last number that a court or town hall gave the file, or empty."""
    return next((event.number for event in reversed(page.events) if event.number), "")


def _result(page: FilePage, one: TripFile) -> str:
    event = next((event for event in page.events if event.id == one.event_id), None)
    return "" if event is None else words.result(event, page.route)


def known_trip(uow: UnitOfWork, trip_id: int) -> Trip:
    """One trip.

    Raises:
        RulesBroken: ``civil.trip_unknown``.
    """
    trip = uow.civil_trips.get(trip_id)
    if trip is None:
        raise RulesBroken(Violation("civil.trip_unknown"))
    return trip


def offered_files(desk: Desk, asked: BoardFilter) -> tuple[BoardRow, ...]:
    """Open files that may go on a trip, the longest untouched first.

    Without a step asked for, those that wait for nothing outside (just opened, or received) are left out; those
    that are on an open trip already always are.

    Raises:
        Forbidden: Without the right to civil files.
    """
    desk.require(Right.CIVIL)
    with desk.read() as uow:
        away = uow.civil_trips.awaiting()
    rows, _ = civil_reading.list_files(desk, replace(asked, scope=Scope.OPEN), 0, _OFFERED)
    unwanted = frozenset() if asked.step else _AWAY
    return tuple(row for row in rows if row.file_id not in away and row.step not in unwanted)


def save_trip(desk: Desk, command: SaveTrip) -> Done[int]:
    """Plan a trip, or change an open one. Returns its id.

    Raises:
        Forbidden: Without the right to civil files.
        RulesBroken: From ``civil_trips.check_trip`` and ``check_change``; ``civil.trip_unknown``.
    """
    desk.require(Right.CIVIL)
    with desk.write() as uow:
        if old := uow.audit.by_request(command.request_id):
            return Done(old[1])
        before = known_trip(uow, command.trip_id) if command.trip_id else None
        trip = Trip(
            id=command.trip_id,
            on=command.on,
            place=command.place.strip(),
            words=command.words.strip(),
            made_by=desk.actor.user_id,
            files=tuple(TripFile(file_id=file_id) for file_id in command.file_ids),
        )
        refuse((*rules.check_trip(trip), *(() if before is None else rules.check_change(before, trip))))
        for file_id in command.file_ids:
            civil.page_of(uow, file_id)
        trip_id = uow.civil_trips.save(trip)
        said = (
            FieldChange("Jour", "" if before is None else formats.day(before.on), formats.day(trip.on)),
            FieldChange("Dossiers", "" if before is None else str(len(before.files)), str(len(trip.files))),
        )
        _note(desk, uow, "civil_trip.saved", trip_id, said, command.request_id)
        uow.drafts.discard(SUBJECT, command.trip_id, desk.actor.user_id)
        uow.commit()
    return Done(trip_id, Changes.of(CIVIL))


def enter_results(desk: Desk, command: EnterResults) -> Done[TripPage]:
    """One result for all ticked files, in one transaction: where one is refused, none is written.

    Raises:
        Forbidden: Without the right to civil files.
        RulesBroken: From ``civil_trips.check_results`` and the rules of each file; those of a file carry its id in
            their values (``civil_trips.by_file``), so that each stands beside its row. ``civil.trip_unknown``.
    """
    desk.require(Right.CIVIL)
    with desk.write() as uow:
        trip = known_trip(uow, command.trip_id)
        if not uow.audit.by_request(command.request_id):
            refuse(rules.check_results(trip, command.file_ids))
            refuse(_write(desk, uow, command))
            said = (FieldChange("Résultats", "", str(len(command.file_ids))),)
            _note(desk, uow, "civil_trip.results", trip.id, said, command.request_id)
            uow.commit()
    return Done(load_trip(desk, command.trip_id), Changes.of(CIVIL))


def _write(desk: Desk, uow: UnitOfWork, command: EnterResults) -> tuple[Violation, ...]:
    """Write each file's event; everything that the rules refuse, by file. The caller commits only when it is empty."""
    broken: list[Violation] = []
    for file_id in command.file_ids:
        page = civil.page_of(uow, file_id)
        event = rules.event_of(command.entry, file_id, page.standing, desk.clock.now(), desk.actor.user_id)
        try:
            event_id = civil.add_event(desk, uow, page, event)
        except RulesBroken as refused:
            broken += [rules.of_file(one, file_id) for one in refused.violations]
            continue
        uow.civil_trips.note_result(command.trip_id, file_id, event_id)
        step = "" if event.step is None else event.step.value
        said = (FieldChange("Étape", page.standing.step.value, step),) if step else ()
        civil.note(desk, uow, f"civil.{event.kind.value}", file_id, said, None)
    return tuple(broken)


def close_trip(desk: Desk, command: CloseTrip) -> Done[int]:
    """Close a trip. Returns how many files had no result.

    Raises:
        Forbidden: Without the right to civil files.
        RulesBroken: ``civil.trip_unknown``, ``civil.trip_closed``.
    """
    desk.require(Right.CIVIL)
    with desk.write() as uow:
        trip = known_trip(uow, command.trip_id)
        if uow.audit.by_request(command.request_id):
            return Done(trip.awaited)
        refuse((Violation("civil.trip_closed"),) if trip.closed_on is not None else ())
        uow.civil_trips.close(trip.id, desk.today)
        _note(desk, uow, "civil_trip.closed", trip.id, (), command.request_id)
        uow.commit()
    return Done(trip.awaited, Changes.of(CIVIL))


def _note(
    desk: Desk, uow: UnitOfWork, action: str, trip_id: int, said: Sequence[FieldChange], request_id: str | None
) -> None:
    uow.audit.add(desk.clock.now(), desk.actor.user_id, action, SUBJECT, trip_id, said, request_id)
