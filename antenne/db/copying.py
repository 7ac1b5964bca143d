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
import datetime as dt
import hashlib
import os
import secrets
import shutil
import sys
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import sqlcipher3.dbapi2 as driver

from antenne.base.problems import Problem
from antenne.base.progress import Progress
from antenne.db import cipher
from antenne.domain.audit import START, AuditRow, chain_faults
from antenne.domain.backups import Anchor, Contents, anchor_code, mega

COPY: Final = "backup.copy"
CHECK: Final = "backup.check"
COPY_PREFIX: Final = "copie-"
TRIAL_PREFIX: Final = "essai-"
_PAGE: Final = 4096
_STEPS: Final = 400
"""Steps of the virtual machine between two looks at the stop button: a few rows with photos."""

_LOOK_PAGES: Final = 500
"""Pages that ``integrity_check`` reads between two looks at the stop button."""

_CHECK_CACHE_KIB: Final = 65_536
"""Measured: with photos (300 MB) and with rows (50,000 persons, 48 MB); 256 MB only cost the time to claim them, 16 MB
make the links seven times slower."""

_PIECE: Final = 1 << 19
"""Bytes of the base read at once: what the processor's own memory holds while they are hashed."""

_LOCK_PAGE: Final = 1 << 30
"""SQLite's locks of the file lie here; Windows refuses to read under them."""

_TRIES: Final = 3
_PATIENCE_MS: Final = 400
"""How long one try waits for somebody who reads or writes."""

_MARGIN: Final = 16 << 20
_CHAIN: Final = "SELECT id, at, actor_id, action, subject, subject_id, digest, previous, hash FROM audit ORDER BY id"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was read in a state of the base.

    Attributes:
        schema: Revision of its tables.
        contents: Rows by table, and the anchor.
        db_id: Of the office inside, empty where there is none.
        demo: A demonstration office.
    """

    schema: str
    contents: Contents
    db_id: str
    demo: bool


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
            size = int(raw.execute("PRAGMA page_count").fetchone()[0]) * _PAGE
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
        total = int(raw.execute("PRAGMA page_count").fetchone()[0]) * _PAGE

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


def check_copy(path: Path, raw_key: str, progress: Progress) -> Checked:
    """Open a copy that nobody uses and try everything in it.

    Raises:
        Stopped: She asked.
        Problem: ``backup.base_damaged`` with what was found in ``what``, or ``db.*``.
    """
    with opened(path, raw_key) as state, ThreadPoolExecutor(1, "backup-seals") as beside:
        seals = beside.submit(check_seals, state)
        checked = check_rows(state, progress)
        check_structure(state, progress)
        seals.result()
    return checked


def check_seals(state: Snapshot) -> None:
    """SQLCipher's own check: the HMAC of every page of the file, used or not. May run beside the others.

    Raises:
        Problem: ``backup.base_damaged``, ``db.*``.
    """
    raw = cipher.connect(state.path, state.raw_key, read_only=True)
    try:
        faults = raw.execute("PRAGMA cipher_integrity_check").fetchall()
    except driver.Error as error:
        raise cipher.translated(error) or error from error
    finally:
        raw.close()
    if faults:
        raise Problem("backup.base_damaged", what="cipher")


def check_rows(state: Snapshot, progress: Progress) -> Checked:
    """Links and chain; count what there is.

    Raises:
        Stopped: She asked.
        Problem: ``backup.base_damaged``, ``db.*``.
    """
    with _watched(state.raw, progress.check) as raw:
        raw.execute(f"PRAGMA cache_size = -{_CHECK_CACHE_KIB}").fetchone()
        if raw.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise Problem("backup.base_damaged", what="foreign_keys")
        contents = Contents(_counts(raw), _anchor(raw))
        office = raw.execute("SELECT db_id, demo FROM office").fetchone() or ("", 0)
        schema = cipher.schema_version(raw)
    progress.check()
    return Checked(schema=schema, contents=contents, db_id=str(office[0]), demo=bool(office[1]))


def check_structure(state: Snapshot, progress: Progress) -> None:
    """SQLite's own check: every page that is used, every row and index.

    Raises:
        Stopped: She asked.
        Problem: ``backup.base_damaged``, ``db.*``.
    """
    seen = 0

    def look() -> None:
        nonlocal seen
        seen += _LOOK_PAGES * _PAGE
        progress.report(CHECK, min(seen, state.size), state.size)
        progress.check()

    progress.report(CHECK, 0, state.size)
    with _watched(state.raw, look, _LOOK_PAGES) as raw:
        if raw.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise Problem("backup.base_damaged", what="integrity")
    progress.report(CHECK, state.size, state.size)
    progress.check()


@contextlib.contextmanager
def _watched(raw: cipher.Connection, look: Callable[[], None], every: int = 20_000) -> Iterator[cipher.Connection]:
    """Statements that a stop interrupts, with the driver's errors told apart."""
    done = cipher.watch(raw, look, every)
    try:
        yield raw
    except driver.Error as error:
        done()
        raise cipher.translated(error) or error from error
    done()


def _counts(raw: cipher.Connection) -> dict[str, int]:
    names = raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@'")
    counts = {}
    for (name,) in names.fetchall():
        counts[str(name)] = int(raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608 - a name from the base's own schema
    return counts


def _anchor(raw: cipher.Connection) -> Anchor:
    """Follow the audit chain to its end."""
    count, end = 0, START

    def links() -> Iterator[AuditRow]:
        nonlocal count, end
        for number, at, *rest in raw.execute(_CHAIN):
            actor, action, subject, subject_id, digest, previous, own = rest
            count, end = number, own
            yield AuditRow(
                id=number,
                at=dt.datetime.fromisoformat(at),
                actor_id=actor,
                action=action,
                subject=subject,
                subject_id=subject_id,
                digest=digest,
                previous=previous,
                hash=own,
            )

    if chain_faults(links()):
        raise Problem("backup.base_damaged", what="chain")
    return Anchor(count, None, anchor_code(end))
