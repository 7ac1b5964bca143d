"""Who may open the office. A changed phrase, a changed role or a leaver is a rekey; only a newcomer is not."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from antenne.base.paths import resource
from antenne.base.progress import Progress
from antenne.db import keys
from antenne.db.rekey import Change, rekey
from antenne.db.slots import KdfParams, NewSlot, OfficeKeys
from antenne.domain import passphrases
from antenne.domain.audit import FieldChange
from antenne.domain.changes import USERS, Changes, Done
from antenne.domain.passphrases import WordList
from antenne.domain.rights import Right, Role
from antenne.domain.settings import EPOCH
from antenne.domain.users import User
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.access import BASE_FILE
from antenne.services.desk import Desk

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
        recovery: The slots of the two new recovery codes, already copied by hand and typed back.
    """

    request_id: str
    own_phrase: str = field(repr=False)
    staying: tuple[Staying, ...]
    recovery: tuple[NewSlot, ...] = field(repr=False)


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


def add_user(desk: Desk, command: AddUser, kdf: KdfParams) -> Done[OneTimePhrase]:
    """Let a newcomer in; nobody else's access changes.

    Raises:
        Forbidden: Not the responsable.
        RulesBroken: Name, label or roles do not fit.
    """
    desk.require(Right.USERS)
    name = " ".join(command.name.split())
    broken = [*role_violations(command.roles, command.reason)]
    if not name:
        broken.append(Violation("form.required", "name"))
    if broken:
        raise RulesBroken(*broken)
    words = word_list()
    phrase = draw_phrase(words)
    path = desk.folder / keys.FILE_NAME
    slot = NewSlot(
        label=command.label,
        secret=phrase,
        roles=frozenset(role.value for role in command.roles),
        may_open_confidential=bool(command.roles & CONFIDENTIAL_ROLES),
    )
    own = OfficeKeys(desk.keys.base, desk.keys.confidential)
    keyfile = keys.add_slot(keys.read_key_file(path), own, slot, created=desk.clock.now(), kdf=kdf)
    made = keyfile.slots[-1]
    with desk.write() as uow:
        uow.users.save(User(0, made.id, name, command.roles, None, desk.today))
        uow.settings.set(ONE_TIME, EPOCH, sorted({*_one_time(desk), made.id}))
        uow.office.echo_key_file(keyfile.generation, keys.digest(keyfile))
        changes = (FieldChange("Rôles", "", ", ".join(sorted(role.value for role in command.roles))),)
        uow.audit.add(desk.clock.now(), desk.actor.user_id, "user.added", "user", 0, changes, command.request_id)
        keys.write_key_file(path, keyfile)
        uow.commit()
    return Done(OneTimePhrase(name, command.label, phrase), Changes.of(USERS))


def must_change_phrase(desk: Desk, slot_id: str) -> bool:
    """Whether that slot's phrase was given on paper and is to be changed now."""
    return slot_id in _one_time(desk)


def change_first_phrase(desk: Desk, slot_id: str, phrase: str, kdf: KdfParams) -> Done[None]:
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
    keyfile = keys.replace_slot(present, own, slot_id, slot, created=desk.clock.now(), kdf=kdf)
    with desk.write() as uow:
        uow.settings.set(ONE_TIME, EPOCH, sorted(_one_time(desk) - {slot_id}))
        uow.office.echo_key_file(keyfile.generation, keys.digest(keyfile))
        uow.audit.add(desk.clock.now(), desk.actor.user_id, "user.phrase_changed", "user", desk.actor.user_id)
        keys.write_key_file(path, keyfile)
        uow.commit()
    return Done(None, Changes.of(USERS))


def rekey_office(desk: Desk, command: Rekey, kdf: KdfParams, progress: Progress) -> Done[tuple[OneTimePhrase, ...]]:
    """Change every key; who stays gets a new phrase on paper, who is not named opens nothing any more.

    The desk is closed by it: the program starts afresh with the new phrase.

    Raises:
        Forbidden: Not the responsable, or she does not hold the confidential key.
        RulesBroken: She is not among those who stay, or her phrase is too easy to guess.
        Problem: The copy could not be made; nothing has changed.
    """
    desk.require(Right.USERS)
    words = word_list()
    broken = [*passphrases.violations(command.own_phrase, words)]
    for stays in command.staying:
        broken += role_violations(stays.roles, stays.reason)
    own = next((stays for stays in command.staying if stays.user_id == desk.actor.user_id), None)
    if own is None or Role.RESPONSABLE not in own.roles:
        broken.append(Violation("users.no_responsable", "staying"))
    if broken:
        raise RulesBroken(*broken)
    users = {user.id: user for user in list_users(desk)}
    path = desk.folder / keys.FILE_NAME
    present = keys.read_key_file(path)
    slots, papers = _new_slots(desk, command, users, present, words)
    keyfile, fresh = keys.rewrap(present, [*slots, *command.recovery], created=desk.clock.now(), kdf=kdf)
    _write_users(desk, command, users, papers, slots)
    desk.close()
    change = Change(OfficeKeys(desk.keys.base, desk.keys.confidential), fresh, keyfile)

    def step(name: str) -> None:
        progress.check()
        progress.report(name, ("rekey.copy", "rekey.check", "rekey.swap").index(name), 3)

    rekey(desk.folder / BASE_FILE, path, change, step)
    return Done(papers, Changes.of(USERS))


def _new_slots(
    desk: Desk, command: Rekey, users: dict[int, User], present: keys.KeyFile, words: WordList
) -> tuple[list[NewSlot], tuple[OneTimePhrase, ...]]:
    slots, papers = [], []
    for stays in command.staying:
        user = users[stays.user_id]
        old = present.slot(user.slot_id)
        label = old.label if old is not None else user.name
        own = stays.user_id == desk.actor.user_id
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
    desk: Desk, command: Rekey, users: dict[int, User], papers: Sequence[OneTimePhrase], slots: Sequence[NewSlot]
) -> None:
    """Write the displayed roles and leavers before the copy, so that both move together."""
    staying = {stays.user_id: stays for stays in command.staying}
    given = {paper.label for paper in papers}
    today: dt.date = desk.today
    with desk.write() as uow:
        for user in users.values():
            stays = staying.get(user.id)
            if stays is not None:
                uow.users.save(replace(user, roles=stays.roles))
            elif user.left_on is None:
                uow.users.save(replace(user, left_on=today))
        one_time = sorted(slot.slot_id for slot in slots if slot.label in given and slot.slot_id is not None)
        uow.settings.set(ONE_TIME, EPOCH, one_time)
        uow.audit.add(
            desk.clock.now(), desk.actor.user_id, "office.rekeyed", "user", desk.actor.user_id, (), command.request_id
        )
        uow.commit()


def _one_time(desk: Desk) -> set[str]:
    kept = desk.settings.values.get(ONE_TIME, ())
    found = kept[-1].value if kept else []
    return {str(slot) for slot in found} if isinstance(found, list) else set()
