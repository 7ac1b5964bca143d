"""The short forms of her rights: whom, taking back, erasing, asking, keeping beyond the term."""

from __future__ import annotations

from antenne.domain.forms.model import Answers, Field, Form, Kind, Option, Section
from antenne.domain.her_rights import ErasureReason
from antenne.domain.retention import LONGEST_AGAIN
from antenne.services.erasing import CONFIRM
from antenne.wording.her_rights import REASONS

ERASURE_REASONS = "erasure_reasons"


def _form(key: str, title: str, *fields: Field) -> Form:
    return Form(key=key, version=1, title=title, sealed=True, sections=(Section(key=key, title="", fields=fields),))


def _aloud(answers: Answers) -> bool:
    return answers.get("how") == "orale"


def _nameless(answers: Answers) -> bool:
    return answers.get("person_id") is None


_TYPED = Field(
    key="typed",
    label=f"Tapez {CONFIRM}",
    kind=Kind.TEXT,
    required=True,
    max_length=20,
    hint="Ce qui est effacé ne revient pas",
)

WHO = _form(
    "rights_who",
    "De qui s’agit-il\u202f?",
    Field(key="person_id", label="Sa fiche", kind=Kind.PERSON, width=2),
    Field(
        key="code",
        label="Ou son code",
        kind=Kind.TEXT,
        max_length=12,
        shown_if=_nameless,
        hint="Si elle n’a pas donné son nom",
    ),
)
WITHDRAWAL = _form(
    "rights_withdrawal",
    "Elle retire cet accord",
    Field(key="on", label="Dit le", kind=Kind.DATE, required=True),
    Field(key="how", label="Comment", kind=Kind.CHOICE, options="consent_ways", required=True),
    Field(
        key="witness",
        label="Témoin",
        kind=Kind.TEXT,
        max_length=120,
        shown_if=_aloud,
        required_if=_aloud,
        hint="Si elle l’a dit à voix haute",
    ),
)
ERASING = _form(
    "rights_erasing",
    "Effacer",
    Field(key="reason", label="Motif", kind=Kind.CHOICE, options=ERASURE_REASONS, required=True, width=2),
    _TYPED,
)
ERASING_FILE = _form("rights_erasing_file", "Effacer sa fiche", _TYPED)
REQUEST = _form(
    "rights_request",
    "Demander l’effacement à la responsable",
    Field(key="words", label="Ce qu’elle dit", kind=Kind.TEXT, max_length=200, width=3, hint="Sans nom"),
)
KEEPING = _form(
    "retention_keeping",
    "Garder plus longtemps",
    Field(key="why", label="Pourquoi", kind=Kind.TEXT, required=True, max_length=200, width=2, hint="Sans nom"),
    Field(
        key="years",
        label="Redemander dans (années)",
        kind=Kind.COUNT,
        required=True,
        lowest=1,
        highest=LONGEST_AGAIN,
    ),
)


def reasons(name: str) -> tuple[Option, ...] | None:
    """The motives of an erasure that she chooses from; None for another list."""
    if name != ERASURE_REASONS:
        return None
    chosen = (ErasureReason.ASKED, ErasureReason.MISTAKE)
    return tuple(Option(one.value, REASONS[one]) for one in chosen)
