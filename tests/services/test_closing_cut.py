"""A week with power cuts in the middle of its closings: killed at chosen instants, on a real file, it goes on."""

from __future__ import annotations

import datetime as dt
import signal
import subprocess
import sys
from pathlib import Path

from antenne.base.clock import FixedClock
from antenne.db.slots import Unlocked
from antenne.domain import closing_flow, ledger
from antenne.domain.closing_flow import Step
from antenne.services import cash_days, day_reading, opening
from antenne.services.cash_days import CloseDay, cash_state, close_day
from antenne.services.desk import Desk
from tests.services import money

CHILD = """
import datetime as dt, sys, time
from pathlib import Path
from antenne.base.clock import FixedClock
from antenne.db.slots import Unlocked
from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import closing_flow
from antenne.services import cash_days, day_reading, opening
from tests.services import money

folder, secret, slot, now, moment = sys.argv[1:]
what, when = moment.split()
unlocked = Unlocked(bytes.fromhex(secret), None, frozenset({"secretaire", "caissiere"}), slot)
desk = opening.open_desk(Path(folder), unlocked, FixedClock(dt.datetime.fromisoformat(now)))
whole = UnitOfWork.commit

def commit(unit):
    if when == "after":
        whole(unit)
    print("HERE", flush=True)
    time.sleep(60)

def cut(name):
    if name == what:
        UnitOfWork.commit = commit

flow = day_reading.read_closing(desk)
flow = closing_flow.write(flow, "good[500]", "3")
cut("count")
cash_days.keep_count(desk, flow.cash_day_id, flow.body)
flow = closing_flow.forward(flow)
cut("review")
cash_days.keep_count(desk, flow.cash_day_id, flow.body)
cut("close")
command = cash_days.CloseDay(
    request_id="closing " + flow.day.isoformat(), cash_day_id=flow.cash_day_id, count=flow.count, reason="manque"
)
cash_days.close_day(desk, command)
cut("sheet")
cash_days.record_sheet_print(desk, [flow.cash_day_id])
"""

CUTS = ("count before", "count after", "review after", "close before", "close after", "sheet before", "sheet after")


def killed(folder: Path, unlocked: Unlocked, now: dt.datetime, moment: str) -> None:
    """Let another process close the day, and pull the plug at that instant."""
    arguments = [str(folder), unlocked.base_key.hex(), unlocked.slot_id, now.isoformat(), moment]
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, *arguments], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "HERE\n"
    child.send_signal(signal.SIGKILL)
    child.communicate(timeout=60)
    assert child.returncode == -signal.SIGKILL


def go_on(desk: Desk, moment: str) -> None:
    """What she finds when the power is back, and how the day ends."""
    flow = day_reading.read_closing(desk)
    waiting = day_reading.list_days(desk, 0, 10, to_print=True)
    closed = moment in ("close after", "sheet before", "sheet after")
    assert (flow is None) == closed
    assert waiting.total == (closed and moment != "sheet after")
    if flow is not None:
        assert flow.text("good[500]") == ("" if moment == "count before" else "3")
        assert flow.step is (Step.REVIEW if moment in ("review after", "close before") else Step.COUNT)
        flow = closing_flow.write(flow, "good[500]", "3")
        command = CloseDay(
            request_id=f"closing {flow.day}", cash_day_id=flow.cash_day_id, count=flow.count, reason="manque"
        )
        made = close_day(desk, command).value
        assert close_day(desk, command).value == made
        waiting = day_reading.list_days(desk, 0, 10, to_print=True)
    for row in waiting.rows:
        assert day_reading.read_sheet(desk, row.cash_day_id).cash.counted == 1500
        cash_days.record_sheet_print(desk, [row.cash_day_id])


def test_a_week_with_a_cut_in_each_closing(
    desk: Desk, made_office: tuple[Path, dict[str, Unlocked]], clock: FixedClock
) -> None:
    unlocked, folder = made_office[1]["secretaire"], desk.folder
    awa = money.member(desk)
    desk.close()
    expected = 0
    for number, moment in enumerate(CUTS):
        today = opening.open_desk(folder, unlocked, clock)
        money.opened(today, expected)
        first = money.paid(today, awa, 1000)
        second = money.paid(today, awa, 600 if not expected else 1100 - expected + 500)
        assert (first.number, second.number) == (2 * number + 1, 2 * number + 2)
        today.close()
        killed(folder, unlocked, clock.now(), moment)
        again = opening.open_desk(folder, unlocked, clock)
        go_on(again, moment)
        _whole(again, number + 1)
        expected = cash_state(again).expected
        assert expected == 1500
        again.close()
        clock.advance(dt.timedelta(days=1))


def _whole(desk: Desk, days: int) -> None:
    """Chain, closings and anchors agree; every day closed once, its gap written once."""
    with desk.read() as uow:
        assert not ledger.ledger_faults(uow.ledger.chain())
        closings = uow.cashbook.closings()
        assert len(closings) == days
        for one in closings:
            assert ledger.matches_anchor(uow.ledger.chain(), one.entries, one.head)
            day = uow.cashbook.day(one.cash_day_id)
            assert day is not None
            assert uow.cashbook.theoretical(day) == one.counted == day.counted_amount
            assert one.sheet_printed_at is not None
        assert not uow.cashbook.open_days()
