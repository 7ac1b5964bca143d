"""The declarative base and the column types: dates and instants as ISO text, money as integers."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from sqlalchemy import Dialect, MetaData, Table, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase


class IsoDate(TypeDecorator[dt.date]):
    """A calendar day as ``2026-11-23``."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dt.date | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - the library's signature
        """Day to text."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any | None, dialect: Dialect) -> dt.date | None:  # noqa: ARG002 - the library's signature
        """Text to day."""
        return None if value is None else dt.date.fromisoformat(value)


class UtcInstant(TypeDecorator[dt.datetime]):
    """An instant as ``2026-11-23T10:42:00Z``."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - the library's signature
        """Instant to text; a naive one is a bug."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive instant")
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def process_result_value(self, value: Any | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002 - the library's signature
        """Text to instant."""
        return None if value is None else dt.datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.UTC)


def table_of(model: type[Base]) -> Table:
    """The plain table of a class: a statement on it goes out without the ORM, which costs as much as the disk."""
    return cast("Table", model.__table__)


class Base(DeclarativeBase):
    """Mother of every table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
