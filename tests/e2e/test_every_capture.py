"""Every screen and every paper is drawn from the demonstration office, in one go."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from antenne import app
from antenne.base.clock import FixedClock
from antenne.ui.shell.captures import HEIGHT, WIDTH
from tests.e2e.offices import NOW, DemoOffice


def test_every_place_and_paper_is_drawn(office: DemoOffice, tmp_path: Path, qapp: QApplication) -> None:
    areas = app.areas(lambda *_: None)
    written = app.capture(office.folder, tmp_path / "images", None, FixedClock(NOW))
    names = {path.name for path in written}
    assert {f"{capture.name}.png" for area in areas for capture in area.captures} <= names
    assert {f"{paper.name}.pdf" for area in areas for paper in area.papers} <= names
    assert {path.name for path in (tmp_path / "images").iterdir()} == names
    assert all(path.stat().st_size > 0 for path in written)
    home = (tmp_path / "images" / "accueil.png").read_bytes()
    assert (int.from_bytes(home[16:20]), int.from_bytes(home[20:24])) == (WIDTH, HEIGHT)
