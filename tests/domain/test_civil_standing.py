"""The fold of a file's events: where it stands, what it awaits, in which year its paper counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antenne.domain import civil_standing
from antenne.domain.civil import CivilEvent, EventKind
from antenne.domain.civil_routes import Step
from antenne.domain.civil_standing import Standing, slip_of, standing
from tests.domain.civil_help import DECLARATION, JUDGMENT, OPENED, TODAY, ago, at, event, step, whole_way


def test_the_next_step() -> None:
    assert civil_standing.next_step(JUDGMENT, at(Step.FILED)) is Step.HEARING
    assert civil_standing.next_step(DECLARATION, at(Step.FILED)) is Step.RECEIVED
    assert civil_standing.next_step(DECLARATION, at(Step.HEARING)) is None
    assert civil_standing.next_step(JUDGMENT, at(Step.HANDED)) is None


def test_a_file_before_its_first_event() -> None:
    now = standing(OPENED, ())
    assert now == Standing(since=OPENED, last_on=OPENED, reached={Step.OPENED: OPENED})
    assert not now.closed


def test_the_whole_way() -> None:
    now = standing(OPENED, whole_way())
    assert (now.step, now.since, now.closed) == (Step.HANDED, ago(10), True)
    assert list(now.reached) == list(JUDGMENT.steps)
    assert (now.postponed, now.hearing_on, now.deliberating) == (2, None, False)


def test_hearings_are_awaited_one_after_the_other() -> None:
    events = whole_way()
    seen = [(standing(OPENED, events[:count]).hearing_on, standing(OPENED, events[:count]).deliberating)
            for count in (3, 4, 5, 6, 7)]  # fmt: skip
    assert seen == [(ago(60), False), (ago(40), False), (ago(30), False), (ago(20), True), (None, False)]
    again = (*events[:6], event(EventKind.HEARING_SET, 20, until=ago(5)))
    assert (standing(OPENED, again).hearing_on, standing(OPENED, again).deliberating) == (ago(5), False)


def test_what_blocks_and_what_is_to_be_done() -> None:
    events = (
        event(EventKind.BLOCKED, 9, words="acte de la mère introuvable"),
        event(EventKind.NEXT_ACTION, 8, words="rappeler Tombouctou", until=ago(-7)),
        event(EventKind.NOTE, 7, words="appel au centre"),
    )
    now = standing(OPENED, events)
    assert (now.blocked_since, now.blocked_reason) == (ago(9), "acte de la mère introuvable")
    assert (now.next_action, now.remind_on, now.last_on) == ("rappeler Tombouctou", ago(-7), ago(7))
    free = standing(OPENED, (*events, event(EventKind.UNBLOCKED, 6)))
    assert (free.blocked_since, free.blocked_reason, free.next_action) == (None, "", "rappeler Tombouctou")
    gone = standing(OPENED, (*events, step(Step.ABANDONED, 2, words="partie à Gao")))
    assert (gone.closed, gone.blocked_since, gone.next_action, gone.remind_on) == (True, None, "", None)


def test_other_lines_of_the_journal_change_no_step() -> None:
    for kind in (EventKind.NOTE, EventKind.REROUTED, EventKind.TAKEN_BACK, EventKind.DONE):
        now = standing(OPENED, (event(kind, 3, words="x"),))
        assert (now.step, now.since, now.last_on) == (Step.OPENED, OPENED, ago(3))
    assert standing(OPENED, (event(days_ago=2),)).step is Step.OPENED


def test_a_reopened_file_forgets_what_comes_after_and_keeps_the_first_day() -> None:
    now = standing(OPENED, (*whole_way(), event(EventKind.REOPENED, 1, step=Step.TRANSCRIBED, words="faute")))
    assert (now.step, now.since, now.closed) == (Step.TRANSCRIBED, ago(1), False)
    assert now.reached[Step.TRANSCRIBED] == ago(15)
    assert Step.RECEIVED not in now.reached
    assert Step.HANDED not in now.reached


def test_an_act_received_in_one_year_and_handed_over_again_in_the_next_counts_in_the_first() -> None:
    way = (*whole_way(), event(EventKind.REOPENED, 1, step=Step.RECEIVED, words="remis à une autre"))
    assert standing(OPENED, way).reached[Step.RECEIVED] == ago(12)


def way_of(year: int) -> tuple[CivilEvent, ...]:
    """An act received in May and handed over in June of that year."""
    return (
        replace(step(Step.PIECES_READY), on=dt.date(year, 2, 1)),
        replace(step(Step.FILED), on=dt.date(year, 3, 1)),
        replace(step(Step.RECEIVED), on=dt.date(year, 5, 14)),
        replace(step(Step.HANDED, to_whom="Awa", how="signature"), on=dt.date(year, 6, 1)),
    )


def test_an_act_established_in_2024_stays_of_2024_whatever_is_reopened() -> None:
    way = way_of(2024)
    again = (*way, event(EventKind.REOPENED, 9, step=Step.FILED, words="faute sur le prénom"))
    now = standing(dt.date(2024, 1, 9), again)
    assert (now.step, Step.RECEIVED in now.reached) == (Step.FILED, False)
    assert (now.received_on, now.handed_on, now.reopened_on) == (dt.date(2024, 5, 14), dt.date(2024, 6, 1), ago(9))
    second = (*again, step(Step.RECEIVED, 5), step(Step.HANDED, 4, to_whom="Awa", how="signature"))
    now = standing(dt.date(2024, 1, 9), second)
    assert (now.received_on, now.handed_on) == (dt.date(2024, 5, 14), dt.date(2024, 6, 1))
    assert now.reached[Step.RECEIVED] == ago(5), "the way shows the second paper"
    twice = standing(dt.date(2024, 1, 9), (*second, event(EventKind.REOPENED, 1, step=Step.FILED, words="encore")))
    assert twice.reopened_on == ago(9), "the first reopening ends what the paper cost"


def test_a_file_given_up_before_its_paper_came_counts_when_it_comes() -> None:
    way = (step(Step.ABANDONED, 40, words="x"), event(EventKind.REOPENED, 30, step=Step.OPENED, words="revenue"))
    assert standing(OPENED, way).reopened_on is None
    assert standing(OPENED, (*way, step(Step.RECEIVED, 5))).received_on == ago(5)


def test_a_step_taken_back_as_a_slip_never_was() -> None:
    way = whole_way()
    slip = event(EventKind.TAKEN_BACK, 1, words="mauvais dossier")
    assert slip_of(way) == way[-1]
    now = standing(OPENED, (*way, slip))
    assert now == replace(standing(OPENED, way[:-1]), last_on=ago(1))
    assert (now.step, now.handed_on, now.received_on) == (Step.RECEIVED, None, ago(12))
    now = standing(OPENED, (*way, slip, slip))
    assert (now.step, now.received_on) == (Step.TRANSCRIBED, None)
    judged = (*way[:7], slip)
    assert (standing(OPENED, judged).hearing_on, standing(OPENED, judged).deliberating) == (ago(20), True)
    heard = (*way[:6], slip)
    assert (standing(OPENED, heard).step, standing(OPENED, heard).postponed) == (Step.FILED, 0), "its hearings go too"
    right = standing(OPENED, (*way[:9], slip, step(Step.RECEIVED, 0)))
    assert right.received_on == ago(0)


def test_nothing_is_taken_back_over_a_reopening() -> None:
    slip = event(EventKind.TAKEN_BACK, 1, words="x")
    assert slip_of(()) is None
    assert standing(OPENED, (slip,)) == Standing(since=OPENED, last_on=ago(1), reached={Step.OPENED: OPENED})
    again = (*whole_way(), event(EventKind.REOPENED, 2, step=Step.FILED, words="faute"))
    assert slip_of(again) is None
    assert standing(OPENED, (*again, slip)).step is Step.FILED


def test_what_was_done_is_no_longer_to_be_done() -> None:
    todo = event(EventKind.NEXT_ACTION, 8, words="rappeler Tombouctou", until=ago(-7))
    now = standing(OPENED, (todo, event(EventKind.DONE, 2, words="appelé")))
    assert (now.next_action, now.remind_on, now.last_on) == ("", None, ago(2))
    again = standing(OPENED, (todo, event(EventKind.DONE, 2), replace(todo, words="y aller", until=None)))
    assert again.next_action == "y aller"


def test_another_demarche_begins_again_without_forgetting_the_opening() -> None:
    way = (step(Step.PIECES_READY, 90), event(EventKind.REROUTED, 3), event(EventKind.REOPENED, 3, step=Step.OPENED))
    now = standing(OPENED, way)
    assert (now.step, now.since, now.reached) == (Step.OPENED, ago(3), {Step.OPENED: OPENED})


def test_a_file_that_goes_back_to_its_hearing_awaits_none_until_it_is_set() -> None:
    way = (*whole_way(), event(EventKind.REOPENED, 1, step=Step.HEARING, words="jugement à refaire"))
    assert (standing(OPENED, way).step, standing(OPENED, way).hearing_on) == (Step.HEARING, None)


KINDS = st.sampled_from(EventKind)
EVENTS = st.lists(
    st.builds(
        lambda kind, which, days, later: event(kind, days, step=which, until=ago(-later)),
        KINDS, st.none() | st.sampled_from(Step), st.integers(0, 90), st.integers(0, 90),
    ),
    max_size=25,
)  # fmt: skip


@given(EVENTS)
def test_whatever_was_written_the_fold_holds_together(events: list[CivilEvent]) -> None:
    now = standing(OPENED, events)
    assert now.step in now.reached
    assert now.last_on == max([OPENED, *(one.on for one in events)])
    assert now.postponed <= sum(one.kind is EventKind.POSTPONED for one in events)
    assert now.since in {OPENED, *(one.on for one in events)}


@pytest.mark.parametrize(
    ("now", "asleep"),
    [
        (at(Step.FILED, 45), False),
        (at(Step.FILED, 46), True),
        (at(Step.HEARING, 46, hearing_on=TODAY), False),
        (at(Step.HEARING, 46, hearing_on=ago(1)), True),
        (at(Step.HANDED, 400), False),
    ],
)
def test_a_file_falls_asleep_without_events_unless_a_hearing_is_awaited(now: Standing, asleep: bool) -> None:
    assert civil_standing.is_asleep(JUDGMENT, now, TODAY) is asleep
