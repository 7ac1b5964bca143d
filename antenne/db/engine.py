"""SQLAlchemy on the encrypted file: two pooled connections, explicit transactions, errors told apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError

from antenne.base.problems import Problem
from antenne.db import cipher

POOL = 2
"""One connection for the short lane, one for the long; each costs its cache."""

READ = "BEGIN"
WRITE = "BEGIN IMMEDIATE"


def open_engine(path: Path, raw_key: str) -> Engine:
    """The engine of one office. The key never stands in a URL or a log.

    Args:
        path: The encrypted database, already there.
        raw_key: 96 hex digits, from ``keys.cipher_key``.
    """
    creator: Callable[[], Any] = lambda: cipher.connect(path, raw_key)  # noqa: E731 - the pool wants a callable
    engine = create_engine(
        "sqlite://",
        module=driver,
        creator=creator,
        poolclass=QueuePool,
        pool_size=POOL,
        max_overflow=0,
        pool_timeout=30,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """Emit the transaction's own BEGIN: immediate for writers, plain and guarded for readers."""
    statement = connection.get_execution_options().get("antenne_begin", READ)
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if statement == WRITE else 'ON'}")
    connection.exec_driver_sql(statement)


def problem_behind(error: DBAPIError) -> Problem | None:
    """The problem of the machine behind a database error, or None when it is a bug."""
    return cipher.translated(error.orig) if error.orig is not None else None
