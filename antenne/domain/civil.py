"""A civil file: what was asked, for whom, every event until the paper is in her hands (forms: Civil registration)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum

from antenne.domain.births import UNKNOWN, Birth
from antenne.domain.civil_routes import Beneficiary, Situation, Step

__all__ = [
    "Beneficiary",
    "CivilEvent",
    "CivilFee",
    "CivilFile",
    "CivilPiece",
    "EventKind",
    "Father",
    "Payer",
    "Sex",
]


class Sex(Enum):
    """As the act writes it."""

    FEMALE = "female"
    MALE = "male"


class Father(Enum):
    """What is said of the father; nobody is asked more."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    UNDECLARED = "undeclared"


class Payer(Enum):
    """Who bears a fee."""

    SHE = "she"
    PROJECT = "project"
    FREE = "free"


class EventKind(Enum):
    """What is written in a file's journal; nothing of it is ever changed."""

    STEP = "step"
    HEARING_SET = "hearing_set"
    POSTPONED = "postponed"
    DELIBERATION = "deliberation"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    NEXT_ACTION = "next_action"
    NOTE = "note"
    REOPENED = "reopened"
    REROUTED = "rerouted"
    TAKEN_BACK = "taken_back"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class CivilEvent:
    """One line of the journal.

    Attributes:
        on: When it happened.
        written_at: When it was keyed.
        step: The step reached (STEP), or where it goes back to (REOPENED, TAKEN_BACK).
        until: The next day that counts: hearing, deliberation, reminder.
        place: Court, town hall… (code of a list, or free words).
        number: Of the filing, the judgment, the register.
        words: Reason, next action, note.
        to_whom: Who received the paper, and with what piece (HANDED).
        how: ``signature`` or ``empreinte`` with the finger (HANDED).
        left_key: With ``left_version``, the démarche that was left (REROUTED); empty and 0 else.
    """

    id: int = 0
    kind: EventKind
    on: dt.date
    written_at: dt.datetime
    actor_id: int
    step: Step | None = None
    until: dt.date | None = None
    place: str = ""
    number: str = ""
    words: str = ""
    to_whom: str = ""
    how: str = ""
    left_key: str = ""
    left_version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CivilPiece:
    """One piece of a file.

    Attributes:
        code: Of the route's rule; empty for one added by hand.
        required: On the checklist; one that is no longer asked for stays, not required.
        paper: A paper that is left at the office; witnesses are persons, who came or did not.
        received_on: When it was left at the office.
        original: The original lies here, else a copy.
        returned_on: When it was given back.
        returned_to: To whom.
        note: « demandé à Tombouctou le 20/10 ».
        scans: How many pages are stored.
    """

    id: int = 0
    code: str = ""
    label: str
    required: bool = True
    paper: bool = True
    alternative: str = ""
    received_on: dt.date | None = None
    original: bool = True
    returned_on: dt.date | None = None
    returned_to: str = ""
    note: str = ""
    scans: int = 0

    @property
    def came(self) -> bool:
        """It came and was not given back."""
        return self.received_on is not None and self.returned_on is None

    @property
    def is_here(self) -> bool:
        """The original or copy lies at the office."""
        return self.paper and self.came


@dataclass(frozen=True, slots=True, kw_only=True)
class CivilFee:
    """One fee of a file; what she pays goes through the basket, what the project pays through an expense."""

    id: int = 0
    label: str
    amount: int
    payer: Payer
    on: dt.date
    receipt_id: int | None = None
    expense_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CivilFile:
    """One file.

    Attributes:
        number: « N-2026-0149 ».
        requester_id: The woman who asked.
        beneficiary: Whose paper it is.
        person_id: The person whose paper it is, when she has a file of her own (herself).
        last_name: Of the one whose paper it is.
        school_class: Code of the list ``school_classes``, for children who need the act for an exam.
        has_act: The one whose paper it is has an act already (identity card).
        late_reason: Why a birth was not declared in time.
        route_key: With ``route_version``, the démarche as it was when the file began.
        place: Court or town hall that it goes to (code of ``civil_places``, or free words).
    """

    id: int = 0
    number: str = ""
    route_key: str
    route_version: int
    opened_on: dt.date
    requester_id: int
    beneficiary: Beneficiary
    person_id: int | None = None
    last_name: str = ""
    first_name: str = ""
    sex: Sex | None = None
    birth: Birth = UNKNOWN
    birth_place: str = ""
    twin: bool | None = None
    born_at_home: bool | None = None
    attended_by: str = ""
    mother_name: str = ""
    mother_has_act: bool | None = None
    foreign_mother: bool | None = None
    orphan: bool | None = None
    in_wedlock: bool | None = None
    father: Father | None = None
    father_name: str = ""
    recognised: bool | None = None
    declarant: str = ""
    declarant_link: str = ""
    declarant_paper: str = ""
    declarant_phone: str = ""
    witnesses: str = ""
    late_reason: str = ""
    school_class: str = ""
    school: str = ""
    has_act: bool | None = None
    nina: str = ""
    place: str = ""
    register_ref: str = ""

    def situation(self) -> Situation:
        """The answers that its pieces depend on."""
        return Situation(
            mother_has_act=self.mother_has_act,
            in_wedlock=self.in_wedlock,
            recognised=self.recognised,
            orphan=self.orphan,
            foreign_mother=self.foreign_mother,
            twin=self.twin,
            born_at_home=self.born_at_home,
            has_act=self.has_act,
            minor=self.beneficiary is Beneficiary.MINOR,
        )
