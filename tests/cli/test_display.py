"""A machine without a screen: drawing goes on, a window is refused in words instead of Qt's abort."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from antenne.cli.display import has_display
from antenne.services import demo_accounts
from tests.conftest import LABELS, PHRASES

ROOT = Path(__file__).resolve().parents[2]
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def without_screen(*arguments: object) -> subprocess.CompletedProcess[str]:
    """One command in a process that nobody told of any screen."""
    return subprocess.run(
        [sys.executable, "-m", "antenne", *map(str, arguments)],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name not in SCREENS} | {"PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_captures_are_drawn_without_a_screen(office_folder: Path, tmp_path: Path) -> None:
    account = {"name": "R.", "role": "responsable", "label": LABELS["responsable"], "phrase": PHRASES["responsable"]}
    (office_folder / demo_accounts.ACCOUNT_FILE).write_text(json.dumps([account]), encoding="utf-8")
    target = tmp_path / "images"
    done = without_screen("captures", target, "--dossier", office_folder, "--ecran", "connexion")
    assert done.returncode == 0, done.stderr
    (picture,) = target.iterdir()
    assert done.stdout.strip() == str(picture)
    assert picture.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("command", [("demo",), ()])
def test_a_window_is_refused_in_words_and_nothing_is_built(tmp_path: Path, command: tuple[str, ...]) -> None:
    folder = tmp_path / "bureau"
    done = without_screen(*command, "--dossier", folder)
    assert done.returncode == 1
    assert "pas d’écran" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not folder.exists()


def test_any_screen_or_chosen_platform_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SCREENS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert not has_display()
    for name in SCREENS:
        with monkeypatch.context() as one:
            one.setenv(name, "x")
            assert has_display()
    monkeypatch.setattr(sys, "platform", "win32")
    assert has_display()
