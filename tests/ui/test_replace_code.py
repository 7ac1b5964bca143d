"""A recovery code that was used is replaced before anything else: the old paper opens nothing here any more."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from antenne.base.clock import FixedClock
from antenne.base.problems import Problem
from antenne.base.progress import Silent
from antenne.domain import first_run
from antenne.domain.cards import Variant
from antenne.domain.first_run import Founding, Responsable
from antenne.domain.office import Office
from antenne.domain.recovery import CodeKind, encode
from antenne.services import access, envelopes, founding, opening
from antenne.services.envelopes import ReplaceCode
from antenne.ui.first_run.replace_window import ReplaceWindow
from antenne.ui.kit.operations import Operations
from antenne.ui.kit.printing import Printing
from antenne.wording.login import sentence
from tests.conftest import KDF
from tests.ui.helpers import FakeDialogs, press, type_text

CODES = (encode(11, CodeKind.BASE), encode(12, CodeKind.CONFIDENTIAL))
PHRASE = "girafe soleil mangue pirogue"


@pytest.fixture
def folder(tmp_path: Path, clock: FixedClock) -> Path:
    """An office with two envelopes."""
    office = Office(association="DANAYA SO", name="Antenne de Mopti", town="Sévaré")
    given = Founding(office, Responsable("Aminata Diarra", "Baobab"), PHRASE, *CODES, Variant.FOLD)
    founding.found_office(tmp_path / "data", given, clock, Silent(), KDF)
    return tmp_path / "data"


@pytest.mark.parametrize("place", [0, 1])
def test_the_used_code_is_replaced_by_one_copied_and_typed_back(
    folder: Path, clock: FixedClock, qtbot: QtBot, qapp: QApplication, operations: Operations, place: int
) -> None:
    unlocked = access.unlock(folder, CODES[place], None)
    desk = opening.open_desk(folder, unlocked, clock)
    used = envelopes.used_code(desk, unlocked.slot_id)
    assert used is not None
    assert used.kind is first_run.KINDS[place]
    replaced: list[int] = []
    dialogs = FakeDialogs()
    window = ReplaceWindow(desk, used, operations, Printing(operations, dialogs, sentence), lambda: replaced.append(1))
    qtbot.addWidget(window)
    window.show()
    fresh = first_run.shown_code(window._state)
    assert fresh is not None
    assert fresh not in CODES
    shown = {one.text() for one in window.findChildren(QLabel)}
    assert set(fresh.split("-")) <= shown
    press(window._next, Qt.Key.Key_Return)
    line = window.page.entries["code"].line
    type_text(line, CODES[place])
    press(line, Qt.Key.Key_Return)
    assert "groupe" in window.page.entries["code"].sentence
    line.clear()
    type_text(line, fresh)
    press(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(replaced), timeout=15_000)
    desk.close()
    with pytest.raises(Problem, match=r"keys\.wrong_passphrase"):
        access.unlock(folder, CODES[place], None)
    again = access.unlock(folder, fresh, None)
    assert again.base_key == unlocked.base_key
    assert again.confidential_key == unlocked.confidential_key
    assert access.unlock(folder, CODES[1 - place], None).base_key == unlocked.base_key
    assert access.unlock(folder, PHRASE, "Baobab").base_key == unlocked.base_key


def test_a_phrase_wears_nothing_out(folder: Path, clock: FixedClock) -> None:
    unlocked = access.unlock(folder, PHRASE, "Baobab")
    desk = opening.open_desk(folder, unlocked, clock)
    try:
        assert envelopes.used_code(desk, unlocked.slot_id) is None
        with pytest.raises(LookupError):
            envelopes.replace_code(desk, ReplaceCode(request_id="r", slot_id=unlocked.slot_id, code=CODES[0]), KDF)
    finally:
        desk.close()


def test_closing_before_the_end_keeps_the_old_code(
    folder: Path, clock: FixedClock, qtbot: QtBot, qapp: QApplication, operations: Operations
) -> None:
    unlocked = access.unlock(folder, CODES[0], None)
    desk = opening.open_desk(folder, unlocked, clock)
    used = envelopes.used_code(desk, unlocked.slot_id)
    assert used is not None
    dialogs = FakeDialogs()
    window = ReplaceWindow(desk, used, operations, Printing(operations, dialogs, sentence), lambda: None)
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(window.closed):
        window.close()
    desk.close()
    assert access.unlock(folder, CODES[0], None).slot_id == used.slot_id
