"""What the login refuses to open and why; what it costs."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from antenne.base.problems import Problem
from antenne.db import keys
from antenne.services import access, demo_accounts
from antenne.ui.shell import login as login_module
from antenne.ui.shell.login import has_office
from tests.conftest import NOW
from tests.ui.helpers import press
from tests.ui.login_help import Made, login, wait_try

__all__ = ["login"]


def _without_keys(folder: Path) -> None:
    (folder / "antenne.cles").unlink()


def _without_base(folder: Path) -> None:
    (folder / "base.db").unlink()


def _cut_base(folder: Path) -> None:
    base = folder / "base.db"
    base.write_bytes(base.read_bytes()[:10_000])


def _damaged_keys(folder: Path) -> None:
    path = folder / "antenne.cles"
    path.write_bytes(path.read_bytes().replace(b'"mac"', b'"mbc"'))


def _newer_keys(folder: Path) -> None:
    path = folder / "antenne.cles"
    path.write_bytes(re.sub(rb'"version":\d+', b'"version":99', path.read_bytes(), count=1))


def _greedy_keys(folder: Path) -> None:
    path = folder / "antenne.cles"
    path.write_bytes(path.read_bytes().replace(b'"m":65536', b'"m":1073741824', 1))


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (_without_keys, "il y manque antenne.cles"),
        (_without_base, "il y manque base.db"),
        (_cut_base, "il y manque la fin de base.db"),
        (_damaged_keys, "est abîmé"),
        (_newer_keys, "version plus récente"),
        (_greedy_keys, "refuse"),
    ],
)
def test_a_folder_that_cannot_be_opened_says_why_and_what_to_do(
    office_folder: Path, login: Callable[..., Made], qtbot: QtBot, harm: Callable[[Path], None], said: str
) -> None:
    harm(office_folder)
    before = sorted((path.name, path.stat().st_size) for path in office_folder.iterdir())
    window, _ = login(office_folder, can_restore=True)
    assert window.blocked
    assert said in window.message
    assert not window.form.isVisible()
    restore = next(one for one in window.findChildren(QPushButton) if one.isVisible() and "Restaurer" in one.text())
    with qtbot.waitSignal(window.restore_asked):
        restore.click()
    assert sorted((path.name, path.stat().st_size) for path in office_folder.iterdir()) == before


def test_keys_of_another_office_are_said(
    office_folder: Path, login: Callable[..., Made], qtbot: QtBot, tmp_path: Path, made_office: tuple[Path, Any]
) -> None:
    own = made_office[1]["responsable"]
    other, _ = keys.new_key_file(
        [keys.NewSlot(label="Dune", secret="calebasse pirogue", roles=own.roles, may_open_confidential=True)],
        created=NOW,
        kdf=keys.KdfParams(),
    )
    keys.write_key_file(office_folder / "antenne.cles", other)
    window, opened = login(office_folder)
    assert window.form.chips.current == "Dune"
    window.form.secret.setText("calebasse pirogue")
    press(window.form.secret, Qt.Key.Key_Return)
    wait_try(qtbot, window)
    qtbot.waitUntil(lambda: bool(window.message))
    assert "ne correspond pas" in window.message
    assert not opened


def test_a_base_from_a_newer_program_is_said_after_the_phrase(
    office_folder: Path, login: Callable[..., Made], qtbot: QtBot
) -> None:
    def enter(_secret: str, _label: str | None) -> None:
        raise Problem("db.newer", theirs="r9999", ours="r0001")

    window, _ = login(office_folder, enter=enter)
    window.form.chips.choose("Héron")
    press(window.form.secret, Qt.Key.Key_Return)
    wait_try(qtbot, window)
    assert "plus récente" in window.message
    assert window._left == 0


def test_a_bug_is_handed_over_and_said_without_details(
    office_folder: Path, login: Callable[..., Made], qtbot: QtBot
) -> None:
    bugs: list[BaseException] = []

    def enter(_secret: str, _label: str | None) -> None:
        raise ZeroDivisionError("secret detail")

    window, _ = login(office_folder, enter=enter, on_bug=bugs.append)
    window.form.chips.choose("Héron")
    press(window.form.secret, Qt.Key.Key_Return)
    wait_try(qtbot, window)
    assert len(bugs) == 1
    assert "detail" not in window.message
    assert "pas de vous" in window.message


HEAVY_PROBE = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
application = QApplication([])
from antenne.ui.kit.theme import apply_theme
apply_theme(application)
from antenne.ui.shell.login import LoginWindow
window = LoginWindow(Path(sys.argv[1]), lambda *_: None, lambda _: None, modules=())
heavy = ("sqlalchemy", "alembic", "reportlab", "cryptography", "sqlcipher3", "babel", "PIL", "openpyxl",
         "antenne.services", "antenne.db", "PySide6.QtPrintSupport")
print("before", [name for name in heavy if name in sys.modules])
def ready():
    print("after", [name for name in heavy[:3] if name in sys.modules])
    application.quit()
window.usable.connect(lambda: print("usable", window.form.chips.labels != ()))
window.ready.connect(ready)
window.show()
application.exec()
"""


def test_the_files_it_looks_for_are_those_of_the_services(tmp_path: Path, office_folder: Path) -> None:
    from antenne.db.rekey import REKEY_FILE

    names = (login_module.KEY_FILE, login_module.BASE_FILE, login_module.REKEY_FILE)
    assert names == (keys.FILE_NAME, access.BASE_FILE, REKEY_FILE)
    assert has_office(office_folder)
    assert not has_office(tmp_path / "nothing")


def test_nothing_heavy_is_imported_for_the_first_window(office_folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HEAVY_PROBE, str(office_folder)], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.splitlines() == ["before []", "usable True", "after []"], done.stdout + done.stderr


def test_accounts_of_a_strange_file_are_nobody(tmp_path: Path) -> None:
    path = tmp_path / demo_accounts.ACCOUNT_FILE
    for content in ("", "{}", "[1]", '[{"name": "x"}]', "[" * 200_000):
        path.write_text(content)
        assert demo_accounts.read_accounts(tmp_path) == ()
    assert demo_accounts.is_demo_phrase("Demo quatre mots")
    assert not demo_accounts.is_demo_phrase("demoiselle au puits")


def test_unlocking_by_a_code_tries_the_envelopes_only(office_folder: Path) -> None:
    from antenne.domain.recovery import CodeKind, encode

    with pytest.raises(Problem, match=r"keys\.wrong_passphrase"):
        access.unlock(office_folder, encode(7, CodeKind.CONFIDENTIAL), None)
