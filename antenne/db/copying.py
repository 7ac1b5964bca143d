"""A local copy of the open base: made without closing it, opened, checked, hashed; and what a killed run left behind.

The copy stays encrypted under the same key, so a leftover tells nothing; it is removed all the same at the next start.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import secrets
import shutil
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import sqlcipher3.dbapi2 as driver

from antenne.base.media import BUFFER
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

_CHECK_CACHE_KIB: Final = 262_144
"""A check with 256 MB of cache is six times faster than with 2 MB (storage: Engine)."""

_MARGIN: Final = 16 << 20
_CHAIN: Final = "SELECT id, at, actor_id, action, subject, subject_id, digest, previous, hash FROM audit ORDER BY id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A copy that was opened and found good.

    Attributes:
        size: Bytes.
        sha256: Of the whole file.
        crc32: Of the whole file.
        schema: Revision of its tables.
        contents: Rows by table, and the anchor.
        db_id: Of the office inside, empty where there is none.
        demo: A demonstration office.
    """

    size: int
    sha256: str
    crc32: int
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
def local_copy(folder: Path, base: Path, raw_key: str, progress: Progress) -> Iterator[Path]:
    """Copy the base beside itself while it stays in use; the copy is gone when the block ends, whatever happened.

    Raises:
        Stopped: She asked.
        Problem: ``backup.local_full``, ``db.*``.
    """
    clean_leftovers(folder)
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


def check_copy(path: Path, raw_key: str, progress: Progress) -> Checked:
    """Open a copy and try everything: integrity, cipher integrity, links, chain; count and hash it.

    Two threads share the work, each with a connection of its own: SQLCipher's own check and the hash on one side, the
    structure and the rows on the other.

    Raises:
        Stopped: She asked.
        Problem: ``backup.base_damaged`` with what was found in ``what``, or ``db.*``.
    """
    beside = _Beside(path, raw_key, progress)
    beside.start()
    try:
        contents, schema, db_id, demo = _read_all(path, raw_key, progress)
    except BaseException:
        beside.halt.set()
        raise
    finally:
        beside.join()
    if beside.failed is not None:
        raise beside.failed
    size = path.stat().st_size
    progress.report(CHECK, size, size)
    return Checked(
        size=size,
        sha256=beside.sha256,
        crc32=beside.crc32,
        schema=schema,
        contents=contents,
        db_id=db_id,
        demo=demo,
    )


class _Beside(threading.Thread):
    """Hash and HMAC of every page, while the other thread reads the tables."""

    def __init__(self, path: Path, raw_key: str, progress: Progress) -> None:
        super().__init__(name="backup-check", daemon=True)
        self._path = path
        self._raw_key = raw_key
        self._progress = progress
        self.halt = threading.Event()
        self.failed: BaseException | None = None
        self.sha256 = ""
        self.crc32 = 0

    def run(self) -> None:
        """Keep what went wrong for the thread that waits."""
        try:
            self._hash()
            if not self.halt.is_set():
                self._cipher_check()
        except BaseException as error:  # noqa: BLE001 - raised again by the thread that waits
            self.failed = error

    def _hash(self) -> None:
        total, done, digest, crc = self._path.stat().st_size, 0, hashlib.sha256(), 0
        with self._path.open("rb", buffering=0) as stream:
            while not self.halt.is_set() and (piece := stream.read(BUFFER)):
                digest.update(piece)
                crc = zlib.crc32(piece, crc)
                done += len(piece)
                self._progress.report(CHECK, done // 2, total)
        self.sha256, self.crc32 = digest.hexdigest(), crc

    def _cipher_check(self) -> None:
        raw = cipher.connect(self._path, self._raw_key, read_only=True)
        try:
            faults = raw.execute("PRAGMA cipher_integrity_check").fetchall()
        except driver.Error as error:
            raise cipher.translated(error) or error from error
        finally:
            raw.close()
        if faults:
            raise Problem("backup.base_damaged", what="cipher")


def _read_all(path: Path, raw_key: str, progress: Progress) -> tuple[Contents, str, str, bool]:
    raw = cipher.connect(path, raw_key, read_only=True)
    done = cipher.watch(raw, progress.check)
    try:
        raw.execute(f"PRAGMA cache_size = -{_CHECK_CACHE_KIB}")
        if raw.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise Problem("backup.base_damaged", what="integrity")
        if raw.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise Problem("backup.base_damaged", what="foreign_keys")
        contents = Contents(_counts(raw), _anchor(raw))
        office = raw.execute("SELECT db_id, demo FROM office").fetchone() or ("", 0)
        found = contents, cipher.schema_version(raw), str(office[0]), bool(office[1])
    except driver.Error as error:
        done()
        raise cipher.translated(error) or error from error
    finally:
        raw.close()
    progress.check()
    return found


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
