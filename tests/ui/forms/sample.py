"""A form with every kind of field, and hands to fill it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QScrollArea,
)

from antenne.domain.forms.model import Answers, Field, Form, Kind, Option, Section, Tense
from antenne.domain.violations import Violation
from antenne.ui.kit.fields.base import PersonHit
from antenne.ui.kit.fields.choices import ChoiceField
from antenne.ui.kit.fields.lines import LineField
from antenne.ui.kit.fields.persons import PersonField
from antenne.ui.kit.form_view import FormView
from tests.ui.helpers import type_text

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
LISTS = {
    "languages": tuple(Option(word, word) for word in ("bambara", "peul", "songhaï", "soninké", "français")),
    "places": (Option("1", "Sévaré — Millionkin"), Option("2", "Mopti — Komoguel"), Option("3", "Mopti — Gangal")),
    "reasons": (Option("health", "Santé"), Option("violence", "Violence"), Option("papers", "Papiers")),
    "long": tuple(Option(f"c{number}", f"Article {number}") for number in range(40)),
}
CTRL = Qt.KeyboardModifier.ControlModifier
FATOUMATA = PersonHit(931, "M-00931", "KONÉ Fatoumata", "Sévaré · 76 •• •• 18")


def ends_after_start(answers: Answers) -> tuple[Violation, ...]:
    amount, count = answers["amount"], answers["count"]
    return (Violation("users.reason"),) if isinstance(amount, int) and isinstance(count, int) and amount < count else ()


FORM = Form(
    key="try",
    version=3,
    title="Essai",
    sections=(
        Section(
            key="one",
            title="Identité",
            fields=(
                Field(key="name", label="Nom & surnom", kind=Kind.TEXT, required=True, hint="Comme sur l’acte"),
                Field(key="birth", label="Naissance", kind=Kind.BIRTH, repeats=True),
                Field(key="place", label="Quartier", kind=Kind.TEXT, options="places", repeats=True),
                Field(key="phone", label="Téléphone", kind=Kind.PHONE),
                Field(key="language", label="Langue", kind=Kind.CHOICE, options="languages"),
                Field(key="article", label="Article", kind=Kind.CHOICE, options="long"),
                Field(key="moved", label="Déplacée", kind=Kind.YES_NO),
                Field(key="from", label="D’où", kind=Kind.TEXT, required=True, shown_if=lambda a: a["moved"] is True),
                Field(key="sponsor", label="Marraine", kind=Kind.PERSON),
            ),
        ),
        Section(
            key="two",
            title="Argent",
            fields=(
                Field(key="amount", label="Montant", kind=Kind.MONEY),
                Field(key="count", label="Enfants", kind=Kind.COUNT, highest=30),
                Field(key="day", label="Jour", kind=Kind.DATE, required_if=lambda a: a["amount"] is not None),
                Field(key="next", label="Rendez-vous", kind=Kind.DATE, tense=Tense.FUTURE),
                Field(key="moment", label="Entretien", kind=Kind.MOMENT),
                Field(key="reasons", label="Motifs", kind=Kind.CHOICES, options="reasons", width=3),
                Field(key="note", label="Ce qu’elle dit", kind=Kind.NOTE, width=3, max_length=5000),
                Field(
                    key="rows",
                    label="Téléphones",
                    kind=Kind.ROWS,
                    width=3,
                    columns=(
                        Field(key="phone", label="Numéro", kind=Kind.PHONE, required=True),
                        Field(key="owner", label="À qui", kind=Kind.TEXT),
                        Field(
                            key="call",
                            label="Appeler\u202f?",
                            kind=Kind.YES_NO,
                            shown_if=lambda a: a["owner"] == "elle",
                        ),
                    ),
                ),
            ),
        ),
    ),
    checks=(ends_after_start,),
)


class Search:
    """Answers when told, as a lane would."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Callable[[Sequence[PersonHit]], None]]] = []

    def __call__(self, text: str, reply: Callable[[Sequence[PersonHit]], None]) -> None:
        self.asked.append((text, reply))


def scroll_area(view: FormView) -> QScrollArea:
    above = view.parentWidget()
    found = above.parentWidget() if above is not None else None
    assert isinstance(found, QScrollArea)
    return found


def line(view: FormView, key: str) -> QLineEdit:
    entry = view.field(key).entry()
    assert isinstance(entry, QLineEdit)
    return entry


def typed(view: FormView, key: str, text: str) -> QLineEdit:
    """Stand in the field and type."""
    edit = line(view, key)
    edit.setFocus()
    type_text(edit, text)
    return edit


def leave(view: FormView) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    focused.clearFocus()


def suggestions(view: FormView, key: str) -> tuple[str, ...]:
    field = view.field(key)
    assert isinstance(field, (LineField, ChoiceField, PersonField))
    return field._suggestions.labels()
