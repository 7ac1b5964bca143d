"""The report's figures without the compartment: equal to brute force over every whole-month period."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

import pytest

from antenne.base.clock import FixedClock
from antenne.base.problems import Problem
from antenne.domain.listening import OFFICE, CodeTie, ListeningSession
from antenne.domain.sealed_codec import to_payload
from antenne.domain.sealed_counts import LEFT_OUT, Figure
from antenne.domain.violations import Forbidden
from antenne.services import compartment, sealed_counting
from antenne.services.desk import Desk
from tests.services import listening_help as help_

AT = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)


def _history(desk: Desk, seed: int, count: int = 120) -> list[ListeningSession]:
    """Random talks of a dozen women over two years, put in one batch."""
    draw = random.Random(seed)
    made = []
    with compartment.changing(desk) as batch:
        for number in range(count):
            person = draw.randrange(12)
            at = dt.datetime(2024, 1, 1, 9, tzinfo=dt.UTC) + dt.timedelta(days=draw.randrange(730))
            talk = ListeningSession(
                number=f"E-{at.year}-{number:04d}",
                at=at,
                listener_id=4,
                listener="Kadia S.",
                mode=OFFICE,
                person_id=person if person < 8 else None,
                code="" if person < 8 else f"CODE{person:02d}",
                minor=person % 3 == 0,
                first=False,
                created_at=at,
                created_by=4,
            )
            batch.put(to_payload(talk))
            made.append(talk)
        batch.put(to_payload(CodeTie(code="CODE09", person_id=0, at=AT, user_id=4)))
        batch.commit()
    return made


def _brute(talks: list[ListeningSession], indicator: str, first: dt.date, last: dt.date) -> Figure:
    meant = [
        talk
        for talk in talks
        if talk.minor == (indicator == "ecoutes.mineures")
        and (first.year, first.month) <= (talk.at.year, talk.at.month) <= (last.year, last.month)
    ]
    who = {
        0 if talk.code == "CODE09" else talk.person_id if talk.person_id is not None else talk.code for talk in meant
    }
    return Figure(len(who), len(meant))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_others_read_equals_brute_force(desk_of: Callable[[str], Desk], seed: int) -> None:
    listener, reader = desk_of("ecoutante"), desk_of("lecture")
    talks = _history(listener, seed)
    sealed_counting.rewrite_counts(listener)
    months = [dt.date(2024 + number // 12, number % 12 + 1, 15) for number in range(24)]
    for start in range(0, 24, 3):
        for end in range(start, 24, 2):
            found = sealed_counting.read_figures(reader, months[start], months[end])
            for indicator in ("ecoutes.femmes", "ecoutes.mineures"):
                assert found.figures[indicator] == _brute(talks, indicator, months[start], months[end])
    assert found.on == listener.today
    assert found.figures["sante.tests_vih_femmes"] == Figure()
    assert sealed_counting.read_part(reader, "ecoutes.femmes", LEFT_OUT, months[0], months[-1]) == Figure()


def test_counts_say_the_day_when_they_were_counted(desk_of: Callable[[str], Desk], clock: FixedClock) -> None:
    listener, secretary = desk_of("ecoutante"), desk_of("secretaire")
    assert sealed_counting.read_figures(secretary, listener.today, listener.today).on is None
    help_.save(listener)
    sealed_counting.rewrite_counts(listener)
    clock.advance(dt.timedelta(days=1))
    help_.save(listener)
    found = sealed_counting.read_figures(secretary, listener.today, listener.today)
    assert (found.on, found.figures["ecoutes.femmes"]) == (AT.date(), Figure(1, 1))
    sealed_counting.rewrite_counts(listener)
    sealed_counting.rewrite_counts(listener)
    found = sealed_counting.read_figures(secretary, listener.today, listener.today)
    assert (found.on, found.figures["ecoutes.femmes"]) == (listener.today, Figure(2, 2))


def test_who_opened_nothing_rewrites_nothing(desk_of: Callable[[str], Desk]) -> None:
    listener = desk_of("ecoutante")
    help_.save(listener)
    sealed_counting.rewrite_counts(listener)
    for role in ("secretaire", "responsable"):
        sealed_counting.rewrite_counts(desk_of(role))
    with desk_of("secretaire").read() as uow:
        assert len(uow.sealed.counts()) == 1


def test_totals_are_refused_to_who_may_not_see_them(responsable_desk: Desk) -> None:
    responsable_desk.actor = type(responsable_desk.actor)(9, "Personne", frozenset())
    with pytest.raises(Forbidden):
        sealed_counting.read_figures(responsable_desk, AT.date(), AT.date())


def test_a_full_disk_leaves_the_counts_of_the_time_before(
    desk_of: Callable[[str], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = desk_of("ecoutante")
    help_.save(listener)
    sealed_counting.rewrite_counts(listener)
    help_.save(listener)

    def full(*_: object) -> None:
        raise Problem("db.full")

    monkeypatch.setattr("antenne.db.unit_of_work.UnitOfWork.commit", full)
    with pytest.raises(Problem):
        sealed_counting.rewrite_counts(listener)
    monkeypatch.undo()
    assert sealed_counting.read_figures(listener, AT.date(), AT.date()).figures["ecoutes.femmes"] == Figure(1, 1)
