"""Sentences and figures as the office writes them (rules: Money)."""

from __future__ import annotations

import datetime as dt
import re
import string

import pytest

from antenne.base.problems import Problem
from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.violations import Forbidden, Violation
from antenne.wording import formats, forms, problems, violations

DAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("amount", "letters"),
    [
        (0, "zéro franc CFA"),
        (1, "un franc CFA"),
        (12500, "douze mille cinq cents francs CFA"),
        (80000, "quatre-vingt mille francs CFA"),
        (80080, "quatre-vingt mille quatre-vingts francs CFA"),
        (200000, "deux cent mille francs CFA"),
        (1000000, "un million de francs CFA"),
        (1200000, "un million deux cent mille francs CFA"),
        (2000000000, "deux milliards de francs CFA"),
    ],
)
def test_amounts_in_letters(amount: int, letters: str) -> None:
    assert formats.amount_in_letters(amount) == letters


def test_figures_and_days() -> None:
    assert formats.amount(12500) == "12\u202f500\u00a0FCFA"
    assert formats.day(DAY) == "23/11/2026"
    assert formats.long_day(DAY) == "23 novembre 2026"
    assert formats.long_day(dt.date(2026, 11, 1)) == "1er novembre 2026"
    assert formats.weekday(DAY) == "Lundi 23 novembre 2026"
    assert formats.moment(dt.datetime(2026, 11, 23, 10, 41, tzinfo=dt.UTC)) == "23/11/2026 à 10\u00a0h\u00a041"
    assert formats.size(184_000_000) == "184\u00a0Mo"
    assert formats.size(1_450_000_000) == "1,4\u00a0Go"
    assert formats.size(12) == "12\u00a0octets"
    assert [formats.seconds(count) for count in (31, 125)] == ["31\u00a0s", "2\u00a0min\u00a005"]
    assert [formats.plural(count, "carte", "cartes") for count in (0, 1, 2)] == [
        "0\u00a0carte",
        "1\u00a0carte",
        "2\u00a0cartes",
    ]


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "aujourd’hui"), (1, "hier"), (-1, "demain"), (27, "il y a 27\u00a0jours"), (-3, "dans 3\u00a0jours")],
)
def test_relative_days(days: int, words: str) -> None:
    assert formats.days_ago(DAY - dt.timedelta(days=days), DAY) == words


@pytest.mark.parametrize(
    ("birth", "told", "age"),
    [
        (Birth(Precision.DAY, dt.date(1994, 11, 1)), "née le 1er novembre 1994", "32\u00a0ans"),
        (Birth(Precision.MONTH, dt.date(1994, 3, 1)), "née en mars 1994", "32\u00a0ans"),
        (Birth(Precision.YEAR, dt.date(1994, 1, 1)), "née en 1994", "environ 32\u00a0ans"),
        (Birth(Precision.ABOUT, dt.date(1994, 1, 1)), "née vers 1994", "environ 32\u00a0ans"),
        (
            Birth(Precision.AGE, dt.date(1992, 1, 1), 32, dt.date(2024, 3, 12)),
            "32\u00a0ans déclarés le 12 mars 2024",
            "environ 34\u00a0ans",
        ),
        (Birth(Precision.AGE, dt.date(2025, 1, 1), 1), "1\u00a0an déclaré", "environ 1\u00a0an"),
        (Birth(Precision.EVENT, event="la crue"), "repère\u00a0: la crue", ""),
        (
            Birth(Precision.EVENT, dt.date(1973, 1, 1), event="la crue"),
            "repère\u00a0: la crue (1973)",
            "environ 53\u00a0ans",
        ),
        (Birth(Precision.DAY, dt.date(2026, 11, 1)), "née le 1er novembre 2026", "moins d’un an"),
        (UNKNOWN, "naissance inconnue", ""),
    ],
)
def test_births_and_ages(birth: Birth, told: str, age: str) -> None:
    assert formats.birth(birth) == told
    assert formats.age(birth, DAY) == age


def test_sentences_quote_values_as_the_office_writes_them() -> None:
    too_much = violations.sentence(Violation("money.too_much", "it", (("most", 10**12),)))
    assert "1\u202f000\u202f000\u202f000\u202f000 FCFA" in too_much
    assert "2026" in violations.sentence(Violation("card.none_due", "year", (("year", 2026),)))
    values = (("name", "Awa"), ("day", DAY))
    assert "23/11/2026" in violations.sentence(Violation("card.already", None, values))
    assert violations.forbidden(Forbidden("export")).startswith("Votre rôle ne permet pas d’exporter une liste.")
    assert violations.forbidden(Forbidden("backup")).startswith("Votre rôle ne permet pas de faire ")
    assert "/x" in problems.sentence(Problem("db.missing", path="/x"))


@pytest.mark.parametrize(
    ("value", "shown"),
    [(True, "oui"), (False, "non"), (9999, "9999"), (12500, "12\u202f500"), (DAY, "23/11/2026"), (("a", 2), "a, 2"),
     (dt.datetime(2026, 11, 23, 10, 41, tzinfo=dt.UTC), "23/11/2026 à 10\u00a0h\u00a041")],
)  # fmt: skip
def test_quoted_values(value: object, shown: str) -> None:
    assert violations.shown(value) == shown


def test_a_code_without_a_sentence_is_a_bug() -> None:
    with pytest.raises(KeyError):
        violations.sentence(Violation("no.such"))
    with pytest.raises(KeyError):
        problems.sentence(Problem("no.such"))


def test_sentences_of_forms_are_typeset_in_french() -> None:
    for code, sentence in forms.VIOLATIONS.items():
        assert not re.search(r" [;!?:»]|« |'", sentence), code
        assert sentence.endswith("."), code
        assert all(spec in ("", None) for _, _, spec, _ in string.Formatter().parse(sentence)), code
