"""Shipped files are found from a checkout as from a bundle; data stays on the local disk."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from antenne.base.paths import default_data_dir, resource


def test_a_checkout_finds_its_fonts() -> None:
    assert resource("fonts/NotoSans-Regular.ttf").is_file()


def test_a_bundle_finds_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource("icons/check.svg") == tmp_path / "resources" / "icons" / "check.svg"


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {"XDG_DATA_HOME": "/srv/data"}, Path("/srv/data/antenne")),
        ("linux", {"XDG_DATA_HOME": "relative"}, Path("/home/mariam/.local/share/antenne")),
        ("linux", {}, Path("/home/mariam/.local/share/antenne")),
        ("win32", {"LOCALAPPDATA": "/c/local"}, Path("/c/local/Antenne")),
        ("win32", {}, Path("/home/mariam/AppData/Local/Antenne")),
    ],
)
def test_the_data_folder(
    monkeypatch: pytest.MonkeyPatch, platform: str, variables: dict[str, str], expected: Path
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HOME", "/home/mariam")
    assert default_data_dir() == expected
