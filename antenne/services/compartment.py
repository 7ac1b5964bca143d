"""The confidential compartment at work: bodies opened in memory, and a sealed index that no missing body escapes.

The base shows only random ids. What a right-holder sees is opened at unlock, lives in memory and goes with the process.
The index is sealed too, in shards by the first letter of the ids, so that each stays small: shard → id, version, hash.
Every change of a body and of its shard is one transaction; a body deleted, swapped or put back is then named.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from antenne.base.problems import Problem
from antenne.db import sealing
from antenne.db.repositories.sealed import SealedRow
from antenne.db.sealing import Context, Opener
from antenne.db.slots import sealed_key
from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.rights import Right
from antenne.services.desk import Desk
from antenne.services.shelter_state import is_sheltered

KIND = "kind"
INDEX = "index"
_SHARDS = 64


@dataclass(frozen=True, slots=True)
class SealedRecord:
    """One opened record.

    Attributes:
        id: Its random id.
        version: From 1, one more at each change.
        payload: Its fields, ``kind`` among them.
    """

    id: bytes
    version: int
    payload: Mapping[str, Any] = field(repr=False)


class Compartment:
    """Every record of the compartment, in memory; made by :func:`open_compartment`, dropped with the process."""

    def __init__(self, confidential: bytes, db_id: str, epoch: int) -> None:
        """Begin empty."""
        self._key = sealed_key(confidential)
        self._context = Context(db_id, epoch)
        self._opener = Opener(confidential, self._context)
        self._records: dict[bytes, SealedRecord] = {}
        self._hashes: dict[bytes, str] = {}
        self._shards: dict[int, tuple[bytes, int, dict[str, tuple[int, str]]]] = {}
        self.damaged: tuple[bytes, ...] = ()

    def load(self, uow: UnitOfWork) -> None:
        """Open every body; what does not open is kept in ``damaged``, by id."""
        damaged = []
        for row in uow.sealed.all():
            try:
                opened = self._opener.open(row.id, row.version, row.body)
            except Problem:
                damaged.append(row.id)
                continue
            if opened.payload.get(KIND) == INDEX:
                entries = {str(key): (int(value[0]), str(value[1])) for key, value in opened.payload["entries"].items()}
                self._shards[int(opened.payload["shard"])] = (row.id, row.version, entries)
            else:
                self._records[row.id] = SealedRecord(row.id, row.version, opened.payload)
                self._hashes[row.id] = _hash(opened.payload)
        self.damaged = tuple(damaged)

    def records(self, kind: str = "") -> Iterator[SealedRecord]:
        """Every record, or those of one kind."""
        return (one for one in self._records.values() if not kind or one.payload.get(KIND) == kind)

    def get(self, record_id: bytes) -> SealedRecord | None:
        """One record."""
        return self._records.get(record_id)

    def put(self, uow: UnitOfWork, payload: Mapping[str, Any], record_id: bytes | None = None) -> SealedRecord:
        """Seal a new record, or the next version of one, and its line of the index; commit is the caller's.

        Raises:
            RulesBroken: ``sealed.too_long``.
        """
        own = record_id or sealing.new_id()
        known = self._records.get(own)
        version = known.version + 1 if known is not None else 1
        body = sealing.seal(self._key, self._context, own, version, payload)
        uow.sealed.put(SealedRow(own, self._context.epoch, version, body))
        self._note(uow, own, (version, _hash(payload)))
        record = SealedRecord(own, version, dict(payload))
        self._records[own], self._hashes[own] = record, _hash(payload)
        return record

    def delete(self, uow: UnitOfWork, record_id: bytes) -> None:
        """Take a record away, and its line of the index."""
        uow.sealed.delete(record_id)
        self._note(uow, record_id, None)
        self._records.pop(record_id, None)
        self._hashes.pop(record_id, None)

    def faults(self) -> tuple[str, ...]:
        """Ids, in hex, of the bodies that do not open, are missing, older, other, or not of the index.

        A deposit is of version 1 and waits for its line until it is filed: it is no fault.
        """
        wanted = {key: value for _, _, entries in self._shards.values() for key, value in entries.items()}
        found = {key.hex(): (one.version, self._hashes[key]) for key, one in self._records.items()}
        wrong = {key for key, value in wanted.items() if found.get(key) != value}
        unlisted = {key for key in found if key not in wanted and found[key][0] > 1}
        return tuple(sorted(wrong | unlisted | {one.hex() for one in self.damaged}))

    def _note(self, uow: UnitOfWork, record_id: bytes, line: tuple[int, str] | None) -> None:
        shard = record_id[0] % _SHARDS
        index_id, version, entries = self._shards.get(shard, (sealing.new_id(), 0, {}))
        changed = {key: value for key, value in entries.items() if key != record_id.hex()}
        if line is not None:
            changed[record_id.hex()] = line
        payload = {KIND: INDEX, "shard": shard, "entries": changed}
        body = sealing.seal(self._key, self._context, index_id, version + 1, payload)
        uow.sealed.put(SealedRow(index_id, self._context.epoch, version + 1, body))
        self._shards[shard] = (index_id, version + 1, changed)


def open_compartment(desk: Desk) -> Compartment:
    """Open the whole compartment.

    Raises:
        Forbidden: The user's key does not open it: every role that lacks the right is refused alike.
        Problem: ``sealed.sheltered``: only the code *confidentiel* opens it now; ``sealed.no_key``: her slot lacks its
            key.
    """
    desk.require(Right.COMPARTMENT)
    if desk.keys.confidential is None:
        raise Problem("sealed.sheltered" if is_sheltered(desk) else "sealed.no_key")
    with desk.read() as uow:
        made = Compartment(desk.keys.confidential, desk.keys.db_id, uow.office.identity().sealed_epoch)
        made.load(uow)
    return made


def _hash(payload: Mapping[str, Any]) -> str:
    """Of what the body says, not of its bytes: a change of keys seals every body anew and leaves the index true."""
    said = json.dumps(payload, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()[:32]
