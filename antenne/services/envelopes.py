"""A recovery code that was used is worn out: another takes its place before anything else (storage: Recovery)."""

from __future__ import annotations

from dataclasses import dataclass, field

from antenne.db import keys
from antenne.db.slots import KdfParams, NewSlot, OfficeKeys
from antenne.domain import recovery
from antenne.domain.changes import USERS, Changes, Done
from antenne.domain.recovery import CodeKind
from antenne.domain.rights import Right
from antenne.domain.violations import Violation
from antenne.services import founding
from antenne.services.desk import Desk


@dataclass(frozen=True, slots=True)
class UsedCode:
    """The envelope that was opened."""

    slot_id: str
    label: str
    kind: CodeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceCode:
    """A fresh code, copied by hand and typed back, for the envelope that was opened."""

    request_id: str
    slot_id: str
    code: str = field(repr=False)


def used_code(desk: Desk, slot_id: str) -> UsedCode | None:
    """The envelope by which this sitting was opened; None when it was a phrase."""
    slot = keys.read_key_file(desk.folder / keys.FILE_NAME).slot(slot_id)
    if slot is None or slot.kind != "recovery":
        return None
    kind = CodeKind.BASE if desk.keys.confidential is None else CodeKind.CONFIDENTIAL
    return UsedCode(slot.id, slot.label, kind)


def replace_code(desk: Desk, command: ReplaceCode, kdf: KdfParams | None = None) -> Done[None]:
    """Put the fresh code in the place of the used one; the old paper opens nothing here any more.

    Backups made before still open with it: that is said beside it.

    Raises:
        Forbidden: The code opened as somebody without that right.
        LookupError: No such envelope, or a code of the other one (a fault of the screen).
        Problem: The key file could not be read or written; the old code still opens.
    """
    desk.require(Right.USERS)
    used = used_code(desk, command.slot_id)
    if used is None or isinstance(recovery.decode(command.code, used.kind), Violation):
        raise LookupError(command.slot_id)
    path = desk.folder / keys.FILE_NAME
    slot = NewSlot(
        label=used.label,
        secret=command.code,
        roles=frozenset(role.value for role in desk.actor.roles),
        may_open_confidential=used.kind is CodeKind.CONFIDENTIAL,
        kind="recovery",
    )
    own = OfficeKeys(desk.keys.base, desk.keys.confidential)
    now = desk.clock.now()
    cost = kdf or founding.unlock_cost()
    with desk.write() as uow:
        if uow.audit.by_request(command.request_id) is None:
            keyfile = keys.replace_slot(keys.read_key_file(path), own, command.slot_id, slot, created=now, kdf=cost)
            uow.office.echo_key_file(keyfile.generation, keys.digest(keyfile))
            uow.audit.add(now, desk.actor.user_id, "recovery.replaced", "user", 0, (), command.request_id)
            keys.write_key_file(path, keyfile)
            uow.commit()
    return Done(None, Changes.of(USERS))
