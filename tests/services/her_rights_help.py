"""A woman of whom the compartment holds something of every kind, each with a phrase of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from antenne.domain.alerts import ColleagueAlert, Notice, Reason
from antenne.domain.births import Birth, Precision
from antenne.domain.deposits import About, Deposit
from antenne.domain.forms.listening import LISTENING
from antenne.domain.her_rights import Her
from antenne.domain.listening import CodeTie, Lakana, ListeningSession, Share
from antenne.domain.minors import Minor, Return, Returned
from antenne.domain.sealed_codec import Sealed, to_payload
from antenne.domain.sealed_tests import (
    AidStep,
    Attendance,
    Attended,
    Consultation,
    HealthBooklet,
    HivTest,
    LegalAid,
    MaterialAid,
    Outing,
    Result,
    StiTest,
)
from antenne.domain.stories import ChangeStory, StoryAgreement, Use
from antenne.services import incidents, sealed_drafts
from antenne.services.compartment import Kept, changing, find, save
from antenne.services.desk import Desk
from antenne.services.incidents import Note
from antenne.services.sealed_drafts import KeepSealedDraft
from tests.services import listening_help as talks
from tests.services.protection_help import opened as open_incident

AT = dt.datetime(2024, 3, 12, 9, 0, tzinfo=dt.UTC)
DAY = AT.date()
CODE = "K7Q2MX"
WRITTEN: dict[str, Any] = {"created_at": AT, "created_by": 1}
PHRASES = (
    "mots premiers", "mots repris", "mots du code", "ce qui reste dit", "recit garde", "suivi note", "plan cache",
    "issue notee", "lieu du test", "lieu du soin", "centre venu", "etape suivie", "natte donnee", "causerie tenue",
    "villages vus", "note deposee", "signal des collegues", "brouillon commence", "surnom de fille", "chemin raconte",
)  # fmt: skip
"""Each planted once in a record of hers."""


@dataclass(frozen=True)
class Planted:
    """Who she is, another woman, and the ids of some records."""

    her: Her
    other: int
    talk: str
    coded: str
    incident: str
    attendance: str
    outing: str
    test: str


def put(desk: Desk, *records: Sealed) -> list[str]:
    """Sealed as they are, in one batch."""
    with changing(desk) as batch:
        made = [batch.put(to_payload(one)).id.hex() for one in records]
        batch.commit()
    return made


def talk_of(person_id: int | None, at: dt.datetime, number: int, said: str = "", code: str = "") -> ListeningSession:
    """A talk as it is sealed."""
    return ListeningSession(
        number=f"E-{at.year}-{number:04d}", at=at, listener_id=1, listener="Kadia S.", mode="office",
        person_id=person_id, code=code, minor=False, first=False, said=said, consent_record=True,
        created_at=at, created_by=1, shares=(Share(recipient="ARCAD CESAC", agreed=True),),
    )  # fmt: skip


def _incident(desk: Desk, her: int, told: Kept[ListeningSession]) -> str:
    """What she told in a talk, linked to it, followed, planned and ended."""
    incident = open_incident(
        desk, "inc", person_id=her, account="Elle fait le recit garde.",
        recipients=({"recipient": "ARCAD CESAC", "given": True},),
    )  # fmt: skip
    with changing(desk) as batch:
        save(desk, batch, replace(told.record, incident_ids=(incident.id,)), "link", told)
        batch.commit()
    incident = incidents.add_follow_up(
        desk, Note(request_id="fu", before=incident, answers={"on": desk.today, "words": "Un suivi note."})
    ).value
    incident = incidents.make_plan(
        desk,
        Note(
            request_id="pl",
            before=incident,
            answers={"made_on": desk.today, "danger": "un plan cache", "safe_place": "chez une voisine"},
        ),
    ).value
    incident = incidents.add_outcome(
        desk,
        Note(
            request_id="out",
            before=incident,
            answers={"on": desk.today, "code": "commissariat", "words": "une issue notee"},
        ),
    ).value
    return incident.id


def _girl(desk: Desk, her: int) -> str:
    """The minor that she is."""
    girl = Minor(
        number="MA-2024-0001", code="G7Q2MX", nickname="surnom de fille", birth=Birth(Precision.AGE, age=16),
        person_id=her, met_on=DAY, told_duty=True, assent=True, adult_agreed=True, lakana=Lakana.TOLD, lakana_on=DAY,
        returns=(Returned(what=Return.FAMILY, on=DAY, where="Bankass"),), **WRITTEN,
    )  # fmt: skip
    (girl_id,) = put(desk, girl)
    return girl_id


def _short_records(desk: Desk, her: int, other: int, talk: str, incident: str) -> tuple[str, str, str]:
    """A test, a list of presence and an outing by id; beside them one record of every other kind."""
    girl_id = _girl(desk, her)
    test, *_, attendance, outing = put(
        desk,
        HivTest(on=DAY, person_id=her, place="un lieu du test", returned_on=DAY, result_agreed=True,
                result=Result.NEGATIVE, session_id=talk, **WRITTEN),
        StiTest(on=DAY, code=CODE, place="un lieu du soin", **WRITTEN),
        Consultation(on=DAY, person_id=her, centre="centre venu", monthly=True, paid_by="gratuit", **WRITTEN),
        HealthBooklet(on=DAY, person_id=her, **WRITTEN),
        LegalAid(on=DAY, person_id=her, matter="pension", steps=(AidStep(on=DAY, words="etape suivie"),), **WRITTEN),
        MaterialAid(on=DAY, person_id=her, nature="natte donnee", worth=5000, **WRITTEN),
        CodeTie(code=CODE, person_id=her, at=AT, user_id=1),
        Deposit(about=About.OTHER, text="une note deposee", person_id=her, on=DAY, at=AT, user_id=2, user="Mariam T."),
        ColleagueAlert(incident_id=incident, place="gare", when="nuit", manner="signal des collegues",
                       agreed_on=DAY, expires_on=dt.date(2024, 5, 1), **WRITTEN),
        ChangeStory(number="R-2024-0001", person_id=her, told_on=DAY, account="Son chemin raconte.",
                    agreement=StoryAgreement(given_on=DAY, how="signature", uses=(Use.REPORT,),
                                             until=dt.date(2027, 1, 1)), **WRITTEN),
        Notice(reason=Reason.MINOR, subject=girl_id, **WRITTEN),
        Attendance(on=DAY, activity="causerie tenue", present=(Attended(person_id=her), Attended(person_id=other),
                                                               Attended(minor_id=girl_id)), **WRITTEN),
        Outing(on=DAY, places="villages vus", women=(her, other), minors=(girl_id,), **WRITTEN),
    )  # fmt: skip
    return test, attendance, outing


def plant(desk: Desk) -> Planted:
    """Everything of hers, and beside it as much of another woman where a record is of several."""
    her, other = talks.person(desk, "Zeinabou"), talks.person(desk, "Autre")
    talk, coded, _ = put(
        desk,
        talk_of(her, AT, 1, "Elle dit mots premiers."),
        talk_of(None, AT + dt.timedelta(days=40), 2, "Elle dit mots du code.", CODE),
        talk_of(other, AT + dt.timedelta(days=5), 3, "Elle dit ce qui reste dit."),
    )
    kept = find(desk, ListeningSession, talk)
    changed = {"said": "Elle dit mots repris.", "first": "first", "at": AT}
    saved = talks.save(desk, kept, **talks.named(her, **changed))
    incident = _incident(desk, her, saved)
    test, attendance, outing = _short_records(desk, her, other, talk, incident)
    body = {"person_id": {"picked": [her, "P-00001", "KONÉ Zeinabou", ""], "text": ""}, "said": "brouillon commence"}
    sealed_drafts.keep_sealed_draft(desk, KeepSealedDraft(form=LISTENING, subject="", body=body))
    return Planted(Her(her), other, talk, coded, incident, attendance, outing, test)
