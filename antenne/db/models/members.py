"""Persons, their phones, consents, adhesion and photo."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from antenne.db.models.base import Base, IsoDate, UtcInstant


class PersonModel(Base):
    """One person; her number never changes."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(Text, unique=True)
    last_name: Mapped[str] = mapped_column(Text)
    first_name: Mapped[str] = mapped_column(Text)
    name_norm: Mapped[str] = mapped_column(Text, index=True)
    search_text: Mapped[str] = mapped_column(Text)
    pseudonym: Mapped[str] = mapped_column(Text, default="")
    nicknames: Mapped[list[str]] = mapped_column(JSON, default=list)
    birth_precision: Mapped[str] = mapped_column(Text)
    birth_value: Mapped[dt.date | None] = mapped_column(IsoDate)
    birth_age: Mapped[int | None]
    birth_declared_on: Mapped[dt.date | None] = mapped_column(IsoDate)
    birth_event: Mapped[str] = mapped_column(Text, default="")
    birth_place: Mapped[str] = mapped_column(Text, default="")
    nationality: Mapped[str] = mapped_column(Text, default="")
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    quarter: Mapped[str] = mapped_column(Text, default="")
    emergency_name: Mapped[str] = mapped_column(Text, default="")
    emergency_phone: Mapped[str] = mapped_column(Text, default="")
    emergency_knows: Mapped[bool | None]
    never_tell: Mapped[str] = mapped_column(Text, default="")
    recognition_question: Mapped[str] = mapped_column(Text, default="")
    mother_name: Mapped[str] = mapped_column(Text, default="")
    children_count: Mapped[int | None]
    schooling: Mapped[str] = mapped_column(Text, default="")
    literate: Mapped[bool | None]
    activity: Mapped[str] = mapped_column(Text, default="")
    displaced: Mapped[bool | None]
    displaced_from: Mapped[str] = mapped_column(Text, default="")
    displaced_on: Mapped[dt.date | None] = mapped_column(IsoDate)
    id_type: Mapped[str] = mapped_column(Text, default="")
    id_number: Mapped[str] = mapped_column(Text, default="")
    id_expires_on: Mapped[dt.date | None] = mapped_column(IsoDate)
    nina: Mapped[str] = mapped_column(Text, default="")
    evident_adult: Mapped[str] = mapped_column(Text, default="")
    register_ref: Mapped[str] = mapped_column(Text, default="")
    died_on: Mapped[dt.date | None] = mapped_column(IsoDate)
    erased_on: Mapped[dt.date | None] = mapped_column(IsoDate)
    updated_at: Mapped[dt.datetime] = mapped_column(UtcInstant)
    updated_by: Mapped[int] = mapped_column(default=0)

    phones: Mapped[list[PhoneModel]] = relationship(
        cascade="all, delete-orphan", order_by="PhoneModel.position", lazy="selectin"
    )
    consents: Mapped[list[ConsentModel]] = relationship(
        cascade="all, delete-orphan", order_by="ConsentModel.id", lazy="selectin"
    )
    membership: Mapped[MembershipModel | None] = relationship(
        cascade="all, delete-orphan", lazy="joined", foreign_keys="MembershipModel.person_id"
    )


class PhoneModel(Base):
    """One phone number of one person, in the order she gave them."""

    __tablename__ = "person_phone"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    number: Mapped[str] = mapped_column(Text, index=True)
    owner: Mapped[str] = mapped_column(Text)
    may_call: Mapped[bool | None]
    may_message: Mapped[bool | None]


class ConsentModel(Base):
    """One consent, for one purpose."""

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(Text)
    given_on: Mapped[dt.date] = mapped_column(IsoDate)
    how: Mapped[str] = mapped_column(Text)
    witness: Mapped[str] = mapped_column(Text, default="")
    withdrawn_on: Mapped[dt.date | None] = mapped_column(IsoDate)


class MembershipModel(Base):
    """The adhesion of one person."""

    __tablename__ = "membership"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[str] = mapped_column(Text, unique=True)
    joined_on: Mapped[dt.date] = mapped_column(IsoDate, index=True)
    sponsor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    exempt: Mapped[bool] = mapped_column(default=False)
    suspended_on: Mapped[dt.date | None] = mapped_column(IsoDate)
    left_on: Mapped[dt.date | None] = mapped_column(IsoDate)
    left_reason: Mapped[str] = mapped_column(Text, default="")


class PhotoModel(Base):
    """Her photo, inside the encrypted file: one transaction, no orphan."""

    __tablename__ = "photo"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    jpeg: Mapped[bytes] = mapped_column(LargeBinary)
    taken_on: Mapped[dt.date] = mapped_column(IsoDate)
