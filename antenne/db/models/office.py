"""The office, its users, settings, counters, drafts, audit, cash days, boxes, backups and sealed bodies."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from antenne.db.models.base import Base, IsoDate, UtcInstant


class OfficeModel(Base):
    """The single row of the office."""

    __tablename__ = "office"

    id: Mapped[int] = mapped_column(primary_key=True)
    db_id: Mapped[str] = mapped_column(Text)
    association: Mapped[str] = mapped_column(Text)
    motto: Mapped[str] = mapped_column(Text, default="")
    name: Mapped[str] = mapped_column(Text)
    town: Mapped[str] = mapped_column(Text)
    postal_box: Mapped[str] = mapped_column(Text, default="")
    phone: Mapped[str] = mapped_column(Text, default="")
    logo: Mapped[bytes | None] = mapped_column(LargeBinary)
    neutral_heading: Mapped[str] = mapped_column(Text, default="")
    headings: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    demo: Mapped[bool] = mapped_column(default=False)
    paper_key: Mapped[bytes] = mapped_column(LargeBinary)
    key_generation: Mapped[int] = mapped_column(default=1)
    key_digest: Mapped[str] = mapped_column(Text, default="")
    sealed_epoch: Mapped[int] = mapped_column(default=1)


class UserModel(Base):
    """Display only: rights come from the unwrapped key slot."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    slot_id: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    roles: Mapped[list[str]] = mapped_column(JSON, default=list)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    created_on: Mapped[dt.date] = mapped_column(IsoDate)
    left_on: Mapped[dt.date | None] = mapped_column(IsoDate)


class SettingModel(Base):
    """A setting's value from a day on."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    since: Mapped[dt.date] = mapped_column(IsoDate, primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


class ListEntryModel(Base):
    """One entry of a dated list."""

    __tablename__ = "list_entry"

    list_name: Mapped[str] = mapped_column(Text, primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    label: Mapped[str] = mapped_column(Text)
    since: Mapped[dt.date] = mapped_column(IsoDate)
    until: Mapped[dt.date | None] = mapped_column(IsoDate)
    position: Mapped[int]


class CounterModel(Base):
    """The last number given of a series without gaps."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[int]


class DraftModel(Base):
    """What she was typing, per form, record and user."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("form", "subject_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    form: Mapped[str] = mapped_column(Text)
    form_version: Mapped[int]
    subject_id: Mapped[int]
    user_id: Mapped[int]
    saved_at: Mapped[dt.datetime] = mapped_column(UtcInstant)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class AuditModel(Base):
    """One link of the audit chain; ids and a digest, no name."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[dt.datetime] = mapped_column(UtcInstant)
    actor_id: Mapped[int]
    action: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    subject_id: Mapped[int]
    request_id: Mapped[str | None] = mapped_column(Text, unique=True)
    digest: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(Text)


class AuditDetailModel(Base):
    """The old and new values of one audit row; erasable, the digest in the chain stays."""

    __tablename__ = "audit_detail"

    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), primary_key=True)
    subject: Mapped[str] = mapped_column(Text)
    subject_id: Mapped[int] = mapped_column(index=True)
    salt: Mapped[str] = mapped_column(Text)
    details: Mapped[str | None] = mapped_column(Text)


class BoxModel(Base):
    """Where money lies: caisse, banque, Orange Money, Moov, Wave, Sama."""

    __tablename__ = "box"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(Text, unique=True)
    label: Mapped[str] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(default=True)


class CashDayModel(Base):
    """One day of one box: opened, counted, closed."""

    __tablename__ = "cash_day"
    __table_args__ = (UniqueConstraint("box_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    box_id: Mapped[int] = mapped_column(ForeignKey("box.id"))
    day: Mapped[dt.date] = mapped_column(IsoDate, index=True)
    opened_at: Mapped[dt.datetime] = mapped_column(UtcInstant)
    opened_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    opening_amount: Mapped[int]
    closed_at: Mapped[dt.datetime | None] = mapped_column(UtcInstant)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    counted_amount: Mapped[int | None]
    gap_reason: Mapped[str] = mapped_column(Text, default="")


class BackupModel(Base):
    """A backup that was written and read back."""

    __tablename__ = "backup"

    id: Mapped[int] = mapped_column(primary_key=True)
    counter: Mapped[int] = mapped_column(unique=True)
    made_at: Mapped[dt.datetime] = mapped_column(UtcInstant, index=True)
    volume: Mapped[str] = mapped_column(Text)
    file_name: Mapped[str] = mapped_column(Text)
    size: Mapped[int]
    verified: Mapped[bool]


class KnownKeyModel(Base):
    """A USB key that the office uses, by volume serial and marker file."""

    __tablename__ = "known_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    volume_serial: Mapped[str] = mapped_column(Text)
    marker: Mapped[str] = mapped_column(Text, unique=True)
    label: Mapped[str] = mapped_column(Text)
    last_used_at: Mapped[dt.datetime | None] = mapped_column(UtcInstant)


class SealedModel(Base):
    """One sealed body; nothing in the base points to it."""

    __tablename__ = "sealed"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's own form

    id: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    epoch: Mapped[int]
    version: Mapped[int]
    body: Mapped[bytes] = mapped_column(LargeBinary)


class SealedCountModel(Base):
    """Published counts, rewritten in one batch at a right-holder's lock (storage: sealed_counts)."""

    __tablename__ = "sealed_count"

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator: Mapped[str] = mapped_column(Text)
    month: Mapped[str] = mapped_column(Text)
    previous_month: Mapped[str | None] = mapped_column(Text)
    cell: Mapped[str] = mapped_column(Text)
    persons: Mapped[int]
    sessions: Mapped[int]
