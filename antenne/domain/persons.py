"""A person with a file: member, child of a member, contact. Her number never changes (glossary)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum

from antenne.domain.births import UNKNOWN, Birth


class Status(Enum):
    """Where a person stands; computed from the facts, never typed (``domain.members.status``)."""

    CONTACT = "contact"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    LEFT = "left"
    DECEASED = "deceased"
    MINOR = "minor"
    ERASED = "erased"


class Purpose(Enum):
    """What she may consent to, purpose by purpose (forms: Consent)."""

    FILE = "file"
    PHOTO = "photo"
    STATISTICS = "statistics"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Phone:
    """One number and what may be done with it.

    Attributes:
        number: International form without spaces, ``+22376123456``.
        owner: Code of the list ``phone_owners`` (elle, partagé, proche, gérant).
        may_call: She agrees to be called; None = not asked.
        may_message: A message may be left; None = not asked.
    """

    number: str
    owner: str = "elle"
    may_call: bool | None = None
    may_message: bool | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """One consent, given and perhaps taken back.

    Attributes:
        purpose: What for.
        given_on: The day she agreed.
        how: Code of the list ``consent_ways`` (signature, empreinte, orale).
        witness: Name of the witness of an oral consent.
        withdrawn_on: The day she took it back, or None.
    """

    purpose: Purpose
    given_on: dt.date
    how: str
    witness: str = ""
    withdrawn_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """Her belonging to the association.

    Attributes:
        number: ``M-00931``, given at adhesion, never given again.
        joined_on: The day of adhesion.
        sponsor_id: The member who brought her, or None.
        exempt: She owes no due; a state of its own.
        suspended_on: Since when she is suspended, or None.
        left_on: The day she left, or None.
        left_reason: Code of the list ``exit_reasons``.
    """

    number: str
    joined_on: dt.date
    sponsor_id: int | None = None
    exempt: bool = False
    suspended_on: dt.date | None = None
    left_on: dt.date | None = None
    left_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Everything that the base keeps of one person.

    Attributes:
        id: Integer key, 0 before the first save.
        number: ``P-00001``.
        evident_adult: Words of the responsable on what « majeure évidente » rests, or empty.
        never_tell: Whom nothing may be told (relation), or empty.
        erased_on: The day her identity was erased, or None.
    """

    id: int = 0
    number: str = ""
    last_name: str
    first_name: str
    pseudonym: str = ""
    nicknames: tuple[str, ...] = ()
    birth: Birth = UNKNOWN
    birth_place: str = ""
    nationality: str = ""
    languages: tuple[str, ...] = ()
    phones: tuple[Phone, ...] = ()
    quarter: str = ""
    emergency_name: str = ""
    emergency_phone: str = ""
    emergency_knows: bool | None = None
    never_tell: str = ""
    recognition_question: str = ""
    mother_name: str = ""
    children_count: int | None = None
    schooling: str = ""
    literate: bool | None = None
    activity: str = ""
    displaced: bool | None = None
    displaced_from: str = ""
    displaced_on: dt.date | None = None
    id_type: str = ""
    id_number: str = ""
    id_expires_on: dt.date | None = None
    nina: str = ""
    evident_adult: str = ""
    died_on: dt.date | None = None
    erased_on: dt.date | None = None
    register_ref: str = ""
    membership: Membership | None = None
    consents: tuple[Consent, ...] = ()
    has_photo: bool = False
    updated_at: dt.datetime | None = None
    updated_by: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """What a list shows of one person; the phone is already masked."""

    id: int
    number: str
    member_number: str
    last_name: str
    first_name: str
    nicknames: tuple[str, ...]
    quarter: str
    masked_phone: str
    status: Status
    card_until: dt.date | None
    birth: Birth
    joined_on: dt.date | None
