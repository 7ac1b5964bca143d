"""Namesakes are normal: a duplicate is suggested, never on a shared phone alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.duplicates import suspects
from antenne.domain.persons import Person, Phone

KONE = Person(
    id=7,
    last_name="Koné",
    first_name="Fatoumata",
    nicknames=("Fati la grande",),
    birth=Birth(Precision.DAY, dt.date(1994, 3, 12)),
    mother_name="Awa Touré",
    quarter="Sévaré — Millionkin",
    phones=(Phone("+22376123456"),),
)
TYPED = Person(last_name="KONE", first_name="Fatou")


def reasons(typed: Person, known: Person = KONE) -> tuple[str, ...]:
    found = suspects(typed, (known,))
    return found[0].reasons if found else ()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ()),
        ({"birth": Birth(Precision.ABOUT, dt.date(1993, 1, 1))}, ("last_name", "first_name", "birth")),
        ({"birth": Birth(Precision.ABOUT, dt.date(1980, 1, 1))}, ()),
        ({"mother_name": "Hawa Touré"}, ("last_name", "first_name", "mother")),
        ({"quarter": "sévaré millionkin"}, ("last_name", "first_name", "quarter")),
        ({"quarter": "Sévaré — Millionkin"}, ("last_name", "first_name", "quarter")),
        ({"phones": KONE.phones}, ("last_name", "first_name", "phone")),
        ({"phones": (Phone("+22366000000"),)}, ()),
        ({"mother_name": "Sira Cissé", "birth": Birth(Precision.YEAR, dt.date(1994, 1, 1))}, ()),
        (
            {"mother_name": "Sira Cissé", "birth": KONE.birth},
            ("last_name", "first_name", "birth"),
        ),
        ({"first_name": "Fanta", "phones": KONE.phones}, ("last_name", "first_name", "phone")),
        ({"first_name": "Awa", "phones": KONE.phones}, ("last_name", "phone")),
        ({"last_name": "Diallo", "first_name": "Fanta", "phones": KONE.phones}, ("first_name", "phone")),
        ({"last_name": "Diallo", "first_name": "Oumou", "phones": KONE.phones}, ()),
        ({"last_name": "Fati la grande", "birth": KONE.birth}, ("last_name", "first_name", "birth")),
        ({"last_name": "", "first_name": ""}, ()),
    ],
)
def test_who_is_suggested_and_why(change: dict[str, object], expected: tuple[str, ...]) -> None:
    assert reasons(replace(TYPED, **change)) == expected  # type: ignore[arg-type]  # any field


def test_a_shared_phone_and_nothing_else_never_suggests() -> None:
    stranger = Person(last_name="Cissé", first_name="Oumou", phones=KONE.phones, quarter=KONE.quarter,
                      mother_name=KONE.mother_name, birth=KONE.birth)  # fmt: skip
    assert reasons(stranger) == ()


def test_an_unknown_birth_contradicts_nothing() -> None:
    typed = replace(TYPED, phones=KONE.phones)
    assert reasons(typed, replace(KONE, birth=UNKNOWN)) == ("last_name", "first_name", "phone")


def test_neither_herself_nor_who_was_erased() -> None:
    typed = replace(TYPED, phones=KONE.phones)
    assert suspects(replace(typed, id=7), (KONE,)) == ()
    assert reasons(typed, replace(KONE, erased_on=dt.date(2026, 1, 1))) == ()


def test_the_likeliest_first() -> None:
    typed = replace(TYPED, phones=KONE.phones, mother_name="Awa Touré")
    less = replace(KONE, id=8, mother_name="")
    assert [one.person.id for one in suspects(typed, (less, KONE))] == [7, 8]
