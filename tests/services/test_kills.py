"""Killed between entry and receipt, a thousand times: never one without the other, never a number lost or given twice."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from antenne.base.progress import Silent
from antenne.db.slots import Unlocked
from antenne.services import checks, money_checks, opening
from antenne.services.desk import Desk
from tests.services import money

KILLS = 1000


def test_killed_a_thousand_times_between_entry_and_receipt(
    desk: Desk, office_folder: Path, made_office: tuple[Path, dict[str, Unlocked]]
) -> None:
    awa = money.member(desk)
    money.opened(desk, 2_000_000)
    desk.close()
    done = subprocess.run(
        [sys.executable, "-m", "tests.services.kill_collect", str(office_folder), str(KILLS), str(awa)],
        capture_output=True,
        check=True,
        text=True,
        timeout=300,
        cwd=Path(__file__).parents[2],
    )
    told = json.loads(done.stdout)
    assert told["killed"] + told["ended"] == KILLS
    assert told["killed"] > KILLS * 0.98
    again = opening.open_desk(office_folder, made_office[1]["secretaire"], desk.clock)
    try:
        found = checks.check_base(again, (*money_checks.MONEY, checks.audit_chain, checks.foreign_keys), Silent())
        assert [one for one in found if not one.ok] == []
        with again.read() as uow:
            pairs = uow.rows(
                "SELECT (SELECT count(*) FROM receipt), (SELECT count(*) FROM entry WHERE kind = 'receipt')"
            )
            numbers = uow.receipts.numbers(2026)
        receipts, entries = pairs[0]
        assert receipts == entries == len(numbers) == max(numbers)
        assert receipts >= 2 + told["ended"]
    finally:
        again.close()
