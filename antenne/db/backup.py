"""The backup file on a medium: written, read back, listed, verified, and the base taken out of it.

Steps and their order: storage, « Backup file ». Whatever stops the work, the files that were on the key before it are
as they were, and nothing but finished backups is left there.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import secrets
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from antenne.base.media import Media, Volume, Writer, close_quietly
from antenne.base.problems import Problem
from antenne.base.progress import Progress, Stopped
from antenne.db import archive, checking, copying, keys
from antenne.db import manifest as manifests
from antenne.db.archive import named, opened
from antenne.db.checking import Checked
from antenne.db.copying import Snapshot
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
        folder: The data folder: base, key file, room for a copy.
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
    """Hold the base as it is, check, write, read back, name.

    The file is written under a provisional name while the last checks are still running: it gets its name only when
    they and the reading back have all succeeded.

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
    base = job.folder / job.base_name
    with copying.snapshot(job.folder, base, raw_key, progress) as state, ThreadPoolExecutor(2, "backup") as pool:
        seals = pool.submit(checking.check_seals, state)
        checked = checking.check_rows(state, progress)
        if checked.db_id != job.db_id:
            raise Problem("backup.base_damaged", what="office")
        prints = copying.prints(state, progress)
        progress.report(COUNTED, checked.contents.members, checked.contents.members)
        key_bytes = _key_bytes(job)
        with named(target):
            manifest = _manifest(
                job,
                checked,
                Member(manifests.BASE, state.size, prints.sha256, prints.crc32),
                key_bytes,
                media.names(target),
            )
            sending = _Sending(manifest, key_bytes, state, media, _Behind(progress))
            path = _put(sending, target, seals, pool)
    return Written(path, replace(told(manifest, sending.size), authentic=True, contents=checked.contents))


def _key_bytes(job: Job) -> bytes:
    """The key file that goes into the backup, proved to belong to this base."""
    keyfile = keys.read_key_file(job.folder / keys.FILE_NAME)
    keys.verify_mac(keyfile, job.base_key)
    return keys.serialize(keyfile)


def _manifest(job: Job, checked: Checked, base: Member, key_bytes: bytes, taken: Iterable[str]) -> Manifest:
    digest = hashlib.sha256(key_bytes).hexdigest()
    plain = Manifest(
        db_id=job.db_id,
        counter=job.counter,
        created=backups.free_instant(job.created, job.db_id, taken),
        program=job.program,
        schema=checked.schema,
        keys=Member(manifests.KEYS, len(key_bytes), digest, archive.crc(key_bytes)),
        base=base,
        sealed=b"",
    )
    return manifests.sign(plain, job.base_key, checked.contents)


class _Behind:
    """Progress of the writing, told only once the checks are over, so that the steps follow each other."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[int, int]] | None = {}
        self._halt = False

    def report(self, step: str, done: int, total: int) -> None:
        """Keep it, or tell it."""
        with self._lock:
            if self._kept is None:
                self.progress.report(step, done, total)
            else:
                self._kept[step] = (done, total)

    def check(self) -> None:
        """Stop when she asked, or when the checks failed."""
        if self._halt:
            raise Stopped
        self.progress.check()

    def tell(self) -> None:
        """Tell what was kept, and all that follows."""
        with self._lock:
            kept, self._kept = self._kept or {}, None
            for step, (done, total) in kept.items():
                self.progress.report(step, done, total)

    def halt(self) -> None:
        """Have the writing stop at the next piece."""
        self._halt = True


@dataclass(frozen=True, slots=True)
class _Sending:
    """What goes to the medium, and how."""

    manifest: Manifest
    key_bytes: bytes
    state: Snapshot
    media: Media
    progress: _Behind

    @property
    def size(self) -> int:
        """Bytes of the whole file."""
        return archive.length(self.manifest)


def _put(sending: _Sending, target: Path, seals: Future[None], pool: Executor) -> Path:
    """Steps 3 to 5 of the storage: room, write, read back, name; the rest of step 2 goes on meanwhile."""
    media, progress = sending.media, sending.progress
    clean_parts(target, media)
    refuse_lack_of_room(media.volume(target), sending.size)
    path = target / backups.file_name(sending.manifest.created, sending.manifest.db_id)
    part = path.with_name(path.name.removesuffix(backups.SUFFIX) + backups.PART_SUFFIX)
    sent = pool.submit(_send, sending, part)
    try:
        try:
            checking.check_structure(sending.state, _Both(progress.progress, sent))
            seals.result()
            progress.tell()
        except BaseException:
            progress.halt()
            raise
        finally:
            wait((sent,))
        sent.result()
        progress.check()
        _patiently(media, lambda: media.rename(part, path))
    except BaseException:
        with contextlib.suppress(OSError):  # the key may be gone; the next backup removes what is left
            media.remove(part)
        raise
    return path


class _Both:
    """Progress of the checks, which also end as soon as the writing has failed."""

    def __init__(self, progress: Progress, sent: Future[None]) -> None:
        self._progress = progress
        self._sent = sent

    def report(self, step: str, done: int, total: int) -> None:
        """Tell it."""
        self._progress.report(step, done, total)

    def check(self) -> None:
        """Stop when she asked, or when the key is gone."""
        self._progress.check()
        if self._sent.done():
            self._sent.result()


def _send(sending: _Sending, part: Path) -> None:
    comment = _write(sending, part)
    _read_back(sending, part, comment)


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


def _write(sending: _Sending, part: Path) -> bytes:
    """Write the whole file; returns its comment, the SHA-256 of every byte before it."""
    whole, total, done = hashlib.sha256(), sending.size, 0
    writer = sending.media.create(part)
    try:

        def put(data: bytes) -> None:
            nonlocal done
            writer.write(data)
            whole.update(data)
            done += len(data)
            sending.progress.report(WRITE, done, total)
            sending.progress.check()

        put(archive.head(sending.manifest, sending.key_bytes))
        for piece in sending.state.pieces():
            put(piece)
        put(archive.tail(sending.manifest))
        comment = whole.hexdigest().encode("ascii")
        put(comment)
        writer.sync()
    finally:
        close_quietly(writer)
    if done != total:
        raise Problem("backup.base_damaged", what="size")
    return comment


def _read_back(sending: _Sending, part: Path, comment: bytes) -> None:
    """Compare what the medium gives back with what was to be sent, to the byte: the base by the hash of its checks."""

    def passed(done: int) -> None:
        sending.progress.report(REREAD, done, sending.size)
        sending.progress.check()

    with opened(sending.media.open_on_medium(part)) as reader:
        same = archive.is_same(reader, sending.manifest, sending.key_bytes, comment, passed)
    if not same:
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
