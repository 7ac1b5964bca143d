"""The demonstration's incidents, minors and alerts: sober, plainly fictional, with the published outcomes of 2024."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from antenne.domain.alerts import ColleagueAlert, Notice, Reason
from antenne.domain.births import Birth, Precision
from antenne.domain.incidents import (
    CLIENT,
    CONDOM,
    UNPAID,
    Agreement,
    Closing,
    FollowUp,
    Incident,
    Intake,
    Outcome,
    Perpetrators,
    Purpose,
    SafetyPlan,
    classify,
)
from antenne.domain.listening import Answer, Lakana, Referral, Service
from antenne.domain.minors import Minor, Return, Returned
from antenne.domain.partners import Convention
from antenne.domain.sealed_codec import Sealed
from antenne.services import demo_people
from antenne.services.desk import Desk

Put = Callable[[Sealed], str]
YEAR: Final = 2024
HANDLED_OF_2024: Final = {CLIENT: 16, CONDOM: 4, UNPAID: 9}
"""The published figures."""
LEFT_OUT_OF_2024: Final = {CLIENT: 3, CONDOM: 1, UNPAID: 1}
"""Handled too, but counted apart: no agreement to statistics, or reported elsewhere."""
IN_FAMILY: Final = ("Youwarou",) * 5 + ("Bankass",) * 6
AT_SCHOOL: Final = 27
_OTHERS: Final = (("vol", 3), ("chantage", 2), ("rafle", 2), ("expulsion", 2))
_CENTRE: Final = "One Stop Center (hôpital Sominé Dolo)"
_POLICE: Final = "Commissariat de police"
_OUTCOMES: Final = {CLIENT: ("commissariat", "plainte", "mediation"), CONDOM: ("mediation",), UNPAID: ("droit",)}
_INTAKES: Final = {
    CLIENT: Intake(CLIENT, penetration=False, sexual_contact=False, physical=True),
    CONDOM: Intake(CONDOM, agreed_act=True, agreed_without=False, penetration=True),
    UNPAID: Intake(UNPAID, penetration=False, sexual_contact=False, physical=False, forced_marriage=False),
}
_FIRST_NAMES: Final = ("Awa", "Mariam", "Fanta", "Kadi", "Oumou", "Sira", "Nana", "Bintou")
_SCHOOLS: Final = ("École de Sévaré II", "École de Komoguel", "École de Millionkin", "École de Banguetaba")
_RUNNING: Final = dt.datetime(2026, 11, 20, 18, 50, tzinfo=dt.UTC)
"""The one whose hours still run on the Monday that follows the records."""


@dataclass(frozen=True, slots=True)
class Girl:
    """A minor who is listened to: her code, the day she was met, her age."""

    code: str
    met_on: dt.date
    age: int


def dress_partners(desk: Desk) -> None:
    """Phones, minutes and conventions of the starting directory: fictional, as everything here."""
    known = {
        _CENTRE: (8, "21 43 00 11", "jour et nuit"),
        "ARCAD CESAC": (12, "21 43 00 22", "lundi au vendredi, 8\u00a0h à 16\u00a0h"),
        "LAKANA SO": (15, "21 43 00 33", "lundi au vendredi, 8\u00a0h à 16\u00a0h"),
        _POLICE: (10, "21 43 00 44", "jour et nuit"),
    }
    agreed = Convention(starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2027, 12, 31))
    with desk.write() as uow:
        for one in uow.partners.all():
            if one.name in known:
                minutes, phone, hours = known[one.name]
                uow.partners.save(replace(one, minutes=minutes, phone=phone, hours=hours, conventions=(agreed,)))
        uow.commit()


def write_minors(desk: Desk, put: Put, rng: random.Random, girls: Sequence[Girl], met_out: int) -> list[str]:
    """The file of each; the first so many were met at an outing.

    Returns:
        Sealed ids of those.
    """
    found = []
    for number, girl in enumerate(girls):
        by_outing = number < met_out
        sealed_id = put(_minor(desk, rng, girl, number, by_outing=by_outing))
        if by_outing:
            found.append(sealed_id)
        if number == len(girls) - 1:
            at = dt.datetime.combine(demo_people.LAST_DAY, dt.time(11, 0), dt.UTC)
            put(Notice(reason=Reason.MINOR, subject=sealed_id, created_at=at, created_by=desk.actor.user_id))
    return found


def _minor(desk: Desk, rng: random.Random, girl: Girl, number: int, *, by_outing: bool) -> Minor:
    refused = number % 20 == 7
    told = not refused and rng.random() < 0.86
    return Minor(
        number=f"MA-{YEAR}-{number + 1:04d}",
        code=girl.code,
        first_name=rng.choice(_FIRST_NAMES),
        birth=Birth(Precision.AGE, dt.date(girl.met_on.year - girl.age, 1, 1), age=girl.age, declared_on=girl.met_on),
        met_on=girl.met_on,
        met_by="outing" if by_outing else rng.choice(("educator", "partner", "member")),
        place=rng.choice(("Sévaré", "Mopti")),
        origin=rng.choice(("Youwarou", "Bankass", "Koro", "Douentza", "Konna")),
        lives_alone=rng.random() < 0.4,
        told_duty=True,
        assent=True,
        adult_agreed=False,
        best_interest="Aucun adulte de confiance n’est joignable pour l’instant.",
        lakana=Lakana.TOLD if told else Lakana.REFUSED if refused else Lakana.NOT_YET,
        lakana_on=girl.met_on if told else None,
        lakana_why="" if told else "Elle craint le retour au village." if refused else "Bureau fermé ce jour-là.",
        kit_on=girl.met_on if rng.random() < 0.7 else None,
        returns=tuple(_returns(rng, girl, number)),
        created_at=dt.datetime.combine(girl.met_on, dt.time(17, 0), dt.UTC),
        created_by=desk.actor.user_id,
    )


def _returns(rng: random.Random, girl: Girl, number: int) -> list[Returned]:
    """Eleven of them in their families, twenty-seven at school, all in 2024."""
    found = []
    on = min(girl.met_on + dt.timedelta(days=rng.randrange(3, 60)), dt.date(YEAR, 12, 28))
    if number < len(IN_FAMILY):
        found.append(Returned(what=Return.FAMILY, on=on, where=IN_FAMILY[number]))
    if len(IN_FAMILY) - 4 <= number < len(IN_FAMILY) - 4 + AT_SCHOOL:
        place = rng.choice(_SCHOOLS)
        found.append(Returned(what=Return.SCHOOL, on=on, where=place, school_class="9e"))
    return found


def write_incidents(
    desk: Desk, put: Put, code: Callable[[], str], rng: random.Random, women: Sequence[int | None]
) -> None:
    """The incidents of three years, the handled ones of 2024 as published."""
    plans = [_Plan(kind, YEAR, handled=True) for kind, count in HANDLED_OF_2024.items() for _ in range(count)]
    plans += [
        _Plan(kind, YEAR, handled=True, left_out=True) for kind, count in LEFT_OUT_OF_2024.items() for _ in range(count)
    ]
    plans += [_Plan(kind, 2025, handled=rng.random() < 0.6) for kind, count in _OTHERS for _ in range(count)]
    plans += [_Plan(kind, 2026, handled=rng.random() < 0.6) for kind in (CLIENT, CLIENT, UNPAID, CONDOM, CLIENT)]
    given: dict[int, int] = {}
    files = [one for one in women if one is not None]
    dated = sorted((_began(rng, plan.year), number, plan) for number, plan in enumerate(plans))
    for began, _, plan in dated:
        given[plan.year] = given.get(plan.year, 0) + 1
        who = rng.choice(files) if rng.random() < 0.6 else None
        number = f"I-{plan.year}-{given[plan.year]:04d}"
        put(_incident(desk, rng, plan, number, began, who, (code(), code())))
    last = f"I-2026-{given[2026] + 1:04d}"
    put(_incident(desk, rng, _Plan(CLIENT, 2026, rape=True), last, _RUNNING, None, (code(), code())))


@dataclass(frozen=True, slots=True, order=True)
class _Plan:
    """What one incident is to be."""

    kind: str
    year: int
    handled: bool = False
    left_out: bool = False
    rape: bool = False


def _began(rng: random.Random, year: int) -> dt.datetime:
    last = min(dt.date(year, 10, 31), demo_people.LAST_DAY - dt.timedelta(days=20))
    day = dt.date(year, 1, 4) + dt.timedelta(days=rng.randrange((last - dt.date(year, 1, 4)).days))
    return dt.datetime.combine(day, dt.time(rng.choice((1, 13, 19, 21, 22, 23)), 0), dt.UTC)


def _incident(
    desk: Desk,
    rng: random.Random,
    plan: _Plan,
    number: str,
    began: dt.datetime,
    person_id: int | None,
    codes: tuple[str, str],
) -> Incident:
    intake = Intake(plan.kind, penetration=True) if plan.rape else _INTAKES.get(plan.kind, _other(plan.kind))
    found = classify(intake)
    assert found is not None
    talked = began + dt.timedelta(hours=rng.choice((12, 16, 20, 36, 60)))
    on = talked.date()
    outcome_on = on + dt.timedelta(days=rng.randrange(2, 40))
    elsewhere = plan.left_out and plan.kind == UNPAID
    return Incident(
        number=number,
        code=codes[0],
        survivor_code=codes[1],
        person_id=person_id,
        agent_id=desk.actor.user_id,
        interviewed_at=talked,
        happened_from=began,
        happened_to=began,
        birth=Birth(Precision.AGE, dt.date(began.year - 27, 1, 1), age=27, declared_on=on),
        place_type=rng.choice(("bar_hotel", "bar_hotel", "rue", "maison_close", "domicile")),
        commune=rng.choice(("Sévaré", "Mopti", "Fatoma")),
        local_type=plan.kind,
        intake=intake,
        gbv_type=found,
        account="Elle raconte les faits avec ses mots\u202f; aucun nom n’est gardé.",
        reported_elsewhere=elsewhere,
        perpetrators=Perpetrators(count=1, sex="homme", age_band="26_40", relations=("client",)),
        referrals=_services(plan),
        agreements=_agreements(on, statistics=elsewhere or not plan.left_out),
        cared_at=None if plan.rape or rng.random() < 0.5 else talked + dt.timedelta(hours=3),
        plan=_safety(on) if plan.kind == CLIENT else None,
        follow_ups=(FollowUp(on=on + dt.timedelta(days=2), words="Elle va mieux.", safe=True),) if plan.handled else (),
        outcomes=(Outcome(code=rng.choice(_OUTCOMES.get(plan.kind, ("mediation",))), on=outcome_on),)
        if plan.handled
        else (),
        closing=_closing(outcome_on) if plan.handled and rng.random() < 0.7 else None,
        created_at=talked + dt.timedelta(hours=1),
        created_by=desk.actor.user_id,
    )


def _other(kind: str) -> Intake:
    return Intake(kind, penetration=False, sexual_contact=False, physical=False, forced_marriage=False, denial=True)


def _services(plan: _Plan) -> tuple[Referral, ...]:
    police = Referral(service=Service.SECURITY, answer=Answer.REFERRED, structure=_POLICE, feedback="Reçue.")
    if plan.rape:
        return (Referral(service=Service.HEALTH, answer=Answer.REFERRED, structure=_CENTRE),)
    return (police,) if plan.kind == CLIENT else (Referral(service=Service.LEGAL, answer=Answer.DONE_HERE),)


def _agreements(on: dt.date, *, statistics: bool) -> tuple[Agreement, ...]:
    return (
        Agreement(purpose=Purpose.SERVICES, given=True, on=on),
        Agreement(purpose=Purpose.STATISTICS, given=statistics, on=on),
        Agreement(purpose=Purpose.SHARING, recipient=_CENTRE, given=True, on=on),
    )


def _safety(on: dt.date) -> SafetyPlan:
    return SafetyPlan(
        made_on=on, danger="Le même homme peut revenir.", safe_place="Chez une collègue", trusted="Une sœur",
        signal="Un message convenu",
    )  # fmt: skip


def _closing(on: dt.date) -> Closing:
    return Closing(on=on, reason="besoins", needs_met=True, plan_reviewed=True, told_return=True)


def write_alerts(desk: Desk, put: Put) -> None:
    """One alert that is read, and one that waits for the responsable."""
    agreed = demo_people.LAST_DAY - dt.timedelta(days=8)
    until = demo_people.LAST_DAY + dt.timedelta(days=30)
    at = dt.datetime.combine(agreed, dt.time(16, 0), dt.UTC)
    mine = desk.actor.user_id
    others = [number for number in range(1, 5) if number != mine]
    put(
        ColleagueAlert(
            place="Route de Fatoma, sortie de la ville", when="La nuit, après le marché",
            manner="Propose de raccompagner, puis refuse de s’arrêter.", vehicle="Voiture grise",
            agreed_on=agreed, expires_on=until, approved_by=others[0], approved_on=agreed, told_to=others[1],
            told_on=agreed, created_at=at, created_by=mine,
        )
    )  # fmt: skip
    waiting = put(
        ColleagueAlert(
            place="Près de la gare routière", when="Fin de semaine, vers 23\u00a0h", manner="Vient à plusieurs.",
            agreed_on=demo_people.LAST_DAY, expires_on=until, created_at=at + dt.timedelta(days=8), created_by=mine,
        )
    )  # fmt: skip
    put(Notice(reason=Reason.ALERT, subject=waiting, created_at=at + dt.timedelta(days=8), created_by=mine))
