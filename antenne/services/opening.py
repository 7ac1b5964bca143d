"""From opened keys to a desk at work: migrate, read the office, fill the search index; or make a new office."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from antenne.base.clock import Clock
from antenne.base.problems import Problem
from antenne.db import keys, upgrade
from antenne.db.engine import open_engine
from antenne.db.slots import KdfParams, NewSlot, OfficeKeys, Unlocked
from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import seeds
from antenne.domain.office import Office
from antenne.domain.rights import Role
from antenne.domain.search import PersonIndex
from antenne.domain.settings import Settings
from antenne.domain.users import Actor, User
from antenne.services import shelter_state
from antenne.services.access import BASE_FILE
from antenne.services.desk import Desk, Keys


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    """A user of a new office and her key slot (``slot.slot_id`` must be given)."""

    name: str
    slot: NewSlot


def open_desk(folder: Path, unlocked: Unlocked, clock: Clock, back_up: Callable[[str], object] | None = None) -> Desk:
    """Open the office for the user whose slot was unlocked.

    Args:
        folder: The data folder.
        unlocked: From ``access.unlock``.
        clock: The time.
        back_up: Makes a verified local copy before an older base is migrated; None uses ``services.backup``'s own.

    Raises:
        Problem: ``db.newer``, ``db.damaged``, ``db.full``… and ``keys.unknown_user``.
    """
    path, raw_key = folder / BASE_FILE, keys.cipher_key(unlocked.base_key)
    migrated = upgrade.migrate(path, raw_key, back_up)
    engine = open_engine(path, raw_key)
    open_unit: Callable[[bool], UnitOfWork] = lambda writes: UnitOfWork(engine, writes=writes)  # noqa: E731 - a closure is the factory
    keyfile = keys.read_key_file(folder / keys.FILE_NAME)
    _catch_up(open_unit, keyfile)
    if migrated:
        _add_new_lists(open_unit)
    with open_unit(False) as uow:
        office, identity = uow.office.get(), uow.office.identity()
        user = uow.users.by_slot(unlocked.slot_id)
        settings = _settings(uow)
        index = PersonIndex(uow.persons.index_rows())
        confidential = _confidential(uow, keyfile, unlocked)
    if office is None:
        engine.dispose()
        raise Problem("db.unfinished")
    return Desk(
        folder=folder,
        clock=clock,
        actor=Actor(
            user.id if user else 0, user.name if user else "", frozenset(Role(code) for code in unlocked.roles)
        ),
        keys=Keys(unlocked.base_key, confidential, identity.paper_key, identity.db_id),
        open_unit=open_unit,
        close=engine.dispose,
        persons=index,
        settings=settings,
        office=office,
    )


def _catch_up(open_unit: Callable[[bool], UnitOfWork], keyfile: keys.KeyFile) -> None:
    """The power went between the key file and the base that echoes it: the file, which came first, is right."""
    with open_unit(False) as uow:
        behind = uow.office.get() is not None and uow.office.identity().key_generation < keyfile.generation
    if behind:
        with open_unit(True) as uow:
            shelter_state.remember(uow, keyfile)
            uow.commit()


def _confidential(uow: UnitOfWork, keyfile: keys.KeyFile, unlocked: Unlocked) -> bytes | None:
    """The confidential key, unless an older key file was put back after the compartment was sheltered."""
    slot = keyfile.slot(unlocked.slot_id)
    by_code = slot is not None and slot.kind == "recovery"
    return unlocked.confidential_key if by_code or not shelter_state.sheltered(keyfile, uow) else None


def _add_new_lists(open_unit: Callable[[bool], UnitOfWork]) -> None:
    """An office of an earlier release gets the lists that came since; those it has are its own."""
    with open_unit(True) as uow:
        known = uow.settings.lists()
        uow.settings.put_entries(entry for entry in seeds.starting_lists() if entry.list_name not in known)
        uow.commit()


def reload_settings(desk: Desk) -> None:
    """Read the settings and the office again, after a change of them."""
    with desk.read() as uow:
        desk.settings = _settings(uow)
        desk.office = uow.office.get() or desk.office


def create_office(
    folder: Path,
    office: Office,
    users: Sequence[NewUser],
    recovery: Sequence[NewSlot],
    clock: Clock,
    kdf: KdfParams,
    own_keys: OfficeKeys | None = None,
) -> None:
    """Make the base and its key file, or nothing at all.

    Args:
        folder: An empty data folder, made when it is not there.
        office: What the papers say.
        users: The responsable first.
        recovery: The slots of the two recovery codes.
        clock: The time.
        kdf: Cost of the slots, from ``keys.calibrate``.
        own_keys: Keys already drawn (the codes were made from them); None draws them.

    Raises:
        Problem: ``office.exists``, ``db.full``, ``db.read_only``…
        RulesBroken: A label or passphrase does not fit.
    """
    path, key_path = folder / BASE_FILE, folder / keys.FILE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem("db.read_only") from error
    if path.exists() or key_path.exists():
        raise Problem("office.exists", path=str(folder))
    created = clock.now()
    keyfile, own = keys.new_key_file(
        [*(user.slot for user in users), *recovery], created=created, kdf=kdf, keys=own_keys
    )
    part = folder / "base.part"
    try:
        _fill(part, keys.cipher_key(own.base_key), office, users, keyfile, created.date())
        keys.write_key_file(key_path, keyfile)
        part.rename(path)
    except BaseException:
        for leftover in (part, part.with_name("base.part-wal"), part.with_name("base.part-shm")):
            leftover.unlink(missing_ok=True)
        if not path.exists():
            key_path.unlink(missing_ok=True)
        raise


def _fill(
    path: Path, raw_key: str, office: Office, users: Sequence[NewUser], keyfile: keys.KeyFile, today: dt.date
) -> None:
    for leftover in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        leftover.unlink(missing_ok=True)
    upgrade.migrate(path, raw_key)
    engine = open_engine(path, raw_key)
    try:
        with UnitOfWork(engine, writes=True) as uow:
            uow.office.create(office, keyfile.db_id, secrets.token_bytes(32), keyfile.generation, keys.digest(keyfile))
            uow.settings.put_entries(seeds.starting_lists())
            for user, slot in zip(users, keyfile.slots, strict=False):
                roles = frozenset(Role(code) for code in user.slot.roles)
                uow.users.save(User(0, slot.id, user.name, roles, None, today))
            uow.commit()
    finally:
        engine.dispose()


def _settings(uow: UnitOfWork) -> Settings:
    definitions = {definition.key: definition for definition in seeds.DEFINITIONS}
    return Settings(uow.settings.values(), uow.settings.lists(), definitions)
