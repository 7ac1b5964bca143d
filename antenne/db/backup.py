"""The backup file on a medium: written, read back, listed, verified, and the base taken out of it.

Steps and their order: storage, « Backup file ». Whatever stops the work, the files that were on the key before it are
as they were, and nothing but finished backups is left there.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from antenne.base.media import BUFFER, Media, Volume, Writer, close_quietly
from antenne.base.problems import Problem
from antenne.base.progress import Progress
from antenne.db import archive, copying, keys
from antenne.db import manifest as manifests
from antenne.db.archive import named, opened
from antenne.db.copying import Checked
from antenne.db.manifest import Manifest, Member, told
from antenne.domain import backups
from antenne.domain.backups import BackupFile, mega

WRITE: Final = "backup.write"
REREAD: Final = "backup.reread"
COUNTED: Final = "backup.counted"
"""Reported once, when the copy has been opened: ``done`` is the number of adhesions."""

MARKER: Final = ".antenne-cle"
_MARKER_BYTES: Final = 64
_RETRIES: Final = 20
_RETRY_SECONDS: Final = 0.25
_SPARE: Final = 1 << 20
_HEX: Final = frozenset("0123456789abcdef")
_MARKER_CHARS: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Job:
    """What a backup is made of.

    Attributes:
        folder: The data folder: base, key file, room for the copy.
        base_name: The base's file name in it.
        base_key: Opens the base (32 bytes).
        db_id: Which office.
        counter: Number of the backup.
        created: Aware instant.
        program: Version of the program.
    """

    folder: Path
    base_name: str
    base_key: bytes
    db_id: str
    counter: int
    created: dt.datetime
    program: str


@dataclass(frozen=True, slots=True)
class Written:
    """A backup that stands on the medium, read back from it."""

    path: Path
    file: BackupFile


def make(job: Job, target: Path, media: Media, progress: Progress) -> Written:
    """Copy, check, write, read back, name.

    Args:
        job: What to back up.
        target: Folder on the medium.
        media: The machine.
        progress: Steps ``backup.copy``, ``.check``, ``.counted``, ``.write``, ``.reread``; units are bytes.

    Raises:
        Stopped: She asked; nothing is left behind.
        Problem: ``media.*``, ``backup.*``, ``keys.*``, ``db.*``.
    """
    raw_key = keys.cipher_key(job.base_key)
    with copying.local_copy(job.folder, job.folder / job.base_name, raw_key, progress) as copy:
        checked = copying.check_copy(copy, raw_key, progress)
        if checked.db_id != job.db_id:
            raise Problem("backup.base_damaged", what="office")
        progress.report(COUNTED, checked.contents.members, checked.contents.members)
        key_bytes = _key_bytes(job)
        with named(target):
            manifest = _manifest(job, checked, key_bytes, media.names(target))
            path = _put(manifest, key_bytes, copy, target, media, progress)
    size = archive.length(manifest)
    return Written(path, replace(told(manifest, size), authentic=True, contents=checked.contents))


def _key_bytes(job: Job) -> bytes:
    """The key file that goes into the backup, proved to belong to this base."""
    keyfile = keys.read_key_file(job.folder / keys.FILE_NAME)
    keys.verify_mac(keyfile, job.base_key)
    return keys.serialize(keyfile)


def _manifest(job: Job, checked: Checked, key_bytes: bytes, taken: Iterable[str]) -> Manifest:
    digest = hashlib.sha256(key_bytes).hexdigest()
    plain = Manifest(
        db_id=job.db_id,
        counter=job.counter,
        created=backups.free_instant(job.created, job.db_id, taken),
        program=job.program,
        schema=checked.schema,
        keys=Member(manifests.KEYS, len(key_bytes), digest, archive.crc(key_bytes)),
        base=Member(manifests.BASE, checked.size, checked.sha256, checked.crc32),
        sealed=b"",
    )
    return manifests.sign(plain, job.base_key, checked.contents)


def _put(manifest: Manifest, key_bytes: bytes, copy: Path, target: Path, media: Media, progress: Progress) -> Path:
    """Steps 3 to 5 of the storage: room, write, read back, name."""
    clean_parts(target, media)
    refuse_lack_of_room(media.volume(target), archive.length(manifest))
    path = target / backups.file_name(manifest.created, manifest.db_id)
    part = path.with_name(path.name.removesuffix(backups.SUFFIX) + backups.PART_SUFFIX)
    try:
        digest = _write(manifest, key_bytes, copy, part, media, progress)
        _read_back(part, digest, archive.length(manifest), media, progress)
        progress.check()
        _patiently(media, lambda: media.rename(part, path))
    except BaseException:
        with contextlib.suppress(OSError):  # the key may be gone; the next backup removes what is left
            media.remove(part)
        raise
    return path


def refuse_lack_of_room(volume: Volume, size: int) -> None:
    """Stop before a key is filled or a file grows past what its file system holds.

    Raises:
        Problem: ``media.read_only``, ``media.too_big``, ``backup.no_space``.
    """
    name = volume.label or str(volume.root)
    if volume.read_only:
        raise Problem("media.read_only", name=name)
    most = backups.longest_file(volume.filesystem)
    if most is not None and size > most:
        raise Problem("media.too_big", name=name)
    if volume.free < size + _SPARE:
        raise Problem("backup.no_space", name=name, needed_mb=mega(size + _SPARE), free_mb=mega(volume.free))


def clean_parts(target: Path, media: Media) -> None:
    """Remove what an interrupted backup left on the medium."""
    for name in media.names(target):
        if name.endswith(backups.PART_SUFFIX) and name.startswith("Antenne-"):
            media.remove(target / name)


def _write(manifest: Manifest, key_bytes: bytes, copy: Path, part: Path, media: Media, progress: Progress) -> bytes:
    """Write the whole file; returns the SHA-256 of every byte of it."""
    whole, total, done = hashlib.sha256(), archive.length(manifest), 0
    writer = media.create(part)
    try:

        def put(data: bytes) -> None:
            nonlocal done
            writer.write(data)
            whole.update(data)
            done += len(data)
            progress.report(WRITE, done, total)
            progress.check()

        put(archive.head(manifest, key_bytes))
        for piece in _pieces(copy):
            put(piece)
        put(archive.tail(manifest))
        put(whole.hexdigest().encode("ascii"))
        writer.sync()
    finally:
        close_quietly(writer)
    if done != total:
        raise Problem("backup.base_damaged", what="size")
    return whole.digest()


def _pieces(copy: Path) -> Iterator[bytes]:
    """The local copy; an error here is the computer's disk, not the key."""
    try:
        with copy.open("rb", buffering=0) as stream:
            while piece := stream.read(BUFFER):
                yield piece
    except OSError as error:
        raise Problem("backup.local_failed") from error


def _read_back(part: Path, digest: bytes, total: int, media: Media, progress: Progress) -> None:
    """Compare what the medium gives back with what was sent, to the byte."""
    whole, done = hashlib.sha256(), 0
    reader = media.open_on_medium(part)
    try:
        while piece := reader.read(BUFFER):
            whole.update(piece)
            done += len(piece)
            progress.report(REREAD, min(done, total), total)
            progress.check()
    finally:
        close_quietly(reader)
    if done != total or whole.digest() != digest:
        raise Problem("backup.not_same", name=part.name)


def _patiently(media: Media, act: Callable[[], None]) -> None:
    """Try again while an antivirus holds the file."""
    for _ in range(_RETRIES - 1):
        try:
            act()
        except PermissionError:
            media.wait(_RETRY_SECONDS)
        else:
            return
    act()


def read_marker(folder: Path, media: Media) -> str | None:
    """The random mark of a key, None where there is none or it cannot be read."""
    try:
        with opened(media.open(folder / MARKER)) as reader:
            text = reader.read(_MARKER_BYTES).decode("ascii", "replace").strip()
    except OSError:
        return None
    return text if len(text) == _MARKER_CHARS and set(text) <= _HEX else None


def write_marker(folder: Path, media: Media) -> str:
    """Give a key a mark of its own; the mark says nothing.

    Raises:
        OSError: The medium.
    """
    text = secrets.token_hex(_MARKER_CHARS // 2)
    media.remove(folder / MARKER)
    writer: Writer = media.create(folder / MARKER)
    try:
        writer.write(text.encode("ascii"))
        writer.sync()
    finally:
        close_quietly(writer)
    media.hide(folder / MARKER)
    return text
