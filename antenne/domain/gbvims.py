"""Incidents one by one, for a recipient who works with GBVIMS: which may leave, in which columns, and how coarse.

The columns, their order and the words of the answers are those of the GBVIMS Incident Recorder, sheet « Incident Data »
(public sources: GBVIMS user guide, chapter « Incident Recorder »; the exporter of the open program Primero, which fills
that sheet). Where our form does not ask, or where the answer would point at somebody, the column stays and is empty:

- no code of ours, neither hers nor the écoutante's nor the office's: a line has the number of its place in the file;
  what is sealed here knows which incident that was, so that a line can be taken out when an agreement is taken back;
- the month of the talk and of the incident, never the day; an age group instead of a birth; every minor in one group;
- of what describes her (age group, situation, displacement, disability, separation, town) and of the perpetrators'
  trade, an answer that fewer than five lines share is left empty;
- places and relations that say what our members do (maison close, bar, client, proxénète, gérant) are « Other »;
- money or goods exchanged is never filled in: nothing is derived of an adult (lessons: Primero).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar, Final

from antenne.domain.births_rules import age_on
from antenne.domain.crossings import LEAST
from antenne.domain.incidents import GbvType, Incident, Purpose, day_part
from antenne.domain.listening import Answer, Service
from antenne.domain.text import fold
from antenne.domain.violations import Violation

OF_AGE: Final = 18
MINOR: Final = "Age 0 - 17"
_GROUPS: Final = ((26, "Age 18 - 25"), (41, "Age 26 - 40"))
_OLDER: Final = "Age 41 & Older"
_UNKNOWN: Final = "Unknown"
_OTHER: Final = "Other"
_MOST_COUNTED: Final = 3

TYPES: Final[Mapping[GbvType, str]] = {
    GbvType.RAPE: "Rape",
    GbvType.SEXUAL_ASSAULT: "Sexual Assault",
    GbvType.PHYSICAL_ASSAULT: "Physical Assault",
    GbvType.FORCED_MARRIAGE: "Forced Marriage",
    GbvType.DENIAL: "Denial of Resources, Opportunities or Services",
    GbvType.PSYCHOLOGICAL: "Psychological / Emotional Abuse",
}
ANSWERS: Final[Mapping[Answer, str]] = {
    Answer.REFERRED: "Referred",
    Answer.DONE_HERE: "Service provided by your agency",
    Answer.ALREADY: "Services already received from another agency",
    Answer.NOT_RELEVANT: "Service not applicable",
    Answer.REFUSED: "Referral declined by survivor",
    Answer.UNAVAILABLE: "Service unavailable",
}
_MARITAL: Final = {
    "celibataire": "Single",
    "mariee": "Married / Cohabitating",
    "separee": "Divorced / Separated",
    "veuve": "Widowed",
}
_DISABILITIES: Final = {
    "aucun": "No Disability",
    "physique": "Physical Disability",
    "mental": "Mental Disability",
    "les_deux": "Both",
}
_TIMES: Final = {
    "matin": "Morning (sunrise to noon)",
    "apres_midi": "Afternoon (noon to sunset)",
    "soir_nuit": "Evening/Night (sunset to sunrise)",
    "inconnu": "Unknown / Not Applicable",
}
_PLACES: Final = {"brousse": "Bush / Forest", "marche": "Market", "rue": "Road", "gare": "Road", "site": "Camp"}
"""Every other place, those that say what she does first of all, is « Other »."""
_SEXES: Final = {"homme": "M", "femme": "F", "les_deux": "Both"}
_AGES: Final = {
    "0_11": "Age 0 - 11",
    "12_17": "Age 12 - 17",
    "18_25": "Age 18 - 25",
    "26_40": "Age 26 - 40",
    "41_60": "Age 41 - 60",
    "61": "Age 61 & Older",
    "inconnu": _UNKNOWN,
}
_RELATIONS: Final = {
    "partenaire": "Intimate Partner / Former Partner",
    "ancien": "Intimate Partner / Former Partner",
    "famille": "Family other than Spouse or Caregiver",
    "inconnu": "No Relation",
}
_TRADES: Final = {"forces": "Police / State Military", "groupe_arme": "Non-State Armed Actor / Rebel / Militia"}


class Reason(Enum):
    """Why an incident of the period does not leave; the first that holds."""

    NOT_GBV = "non_vbg"
    NO_STATISTICS = "sans_statistiques"
    NO_SHARING = "sans_partage"
    ELSEWHERE = "dit_ailleurs"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """How many stay, and why: a single total, exact."""

    reason: Reason
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SentIncidents:
    """Incidents that left one by one: kept sealed, so that a withdrawal can name the file and the line.

    Attributes:
        at: When, UTC.
        by: The user's id.
        recipient: To whom.
        first: First day of the period, of whole months.
        last: Last day of the period.
        held: Sealed id, in hex, of each line, in the order of the lines.
        left_out: How many of the period stayed.
    """

    KIND: ClassVar[str] = "sent_incidents"
    at: dt.datetime
    by: int
    recipient: str
    first: dt.date
    last: dt.date
    held: tuple[str, ...]
    left_out: tuple[LeftOut, ...] = ()

    def line_of(self, record_id: str) -> int | None:
        """The number of this incident's line, from 1; None where it did not stand in it."""
        return self.held.index(record_id) + 1 if record_id in self.held else None


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the sealed id stays here, the values leave."""

    id: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What would leave, and what stays."""

    lines: tuple[Line, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def stay(self) -> int:
        """How many stay."""
        return sum(one.count for one in self.left_out)


Incidents = Sequence[tuple[str, Incident]]
"""Sealed id in hex, and the incident."""


def months(first: dt.date, last: dt.date, today: dt.date) -> tuple[Violation, ...]:
    """A period of whole months that are over.

    Returns:
        ``gbvims.whole_months``, ``gbvims.period`` (it ends before it begins), ``gbvims.not_over``.
    """
    found: list[Violation] = []
    if first.day != 1 or (last + dt.timedelta(days=1)).day != 1:
        found.append(Violation("gbvims.whole_months", "first"))
    if last < first:
        found.append(Violation("gbvims.period", "last"))
    if last >= today:
        found.append(Violation("gbvims.not_over", "last"))
    return tuple(found)


def stays(incident: Incident, recipient: str, on: dt.date) -> Reason | None:
    """Why it does not leave for this recipient on that day; None where it may.

    Only what is violence as GBVIMS counts it, whose survivor agreed to statistics and to this very recipient, and that
    no other organisation has reported (rules: Écoutes and violence).
    """
    if incident.gbv_type is GbvType.NOT_GBV:
        return Reason.NOT_GBV
    if not incident.agrees(Purpose.STATISTICS, on):
        return Reason.NO_STATISTICS
    wanted = fold(recipient)
    shares = (one for one in incident.agreements if one.purpose is Purpose.SHARING and fold(one.recipient) == wanted)
    if not any(one.in_force(on) for one in shares):
        return Reason.NO_SHARING
    return Reason.ELSEWHERE if incident.reported_elsewhere else None


def sheet(incidents: Incidents, recipient: str, first: dt.date, last: dt.date, on: dt.date) -> Sheet:
    """The lines of a period, by the month of the talk, for one recipient.

    The lines stand in the order of what they say, so that their place tells nothing of when each was written.
    """
    of_period = [(key, one) for key, one in incidents if first <= one.interviewed_at.date() <= last]
    reasons = Counter(stays(one, recipient, on) for _, one in of_period)
    kept = [(key, one) for key, one in of_period if stays(one, recipient, on) is None]
    drawn = _coarse([(key, tuple(fill(one) for _, fill in _FILLED)) for key, one in kept])
    ordered = sorted(drawn, key=lambda pair: (pair[1], pair[0]))
    lines = tuple(Line(key, (str(number), *values)) for number, (key, values) in enumerate(ordered, 1))
    out = tuple(LeftOut(reason=reason, count=reasons[reason]) for reason in Reason if reasons[reason])
    return Sheet(lines, out)


def _coarse(drawn: list[tuple[str, tuple[str, ...]]]) -> list[tuple[str, tuple[str, ...]]]:
    """An answer that describes her and that fewer than five lines share is left empty."""
    rare = {
        (place, value)
        for place, (title, _) in enumerate(_FILLED)
        if title in DESCRIBING
        for value, count in Counter(values[place] for _, values in drawn).items()
        if count < LEAST
    }
    return [(key, tuple("" if one in rare else one[1] for one in enumerate(values))) for key, values in drawn]


def _month(at: dt.datetime) -> str:
    return f"{at:%m/%Y}"


def _age_group(one: Incident) -> str:
    if one.is_minor(OF_AGE):
        return MINOR
    age = age_on(one.birth, one.happened_from.date())
    if age is None:
        return _UNKNOWN
    return next((name for below, name in _GROUPS if age.years < below), _OLDER)


def _yes_no(value: bool | None, yes: str, no: str) -> str:
    return "" if value is None else yes if value else no


def _count(one: Incident) -> str:
    count = one.perpetrators.count
    return "" if count is None else str(count) if count <= _MOST_COUNTED else "More than 3"


def _relation(one: Incident) -> str:
    found = one.perpetrators.relations
    return _RELATIONS.get(found[0], _OTHER) if found else ""


def _trade(one: Incident) -> str:
    return next((_TRADES[code] for code in one.perpetrators.relations if code in _TRADES), "")


def _service(wanted: Service) -> Callable[[Incident], str]:
    def fill(one: Incident) -> str:
        return next((ANSWERS[row.answer] for row in one.referrals if row.service is wanted), "")

    return fill


def _empty(_: Incident) -> str:
    return ""


_FILLED: Final[tuple[tuple[str, Callable[[Incident], str]], ...]] = (
    ("SURVIVOR CODE", _empty),
    ("CASE MANAGER CODE", _empty),
    ("DATE OF INTERVIEW", lambda one: _month(one.interviewed_at)),
    ("DATE OF INCIDENT", lambda one: _month(one.happened_from)),
    ("DATE OF BIRTH", _empty),
    ("SEX", lambda _: "F"),
    ("ETHNICITY", _empty),
    ("COUNTRY OF ORIGIN", _empty),
    ("CIVIL / MARITAL STATUS", lambda one: _MARITAL.get(one.marital, "")),
    ("DISPLACEMENT STATUS AT REPORT", lambda one: _yes_no(one.displaced, "IDP", "Resident")),
    ("PERSON WITH DISABILITY?", lambda one: _DISABILITIES.get(one.disability, "")),
    ("UNACCOMPANIED OR SEPARATED CHILD?", lambda one: _yes_no(one.separated, "Yes", "No")),
    ("STAGE OF DISPLACEMENT AT INCIDENT", _empty),
    ("INCIDENT TIME OF DAY", lambda one: _TIMES[day_part(one.span, one.day_part)]),
    ("INCIDENT LOCATION", lambda one: _PLACES.get(one.place_type, _OTHER)),
    ("INCIDENT COUNTY", _empty),
    ("INCIDENT DISTRICT", _empty),
    ("INCIDENT CAMP / TOWN", lambda one: one.commune),
    ("GBV TYPE", lambda one: TYPES[one.gbv_type]),
    ("HARMFUL TRADITIONAL PRACTICE", _empty),
    ("MONEY, GOODS, BENEFITS AND / OR SERVICES EXCHANGED ?", _empty),
    ("TYPE OF ABDUCTION", _empty),
    ("PREVIOUSLY REPORTED THIS INCIDENT?", lambda one: _yes_no(one.reported_elsewhere, "Yes", "No")),
    ("PREVIOUS GBV INCIDENTS?", _empty),
    ("No. ALLEGED PRIMARY PERPETRATOR(S)", _count),
    ("ALLEGED PERPETRATOR SEX", lambda one: _SEXES.get(one.perpetrators.sex, "")),
    ("PREVIOUS INCIDENT WITH THIS PERPETRATOR", _empty),
    ("ALLEGED PERPETRATOR AGE GROUP", lambda one: _AGES.get(one.perpetrators.age_band, "")),
    ("ALLEGED PERPETRATOR - SURVIVOR RELATIONSHIP", _relation),
    ("ALLEGED PERPETRATOR OCCUPATION", _trade),
    ("REFERRED TO YOU FROM?", _empty),
    ("SAFE HOUSE / SHELTER", _service(Service.SHELTER)),
    ("HEALTH / MEDICAL SERVICES", _service(Service.HEALTH)),
    ("PSYCHOSOCIAL SERVICES", _service(Service.PSYCHOSOCIAL)),
    ("WANTS LEGAL ACTION?", _empty),
    ("LEGAL ASSISTANCE SERVICES", _service(Service.LEGAL)),
    ("POLICE / OTHER SECURITY ACTOR", _service(Service.SECURITY)),
    ("LIVELIHOODS PROGRAM", _service(Service.LIVELIHOOD)),
    ("CONSENT GIVEN", lambda _: "Yes"),
    ("REPORTING AGENCY CODE", _empty),
    ("AGE GROUP", _age_group),
)
"""Title of each column but the first, and what it says of an incident; the last is ours, for there is no birth."""

COLUMNS: Final = ("INCIDENT ID", *(title for title, _ in _FILLED))
"""In the recorder's order."""

DESCRIBING: Final = frozenset(
    {
        "CIVIL / MARITAL STATUS",
        "DISPLACEMENT STATUS AT REPORT",
        "PERSON WITH DISABILITY?",
        "UNACCOMPANIED OR SEPARATED CHILD?",
        "INCIDENT CAMP / TOWN",
        "ALLEGED PERPETRATOR OCCUPATION",
        "AGE GROUP",
    }
)
"""Columns whose rare answers stay empty."""
