"""Backup files read: listed, verified, and the base taken out of one.

Only bytes at places that the manifest implies are read; nothing is ever « extracted » by name.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from antenne.base.media import Media, Reader
from antenne.base.problems import Problem
from antenne.base.progress import Progress
from antenne.db import archive, checking, keys
from antenne.db import manifest as manifests
from antenne.db.archive import named, opened
from antenne.db.checking import Checked
from antenne.db.manifest import told
from antenne.domain import backups
from antenne.domain.backups import BackupFile, BackupOnKey, State, mega

VERIFY: Final = "backup.verify"
RESTORE: Final = "backup.restore"
_SPARE: Final = 1 << 20


def verify(path: Path, base_key: bytes | None, media: Media, progress: Progress) -> BackupFile:
    """Read a backup whole and compare every byte: *intacte*; with the office's key also *authentique*.

    Raises:
        Stopped: She asked.
        Problem: ``backup.not_one``, ``backup.damaged``, ``backup.forged``, ``backup.other_keys``,
            ``backup.newer_format``, ``media.*``.
    """

    def passed(_piece: bytes, done: int) -> None:
        progress.report(VERIFY, done, size)
        progress.check()

    with named(path):
        size = media.size(path)
        with opened(media.open_on_medium(path)) as reader:
            opening = archive.read_whole(reader, size, passed)
    progress.report(VERIFY, size, size)
    return described(opening, size, base_key)


def peek(path: Path, media: Media) -> archive.Opening:
    """Read everything but the base and compare it: what may be asked a passphrase for.

    Raises:
        Problem: As :func:`verify`.
    """
    with named(path), opened(media.open(path)) as reader:
        return archive.read_quickly(reader, media.size(path))


def described(opening: archive.Opening, size: int, base_key: bytes | None) -> BackupFile:
    """What an undamaged backup says, authenticated when there is a key.

    Raises:
        Problem: ``backup.forged``; ``backup.other_keys`` when it was made under keys that are no longer the office's.
    """
    found = told(opening.manifest, size)
    if base_key is None:
        return found
    if not manifests.is_signed_by(opening.manifest, base_key):
        raise Problem("backup.forged" if _same_keys(opening.keys, base_key) else "backup.other_keys")
    return replace(found, authentic=True, contents=manifests.contents_of(opening.manifest, base_key))


def _same_keys(key_bytes: bytes, base_key: bytes) -> bool:
    try:
        keys.verify_mac(keys.parse(key_bytes), base_key)
    except Problem:
        return False
    return True


def listed(
    folder: Path, db_id: str, base_key: bytes, recorded: Callable[[str, int, int], bool | None], media: Media
) -> tuple[BackupOnKey, ...]:
    """The backups in a folder, the newest first; headers are compared, bases are not read.

    Args:
        folder: On the medium.
        db_id: This office.
        base_key: Its key.
        recorded: ``(name, counter, size)`` → what the base remembers: verified, found unreadable, or None.
        media: The machine.

    Raises:
        Problem: ``media.*``, when the folder itself cannot be read.
    """
    with named(folder):
        names = [name for name in media.names(folder) if name.endswith(backups.SUFFIX)]
    found = [_listed_one(folder / name, db_id, base_key, recorded, media) for name in names]
    oldest = dt.datetime.min.replace(tzinfo=dt.UTC)
    return tuple(sorted(found, key=lambda one: (one.made_at or oldest, one.file_name), reverse=True))


def _listed_one(
    path: Path, db_id: str, base_key: bytes, recorded: Callable[[str, int, int], bool | None], media: Media
) -> BackupOnKey:
    size = 0
    try:
        size = media.size(path)
        manifest = peek(path, media).manifest
    except (Problem, OSError):
        made = backups.instant_of(path.name)
        return BackupOnKey(file_name=path.name, size=size, state=State.UNREADABLE, made_at=made)
    shell = BackupOnKey(file_name=path.name, size=size, state=State.TO_VERIFY, made_at=manifest.created)
    if manifest.db_id != db_id:
        return replace(shell, state=State.OTHER_OFFICE)
    if not manifests.is_signed_by(manifest, base_key):
        return shell
    known = recorded(path.name, manifest.counter, size)
    state = {True: State.VERIFIED, False: State.UNREADABLE, None: State.TO_VERIFY}[known]
    return replace(shell, state=state, counter=manifest.counter)


def take_out(path: Path, base_key: bytes, folder: Path, media: Media, progress: Progress) -> BackupFile:
    """Put base and key file of a backup into an empty folder, every byte compared; nothing is ever « extracted ».

    Args:
        path: The backup.
        base_key: From its own key file.
        folder: On the local disk; made here, must not be there yet.
        media: The machine.
        progress: Step ``backup.restore``, in bytes.

    Raises:
        Stopped: She asked; the folder is gone again.
        Problem: As :func:`verify`; ``backup.local_full``, ``backup.local_failed``.
    """
    manifest = peek(path, media).manifest
    with _local_disk():
        folder.mkdir(parents=True)
    try:
        _refuse_lack_of_room(folder, manifest.base.size + _SPARE)
        with named(path), opened(media.open(path)) as reader:
            size = media.size(path)
            opening = _pour(reader, size, folder / manifests.BASE, manifest.base.size, progress)
        found = described(opening, size, base_key)
        keys.write_key_file(folder / keys.FILE_NAME, keys.parse(opening.keys))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return found


def _refuse_lack_of_room(folder: Path, needed: int) -> None:
    if shutil.disk_usage(folder).free < needed:
        raise Problem("backup.local_full", needed_mb=mega(needed))


def _pour(reader: Reader, size: int, target: Path, total: int, progress: Progress) -> archive.Opening:
    with _local_disk():
        stream = target.open("xb")

    def passed(piece: bytes, done: int) -> None:
        with _local_disk():
            stream.write(piece)
        progress.report(RESTORE, done, total)
        progress.check()

    try:
        opening = archive.read_whole(reader, size, passed)
        with _local_disk():
            stream.flush()
            os.fsync(stream.fileno())
    finally:
        with contextlib.suppress(OSError):
            stream.close()
    return opening


@contextlib.contextmanager
def _local_disk() -> Iterator[None]:
    """An error here is the computer's disk, not the key."""
    try:
        yield
    except OSError as error:
        raise Problem("backup.local_failed") from error


def open_restored(folder: Path, base_key: bytes, manifest: BackupFile, progress: Progress) -> Checked:
    """Open a base that was taken out and try everything in it.

    Raises:
        Stopped: She asked.
        Problem: ``backup.base_damaged``, ``db.*``.
    """
    checked = checking.check_copy(folder / manifests.BASE, keys.cipher_key(base_key), progress)
    same = manifest.contents is None or dict(checked.contents.counts) == dict(manifest.contents.counts)
    if checked.db_id != manifest.db_id or not same:
        raise Problem("backup.base_damaged", what="counts")
    return checked
