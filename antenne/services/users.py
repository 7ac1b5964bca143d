"""Who may open the office. A changed phrase, a changed role or a leaver is a rekey; only a newcomer is not."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from antenne.base.paths import resource
from antenne.base.problems import Problem
from antenne.base.progress import Progress, Silent
from antenne.db import keys
from antenne.db.engine import open_engine
from antenne.db.rekey import REKEY_FILE, Change, rekey
from antenne.db.slots import KdfParams, NewSlot, OfficeKeys, Slot
from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import first_run, passphrases, recovery
from antenne.domain.audit import FieldChange
from antenne.domain.backups import BackupMade
from antenne.domain.changes import USERS, Changes, Done
from antenne.domain.passphrases import WordList
from antenne.domain.recovery import CodeKind
from antenne.domain.rights import Right, Role
from antenne.domain.settings import EPOCH
from antenne.domain.text import clean_line
from antenne.domain.users import User
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.access import BASE_FILE
from antenne.services.desk import Desk
from antenne.services.opening import reload_settings

_SECONDS = 0.8
_STEPS = ("rekey.keys", "rekey.copy", "rekey.check", "rekey.swap")

ONE_TIME = "users.one_time"
"""Setting: slots whose phrase was given on paper and must be changed at the next login."""

CONFIDENTIAL_ROLES = frozenset({Role.RESPONSABLE, Role.ECOUTANTE})


@dataclass(frozen=True, slots=True, kw_only=True)
class AddUser:
    """A newcomer: her neutral label, her roles; her first phrase is drawn and given on paper."""

    request_id: str
    name: str
    label: str
    roles: frozenset[Role]
    reason: str = ""


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


@dataclass(frozen=True, slots=True)
class Account:
    """A user and her slot.

    Attributes:
        user: For display.
        label: Her neutral label at login; empty when she opens nothing any more.
        one_time: Her phrase is still the one given on paper.
    """

    user: User
    label: str
    one_time: bool


@dataclass(frozen=True, slots=True)
class Envelope:
    """A recovery code that opens the office: where it lies and since when; never the code."""

    label: str
    since: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyState:
    """Who opens this office, with what.

    Attributes:
        generation: Of ``antenne.cles``.
        since: Day of the present keys.
        accounts: Everybody who ever worked here, those who left last.
        envelopes: The recovery codes in force.
        backups: Made so far: each opens with the phrases of its own day.
        confidential: She who asks opens the confidential part, and so can change the keys.
    """

    generation: int
    since: dt.date
    accounts: tuple[Account, ...]
    envelopes: tuple[Envelope, ...]
    backups: tuple[BackupMade, ...]
    confidential: bool


@dataclass(frozen=True, slots=True)
class OneTimePhrase:
    """What is written on a paper for one user; changed at her next login."""

    name: str
    label: str
    phrase: str = field(repr=False)


def list_users(desk: Desk) -> tuple[User, ...]:
    """Everybody who ever worked here, for display."""
    with desk.read() as uow:
        return uow.users.all()


def read_keys(desk: Desk) -> KeyState:
    """What the screen of users shows.

    Raises:
        Forbidden: Not the responsable.
        Problem: The key file is missing or damaged.
    """
    desk.require(Right.USERS)
    keyfile = keys.read_key_file(desk.folder / keys.FILE_NAME)
    with desk.read() as uow:
        users, backups = uow.users.all(), uow.backups.all()
    waiting = _one_time(desk)
    accounts = []
    for user in sorted(users, key=lambda one: (one.left_on is not None, one.id)):
        slot = keyfile.slot(user.slot_id) if user.left_on is None else None
        accounts.append(Account(user, slot.label if slot else "", user.slot_id in waiting and slot is not None))
    return KeyState(
        generation=keyfile.generation,
        since=min(_created(slot) for slot in keyfile.slots),
        accounts=tuple(accounts),
        envelopes=tuple(Envelope(slot.label, _created(slot)) for slot in keyfile.slots if slot.kind == "recovery"),
        backups=backups,
        confidential=desk.keys.confidential is not None,
    )


def _created(slot: Slot) -> dt.date:
    return dt.date.fromisoformat(slot.created[:10])


def draw_code(kind: CodeKind) -> str:
    """A recovery code, from the system's random source; shown, copied by hand, never written anywhere."""
    return recovery.encode(secrets.randbits(recovery.BITS), kind)


def envelopes(base_code: str, confidential_code: str) -> tuple[NewSlot, NewSlot]:
    """The two recovery slots of a rekey."""
    responsable = frozenset({Role.RESPONSABLE.value})
    return (
        NewSlot(label="Enveloppe 1", secret=base_code, roles=responsable, may_open_confidential=False, kind="recovery"),
        NewSlot(
            label="Enveloppe 2",
            secret=confidential_code,
            roles=responsable,
            may_open_confidential=True,
            kind="recovery",
        ),
    )


def newcomer_violations(command: AddUser) -> tuple[Violation, ...]:
    """All that is wrong with a newcomer, but a label that is taken: pure."""
    named = first_run.responsable_violations(first_run.Responsable(command.name, command.label))
    return (*named, *role_violations(command.roles, command.reason))


def role_violations(roles: frozenset[Role], reason: str) -> tuple[Violation, ...]:
    """Whether roles may stand together (rules: Roles): secrétaire and écoutante need a written reason."""
    if not roles:
        return (Violation("users.no_role", "roles"),)
    if {Role.SECRETAIRE, Role.ECOUTANTE} <= roles and not reason.strip():
        return (Violation("users.reason", "reason"),)
    return ()


def word_list() -> WordList:
    """The French words that phrases are drawn from."""
    return WordList.of(resource("words/fr.txt").read_text(encoding="utf-8").splitlines())


def draw_phrase(words: WordList) -> str:
    """Four distinct words, from the system's random source."""
    drawn: list[int] = []
    while len(drawn) < 4:  # noqa: PLR2004 - four words (storage: Key slots)
        index = secrets.randbelow(passphrases.MIN_LIST)
        if index not in drawn:
            drawn.append(index)
    return passphrases.pick_words(drawn, words)


def add_user(desk: Desk, command: AddUser, kdf: KdfParams | None = None) -> Done[OneTimePhrase]:
    """Let a newcomer in; nobody else's access changes.

    Raises:
        Forbidden: Not the responsable.
        RulesBroken: Name, label or roles do not fit.
        Problem: The key file could not be read or written.
    """
    desk.require(Right.USERS)
    if broken := newcomer_violations(command):
        raise RulesBroken(*broken)
    name, label = clean_line(command.name), clean_line(command.label)
    words = word_list()
    phrase = draw_phrase(words)
    path = desk.folder / keys.FILE_NAME
    slot = NewSlot(
        label=label,
        secret=phrase,
        roles=frozenset(role.value for role in command.roles),
        may_open_confidential=bool(command.roles & CONFIDENTIAL_ROLES),
    )
    own = OfficeKeys(desk.keys.base, desk.keys.confidential)
    keyfile = keys.add_slot(keys.read_key_file(path), own, slot, created=desk.clock.now(), kdf=kdf or own_cost())
    made = keyfile.slots[-1]
    with desk.write() as uow:
        uow.users.save(User(0, made.id, name, command.roles, None, desk.today))
        uow.settings.set(ONE_TIME, EPOCH, sorted({*_one_time(desk), made.id}))
        uow.office.echo_key_file(keyfile.generation, keys.digest(keyfile))
        changes = [FieldChange("Rôles", "", _role_words(command.roles))]
        if command.reason.strip():
            changes.append(FieldChange("Raison", "", clean_line(command.reason)))
        uow.audit.add(desk.clock.now(), desk.actor.user_id, "user.added", "user", 0, changes, command.request_id)
        keys.write_key_file(path, keyfile)
        uow.commit()
    reload_settings(desk)
    return Done(OneTimePhrase(name, label, phrase), Changes.of(USERS))


def own_cost() -> KdfParams:
    """What this computer derives in a little under a second (storage: Key slots)."""
    return keys.calibrate(_SECONDS)


def must_change_phrase(desk: Desk, slot_id: str) -> bool:
    """Whether that slot's phrase was given on paper and is to be changed now."""
    return slot_id in _one_time(desk)


def change_first_phrase(desk: Desk, slot_id: str, phrase: str, kdf: KdfParams | None = None) -> Done[None]:
    """Replace a phrase that was given on paper by her own; the paper is then worth nothing.

    Raises:
        RulesBroken: Too easy to guess.
    """
    broken = passphrases.violations(phrase, word_list())
    if broken:
        raise RulesBroken(*broken)
    path = desk.folder / keys.FILE_NAME
    present = keys.read_key_file(path)
    old = present.slot(slot_id)
    if old is None:
        raise LookupError(slot_id)
    slot = NewSlot(
        label=old.label,
        secret=phrase,
        roles=frozenset(role.value for role in desk.actor.roles),
        may_open_confidential=desk.keys.confidential is not None,
        slot_id=slot_id,
    )
    own = OfficeKeys(desk.keys.base, desk.keys.confidential)
    keyfile = keys.replace_slot(present, own, slot_id, slot, created=desk.clock.now(), kdf=kdf or own_cost())
    with desk.write() as uow:
        uow.settings.set(ONE_TIME, EPOCH, sorted(_one_time(desk) - {slot_id}))
        uow.office.echo_key_file(keyfile.generation, keys.digest(keyfile))
        uow.audit.add(desk.clock.now(), desk.actor.user_id, "user.phrase_changed", "user", desk.actor.user_id)
        keys.write_key_file(path, keyfile)
        uow.commit()
    return Done(None, Changes.of(USERS))


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
) -> Done[tuple[OneTimePhrase, ...]]:
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
    change = Change(OfficeKeys(desk.keys.base, desk.keys.confidential), fresh, keyfile)

    def step(name: str) -> None:
        watched.check()
        watched.report(name, _STEPS.index(name), len(_STEPS))
        if name == _STEPS[-1]:
            desk.close()  # a screen may have read meanwhile, and Windows moves no file that is open
            _amend_copy(desk, command, users, papers, slots, keys.cipher_key(fresh.base_key))

    rekey(desk.folder / BASE_FILE, path, change, step)
    return Done(papers, Changes.of(USERS))


def _amend_copy(
    desk: Desk,
    command: Rekey,
    users: dict[int, User],
    papers: Sequence[OneTimePhrase],
    slots: Sequence[NewSlot],
    raw_key: str,
) -> None:
    engine = open_engine(desk.folder / REKEY_FILE, raw_key)
    try:
        with UnitOfWork(engine, writes=True) as uow:
            _write_users(uow, desk, command, users, papers, slots)
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
            papers.append(OneTimePhrase(user.name, label, phrase))
    return slots, tuple(papers)


def _write_users(
    uow: UnitOfWork,
    desk: Desk,
    command: Rekey,
    users: dict[int, User],
    papers: Sequence[OneTimePhrase],
    slots: Sequence[NewSlot],
) -> None:
    """The displayed roles, the leavers, whose phrase is on paper, and the audit row of it all."""
    staying = {stays.user_id: stays for stays in command.staying}
    given = {paper.label for paper in papers}
    changes: list[FieldChange] = []
    for user in users.values():
        stays = staying.get(user.id)
        if stays is not None:
            uow.users.save(replace(user, roles=stays.roles, left_on=None))
            changes += _role_changes(user, stays)
        elif user.left_on is None:
            uow.users.save(replace(user, left_on=desk.today))
            changes.append(FieldChange(user.name, _role_words(user.roles), "n’a plus accès"))
    one_time = sorted(slot.slot_id for slot in slots if slot.label in given and slot.slot_id is not None)
    uow.settings.set(ONE_TIME, EPOCH, one_time)
    actor = _own_id(desk, command)
    uow.audit.add(desk.clock.now(), actor, "office.rekeyed", "user", actor, changes, command.request_id)


def _role_changes(user: User, stays: Staying) -> list[FieldChange]:
    old, new = _role_words(user.roles), _role_words(stays.roles)
    if stays.reason.strip():
        new = f"{new} ({clean_line(stays.reason)})"
    return [FieldChange(user.name, old, new)] if old != new else []


def _role_words(roles: frozenset[Role]) -> str:
    return ", ".join(sorted(role.value for role in roles))


def _one_time(desk: Desk) -> set[str]:
    kept = desk.settings.values.get(ONE_TIME, ())
    found = kept[-1].value if kept else []
    return {str(slot) for slot in found} if isinstance(found, list) else set()
