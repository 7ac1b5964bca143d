"""A survivor's incident, compatible with GBVIMS: one type by a compulsory order, the office's own type beside it.

Sources: forms, Violence incident; rules, Écoutes and violence; lessons, Primero: « exploitation » is never derived for
an adult. No name of a perpetrator has a place here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import ClassVar, Final

from antenne.domain.births import UNKNOWN, Birth
from antenne.domain.listening import Referral
from antenne.domain.protection import Written, counted_as, under_age
from antenne.domain.protection_clock import Care, Span
from antenne.domain.sealed_counts import LEFT_OUT, WHOLE, Aliases, Counted
from antenne.domain.violations import Violation

OF_AGE: Final = 18


class GbvType(Enum):
    """The six types of GBVIMS, in the order of its questions, and none of them."""

    RAPE = "viol"
    SEXUAL_ASSAULT = "agression_sexuelle"
    PHYSICAL_ASSAULT = "agression_physique"
    FORCED_MARRIAGE = "mariage_force"
    DENIAL = "deni_ressources"
    PSYCHOLOGICAL = "violence_psychologique"
    NOT_GBV = "non_vbg"


UNPAID: Final = "non_paiement"
CONDOM: Final = "refus_condom"
TRAFFICKING: Final = "traite"
OTHER: Final = "autre"
"""Local types that a rule knows; the others are the office's own list ``incident_types``."""

CLIENT: Final = "agression_client"
PUBLISHED_TYPES: Final = {
    CLIENT: "protection.agressions_par_clients_gerees",
    CONDOM: "protection.refus_de_condom_geres",
    UNPAID: "protection.non_paiements_geres",
}
"""Codes of the report by local type."""
HANDLED: Final = frozenset({"commissariat", "droit", "plainte", "mediation", "condamnation"})
"""Outcomes (list ``incident_outcomes``) that say that it was dealt with."""

QUESTIONS: Final[tuple[tuple[str, GbvType], ...]] = (
    ("penetration", GbvType.RAPE),
    ("sexual_contact", GbvType.SEXUAL_ASSAULT),
    ("physical", GbvType.PHYSICAL_ASSAULT),
    ("forced_marriage", GbvType.FORCED_MARRIAGE),
    ("denial", GbvType.DENIAL),
    ("psychological", GbvType.PSYCHOLOGICAL),
)
"""The compulsory order: the first « oui » gives the type, and nothing after it is asked."""

_SEXUAL: Final = frozenset({"penetration", "sexual_contact"})


@dataclass(frozen=True, slots=True)
class Intake:
    """The answers that give the type; None is « not asked yet ».

    Attributes:
        local: The office's own type.
        agreed_act: Condom refused or removed: she agreed to the act itself.
        agreed_without: She agreed that it took place, or went on, without a condom.
    """

    local: str
    penetration: bool | None = None
    sexual_contact: bool | None = None
    physical: bool | None = None
    forced_marriage: bool | None = None
    denial: bool | None = None
    psychological: bool | None = None
    agreed_act: bool | None = None
    agreed_without: bool | None = None

    def answer(self, question: str) -> bool | None:
        """What was answered; non-payment is by itself a denial of resources."""
        if question == "denial" and self.local == UNPAID:
            return True
        answer: bool | None = getattr(self, question)
        return answer


def intake_of(answers: Mapping[str, object]) -> Intake:
    """The intake of a form's answers."""

    def yes_no(key: str) -> bool | None:
        value = answers.get(key)
        return value if isinstance(value, bool) else None

    return Intake(
        str(answers.get("local_type") or ""),
        **{key: yes_no(key) for key, _ in QUESTIONS},
        agreed_act=yes_no("agreed_act"),
        agreed_without=yes_no("agreed_without"),
    )


def questions_asked(intake: Intake) -> tuple[str, ...]:
    """Which questions are asked now, in order; the last one is open, or gives the type.

    Where a condom was refused, her two consents come first: where she agreed to both, the two sexual questions are not
    asked, for a condom alone classifies nothing. Non-payment leaves the question of the resources out.
    """
    asked: list[str] = []
    if intake.local == CONDOM:
        asked += ("agreed_act", "agreed_without")
        if intake.agreed_act is None or intake.agreed_without is None:
            return tuple(asked)
    for question, _ in QUESTIONS:
        if question in _SEXUAL and _agreed(intake):
            continue
        if question == "denial" and intake.local == UNPAID:
            break
        asked.append(question)
        if intake.answer(question) is not False:
            break
    return tuple(asked)


def classify(intake: Intake) -> GbvType | None:
    """Exactly one type, the first match in the order of the form; None while a question before it is open."""
    if intake.local == CONDOM and (intake.agreed_act is None or intake.agreed_without is None):
        return None
    for question, found in QUESTIONS:
        if question in _SEXUAL and _agreed(intake):
            continue
        answer = intake.answer(question)
        if answer is None:
            return None
        if answer:
            return found
    return GbvType.NOT_GBV


def _agreed(intake: Intake) -> bool:
    return intake.local == CONDOM and intake.agreed_act is True and intake.agreed_without is True


class Purpose(Enum):
    """What she is asked to agree to."""

    SERVICES = "services"
    STATISTICS = "statistiques"
    SHARING = "partage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Her answer for one purpose, or for one recipient.

    Attributes:
        purpose: Services, statistics, or sharing with a recipient.
        recipient: Name of the structure (SHARING), else empty.
        given: Yes or no.
        on: The day.
        withdrawn_on: She took it back that day.
    """

    purpose: Purpose
    recipient: str = ""
    given: bool
    on: dt.date
    withdrawn_on: dt.date | None = None

    def in_force(self, on: dt.date) -> bool:
        """Whether it holds on that day; a withdrawal holds from its own day."""
        return self.given and (self.withdrawn_on is None or on < self.withdrawn_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Perpetrators:
    """Alleged perpetrators, without a name."""

    count: int | None = None
    sex: str = ""
    age_band: str = ""
    relations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyPlan:
    """What she can do if it begins again; made with her, kept by her in memory."""

    made_on: dt.date
    danger: str = ""
    safe_place: str = ""
    trusted: str = ""
    signal: str = ""
    ready: str = ""
    children: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """One contact after the first."""

    on: dt.date
    words: str
    safe: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of it, dated: the reports count the day (rules: How the report words)."""

    code: str
    on: dt.date
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """The checklist at the end."""

    on: dt.date
    reason: str
    needs_met: bool
    plan_reviewed: bool
    told_return: bool
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Something of it left the office: what, when, to whom; never what it said."""

    what: str
    at: dt.datetime
    recipient: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident(Written):
    """One incident.

    Attributes:
        number: « I-2026-0007 », of the compartment only.
        code: Random, new for each incident.
        survivor_code: Random, one per survivor who gave no name or whose name stays here.
        person_id: Her file, where she has one.
        session_id: The talk it was opened from, 32 hex digits, or empty.
        agent_id: Who wrote it.
        interviewed_at: The talk.
        happened_from: The incident, or its earliest instant.
        happened_to: Its latest instant.
        birth: Age as told.
        evident_adult: « Majeure évidente » and on what, by the responsable; or empty.
        local_type: Code of the list ``incident_types``.
        gbv_type: Exactly one.
        reported_elsewhere: Already reported to another organisation: not counted for donors again.
        cared_at: When she was received for care.
    """

    KIND: ClassVar[str] = "incident"
    number: str
    code: str
    survivor_code: str
    person_id: int | None = None
    session_id: str = ""
    agent_id: int
    interviewed_at: dt.datetime
    happened_from: dt.datetime
    happened_to: dt.datetime
    birth: Birth = UNKNOWN
    evident_adult: str = ""
    marital: str = ""
    displaced: bool | None = None
    disability: str = ""
    separated: bool | None = None
    day_part: str = ""
    place_type: str = ""
    commune: str = ""
    local_type: str
    intake: Intake
    gbv_type: GbvType
    account: str = ""
    reported_elsewhere: bool | None = None
    perpetrators: Perpetrators = Perpetrators()
    referrals: tuple[Referral, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    cared_at: dt.datetime | None = None
    plan: SafetyPlan | None = None
    follow_ups: tuple[FollowUp, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    closing: Closing | None = None
    sent: tuple[Sent, ...] = ()

    @property
    def span(self) -> Span:
        """When it happened."""
        return Span(self.happened_from, self.happened_to)

    @property
    def sexual(self) -> bool:
        """Whether the two counters matter: what happened may have infected her or made her pregnant."""
        return self.gbv_type in (GbvType.RAPE, GbvType.SEXUAL_ASSAULT) or self.local_type == CONDOM

    def is_minor(self, of_age: int = OF_AGE) -> bool:
        """A minor on the day it happened; an uncertain majority is treated so until the responsable has said."""
        return under_age(self.birth, self.happened_from.date(), of_age, evident_adult=bool(self.evident_adult))

    def child_exploitation(self, of_age: int = OF_AGE) -> bool:
        """A minor's file is child exploitation and goes up at once; of an adult nothing of it is ever derived."""
        return self.is_minor(of_age)

    def counted(self, aliases: Aliases) -> tuple[Counted, ...]:
        """What it adds to the published counts: its first « gérée » outcome, once, under its one local type.

        Who does not agree to statistics now, or was reported elsewhere, stands in the cell of those left out.
        """
        handled = min((one.on for one in self.outcomes if one.code in HANDLED), default=None)
        indicator = PUBLISHED_TYPES.get(self.local_type)
        if handled is None or indicator is None:
            return ()
        agreed = any(
            one.purpose is Purpose.STATISTICS and one.given and one.withdrawn_on is None for one in self.agreements
        )
        cell = WHOLE if agreed and not self.reported_elsewhere else LEFT_OUT
        who = counted_as(aliases, self.person_id, self.survivor_code)
        return (Counted(indicator, handled, f"{who} {self.code}", cell),)

    def agrees(self, purpose: Purpose, on: dt.date, recipient: str = "") -> bool:
        """Whether she agrees on that day."""
        return any(
            one.purpose is purpose and one.recipient == recipient and one.in_force(on) for one in self.agreements
        )


CARE: Final = (Care.PEP, Care.CONTRACEPTION)
"""Both counters, the shorter first."""

_LONG_RANGE: Final = dt.timedelta(hours=6)
_MORNING, _AFTERNOON, _EVENING = 6, 12, 18
DAY_PARTS: Final = ("matin", "apres_midi", "soir_nuit", "inconnu")


def day_part(span: Span, said: str = "") -> str:
    """Morning (6–12 h), afternoon (12–18 h), evening and night; what she said where the hour is not known."""
    if span.latest - span.earliest > _LONG_RANGE:
        return said or "inconnu"
    hour = span.earliest.hour
    if _MORNING <= hour < _AFTERNOON:
        return "matin"
    return "apres_midi" if _AFTERNOON <= hour < _EVENING else "soir_nuit"


def check_incident(incident: Incident, of_age: int = OF_AGE) -> tuple[Violation, ...]:
    """Rules between what was typed.

    Returns:
        ``incident.before`` (the talk before the incident), ``incident.care_before``, ``incident.separated_adult``.
    """
    found: list[Violation] = []
    if incident.interviewed_at < incident.happened_from:
        found.append(Violation("incident.before", "interviewed_at"))
    if incident.cared_at is not None and incident.cared_at < incident.happened_from:
        found.append(Violation("incident.care_before", "cared_at"))
    if incident.separated is not None and not incident.is_minor(of_age):
        found.append(Violation("incident.separated_adult", "separated"))
    return tuple(found)


def check_slip(incident: Incident, on: dt.date, recipient: str = "") -> tuple[Violation, ...]:
    """A slip goes with her only where she agreed to services, and has not said no to that recipient.

    It bears a code and nothing of her, so that an agreement that nobody asked for yet does not hold her up.

    Returns:
        ``incident.no_services``, ``incident.no_sharing``.
    """
    if not incident.agrees(Purpose.SERVICES, on):
        return (Violation("incident.no_services", "consent_services"),)
    asked = [one for one in incident.agreements if (one.purpose, one.recipient) == (Purpose.SHARING, recipient)]
    if any(not one.in_force(on) for one in asked):
        return (Violation("incident.no_sharing", "recipients"),)
    return ()


def withdrawn(incident: Incident, purpose: Purpose, on: dt.date, recipient: str = "") -> Incident:
    """Her agreement taken back from that day on; taking services back takes every sharing back too."""
    return replace(
        incident,
        agreements=tuple(
            replace(one, withdrawn_on=on)
            if one.in_force(on)
            and (
                (one.purpose is purpose and one.recipient == recipient)
                or (purpose is Purpose.SERVICES and one.purpose is Purpose.SHARING)
            )
            else one
            for one in incident.agreements
        ),
    )


def check_withdrawal(incident: Incident, purpose: Purpose, on: dt.date, recipient: str = "") -> tuple[Violation, ...]:
    """Only what was given can be taken back: ``incident.nothing_to_withdraw``."""
    if incident.agrees(purpose, on, recipient):
        return ()
    return (Violation("incident.nothing_to_withdraw"),)


def already_out(incident: Incident) -> tuple[Sent, ...]:
    """What left before: a withdrawal cannot call it back, and the screen says which."""
    return incident.sent


def check_closing(incident: Incident, closing: Closing, today: dt.date) -> tuple[Violation, ...]:
    """Whether a file may be closed.

    Returns:
        ``incident.closed``, ``incident.not_told`` (« peut revenir à tout moment »), ``incident.no_outcome``,
        ``incident.open_appointment``.
    """
    found: list[Violation] = []
    if incident.closing is not None:
        found.append(Violation("incident.closed"))
    if not closing.told_return:
        found.append(Violation("incident.not_told", "told_return"))
    if not incident.outcomes:
        found.append(Violation("incident.no_outcome", "reason"))
    if any(one.at is not None and one.at.date() > today for one in incident.referrals):
        found.append(Violation("incident.open_appointment", "needs_met"))
    return tuple(found)


def check_outcome(incident: Incident, outcome: Outcome, today: dt.date) -> tuple[Violation, ...]:
    """An outcome lies between the incident and today: ``incident.outcome_day``."""
    if incident.happened_from.date() <= outcome.on <= today:
        return ()
    return (Violation("incident.outcome_day", "on"),)


@dataclass(frozen=True, slots=True)
class ForDonor:
    """Incidents for a donor's figures, and how many were left out."""

    kept: tuple[Incident, ...]
    no_consent: int
    elsewhere: int

    @property
    def left_out(self) -> int:
        """Said beside every figure."""
        return self.no_consent + self.elsewhere


def for_statistics(incidents: Sequence[Incident], on: dt.date) -> ForDonor:
    """Only those whose survivor agrees to statistics on that day and that no other organisation has reported.

    Where the question « reported elsewhere » has no answer it is not reported elsewhere.
    """
    agreed = [one for one in incidents if one.agrees(Purpose.STATISTICS, on)]
    kept = tuple(one for one in agreed if not one.reported_elsewhere)
    return ForDonor(kept, len(incidents) - len(agreed), len(agreed) - len(kept))
