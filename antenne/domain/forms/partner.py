"""The form of a partner structure: public words only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from antenne.domain.forms.listening import SERVICES
from antenne.domain.forms.model import Answers, Field, Form, Kind, Section, Tense
from antenne.domain.listening import Service
from antenne.domain.partners import MOST_NAME, Convention, Partner
from antenne.domain.protection import day, number, text

PARTNER: Final = Form(
    key="partner",
    version=1,
    title="Structure partenaire",
    sections=(
        Section(
            key="who",
            title="",
            fields=(
                Field(key="name", label="Nom", kind=Kind.TEXT, required=True, max_length=MOST_NAME, width=2),
                Field(key="kind", label="Genre", kind=Kind.CHOICE, options="partner_kinds", required=True),
                Field(key="services", label="Services", kind=Kind.CHOICES, options=SERVICES, required=True, width=3),
                Field(key="place", label="Lieu", kind=Kind.TEXT, max_length=120, width=2),
                Field(key="phone", label="Téléphone", kind=Kind.TEXT, max_length=40),
                Field(key="hours", label="Ouverture", kind=Kind.TEXT, max_length=120, width=2),
                Field(
                    key="minutes",
                    label="À combien de minutes",
                    kind=Kind.COUNT,
                    highest=1440,
                    hint="Depuis le bureau\u202f; la plus proche est proposée",
                ),
                Field(key="closed_on", label="Ne reçoit plus depuis le", kind=Kind.DATE, tense=Tense.ANY),
            ),
        ),
        Section(
            key="conventions",
            title="Conventions",
            fields=(
                Field(
                    key="conventions",
                    label="Conventions",
                    kind=Kind.ROWS,
                    width=3,
                    columns=(
                        Field(key="starts_on", label="Du", kind=Kind.DATE, tense=Tense.ANY, required=True),
                        Field(key="ends_on", label="Au", kind=Kind.DATE, tense=Tense.ANY),
                        Field(key="reference", label="Référence", kind=Kind.TEXT, max_length=80, width=3),
                    ),
                ),
            ),
        ),
    ),
)


def partner_of(answers: Answers, before: Partner | None = None) -> Partner:
    """The structure that the answers describe; its place in the list stays."""
    rows: Any = answers.get("conventions") or ()
    services: Any = answers.get("services") or ()
    return Partner(
        id=0 if before is None else before.id,
        position=0 if before is None else before.position,
        name=text(answers, "name"),
        kind=text(answers, "kind"),
        services=frozenset(Service(one) for one in services),
        place=text(answers, "place"),
        phone=text(answers, "phone"),
        hours=text(answers, "hours"),
        minutes=number(answers, "minutes"),
        closed_on=day(answers, "closed_on"),
        conventions=tuple(Convention(row["starts_on"], row.get("ends_on"), row.get("reference") or "") for row in rows),
    )


def answers_of(partner: Partner) -> Mapping[str, object]:
    """What the form shows of a structure."""
    return {
        **{key: getattr(partner, key) or None for key in ("name", "kind", "place", "phone", "hours", "closed_on")},
        "minutes": partner.minutes,
        "services": tuple(one.value for one in Service if one in partner.services),
        "conventions": tuple(
            {"starts_on": one.starts_on, "ends_on": one.ends_on, "reference": one.reference or None}
            for one in partner.conventions
        ),
    }
