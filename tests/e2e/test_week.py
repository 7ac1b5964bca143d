"""A week of the caisse by keyboard, through the real window; the power goes in the middle of three of its closings."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from antenne.base.clock import FixedClock
from antenne.base.progress import Silent
from antenne.db.slots import Unlocked
from antenne.services import cash_days, checks, day_reading, expenses_reading, money_checks, opening
from antenne.services.desk import Desk
from antenne.services.expenses_reading import ExpenseQuery
from tests.conftest import NOW
from tests.e2e.keyboard import said
from tests.e2e.week import ENTER, Sitting, sitting
from tests.services import money

ROOT = Path(__file__).resolve().parents[2]
WOMEN = ("Zouboye", "Togo", "Sangaré", "Yaro", "Dembélé")
CUTS = {1: "count", 2: "commit", 3: "sheet"}
"""Day of the week to the moment of its cut."""
SPENT = (0, 2)
"""Days with an expense."""


def killed(folder: Path, unlocked: Unlocked, now: dt.datetime, counted: int, moment: str) -> None:
    """Another process of the program closes the day by keyboard; its plug is pulled."""
    arguments = [str(folder), unlocked.base_key.hex(), unlocked.slot_id, now.isoformat(), str(counted), moment]
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.week", *arguments],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "HERE\n"
    child.send_signal(signal.SIGKILL)
    child.communicate(timeout=60)
    assert child.returncode == -signal.SIGKILL


def after_the_cut(her: Sitting, moment: str) -> None:
    """What she finds when the power is back, and how she ends the day."""
    if moment == "sheet":
        assert not cash_days.cash_state(her.desk).cash.is_open
        assert day_reading.list_days(her.desk, 0, 5, to_print=True).total == 1
        screen = her.go("Journée")
        her.keyboard.tab_to("Journées et feuilles")
        her.keyboard.key(ENTER)
        her.keyboard.key(ENTER)
        her._print()
        assert screen.isVisible()
        return
    her.begin_closing()
    assert "Le comptage commencé a été retrouvé." in said(her.window.current_screen)
    her.explain_and_close("billet déchiré refusé" if moment == "count" else "")


def test_a_full_week_by_keyboard_with_power_cuts_in_its_closings(
    qapp: QApplication, qtbot: QtBot, office_folder: Path, made_office: tuple[Path, dict[str, Unlocked]], tmp_path: Path
) -> None:
    unlocked, printed = made_office[1]["secretaire"], tmp_path / "printed.pdf"
    first = opening.open_desk(office_folder, unlocked, FixedClock(NOW))
    for number, name in enumerate(WOMEN, 1):
        money.member(first, number, name, "Awa")
    first.close()
    for day, name in enumerate(WOMEN):
        now = NOW + dt.timedelta(days=day)
        with sitting(office_folder, unlocked, now, qtbot, printed) as her:
            her.open_caisse("25000" if not day else "")
            her.collect(name)
            if day in SPENT:
                her.spend(str(500 + day))
            total = her.expected
            if day not in CUTS:
                her.begin_closing()
                her.count(total)
                her.explain_and_close()
        if day in CUTS:
            counted = total - 250 if CUTS[day] == "count" else total
            killed(office_folder, unlocked, now + dt.timedelta(minutes=1), counted, CUTS[day])
            with sitting(office_folder, unlocked, now + dt.timedelta(minutes=5), qtbot, printed) as her:
                after_the_cut(her, CUTS[day])
    last = opening.open_desk(office_folder, unlocked, FixedClock(now))
    try:
        whole(last)
    finally:
        last.close()


def whole(desk: Desk) -> None:
    """Every day closed once each, every paper printed, every number there, nothing that ``controler`` would name."""
    with desk.read() as uow:
        days = uow.rows("SELECT day, counted_amount FROM cash_day WHERE closed_at IS NOT NULL ORDER BY id")
        gaps = uow.rows("SELECT day, gap_reason FROM cash_day WHERE gap_reason <> ''")
        assert uow.receipts.numbers(2026) == set(range(1, len(WOMEN) + 1))
        assert uow.receipts.unprinted() == ()
    assert [row[0] for row in days] == [f"2026-11-{23 + day}" for day in range(len(WOMEN))]
    assert [tuple(row) for row in gaps] == [("2026-11-24", "billet déchiré refusé")]
    assert day_reading.list_days(desk, 0, 10, to_print=True).total == 0
    assert expenses_reading.count_expenses(desk).to_print == 0
    assert expenses_reading.list_expenses(desk, ExpenseQuery(), 0, 10)[1] == len(SPENT)
    found = checks.check_base(desk, (*money_checks.MONEY, *checks.GENERAL), Silent())
    assert [one for one in found if not one.ok] == []
