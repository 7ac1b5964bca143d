"""Who opens the office: a newcomer, the phrases on paper, and the first phrase of her own.

A changed phrase, a changed role or a leaver is a change of all keys (:mod:`antenne.services.rekeying`).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from antenne.base.paths import resource
from antenne.base.problems import Problem
from antenne.db import keys
from antenne.db.slots import KdfParams, NewSlot, OfficeKeys
from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import first_run, passphrases
from antenne.domain.audit import FieldChange
from antenne.domain.changes import USERS, Changes, Done
from antenne.domain.passphrases import WordList
from antenne.domain.rights import Right, Role
from antenne.domain.settings import EPOCH, DatedValue, Settings
from antenne.domain.text import clean_line
from antenne.domain.users import User
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.desk import Desk
from antenne.services.opening import reload_settings

_SECONDS: Final = 0.8

ONE_TIME: Final = "users.one_time"
"""Setting: slots whose phrase was given on paper and must be changed at the next login."""

UNHANDED: Final = "users.unhanded"
"""Setting: those of them whose paper nobody said to have written: the screen locked, or the power went."""

WITHOUT: Final = "users.without_confidential"
"""Setting: slots of right-holders made by somebody who did not hold the confidential key: they lack it."""

CONFIDENTIAL_ROLES: Final = frozenset({Role.RESPONSABLE, Role.ECOUTANTE})


@dataclass(frozen=True, slots=True, kw_only=True)
class AddUser:
    """A newcomer: her neutral label, her roles; her first phrase is drawn and given on paper."""

    request_id: str
    name: str
    label: str
    roles: frozenset[Role]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OneTimePhrase:
    """What is written on a paper for one user; changed at her next login."""

    name: str
    label: str
    phrase: str = field(repr=False)
    slot_id: str = ""


def list_users(desk: Desk) -> tuple[User, ...]:
    """Everybody who ever worked here, for display."""
    with desk.read() as uow:
        return uow.users.all()


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
    keyfile = keys.add_slot(
        keys.read_key_file(path), own_keys(desk), slot, created=desk.clock.now(), kdf=kdf or own_cost()
    )
    made = keyfile.slots[-1]
    with desk.write() as uow:
        uow.users.save(User(0, made.id, name, command.roles, None, desk.today))
        mark(uow, ONE_TIME, add=(made.id,))
        mark(uow, UNHANDED, add=(made.id,))
        uow.office.echo_key_file(keyfile.generation, keys.digest(keyfile))
        changes = [FieldChange("Rôles", "", role_words(command.roles))]
        if command.reason.strip():
            changes.append(FieldChange("Raison", "", clean_line(command.reason)))
        uow.audit.add(desk.clock.now(), desk.actor.user_id, "user.added", "user", 0, changes, command.request_id)
        keys.write_key_file(path, keyfile)
        uow.commit()
    reload_settings(desk)
    return Done(OneTimePhrase(name, label, phrase, made.id), Changes.of(USERS))


def own_cost() -> KdfParams:
    """What this computer derives in a little under a second (storage: Key slots)."""
    return keys.calibrate(_SECONDS)


def must_change_phrase(desk: Desk, slot_id: str) -> bool:
    """Whether that slot's phrase was given on paper and is to be changed now.

    It waits while the compartment is sheltered: the new slot of a right-holder could not be given its key.
    """
    return slot_id in marked(desk.settings, ONE_TIME) and not _key_is_away(desk, slot_id)


def mark_handed(desk: Desk, slot_id: str) -> Changes:
    """She has copied that phrase onto its paper."""
    desk.require(Right.USERS)
    with desk.write() as uow:
        mark(uow, UNHANDED, drop=(slot_id,))
        uow.commit()
    reload_settings(desk)
    return Changes.of(USERS)


def _key_is_away(desk: Desk, slot_id: str) -> bool:
    entitled = bool(desk.actor.roles & CONFIDENTIAL_ROLES)
    return entitled and desk.keys.confidential is None and slot_id not in marked(desk.settings, WITHOUT)


def change_first_phrase(desk: Desk, slot_id: str, phrase: str, kdf: KdfParams | None = None) -> Done[None]:
    """Replace a phrase that was given on paper by her own; the paper is then worth nothing.

    Raises:
        RulesBroken: Too easy to guess.
        Problem: ``sealed.sheltered``: her right cannot be wrapped anew while its key is away.
    """
    broken = passphrases.violations(phrase, word_list())
    if broken:
        raise RulesBroken(*broken)
    if _key_is_away(desk, slot_id):
        raise Problem("sealed.sheltered")
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
    keyfile = keys.replace_slot(present, own_keys(desk), slot_id, slot, created=desk.clock.now(), kdf=kdf or own_cost())
    with desk.write() as uow:
        mark(uow, ONE_TIME, drop=(slot_id,))
        mark(uow, UNHANDED, drop=(slot_id,))
        uow.office.echo_key_file(keyfile.generation, keys.digest(keyfile))
        uow.audit.add(desk.clock.now(), desk.actor.user_id, "user.phrase_changed", "user", desk.actor.user_id)
        keys.write_key_file(path, keyfile)
        uow.commit()
    reload_settings(desk)
    return Done(None, Changes.of(USERS))


def own_keys(desk: Desk) -> OfficeKeys:
    """The keys of this sitting."""
    return OfficeKeys(desk.keys.base, desk.keys.confidential)


def role_words(roles: frozenset[Role]) -> str:
    """Roles as the history keeps them."""
    return ", ".join(sorted(role.value for role in roles))


def marked(settings: Settings, name: str) -> set[str]:
    """The slots under one of the marks of this module."""
    return _slots_of(settings.values.get(name, ()))


def mark(uow: UnitOfWork, name: str, add: Iterable[str] = (), drop: Iterable[str] = ()) -> None:
    """Amend one of the marks, from what the base says now; commit is the caller's."""
    present = _slots_of(uow.settings.values().get(name, ()))
    uow.settings.set(name, EPOCH, sorted((present - set(drop)) | set(add)))


def _slots_of(kept: Sequence[DatedValue]) -> set[str]:
    found = kept[-1].value if kept else []
    return {str(slot) for slot in found} if isinstance(found, list) else set()
