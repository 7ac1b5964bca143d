"""The forms of an incident: intake in the compulsory order, safety plan, follow-up, outcome, closing (GBVIMS).

Lists given by who shows the form: names of the directory, services, answers (as a listening session). Others are dated
lists of the settings. There is no field for a perpetrator's name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from antenne.domain.births import UNKNOWN, Birth
from antenne.domain.forms.listening import ANSWERS, SERVICES, STRUCTURES
from antenne.domain.forms.model import Answers, Field, Form, Kind, Section, Tense
from antenne.domain.incidents import (
    Agreement,
    Incident,
    Perpetrators,
    Purpose,
    classify,
    intake_of,
    questions_asked,
)
from antenne.domain.protection import number, referral_rows, referrals_of, text, yes_no
from antenne.domain.violations import Violation

_LONG: Final = 4000
_LINE: Final = 200


def asked_now(question: str) -> Callable[[Answers], bool]:
    """Whether the compulsory order has come to this question."""

    def shown(answers: Answers) -> bool:
        return question in questions_asked(intake_of(answers))

    return shown


def _question(key: str, label: str, hint: str = "") -> Field:
    shown = asked_now(key)
    return Field(key=key, label=label, kind=Kind.YES_NO, shown_if=shown, required_if=shown, width=3, hint=hint)


def _who_perhaps_minor(answers: Answers) -> bool:
    return isinstance(answers.get("birth"), Birth)


def _sharing(answers: Answers) -> bool:
    return answers.get("consent_services") is True


REFERRALS: Final = Field(
    key="referrals",
    label="Services",
    kind=Kind.ROWS,
    width=3,
    paper_lines=7,
    columns=(
        Field(key="service", label="Service", kind=Kind.CHOICE, options=SERVICES, required=True, width=7),
        Field(key="answer", label="Réponse", kind=Kind.CHOICE, options=ANSWERS, required=True, width=7),
        Field(key="structure", label="Structure", kind=Kind.TEXT, options=STRUCTURES, max_length=80, width=8),
        Field(key="at", label="Rendez-vous", kind=Kind.MOMENT, tense=Tense.FUTURE, width=9),
        Field(key="feedback", label="Contre-référence", kind=Kind.TEXT, max_length=300, width=8),
        Field(key="feedback_on", label="Revenue le", kind=Kind.DATE, width=7),
    ),
)
"""One row per service; the six answers."""

_WHO: Final = Section(
    key="who",
    title="1. Son accord, qui elle est",
    fields=(
        Field(
            key="consent_services",
            label="Elle accepte d’être orientée vers des services",
            kind=Kind.YES_NO,
            required=True,
            width=3,
        ),
        Field(
            key="consent_statistics",
            label="Elle accepte d’être comptée, sans nom, dans les statistiques",
            kind=Kind.YES_NO,
            required=True,
            width=3,
        ),
        Field(
            key="recipients",
            label="Partage avec",
            kind=Kind.ROWS,
            shown_if=_sharing,
            width=3,
            hint="Un accord par structure, si elle accepte d’être orientée",
            paper_lines=3,
            columns=(
                Field(
                    key="recipient",
                    label="Structure",
                    kind=Kind.TEXT,
                    options=STRUCTURES,
                    required=True,
                    max_length=80,
                    width=1,
                ),
                Field(key="given", label="D’accord", kind=Kind.YES_NO, required=True),
            ),
        ),
        Field(
            key="person_id",
            label="Adhérente ou autre fiche",
            kind=Kind.PERSON,
            width=2,
            hint="Rien si elle ne veut pas",
        ),
        Field(key="birth", label="Âge ou naissance", kind=Kind.BIRTH, required=True, width=2),
        Field(key="marital", label="Situation matrimoniale", kind=Kind.CHOICE, options="marital"),
        Field(key="displaced", label="Déplacée", kind=Kind.YES_NO),
        Field(key="disability", label="Handicap", kind=Kind.CHOICE, options="disabilities"),
        Field(
            key="separated",
            label="Mineure séparée ou non accompagnée",
            kind=Kind.YES_NO,
            shown_if=_who_perhaps_minor,
            hint="Si elle a moins de 18 ans",
        ),
    ),
)

_WHEN: Final = Section(
    key="when",
    title="2. Quand et où",
    fields=(
        Field(key="interviewed_at", label="Entretien", kind=Kind.MOMENT, required=True),
        Field(
            key="happened_from",
            label="Les faits\u00a0: le, à",
            kind=Kind.MOMENT,
            required=True,
            hint="Heure inconnue\u00a0: au plus tôt",
        ),
        Field(key="happened_to", label="Au plus tard", kind=Kind.MOMENT, hint="Si l’heure n’est pas connue"),
        Field(
            key="day_part", label="Moment", kind=Kind.CHOICE, options="day_parts", hint="Si l’heure n’est pas connue"
        ),
        Field(key="place_type", label="Type de lieu", kind=Kind.CHOICE, options="incident_places", required=True),
        Field(key="commune", label="Commune", kind=Kind.TEXT, options="places", max_length=80),
        Field(key="cared_at", label="Reçue aux soins", kind=Kind.MOMENT, hint="Quand un soignant l’a vue"),
    ),
)

_WHAT: Final = Section(
    key="what",
    title="3. Ce qui s’est passé",
    fields=(
        Field(
            key="local_type",
            label="Ce qu’elle nomme",
            kind=Kind.CHOICE,
            options="incident_types",
            required=True,
            width=2,
            hint="Traite\u00a0: seulement si elle le dit",
        ),
        Field(key="reported_elsewhere", label="Déjà dit à une autre organisation", kind=Kind.YES_NO),
        _question("agreed_act", "Était-elle d’accord pour le rapport\u202f?", "Si le condom a été refusé ou retiré"),
        _question(
            "agreed_without",
            "Était-elle d’accord pour qu’il ait lieu, ou continue, sans condom\u202f?",
            "Si le condom a été refusé ou retiré",
        ),
        _question(
            "penetration",
            "Y a-t-il eu pénétration sans son accord, même partielle, par une partie du corps ou un objet\u202f?",
            "Oui\u00a0: viol",
        ),
        _question(
            "sexual_contact",
            "Y a-t-il eu un contact sexuel qu’elle n’a pas voulu\u202f?",
            "Si non avant. Oui\u00a0: agression sexuelle",
        ),
        _question(
            "physical",
            "A-t-elle été frappée, poussée, brûlée, attachée ou blessée\u202f?",
            "Si non avant. Oui\u00a0: agression physique",
        ),
        _question("forced_marriage", "Est-ce un mariage forcé\u202f?", "Si non avant. Oui\u00a0: mariage forcé"),
        _question(
            "denial",
            "L’a-t-on privée d’argent, de biens, de son travail ou d’un service qui lui était dû\u202f?",
            "Si non avant. Oui, et non-paiement\u00a0: déni de ressources",
        ),
        _question(
            "psychological",
            "A-t-elle été insultée, menacée, humiliée, enfermée ou surveillée\u202f?",
            "Si non avant. Oui\u00a0: violence psychologique\u202f; non\u00a0: non-VBG",
        ),
        Field(
            key="account",
            label="Ce qu’elle raconte",
            kind=Kind.NOTE,
            max_length=_LONG,
            width=3,
            paper_lines=8,
            hint="Ses mots\u202f; aucun nom d’auteur",
        ),
    ),
)

_WHO_DID: Final = Section(
    key="perpetrators",
    title="4. Auteur(s) présumé(s), sans nom",
    fields=(
        Field(key="perpetrator_count", label="Combien", kind=Kind.COUNT, lowest=1, highest=99),
        Field(key="perpetrator_sex", label="Sexe", kind=Kind.CHOICE, options="perpetrator_sexes"),
        Field(key="perpetrator_age", label="Âge", kind=Kind.CHOICE, options="perpetrator_ages"),
        Field(
            key="perpetrator_relations", label="Relation", kind=Kind.CHOICES, options="perpetrator_relations", width=3
        ),
    ),
)

INCIDENT: Final = Form(
    key="incident",
    version=1,
    title="Incident",
    sealed=True,
    sections=(_WHO, _WHEN, _WHAT, _WHO_DID, Section(key="services", title="5. Services", fields=(REFERRALS,))),
)
"""Intake, in the order of the talk; the types in the compulsory order."""

SAFETY_PLAN: Final = Form(
    key="safety_plan",
    version=1,
    title="Plan de sécurité",
    sealed=True,
    sections=(
        Section(
            key="plan",
            title="",
            fields=(
                Field(key="made_on", label="Fait le", kind=Kind.DATE, required=True),
                Field(
                    key="danger",
                    label="Ce qui peut recommencer",
                    kind=Kind.NOTE,
                    max_length=600,
                    width=3,
                    required=True,
                ),
                Field(key="safe_place", label="Où aller", kind=Kind.TEXT, max_length=_LINE, width=3, required=True),
                Field(
                    key="trusted",
                    label="Qui prévenir",
                    kind=Kind.TEXT,
                    max_length=_LINE,
                    width=3,
                    hint="Un lien, pas un nom",
                ),
                Field(key="signal", label="Signal convenu", kind=Kind.TEXT, max_length=_LINE, width=3),
                Field(key="ready", label="Prêt à emporter", kind=Kind.TEXT, max_length=_LINE, width=3),
                Field(key="children", label="Les enfants", kind=Kind.TEXT, max_length=_LINE, width=3),
            ),
        ),
    ),
)
"""Made with her."""

FOLLOW_UP: Final = Form(
    key="incident_follow_up",
    version=1,
    title="Suivi",
    sealed=True,
    sections=(
        Section(
            key="follow_up",
            title="",
            fields=(
                Field(key="on", label="Le", kind=Kind.DATE, required=True),
                Field(key="safe", label="En sécurité", kind=Kind.YES_NO),
                Field(
                    key="words", label="Suivi", kind=Kind.NOTE, max_length=1000, width=3, required=True, paper_lines=4
                ),
            ),
        ),
    ),
)
"""One contact after the first."""

OUTCOME: Final = Form(
    key="incident_outcome",
    version=1,
    title="Issue",
    sealed=True,
    sections=(
        Section(
            key="outcome",
            title="",
            fields=(
                Field(key="code", label="Issue", kind=Kind.CHOICE, options="incident_outcomes", required=True, width=2),
                Field(key="on", label="Le", kind=Kind.DATE, required=True),
                Field(key="words", label="Précision", kind=Kind.TEXT, max_length=_LINE, width=3),
            ),
        ),
    ),
)
"""What came of it, with its day."""


def _asked_plan(answers: Answers) -> tuple[Violation, ...]:
    """« Peut revenir à tout moment » is said, not supposed."""
    return (Violation("incident.not_told", "told_return"),) if answers.get("told_return") is False else ()


CLOSING: Final = Form(
    key="incident_closing",
    version=1,
    title="Clôture",
    sealed=True,
    sections=(
        Section(
            key="closing",
            title="",
            fields=(
                Field(key="on", label="Clos le", kind=Kind.DATE, required=True),
                Field(key="reason", label="Motif", kind=Kind.CHOICE, options="closing_reasons", required=True, width=2),
                Field(
                    key="needs_met", label="Ses besoins ont reçu une réponse", kind=Kind.YES_NO, required=True, width=3
                ),
                Field(
                    key="plan_reviewed",
                    label="Le plan de sécurité a été revu",
                    kind=Kind.YES_NO,
                    required=True,
                    width=3,
                ),
                Field(
                    key="told_return",
                    label="On lui a dit\u00a0: «\u00a0vous pouvez revenir à tout moment\u00a0»",
                    kind=Kind.YES_NO,
                    required=True,
                    width=3,
                ),
                Field(key="words", label="Précision", kind=Kind.TEXT, max_length=_LINE, width=3),
            ),
        ),
    ),
    checks=(_asked_plan,),
)
"""The checklist at the end."""

FORMS: Final = {form.key: form for form in (INCIDENT, SAFETY_PLAN, FOLLOW_UP, OUTCOME, CLOSING)}
"""Every form of this module by its key."""

_TEXTS: Final = ("marital", "disability", "day_part", "place_type", "commune", "local_type", "account")
_YES_NO: Final = ("displaced", "separated", "reported_elsewhere")


def incident_values(answers: Answers, on: dt.date, before: Incident | None = None) -> dict[str, Any]:
    """The fields of an incident that the answers give; what the form does not ask stays out.

    Args:
        answers: Cleaned, valid.
        on: The day she is asked for her agreement.
        before: What it said: an agreement already given or taken back keeps its days.
    """
    intake = intake_of(answers)
    began, ended = answers.get("happened_from"), answers.get("happened_to")
    return {
        **{key: text(answers, key) for key in _TEXTS},
        **{key: yes_no(answers, key) for key in _YES_NO},
        "person_id": number(answers, "person_id"),
        "interviewed_at": answers.get("interviewed_at"),
        "happened_from": began,
        "happened_to": ended or began,
        "cared_at": answers.get("cared_at"),
        "birth": answers.get("birth") or UNKNOWN,
        "intake": intake,
        "gbv_type": classify(intake),
        "perpetrators": Perpetrators(
            count=number(answers, "perpetrator_count"),
            sex=text(answers, "perpetrator_sex"),
            age_band=text(answers, "perpetrator_age"),
            relations=_codes(answers.get("perpetrator_relations")),
        ),
        "referrals": referrals_of(answers.get("referrals"), () if before is None else before.referrals),
        "agreements": _agreements(answers, on, () if before is None else before.agreements),
    }


def _codes(value: object) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, (tuple, list)) else ()


def _agreements(answers: Answers, on: dt.date, before: tuple[Agreement, ...]) -> tuple[Agreement, ...]:
    """Hers as answered; one that did not change keeps its day, one that is no longer asked is kept as history."""
    said = [
        Agreement(purpose=Purpose.SERVICES, given=answers.get("consent_services") is True, on=on),
        Agreement(purpose=Purpose.STATISTICS, given=answers.get("consent_statistics") is True, on=on),
    ]
    rows: Any = answers.get("recipients") or ()
    said += [
        Agreement(purpose=Purpose.SHARING, recipient=row["recipient"], given=row.get("given") is True, on=on)
        for row in rows
        if row.get("recipient")
    ]
    return tuple(_unchanged(one, before) for one in said)


def _unchanged(said: Agreement, before: tuple[Agreement, ...]) -> Agreement:
    same = (one for one in before if (one.purpose, one.recipient) == (said.purpose, said.recipient))
    known = next(same, None)
    if known is None:
        return said
    stands = known.given and known.withdrawn_on is None
    if said.given == stands:
        return known
    if stands:
        return Agreement(
            purpose=known.purpose, recipient=known.recipient, given=True, on=known.on, withdrawn_on=said.on
        )
    return said


def answers_of(incident: Incident) -> Mapping[str, object]:
    """What the form shows of an incident."""
    shown: dict[str, object] = {
        **{key: getattr(incident, key) or None for key in _TEXTS},
        **{key: getattr(incident, key) for key in (*_YES_NO, "person_id", "interviewed_at", "cared_at")},
        "birth": incident.birth,
        "happened_from": incident.happened_from,
        "happened_to": None if incident.span.exact else incident.happened_to,
        "perpetrator_count": incident.perpetrators.count,
        "perpetrator_sex": incident.perpetrators.sex or None,
        "perpetrator_age": incident.perpetrators.age_band or None,
        "perpetrator_relations": incident.perpetrators.relations or None,
        "referrals": referral_rows(incident.referrals),
    }
    for question in ("agreed_act", "agreed_without", "penetration", "sexual_contact", "physical", "forced_marriage"):
        shown[question] = getattr(incident.intake, question)
    shown["denial"], shown["psychological"] = incident.intake.denial, incident.intake.psychological
    standing = {(one.purpose, one.recipient): one.given and one.withdrawn_on is None for one in incident.agreements}
    shown["consent_services"] = standing.get((Purpose.SERVICES, ""))
    shown["consent_statistics"] = standing.get((Purpose.STATISTICS, ""))
    shown["recipients"] = tuple(
        {"recipient": recipient, "given": given}
        for (purpose, recipient), given in standing.items()
        if purpose is Purpose.SHARING
    )
    return shown
