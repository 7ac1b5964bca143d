"""The demonstration's trips: one that came back with its results, one that leaves in a few days."""

from __future__ import annotations

import datetime as dt
from typing import Final

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.civil_trips import Trip, TripFile
from antenne.services import demo_people
from antenne.services.desk import Desk

_MOST: Final = 8

_BACK: Final = """
SELECT f.place, e."on", count(*) FROM civil_event e JOIN civil_file f ON f.id = e.file_id
WHERE e.kind IN ('postponed', 'hearing_set', 'deliberation') AND f.place <> '' AND e."on" <= :last
GROUP BY f.place, e."on" ORDER BY count(*) DESC, e."on" DESC LIMIT 1
"""
_RESULTS: Final = """
SELECT e.file_id, max(e.id) FROM civil_event e JOIN civil_file f ON f.id = e.file_id
WHERE e.kind IN ('postponed', 'hearing_set', 'deliberation') AND f.place = :place AND e."on" = :day
GROUP BY e.file_id ORDER BY e.file_id
"""
_AHEAD: Final = """
SELECT place, count(*) FROM civil_file WHERE NOT closed AND place <> '' AND step IN ('pieces_ready', 'filed', 'hearing')
GROUP BY place ORDER BY count(*) DESC, place LIMIT 1
"""
_WAITING: Final = """
SELECT id FROM civil_file WHERE NOT closed AND place = :place AND step IN ('pieces_ready', 'filed', 'hearing')
ORDER BY last_on, id LIMIT :most
"""


def write(desk: Desk, uow: UnitOfWork) -> None:
    """Plan both from the files that are there."""
    last = demo_people.LAST_DAY
    for place, day, _ in uow.rows(_BACK, last=last.isoformat()):
        files = tuple(
            TripFile(file_id=file, event_id=event) for file, event in uow.rows(_RESULTS, place=place, day=day)[:_MOST]
        )
        on = dt.date.fromisoformat(day)
        words = "Aller le matin en taxi-moto"
        _plan(desk, uow, Trip(on=on, place=place, words=words, made_by=desk.actor.user_id, closed_on=on, files=files))
    for place, _ in uow.rows(_AHEAD):
        files = tuple(TripFile(file_id=row[0]) for row in uow.rows(_WAITING, place=place, most=_MOST))
        on = last + dt.timedelta(days=5)
        _plan(desk, uow, Trip(on=on, place=place, made_by=desk.actor.user_id, files=files))


def _plan(desk: Desk, uow: UnitOfWork, trip: Trip) -> None:
    trip_id = uow.civil_trips.save(trip)
    at = dt.datetime.combine(min(trip.on, demo_people.LAST_DAY), dt.time(8), dt.UTC)
    uow.audit.add(at, desk.actor.user_id, "civil_trip.saved", "civil_trip", trip_id)
