"""What ``captures`` draws, and that the office it draws from stays as it was."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage, QPixmap
from PySide6.QtWidgets import QDialog, QWidget

from antenne import app
from antenne.base.clock import Clock
from antenne.base.problems import Problem
from antenne.domain.first_run import Step
from antenne.services import demo_accounts
from antenne.ui.first_run.captures import STEPS
from antenne.ui.first_run.window import FirstRunWindow
from antenne.ui.kit.operations import Operations
from antenne.ui.shell import captures
from antenne.ui.shell.captures import CaptureRun, Frame
from tests.conftest import LABELS, PHRASES

Draw = Callable[[str], tuple[Path, ...]]


@pytest.fixture
def demonstration(office_folder: Path) -> Path:
    account = {"name": "R.", "role": "responsable", "label": LABELS["responsable"], "phrase": PHRASES["responsable"]}
    (office_folder / demo_accounts.ACCOUNT_FILE).write_text(json.dumps([account]), encoding="utf-8")
    return office_folder


@pytest.fixture
def draw(demonstration: Path, tmp_path: Path, qapp: object) -> Draw:
    return lambda name: app.capture(demonstration, tmp_path / "images", name)


@pytest.mark.parametrize(
    "name", ["encaisser", "nouvelle-adherente", "parametres-utilisatrice-phrase", "sauvegarde-faite"]
)
def test_the_office_stays_as_it_was(demonstration: Path, draw: Draw, name: str) -> None:
    before = {path.name: path.read_bytes() for path in demonstration.iterdir()}
    (picture,) = draw(name)
    assert not QImage(str(picture)).isNull()
    assert {path.name: path.read_bytes() for path in demonstration.iterdir()} == before


def test_an_unknown_name_is_said(draw: Draw) -> None:
    with pytest.raises(Problem) as found:
        draw("nulle-part")
    assert found.value.code == "cli.unknown_capture"


def test_no_two_pictures_have_one_name() -> None:
    areas = app.areas(lambda: None)
    names = [one.name for area in areas for one in area.captures]
    names += [one.name for area in areas for one in area.papers]
    names += [*STEPS, "connexion", "masquer", "restaurer", "restaurer-choisie", "accueil", "aide", "recherche"]
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_the_wizard_is_drawn_page_by_page(tmp_path: Path, operations: Operations, clock: Clock, qapp: object) -> None:
    run = CaptureRun(tmp_path, operations, None)
    seen: set[Step] = set()
    for name, prepare in STEPS.items():

        def window(name: str = name) -> FirstRunWindow:
            return app.Makers().first_run(tmp_path / f"{name}-bureau", operations, clock, lambda _unlocked: None)

        def answered(made: QWidget, prepare: Callable[[QWidget], None] | None = prepare) -> None:
            assert isinstance(made, FirstRunWindow)
            if prepare is not None:
                prepare(made)
            seen.add(made.step)

        run.frame(Frame(name, window, answered))
    assert [path.stem for path in run.written] == list(STEPS)
    assert seen == set(Step) - {Step.DONE}  # the office is founded after the last answer, off the GUI thread
    assert (tmp_path / "premiere-ouverture-prete-bureau" / "base.db").is_file()


def test_what_is_open_over_a_window_is_in_its_picture(qapp: object) -> None:
    dialog = QDialog()
    dialog.setStyleSheet("background: #ff0000;")
    dialog.resize(40, 40)
    window = QPixmap(200, 100)
    window.fill(QColor("white"))
    drawn = captures.over(window, [dialog]).toImage()
    dialog.deleteLater()
    assert drawn.pixelColor(100, 50) == QColor("#ff0000")
    assert drawn.pixelColor(5, 5).lightness() < QColor("white").lightness()
