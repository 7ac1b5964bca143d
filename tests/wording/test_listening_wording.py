"""Every refusal of the listening has its sentence, every sentence its refusal, every code its word."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from antenne.domain import seeds
from antenne.domain.deposits import About, Filing
from antenne.domain.forms import listening as forms
from antenne.domain.forms.model import Field, Kind
from antenne.domain.listening import Answer, Lakana, ListeningSession, Service
from antenne.wording import listening as words
from antenne.wording import problems, violations

ROOT = Path(violations.__file__).parents[1]
OURS = (
    "domain/listening.py",
    "services/listening.py",
    "services/listening_reading.py",
    "services/deposits.py",
    "services/compartment.py",
    "services/sealed_drafts.py",
    "services/reading_log.py",
)
CODE = re.compile(r'"((?:listening|deposit|sealed)\.[a-z_]+)"')


def _used() -> set[str]:
    found = {code for path in OURS for code in CODE.findall((ROOT / path).read_text(encoding="utf-8"))}
    return found - {"listening.folded"}  # the name of an index


def test_every_refusal_has_a_sentence_and_every_sentence_its_refusal() -> None:
    said = set(violations.merged(violations.AREAS, "VIOLATIONS")) | set(violations.merged(problems.AREAS, "PROBLEMS"))
    assert not _used() - said
    assert not (set(words.VIOLATIONS) | set(words.PROBLEMS)) - _used()


def test_every_code_has_a_word() -> None:
    for kind, said in (
        (Service, words.SERVICES),
        (Answer, words.ANSWERS),
        (Lakana, words.LAKANA),
        (About, words.ABOUT),
        (Filing, words.FILINGS),
    ):
        assert set(said) == set(kind)


def test_whatever_a_change_replaced_is_named_in_french() -> None:
    written = {"created_at", "created_by", "changed_at", "changed_by"}
    for one in fields(ListeningSession):
        if one.name not in written:
            assert "_" not in words.field_label(one.name), one.name


def _all_fields() -> list[Field]:
    top = [*forms.LISTENING.fields, *forms.DEPOSIT.fields]
    return [*top, *(column for field in top for column in field.columns)]


def test_every_list_of_the_forms_is_given_by_somebody() -> None:
    elsewhere = set(seeds.LIST_TITLES) | {forms.STRUCTURES}
    for field in _all_fields():
        if field.kind in (Kind.CHOICE, Kind.CHOICES) and field.options not in elsewhere:
            assert words.options(field.options), field.key
    assert words.options("languages") is None
    answers = words.options(forms.ANSWERS)
    assert answers is not None
    assert [option.code for option in answers] == [one.value for one in Answer]


@pytest.mark.parametrize("code", [*words.VIOLATIONS, *words.PROBLEMS])
def test_a_sentence_is_typeset_in_french(code: str) -> None:
    sentence = (words.VIOLATIONS | words.PROBLEMS)[code]
    assert not re.search(r" [;!?:»]|« |'|  ", sentence)
    assert sentence.endswith(".")


def test_ranks_codes_and_questions_in_words() -> None:
    assert words.follow_up(1) == "1re fois"
    assert words.follow_up(7) == "Suivi (7e)"
    assert words.code("K7Q2MX") == "code K7Q-2MX"
    assert words.field_label("said") == "Ce qu’elle dit"
