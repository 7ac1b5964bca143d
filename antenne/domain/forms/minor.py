"""The form of an accompanied minor (forms: Listening session, « If minor »), and the two dated returns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from antenne.domain.births import UNKNOWN
from antenne.domain.forms.listening import LAKANA, STRUCTURES, WAYS
from antenne.domain.forms.model import Answers, Field, Form, Kind, Section
from antenne.domain.listening import Lakana
from antenne.domain.minors import Minor, Return
from antenne.domain.protection import day, number, text, yes_no

RETURNS: Final = "minor_returns"
DECISIONS: Final = "lakana_decisions"
"""Fixed lists, given by who shows the form (``wording.protection.OPTIONS``)."""


def _told(answers: Answers) -> bool:
    return answers.get("lakana") == Lakana.TOLD.value


def _not_told(answers: Answers) -> bool:
    return answers.get("lakana") in (Lakana.NOT_YET.value, Lakana.REFUSED.value)


def _no_adult(answers: Answers) -> bool:
    return answers.get("adult_agreed") is False or answers.get("assent") is False


def _at_school(answers: Answers) -> bool:
    return answers.get("what") == Return.SCHOOL.value


_FIRST: Final = Section(
    key="first",
    title="1. Avant de l’écouter",
    fields=(
        Field(
            key="told_duty",
            label="On lui a dit, avant, ce que nous devons signaler",
            kind=Kind.YES_NO,
            required=True,
            width=3,
        ),
        Field(key="assent", label="Elle est d’accord", kind=Kind.YES_NO, required=True),
        Field(key="adult_agreed", label="L’adulte responsable est d’accord", kind=Kind.YES_NO, required=True),
        Field(
            key="best_interest",
            label="Sinon, pourquoi c’est dans son intérêt",
            kind=Kind.TEXT,
            max_length=300,
            shown_if=_no_adult,
            required_if=_no_adult,
            width=3,
            hint="Si elle ou l’adulte n’est pas d’accord, ou s’il est absent",
        ),
    ),
)

_WHO: Final = Section(
    key="who",
    title="2. Qui elle est",
    fields=(
        Field(key="first_name", label="Prénom", kind=Kind.TEXT, max_length=60),
        Field(key="last_name", label="Nom", kind=Kind.TEXT, max_length=60, hint="Rien si elle ne veut pas"),
        Field(key="nickname", label="Surnom", kind=Kind.TEXT, max_length=60),
        Field(key="birth", label="Âge ou naissance", kind=Kind.BIRTH, required=True),
        Field(
            key="person_id",
            label="Sa fiche, si elle en a une",
            kind=Kind.PERSON,
            width=2,
            hint="Dossier d’état civil ou d’école seulement",
        ),
        Field(key="met_on", label="Rencontrée le", kind=Kind.DATE, required=True, repeats=True),
        Field(key="met_by", label="Venue par", kind=Kind.CHOICE, options=WAYS, repeats=True),
        Field(key="place", label="Lieu de vie", kind=Kind.TEXT, options="places", max_length=80),
        Field(key="origin", label="Vient de", kind=Kind.TEXT, options="places", max_length=80),
        Field(key="lives_alone", label="Vit seule", kind=Kind.YES_NO),
        Field(key="adult_link", label="Adulte responsable\u00a0: lien", kind=Kind.CHOICE, options="relations"),
        Field(key="adult", label="Adulte responsable", kind=Kind.TEXT, max_length=80),
        Field(key="separation", label="Séparée ou non accompagnée", kind=Kind.CHOICE, options="separations"),
    ),
)

_DONE: Final = Section(
    key="done",
    title="3. LAKANA SO, abri, kit",
    fields=(
        Field(key="lakana", label="LAKANA SO", kind=Kind.CHOICE, options=LAKANA, required=True),
        Field(
            key="lakana_on",
            label="Saisie le",
            kind=Kind.DATE,
            shown_if=_told,
            required_if=_told,
            hint="Si LAKANA SO est saisie",
        ),
        Field(
            key="lakana_why",
            label="Pourquoi, ses mots",
            kind=Kind.TEXT,
            max_length=300,
            shown_if=_not_told,
            required_if=_not_told,
            width=3,
            hint="Si pas encore, ou si elle refuse\u00a0: la responsable décide",
        ),
        Field(key="shelter", label="Centre d’accueil", kind=Kind.TEXT, options=STRUCTURES, max_length=80, width=2),
        Field(key="kit_on", label="Kit remis le", kind=Kind.DATE),
        Field(key="housing", label="Hébergement", kind=Kind.TEXT, max_length=80, width=2),
        Field(key="words", label="Ce qui compte", kind=Kind.NOTE, max_length=2000, width=3, paper_lines=6),
    ),
)

MINOR: Final = Form(key="minor", version=1, title="Mineure accompagnée", sealed=True, sections=(_FIRST, _WHO, _DONE))
"""Her own sealed form; no photo, no card, no credit."""

RETURN: Final = Form(
    key="minor_return",
    version=1,
    title="Retour",
    sealed=True,
    sections=(
        Section(
            key="return",
            title="",
            fields=(
                Field(key="what", label="Retour", kind=Kind.CHOICE, options=RETURNS, required=True),
                Field(key="on", label="Le", kind=Kind.DATE, required=True),
                Field(
                    key="where",
                    label="Localité, ou école",
                    kind=Kind.TEXT,
                    options="places",
                    required=True,
                    max_length=80,
                ),
                Field(
                    key="school_class",
                    label="Classe",
                    kind=Kind.CHOICE,
                    options="school_classes",
                    shown_if=_at_school,
                    hint="Si elle retourne à l’école",
                ),
            ),
        ),
    ),
)
"""Back in her family, or at school."""

DECISION: Final = Form(
    key="lakana_decision",
    version=1,
    title="Décision de la responsable",
    sealed=True,
    sections=(
        Section(
            key="decision",
            title="",
            fields=(
                Field(key="decision", label="Décision", kind=Kind.CHOICE, options=DECISIONS, required=True, width=2),
                Field(key="why", label="Motif", kind=Kind.TEXT, max_length=300, required=True, width=3),
            ),
        ),
    ),
)
"""Where the girl refuses LAKANA SO."""

FORMS: Final = {form.key: form for form in (MINOR, RETURN, DECISION)}
"""Every form of this module by its key."""

_TEXTS: Final = (
    "first_name", "last_name", "nickname", "met_by", "place", "origin", "adult", "adult_link", "separation",
    "best_interest", "lakana_why", "shelter", "housing", "words",
)  # fmt: skip
_DAYS: Final = ("met_on", "lakana_on", "kit_on")


def minor_values(answers: Answers) -> dict[str, Any]:
    """The fields of her record that the answers give."""
    return {
        **{key: text(answers, key) for key in _TEXTS},
        **{key: day(answers, key) for key in _DAYS},
        "birth": answers.get("birth") or UNKNOWN,
        "person_id": number(answers, "person_id"),
        "lives_alone": yes_no(answers, "lives_alone"),
        "adult_agreed": yes_no(answers, "adult_agreed"),
        "told_duty": answers.get("told_duty") is True,
        "assent": answers.get("assent") is True,
        "lakana": Lakana(text(answers, "lakana")),
    }


def answers_of(minor: Minor) -> Mapping[str, object]:
    """What the form shows of her record."""
    return {
        **{key: getattr(minor, key) or None for key in _TEXTS},
        **{key: getattr(minor, key) for key in (*_DAYS, "birth", "person_id", "lives_alone", "adult_agreed")},
        "told_duty": minor.told_duty,
        "assent": minor.assent,
        "lakana": minor.lakana.value,
    }
