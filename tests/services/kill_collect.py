"""Killed at a thousand places of one « Encaisser »: run as a process of its own, it forks a child for each.

Each child opens the base anew, begins to take money in, and sends itself SIGKILL at the n-th call of a Python function.
It prints how many calls a whole « Encaisser » makes, then how many children were killed and how many ended.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from antenne.base.clock import FixedClock
from antenne.db import keys
from antenne.db.engine import open_engine
from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.basket import BasketLine
from antenne.services import access, opening, receipts
from antenne.services.access import BASE_FILE
from antenne.services.desk import Desk
from antenne.services.receipts import Collect
from tests.conftest import LABELS, NOW, PHRASES
from tests.services import money


def main(folder: Path, kills: int, person_id: int) -> None:
    """Kill that many children, spread evenly over the calls of one « Encaisser »."""
    unlocked = access.unlock(folder, PHRASES["secretaire"], LABELS["secretaire"])
    desk = opening.open_desk(folder, unlocked, FixedClock(NOW))
    calls = _count_calls(desk, person_id)
    desk.close()
    raw_key = keys.cipher_key(unlocked.base_key)
    killed = ended = 0
    for number in range(kills):
        child = os.fork()
        if child == 0:
            _reopen(desk, folder, raw_key)
            _die_at(1 + number * calls // kills)
            _collect(desk, f"kill-{number}", person_id)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
            killed += 1
        else:
            ended += 1
    sys.stdout.write(json.dumps({"calls": calls, "killed": killed, "ended": ended}))


def _reopen(desk: Desk, folder: Path, raw_key: str) -> None:
    engine = open_engine(folder / BASE_FILE, raw_key)
    desk.open_unit = lambda writes: UnitOfWork(engine, writes=writes)


def _collect(desk: Desk, request_id: str, person_id: int) -> None:
    line = BasketLine(kind="test", person_id=person_id, amount=500)
    command = Collect(request_id=request_id, lines=(line,), handed=1000, given=400)
    receipts.collect(desk, command, money.SOURCES)


def _count_calls(desk: Desk, person_id: int) -> int:
    """Calls of a second « Encaisser »: the first one fills caches that the children inherit."""
    _collect(desk, "first", person_id)
    seen = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal seen
        seen += event == "call"

    sys.setprofile(count)
    try:
        _collect(desk, "second", person_id)
    finally:
        sys.setprofile(None)
    return seen


def _die_at(place: int) -> None:
    left = place

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal left
        if event == "call":
            left -= 1
            if left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
