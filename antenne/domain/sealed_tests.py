"""Short sealed kinds: HIV and IST tests, consultations, carnets, legal and material aid, attendance, outings.

The two answers of a test have codes of one length, and every body is padded: from outside nothing tells them apart
(storage: The confidential compartment). Of a consultation no finding is kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar, Final

from antenne.domain.births import UNKNOWN, Birth
from antenne.domain.births_rules import age_on
from antenne.domain.protection import Written, counted_as
from antenne.domain.sealed_counts import Aliases, Counted
from antenne.domain.violations import Violation

TESTED: Final = "sante.tests_vih_femmes"
RETURNED: Final = "returned"
"""The cell of those who were given their result (rules: How the report words)."""
WOMEN_MET: Final = "activites.adhesions_femmes_par_sorties"
MINORS_MET: Final = "activites.adhesions_mineures_par_sorties"


class Result(Enum):
    """Of a test; every code has seven letters."""

    POSITIVE = "positif"
    NEGATIVE = "negatif"
    UNCLEAR = "inconnu"


@dataclass(frozen=True, slots=True, kw_only=True)
class ForOne(Written):
    """A record about one person: her file, or a code where she gave no name.

    Attributes:
        on: The day.
        person_id: Her file, or None.
        code: Random where she has no file, else empty.
        session_id: The talk it belongs to, 32 hex digits, or empty.
    """

    on: dt.date
    person_id: int | None = None
    code: str = ""
    session_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HivTest(ForOne):
    """One HIV test; « personnes dépistées » counts who was tested, and on a second line who got her result.

    Attributes:
        birth: For the age bands, where she has no file.
        returned_on: She was given her result.
        linked_on: She was linked to care.
        result_agreed: The donor asks for it and she agreed that it be kept.
        result: Only where she agreed.
    """

    KIND: ClassVar[str] = "hiv_test"
    birth: Birth = UNKNOWN
    place: str = ""
    returned_on: dt.date | None = None
    linked_on: dt.date | None = None
    result_agreed: bool = False
    result: Result | None = None

    def counted(self, aliases: Aliases) -> tuple[Counted, ...]:
        """« Personnes dépistées », and those who were given their result as a part of it."""
        who = counted_as(aliases, self.person_id, self.code)
        tested = Counted(TESTED, self.on, who)
        return (tested,) if self.returned_on is None else (tested, Counted(TESTED, self.on, who, RETURNED))


@dataclass(frozen=True, slots=True, kw_only=True)
class StiTest(ForOne):
    """One IST test or diagnosis, and its treatment."""

    KIND: ClassVar[str] = "sti_test"
    birth: Birth = UNKNOWN
    place: str = ""
    result_agreed: bool = False
    result: Result | None = None
    treated_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation(ForOne):
    """One visit to a centre; no finding.

    Attributes:
        centre: Name in the directory of partners, or as told.
        monthly: The monthly visit, else as needed.
        paid_by: Code of the list ``care_payers``.
        booklet_stamped: The carnet de santé was stamped.
    """

    KIND: ClassVar[str] = "consultation"
    centre: str
    monthly: bool
    paid_by: str
    booklet_stamped: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthBooklet(ForOne):
    """A carnet de santé, handed over on ``on``, renewed later."""

    KIND: ClassVar[str] = "health_booklet"
    renewed_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AidStep:
    """One step of legal aid."""

    on: dt.date
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalAid(ForOne):
    """Legal help: its object, its steps, its end."""

    KIND: ClassVar[str] = "legal_aid"
    matter: str
    structure: str = ""
    steps: tuple[AidStep, ...] = ()
    outcome: str = ""
    closed_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialAid(ForOne):
    """Something given; its worth in FCFA, how she signed."""

    KIND: ClassVar[str] = "material_aid"
    nature: str
    worth: int | None = None
    signed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """One woman of a list: her file, or only that she is a minor."""

    person_id: int | None = None
    minor_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance(Written):
    """Who came to an activity, by name, where a list is kept; contacts are counted with the activity itself."""

    KIND: ClassVar[str] = "attendance"
    on: dt.date
    activity: str
    place: str = ""
    present: tuple[Attended, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outing(Written):
    """The outing that a member or a minor came from.

    Attributes:
        on: The day of the outing.
        places: In words.
        women: Ids of the files of the women who joined from it, not necessarily that day.
        minors: Sealed ids of the minors accompanied from it.
    """

    KIND: ClassVar[str] = "outing"
    on: dt.date
    places: str
    women: tuple[int, ...] = ()
    minors: tuple[str, ...] = ()

    def counted(self, aliases: Aliases) -> tuple[Counted, ...]:
        """« À partir de ces sorties »: those who joined or are accompanied, on the day of the outing."""
        women = [Counted(WOMEN_MET, self.on, counted_as(aliases, woman, "")) for woman in self.women]
        return (*women, *(Counted(MINORS_MET, self.on, aliases.of(f"minor:{one}")) for one in self.minors))


BANDS: Final = (
    (0, "<1"),
    (4, "1-4"),
    (9, "5-9"),
    (14, "10-14"),
    (19, "15-19"),
    (24, "20-24"),
    (29, "25-29"),
    (34, "30-34"),
    (39, "35-39"),
    (44, "40-44"),
    (49, "45-49"),
)
OLDER: Final = "50+"
UNKNOWN_BAND: Final = "inconnu"


def age_band(birth: Birth, on: dt.date) -> str:
    """The band of her age on the day of the test (rules: HIV)."""
    found = age_on(birth, on)
    if found is None:
        return UNKNOWN_BAND
    return next((name for last, name in BANDS if found.years <= last), OLDER)


def check_test(test: HivTest | StiTest, today: dt.date) -> tuple[Violation, ...]:
    """Rules of a test.

    Returns:
        ``test.result_not_agreed``, ``test.returned_before``, ``test.linked_before``, ``test.treated_before``,
        ``test.future``.
    """
    found: list[Violation] = []
    if test.result is not None and not test.result_agreed:
        found.append(Violation("test.result_not_agreed", "result"))
    days: tuple[tuple[str, dt.date | None], ...]
    if isinstance(test, HivTest):
        days = (("returned", test.returned_on), ("linked", test.linked_on))
    else:
        days = (("treated", test.treated_on),)
    for name, day in days:
        if day is not None and day < test.on:
            found.append(Violation(f"test.{name}_before", f"{name}_on"))
        elif day is not None and day > today:
            found.append(Violation("test.future", f"{name}_on"))
    return tuple(found)


def check_days(record: HealthBooklet | LegalAid) -> tuple[Violation, ...]:
    """What follows does not come before what it follows: ``aid.before``."""
    if isinstance(record, HealthBooklet):
        early = record.renewed_on is not None and record.renewed_on <= record.on
        return (Violation("aid.before", "renewed_on"),) if early else ()
    found = [
        Violation("aid.before", f"steps[{row}].on") for row, step in enumerate(record.steps) if step.on < record.on
    ]
    if record.closed_on is not None and record.closed_on < record.on:
        found.append(Violation("aid.before", "closed_on"))
    return tuple(found)


def check_attendance(attendance: Attendance) -> tuple[Violation, ...]:
    """Somebody came, nobody twice: ``attendance.nobody``, ``attendance.twice``."""
    if not attendance.present:
        return (Violation("attendance.nobody", "present"),)
    known: set[tuple[int | None, str]] = set()
    found = []
    for row, one in enumerate(attendance.present):
        key = (one.person_id, one.minor_id)
        if key in known:
            found.append(Violation("attendance.twice", f"present[{row}].person_id"))
        known.add(key)
    return tuple(found)


def check_outing(outing: Outing, minors_among: Collection[int], met_before: Collection[int]) -> tuple[Violation, ...]:
    """Women of 18 or more, each met at one outing only.

    Args:
        outing: As typed.
        minors_among: Which of its women are minors by their file: they are accompanied, they do not join.
        met_before: Women already of another outing.

    Returns:
        ``outing.nobody``, ``outing.minor``, ``outing.twice``.
    """
    if not outing.women and not outing.minors:
        return (Violation("outing.nobody", "women"),)
    found: list[Violation] = []
    for row, woman in enumerate(outing.women):
        if woman in minors_among:
            found.append(Violation("outing.minor", f"women[{row}].person_id"))
        if woman in met_before or woman in outing.women[:row]:
            found.append(Violation("outing.twice", f"women[{row}].person_id"))
    return tuple(found)
