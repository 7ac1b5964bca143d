"""The form of a civil file (forms: Civil registration file): only what its démarche and the answers call for.

Lists that the office does not edit (``civil_routes``, ``civil_beneficiaries``, ``civil_sexes``, ``civil_fathers``) are
given by who shows the form; the others are dated lists of the settings.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from functools import partial
from typing import Any, Final

from antenne.domain.births import UNKNOWN
from antenne.domain.civil import CivilFile, Father, Sex
from antenne.domain.civil_first_routes import ROUTES as FIRST
from antenne.domain.civil_routes import NO_NATURE, Beneficiary, Nature, When, nature_of
from antenne.domain.forms.model import Answers, Field, Form, Kind, Section

ROUTES: Final = "civil_routes"
BENEFICIARIES: Final = "civil_beneficiaries"
SEXES: Final = "civil_sexes"
FATHERS: Final = "civil_fathers"

Natures = Callable[[str], Nature | None]
"""What a démarche needs to be told, by its key."""
Condition = Callable[[Nature, Answers], bool]


def _of_a_birth(nature: Nature, _answers: Answers) -> bool:
    return nature.birth


def _asks(*whens: When) -> Condition:
    """Where a birth is declared or judged, and where a piece depends on the answer."""
    return lambda nature, _answers: nature.birth or not nature.asked.isdisjoint(whens)


def _for_another(answers: Answers) -> bool:
    return answers.get("beneficiary") in {Beneficiary.CHILD.value, Beneficiary.MINOR.value}


def _asks_parents(nature: Nature, answers: Answers) -> bool:
    return nature.birth or When.RECOGNISED in nature.asked or _needs_parents(nature, answers)


def _needs_parents(nature: Nature, answers: Answers) -> bool:
    return nature.act and _for_another(answers)


def _father_known(nature: Nature, answers: Answers) -> bool:
    return _asks_parents(nature, answers) and answers.get("father") == Father.KNOWN.value


def _may_recognise(nature: Nature, answers: Answers) -> bool:
    asked = nature.birth or When.RECOGNISED in nature.asked
    return asked and _father_known(nature, answers) and answers.get("in_wedlock") is False


def _late(nature: Nature, _answers: Answers) -> bool:
    return nature.late


def _has_act(nature: Nature, _answers: Answers) -> bool:
    return nature.card or not nature.asked.isdisjoint({When.WITH_ACT, When.WITHOUT_ACT})


def _has_nina(nature: Nature, _answers: Answers) -> bool:
    return nature.nina


def _needs_witnesses(nature: Nature, answers: Answers) -> bool:
    return nature.heard or (nature.card and answers.get("has_act") is False)


def _at_school(nature: Nature, answers: Answers) -> bool:
    return nature.birth and _for_another(answers)


_SHOWN: Final[Mapping[str, Condition]] = {
    "attended_by": _of_a_birth,
    "born_at_home": _asks(When.BORN_AT_HOME),
    "twin": _asks(When.TWIN),
    "has_act": _has_act,
    "nina": _has_nina,
    "mother_name": _asks_parents,
    "mother_has_act": _asks(When.MOTHER_WITHOUT_ACT),
    "foreign_mother": _asks(When.FOREIGN_MOTHER),
    "father": _asks_parents,
    "father_name": _father_known,
    "in_wedlock": _asks(When.OUT_OF_WEDLOCK, When.RECOGNISED),
    "recognised": _may_recognise,
    "orphan": _asks(When.ORPHAN),
    "late_reason": _late,
    "declarant_link": _of_a_birth,
    "declarant": _of_a_birth,
    "declarant_paper": _of_a_birth,
    "declarant_phone": _of_a_birth,
    "witnesses": _needs_witnesses,
    "school_class": _at_school,
    "school": _at_school,
}
"""Questions that are asked only where this holds."""
_REQUIRED: Final[Mapping[str, Condition]] = {
    "mother_name": _needs_parents,
    "father": _needs_parents,
    "late_reason": _late,
}

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
            hint="Sage-femme, accoucheuse…",
        ),
        Field(
            key="born_at_home",
            label="Né à la maison\u202f?",
            kind=Kind.YES_NO,
            hint="Oui\u00a0: attestation du chef de quartier",
        ),
        Field(
            key="twin",
            label="Jumeau\u202f?",
            kind=Kind.YES_NO,
            hint="Oui\u00a0: acte de l’autre jumeau",
        ),
        Field(
            key="has_act",
            label="A déjà un acte de naissance\u202f?",
            kind=Kind.YES_NO,
            hint="Non\u00a0: deux témoins connus",
        ),
        Field(
            key="nina",
            label="Numéro NINA",
            kind=Kind.TEXT,
            max_length=40,
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
        ),
        Field(
            key="mother_has_act",
            label="A-t-elle un acte\u202f?",
            kind=Kind.YES_NO,
            hint="Non\u00a0: une déclaration sur l’honneur",
        ),
        Field(
            key="foreign_mother",
            label="Mère étrangère\u202f?",
            kind=Kind.YES_NO,
            hint="Oui\u00a0: carte consulaire ou passeport",
        ),
        Field(
            key="father",
            label="Père",
            kind=Kind.CHOICE,
            options=FATHERS,
        ),
        Field(
            key="father_name",
            label="Nom du père",
            kind=Kind.TEXT,
            max_length=120,
            hint="Si le père est connu",
        ),
        Field(
            key="in_wedlock",
            label="Parents mariés\u202f?",
            kind=Kind.YES_NO,
            hint="Oui\u00a0: pièce d’identité du père",
        ),
        Field(
            key="recognised",
            label="Reconnaît-il l’enfant\u202f?",
            kind=Kind.YES_NO,
            hint="Si le père est connu et pas marié à la mère",
        ),
        Field(
            key="orphan",
            label="Orphelin\u202f?",
            kind=Kind.YES_NO,
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
            width=3,
            hint="Déplacement, conflit, distance, délai mal connu…",
        ),
        Field(
            key="declarant_link",
            label="Lien avec l’enfant",
            kind=Kind.CHOICE,
            options="declarant_links",
        ),
        Field(key="declarant", label="Nom de qui déclare", kind=Kind.TEXT, max_length=120),
        Field(
            key="declarant_paper",
            label="Sa pièce d’identité",
            kind=Kind.TEXT,
            max_length=80,
            hint="Type et numéro",
        ),
        Field(key="declarant_phone", label="Son téléphone", kind=Kind.PHONE),
        Field(
            key="witnesses",
            label="Témoins",
            kind=Kind.TEXT,
            max_length=200,
            width=2,
            hint="Deux majeurs\u00a0: noms et téléphones",
        ),
        Field(
            key="school_class",
            label="Classe",
            kind=Kind.CHOICE,
            options="school_classes",
            hint="Si l’enfant va à l’école",
        ),
        Field(
            key="school",
            label="École",
            kind=Kind.TEXT,
            max_length=80,
            width=2,
            hint="Si l’enfant va à l’école",
        ),
    ),
)

_SECTIONS: Final = (_WHAT, _WHO, _PARENTS, _DECLARANT)


def civil_form(nature: Natures) -> Form:
    """The form of a file where the démarches are those that ``nature`` knows; its key names its drafts."""
    sections = tuple(
        replace(section, fields=tuple(_bound(field, nature) for field in section.fields)) for section in _SECTIONS
    )
    return Form(key="civil_file", version=1, title="Dossier d’état civil", sections=sections)


def _bound(field: Field, nature: Natures) -> Field:
    shown, required = _SHOWN.get(field.key), _REQUIRED.get(field.key)
    return replace(
        field,
        shown_if=None if shown is None else partial(_holds, shown, nature),
        required_if=None if required is None else partial(_holds, required, nature),
    )


def _holds(condition: Condition, nature: Natures, answers: Answers) -> bool:
    return condition(nature(str(answers.get("route_key") or "")) or NO_NATURE, answers)


CIVIL_FILE: Final = civil_form({route.key: nature_of(route) for route in FIRST}.get)
"""Every question of a file, where the démarches are those that an office begins with: the blank sheet."""

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
