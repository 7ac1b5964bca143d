"""The questions about one démarche, and what the form shows of a version."""

from __future__ import annotations

from typing import Final

from antenne.domain.civil_routes import Route
from antenne.domain.forms.model import Answers, Field, Form, Kind, Section, Tense
from antenne.services.civil_routes_editing import PAPER, PERSONS
from antenne.ui.civil.fields import FILED_AT, PIECE_KINDS, RESULTS, STEPS, WHENS, WHOM
from antenne.ui.kit.area import Context


def _has_delay(answers: Answers) -> bool:
    return answers.get("free_days") is not None


def _day(key: str, label: str, hint: str = "") -> Field:
    """A day after the birth."""
    return Field(
        key=key,
        label=label,
        kind=Kind.COUNT,
        lowest=1,
        highest=999,
        shown_if=_has_delay,
        required_if=_has_delay,
        hint=hint,
    )


_NAME: Final = Field(key="label", label="Nom", kind=Kind.TEXT, required=True, max_length=60)
_GIVES: Final = Field(
    key="result",
    label="Ce qu’elle donne",
    kind=Kind.CHOICE,
    options=RESULTS,
    required=True,
    hint="Ne change plus ensuite",
)
_HEAD: Final = (
    Field(key="until", label="Dernier jour", kind=Kind.DATE, tense=Tense.FUTURE, hint="Vide\u00a0: sans fin"),
    Field(
        key="stale_days",
        label="Endormi après (jours)",
        kind=Kind.COUNT,
        required=True,
        lowest=1,
        highest=400,
    ),
    Field(key="place", label="Se dépose", kind=Kind.CHOICE, options=FILED_AT, required=True),
    Field(key="beneficiaries", label="Pour", kind=Kind.CHOICES, options=WHOM, required=True, width=3),
    Field(key="steps", label="Étapes", kind=Kind.CHOICES, options=STEPS, required=True, width=3),
    Field(
        key="free_days",
        label="Délai de déclaration",
        kind=Kind.COUNT,
        lowest=1,
        highest=999,
        hint="En jours francs\u202f; vide\u00a0: aucun",
    ),
    _day("warn_from", "Presse dès le jour"),
    _day("doubt_from", "À vérifier dès le jour"),
    _day("doubt_until", "À vérifier jusqu’au jour", "Après\u00a0: une autre démarche est proposée"),
    Field(
        key="source",
        label="Source",
        kind=Kind.TEXT,
        max_length=160,
        width=3,
        hint="D’où vient la règle\u00a0: loi, usage…",
    ),
)
_PIECES: Final = Field(
    key="pieces",
    label="Pièces",
    kind=Kind.ROWS,
    width=3,
    columns=(
        Field(key="label", label="Pièce", kind=Kind.TEXT, required=True, max_length=120, width=3),
        Field(key="when", label="Demandée", kind=Kind.CHOICE, options=WHENS, required=True, width=2),
        Field(key="kind", label="C’est", kind=Kind.CHOICE, options=PIECE_KINDS, required=True),
        Field(key="copies", label="Combien", kind=Kind.COUNT, lowest=1, highest=20),
        Field(key="alternative", label="Ou bien", kind=Kind.TEXT, max_length=20),
    ),
    hint="Même mot dans «\u00a0Ou bien\u00a0»\u00a0: une seule de ces pièces suffit",
)
_FEES: Final = Field(
    key="fees",
    label="Frais habituels",
    kind=Kind.ROWS,
    width=3,
    columns=(
        Field(key="label", label="Nature", kind=Kind.TEXT, required=True, max_length=40, width=3),
        Field(key="amount", label="Somme (FCFA)", kind=Kind.MONEY),
    ),
)


def form_of(route: Route) -> Form:
    """The questions of one démarche, known or new; each has drafts of its own."""
    since = Field(
        key="since",
        label="Nouvelle version à partir du" if route.key else "À partir du",
        kind=Kind.DATE,
        required=True,
        tense=Tense.FUTURE,
        hint="Les dossiers déjà ouverts gardent l’ancienne" if route.key else "",
    )
    head = (_NAME, since, *_HEAD) if route.key else (_NAME, _GIVES, since, *_HEAD)
    return Form(
        key=f"civil_route/{route.key or '+'}",
        version=2,
        title="Démarche",
        sections=(
            Section(key="head", title="", fields=head),
            Section(key="pieces", title="", fields=(_PIECES,)),
            Section(key="fees", title="", fields=(_FEES,)),
        ),
    )


def answers_of(route: Route, context: Context) -> dict[str, object]:
    """What the form shows of a version, a new one beginning today; what a new démarche gives is to be chosen."""
    delay = route.delay
    days = {} if delay is None else {name: getattr(delay, name) for name in delay.__dataclass_fields__}
    return {
        "label": route.label or None,
        "since": context.clock.today(),
        "until": route.until,
        "stale_days": route.stale_days,
        "place": route.place.value,
        "beneficiaries": tuple(one.value for one in route.beneficiaries),
        "steps": tuple(step.value for step in route.steps),
        "source": route.source or None,
        "pieces": tuple(
            {
                "label": piece.label,
                "when": piece.when.value,
                "kind": PAPER if piece.paper else PERSONS,
                "copies": piece.copies,
                "alternative": piece.alternative or None,
            }
            for piece in route.pieces
        )
        or None,
        "fees": tuple({"label": fee.label, "amount": fee.amount} for fee in route.fees) or None,
        **days,
    }
