"""« Mise à l'abri »: in danger the confidential key leaves this computer; the code *confidentiel* brings it back.

The key file moves first, then the base that echoes it. A power cut between the two leaves the new key file, which the
next opening believes: the compartment is sheltered or it is not, never in between.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from antenne.base.problems import Problem
from antenne.db import keys
from antenne.db.keys import KeyFile
from antenne.db.slots import KdfParams, NewSlot, OfficeKeys, Slot, label_key
from antenne.domain import backups, recovery
from antenne.domain.changes import USERS, Changes, Done
from antenne.domain.recovery import ENVELOPES, CodeKind
from antenne.domain.rights import Right, Role
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.backup import LOCAL_FOLDER
from antenne.services.desk import Desk
from antenne.services.shelter_state import remember, sheltered
from antenne.services.users import own_cost


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterState:
    """What the page says before and after.

    Attributes:
        sheltered: Only the code *confidentiel* opens the compartment.
        ready: This key file can be sheltered; one of the first version needs a change of all keys before.
        envelope: Day since which the code *confidentiel* is in force; None where there is none.
        holds_key: This sitting opens the compartment.
        backups: How many were made: each still opens the compartment with a phrase of its day.
        aside: Folders beside this one where a restoration set an older base aside, its key file too.
    """

    sheltered: bool
    ready: bool
    envelope: dt.date | None
    holds_key: bool
    backups: int
    aside: tuple[Path, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeShelter:
    """Shelter the compartment now."""

    request_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen:
    """Open the compartment for everyone again.

    Attributes:
        code: The code *confidentiel*; empty where this sitting was opened with it.
        fresh: The code that replaces it, copied by hand and typed back; empty with an empty ``code``.
    """

    request_id: str
    code: str = field(default="", repr=False)
    fresh: str = field(default="", repr=False)


def read_shelter(desk: Desk) -> ShelterState:
    """Where things stand.

    Raises:
        Forbidden: Neither a right-holder nor the responsable.
        Problem: The key file is missing or damaged.
    """
    desk.require(Right.COMPARTMENT)
    keyfile = keys.read_key_file(desk.folder / keys.FILE_NAME)
    with desk.read() as uow:
        closed, made = sheltered(keyfile, uow), len(uow.backups.all())
    envelope = _envelope(keyfile)
    return ShelterState(
        sheltered=closed,
        ready=keyfile.shelter is not None,
        envelope=None if envelope is None else dt.date.fromisoformat(envelope.created[:10]),
        holds_key=desk.keys.confidential is not None,
        backups=made,
        aside=_set_aside(desk.folder),
    )


def take_shelter(desk: Desk, command: TakeShelter) -> Done[None]:
    """Take the confidential key out of every slot of this computer; the sitting must be locked at once.

    The copies made here before an update are removed: their key file would undo it.

    Raises:
        Forbidden: Neither a right-holder nor the responsable.
        Problem: ``shelter.no_envelope``: nothing would ever open it again; ``keys.shelter_old_format``; the key file
            could not be read or written. Nothing has changed.
    """
    desk.require(Right.COMPARTMENT)
    path = desk.folder / keys.FILE_NAME
    with desk.write() as uow:
        if uow.audit.by_request(command.request_id) is None:
            present = keys.read_key_file(path)
            if _envelope(present) is None:
                raise Problem("shelter.no_envelope")
            closed = keys.shelter(present, OfficeKeys(desk.keys.base, desk.keys.confidential))
            remember(uow, closed)
            actor = desk.actor.user_id
            uow.audit.add(desk.clock.now(), actor, "keys.sheltered", "user", actor, (), command.request_id)
            keys.write_key_file(path, closed)
            uow.commit()
    drop_local_copies(desk.folder)
    return Done(None, Changes.of(USERS))


def check_code(desk: Desk, code: str) -> None:
    """Try the code *confidentiel* before a fresh one is drawn; nothing is changed.

    Raises:
        Forbidden: Neither a right-holder nor the responsable.
        RulesBroken: It is no code, or that of the other envelope.
        Problem: ``shelter.wrong_code``, ``shelter.no_envelope``.
    """
    desk.require(Right.COMPARTMENT)
    _confidential(keys.read_key_file(desk.folder / keys.FILE_NAME), code)


def reopen(desk: Desk, command: Reopen, kdf: KdfParams | None = None) -> Done[None]:
    """Give everyone who has the right her access back, and wear the code out; the sitting must be locked at once.

    Raises:
        Forbidden: Neither a right-holder nor the responsable.
        RulesBroken: As :func:`check_code`; ``shelter.same_code``: the fresh code is the used one.
        Problem: As :func:`check_code`; the key file could not be written. Nothing has changed.
    """
    desk.require(Right.COMPARTMENT)
    path = desk.folder / keys.FILE_NAME
    present = keys.read_key_file(path)
    own = OfficeKeys(desk.keys.base, desk.keys.confidential)
    if own.confidential_key is None:
        own = OfficeKeys(desk.keys.base, _confidential(present, command.code))
        present = _with_fresh_code(present, own, command, desk.clock.now(), kdf or own_cost())
    with desk.write() as uow:
        if uow.audit.by_request(command.request_id) is None:
            opened = keys.unshelter(present, own, uow.office.identity().key_generation)
            remember(uow, opened)
            actor = desk.actor.user_id
            uow.audit.add(desk.clock.now(), actor, "keys.reopened", "user", actor, (), command.request_id)
            keys.write_key_file(path, opened)
            uow.commit()
    return Done(None, Changes.of(USERS))


def drop_local_copies(folder: Path) -> None:
    """Remove the copies made before an update: they open with the phrases of their day (storage: Key slots)."""
    place = folder / LOCAL_FOLDER
    with contextlib.suppress(OSError):
        for left in place.glob(f"*{backups.SUFFIX}"):
            left.unlink(missing_ok=True)


def _with_fresh_code(
    present: KeyFile, own: OfficeKeys, command: Reopen, created: dt.datetime, kdf: KdfParams
) -> KeyFile:
    used = _envelope(present)
    if used is None:
        raise Problem("shelter.no_envelope")
    _decoded(command.fresh)
    if recovery.clean(command.fresh) == recovery.clean(command.code):
        raise RulesBroken(Violation("shelter.same_code", "code"))
    slot = NewSlot(
        label=used.label,
        secret=command.fresh,
        roles=frozenset({Role.RESPONSABLE.value}),
        may_open_confidential=True,
        kind="recovery",
    )
    return keys.replace_slot(present, own, used.id, slot, created=created, kdf=kdf)


def _confidential(keyfile: KeyFile, code: str) -> bytes:
    _decoded(code)
    slot = _envelope(keyfile)
    if slot is None:
        raise Problem("shelter.no_envelope")
    try:
        found = keys.unlock(keyfile, code, slot.label).confidential_key
    except Problem as problem:
        if problem.code != "keys.wrong_passphrase":
            raise
        found = None
    if found is None:
        raise Problem("shelter.wrong_code")
    return found


def _decoded(code: str) -> None:
    read = recovery.decode(code, CodeKind.CONFIDENTIAL)
    if isinstance(read, Violation):
        raise RulesBroken(read)


def _envelope(keyfile: KeyFile) -> Slot | None:
    wanted = label_key(ENVELOPES[CodeKind.CONFIDENTIAL])
    found = (slot for slot in keyfile.slots if slot.kind == "recovery" and label_key(slot.label) == wanted)
    return next(found, None)


def _set_aside(folder: Path) -> tuple[Path, ...]:
    """The folders that ``services.restoring`` names when it sets the present files aside."""
    beside = folder.parent.glob(f"{folder.name}-mis-de-cote-*")
    return tuple(sorted(place for place in beside if (place / keys.FILE_NAME).is_file()))
