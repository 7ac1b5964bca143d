"""Bringing a database to this program's schema: new, current, older (backed up and migrated) or newer (refused)."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, NullPool, create_engine

from antenne.base.problems import Problem
from antenne.db import cipher

SCRIPTS = Path(__file__).parent / "migrations"
_REVISION = re.compile(r"r(\d{4})_\w+\.py")


def newest() -> str:
    """The revision that this program knows last, by the names of its scripts: asking Alembic costs three windows."""
    found = [named[1] for path in (SCRIPTS / "versions").iterdir() if (named := _REVISION.fullmatch(path.name))]
    return max(found)


def refuse_newer(version: str) -> None:
    """Stop before touching a file that a newer program has written.

    Raises:
        Problem: ``db.newer``.
    """
    if version > newest():
        raise Problem("db.newer", theirs=version, ours=newest())


def migrate(path: Path, raw_key: str, back_up: Callable[[str], object] | None = None) -> bool:
    """Make or bring up to date the tables of the file, all or nothing.

    Args:
        path: The encrypted database; made when it is not there.
        raw_key: 96 hex digits.
        back_up: Called with the old version before an existing file is changed; must have verified its copy on return.

    Returns:
        Whether anything had to be done.

    Raises:
        Problem: ``db.newer``, or what the connection or the backup met.
    """
    raw = cipher.connect(path, raw_key, create=True)
    try:
        version = cipher.schema_version(raw)
        refuse_newer(version)
        if version == newest():
            return False
        if version and back_up is not None:
            back_up(version)
        _run(raw)
    except driver.Error as error:
        raise cipher.translated(error) or error from error
    finally:
        raw.close()
    return True


def _run(raw: cipher.Connection) -> None:
    """Run the migrations inside one transaction of ours, children kept (storage: Engine)."""
    from alembic import command
    from alembic.config import Config

    engine = create_engine("sqlite://", module=driver, creator=lambda: raw, poolclass=NullPool, hide_parameters=True)
    raw.execute("PRAGMA foreign_keys = OFF")
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            config = Config()
            config.set_main_option("script_location", str(SCRIPTS))
            config.set_main_option("path_separator", "os")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            _refuse_orphans(connection)
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            if raw.in_transaction:
                connection.exec_driver_sql("ROLLBACK")
            raise


def _refuse_orphans(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise Problem("db.migration_orphans", rows=len(broken))
