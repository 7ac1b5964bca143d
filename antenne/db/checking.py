"""What is tried in a state of the base before it counts as a backup: seals, structure, links, chain; what it holds."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import sqlcipher3.dbapi2 as driver

from antenne.base.problems import Problem
from antenne.base.progress import Progress
from antenne.db import cipher
from antenne.db.copying import PAGE, Snapshot, opened
from antenne.domain.audit import START, AuditRow, chain_faults
from antenne.domain.backups import Anchor, Contents, anchor_code

CHECK: Final = "backup.check"
_LOOK_PAGES: Final = 500
"""Pages that ``integrity_check`` reads between two looks at the stop button."""

_CHECK_CACHE_KIB: Final = 65_536
"""Measured: with photos (300 MB) and with rows (50,000 persons, 48 MB); 256 MB only cost the time to claim them, 16 MB
make the links seven times slower."""

_CHAIN: Final = "SELECT id, at, actor_id, action, subject, subject_id, digest, previous, hash FROM audit ORDER BY id"


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
        seen += _LOOK_PAGES * PAGE
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
