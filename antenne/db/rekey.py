"""A new base key: the file is written by copy under it, opened, checked, and only then takes the old one's place.

Two files change together, the base and its key file, and power may fail between them. The key file moves first; a
``base.rekey`` beside it that opens with the new key tells the next start to finish, one that does not is swept away.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from antenne.base.problems import Problem
from antenne.db import cipher, keys
from antenne.db.keys import KeyFile
from antenne.db.sealing import Context, Opener, seal
from antenne.db.slots import OfficeKeys, cipher_key, sealed_key

REKEY_FILE = "base.rekey"
_TRIES, _PAUSE = 20, 0.1
"""Two seconds in all."""

_COUNTED = ("person", "membership", "member_card", "audit", "sealed")


@dataclass(frozen=True, slots=True, repr=False)
class Change:
    """What a rekey goes from and to; never shown.

    Attributes:
        old: The keys in force.
        new: The keys to come.
        keyfile: The key file that wraps the new ones.
    """

    old: OfficeKeys
    new: OfficeKeys
    keyfile: KeyFile


def rekey(base: Path, key_path: Path, change: Change, step: Callable[[str], None]) -> None:
    """Move the base under the new keys; every other connection to it must be closed.

    Args:
        base: ``base.db``.
        key_path: ``antenne.cles``.
        change: Old keys, new keys, new key file.
        step: Told where the work stands (``rekey.copy``, ``rekey.check``, ``rekey.swap``); may raise to stop it
            before the swap.

    Raises:
        Problem: Disk full, damaged base, or a copy that does not check; the old files are then untouched.
    """
    fresh = base.with_name(REKEY_FILE)
    _sweep(fresh)
    try:
        step("rekey.copy")
        counted = _copy(base, fresh, change)
        step("rekey.check")
        _check(fresh, change, counted)
        step("rekey.swap")
    except BaseException as error:
        _sweep(fresh)
        if isinstance(error, driver.Error):
            raise cipher.translated(error) or error from error
        raise
    keys.write_key_file(key_path, change.keyfile)
    _take_place(fresh, base)


def finish_interrupted(base: Path, raw_key: str) -> None:
    """Finish or sweep away a rekey that the power cut in two; called with the key that the key file just gave.

    Args:
        base: ``base.db``; it may be gone when the cut fell inside the swap.
        raw_key: 96 hex digits.
    """
    fresh = base.with_name(REKEY_FILE)
    if not fresh.exists():
        return
    if base.exists() and _opens(base, raw_key):
        _sweep(fresh)
    elif _opens(fresh, raw_key):
        _take_place(fresh, base)


def _copy(base: Path, fresh: Path, change: Change) -> dict[str, int]:
    raw = cipher.connect(base, cipher_key(change.old.base_key))
    try:
        raw.set_authorizer(None)
        counted = _counts(raw)
        target = fresh.absolute().as_posix().replace("'", "''")
        new_key = cipher_key(change.new.base_key)
        raw.execute(f"ATTACH DATABASE '{target}' AS fresh KEY \"x'{new_key}'\"")
        raw.execute("SELECT sqlcipher_export('fresh')")
        raw.execute("DETACH DATABASE fresh")
    finally:
        raw.close()
    _amend(fresh, change)
    return counted


def _amend(fresh: Path, change: Change) -> None:
    """Echo the new key file in the copy, and seal its bodies again under the new confidential key."""
    raw = cipher.connect(fresh, cipher_key(change.new.base_key))
    try:
        raw.execute("BEGIN IMMEDIATE")
        epoch = int(raw.execute("SELECT sealed_epoch FROM office").fetchone()[0])
        if change.old.confidential_key != change.new.confidential_key:
            _reseal(raw, change, epoch)
            epoch += 1
        raw.execute(
            "UPDATE office SET key_generation = ?, key_digest = ?, sealed_epoch = ?",
            (change.keyfile.generation, keys.digest(change.keyfile), epoch),
        )
        raw.execute("COMMIT")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        raw.close()


def _reseal(raw: cipher.Connection, change: Change, epoch: int) -> None:
    if change.old.confidential_key is None or change.new.confidential_key is None:
        raise Problem("rekey.no_confidential")
    db_id = change.keyfile.db_id
    opener = Opener(change.old.confidential_key, Context(db_id, epoch))
    key, context = sealed_key(change.new.confidential_key), Context(db_id, epoch + 1)
    for record_id, version, body in raw.execute("SELECT id, version, body FROM sealed").fetchall():
        opened = opener.open(record_id, version, body)
        again = seal(key, context, record_id, version, opened.payload)
        raw.execute("UPDATE sealed SET epoch = ?, body = ? WHERE id = ?", (context.epoch, again, record_id))


def _check(fresh: Path, change: Change, counted: dict[str, int]) -> None:
    raw = cipher.connect(fresh, cipher_key(change.new.base_key))
    try:
        whole = [row[0] for row in raw.execute("PRAGMA integrity_check(5)")] == ["ok"]
        sealed = not raw.execute("PRAGMA cipher_integrity_check").fetchall()
        linked = not raw.execute("PRAGMA foreign_key_check").fetchall()
        if not (whole and sealed and linked and _counts(raw) == counted):
            raise Problem("rekey.copy_differs")
    finally:
        raw.close()


def _counts(raw: cipher.Connection) -> dict[str, int]:
    return {name: int(raw.execute(f"SELECT count(*) FROM {name}").fetchone()[0]) for name in _COUNTED}  # noqa: S608 - literal names


def _opens(path: Path, raw_key: str) -> bool:
    try:
        cipher.connect(path, raw_key).close()
    except Problem:
        return False
    return True


def _take_place(fresh: Path, base: Path) -> None:
    """Remove what lay under the old key, journal included, and put the copy in its place."""
    for beside in ("-wal", "-shm", ""):
        _insist(partial(base.with_name(f"{base.name}{beside}").unlink, missing_ok=True))
    _insist(partial(fresh.replace, base))
    for beside in ("-wal", "-shm"):
        fresh.with_name(f"{fresh.name}{beside}").unlink(missing_ok=True)


def _insist(act: Callable[[], object]) -> None:
    """Windows may hold a file a moment longer (antivirus, a closing connection): try again before giving up."""
    for _ in range(_TRIES):
        try:
            act()
        except PermissionError:
            time.sleep(_PAUSE)
        else:
            return
    try:
        act()
    except OSError as error:
        raise Problem("rekey.held") from error


def _sweep(fresh: Path) -> None:
    for beside in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(OSError):
            fresh.with_name(f"{fresh.name}{beside}").unlink(missing_ok=True)
