"""Who changed what, when: the rows of the Historique, chained by hash so that none can vanish unseen."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

START = "0" * 64


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field's old and new value, already in words that a person can read."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of a record's Historique; ``erased`` when its values were forgotten on request."""

    at: dt.datetime
    actor: str
    action: str
    changes: tuple[FieldChange, ...]
    erased: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """One link of the chain. It holds ids and a digest, no name: erasing a person leaves the chain whole.

    Attributes:
        id: Consecutive from 1.
        at: Instant of the change.
        actor_id: User, 0 for the program itself.
        action: Stable code, ``person.saved``.
        subject: Kind of record, ``person``.
        subject_id: Its id.
        digest: SHA-256 of the salted details.
        previous: Hash of the row before (64 zeros for the first).
        hash: Hash of this row.
    """

    id: int
    at: dt.datetime
    actor_id: int
    action: str
    subject: str
    subject_id: int
    digest: str
    previous: str
    hash: str


def details_digest(salt: str, details: str) -> str:
    """SHA-256 of the details behind a random salt, so that a short value cannot be guessed after its erasure."""
    return hashlib.sha256(f"{salt}\n{details}".encode()).hexdigest()


def row_hash(row: AuditRow) -> str:
    """What the row's hash must be, from everything else in it."""
    parts = (
        row.id,
        row.at.isoformat(),
        row.actor_id,
        row.action,
        row.subject,
        row.subject_id,
        row.digest,
        row.previous,
    )
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()


def chain_faults(rows: Iterable[AuditRow]) -> tuple[int, ...]:
    """Ids of the rows that do not follow from the row before: changed, removed or put in."""
    faults: list[int] = []
    previous, expected = START, 1
    for row in rows:
        if row.id != expected or row.previous != previous or row.hash != row_hash(row):
            faults.append(row.id)
        previous, expected = row.hash, row.id + 1
    return tuple(faults)
