"""Démarches, civil files, their events, pieces, fees, scans and trips."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from antenne.db.models.base import Base, IsoDate, UtcInstant


class CivilRouteModel(Base):
    """One version of one démarche; a file keeps the version it began with."""

    __tablename__ = "civil_route"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    since: Mapped[dt.date] = mapped_column(IsoDate)
    until: Mapped[dt.date | None] = mapped_column(IsoDate)
    position: Mapped[int]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class CivilFileModel(Base):
    """One file; the last columns are folded from its events, so that lists and boards need not read them."""

    __tablename__ = "civil_file"
    __table_args__ = (
        Index("ix_civil_file_step", "closed", "step", "last_on"),
        Index("ix_civil_file_received_on", "received_on"),
        Index("ix_civil_file_hearing_on", "hearing_on"),
        Index("ix_civil_file_child", "child_norm", "birth_value"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(Text, unique=True)
    route_key: Mapped[str] = mapped_column(Text)
    route_version: Mapped[int]
    opened_on: Mapped[dt.date] = mapped_column(IsoDate, index=True)
    requester_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    beneficiary: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    last_name: Mapped[str] = mapped_column(Text)
    first_name: Mapped[str] = mapped_column(Text)
    child_norm: Mapped[str] = mapped_column(Text)
    sex: Mapped[str | None] = mapped_column(Text)
    birth_precision: Mapped[str] = mapped_column(Text)
    birth_value: Mapped[dt.date | None] = mapped_column(IsoDate)
    birth_age: Mapped[int | None]
    birth_declared_on: Mapped[dt.date | None] = mapped_column(IsoDate)
    birth_event: Mapped[str] = mapped_column(Text)
    birth_place: Mapped[str] = mapped_column(Text)
    twin: Mapped[bool | None]
    born_at_home: Mapped[bool | None]
    attended_by: Mapped[str] = mapped_column(Text)
    mother_name: Mapped[str] = mapped_column(Text)
    mother_has_act: Mapped[bool | None]
    foreign_mother: Mapped[bool | None]
    orphan: Mapped[bool | None]
    in_wedlock: Mapped[bool | None]
    father: Mapped[str | None] = mapped_column(Text)
    father_name: Mapped[str] = mapped_column(Text)
    recognised: Mapped[bool | None]
    declarant: Mapped[str] = mapped_column(Text)
    declarant_link: Mapped[str] = mapped_column(Text)
    declarant_paper: Mapped[str] = mapped_column(Text)
    declarant_phone: Mapped[str] = mapped_column(Text)
    witnesses: Mapped[str] = mapped_column(Text)
    late_reason: Mapped[str] = mapped_column(Text)
    school_class: Mapped[str] = mapped_column(Text, index=True)
    school: Mapped[str] = mapped_column(Text)
    has_act: Mapped[bool | None]
    nina: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    register_ref: Mapped[str] = mapped_column(Text)
    step: Mapped[str] = mapped_column(Text)
    since: Mapped[dt.date] = mapped_column(IsoDate)
    last_on: Mapped[dt.date] = mapped_column(IsoDate)
    hearing_on: Mapped[dt.date | None] = mapped_column(IsoDate)
    deliberating: Mapped[bool]
    blocked_since: Mapped[dt.date | None] = mapped_column(IsoDate)
    remind_on: Mapped[dt.date | None] = mapped_column(IsoDate)
    received_on: Mapped[dt.date | None] = mapped_column(IsoDate)
    handed_on: Mapped[dt.date | None] = mapped_column(IsoDate)
    closed: Mapped[bool]
    reopened_on: Mapped[dt.date | None] = mapped_column(IsoDate)


class CivilEventModel(Base):
    """One line of a file's journal."""

    __tablename__ = "civil_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("civil_file.id"), index=True)
    kind: Mapped[str] = mapped_column(Text)
    on: Mapped[dt.date] = mapped_column(IsoDate)
    written_at: Mapped[dt.datetime] = mapped_column(UtcInstant)
    actor_id: Mapped[int]
    step: Mapped[str | None] = mapped_column(Text)
    until: Mapped[dt.date | None] = mapped_column(IsoDate)
    place: Mapped[str] = mapped_column(Text)
    number: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    to_whom: Mapped[str] = mapped_column(Text)
    how: Mapped[str] = mapped_column(Text)
    left_key: Mapped[str] = mapped_column(Text)
    left_version: Mapped[int]


class CivilPieceModel(Base):
    """One piece of a file's checklist."""

    __tablename__ = "civil_piece"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("civil_file.id"), index=True)
    position: Mapped[int]
    code: Mapped[str] = mapped_column(Text)
    label: Mapped[str] = mapped_column(Text)
    required: Mapped[bool]
    alternative: Mapped[str] = mapped_column(Text)
    received_on: Mapped[dt.date | None] = mapped_column(IsoDate)
    original: Mapped[bool]
    returned_on: Mapped[dt.date | None] = mapped_column(IsoDate)
    returned_to: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    paper: Mapped[bool]


class CivilScanModel(Base):
    """One scanned page, in a table of its own so that no list ever reads it."""

    __tablename__ = "civil_scan"

    id: Mapped[int] = mapped_column(primary_key=True)
    piece_id: Mapped[int] = mapped_column(ForeignKey("civil_piece.id"), index=True)
    added_on: Mapped[dt.date] = mapped_column(IsoDate)
    jpeg: Mapped[bytes] = mapped_column(LargeBinary)


class CivilFeeModel(Base):
    """One fee of a file."""

    __tablename__ = "civil_fee"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("civil_file.id"), index=True)
    label: Mapped[str] = mapped_column(Text)
    amount: Mapped[int]
    payer: Mapped[str] = mapped_column(Text)
    on: Mapped[dt.date] = mapped_column(IsoDate)
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("receipt.id"), index=True)
    expense_id: Mapped[int | None] = mapped_column(ForeignKey("expense.id"), index=True)
    cancelled: Mapped[bool]


class CivilTripModel(Base):
    """One trip to a court, a town hall or an audience foraine."""

    __tablename__ = "civil_trip"

    id: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[dt.date] = mapped_column(IsoDate, index=True)
    place: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    made_by: Mapped[int]
    closed_on: Mapped[dt.date | None] = mapped_column(IsoDate)


class CivilTripFileModel(Base):
    """One file of a trip, with what came of it."""

    __tablename__ = "civil_trip_file"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's own form

    trip_id: Mapped[int] = mapped_column(ForeignKey("civil_trip.id"), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("civil_file.id"), primary_key=True)
    position: Mapped[int]
    event_id: Mapped[int | None] = mapped_column(ForeignKey("civil_event.id"))
