"""Trips: rows to records and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from antenne.db.models.base import table_of
from antenne.db.models.civil import CivilTripFileModel, CivilTripModel
from antenne.domain.civil_trips import Trip, TripFile


class CivilTripRepository:
    """Trips with their files."""

    def __init__(self, session: Session) -> None:
        """Work inside this session."""
        self._session = session

    def get(self, trip_id: int) -> Trip | None:
        """One trip with its files."""
        row = self._session.get(CivilTripModel, trip_id, populate_existing=True)
        return None if row is None else self._trip(row)

    def page(self, offset: int, limit: int) -> tuple[Trip, ...]:
        """Open trips first, then the newest."""
        query = (
            select(CivilTripModel)
            .order_by(CivilTripModel.closed_on.is_not(None), CivilTripModel.on.desc(), CivilTripModel.id.desc())
            .offset(offset)
            .limit(limit)
        )
        return tuple(self._trip(row) for row in self._session.scalars(query))

    def open_before(self, day: dt.date) -> tuple[Trip, ...]:
        """Trips of that day or earlier that nobody closed."""
        query = select(CivilTripModel).where(CivilTripModel.closed_on.is_(None), CivilTripModel.on <= day)
        return tuple(self._trip(row) for row in self._session.scalars(query.order_by(CivilTripModel.on)))

    def awaiting(self) -> frozenset[int]:
        """Files on an open trip whose result has not come."""
        query = (
            select(CivilTripFileModel.file_id)
            .join(CivilTripModel, CivilTripModel.id == CivilTripFileModel.trip_id)
            .where(CivilTripModel.closed_on.is_(None), CivilTripFileModel.event_id.is_(None))
        )
        return frozenset(self._session.scalars(query))

    def save(self, trip: Trip) -> int:
        """Write a trip and its files in this order; results already entered stay. Its id."""
        values = {"on": trip.on, "place": trip.place, "words": trip.words}
        if trip.id:
            self._session.execute(update(CivilTripModel).where(CivilTripModel.id == trip.id).values(values))
            trip_id = trip.id
        else:
            values |= {"made_by": trip.made_by, "closed_on": trip.closed_on}
            made = self._session.execute(insert(CivilTripModel).returning(CivilTripModel.id), values)
            trip_id = int(made.scalar_one())
        self._put_files(trip_id, trip.files)
        return trip_id

    def _put_files(self, trip_id: int, files: Sequence[TripFile]) -> None:
        mine = CivilTripFileModel.trip_id == trip_id
        kept = dict(
            self._session.execute(select(CivilTripFileModel.file_id, CivilTripFileModel.event_id).where(mine)).all()
        )
        self._session.execute(delete(CivilTripFileModel).where(mine))
        rows = [
            {
                "trip_id": trip_id,
                "file_id": one.file_id,
                "position": position,
                "event_id": one.event_id or kept.get(one.file_id),
            }
            for position, one in enumerate(files)
        ]
        if rows:
            self._session.execute(insert(table_of(CivilTripFileModel)), rows)

    def note_result(self, trip_id: int, file_id: int, event_id: int) -> None:
        """Tie a file of a trip to the event that came of it."""
        mine = (CivilTripFileModel.trip_id == trip_id, CivilTripFileModel.file_id == file_id)
        self._session.execute(update(CivilTripFileModel).where(*mine).values(event_id=event_id))

    def close(self, trip_id: int, on: dt.date) -> None:
        """The trip is over."""
        self._session.execute(update(CivilTripModel).where(CivilTripModel.id == trip_id).values(closed_on=on))

    def _trip(self, row: CivilTripModel) -> Trip:
        query = (
            select(CivilTripFileModel.file_id, CivilTripFileModel.event_id)
            .where(CivilTripFileModel.trip_id == row.id)
            .order_by(CivilTripFileModel.position)
        )
        files = tuple(
            TripFile(file_id=file_id, event_id=event_id) for file_id, event_id in self._session.execute(query)
        )
        return Trip(
            id=row.id,
            on=row.on,
            place=row.place,
            words=row.words,
            made_by=row.made_by,
            closed_on=row.closed_on,
            files=files,
        )
