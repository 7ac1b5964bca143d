"""Every kind of sealed record, in one place: what a body can be is read here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final, Protocol, runtime_checkable

from antenne.domain.alerts import ColleagueAlert, Notice
from antenne.domain.deposits import Deposit
from antenne.domain.gbvims import SentIncidents
from antenne.domain.her_rights import Erasure, ErasureRequest, Withdrawal
from antenne.domain.her_rights_erasing import CountResidue
from antenne.domain.incidents import Incident
from antenne.domain.listening import CodeTie, ListeningSession, Trace
from antenne.domain.minors import Minor
from antenne.domain.protection_trends import SentCrossing
from antenne.domain.retention import RetentionDecision
from antenne.domain.sealed_codec import Sealed
from antenne.domain.sealed_counts import Aliases, Counted
from antenne.domain.sealed_tests import (
    Attendance,
    Consultation,
    HealthBooklet,
    HivTest,
    LegalAid,
    MaterialAid,
    Outing,
    StiTest,
)
from antenne.domain.stories import ChangeStory


@runtime_checkable
class Counting(Protocol):
    """A kind that stands behind published figures."""

    def counted(self, aliases: Aliases) -> tuple[Counted, ...]:
        """What it adds to them."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedDraft:
    """What she was typing in a sealed form.

    Attributes:
        subject: Sealed id, in hex, of the record; empty for a new one.
        body: What the form view gives as raw answers, JSON values only.
    """

    KIND: ClassVar[str] = "draft"

    form: str
    form_version: int
    subject: str
    user_id: int
    saved_at: dt.datetime
    body: Any = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of one record."""

    at: dt.datetime
    user_id: int
    user: str
    record: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPage:
    """A page of the reading log; it is full after :data:`READINGS_A_PAGE` lines."""

    KIND: ClassVar[str] = "readings"

    lines: tuple[Reading, ...]


READINGS_A_PAGE: Final = 24
"""What fits the smallest size of a body, with names of ordinary length."""

KINDS: Final[Mapping[str, type[Sealed]]] = {
    one.KIND: one
    for one in (
        ListeningSession, CodeTie, Deposit, SealedDraft, ReadingPage, Trace,
        Incident, Minor, Notice, ColleagueAlert, SentCrossing, SentIncidents, ChangeStory,
        HivTest, StiTest, Consultation, HealthBooklet, LegalAid, MaterialAid, Attendance, Outing,
        ErasureRequest, Erasure, Withdrawal, CountResidue, RetentionDecision,
    )
}  # fmt: skip
"""Kind in the body → its record. A kind that is counted has ``counted(aliases) -> tuple[Counted, ...]``."""


def counts(kind: type[Sealed]) -> bool:
    """Whether records of this kind stand behind published figures."""
    return hasattr(kind, "counted")


def counted_of(records: Iterable[Sealed], aliases: Aliases) -> tuple[Counted, ...]:
    """What these records add to the published counts."""
    return tuple(one for record in records if isinstance(record, Counting) for one in record.counted(aliases))
