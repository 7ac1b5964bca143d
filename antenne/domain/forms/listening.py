"""The listening session's form, in the order of a talk; nothing stops her before the end (forms: Listening session).

Lists that a rule reads are given by who shows the form (``wording.listening.options``), ``listening_structures`` by
the directory of partners; the others are dated lists of the settings.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, Final

from antenne.domain.deposits import About
from antenne.domain.forms.model import Answers, Field, Form, Kind, Section, Tense
from antenne.domain.listening import (
    Answer,
    Lakana,
    ListeningSession,
    Referral,
    Service,
    Share,
)

MODES: Final = "listening_modes"
WAYS: Final = "listening_ways"
MOTIVES: Final = "listening_motives"
SERVICES: Final = "listening_services"
ANSWERS: Final = "listening_answers"
STRUCTURES: Final = "listening_structures"
LAKANA: Final = "listening_lakana"
FIRSTS: Final = "listening_firsts"
ABOUT: Final = "deposit_about"

FIRST: Final = "first"
FOLLOW_UP: Final = "follow_up"

_LONG: Final = 6_000
"""Characters of one long answer: three of them, in two bytes each, fit one body."""


def _anonymous(answers: Answers) -> bool:
    return answers.get("anonymous") is True


def _named(answers: Answers) -> bool:
    return not _anonymous(answers)


def _minor(answers: Answers) -> bool:
    return answers.get("minor") is True


def _in_danger(answers: Answers) -> bool:
    return answers.get("in_danger") is True


def _has_adult(answers: Answers) -> bool:
    return _minor(answers) and answers.get("lives_alone") is not True


def _no_adult_agreement(answers: Answers) -> bool:
    return _minor(answers) and answers.get("adult_agrees") is False


def _lakana_explained(answers: Answers) -> bool:
    return _minor(answers) and answers.get("lakana") in {Lakana.NOT_YET.value, Lakana.REFUSED.value}


def _next_given(answers: Answers) -> bool:
    return answers.get("next_at") is not None


_IF_MINOR: Final = "Si elle est mineure"

_WHO: Final = Section(
    key="who",
    title="Qui",
    fields=(
        Field(key="at", label="Date et heure", kind=Kind.MOMENT, required=True),
        Field(key="minutes", label="Durée en minutes", kind=Kind.COUNT, lowest=1, highest=600),
        Field(key="mode", label="Mode", kind=Kind.CHOICE, options=MODES, required=True),
        Field(key="place", label="Lieu", kind=Kind.TEXT, options="places", max_length=80),
        Field(key="language", label="Langue", kind=Kind.CHOICE, options="languages"),
        Field(key="came_by", label="Venue par", kind=Kind.CHOICE, options=WAYS),
        Field(key="anonymous", label="Anonyme\u202f?", kind=Kind.YES_NO, hint="Elle ne donne pas son nom"),
        Field(
            key="person_id",
            label="Personne",
            kind=Kind.PERSON,
            shown_if=_named,
            required_if=_named,
            hint="Nom, numéro ou téléphone",
        ),
        Field(
            key="code",
            label="Son code",
            kind=Kind.TEXT,
            max_length=12,
            shown_if=_anonymous,
            hint="Vide\u00a0: un code est tiré au hasard",
        ),
        Field(key="minor", label="Mineure\u202f?", kind=Kind.YES_NO, required=True),
        Field(key="first", label="1re fois ou suivi", kind=Kind.CHOICE, options=FIRSTS, required=True),
        Field(key="lives_alone", label="Vit seule\u202f?", kind=Kind.YES_NO, shown_if=_minor, hint=_IF_MINOR),
        Field(
            key="adult", label="Adulte responsable", kind=Kind.TEXT, max_length=120, shown_if=_has_adult, hint=_IF_MINOR
        ),
        Field(
            key="adult_link",
            label="Son lien",
            kind=Kind.TEXT,
            options="relations",
            max_length=60,
            shown_if=_has_adult,
            hint=_IF_MINOR,
        ),
        Field(
            key="separated",
            label="Séparée, non accompagnée\u202f?",
            kind=Kind.YES_NO,
            shown_if=_minor,
            hint=_IF_MINOR,
        ),
    ),
)
_WHY: Final = Section(
    key="why",
    title="Pourquoi elle vient",
    fields=(Field(key="motives", label="Motifs", kind=Kind.CHOICES, options=MOTIVES, required=True, width=3),),
)
_SAID: Final = Section(
    key="said",
    title="Ce qu’elle dit",
    fields=(
        Field(
            key="said",
            label="Ce qu’elle dit",
            kind=Kind.NOTE,
            max_length=_LONG,
            width=3,
            paper_lines=12,
            hint="Ses mots, sans nom d’autres personnes. Lu seulement par les écoutantes et la responsable",
        ),
    ),
)
_NEEDS: Final = Section(
    key="needs",
    title="Besoins et conseils",
    fields=(
        Field(key="needs", label="Besoins", kind=Kind.NOTE, max_length=_LONG, width=3, paper_lines=4),
        Field(key="advice", label="Conseils", kind=Kind.NOTE, max_length=_LONG, width=3, paper_lines=4),
    ),
)
_REFERRALS: Final = Section(
    key="referrals",
    title="Orientations",
    fields=(
        Field(
            key="referrals",
            label="Orientations",
            kind=Kind.ROWS,
            width=3,
            paper_lines=7,
            columns=(
                Field(key="service", label="Service", kind=Kind.CHOICE, options=SERVICES, required=True),
                Field(key="answer", label="Réponse", kind=Kind.CHOICE, options=ANSWERS, required=True),
                Field(key="structure", label="Structure", kind=Kind.TEXT, options=STRUCTURES, max_length=80),
                Field(key="at", label="Rendez-vous", kind=Kind.MOMENT, tense=Tense.ANY),
                Field(key="feedback", label="Contre-référence", kind=Kind.TEXT, max_length=200),
                Field(key="feedback_on", label="Reçue le", kind=Kind.DATE),
            ),
        ),
    ),
)
_SAFETY: Final = Section(
    key="safety",
    title="Sécurité",
    fields=(
        Field(key="in_danger", label="En danger aujourd’hui\u202f?", kind=Kind.YES_NO),
        Field(
            key="safety_plan",
            label="Plan de sécurité fait\u202f?",
            kind=Kind.YES_NO,
            shown_if=_in_danger,
            hint="Si elle est en danger",
        ),
        Field(
            key="safety_notes",
            label="Ce qui est convenu",
            kind=Kind.NOTE,
            max_length=2_000,
            width=3,
            paper_lines=3,
            shown_if=_in_danger,
            hint="Si elle est en danger",
        ),
        Field(
            key="told_of_duty",
            label="Obligation de signaler dite avant\u202f?",
            kind=Kind.YES_NO,
            shown_if=_minor,
            hint=_IF_MINOR,
        ),
        Field(
            key="responsable_told",
            label="Responsable alertée\u202f?",
            kind=Kind.YES_NO,
            shown_if=_minor,
            required_if=_minor,
            hint=_IF_MINOR,
        ),
        Field(
            key="lakana",
            label="LAKANA SO",
            kind=Kind.CHOICE,
            options=LAKANA,
            shown_if=_minor,
            required_if=_minor,
            hint=_IF_MINOR,
        ),
        Field(
            key="lakana_reason",
            label="Motif, ou décision de la responsable",
            kind=Kind.TEXT,
            max_length=300,
            width=3,
            shown_if=_lakana_explained,
            hint="Si LAKANA SO n’est pas saisie",
        ),
        Field(key="centre", label="Centre d’accueil", kind=Kind.TEXT, max_length=80, shown_if=_minor, hint=_IF_MINOR),
        Field(key="kit", label="Kit remis\u202f?", kind=Kind.YES_NO, shown_if=_minor, hint=_IF_MINOR),
        Field(key="housing", label="Hébergement", kind=Kind.TEXT, max_length=80, shown_if=_minor, hint=_IF_MINOR),
    ),
)
_NEXT: Final = Section(
    key="next",
    title="Prochain rendez-vous",
    fields=(
        Field(key="next_at", label="Le", kind=Kind.MOMENT, tense=Tense.FUTURE),
        Field(
            key="next_notes",
            label="Pour quoi",
            kind=Kind.TEXT,
            max_length=200,
            width=2,
            shown_if=_next_given,
            hint="Si un rendez-vous est pris",
        ),
    ),
)
_CONSENT: Final = Section(
    key="consent",
    title="Son accord",
    fields=(
        Field(key="consent_listen", label="Pour l’écoute", kind=Kind.YES_NO, required=True),
        Field(
            key="consent_record",
            label="Pour garder ce qu’elle dit",
            kind=Kind.YES_NO,
            required=True,
            hint="Non\u00a0: ni nom ni récit, les services rendus seulement",
        ),
        Field(
            key="shares",
            label="Pour partager",
            kind=Kind.ROWS,
            width=3,
            paper_lines=3,
            columns=(
                Field(
                    key="recipient",
                    label="Avec qui",
                    kind=Kind.TEXT,
                    options=STRUCTURES,
                    required=True,
                    max_length=80,
                    width=5,
                ),
                Field(key="agreed", label="D’accord\u202f?", kind=Kind.YES_NO, required=True, width=11),
                Field(key="withdrawn_on", label="Retiré le", kind=Kind.DATE, width=5),
            ),
        ),
        Field(key="assent", label="La mineure est d’accord\u202f?", kind=Kind.YES_NO, shown_if=_minor, hint=_IF_MINOR),
        Field(
            key="adult_agrees",
            label="L’adulte est d’accord\u202f?",
            kind=Kind.YES_NO,
            shown_if=_minor,
            hint=_IF_MINOR,
        ),
        Field(
            key="best_interest",
            label="Son intérêt, sans cet accord",
            kind=Kind.TEXT,
            max_length=300,
            width=3,
            shown_if=_no_adult_agreement,
            hint="Si l’adulte n’est pas d’accord",
        ),
    ),
)

LISTENING: Final = Form(
    key="listening",
    version=1,
    title="Écoute",
    sections=(_WHO, _WHY, _SAID, _NEEDS, _REFERRALS, _SAFETY, _NEXT, _CONSENT),
    sealed=True,
)
"""Every question of a talk, in eight parts."""

DEPOSIT: Final = Form(
    key="deposit",
    version=1,
    title="Mot à l’écoutante",
    sections=(
        Section(
            key="note",
            title="Mot à l’écoutante",
            fields=(
                Field(key="about", label="Sujet", kind=Kind.CHOICE, options=ABOUT, required=True),
                Field(key="on", label="Le", kind=Kind.DATE, required=True),
                Field(key="person_id", label="Personne", kind=Kind.PERSON, hint="Nom, numéro ou téléphone"),
                Field(
                    key="text",
                    label="Ce qu’il faut savoir",
                    kind=Kind.NOTE,
                    required=True,
                    max_length=1_000,
                    width=3,
                    paper_lines=3,
                    hint="Vous ne pourrez pas le relire",
                ),
            ),
        ),
    ),
    sealed=True,
)
"""What any role drops in; nothing of it is kept outside, so it has no draft."""

_TEXTS: Final = frozenset(one.name for one in fields(ListeningSession) if one.type == "str")
_OWN: Final = frozenset({"anonymous", "motives", "referrals", "shares", "first", "code", "lakana"})


def session_values(answers: Answers) -> dict[str, Any]:
    """The fields of a session that the form asks, from answers without violation; the code as typed."""
    values: dict[str, Any] = {}
    for field in LISTENING.fields:
        if field.key not in _OWN:
            values[field.key] = _value(field.key, answers.get(field.key))
    values["code"] = str(answers.get("code") or "")
    lakana = answers.get("lakana")
    values["lakana"] = None if lakana is None else Lakana(lakana)
    values["first"] = answers.get("first") == FIRST
    values["motives"] = tuple(str(code) for code in _sequence(answers.get("motives")))
    values["referrals"] = tuple(_referral(row) for row in _rows(answers.get("referrals")))
    values["shares"] = tuple(_share(row) for row in _rows(answers.get("shares")))
    return values


def answers_of(session: ListeningSession) -> dict[str, object]:
    """What the form shows of a session; the person by her id."""
    shown: dict[str, object] = {
        field.key: getattr(session, field.key) for field in LISTENING.fields if field.key not in _OWN
    }
    shown["lakana"] = None if session.lakana is None else session.lakana.value
    shown["anonymous"] = session.person_id is None
    shown["code"] = session.code
    shown["first"] = FIRST if session.first else FOLLOW_UP
    shown["motives"] = session.motives
    shown["referrals"] = tuple(
        {
            "service": row.service.value,
            "answer": row.answer.value,
            "structure": row.structure or None,
            "at": row.at,
            "feedback": row.feedback or None,
            "feedback_on": row.feedback_on,
        }
        for row in session.referrals
    )
    shown["shares"] = tuple(
        {"recipient": row.recipient, "agreed": row.agreed, "withdrawn_on": row.withdrawn_on} for row in session.shares
    )
    return {key: None if value == "" else value for key, value in shown.items()}


def deposit_values(answers: Answers) -> dict[str, Any]:
    """The fields of a note, from answers without violation."""
    return {
        "about": About(answers["about"]),
        "on": answers["on"],
        "person_id": answers.get("person_id"),
        "text": answers["text"],
    }


def with_codes(rows: Sequence[Referral], before: Sequence[Referral]) -> tuple[Referral, ...]:
    """The rows with the codes of the slips already printed for the same service and structure."""
    codes = {(row.service, row.structure): row.code for row in before}
    return tuple(_with_code(row, codes.get((row.service, row.structure), "")) for row in rows)


def _with_code(row: Referral, code: str) -> Referral:
    return Referral(
        service=row.service,
        answer=row.answer,
        structure=row.structure,
        at=row.at,
        code=row.code or code,
        feedback=row.feedback,
        feedback_on=row.feedback_on,
    )


def _value(key: str, answer: object) -> object:
    return (answer or "") if key in _TEXTS else answer


def _sequence(value: object) -> Sequence[Any]:
    return value if isinstance(value, (tuple, list)) else ()


def _rows(value: object) -> tuple[Mapping[str, Any], ...]:
    return tuple(row for row in _sequence(value) if any(cell not in (None, "") for cell in row.values()))


def _referral(row: Mapping[str, Any]) -> Referral:
    at, feedback_on = row.get("at"), row.get("feedback_on")
    return Referral(
        service=Service(row["service"]),
        answer=Answer(row["answer"]),
        structure=str(row.get("structure") or ""),
        at=at if isinstance(at, dt.datetime) else None,
        feedback=str(row.get("feedback") or ""),
        feedback_on=feedback_on if isinstance(feedback_on, dt.date) else None,
    )


def _share(row: Mapping[str, Any]) -> Share:
    return Share(recipient=row["recipient"], agreed=row["agreed"], withdrawn_on=row.get("withdrawn_on"))
