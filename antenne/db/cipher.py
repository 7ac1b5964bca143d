"""A bare connection to the encrypted file: what the login screen, the engine and the backup share.

It imports neither SQLAlchemy nor Alembic, so that the first window pays for neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from antenne.base.problems import Problem

CACHE_KIB = 16384
_RAW_KEY = re.compile(r"\A[0-9a-f]{96}\Z")

Connection = Any
"""A ``sqlcipher3`` connection; the driver ships no types."""


def connect(path: Path, raw_key: str, *, create: bool = False, read_only: bool = False) -> Connection:
    """Open the encrypted file and prove the key.

    Args:
        path: The database on a local disk.
        raw_key: 96 hex digits: key and salt. Anything else would silently be taken as a passphrase.
        create: Make the file if it is not there.
        read_only: Never write, not even a journal.

    Raises:
        ValueError: The raw key is malformed (a bug of ours).
        Problem: ``db.missing``, ``db.wrong_key``, ``db.damaged``, ``db.read_only`` and their like.
    """
    if not _RAW_KEY.match(raw_key):
        raise ValueError("malformed raw key")
    if not create and not path.is_file():
        raise Problem("db.missing", path=str(path))
    mode = "ro" if read_only else ("rwc" if create else "rw")
    try:
        raw = driver.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=15,
        )
    except driver.Error as error:
        raise translated(error) or Problem("db.unreadable", path=str(path)) from error
    try:
        raw.execute("PRAGMA cipher_log_level = NONE")
        raw.execute(f"PRAGMA key = \"x'{raw_key}'\"")
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
        _prepare(raw, read_only=read_only)
    except driver.Error as error:
        raw.close()
        raise translated(error) or Problem("db.unreadable", path=str(path)) from error
    return raw


def _prepare(raw: Connection, *, read_only: bool) -> None:
    """Set the pragmas of every connection (storage: Engine)."""
    if not read_only:
        raw.execute("PRAGMA journal_mode = WAL").fetchone()
    for pragma in (
        "synchronous = FULL",
        "foreign_keys = ON",
        "temp_store = MEMORY",
        f"cache_size = -{CACHE_KIB}",
        "secure_delete = ON",
        "trusted_schema = OFF",
        "cell_size_check = ON",
    ):
        raw.execute(f"PRAGMA {pragma}").fetchone()
    raw.set_authorizer(_authorize)


def _authorize(action: int, first: str | None, *_rest: str | None) -> int:
    """Allow ATTACH only with the empty name (VACUUM's own): ``ATTACH … KEY ''`` would write plaintext."""
    if action == driver.SQLITE_ATTACH and first:
        return int(driver.SQLITE_DENY)
    return int(driver.SQLITE_OK)


_MEANINGS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("file is not a database",), "db.wrong_key"),
    (("malformed", "corrupt"), "db.damaged"),
    (("disk is full",), "db.full"),
    (("readonly", "read-only"), "db.read_only"),
    (("locked", "busy"), "db.busy"),
    (("unable to open", "no such file"), "db.unreadable"),
    (("disk i/o error", "disk I/O error"), "db.disk_error"),
)


def translated(error: BaseException) -> Problem | None:
    """The problem of the machine behind a driver's error, or None when it is a bug of ours."""
    text = str(error).lower()
    for needles, code in _MEANINGS:
        if any(needle.lower() in text for needle in needles):
            return Problem(code)
    return None


def schema_version(raw: Connection) -> str:
    """The revision that the file was last migrated to, by plain SQL; empty for a file without tables.

    Alembic is not asked: importing it costs three bare windows.
    """
    found = raw.execute("SELECT name FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    if found is None:
        return ""
    row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else ""


def watch(raw: Connection, check: Callable[[], None], every: int = 20_000) -> Callable[[], None]:
    """Call ``check`` every so many steps of the virtual machine; what it raises interrupts the statement.

    Returns:
        A function that raises what ``check`` raised (the driver only knows « interrupted ») and stops watching.
    """
    caught: list[BaseException] = []

    def handler() -> int:
        try:
            check()
        except BaseException as error:  # noqa: BLE001 - carried across C code and raised again below
            caught.append(error)
            return 1
        return 0

    raw.set_progress_handler(handler, every)

    def done() -> None:
        raw.set_progress_handler(None, every)
        if caught:
            raise caught[0]

    return done
