"""One reader for every kind, for the screen and for the import."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antenne.domain.births import Birth, Precision
from antenne.domain.forms.model import Field, Kind, Option
from antenne.domain.forms.reading import read, show
from antenne.domain.violations import Violation

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
LIST = (Option("health", "Santé"), Option("papers", "Papiers"), Option("money", "Argent"))


def field(kind: Kind) -> Field:
    return Field(key="it", label="Cela", kind=kind)


@given(st.sampled_from(Kind), st.text())
def test_reading_never_raises(kind: Kind, typed: str) -> None:
    found = read(field(kind), typed, NOW, LIST)
    if isinstance(found, Violation):
        assert found.field == "it"


@pytest.mark.parametrize(
    ("kind", "typed", "value", "shown"),
    [
        (Kind.TEXT, "  Koné   F. ", "Koné F.", "Koné F."),
        (Kind.NOTE, "un\r\ndeux ", "un\ndeux", "un\ndeux"),
        (Kind.MONEY, "12500", 12500, "12\u202f500"),
        (Kind.COUNT, "3", 3, "3"),
        (Kind.DATE, "22/11", dt.date(2026, 11, 22), "22/11/2026"),
        (
            Kind.MOMENT,
            "22/11 10:41",
            dt.datetime(2026, 11, 22, 10, 41, tzinfo=dt.UTC),
            "22/11/2026 à 10\u00a0h\u00a041",
        ),
        (Kind.BIRTH, "vers 1994", Birth(Precision.ABOUT, dt.date(1994, 1, 1)), "vers 1994"),
        (Kind.PHONE, "76123456", "+22376123456", "76 12 34 56"),
        (Kind.CHOICE, "sante", "health", "Santé"),
        (Kind.CHOICE, "HEALTH", "health", "Santé"),
        (Kind.CHOICES, "papiers ; sante, Papiers,", ("papers", "health"), "Papiers, Santé"),
        (Kind.YES_NO, "O", True, "Oui"),
        (Kind.YES_NO, "non", False, "Non"),
        (Kind.PERSON, " 931 ", 931, "931"),
        (Kind.TEXT, " \u00a0 ", None, ""),
        (Kind.CHOICES, " , ", (), ""),
    ],
)
def test_each_kind(kind: Kind, typed: str, value: object, shown: str) -> None:
    assert read(field(kind), typed, NOW, LIST) == value
    assert show(field(kind), value, LIST) == shown


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        (Kind.TEXT, "Awa 😀", "text.picture"),
        (Kind.TEXT, "Awa\x1cKoné", "text.control"),
        (Kind.CHOICE, "sant", "choice.unknown"),
        (Kind.CHOICES, "santé, autre", "choice.unknown"),
        (Kind.YES_NO, "peut-être", "yes_no.unreadable"),
        (Kind.PERSON, "Koné", "person.not_chosen"),
        (Kind.PERSON, "9" * 30, "person.not_chosen"),
        (Kind.ROWS, "a", "rows.unreadable"),
        (Kind.MONEY, "12,5k", "money.not_a_number"),
    ],
)
def test_what_cannot_be_read_names_its_field(kind: Kind, typed: str, code: str) -> None:
    found = read(field(kind), typed, NOW, LIST)
    assert isinstance(found, Violation)
    assert (found.code, found.field) == (code, "it")


def test_a_code_that_left_the_list_is_still_shown() -> None:
    assert show(field(Kind.CHOICE), "old", LIST) == "old"
