"""After a restore: the last stub is asked, its numbers are kept, each stub is keyed again under its own date."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from antenne.base.clock import FixedClock
from antenne.base.media import SystemMedia
from antenne.base.progress import Silent
from antenne.db.slots import Unlocked
from antenne.domain.receipts import ORDINARY
from antenne.domain.stubs import AskedYear
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.services import backup, checks, opening, restoring, stubs
from antenne.services.desk import Desk
from antenne.services.receipts import HandWritten
from antenne.services.stubs import AnswerStubs
from tests.services import money


def codes(caught: pytest.ExceptionInfo[RulesBroken]) -> list[str]:
    return [violation.code for violation in caught.value.violations]


def restored(desk: Desk) -> None:
    """As the restore itself notes it."""
    with desk.write() as uow:
        stubs.note_restore(uow, desk.clock.now())
        uow.commit()


def told(desk: Desk) -> tuple[bool, str]:
    (finding,) = checks.check_base(desk, stubs.STUB_CHECKS, Silent())
    return finding.ok, finding.detail


def test_a_restored_base_asks_for_the_last_stub_at_the_next_start(
    desk: Desk, clock: FixedClock, tmp_path: Path, made_office: tuple[Path, dict[str, Unlocked]]
) -> None:
    awa = money.member(desk)
    day = money.opened(desk)
    money.paid(desk, awa, 500)
    money.closed(desk, day, 500)
    key = tmp_path / "key"
    key.mkdir()
    made = backup.make_backup(desk, key, SystemMedia(), Silent()).value
    clock.advance(dt.timedelta(days=1))
    lost_day = money.opened(desk, 500)
    lost = [money.paid(desk, awa, 500 + place) for place in range(3)]
    assert [one.number for one in lost] == [2, 3, 4]
    money.closed(desk, lost_day, 500 + sum(one.total for one in lost))
    unlocked, folder = made_office[1]["secretaire"], tmp_path / "new"
    restoring.restore(made.path, folder, unlocked, clock=clock, media=SystemMedia(), progress=Silent())
    again = opening.open_desk(folder, unlocked, clock)
    try:
        assert stubs.read_question(again) == (AskedYear(2026, 1),)
        assert told(again) == (True, "après la restauration, le dernier reçu donné n’est pas encore dit")
        with pytest.raises(RulesBroken) as caught:
            money.opened(again, 500)
        assert codes(caught) == ["stubs.unanswered"]
        stubs.answer_stubs(again, AnswerStubs(request_id="s", last={2026: 4}))
        assert stubs.read_question(again) == ()
        _key_again(again, awa)
    finally:
        again.close()


def _key_again(desk: Desk, awa: int) -> None:
    money.opened(desk, 500)
    assert money.paid(desk, awa, 700).name == "2026-00005"
    assert told(desk) == (False, "2026-00002, 2026-00003, 2026-00004")
    for number in (3, 2, 4):
        stub = HandWritten(number, dt.date(2026, 11, 24), series=ORDINARY)
        keyed = money.paid(desk, awa, 500, by_hand=stub)
        assert (keyed.name, keyed.day) == (f"2026-{number:05d}", dt.date(2026, 11, 24))
    assert stubs.list_missing(desk) == ()
    assert told(desk) == (True, "toutes les souches sont reprises")
    with pytest.raises(RulesBroken) as caught:
        money.paid(desk, awa, 500, by_hand=HandWritten(3, dt.date(2026, 11, 24), series=ORDINARY))
    assert codes(caught) == ["receipt.manual_taken"]


def test_no_stub_since_is_an_answer(desk: Desk) -> None:
    assert stubs.read_question(desk) == ()
    assert told(desk) == (True, "aucune")
    restored(desk)
    assert stubs.answer_stubs(desk, AnswerStubs(request_id="s")).value == ()
    assert stubs.answer_stubs(desk, AnswerStubs(request_id="s")).value == ()
    assert stubs.read_question(desk) == ()
    money.opened(desk)
    assert told(desk) == (True, "aucune")


def test_answers_that_cannot_be(desk: Desk) -> None:
    with pytest.raises(RulesBroken) as caught:
        stubs.answer_stubs(desk, AnswerStubs(request_id="a", last={2026: 4}))
    assert codes(caught) == ["stubs.answered"]
    awa = money.member(desk)
    money.opened(desk)
    for _ in range(3):
        money.paid(desk, awa, 500)
    restored(desk)
    with pytest.raises(RulesBroken) as caught:
        stubs.answer_stubs(desk, AnswerStubs(request_id="b", last={2026: 2, 2024: 1}))
    assert codes(caught) == ["stubs.before", "stubs.other_year"]
    assert stubs.read_question(desk) == (AskedYear(2026, 3),)


def test_a_second_restore_asks_again_and_over_new_year_asks_both_years(desk: Desk, clock: FixedClock) -> None:
    restored(desk)
    stubs.answer_stubs(desk, AnswerStubs(request_id="a", last={2026: 2}))
    restored(desk)
    clock.advance(dt.timedelta(days=60))
    assert stubs.read_question(desk) == (AskedYear(2026, 2), AskedYear(2027, 0))
    kept = stubs.answer_stubs(desk, AnswerStubs(request_id="b", last={2026: 3, 2027: 1})).value
    assert [(one.year, one.first, one.last) for one in kept] == [(2026, 3, 3), (2027, 1, 1)]
    assert [one.name for one in stubs.list_missing(desk)] == ["2026-00001", "2026-00002", "2026-00003", "2027-00001"]


def test_a_long_list_is_cut_in_the_report(desk: Desk) -> None:
    restored(desk)
    stubs.answer_stubs(desk, AnswerStubs(request_id="a", last={2026: 50}))
    assert told(desk)[1].endswith("2026-00040 et 10 autres")


def test_who_may_answer(desk: Desk) -> None:
    restored(desk)
    desk.actor = replace(desk.actor, roles=frozenset())
    with pytest.raises(Forbidden):
        stubs.answer_stubs(desk, AnswerStubs(request_id="a"))
    with pytest.raises(Forbidden):
        stubs.list_missing(desk)
