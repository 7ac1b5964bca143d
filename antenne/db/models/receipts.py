"""Receipts, their lines, and the stubs to be keyed again after a restore."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from antenne.db.models.base import Base, IsoDate, UtcInstant


class ReceiptModel(Base):
    """One receipt; number and entry are given in the same transaction."""

    __tablename__ = "receipt"
    __table_args__ = (UniqueConstraint("series", "year", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series: Mapped[str] = mapped_column(Text)
    year: Mapped[int]
    number: Mapped[int]
    day: Mapped[dt.date] = mapped_column(IsoDate, index=True)
    issued_at: Mapped[dt.datetime] = mapped_column(UtcInstant)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), unique=True)
    cash_day_id: Mapped[int] = mapped_column(ForeignKey("cash_day.id"), index=True)
    box_id: Mapped[int] = mapped_column(ForeignKey("box.id"))
    actor_id: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    payer: Mapped[str] = mapped_column(Text)
    total: Mapped[int]
    handed: Mapped[int]
    change_given: Mapped[int]
    change_due: Mapped[int]
    reference: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    control: Mapped[str] = mapped_column(Text, index=True)
    printed_at: Mapped[dt.datetime | None] = mapped_column(UtcInstant)
    copies: Mapped[int] = mapped_column(default=0)
    cancelled_on: Mapped[dt.date | None] = mapped_column(IsoDate)
    cancelled_reason: Mapped[str] = mapped_column(Text, default="")
    cancelled_by: Mapped[int | None] = mapped_column(ForeignKey("entry.id"))
    replaced_by: Mapped[int | None] = mapped_column(ForeignKey("receipt.id"))
    cashier: Mapped[str] = mapped_column(Text)


class ReceiptLineModel(Base):
    """One line of a receipt."""

    __tablename__ = "receipt_line"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's own form

    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipt.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    label: Mapped[str] = mapped_column(Text)
    amount: Mapped[int]
    subject_id: Mapped[int | None]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    budget_line_id: Mapped[int | None] = mapped_column(ForeignKey("budget_line.id"))


class StubRangeModel(Base):
    """Numbers given by another branch of the base before a restore: « Reprise des souches »."""

    __tablename__ = "stub_range"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    first: Mapped[int]
    last: Mapped[int]
    opened_at: Mapped[dt.datetime] = mapped_column(UtcInstant)


class DueModel(Base):
    """What one member owes for one period; never deleted, only cancelled."""

    __tablename__ = "due"
    __table_args__ = (
        UniqueConstraint("person_id", "kind", "period_start"),
        Index(
            "ix_due_open",
            *("person_id", "due_on", "amount", "paid", "kind", "period_start"),
            sqlite_where=text("cancelled_on IS NULL AND exempt = 0 AND paid < amount"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(Text)
    period_start: Mapped[dt.date] = mapped_column(IsoDate)
    period_end: Mapped[dt.date] = mapped_column(IsoDate)
    due_on: Mapped[dt.date] = mapped_column(IsoDate, index=True)
    amount: Mapped[int]
    exempt: Mapped[bool] = mapped_column(default=False)
    exempt_reason: Mapped[str] = mapped_column(Text, default="")
    paid: Mapped[int] = mapped_column(default=0)
    cancelled_on: Mapped[dt.date | None] = mapped_column(IsoDate)
    cancelled_reason: Mapped[str] = mapped_column(Text, default="")


class SubscriptionModel(Base):
    """From when to when a member owes one kind of due, and whether she is exempt from it."""

    __tablename__ = "subscription"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's own form

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    since: Mapped[dt.date] = mapped_column(IsoDate, primary_key=True)
    until: Mapped[dt.date | None] = mapped_column(IsoDate)
    exempt: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")


class CardSaleModel(Base):
    """A card that was paid: the card itself when it was already issued."""

    __tablename__ = "card_sale"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    card_id: Mapped[int | None] = mapped_column(ForeignKey("member_card.id"), index=True)
    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipt.id"), index=True)
    sold_on: Mapped[dt.date] = mapped_column(IsoDate)
    price: Mapped[int]
    cancelled: Mapped[bool] = mapped_column(default=False)
