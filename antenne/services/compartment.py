"""Opening the confidential compartment, keeping it for the sitting, changing it.

:func:`opened` opens it once, in the background after unlocking, and keeps it at the desk until the process ends.
:func:`changing` is how every sealed record is written: no row of the base outside the table ``sealed`` moves with it,
so neither an audit row nor a request id stands there; what was changed by whom is sealed too (:func:`save`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

from antenne.base.problems import Problem
from antenne.db.sealing import ID_BYTES
from antenne.domain.listening import Trace, TraceLine
from antenne.domain.rights import Right
from antenne.domain.sealed_codec import Sealed, changes_between, from_payload, to_payload
from antenne.domain.violations import Forbidden, RulesBroken, Violation
from antenne.services.desk import Desk
from antenne.services.sealed_memory import KIND, Batch, Compartment, SealedRecord
from antenne.services.shelter_state import is_sheltered

__all__ = ["KIND", "Batch", "Compartment", "Kept", "SealedRecord", "changing", "open_compartment", "opened"]

K = TypeVar("K", bound=Sealed)


@dataclass(frozen=True, slots=True)
class Kept(Generic[K]):
    """A record of one kind, with what a change of it must quote.

    Attributes:
        id: Of the sealed body, in hex: what screens and links hold.
        version: From 1; a change quotes the one it was read at.
        record: The record.
    """

    id: str
    version: int
    record: K


def open_compartment(desk: Desk) -> Compartment:
    """Open the whole compartment afresh, whatever the desk keeps.

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


def opened(desk: Desk) -> Compartment:
    """The compartment of this sitting; the first who asks opens it, the others wait for that.

    Raises:
        Forbidden: As :func:`open_compartment`.
        Problem: As :func:`open_compartment`.
    """
    desk.require(Right.COMPARTMENT)
    with desk.sealed.lock:
        if desk.sealed.compartment is None:
            desk.sealed.compartment = open_compartment(desk)
        return desk.sealed.compartment


@contextmanager
def changing(desk: Desk) -> Iterator[Batch]:
    """Changes of sealed records, in one transaction; without ``batch.commit()`` nothing has happened.

    Raises:
        Forbidden: As :func:`open_compartment`.
        Problem: As :func:`open_compartment`, or of the machine.
    """
    own = opened(desk)
    with own.lock, desk.write() as uow:
        own.catch_up(uow)
        yield Batch(own, uow)


def own_person(desk: Desk) -> int | None:
    """The person whom the user herself is: she never opens the sealed part of herself (rules: Roles)."""
    with desk.read() as uow:
        user = next((one for one in uow.users.all() if one.id == desk.actor.user_id), None)
    return None if user is None else user.person_id


def kept(record: SealedRecord, kind: type[K]) -> Kept[K]:
    """The record as its kind."""
    return Kept(record.id.hex(), record.version, from_payload(kind, record.payload))


def kept_of(desk: Desk, kind: type[K]) -> tuple[Kept[K], ...]:
    """Every record of a kind, each decoded once until it changes; the user's own are left out.

    Raises:
        Forbidden: As :func:`open_compartment`.
        Problem: As :func:`open_compartment`.
    """
    every = every_kept(opened(desk), kind)
    herself = own_person(desk)
    if herself is None:
        return every
    return tuple(one for one in every if getattr(one.record, "person_id", None) != herself)


def every_kept(own: Compartment, kind: type[K]) -> tuple[Kept[K], ...]:
    """Every record of a kind, the user's own too: for counting, numbering and looking after them, never for showing."""

    def decode(record: SealedRecord) -> Kept[K]:
        return kept(record, kind)

    def decode_all() -> tuple[Kept[K], ...]:
        return tuple(own.decoded(one, decode) for one in own.records(kind.KIND))

    return own.made_once(f"kept:{kind.KIND}", (kind.KIND,), decode_all)


def find(desk: Desk, kind: type[K], record_id: str) -> Kept[K]:
    """One record; reading it is not logged here (``reading_log.note_reading``).

    Raises:
        Forbidden: As :func:`open_compartment`; it concerns the user herself.
        Problem: As :func:`open_compartment`; ``sealed.gone``: erased meanwhile, or of another kind.
    """
    record = opened(desk).get(record_key(record_id))
    if record is None or record.payload.get(KIND) != kind.KIND:
        raise Problem("sealed.gone")
    refuse_own(desk, record.payload.get("person_id"))
    return kept(record, kind)


def refuse_own(desk: Desk, person_id: object) -> None:
    """Refuse what concerns the user herself, in the words that everybody without the right hears.

    Raises:
        Forbidden: It is her own.
    """
    if person_id is not None and person_id == own_person(desk):
        raise Forbidden(Right.COMPARTMENT.value)


def record_key(record_id: str) -> bytes:
    """The bytes of an id in hex.

    Raises:
        Problem: ``sealed.gone``: no id at all.
    """
    try:
        key = bytes.fromhex(record_id)
    except ValueError:
        key = b""
    if len(key) != ID_BYTES:
        raise Problem("sealed.gone")
    return key


def request_key(request_id: str) -> bytes:
    """The id of the record that a request makes: a second click finds it there, and no request id stands outside."""
    return hashlib.sha256(f"sealed\n{request_id}".encode()).digest()[:ID_BYTES]


def save(desk: Desk, batch: Batch, record: Sealed, request_id: str, before: Kept[K] | None = None) -> SealedRecord:
    """Put a record, and on a change its old values beside it, sealed; commit is the caller's.

    Args:
        desk: Who.
        batch: From :func:`changing`.
        record: What it says now.
        request_id: Of the click: the same one twice does nothing more.
        before: What was read; None for a new record.

    Raises:
        Problem: ``sealed.gone``.
        RulesBroken: ``sealed.changed``: somebody else saved it meanwhile; ``sealed.too_long``.
    """
    if before is None:
        own = request_key(request_id)
        return batch.get(own) or batch.put(to_payload(record), own)
    own, trace_id = record_key(before.id), request_key(request_id)
    present = batch.get(own)
    if present is None:
        raise Problem("sealed.gone")
    if batch.get(trace_id) is not None:
        return present
    if present.version != before.version:
        raise RulesBroken(Violation("sealed.changed"))
    lines = changes_between(present.payload, to_payload(record))
    if not lines:
        return present
    trace = Trace(
        record=before.id,
        at=desk.clock.now(),
        user_id=desk.actor.user_id,
        user=desk.actor.name,
        lines=tuple(TraceLine(*line) for line in lines),
    )
    batch.put(to_payload(trace), trace_id)
    return batch.put(to_payload(record), own)


def erase(batch: Batch, own: Compartment, record_id: str) -> None:
    """Take a record away with the old values of all its changes; commit is the caller's. Who read it stays said.

    Raises:
        Problem: ``sealed.gone``.
    """
    key = record_key(record_id)
    if batch.get(key) is None:
        raise Problem("sealed.gone")
    batch.delete(key)
    for trace in own.records(Trace.KIND):
        if trace.payload.get("record") == record_id:
            batch.delete(trace.id)


def history(desk: Desk, record_id: str) -> tuple[Trace, ...]:
    """What was changed in one record, by whom, when, the newest first.

    Raises:
        Forbidden: As :func:`open_compartment`.
        Problem: As :func:`open_compartment`.
    """
    own = opened(desk)
    by_record = own.made_once("traces", (Trace.KIND,), lambda: _traces(own))
    found = by_record.get(record_id, ())
    return tuple(sorted(found, key=_instant, reverse=True))


def _instant(trace: Trace) -> dt.datetime:
    return trace.at


def _traces(own: Compartment) -> dict[str, tuple[Trace, ...]]:
    found: dict[str, tuple[Trace, ...]] = {}
    for record in own.records(Trace.KIND):
        trace = from_payload(Trace, record.payload)
        found[trace.record] = (*found.get(trace.record, ()), trace)
    return found
