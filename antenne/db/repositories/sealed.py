"""The sealed table, as bytes, and the published counts beside it: what opens a body is ``antenne.db.sealing``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from antenne.domain.sealed_counts import CountRow

# Plain statements: a save as she types passes here, and the ORM's unit of work would cost it more than the disk.
_ALL = text("SELECT id, epoch, version, body FROM sealed")
_GET = text("SELECT id, epoch, version, body FROM sealed WHERE id = :id")
_VERSION = text("SELECT version FROM sealed WHERE id = :id")
_COUNT = text("SELECT count(*) FROM sealed")
_DELETE = text("DELETE FROM sealed WHERE id = :id")
_PUT = text(
    "INSERT INTO sealed (id, epoch, version, body) VALUES (:id, :epoch, :version, :body)"
    " ON CONFLICT (id) DO UPDATE SET epoch = excluded.epoch, version = excluded.version, body = excluded.body"
)
_COUNTS = text("SELECT indicator, month, previous_month, cell, persons, sessions FROM sealed_count ORDER BY id")
_DROP_COUNTS = text("DELETE FROM sealed_count")
_PUT_COUNT = text(
    "INSERT INTO sealed_count (id, indicator, month, previous_month, cell, persons, sessions)"
    " VALUES (:id, :indicator, :month, :previous, :cell, :persons, :sessions)"
)


@dataclass(frozen=True, slots=True)
class SealedRow:
    """One sealed body as it lies in the base."""

    id: bytes
    epoch: int
    version: int
    body: bytes


class SealedRepository:
    """Bodies by random id; the base knows nothing else of them."""

    def __init__(self, session: Session) -> None:
        """Work inside this session."""
        self._session = session

    def all(self) -> Iterator[SealedRow]:
        """Every body, in the order of random ids."""
        for row in self._session.execute(_ALL):
            yield SealedRow(*row)

    def get(self, sealed_id: bytes) -> SealedRow | None:
        """One body."""
        row = self._session.execute(_GET, {"id": sealed_id}).first()
        return None if row is None else SealedRow(*row)

    def version(self, sealed_id: bytes) -> int | None:
        """The version of one body; None where it is gone."""
        found: int | None = self._session.execute(_VERSION, {"id": sealed_id}).scalar()
        return found

    def put(self, row: SealedRow) -> None:
        """Insert or rewrite."""
        self._session.execute(_PUT, {"id": row.id, "epoch": row.epoch, "version": row.version, "body": row.body})

    def delete(self, sealed_id: bytes) -> None:
        """Remove one body; ``secure_delete`` overwrites it."""
        self._session.execute(_DELETE, {"id": sealed_id})

    def count(self) -> int:
        """How many bodies there are."""
        return int(self._session.execute(_COUNT).scalar() or 0)

    def counts(self) -> tuple[CountRow, ...]:
        """The published counts, as the last right-holder left them."""
        return tuple(CountRow(*row) for row in self._session.execute(_COUNTS))

    def rewrite_counts(self, rows: Iterable[CountRow]) -> None:
        """Put these in the place of all the published counts: which of them changed cannot be told."""
        self._session.execute(_DROP_COUNTS)
        values = [
            {
                "id": number,
                "indicator": row.indicator,
                "month": row.month,
                "previous": row.previous_month,
                "cell": row.cell,
                "persons": row.persons,
                "sessions": row.sessions,
            }
            for number, row in enumerate(rows, start=1)
        ]
        if values:
            self._session.execute(_PUT_COUNT, values)
