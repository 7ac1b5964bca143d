"""Backups on USB keys: made, listed, checked, and the reminder to make one.

Restoring is in :mod:`antenne.services.restoring`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import antenne
from antenne.base.clock import Clock, SystemClock
from antenne.base.media import Media, SystemMedia, Volume, problem_of
from antenne.base.problems import Problem
from antenne.base.progress import Progress, Silent
from antenne.db import archive, backup_files, keys
from antenne.db import backup as db_backup
from antenne.db.slots import Unlocked
from antenne.domain import backups
from antenne.domain.backups import BackupFile, BackupMade, BackupOnKey, KnownKey, Reminder, State
from antenne.domain.changes import BACKUP, Changes, Done
from antenne.domain.rights import Right
from antenne.services.access import BASE_FILE
from antenne.services.desk import Desk

LOCAL_FOLDER: Final = "avant-mise-a-jour"
"""Where the copies made before migrations lie, inside the data folder; a rekey removes them."""

_LOCAL_KEPT: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupReport:
    """A backup that stands on the key, read back from it.

    Attributes:
        path: The file.
        file: What it is and holds.
        volume: The key, as it was before.
        pruned: Names of the older backups that were removed.
    """

    path: Path
    file: BackupFile
    volume: Volume
    pruned: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenKey:
    """A key that is plugged in.

    Attributes:
        volume: Which.
        known: As the office remembers it, None for a new one.
        suggested: Its turn.
    """

    volume: Volume
    known: KnownKey | None
    suggested: bool


def make_backup(desk: Desk, target: Path, media: Media, progress: Progress) -> Done[BackupReport]:
    """Make one backup and prune the old ones.

    Args:
        desk: Whose office.
        target: A folder of the key, mostly its root.
        media: The machine.
        progress: Steps ``backup.copy``, ``.check``, ``.counted``, ``.write``, ``.reread``; units are bytes.

    Raises:
        Forbidden: The user makes no backups.
        Stopped: She asked; nothing is left behind.
        Problem: The key (``media.*``), the disk, the base; every backup on the key is as it was.
    """
    desk.require(Right.BACKUP)
    now = desk.clock.now()
    with archive.named(target):
        volume = media.volume(target)
        key = _known_key(desk, target, volume, media)
    with desk.read() as uow:
        recorded = max((made.counter for made in uow.backups.all()), default=0)
        recorded = max(recorded, uow.counters.last("backup"))
    job = db_backup.Job(
        folder=desk.folder,
        base_name=BASE_FILE,
        base_key=desk.keys.base,
        db_id=desk.keys.db_id,
        counter=backups.next_counter(recorded, list_backups(desk, target, media)),
        created=now,
        program=antenne.__version__,
    )
    written = db_backup.make(job, target, media, progress)
    made = BackupMade(job.counter, now, key.volume_serial, written.path.name, written.file.size, verified=True)
    with desk.write() as uow:
        uow.backups.add(made)
        uow.counters.reserve("backup", job.counter)
        uow.backups.put_key(KnownKey(key.volume_serial, key.marker, key.label, now))
        uow.audit.add(now, desk.actor.user_id, "backup.made", "backup", job.counter)
        uow.commit()
    pruned = _prune(desk, target, media)
    report = BackupReport(path=written.path, file=written.file, volume=volume, pruned=pruned)
    return Done(report, Changes.of(BACKUP, id=job.counter))


def _known_key(desk: Desk, target: Path, volume: Volume, media: Media) -> KnownKey:
    """Recognise the key, or give a new one its mark; a mark copied to another key is replaced."""
    marker = db_backup.read_marker(target, media)
    with desk.read() as uow:
        known = uow.backups.known_keys()
    found = backups.recognised(known, volume.serial, marker)
    if found is None and (marker is None or any(key.marker == marker for key in known)):
        marker = db_backup.write_marker(target, media)
    return KnownKey(volume.serial, marker or "", volume.label or target.name)


def _prune(desk: Desk, target: Path, media: Media) -> tuple[str, ...]:
    """Remove what is no longer kept; the backup is made whatever becomes of this."""
    removed = []
    with contextlib.suppress(OSError, Problem):
        for old in backups.to_prune(list_backups(desk, target, media)):
            media.remove(target / old.file_name)
            removed.append(old.file_name)
    return tuple(removed)


def list_backups(desk: Desk, folder: Path, media: Media) -> tuple[BackupOnKey, ...]:
    """The backups in a folder with their state, the newest first; quick: their bases are not read.

    Raises:
        Problem: ``media.*``.
    """
    with desk.read() as uow:
        made = uow.backups.all()
    return backup_files.listed(folder, desk.keys.db_id, desk.keys.base, _memory(made), media)


def _memory(made: Sequence[BackupMade]) -> Callable[[str, int, int], bool | None]:
    known = {(one.file_name, one.counter, one.size): one.verified for one in made}
    return lambda name, counter, size: known.get((name, counter, size))


def verify_file(path: Path, unlocked: Unlocked | None, media: Media, progress: Progress) -> BackupFile:
    """Read a backup whole: *intacte* without keys, *authentique* with them.

    Raises:
        Stopped: She asked.
        Problem: ``backup.damaged``, ``backup.forged``, ``backup.other_keys``, ``backup.not_one``, ``media.*``…
    """
    return backup_files.verify(path, None if unlocked is None else unlocked.base_key, media, progress)


def check_backup(desk: Desk, path: Path, media: Media, progress: Progress) -> Done[BackupOnKey]:
    """Read one backup of the list whole and remember what was found.

    Raises:
        Stopped: She asked.
        Problem: ``media.*`` when the key is gone; a damaged file is an answer, not an error.
    """
    desk.require(Right.BACKUP)
    verdict, counter = State.VERIFIED, None
    told: BackupFile | None = None
    try:
        told = backup_files.verify(path, desk.keys.base, media, progress)
        counter = told.counter
    except Problem as problem:
        if problem.code.startswith("media.") and problem.code != "media.faulty":
            raise
        verdict = State.TO_VERIFY if problem.code == "backup.other_keys" else State.UNREADABLE
    if told is not None and told.db_id != desk.keys.db_id:
        verdict = State.OTHER_OFFICE
    with desk.write() as uow:
        for made in uow.backups.all():
            if made.file_name == path.name and verdict in {State.VERIFIED, State.UNREADABLE}:
                uow.backups.mark(made.counter, made.file_name, verified=verdict is State.VERIFIED)
        uow.commit()
    found = BackupOnKey(
        file_name=path.name,
        size=told.size if told else 0,
        state=verdict,
        made_at=told.created if told else backups.instant_of(path.name),
        counter=counter,
    )
    return Done(found, Changes.of(BACKUP))


def reminder(desk: Desk) -> Reminder:
    """Whether a backup is due, and which key's turn it is."""
    with desk.read() as uow:
        last, known = uow.backups.last(), uow.backups.known_keys()
    return backups.reminder(last, known, desk.today, desk.settings.count("backup.reminder_days", desk.today))


def seen_keys(desk: Desk, media: Media) -> tuple[SeenKey, ...]:
    """The keys that are plugged in, the one whose turn it is first."""
    with desk.read() as uow:
        known = uow.backups.known_keys()
    turn = backups.suggested_key(known)
    found = []
    for volume in media.volumes():
        own = backups.recognised(known, volume.serial, db_backup.read_marker(volume.root, media))
        found.append(SeenKey(volume=volume, known=own, suggested=own is not None and own == turn))
    return tuple(sorted(found, key=lambda seen: (not seen.suggested, seen.known is None, str(seen.volume.root))))


def look_at_folder(folder: Path, media: Media) -> Volume:
    """The volume behind a folder that she chose.

    Raises:
        Problem: ``media.*``.
    """
    try:
        return media.volume(folder)
    except OSError as error:
        raise problem_of(error, folder) from error


def forget_key(desk: Desk, marker: str) -> Done[None]:
    """A key was lost or is no longer used: it is not suggested any more."""
    desk.require(Right.BACKUP)
    with desk.write() as uow:
        uow.backups.forget_key(marker)
        uow.audit.add(desk.clock.now(), desk.actor.user_id, "backup.key_forgotten", "backup", 0)
        uow.commit()
    return Done(None, Changes.of(BACKUP))


def back_up_before_migration(
    folder: Path, unlocked: Unlocked, clock: Clock | None = None, media: Media | None = None
) -> Callable[[str], Path]:
    """What ``opening.open_desk(back_up=…)`` calls before an older base is migrated.

    The verified copy lies in ``avant-mise-a-jour`` beside the base; the two newest stay.

    Args:
        folder: The data folder.
        unlocked: What the login opened.
        clock: The system's by default.
        media: The system's by default.
    """
    machine = media or SystemMedia()

    def back_up(_version: str) -> Path:
        target = folder / LOCAL_FOLDER
        with archive.named(target):
            target.mkdir(exist_ok=True)
        job = db_backup.Job(
            folder=folder,
            base_name=BASE_FILE,
            base_key=unlocked.base_key,
            db_id=keys.read_key_file(folder / keys.FILE_NAME).db_id,
            counter=0,
            created=(clock or SystemClock()).now(),
            program=antenne.__version__,
        )
        path = db_backup.make(job, target, machine, Silent()).path
        kept = sorted(name for name in machine.names(target) if backups.instant_of(name))
        with contextlib.suppress(OSError):
            for name in kept[:-_LOCAL_KEPT]:
                machine.remove(target / name)
        return path

    return back_up
