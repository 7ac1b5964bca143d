"""Births with a precision: what is read, how old she is, whether she is of age."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.births_rules import (
    Age,
    Majority,
    age_on,
    birth_fault,
    bounds,
    earliest,
    guess_precision,
    is_minor,
    latest,
    majority,
    read_birth,
    shown_birth,
    spoken_birth,
)
from antenne.domain.violations import Violation

TODAY = dt.date(2026, 11, 23)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def year(number: int, precision: Precision = Precision.YEAR) -> Birth:
    return Birth(precision, dt.date(number, 1, 1))


DAYS = st.dates(dt.date(1900, 1, 1), TODAY)
BIRTHS = st.one_of(
    DAYS.map(lambda one: Birth(Precision.DAY, one)),
    DAYS.map(lambda one: Birth(Precision.MONTH, one.replace(day=1))),
    st.integers(1900, 2026).map(year),
    st.integers(1900, 2026).map(lambda one: year(one, Precision.ABOUT)),
    st.tuples(st.integers(0, 50), st.dates(dt.date(1960, 1, 1), TODAY)).map(
        lambda told: Birth(Precision.AGE, dt.date(told[1].year - told[0], 1, 1), told[0], told[1])
    ),
    st.tuples(st.sampled_from(["l’année de la crue", "avant la route"]), st.none() | st.integers(1900, 2026)).map(
        lambda told: Birth(Precision.EVENT, None if told[1] is None else dt.date(told[1], 1, 1), event=told[0])
    ),
    st.just(UNKNOWN),
)


@given(BIRTHS)
def test_what_is_shown_is_read_again(birth: Birth) -> None:
    assert read_birth(spoken_birth(birth), TODAY) == birth
    assert read_birth(shown_birth(birth), TODAY, birth.precision) == birth


@given(BIRTHS, st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)))
def test_her_age_lies_between_the_bounds(birth: Birth, on: dt.date) -> None:
    age, possible = age_on(birth, on), bounds(birth)
    assert (earliest(birth), latest(birth)) == (possible or (None, None))
    if age is not None and possible is not None:
        assert possible[0] <= possible[1]
        assert on.year - possible[1].year - 1 <= age.years <= on.year - possible[0].year or age.years == 0
    assert is_minor(birth, on) == (majority(birth, on) is not Majority.ADULT)


@given(st.text(), st.none() | st.sampled_from(Precision))
def test_reading_never_raises(typed: str, precision: Precision | None) -> None:
    assert isinstance(read_birth(typed, TODAY, precision), (Birth, Violation))


@given(
    st.from_regex(
        r"(vers |repere ?: ?)?[0-9]{0,4}[/ -]?[0-9a-z]{0,5}[/ -]?[0-9]{0,4}( ans)?( le [0-9/]{0,9})?", fullmatch=True
    ),
    st.none() | st.sampled_from(Precision),
)
def test_reading_never_raises_on_figures(typed: str, precision: Precision | None) -> None:
    assert isinstance(read_birth(typed, TODAY, precision), (Birth, Violation))


@pytest.mark.parametrize(
    ("typed", "birth"),
    [
        ("12/03/1994", Birth(Precision.DAY, day("1994-03-12"))),
        ("12031994", Birth(Precision.DAY, day("1994-03-12"))),
        ("120394", Birth(Precision.DAY, day("1994-03-12"))),
        ("12 mars 94", Birth(Precision.DAY, day("1994-03-12"))),
        ("03/1994", Birth(Precision.MONTH, day("1994-03-01"))),
        ("en mars 1994", Birth(Precision.MONTH, day("1994-03-01"))),
        ("1994", year(1994)),
        ("&çç'", year(1994)),
        ("née en 1994", year(1994)),
        ("vers 1994", year(1994, Precision.ABOUT)),
        ("née vers l’an 1994", year(1994, Precision.ABOUT)),
        ("env. 1994", year(1994, Precision.ABOUT)),
        ("32 ans", Birth(Precision.AGE, day("1994-01-01"), 32, TODAY)),
        ("32a", Birth(Precision.AGE, day("1994-01-01"), 32, TODAY)),
        ("32 ans le 12/03/2024", Birth(Precision.AGE, day("1992-01-01"), 32, day("2024-03-12"))),
        ("Inconnue", UNKNOWN),
        ("?", UNKNOWN),
        ("repère : la crue", Birth(Precision.EVENT, event="la crue")),
        (
            "l'année de la sécheresse (1973)",
            Birth(Precision.EVENT, day("1973-01-01"), event="l'année de la sécheresse"),
        ),
        ("l’année du criquet (0000)", Birth(Precision.EVENT, event="l’année du criquet (0000)")),
    ],
)
def test_the_text_alone_chooses_the_precision(typed: str, birth: Birth) -> None:
    assert read_birth(typed, TODAY) == birth
    assert guess_precision(typed) is birth.precision


@pytest.mark.parametrize(
    ("typed", "precision", "birth"),
    [
        ("1994", Precision.ABOUT, year(1994, Precision.ABOUT)),
        ("32", Precision.AGE, Birth(Precision.AGE, day("1994-01-01"), 32, TODAY)),
        ("la grande crue", Precision.EVENT, Birth(Precision.EVENT, event="la grande crue")),
        ("n’importe quoi", Precision.UNKNOWN, UNKNOWN),
        ("mars 1994", Precision.MONTH, Birth(Precision.MONTH, day("1994-03-01"))),
    ],
)
def test_the_chosen_precision_reads_the_text(typed: str, precision: Precision, birth: Birth) -> None:
    assert read_birth(typed, TODAY, precision) == birth


@pytest.mark.parametrize(
    ("typed", "precision", "code"),
    [
        ("", None, "birth.unclear"),
        ("32", None, "birth.unclear"),
        ("hier", None, "birth.unclear"),
        ("24/11/2026", None, "birth.future"),
        ("2030", None, "birth.future"),
        ("31/12/1899", None, "birth.too_old"),
        ("1899", None, "birth.too_old"),
        ("900 ans", None, "birth.age"),
        ("31/02/1994", None, "date.impossible"),
        ("13/1994", None, "birth.unreadable_month"),
        ("abcde 1994", Precision.MONTH, "birth.unreadable_month"),
        ("0000", None, "birth.unreadable_year"),
        ("12/03", Precision.DAY, "birth.no_year"),
        ("mardi", Precision.DAY, "birth.unreadable_day"),
        ("bientôt", Precision.YEAR, "birth.unreadable_year"),
        ("bientôt", Precision.ABOUT, "birth.unreadable_about"),
        ("beaucoup", Precision.AGE, "birth.unreadable_age"),
        ("32 ans le 1/1/2100", None, "birth.unreadable_age"),
        ("32 ans le jour", None, "birth.unreadable_age"),
        ("ab", Precision.EVENT, "birth.unreadable_event"),
    ],
)
def test_what_is_not_a_birth_is_refused(typed: str, precision: Precision | None, code: str) -> None:
    found = read_birth(typed, TODAY, precision)
    assert isinstance(found, Violation)
    assert found.code == code


@pytest.mark.parametrize(
    ("birth", "age"),
    [
        (year(1994, Precision.ABOUT), Age(32, certain=False)),
        (year(1994), Age(32, certain=False)),
        (Birth(Precision.DAY, day("1994-11-24")), Age(31, certain=True)),
        (Birth(Precision.DAY, day("1994-11-23")), Age(32, certain=True)),
        (Birth(Precision.MONTH, day("1994-03-01")), Age(32, certain=True)),
        (Birth(Precision.MONTH, day("1994-11-01")), Age(32, certain=False)),
        (Birth(Precision.AGE, day("1992-01-01"), 32, day("2024-03-12")), Age(34, certain=False)),
        (Birth(Precision.EVENT, day("1973-01-01"), event="sécheresse"), Age(53, certain=False)),
        (Birth(Precision.EVENT, event="crue"), None),
        (UNKNOWN, None),
        (Birth(Precision.DAY, day("2026-11-24")), None),
        (year(2026), Age(0, certain=True)),
    ],
)
def test_ages(birth: Birth, age: Age | None) -> None:
    assert age_on(birth, TODAY) == age


@pytest.mark.parametrize(
    ("birth", "of_age"),
    [
        (Birth(Precision.DAY, day("2008-11-23")), Majority.ADULT),
        (Birth(Precision.DAY, day("2008-11-24")), Majority.MINOR),
        (Birth(Precision.DAY, day("2008-02-29")), Majority.ADULT),
        (Birth(Precision.MONTH, day("2008-10-01")), Majority.ADULT),
        (Birth(Precision.MONTH, day("2008-11-01")), Majority.UNCERTAIN),
        (year(2007), Majority.ADULT),
        (year(2008), Majority.UNCERTAIN),
        (year(2009), Majority.MINOR),
        (year(2008, Precision.ABOUT), Majority.UNCERTAIN),
        (year(2005, Precision.ABOUT), Majority.ADULT),
        (year(2012, Precision.ABOUT), Majority.MINOR),
        (Birth(Precision.AGE, day("2006-01-01"), 20, TODAY), Majority.ADULT),
        (Birth(Precision.AGE, day("2007-01-01"), 19, TODAY), Majority.UNCERTAIN),
        (Birth(Precision.AGE, day("2011-01-01"), 15, TODAY), Majority.MINOR),
        (UNKNOWN, Majority.UNCERTAIN),
    ],
)
def test_an_uncertain_majority_counts_as_minor(birth: Birth, of_age: Majority) -> None:
    assert majority(birth, TODAY) is of_age
    assert is_minor(birth, TODAY) is (of_age is not Majority.ADULT)


def test_a_leap_day_grows_older_in_march() -> None:
    leap = Birth(Precision.DAY, day("2008-02-29"))
    assert majority(leap, day("2026-02-28")) is Majority.MINOR
    assert majority(leap, day("2026-03-01")) is Majority.ADULT


def test_partial_records_are_shown_without_falling() -> None:
    assert shown_birth(Birth(Precision.AGE, day("1994-01-01"), 1)) == "1 an"
    assert shown_birth(Birth(Precision.YEAR)) == ""
    assert shown_birth(Birth(Precision.AGE)) == ""
    assert bounds(Birth(Precision.AGE, day("1994-01-01"))) == (day("1992-01-01"), day("1996-12-31"))


def test_a_birth_from_elsewhere_is_checked_too() -> None:
    assert birth_fault(Birth(Precision.DAY, day("1994-03-12")), TODAY) is None
    assert birth_fault(Birth(Precision.AGE, day("1994-01-01"), -1, TODAY), TODAY) is not None
