"""The sealed table, as bytes: what opens a body is ``antenne.db.sealing``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from antenne.db.models.office import SealedModel


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
        for row in self._session.scalars(select(SealedModel).execution_options(yield_per=200)):
            yield SealedRow(row.id, row.epoch, row.version, row.body)

    def get(self, sealed_id: bytes) -> SealedRow | None:
        """One body."""
        row = self._session.get(SealedModel, sealed_id)
        return None if row is None else SealedRow(row.id, row.epoch, row.version, row.body)

    def put(self, row: SealedRow) -> None:
        """Insert or rewrite."""
        self._session.merge(SealedModel(id=row.id, epoch=row.epoch, version=row.version, body=row.body))
        self._session.flush()

    def delete(self, sealed_id: bytes) -> None:
        """Remove one body; ``secure_delete`` overwrites it."""
        row = self._session.get(SealedModel, sealed_id)
        if row is not None:
            self._session.delete(row)
            self._session.flush()

    def count(self) -> int:
        """How many bodies there are."""
        return self._session.scalar(select(func.count()).select_from(SealedModel)) or 0
