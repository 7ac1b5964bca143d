"""A state of the open base that nothing changes while it is read: held in place, or copied when that cannot be done.

**Held** (the rule). The journal is folded into the base and emptied, then a read transaction begins. As long as it
lasts SQLite lets nobody write to the base itself: whoever saves something appends to the journal, and no checkpoint may
fold it in. The bytes of ``base.db`` are then read, checked and sent as they are: nothing is deciphered to be copied,
and the computer's disk needs no room.

**Copied** (``VACUUM INTO``), when somebody reads or writes without pause, or past one gigabyte, where SQLite locks a
page of the file. The copy stays encrypted under the same key, so a leftover tells nothing; it is removed all the same
at the next start.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import shutil
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import sqlcipher3.dbapi2 as driver

from antenne.base.problems import Problem
from antenne.base.progress import Progress
from antenne.db import cipher
from antenne.domain.backups import mega

COPY: Final = "backup.copy"
COPY_PREFIX: Final = "copie-"
TRIAL_PREFIX: Final = "essai-"
PAGE: Final = 4096
_STEPS: Final = 400
"""Steps of the virtual machine between two looks at the stop button: a few rows with photos."""

_PIECE: Final = 1 << 19
"""Bytes of the base read at once: what the processor's own memory holds while they are hashed."""

_LOCK_PAGE: Final = 1 << 30
"""SQLite's locks of the file lie here; Windows refuses to read under them."""

_TRIES: Final = 3
_PATIENCE_MS: Final = 400
"""How long one try waits for somebody who reads or writes."""

_MARGIN: Final = 16 << 20


@dataclass(frozen=True, slots=True, repr=False)
class Snapshot:
    """A state of the base that does not change while the block that took it lasts.

    Attributes:
        path: The file: the base itself, or a copy.
        raw: The connection that holds it, inside a read transaction.
        raw_key: 96 hex digits.
        size: Bytes.
    """

    path: Path
    raw: cipher.Connection
    raw_key: str
    size: int

    def pieces(self) -> Iterator[bytes]:
        """The bytes of the file in order.

        Raises:
            Problem: ``backup.local_failed``: the computer's own disk.
        """
        at = 0
        try:
            with _reader(self.path) as read:
                while at < self.size and (piece := read(min(_PIECE, self.size - at), at)):
                    at += len(piece)
                    yield piece
        except OSError as error:
            raise Problem("backup.local_failed") from error


@contextlib.contextmanager
def _reader(path: Path) -> Iterator[Callable[[int, int], bytes]]:
    """A function ``(size, offset) → bytes`` over a base that SQLite has open in this process.

    POSIX drops every lock of a process on a file as soon as the process closes *any* descriptor of it, SQLite's own
    locks included. So nothing is opened or closed here: the bytes come through a descriptor that SQLite has, which it
    leaves open as long as a transaction of this process holds a lock on that file. Windows has no such trap.
    """
    if sys.platform == "win32":
        with path.open("rb", buffering=0) as stream:

            def read(size: int, at: int) -> bytes:
                stream.seek(at)
                return stream.read(size)

            yield read
    else:
        descriptor = _descriptor(path)
        yield lambda size, at: os.pread(descriptor, size, at)


def _descriptor(path: Path) -> int:
    wanted = path.stat()
    for entry in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):  # the descriptor of the listing itself is gone by now
            if os.path.samestat(os.fstat(int(entry.name)), wanted):
                return int(entry.name)
    raise FileNotFoundError(str(path))


@dataclass(frozen=True, slots=True)
class Prints:
    """What tells the bytes of a file.

    Attributes:
        sha256: Of the whole file.
        crc32: Of the whole file.
    """

    sha256: str
    crc32: int


def clean_leftovers(folder: Path) -> None:
    """Remove the copies and trials that a killed run left in the data folder.

    Called at the start of the program and of each backup: one program works on a folder, one backup at a time.
    """
    if not folder.is_dir():
        return
    for left in folder.iterdir():
        if left.name.startswith(COPY_PREFIX) and left.is_file():
            with contextlib.suppress(OSError):
                left.unlink()
        elif left.name.startswith(TRIAL_PREFIX) and left.is_dir():
            shutil.rmtree(left, ignore_errors=True)


@contextlib.contextmanager
def snapshot(folder: Path, base: Path, raw_key: str, progress: Progress) -> Iterator[Snapshot]:
    """Hold a state of the base while it stays in use; nothing is left when the block ends, whatever happened.

    Raises:
        Stopped: She asked.
        Problem: ``backup.local_full``, ``backup.local_failed``, ``db.*``.
    """
    clean_leftovers(folder)
    raw = cipher.connect(base, raw_key)
    try:
        if size := _hold(raw, base, progress):
            yield Snapshot(base, raw, raw_key, size)
            return
    finally:
        raw.close()
    with _local_copy(folder, base, raw_key, progress) as copy, opened(copy, raw_key) as state:
        yield state


def _hold(raw: cipher.Connection, base: Path, progress: Progress) -> int:
    """Begin a reading of which the whole state stands in the base itself, the journal being empty.

    The journal is looked at *after* the reading has begun: when it is empty then, nobody had written before, and no
    checkpoint writes to the base until the reading ends.

    Returns:
        The size of the base in bytes; 0 when somebody was in the way at each try.
    """
    journal = base.with_name(f"{base.name}-wal")
    raw.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}").fetchone()
    for _ in range(_TRIES):
        progress.check()
        try:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            raw.execute("BEGIN")
            size = int(raw.execute("PRAGMA page_count").fetchone()[0]) * PAGE
            raw.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except driver.Error as error:
            problem = _copy_problem(error, base.parent)
            if problem is None or problem.code != "db.busy":
                raise problem or error from error
        else:
            if journal.stat().st_size == 0 and base.stat().st_size == size <= _LOCK_PAGE:
                return size
        if raw.in_transaction:
            raw.execute("ROLLBACK")
    return 0


@contextlib.contextmanager
def opened(path: Path, raw_key: str) -> Iterator[Snapshot]:
    """A copy that nobody else uses.

    It is opened for writing, though nothing is written: on a read-only connection SQLite leaves the CHECK constraints
    out of ``integrity_check``.

    Raises:
        Problem: ``db.*``.
    """
    raw = cipher.connect(path, raw_key)
    try:
        raw.execute("BEGIN")
        raw.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        yield Snapshot(path, raw, raw_key, path.stat().st_size)
    finally:
        raw.close()


@contextlib.contextmanager
def _local_copy(folder: Path, base: Path, raw_key: str, progress: Progress) -> Iterator[Path]:
    """Copy the base beside itself; the copy is gone when the block ends, whatever happened."""
    size = base.stat().st_size
    if shutil.disk_usage(folder).free < size + _MARGIN:
        raise Problem("backup.local_full", needed_mb=mega(size + _MARGIN))
    target = folder / f"{COPY_PREFIX}{secrets.token_hex(4)}.db"
    try:
        _vacuum_into(base, target, raw_key, progress)
        yield target
    finally:
        for left in (target, target.with_name(f"{target.name}-journal")):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)


def _vacuum_into(base: Path, target: Path, raw_key: str, progress: Progress) -> None:
    """``VACUUM INTO`` on a connection of its own: the authorizer of the others refuses its target."""
    raw = cipher.connect(base, raw_key, read_only=True)
    try:
        raw.set_authorizer(None)
        raw.execute("PRAGMA synchronous = OFF")  # the copy need not survive a power cut
        total = int(raw.execute("PRAGMA page_count").fetchone()[0]) * PAGE

        def look() -> None:
            progress.check()
            with contextlib.suppress(OSError):  # not begun yet
                progress.report(COPY, min(target.stat().st_size, total), total)

        done = cipher.watch(raw, look, _STEPS)
        try:
            raw.execute("VACUUM INTO ?", (str(target),))
        except driver.Error as error:
            done()
            raise _copy_problem(error, target.parent) or error from error
        done()
        progress.report(COPY, total, total)
    finally:
        raw.close()


def _copy_problem(error: BaseException, folder: Path) -> Problem | None:
    problem = cipher.translated(error)
    refused = {"db.full", "db.disk_error", "db.unreadable"}
    if problem is not None and problem.code in refused:
        full = shutil.disk_usage(folder).free < _MARGIN
        return Problem("backup.local_full", needed_mb=mega(_MARGIN)) if full else Problem("backup.local_failed")
    return problem


def prints(state: Snapshot, progress: Progress) -> Prints:
    """Hash the file in one reading.

    Raises:
        Stopped: She asked.
        Problem: ``backup.local_failed``.
    """
    digest, crc, done = hashlib.sha256(), 0, 0
    progress.report(COPY, 0, state.size)
    for piece in state.pieces():
        digest.update(piece)
        crc = zlib.crc32(piece, crc)
        done += len(piece)
        progress.report(COPY, done, state.size)
        progress.check()
    if done != state.size:
        raise Problem("backup.local_failed")
    return Prints(digest.hexdigest(), crc)
