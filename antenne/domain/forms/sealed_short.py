"""Short sealed forms: tests, consultations, carnet de santé, aid, attendance, outings, the alert among colleagues."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from antenne.domain.alerts import ColleagueAlert
from antenne.domain.births import UNKNOWN
from antenne.domain.forms.listening import STRUCTURES
from antenne.domain.forms.model import Answers, Field, Form, Kind, Section, Tense
from antenne.domain.protection import day, number, text, yes_no
from antenne.domain.sealed_tests import (
    AidStep,
    Attendance,
    Attended,
    Consultation,
    ForOne,
    HealthBooklet,
    HivTest,
    LegalAid,
    MaterialAid,
    Outing,
    Result,
    StiTest,
)
from antenne.domain.violations import Violation

RESULTS: Final = "test_results"
"""Fixed list, given by who shows the form (``wording.protection.OPTIONS``)."""


def _agreed(answers: Answers) -> bool:
    return answers.get("result_agreed") is True


def _nameless(answers: Answers) -> bool:
    return answers.get("person_id") is None


def _somebody(answers: Answers) -> tuple[Violation, ...]:
    """Who it is about: her file, or a code; a new code is given where she has neither."""
    if answers.get("person_id") is not None and answers.get("code"):
        return (Violation("test.person_and_code", "code"),)
    return ()


_ON: Final = Field(key="on", label="Le", kind=Kind.DATE, required=True, repeats=True)
_PERSON: Final = Field(key="person_id", label="Personne", kind=Kind.PERSON, width=2)
_CODE: Final = Field(
    key="code",
    label="Ou son code",
    kind=Kind.TEXT,
    max_length=12,
    shown_if=_nameless,
    hint="Sans nom\u00a0: laissez vide pour un nouveau code",
)
_BIRTH: Final = Field(key="birth", label="Âge", kind=Kind.BIRTH, shown_if=_nameless, hint="Si elle n’a pas de fiche")
_AGREED: Final = Field(key="result_agreed", label="Elle accepte que le résultat soit gardé", kind=Kind.YES_NO, width=2)
_RESULT: Final = Field(
    key="result",
    label="Résultat",
    kind=Kind.CHOICE,
    options=RESULTS,
    shown_if=_agreed,
    hint="Seulement si le bailleur le demande et si elle accepte",
)


def _form(key: str, title: str, *fields: Field) -> Form:
    section = Section(key=key, title="", fields=fields)
    checks = (_somebody,) if _CODE in fields else ()
    return Form(key=key, version=1, title=title, sealed=True, sections=(section,), checks=checks)


HIV_TEST: Final = _form(
    "hiv_test",
    "Test VIH",
    _ON,
    _PERSON,
    _CODE,
    _BIRTH,
    Field(key="place", label="Lieu", kind=Kind.TEXT, options="places", max_length=80, repeats=True),
    Field(key="returned_on", label="Résultat rendu le", kind=Kind.DATE),
    Field(key="linked_on", label="Liée au soin le", kind=Kind.DATE),
    _AGREED,
    _RESULT,
)
STI_TEST: Final = _form(
    "sti_test",
    "IST",
    _ON,
    _PERSON,
    _CODE,
    _BIRTH,
    Field(key="place", label="Lieu", kind=Kind.TEXT, options="places", max_length=80, repeats=True),
    _AGREED,
    _RESULT,
    Field(key="treated_on", label="Traitée le", kind=Kind.DATE),
)
CONSULTATION: Final = _form(
    "consultation",
    "Consultation",
    _ON,
    _PERSON,
    _CODE,
    Field(
        key="centre",
        label="Centre",
        kind=Kind.TEXT,
        options=STRUCTURES,
        required=True,
        max_length=80,
        width=2,
        repeats=True,
    ),
    Field(key="monthly", label="Visite mensuelle", kind=Kind.YES_NO, required=True, hint="Non\u00a0: au besoin"),
    Field(key="paid_by", label="Payée par", kind=Kind.CHOICE, options="care_payers", required=True),
    Field(key="booklet_stamped", label="Carnet de santé visé", kind=Kind.YES_NO),
)
HEALTH_BOOKLET: Final = _form(
    "health_booklet",
    "Carnet de santé",
    Field(key="on", label="Remis le", kind=Kind.DATE, required=True),
    _PERSON,
    _CODE,
    Field(key="renewed_on", label="Renouvelé le", kind=Kind.DATE),
)
LEGAL_AID: Final = _form(
    "legal_aid",
    "Aide juridique",
    Field(key="on", label="Demandée le", kind=Kind.DATE, required=True),
    _PERSON,
    _CODE,
    Field(key="matter", label="Objet", kind=Kind.CHOICE, options="legal_matters", required=True),
    Field(key="structure", label="Structure", kind=Kind.TEXT, options=STRUCTURES, max_length=80, width=2),
    Field(
        key="steps",
        label="Étapes",
        kind=Kind.ROWS,
        width=3,
        paper_lines=5,
        columns=(
            Field(key="on", label="Le", kind=Kind.DATE, required=True),
            Field(key="words", label="Étape", kind=Kind.TEXT, required=True, max_length=200, width=5),
        ),
    ),
    Field(key="outcome", label="Issue", kind=Kind.TEXT, max_length=200, width=2),
    Field(key="closed_on", label="Terminée le", kind=Kind.DATE),
)
MATERIAL_AID: Final = _form(
    "material_aid",
    "Aide matérielle",
    _ON,
    _PERSON,
    _CODE,
    Field(key="nature", label="Nature", kind=Kind.TEXT, required=True, max_length=120, width=2),
    Field(key="worth", label="Valeur (FCFA)", kind=Kind.MONEY),
    Field(key="signed", label="Remise contre", kind=Kind.CHOICE, options="consent_ways"),
)
ATTENDANCE: Final = _form(
    "attendance",
    "Liste de présence",
    _ON,
    Field(key="activity", label="Activité", kind=Kind.TEXT, required=True, max_length=120, width=2),
    Field(key="place", label="Lieu", kind=Kind.TEXT, options="places", max_length=80),
    Field(
        key="present",
        label="Présentes",
        kind=Kind.ROWS,
        width=3,
        required=True,
        paper_lines=20,
        columns=(Field(key="person_id", label="Qui", kind=Kind.PERSON, required=True, width=3),),
    ),
)
OUTING: Final = _form(
    "outing",
    "Nouvelles femmes d’une sortie",
    Field(key="on", label="Sortie du", kind=Kind.DATE, required=True),
    Field(key="places", label="Lieux", kind=Kind.TEXT, required=True, max_length=200, width=2),
    Field(
        key="women",
        label="Adhésions à partir de cette sortie",
        kind=Kind.ROWS,
        width=3,
        paper_lines=20,
        columns=(Field(key="person_id", label="Qui", kind=Kind.PERSON, required=True, width=3),),
    ),
)
ALERT: Final = _form(
    "colleague_alert",
    "Alerte aux collègues",
    Field(key="agreed_on", label="Elle est d’accord, le", kind=Kind.DATE, required=True),
    Field(
        key="place",
        label="Où",
        kind=Kind.TEXT,
        required=True,
        max_length=120,
        width=2,
        hint="En général\u202f; rien d’elle",
    ),
    Field(key="when", label="Quand", kind=Kind.TEXT, required=True, max_length=80),
    Field(key="manner", label="Comment", kind=Kind.NOTE, required=True, max_length=300, width=3),
    Field(key="vehicle", label="Véhicule", kind=Kind.TEXT, max_length=80, hint="Genre et couleur"),
    Field(key="expires_on", label="Lue jusqu’au", kind=Kind.DATE, tense=Tense.FUTURE, required=True),
)

FORMS: Final = {
    form.key: form
    for form in (
        HIV_TEST, STI_TEST, CONSULTATION, HEALTH_BOOKLET, LEGAL_AID, MATERIAL_AID, ATTENDANCE, OUTING, ALERT,
    )
}  # fmt: skip
"""Every form of this module by its key, which is the kind of its records."""

KINDS: Final[Mapping[str, type[Any]]] = {
    one.KIND: one for one in (HivTest, StiTest, Consultation, HealthBooklet, LegalAid, MaterialAid, Attendance, Outing)
}
"""The record of each form, the alert apart."""

_DAYS: Final = ("on", "returned_on", "linked_on", "treated_on", "renewed_on", "closed_on", "agreed_on", "expires_on")
_YES_NO: Final = ("booklet_stamped",)
_PLAIN_YES: Final = ("result_agreed", "monthly")
_NUMBERS: Final = ("person_id", "worth")


def record_values(form: Form, answers: Answers) -> dict[str, Any]:
    """The fields of a record that the answers of its form give."""
    return {field.key: _value(field.key, answers) for field in form.fields}


def _value(key: str, answers: Answers) -> object:
    if key in _DAYS:
        return day(answers, key)
    if key in _NUMBERS:
        return number(answers, key)
    if key in _YES_NO:
        return yes_no(answers, key)
    if key in _PLAIN_YES:
        return answers.get(key) is True
    if key == "birth":
        return answers.get(key) or UNKNOWN
    if key == "result":
        return Result(text(answers, key)) if answers.get(key) else None
    return _rows(key, answers.get(key)) if key in ("steps", "present", "women") else text(answers, key)


def _rows(key: str, rows: Any) -> tuple[object, ...]:
    if key == "steps":
        return tuple(AidStep(on=row["on"], words=row["words"]) for row in rows or ())
    ids = tuple(row["person_id"] for row in rows or () if row.get("person_id") is not None)
    return ids if key == "women" else tuple(Attended(person_id=one) for one in ids)


def answers_of(form: Form, record: ForOne | Attendance | Outing | ColleagueAlert) -> Mapping[str, object]:
    """What the form shows of a record."""
    return {field.key: _shown(getattr(record, field.key)) for field in form.fields}


def _shown(value: Any) -> object:
    if isinstance(value, Result):
        return value.value
    if isinstance(value, tuple):
        return tuple(_row(one) for one in value)
    return value if isinstance(value, (bool, int, dt.date)) or value else None


def _row(one: Any) -> dict[str, object]:
    if isinstance(one, AidStep):
        return {"on": one.on, "words": one.words}
    return {"person_id": one.person_id if isinstance(one, Attended) else one}
