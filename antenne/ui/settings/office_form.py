"""The form of the office, and its answers to and from the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from antenne.domain.first_run import MAX_TEXT
from antenne.domain.forms.model import Field, Form, Kind, Option, Section
from antenne.domain.office import CARD_WORDS, PAPERS, Heading, Office
from antenne.wording import settings as words

HEADINGS = "headings"
TEXTS = ("association", "motto", "name", "town", "postal_box", "phone", "neutral_heading")
_PREFIX = "heading_"


def _text(key: str, label: str, *, required: bool = False, hint: str = "") -> Field:
    return Field(key=key, label=label, kind=Kind.TEXT, required=required, max_length=MAX_TEXT, hint=hint)


OFFICE = Form(
    key="office",
    version=1,
    title="Le bureau",
    sections=(
        Section(
            key="identity",
            title="Le bureau",
            fields=(
                _text("association", "Association", required=True),
                _text("motto", "Devise"),
                _text("name", "Nom de l’antenne", required=True),
                _text("town", "Ville", required=True),
                _text("postal_box", "Boîte postale"),
                _text("phone", "Téléphone"),
            ),
        ),
        Section(
            key="headings",
            title="En-têtes des papiers",
            fields=(
                _text(
                    "neutral_heading",
                    "Ce que dit un en-tête neutre",
                    hint=f"«\u00a0{CARD_WORDS}\u00a0»\u00a0: les autres papiers disent le bureau et la ville",
                ),
                *(
                    Field(key=f"{_PREFIX}{paper}", label=words.PAPERS[paper], kind=Kind.CHOICE, options=HEADINGS)
                    for paper in PAPERS
                ),
            ),
        ),
    ),
)


def heading_options(_name: str) -> Sequence[Option]:
    """The three headings, for the form's choices."""
    return tuple(Option(heading.value, label) for heading, label in words.HEADINGS.items())


def answers(office: Office) -> dict[str, object]:
    """The record as the form shows it."""
    texts: dict[str, object] = {key: getattr(office, key) for key in TEXTS}
    return texts | {f"{_PREFIX}{paper}": office.heading(paper).value for paper in PAPERS}


def record(given: Mapping[str, object], before: Office, logo: bytes | None) -> Office:
    """The record that the form describes; a heading left empty is the paper's own."""
    texts = {key: str(given.get(key) or "") for key in TEXTS}
    chosen = {paper: given.get(f"{_PREFIX}{paper}") for paper in PAPERS}
    headings = {paper: Heading(value) for paper, value in chosen.items() if isinstance(value, str) and value}
    return replace(
        before,
        association=texts["association"],
        motto=texts["motto"],
        name=texts["name"],
        town=texts["town"],
        postal_box=texts["postal_box"],
        phone=texts["phone"],
        neutral_heading=texts["neutral_heading"],
        headings=headings,
        logo=logo,
    )
