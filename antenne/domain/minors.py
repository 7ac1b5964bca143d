"""A girl under 18 who is accompanied: listened to, referred, never a member (rules: People; forms: Listening session).

The responsable is told at once; LAKANA SO is told, or not yet and why, or the girl refuses and the responsable decides.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar, Final

from antenne.domain.births import UNKNOWN, Birth
from antenne.domain.births_rules import Majority, majority
from antenne.domain.listening import Lakana
from antenne.domain.protection import Written, counted_as
from antenne.domain.sealed_counts import Aliases, Counted
from antenne.domain.violations import Violation


class Decision(Enum):
    """What the responsable decides where the girl refuses."""

    RESPECTED = "respectee"
    OVERRIDDEN = "saisie_quand_meme"


@dataclass(frozen=True, slots=True, kw_only=True)
class LakanaDecision:
    """The responsable's decision, with her reason."""

    decision: Decision
    why: str
    by: int
    on: dt.date


class Return(Enum):
    """Dated outcomes that the report publishes."""

    FAMILY = "famille"
    SCHOOL = "ecole"


PUBLISHED_RETURNS: Final = {
    Return.FAMILY: "mineures.retours_en_famille",
    Return.SCHOOL: "mineures.retours_a_l_ecole",
}
"""Codes of the report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """She is back in her family, or at school.

    Attributes:
        what: Which.
        on: The day.
        where: Locality of the family; name of the school.
        school_class: Code of the list ``school_classes`` (SCHOOL), or empty.
    """

    what: Return
    on: dt.date
    where: str
    school_class: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minor(Written):
    """One accompanied minor.

    Attributes:
        number: « MA-2026-0003 », of the compartment only.
        code: Random.
        person_id: Her file where she has one as any child with a civil or school file.
        met_on: First met.
        met_by: Code of the list ``listening_ways`` (« sortie »…).
        outing_id: The sealed outing she was met at, 32 hex digits, or empty.
        session_id: The talk that her file was opened from, 32 hex digits, or empty.
        told_duty: She was told of any duty to report **before** she spoke.
        assent: Her own agreement.
        adult_agreed: The responsible adult's.
        best_interest: Why without the adult's agreement.
        lakana_on: The day LAKANA SO was told.
        lakana_why: Why not yet, or what she says.
    """

    KIND: ClassVar[str] = "minor"
    number: str
    code: str
    last_name: str = ""
    first_name: str = ""
    nickname: str = ""
    birth: Birth = UNKNOWN
    person_id: int | None = None
    met_on: dt.date
    met_by: str = ""
    outing_id: str = ""
    session_id: str = ""
    place: str = ""
    origin: str = ""
    lives_alone: bool | None = None
    adult: str = ""
    adult_link: str = ""
    separation: str = ""
    told_duty: bool
    assent: bool
    adult_agreed: bool | None = None
    best_interest: str = ""
    lakana: Lakana
    lakana_on: dt.date | None = None
    lakana_why: str = ""
    lakana_decision: LakanaDecision | None = None
    shelter: str = ""
    kit_on: dt.date | None = None
    housing: str = ""
    words: str = ""
    returns: tuple[Returned, ...] = ()

    def returned(self, what: Return) -> Returned | None:
        """The last return of that kind."""
        return max((one for one in self.returns if one.what is what), key=lambda one: one.on, default=None)

    def counted(self, aliases: Aliases) -> tuple[Counted, ...]:
        """What her file adds to the published counts: each return on its day."""
        who = counted_as(aliases, self.person_id, self.code)
        return tuple(Counted(PUBLISHED_RETURNS[one.what], one.on, who) for one in self.returns)

    @property
    def awaits_decision(self) -> bool:
        """She refuses and the responsable has not said."""
        return self.lakana is Lakana.REFUSED and self.lakana_decision is None


def check_minor(minor: Minor, today: dt.date, of_age: int = 18) -> tuple[Violation, ...]:
    """Whether her file may be kept.

    Returns:
        ``minor.adult``, ``minor.not_told`` (any duty to report before), ``minor.no_assent``,
        ``minor.no_agreement``, ``minor.lakana_day``, ``minor.lakana_why``.
    """
    found: list[Violation] = []
    if majority(minor.birth, minor.met_on, of_age) is Majority.ADULT:
        found.append(Violation("minor.adult", "birth"))
    if not minor.told_duty:
        found.append(Violation("minor.not_told", "told_duty"))
    if not minor.assent and not minor.best_interest:
        found.append(Violation("minor.no_assent", "assent"))
    if not minor.adult_agreed and not minor.best_interest:
        found.append(Violation("minor.no_agreement", "best_interest"))
    found += _check_lakana(minor, today)
    return tuple(found)


def _check_lakana(minor: Minor, today: dt.date) -> list[Violation]:
    if minor.lakana is Lakana.TOLD:
        known = minor.lakana_on is not None and minor.met_on <= minor.lakana_on <= today
        return [] if known else [Violation("minor.lakana_day", "lakana_on")]
    return [] if minor.lakana_why else [Violation("minor.lakana_why", "lakana_why")]


def check_return(minor: Minor, returned: Returned, today: dt.date) -> tuple[Violation, ...]:
    """A return lies between the first meeting and today and says where.

    Returns:
        ``minor.return_day``, ``minor.return_where``, ``minor.return_twice``.
    """
    found: list[Violation] = []
    if not minor.met_on <= returned.on <= today:
        found.append(Violation("minor.return_day", "on"))
    if not returned.where.strip():
        found.append(Violation("minor.return_where", "where"))
    if any(one.what is returned.what and one.on == returned.on for one in minor.returns):
        found.append(Violation("minor.return_twice", "on"))
    return tuple(found)


def check_decision(minor: Minor, decision: LakanaDecision, *, responsable: bool) -> tuple[Violation, ...]:
    """Only the responsable decides, only where the girl refuses, and says why.

    Returns:
        ``minor.responsable_decides``, ``minor.no_refusal``, ``minor.decision_why``.
    """
    found: list[Violation] = []
    if not responsable:
        found.append(Violation("minor.responsable_decides"))
    if minor.lakana is not Lakana.REFUSED:
        found.append(Violation("minor.no_refusal"))
    if not decision.why.strip():
        found.append(Violation("minor.decision_why", "why"))
    return tuple(found)
