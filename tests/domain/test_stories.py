"""A story: agreed, without a name, read by two; and what in a text still points at her."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from antenne.domain import stories as rules
from antenne.domain.forms import story as forms
from antenne.domain.forms.validate import validate
from antenne.domain.sealed_codec import from_payload, to_payload
from antenne.domain.sendings import Way
from antenne.domain.stories import (
    ChangeStory,
    Known,
    Pointing,
    Points,
    Stage,
    StoryAgreement,
    StoryLeft,
    StoryReading,
    Use,
    pointing,
)
from antenne.domain.violations import Violation

TODAY = dt.date(2026, 11, 23)
NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
AGREED = StoryAgreement(
    given_on=TODAY - 5 * DAY, how="signature", uses=(Use.REPORT, Use.TALKS), until=TODAY + 300 * DAY
)
STORY = ChangeStory(
    number="R-2026-0001", code="K7Q2MX", told_on=TODAY - 9 * DAY, account="Avant, je n’osais pas.", agreement=AGREED,
    title="Un métier", text="Elle coud.", validated_on=TODAY - 2 * DAY, writers=(4,), created_at=NOW, created_by=4,
)  # fmt: skip
READ = replace(
    STORY,
    readings=(StoryReading(by=1, on=TODAY, noted_by=1), StoryReading(by=2, on=TODAY, noted_by=1)),
)


def codes(found: tuple[Violation, ...]) -> list[str]:
    return [one.code for one in found]


def test_where_a_story_stands() -> None:
    assert rules.stage(replace(STORY, agreement=None), TODAY) is Stage.TOLD
    assert rules.stage(replace(STORY, validated_on=None), TODAY) is Stage.AGREED
    assert rules.stage(STORY, TODAY) is Stage.ANONYMISED
    assert rules.stage(READ, TODAY) is Stage.READ
    assert rules.stage(READ, TODAY + 301 * DAY) is Stage.OVER
    assert rules.stage(rules.withdrawn(READ, TODAY), TODAY) is Stage.WITHDRAWN


def test_it_is_kept_as_it_was() -> None:
    sent = replace(READ, left=(StoryLeft(at=NOW, by=1, way=Way.PAPER, use=Use.REPORT, recipient="Bailleur"),))
    assert from_payload(ChangeStory, to_payload(sent)) == sent


def test_rules_between_what_is_typed() -> None:
    assert rules.check_story(STORY, TODAY) == ()
    assert rules.check_story(replace(STORY, agreement=None, validated_on=None), TODAY) == ()
    assert codes(rules.check_story(replace(STORY, told_on=TODAY + DAY), TODAY)) == [
        "story.future", "story.agreed_before", "story.validated_day",
    ]  # fmt: skip
    wrong = replace(AGREED, given_on=TODAY + DAY, uses=(), until=TODAY)
    assert codes(rules.check_story(replace(STORY, agreement=wrong), TODAY)) == [
        "story.future", "story.no_use", "story.until_before",
    ]  # fmt: skip
    long = replace(AGREED, given_on=dt.date(2024, 2, 29), until=dt.date(2029, 3, 1))
    early = replace(STORY, told_on=dt.date(2024, 2, 1))
    assert codes(rules.check_story(replace(early, agreement=long), TODAY)) == ["story.until_late"]
    assert rules.check_story(replace(early, agreement=replace(long, until=dt.date(2029, 2, 28))), TODAY) == ()
    untold = rules.check_story(replace(STORY, text=""), TODAY)
    assert [(one.code, one.field) for one in untold] == [("story.no_text", "text")]
    assert rules.check_story(replace(STORY, title="", text=""), TODAY)[0].field == "title"


def test_another_version_begins_anew_and_its_writer_reads_it_not() -> None:
    same = replace(READ, account="plus long")
    assert rules.rewritten(READ, same, 1) == same
    other = rules.rewritten(READ, replace(READ, text="Elle coud bien."), 1)
    assert (other.validated_on, other.readings, other.writers) == (None, (), (4, 1))
    again = rules.rewritten(READ, replace(READ, text="Elle coud bien.", validated_on=TODAY), 4)
    assert (again.validated_on, again.writers) == (TODAY, (4,))
    back = rules.withdrawn(READ, TODAY)
    anew = rules.rewritten(back, replace(back, agreement=AGREED), 1)
    assert (anew.validated_on, anew.readings, anew.writers) == (None, (), (4,))


def test_two_readers_who_did_not_write_it() -> None:
    assert rules.check_reading(STORY, 1, 1, TODAY) == ()
    assert codes(rules.check_reading(STORY, 4, 4, TODAY)) == ["story.own"]
    assert codes(rules.check_reading(STORY, 2, 4, TODAY)) == ["story.own"]
    assert codes(rules.check_reading(READ, 2, 1, TODAY)) == ["story.read_already"]
    assert rules.check_reading(READ, 3, 1, TODAY) == ()
    assert codes(rules.check_reading(replace(STORY, validated_on=None), 1, 1, TODAY)) == ["story.not_validated"]
    assert codes(rules.check_reading(rules.withdrawn(STORY, TODAY), 1, 1, TODAY)) == ["story.withdrawn"]


def test_it_leaves_only_once_all_is_there() -> None:
    assert rules.check_leaving(READ, Use.REPORT, TODAY) == ()
    assert codes(rules.check_leaving(STORY, Use.RADIO, TODAY)) == ["story.not_read", "story.other_use"]
    one = replace(READ, readings=READ.readings[:1])
    assert dict(rules.check_leaving(one, Use.REPORT, TODAY)[0].values) == {"missing": 1}
    raw = replace(READ, validated_on=None)
    assert codes(rules.check_leaving(raw, Use.REPORT, TODAY + 301 * DAY)) == [
        "story.agreement_over", "story.not_validated",
    ]  # fmt: skip
    assert codes(rules.check_leaving(replace(READ, agreement=None), Use.REPORT, TODAY)) == ["story.no_agreement"]
    assert codes(rules.check_leaving(rules.withdrawn(READ, TODAY), Use.REPORT, TODAY)) == ["story.withdrawn"]


HER = Known(
    names=("Fatoumata", "Traoré", "Ba"), nicknames=("La Grande",), phones=("+22376123456", "12"),
    children=("Moussa",), near=("Awa Diarra",), quarters=("Gangal", ""),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "what", "word"),
    [
        ("Un jour, FATOUMATA est partie.", Points.NAME, "Fatoumata"),
        ("Mme Traore l’a dit.", Points.NAME, "Traoré"),
        ("On l’appelait la grande.", Points.NICKNAME, "La Grande"),
        ("Son fils Moussa va à l’école.", Points.CHILD, "Moussa"),
        ("Awa Diarra l’a aidée.", Points.NEAR, "Awa Diarra"),
        ("Elle vit à Gangal.", Points.QUARTER, "Gangal"),
        ("Fanta est partie.", Points.LIKE, "Fatoumata"),
        ("Avec Ba, elle coud.", Points.LIKE, "Ba"),
        ("Appelez le 76 12 34 56.", Points.PHONE, "76123456"),
        ("Appelez le +223 66.00.11.22 ce soir", Points.PHONE, "22366001122"),
    ],
)
def test_what_still_points_at_her(text: str, what: Points, word: str) -> None:
    assert pointing(text, HER) == (Pointing(what, word),)


def test_what_points_at_nobody() -> None:
    assert pointing("Elle a 32 ans, 2 enfants, et coud depuis 2024. La grande-place, le bar.", Known()) == ()
    assert pointing("La vie est grande. Awa coud. En 2024, 120 000 F.", replace(HER, names=())) == ()
    assert pointing("Elle coud.", HER) == ()


FORM = {
    "told_on": TODAY - 9 * DAY, "account": "Avant, je n’osais pas.", "agreed": True, "given_on": TODAY - 5 * DAY,
    "how": "signature", "until": TODAY + 300 * DAY, "uses": ("rapport", "causeries"), "title": "Un métier",
    "text": "Elle coud.", "validated_on": TODAY - 2 * DAY,
}  # fmt: skip


def test_the_form_gives_the_story_and_shows_it_again() -> None:
    values = forms.story_values(FORM, TODAY)
    assert values["agreement"] == AGREED
    assert replace(STORY, **values) == STORY
    shown = forms.answers_of(STORY)
    assert {key: shown[key] for key in FORM} == FORM
    assert shown["code"] == "K7Q2MX"
    assert forms.answers_of(replace(STORY, person_id=7, code="", agreement=None, title="", text=""))["agreed"] is None


def test_a_no_takes_back_what_was_agreed_and_stays_taken_back() -> None:
    no = {**FORM, "agreed": False, "given_on": None, "until": None, "uses": None}
    assert forms.story_values(no, TODAY)["agreement"] is None
    back = forms.story_values(no, TODAY, STORY)["agreement"]
    assert back.withdrawn_on == TODAY
    taken = replace(STORY, agreement=back)
    assert forms.story_values(no, TODAY + DAY, taken)["agreement"] == back
    assert forms.answers_of(taken)["agreed"] is False
    assert forms.story_values({**FORM, "uses": None}, TODAY)["agreement"].uses == ()


def test_the_questions_of_an_agreement_are_asked_of_who_agrees() -> None:
    assert validate(forms.STORY, FORM, TODAY) == ()
    bare = validate(forms.STORY, {"told_on": TODAY, "account": "Avant.", "agreed": True}, TODAY)
    assert [one.field for one in bare] == ["given_on", "how", "until", "uses"]
    assert validate(forms.STORY, {"told_on": TODAY, "account": "Avant.", "agreed": False}, TODAY) == ()
