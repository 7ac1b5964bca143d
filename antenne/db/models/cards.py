"""Issued member cards."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from antenne.db.models.base import Base, IsoDate, UtcInstant


class MemberCardModel(Base):
    """One card issued to one member."""

    __tablename__ = "member_card"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(Text)
    layout: Mapped[int]
    issued_on: Mapped[dt.date] = mapped_column(IsoDate)
    valid_until: Mapped[dt.date] = mapped_column(IsoDate, index=True)
    duplicate_no: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(Text, default="")
    printed_at: Mapped[dt.datetime | None] = mapped_column(UtcInstant)
    handed_on: Mapped[dt.date | None] = mapped_column(IsoDate)
    handed_how: Mapped[str] = mapped_column(Text, default="")
    lost_on: Mapped[dt.date | None] = mapped_column(IsoDate)
    lost_how: Mapped[str] = mapped_column(Text, default="")
    replaced_by: Mapped[int | None] = mapped_column(ForeignKey("member_card.id"))
    control: Mapped[str] = mapped_column(Text, index=True)
