"""A backup brought back: on this computer, on a new one, or into a trial that changes nothing.

Restoring never overwrites: the present files are set aside beside the data folder, and the report says where.
"""

from __future__ import annotations

import datetime as dt
import secrets
import shutil
import time
from dataclasses import dataclass, replace
from pathlib import Path

from antenne.base.clock import Clock
from antenne.base.media import Media
from antenne.base.problems import Problem
from antenne.base.progress import Progress
from antenne.db import backup_files, copying, keys, placing, upgrade
from antenne.db.engine import open_engine
from antenne.db.slots import Unlocked
from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.backups import BackupFile, BackupMade, Contents
from antenne.domain.rights import Right, Role, rights_of
from antenne.services import access, demo_accounts, stubs
from antenne.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreReport:
    """A backup that was brought back.

    Attributes:
        folder: The data folder it is in.
        file: Which backup.
        contents: What it holds.
        aside: Where the former files will be once the program has started again; None when there were none.
        older_keys: Its users and phrases are those of an earlier day than the present ones: to be reviewed before work.
    """

    folder: Path
    file: BackupFile
    contents: Contents
    aside: Path | None = None
    older_keys: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialReport:
    """A restoration that was tried in a temporary place, opened and checked; nothing was changed."""

    file: BackupFile
    contents: Contents
    seconds: float


def labels_in(path: Path, media: Media) -> tuple[str, ...]:
    """The neutral labels of a backup's own key file, for the one who restores it.

    Raises:
        Problem: ``backup.damaged``, ``backup.not_one``, ``media.*``…
    """
    return keys.parse(backup_files.peek(path, media).keys).labels()


def unlock_backup(path: Path, phrase: str, label: str | None, media: Media) -> Unlocked:
    """Open a backup's keys with a passphrase of its day, or a recovery code.

    Args:
        path: The backup.
        phrase: As typed.
        label: Exactly this slot; None tries every one.
        media: The machine.

    Raises:
        RulesBroken: Empty or far too long.
        Problem: ``keys.wrong_passphrase``, ``backup.damaged``, ``media.*``…
    """
    opening = backup_files.peek(path, media)
    keyfile = keys.parse(opening.keys)
    if keyfile.db_id != opening.manifest.db_id:
        raise Problem("backup.forged")
    return keys.unlock(keyfile, phrase, label)


def restore(  # each part of a restoration is given by name
    path: Path, folder: Path, unlocked: Unlocked, *, clock: Clock, media: Media, progress: Progress, over: bool = False
) -> RestoreReport:
    """Bring a backup into an empty data folder; or, at a door that stays shut, over what is left of an office.

    Args:
        path: The backup.
        folder: The data folder, made when it is not there.
        unlocked: From :func:`unlock_backup`.
        clock: The time.
        media: The machine.
        progress: Steps ``backup.restore``, ``backup.check``; bytes.
        over: What is there is set aside, beside the data folder; it is never overwritten.

    Raises:
        Stopped: She asked; nothing is left behind.
        Problem: ``office.exists`` unless ``over``; ``backup.whole_office`` when base and keys are both there, damaged
            or not, and she is not the responsable; ``db.newer``, ``backup.*``, ``media.*``…
    """
    placing.finish(folder)
    present = access.look(folder)
    empty = present is access.Folder.EMPTY
    if not empty and not over:
        raise Problem("office.exists", path=str(folder))
    if present is access.Folder.OFFICE and Right.RESTORE not in rights_of(frozenset(map(Role, unlocked.roles))):
        raise Problem("backup.whole_office")
    real = not empty and not demo_accounts.read_accounts(folder)
    report = _stage(path, folder, unlocked, clock.now(), media, progress, demo_refused=real)
    aside = None if empty else _free_folder(folder, clock.now())
    placing.decide(folder, aside)
    placing.finish(folder)
    return replace(report, aside=aside)


def restore_here(desk: Desk, path: Path, unlocked: Unlocked, media: Media, progress: Progress) -> RestoreReport:
    """Prepare and check a backup beside the open base. Nothing is changed yet: :func:`confirm_restore` decides.

    Raises:
        Forbidden: Only the responsable restores.
        Stopped: She asked; nothing is left behind.
        Problem: ``backup.other_office``, ``backup.demo_over_office``, ``db.newer``, ``backup.*``, ``media.*``…
    """
    desk.require(Right.RESTORE)
    manifest = backup_files.peek(path, media).manifest
    if manifest.db_id != desk.keys.db_id and not desk.office.demo:
        raise Problem("backup.other_office")
    present = keys.read_key_file(desk.folder / keys.FILE_NAME)
    real = not desk.office.demo
    report = _stage(path, desk.folder, unlocked, desk.clock.now(), media, progress, demo_refused=real)
    restored = keys.read_key_file(desk.folder / placing.STAGING / keys.FILE_NAME)
    return RestoreReport(
        folder=desk.folder,
        file=report.file,
        contents=report.contents,
        aside=_free_folder(desk.folder, desk.clock.now()),
        older_keys=restored.generation < present.generation,
    )


def confirm_restore(desk: Desk, report: RestoreReport) -> None:
    """Let the prepared base take the place of the present one at the next start, which must follow at once.

    The start (``backup_start.prepare_folder``) sets the present files aside in ``report.aside``.

    Raises:
        Forbidden: Only the responsable restores.
        Problem: ``backup.local_failed``.
    """
    desk.require(Right.RESTORE)
    placing.decide(desk.folder, report.aside)


def drop_restore(desk: Desk) -> None:
    """Throw a prepared restoration away; the present base stays."""
    placing.drop(desk.folder)


def try_restore(
    desk: Desk, path: Path, media: Media, progress: Progress, unlocked: Unlocked | None = None
) -> TrialReport:
    """Restore into a temporary place, open, check everything, remove it: the yearly drill.

    Args:
        desk: Whose data folder lends the room.
        path: The backup.
        media: The machine.
        progress: Steps ``backup.restore``, ``backup.check``; bytes.
        unlocked: Keys of the backup's own day; None uses the present ones.

    Raises:
        Stopped: She asked.
        Problem: ``backup.other_keys`` (a passphrase of then is needed), ``backup.*``, ``media.*``, ``db.newer``.
    """
    desk.require(Right.BACKUP)
    begun = time.monotonic()
    base_key = desk.keys.base if unlocked is None else unlocked.base_key
    upgrade.refuse_newer(backup_files.peek(path, media).manifest.schema)
    copying.clean_leftovers(desk.folder)
    place = desk.folder / f"{copying.TRIAL_PREFIX}{secrets.token_hex(4)}"
    try:
        file = backup_files.take_out(path, base_key, place, media, progress)
        checked = backup_files.open_restored(place, base_key, file, progress)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return TrialReport(file=file, contents=checked.contents, seconds=time.monotonic() - begun)


def _stage(
    path: Path,
    folder: Path,
    unlocked: Unlocked,
    now: dt.datetime,
    media: Media,
    progress: Progress,
    *,
    demo_refused: bool,
) -> RestoreReport:
    """Put the backup, opened and checked, into ``restauration`` inside the data folder."""
    upgrade.refuse_newer(backup_files.peek(path, media).manifest.schema)
    placing.finish(folder)
    staging = folder / placing.STAGING
    file = backup_files.take_out(path, unlocked.base_key, staging, media, progress)
    try:
        checked = backup_files.open_restored(staging, unlocked.base_key, file, progress)
        if checked.demo and demo_refused:
            raise Problem("backup.demo_over_office")  # noqa: TRY301 - the staging folder must go in this case too
        _record(staging, unlocked, file, path.name, now)
        progress.check()
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    return RestoreReport(folder=folder, file=file, contents=checked.contents)


def _record(staging: Path, unlocked: Unlocked, file: BackupFile, name: str, now: dt.datetime) -> None:
    """Note in the restored base that it opens a new branch, and reserve what the old one may have given.

    Receipts are on paper in the office: the next start asks for the last stub (« Reprise des souches »).
    """
    base, raw_key = staging / access.BASE_FILE, keys.cipher_key(unlocked.base_key)
    upgrade.migrate(base, raw_key)
    engine = open_engine(base, raw_key)
    try:
        with UnitOfWork(engine, writes=True) as uow:
            user = uow.users.by_slot(unlocked.slot_id)
            if file.counter not in {made.counter for made in uow.backups.all()} and file.counter:
                uow.backups.add(BackupMade(file.counter, file.created, "", name, file.size, verified=True))
            uow.counters.reserve("backup", file.counter)
            stubs.note_restore(uow, file.created)
            uow.audit.add(now, user.id if user else 0, "base.restored", "backup", file.counter)
            uow.commit()
    finally:
        engine.dispose()


def _free_folder(folder: Path, now: dt.datetime) -> Path:
    """Where the present files will be set aside: a sibling with the day in its name, not there yet."""
    stem = f"{folder.name}-mis-de-cote-{now:%Y%m%d-%H%M%S}"
    place, number = folder.with_name(stem), 1
    while place.exists():
        number += 1
        place = folder.with_name(f"{stem}-{number}")
    return place
