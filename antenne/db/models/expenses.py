"""Money out: expense vouchers, advances and what justifies them, transfers between boxes."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from antenne.db.models.base import Base, IsoDate, UtcInstant


class ExpenseModel(Base):
    """One « pièce de dépense »: expense, indemnity, advance, justification, money returned, transfer."""

    __tablename__ = "expense"
    __table_args__ = (UniqueConstraint("year", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(Text)
    day: Mapped[dt.date] = mapped_column(IsoDate, index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), unique=True)
    cash_day_id: Mapped[int] = mapped_column(ForeignKey("cash_day.id"), index=True)
    box_id: Mapped[int] = mapped_column(ForeignKey("box.id"))
    to_box_id: Mapped[int | None] = mapped_column(ForeignKey("box.id"))
    actor_id: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    beneficiary: Mapped[str] = mapped_column(Text)
    purpose: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    amount: Mapped[int]
    budget_line_id: Mapped[int | None] = mapped_column(ForeignKey("budget_line.id"), index=True)
    document: Mapped[str] = mapped_column(Text)
    document_ref: Mapped[str] = mapped_column(Text)
    advance_id: Mapped[int | None] = mapped_column(ForeignKey("expense.id"), index=True)
    justify_by: Mapped[dt.date | None] = mapped_column(IsoDate)
    printed_at: Mapped[dt.datetime | None] = mapped_column(UtcInstant)
    copies: Mapped[int] = mapped_column(default=0)
    cancelled_on: Mapped[dt.date | None] = mapped_column(IsoDate)
    cancelled_reason: Mapped[str] = mapped_column(Text, default="")
    cancelled_by: Mapped[int | None] = mapped_column(ForeignKey("entry.id"))
    cashier: Mapped[str] = mapped_column(Text)


class DocumentScanModel(Base):
    """The picture of a supporting document, inside the encrypted file."""

    __tablename__ = "document_scan"

    expense_id: Mapped[int] = mapped_column(ForeignKey("expense.id"), primary_key=True)
    added_on: Mapped[dt.date] = mapped_column(IsoDate)
    jpeg: Mapped[bytes] = mapped_column(LargeBinary)
