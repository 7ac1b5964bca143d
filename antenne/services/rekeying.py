"""A changed phrase, a changed role or a leaver: every key of the office is changed, in one stroke or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from antenne.base.problems import Problem
from antenne.base.progress import Progress, Silent
from antenne.db import keys
from antenne.db.engine import open_engine
from antenne.db.rekey import REKEY_FILE, Change, rekey
from antenne.db.slots import KdfParams, NewSlot
from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import passphrases, recovery
from antenne.domain.audit import FieldChange
from antenne.domain.changes import USERS, Changes, Done
from antenne.domain.passphrases import WordList
from antenne.domain.recovery import ENVELOPES, CodeKind
from antenne.domain.rights import Right, Role
from antenne.domain.settings import EPOCH
from antenne.domain.text import clean_line
from antenne.domain.users import User
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.access import BASE_FILE
from antenne.services.desk import Desk
from antenne.services.shelter_state import SHELTERED
from antenne.services.sheltering import drop_local_copies
from antenne.services.users import (
    CONFIDENTIAL_ROLES,
    ONE_TIME,
    UNHANDED,
    WITHOUT,
    OneTimePhrase,
    draw_phrase,
    list_users,
    mark,
    own_cost,
    own_keys,
    role_violations,
    role_words,
    word_list,
)

_STEPS = ("rekey.keys", "rekey.copy", "rekey.check", "rekey.swap")


@dataclass(frozen=True, slots=True, kw_only=True)
class Staying:
    """Who keeps access after a rekey, with which roles."""

    user_id: int
    roles: frozenset[Role]
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rekey:
    """Change every key of the office.

    Attributes:
        own_phrase: The new phrase of the one who does it.
        staying: Everybody who keeps access, herself included; who is not named has left.
        recovery: The slots of the two new recovery codes, already copied by hand and typed back (:func:`envelopes`).
        own_user_id: Who she is, where the office was opened with an envelope, which names nobody; 0: the actor.
    """

    request_id: str
    own_phrase: str = field(repr=False)
    staying: tuple[Staying, ...]
    recovery: tuple[NewSlot, ...] = field(repr=False)
    own_user_id: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class Rekeyed:
    """What is left to do after a change of keys, in the minute before this process ends.

    Attributes:
        papers: The phrases to copy onto paper.
        folder: The data folder.
        raw_key: Opens the base under its new key, to note each paper that was written.
    """

    papers: tuple[OneTimePhrase, ...]
    folder: Path
    raw_key: str


def draw_code(kind: CodeKind) -> str:
    """A recovery code, from the system's random source; shown, copied by hand, never written anywhere."""
    return recovery.encode(secrets.randbits(recovery.BITS), kind)


def envelopes(base_code: str, confidential_code: str) -> tuple[NewSlot, NewSlot]:
    """The two recovery slots of a rekey."""
    responsable = frozenset({Role.RESPONSABLE.value})
    return (
        NewSlot(
            label=ENVELOPES[CodeKind.BASE],
            secret=base_code,
            roles=responsable,
            may_open_confidential=False,
            kind="recovery",
        ),
        NewSlot(
            label=ENVELOPES[CodeKind.CONFIDENTIAL],
            secret=confidential_code,
            roles=responsable,
            may_open_confidential=True,
            kind="recovery",
        ),
    )


def rekey_violations(desk: Desk, command: Rekey, words: WordList) -> tuple[Violation, ...]:
    """All that is wrong with a change of keys, before anything is touched."""
    broken = [*passphrases.violations(command.own_phrase, words)]
    for stays in command.staying:
        broken += role_violations(stays.roles, stays.reason)
    own = next((stays for stays in command.staying if stays.user_id == _own_id(desk, command)), None)
    if own is None or Role.RESPONSABLE not in own.roles:
        broken.append(Violation("users.no_responsable", "staying"))
    return tuple(broken)


def _own_id(desk: Desk, command: Rekey) -> int:
    return command.own_user_id or desk.actor.user_id


def rekey_office(
    desk: Desk, command: Rekey, kdf: KdfParams | None = None, progress: Progress | None = None
) -> Done[Rekeyed]:
    """Change every key; who stays gets a new phrase on paper, who is not named opens nothing any more.

    The desk is closed by it: the program starts afresh with the new phrase. Roles, leavers and keys change together,
    or not at all: the displayed users are written into the copy, just before it takes the old base's place.

    Raises:
        Forbidden: Not the responsable.
        RulesBroken: She is not among those who stay, or her phrase is too easy to guess.
        Problem: ``rekey.no_confidential`` where she does not hold the confidential key; or the copy could not be made.
            Nothing has changed.
        Stopped: She asked; nothing has changed.
    """
    desk.require(Right.USERS)
    watched = progress or Silent()
    if desk.keys.confidential is None:
        raise Problem("rekey.no_confidential")
    words = word_list()
    if broken := rekey_violations(desk, command, words):
        raise RulesBroken(*broken)
    users = {user.id: user for user in list_users(desk)}
    path = desk.folder / keys.FILE_NAME
    present = keys.read_key_file(path)
    slots, papers = _new_slots(desk, command, users, present, words)
    watched.report(_STEPS[0], 0, len(_STEPS))
    every = [*slots, *command.recovery]
    keyfile, fresh = keys.rewrap(present, every, created=desk.clock.now(), kdf=kdf or own_cost())
    watched.check()
    desk.close()
    raw_key = keys.cipher_key(fresh.base_key)

    def step(name: str) -> None:
        watched.check()
        watched.report(name, _STEPS.index(name), len(_STEPS))
        if name == _STEPS[-1]:
            desk.close()  # a screen may have read meanwhile, and Windows moves no file that is open
            _amend_copy(desk, command, users, papers, raw_key)

    rekey(desk.folder / BASE_FILE, path, Change(own_keys(desk), fresh, keyfile), step)
    drop_local_copies(desk.folder)
    return Done(Rekeyed(papers, desk.folder, raw_key), Changes.of(USERS))


def note_handed(done: Rekeyed, slot_id: str) -> None:
    """She has copied that phrase onto its paper; the desk of before the change is closed, so the base is opened anew.

    Raises:
        Problem: The base could not be written; the phrase then counts as not handed, and can be drawn again.
    """
    engine = open_engine(done.folder / BASE_FILE, done.raw_key)
    try:
        with UnitOfWork(engine, writes=True) as uow:
            mark(uow, UNHANDED, drop=(slot_id,))
            uow.commit()
    finally:
        engine.dispose()


def _amend_copy(
    desk: Desk,
    command: Rekey,
    users: dict[int, User],
    papers: Sequence[OneTimePhrase],
    raw_key: str,
) -> None:
    engine = open_engine(desk.folder / REKEY_FILE, raw_key)
    try:
        with UnitOfWork(engine, writes=True) as uow:
            _write_users(uow, desk, command, users, papers)
            uow.commit()
    finally:
        engine.dispose()  # the last connection folds its journal into the file, which is then moved alone


def _new_slots(
    desk: Desk, command: Rekey, users: dict[int, User], present: keys.KeyFile, words: WordList
) -> tuple[list[NewSlot], tuple[OneTimePhrase, ...]]:
    slots, papers = [], []
    for stays in command.staying:
        user = users[stays.user_id]
        old = present.slot(user.slot_id)
        if old is None:
            raise RulesBroken(Violation("users.gone", "staying", (("name", user.name),)))
        label = old.label
        own = stays.user_id == _own_id(desk, command)
        phrase = command.own_phrase if own else draw_phrase(words)
        slots.append(
            NewSlot(
                label=label,
                secret=phrase,
                roles=frozenset(role.value for role in stays.roles),
                may_open_confidential=bool(stays.roles & CONFIDENTIAL_ROLES),
                slot_id=user.slot_id,
            )
        )
        if not own:
            papers.append(OneTimePhrase(user.name, label, phrase, user.slot_id))
    return slots, tuple(papers)


def _write_users(
    uow: UnitOfWork,
    desk: Desk,
    command: Rekey,
    users: dict[int, User],
    papers: Sequence[OneTimePhrase],
) -> None:
    """The displayed roles, the leavers, whose phrase is on paper, and the audit row of it all."""
    staying = {stays.user_id: stays for stays in command.staying}
    changes: list[FieldChange] = []
    for user in users.values():
        stays = staying.get(user.id)
        if stays is not None:
            uow.users.save(replace(user, roles=stays.roles, left_on=None))
            changes += _role_changes(user, stays)
        elif user.left_on is None:
            uow.users.save(replace(user, left_on=desk.today))
            changes.append(FieldChange(user.name, role_words(user.roles), "n’a plus accès"))
    on_paper = sorted(paper.slot_id for paper in papers)
    for name, value in ((ONE_TIME, on_paper), (UNHANDED, on_paper), (WITHOUT, []), (SHELTERED, False)):
        uow.settings.set(name, EPOCH, value)
    actor = _own_id(desk, command)
    uow.audit.add(desk.clock.now(), actor, "office.rekeyed", "user", actor, changes, command.request_id)


def _role_changes(user: User, stays: Staying) -> list[FieldChange]:
    old, new = role_words(user.roles), role_words(stays.roles)
    if stays.reason.strip():
        new = f"{new} ({clean_line(stays.reason)})"
    return [FieldChange(user.name, old, new)] if old != new else []
