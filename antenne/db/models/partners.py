"""Partner structures and their conventions: a public directory, nothing of any woman."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from antenne.db.models.base import Base, IsoDate


class PartnerModel(Base):
    """One structure."""

    __tablename__ = "partner"

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(Text, unique=True)
    kind: Mapped[str] = mapped_column(Text)
    services: Mapped[list[str]] = mapped_column(JSON)
    place: Mapped[str] = mapped_column(Text)
    phone: Mapped[str] = mapped_column(Text)
    hours: Mapped[str] = mapped_column(Text)
    minutes: Mapped[int | None]
    closed_on: Mapped[dt.date | None] = mapped_column(IsoDate)


class PartnerConventionModel(Base):
    """One agreement with a structure."""

    __tablename__ = "partner_convention"

    partner_id: Mapped[int] = mapped_column(ForeignKey("partner.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    starts_on: Mapped[dt.date] = mapped_column(IsoDate)
    ends_on: Mapped[dt.date | None] = mapped_column(IsoDate)
    reference: Mapped[str] = mapped_column(Text)
