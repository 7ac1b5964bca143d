"""Days and hours as she types them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antenne.domain.dates import (
    EARLIEST,
    LATEST,
    Tense,
    add_months,
    join_moment,
    month_number,
    read_date,
    read_moment,
    read_time,
    shown_date,
    shown_moment,
    shown_time,
    split_moment,
)
from antenne.domain.violations import Violation

MONDAY = dt.date(2026, 11, 23)
NOW = dt.datetime(2026, 11, 23, 9, 30, 12, tzinfo=dt.UTC)
TENSES = st.sampled_from(Tense)


@given(st.dates(EARLIEST, LATEST), TENSES)
def test_a_shown_day_is_read_again(day: dt.date, tense: Tense) -> None:
    assert read_date(shown_date(day), MONDAY, tense) == day
    assert read_date(day.isoformat(), MONDAY, tense) == day
    assert read_date(f"{day:%d%m}{day.year}", MONDAY, tense) == day


@given(st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2199, 12, 31), timezones=st.just(dt.UTC)))  # noqa: DTZ001 - Hypothesis wants naive bounds
def test_a_shown_moment_is_read_again(moment: dt.datetime) -> None:
    minute = moment.replace(second=0, microsecond=0)
    assert read_moment(shown_moment(minute), NOW) == minute
    assert join_moment(*split_moment(shown_moment(minute))).split() == shown_moment(minute).split()


@given(st.text(), TENSES, st.dates(EARLIEST, LATEST))
def test_reading_never_raises(typed: str, tense: Tense, today: dt.date) -> None:
    found = read_date(typed, today, tense)
    assert isinstance(found, Violation) or EARLIEST <= found <= LATEST
    assert isinstance(read_time(typed), (Violation, dt.time))
    assert isinstance(read_moment(typed, NOW, tense), (Violation, dt.datetime))


@given(st.from_regex(r"[+-]?[0-9]{1,5}[jsm/.: -]?[0-9]{0,4}[/ h]?[0-9]{0,4}", fullmatch=True), TENSES)
def test_reading_never_raises_on_figures(typed: str, tense: Tense) -> None:
    assert isinstance(read_date(typed, MONDAY, tense), (Violation, dt.date))
    assert isinstance(read_moment(typed, NOW, tense), (Violation, dt.datetime))


@pytest.mark.parametrize(
    ("typed", "past", "future", "nearest"),
    [
        ("23/11", "2026-11-23", "2026-11-23", "2026-11-23"),
        ("24/11", "2025-11-24", "2026-11-24", "2026-11-24"),
        ("22-11", "2026-11-22", "2027-11-22", "2026-11-22"),
        ("2211", "2026-11-22", "2027-11-22", "2026-11-22"),
        ("29/02", "2024-02-29", "2028-02-29", "2028-02-29"),
        ("23112026", "2026-11-23", "2026-11-23", "2026-11-23"),
        ("231126", "2026-11-23", "2026-11-23", "2026-11-23"),
        ("12/3/94", "1994-03-12", "2094-03-12", "1994-03-12"),
        ("12/3/40", "1940-03-12", "2040-03-12", "2040-03-12"),
        ('é"&&', "2026-11-23", "2026-11-23", "2026-11-23"),
        ("1er novembre", "2026-11-01", "2027-11-01", "2026-11-01"),
        ("3 août 2024", "2024-08-03", "2024-08-03", "2024-08-03"),
        ("le 3 févr. 24", "2024-02-03", "2024-02-03", "2024-02-03"),
        ("lundi", "2026-11-23", "2026-11-30", "2026-11-23"),
        ("mardi", "2026-11-17", "2026-11-24", "2026-11-24"),
        ("mar", "2026-11-17", "2026-11-24", "2026-11-24"),
        ("dimanche", "2026-11-22", "2026-11-29", "2026-11-22"),
        ("jeudi prochain", "2026-11-26", "2026-11-26", "2026-11-26"),
        ("lundi dernier", "2026-11-16", "2026-11-16", "2026-11-16"),
        ("hier", "2026-11-22", "2026-11-22", "2026-11-22"),
        ("aujourd’hui", "2026-11-23", "2026-11-23", "2026-11-23"),
        ("Demain", "2026-11-24", "2026-11-24", "2026-11-24"),
        ("avant-hier", "2026-11-21", "2026-11-21", "2026-11-21"),
        ("+7j", "2026-11-30", "2026-11-30", "2026-11-30"),
        ("-3", "2026-11-20", "2026-11-20", "2026-11-20"),
        ("+2s", "2026-12-07", "2026-12-07", "2026-12-07"),
        ("+3 mois", "2027-02-23", "2027-02-23", "2027-02-23"),
        ("il y a 2 semaines", "2026-11-09", "2026-11-09", "2026-11-09"),
        ("dans 10 jours", "2026-12-03", "2026-12-03", "2026-12-03"),
    ],
)
def test_days_as_she_types_them(typed: str, past: str, future: str, nearest: str) -> None:
    found = [read_date(typed, MONDAY, tense) for tense in (Tense.PAST, Tense.FUTURE, Tense.ANY)]
    assert [str(day) for day in found] == [past, future, nearest]


@pytest.mark.parametrize(
    ("typed", "code"),
    [("29/2/2026", "date.impossible"), ("31/04", "date.impossible"), ("0/0", "date.impossible"), ("32012026", "date.impossible"),
     ("31/12/1899", "date.too_old"), ("1/1/2200", "date.too_far"), ("+99999j", "date.too_far"), ("+99999s", "date.too_far"),
     ("+99999m", "date.too_far"), ("-99999j", "date.too_old"), ("-99999s", "date.too_old"), ("-99999m", "date.too_old"),
     ("", "date.unreadable"), ("bientôt", "date.unreadable"), ("m", "date.unreadable"), ("12 plu 2024", "date.unreadable"),
     ("12345", "date.unreadable"), ("23/11/202", "date.unreadable")],
)  # fmt: skip
def test_what_is_not_a_day_is_refused(typed: str, code: str) -> None:
    found = read_date(typed, MONDAY)
    assert isinstance(found, Violation)
    assert found.code == code


def test_an_impossible_day_is_quoted() -> None:
    found = read_date("29/2/2026", MONDAY)
    assert isinstance(found, Violation)
    assert found.values == (("day", "29/02/2026"),)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("10 h 41", "10 h 41"), ("1041", "10 h 41"), ("10:41", "10 h 41"), ("9h", "9 h 00"), ("&à'&", "10 h 41"), ("905", "9 h 05"),
     ("midi", "12 h 00"), ("minuit", "0 h 00"), ("8 heures 5 min", "8 h 05")],
)  # fmt: skip
def test_hours_as_she_types_them(typed: str, shown: str) -> None:
    found = read_time(typed)
    assert isinstance(found, dt.time)
    assert shown_time(found).replace("\u00a0", " ") == shown


@pytest.mark.parametrize(
    ("typed", "code"),
    [("25:00", "time.impossible"), ("1061", "time.impossible"), ("tôt", "time.unreadable"), ("", "time.unreadable")],
)
def test_what_is_not_an_hour_is_refused(typed: str, code: str) -> None:
    found = read_time(typed)
    assert isinstance(found, Violation)
    assert found.code == code


@pytest.mark.parametrize(
    ("typed", "moment"),
    [("10 h 41", "2026-11-23 10:41"), ("1041", "2026-11-23 10:41"), ("23/11 10:41", "2026-11-23 10:41"),
     ("hier à 1041", "2026-11-22 10:41"), ("23112026 1041", "2026-11-23 10:41"), ("1 nov 2026 8h", "2026-11-01 08:00"),
     ("à 9h", "2026-11-23 09:00"), ("maintenant", "2026-11-23 09:30")],
)  # fmt: skip
def test_moments_as_she_types_them(typed: str, moment: str) -> None:
    found = read_moment(typed, NOW)
    assert isinstance(found, dt.datetime)
    assert found.tzinfo is dt.UTC
    assert f"{found:%Y-%m-%d %H:%M}" == moment


@pytest.mark.parametrize(
    ("typed", "code"),
    [("23/11", "moment.no_hour"), ("231126", "moment.no_hour"), ("plus tard", "date.unreadable"), ("", "date.unreadable"),
     ("hier à 25:00", "time.impossible"), ("31/02 à 10:00", "date.impossible")],
)  # fmt: skip
def test_what_is_not_a_moment_is_refused(typed: str, code: str) -> None:
    found = read_moment(typed, NOW)
    assert isinstance(found, Violation)
    assert found.code == code


def test_halves_of_a_moment() -> None:
    assert split_moment("23/11 à ") == ("23/11", "")
    assert split_moment("") == ("", "")
    assert join_moment("", " ") == ""
    assert join_moment("hier", "") == "hier à"


def test_months() -> None:
    assert add_months(dt.date(2026, 1, 31), 1) == dt.date(2026, 2, 28)
    assert add_months(dt.date(2026, 1, 31), -2) == dt.date(2025, 11, 30)
    assert [month_number(word) for word in ("juil", "ju", "Décembre", "mai", "jui")] == [7, 0, 12, 5, 0]


@pytest.mark.parametrize("typed", ["22/11 à 8h30", "22/11 à8h30", "22/11 8h30", "22/11/2026 à 08:30"])
def test_a_day_and_an_hour_are_read_with_or_without_the_word_between(typed: str) -> None:
    assert read_moment(typed, NOW) == dt.datetime(2026, 11, 22, 8, 30, tzinfo=dt.UTC)
