"""The form of a civil file (forms: Civil registration file): only what its démarche and the answers call for.

Lists that the office does not edit (``civil_routes``, ``civil_beneficiaries``, ``civil_sexes``, ``civil_fathers``) are
given by who shows the form; the others are dated lists of the settings.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

from antenne.domain.births import UNKNOWN
from antenne.domain.civil import Beneficiary, CivilFile, Father, Sex
from antenne.domain.forms.model import Answers, Field, Form, Kind, Section

ROUTES: Final = "civil_routes"
BENEFICIARIES: Final = "civil_beneficiaries"
SEXES: Final = "civil_sexes"
FATHERS: Final = "civil_fathers"

DECLARATION: Final = "declaration"
LATE_JUDGMENT: Final = "late_judgment"

_BIRTHS: Final = frozenset({DECLARATION, LATE_JUDGMENT})
_ACTS: Final = frozenset({"copy", "lost_act", "rectification"})
_CARDS: Final = frozenset({"identity_card_old", "identity_card"})
_NINAS: Final = frozenset({"identity_card", "nina"})


def _of_a_birth(answers: Answers) -> bool:
    return answers.get("route_key") in _BIRTHS


def _for_another(answers: Answers) -> bool:
    return answers.get("beneficiary") in {Beneficiary.CHILD.value, Beneficiary.MINOR.value}


def _asks_parents(answers: Answers) -> bool:
    return _of_a_birth(answers) or (answers.get("route_key") in _ACTS and _for_another(answers))


def _needs_parents(answers: Answers) -> bool:
    return _asks_parents(answers) and _for_another(answers)


def _father_known(answers: Answers) -> bool:
    return _asks_parents(answers) and answers.get("father") == Father.KNOWN.value


def _may_recognise(answers: Answers) -> bool:
    return _of_a_birth(answers) and _father_known(answers) and answers.get("in_wedlock") is False


def _late(answers: Answers) -> bool:
    return answers.get("route_key") == LATE_JUDGMENT


def _card(answers: Answers) -> bool:
    return answers.get("route_key") in _CARDS


def _has_nina(answers: Answers) -> bool:
    return answers.get("route_key") in _NINAS


def _needs_witnesses(answers: Answers) -> bool:
    judged = answers.get("route_key") in {LATE_JUDGMENT, "rectification"}
    return judged or (_card(answers) and answers.get("has_act") is False)


def _at_school(answers: Answers) -> bool:
    return _of_a_birth(answers) and _for_another(answers)


_WHAT = Section(
    key="what",
    title="Démarche",
    fields=(
        Field(key="route_key", label="Démarche", kind=Kind.CHOICE, options=ROUTES, required=True),
        Field(key="requester_id", label="Demandeuse", kind=Kind.PERSON, required=True, hint="Nom, numéro ou téléphone"),
        Field(key="beneficiary", label="Pour", kind=Kind.CHOICE, options=BENEFICIARIES, required=True),
        Field(key="opened_on", label="Ouvert le", kind=Kind.DATE, required=True),
        Field(
            key="place",
            label="Mairie, tribunal ou centre",
            kind=Kind.TEXT,
            options="civil_places",
            max_length=80,
            hint="Là où le dossier ira",
        ),
        Field(
            key="register_ref", label="Cahier", kind=Kind.TEXT, max_length=40, hint="Page et ligne du registre papier"
        ),
    ),
)
_WHO = Section(
    key="who",
    title="Le nom qui sera sur le papier",
    fields=(
        Field(key="last_name", label="Nom", kind=Kind.TEXT, required=True, max_length=80),
        Field(key="first_name", label="Prénoms", kind=Kind.TEXT, required=True, max_length=80),
        Field(key="sex", label="Sexe", kind=Kind.CHOICE, options=SEXES, required=True),
        Field(
            key="birth",
            label="Naissance",
            kind=Kind.BIRTH,
            required=True,
            hint="Date, année, «\u00a0vers 2019\u00a0», âge, ou «\u00a0inconnue\u00a0»",
        ),
        Field(key="birth_place", label="Lieu de naissance", kind=Kind.TEXT, options="places", max_length=80),
        Field(
            key="attended_by",
            label="Qui a aidé à la naissance",
            kind=Kind.TEXT,
            max_length=80,
            shown_if=_of_a_birth,
            hint="Sage-femme, accoucheuse…",
        ),
        Field(
            key="born_at_home",
            label="Né à la maison\u202f?",
            kind=Kind.YES_NO,
            shown_if=_of_a_birth,
            hint="Oui\u00a0: attestation du chef de quartier",
        ),
        Field(
            key="twin",
            label="Jumeau\u202f?",
            kind=Kind.YES_NO,
            shown_if=_of_a_birth,
            hint="Oui\u00a0: acte de l’autre jumeau",
        ),
        Field(
            key="has_act",
            label="A déjà un acte de naissance\u202f?",
            kind=Kind.YES_NO,
            shown_if=_card,
            hint="Non\u00a0: deux témoins connus",
        ),
        Field(
            key="nina",
            label="Numéro NINA",
            kind=Kind.TEXT,
            max_length=40,
            shown_if=_has_nina,
            hint="15 signes, une lettre à la fin",
        ),
    ),
)
_PARENTS = Section(
    key="parents",
    title="Mère et père",
    fields=(
        Field(
            key="mother_name",
            label="Nom de la mère",
            kind=Kind.TEXT,
            max_length=120,
            shown_if=_asks_parents,
            required_if=_needs_parents,
        ),
        Field(
            key="mother_has_act",
            label="A-t-elle un acte\u202f?",
            kind=Kind.YES_NO,
            shown_if=_of_a_birth,
            hint="Non\u00a0: une déclaration sur l’honneur",
        ),
        Field(
            key="foreign_mother",
            label="Mère étrangère\u202f?",
            kind=Kind.YES_NO,
            shown_if=_of_a_birth,
            hint="Oui\u00a0: carte consulaire ou passeport",
        ),
        Field(
            key="father",
            label="Père",
            kind=Kind.CHOICE,
            options=FATHERS,
            shown_if=_asks_parents,
            required_if=_needs_parents,
        ),
        Field(
            key="father_name",
            label="Nom du père",
            kind=Kind.TEXT,
            max_length=120,
            shown_if=_father_known,
            hint="Si le père est connu",
        ),
        Field(
            key="in_wedlock",
            label="Parents mariés\u202f?",
            kind=Kind.YES_NO,
            shown_if=_of_a_birth,
            hint="Oui\u00a0: pièce d’identité du père",
        ),
        Field(
            key="recognised",
            label="Reconnaît-il l’enfant\u202f?",
            kind=Kind.YES_NO,
            shown_if=_may_recognise,
            hint="Si le père est connu et pas marié à la mère",
        ),
        Field(
            key="orphan",
            label="Orphelin\u202f?",
            kind=Kind.YES_NO,
            shown_if=_of_a_birth,
            hint="Oui\u00a0: acte de décès des parents",
        ),
    ),
)
_DECLARANT = Section(
    key="declarant",
    title="Qui déclare",
    fields=(
        Field(
            key="late_reason",
            label="Pourquoi pas à temps",
            kind=Kind.TEXT,
            max_length=160,
            shown_if=_late,
            required_if=_late,
            width=3,
            hint="Déplacement, conflit, distance, délai mal connu…",
        ),
        Field(
            key="declarant_link",
            label="Lien avec l’enfant",
            kind=Kind.CHOICE,
            options="declarant_links",
            shown_if=_of_a_birth,
        ),
        Field(key="declarant", label="Nom de qui déclare", kind=Kind.TEXT, max_length=120, shown_if=_of_a_birth),
        Field(
            key="declarant_paper",
            label="Sa pièce d’identité",
            kind=Kind.TEXT,
            max_length=80,
            shown_if=_of_a_birth,
            hint="Type et numéro",
        ),
        Field(key="declarant_phone", label="Son téléphone", kind=Kind.PHONE, shown_if=_of_a_birth),
        Field(
            key="witnesses",
            label="Témoins",
            kind=Kind.TEXT,
            max_length=200,
            width=2,
            shown_if=_needs_witnesses,
            hint="Deux majeurs\u00a0: noms et téléphones",
        ),
        Field(
            key="school_class",
            label="Classe",
            kind=Kind.CHOICE,
            options="school_classes",
            shown_if=_at_school,
            hint="Si l’enfant va à l’école",
        ),
        Field(
            key="school",
            label="École",
            kind=Kind.TEXT,
            max_length=80,
            width=2,
            shown_if=_at_school,
            hint="Si l’enfant va à l’école",
        ),
    ),
)

CIVIL_FILE: Final = Form(
    key="civil_file", version=1, title="Dossier d’état civil", sections=(_WHAT, _WHO, _PARENTS, _DECLARANT)
)
"""Every question of a file; its key names its drafts."""

_CODED: Final = {"beneficiary": Beneficiary, "sex": Sex, "father": Father}
_TEXTS: Final = frozenset(
    name.name for name in fields(CivilFile) if name.type == "str" and name.name not in {"number", "route_key"}
)


def file_of(answers: Answers, before: CivilFile | None = None) -> CivilFile:
    """The file that the answers describe; what the form does not ask stays as it was ``before``.

    Answers that are still missing take the emptiest value: the rules say what must be there (``civil.check_file``).
    Her own paper is tied to her own file.
    """
    values: dict[str, Any] = (
        {} if before is None else {name.name: getattr(before, name.name) for name in fields(before)}
    )
    values.setdefault("route_version", 0)
    for field in CIVIL_FILE.fields:
        values[field.key] = _value(field.key, answers.get(field.key))
    mine = values["beneficiary"] is Beneficiary.SELF
    values["person_id"] = values["requester_id"] if mine and values["requester_id"] else None
    return CivilFile(**values)


def _value(key: str, answer: object) -> object:
    if key in _TEXTS or key == "route_key":
        return answer or ""
    if key == "birth":
        return answer or UNKNOWN
    if key == "requester_id":
        return answer or 0
    if key == "opened_on":
        return answer or dt.date.min
    if key == "beneficiary" and not answer:
        return Beneficiary.CHILD
    return _CODED[key](answer) if key in _CODED and answer else answer


def answers_of(file: CivilFile) -> Mapping[str, object]:
    """What the form shows of a file; the requester by her id."""
    shown = {field.key: getattr(file, field.key) for field in CIVIL_FILE.fields}
    for key in _CODED:
        shown[key] = None if shown[key] is None else shown[key].value
    return {key: None if value == "" else value for key, value in shown.items()}
