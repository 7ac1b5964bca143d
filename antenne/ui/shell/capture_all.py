"""The order in which the pictures are taken: the door, the shell, every place, every paper."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from antenne.base.clock import Clock, SystemClock
from antenne.base.problems import Problem
from antenne.services import access, demo_accounts
from antenne.ui.kit.area import Area
from antenne.ui.shell.captures import HEIGHT, WIDTH, CaptureRun, Frame
from antenne.ui.shell.login import LoginWindow
from antenne.ui.shell.program import PartMakers

if TYPE_CHECKING:
    from antenne.services.desk import Desk
    from antenne.ui.first_run.window import FirstRunWindow
    from antenne.ui.kit.operations import Operations

_ROLE = "responsable"


def capture_all(
    folder: Path,
    target: Path,
    only: str | None,
    makers: PartMakers,
    areas: Sequence[Area],
    clock: Clock | None = None,
) -> tuple[Path, ...]:
    """Draw everything from the demonstration office in ``folder``.

    Some screens keep a draft or write on the way: they do so in a copy, and the office itself stays as it was.

    Args:
        folder: A demonstration office.
        target: Where the pictures go.
        only: One name, or None for all.
        makers: From ``app.py``.
        areas: Every area.
        clock: The system's, unless another is given.

    Raises:
        Problem: ``cli.unknown_capture``, ``cli.output``.
    """
    with tempfile.TemporaryDirectory(prefix="antenne-captures-", ignore_cleanup_errors=True) as scratch:
        copy = Path(scratch) / folder.name
        shutil.copytree(folder, copy)
        run = CaptureRun(target, makers.operations(), only)
        _draw(copy, Path(scratch), run, makers, areas, clock or SystemClock())
    if only is not None and not run.written:
        raise Problem("cli.unknown_capture", name=only)
    return tuple(run.written)


def _draw(
    folder: Path, scratch: Path, run: CaptureRun, makers: PartMakers, areas: Sequence[Area], clock: Clock
) -> None:
    """Everything, from the copy in ``folder``; what must be founded on the way goes beside it."""
    user = next(one for one in demo_accounts.read_accounts(folder) if one.role == _ROLE)
    desk = makers.desk(folder, access.unlock(folder, user.phrase, user.label), clock)
    try:
        for frame in (*_door(folder, clock), *_wizard(scratch, makers, run.operations, clock)):
            run.frame(frame)
        _inside(run, desk, makers, run.operations, clock, areas)
        for frame in _restoring(desk, scratch, makers, run.operations):  # last: it makes a backup, which the home tells
            run.frame(frame)
    finally:
        run.operations.shutdown(5)
        desk.close()


def _door(folder: Path, clock: Clock) -> tuple[Frame, ...]:
    """The login and the neutral page."""

    def login() -> QWidget:
        return LoginWindow(folder, lambda _phrase, _label: None, lambda _opened: None, modules=(), can_restore=True)

    def neutral() -> QWidget:
        return LoginWindow(
            folder, lambda _phrase, _label: None, lambda _opened: None, modules=(), neutral_on=clock.today()
        )

    return (Frame("connexion", login), Frame("masquer", neutral))


def _wizard(scratch: Path, makers: PartMakers, operations: Operations, clock: Clock) -> tuple[Frame, ...]:
    """Every page of the first run; the last one founds an office of its own."""
    from antenne.ui.first_run.captures import STEPS

    def wizard(name: str) -> FirstRunWindow:
        return makers.first_run(scratch / name, operations, clock, lambda _unlocked: None)

    return tuple(Frame(name, partial(wizard, name), prepare) for name, prepare in STEPS.items())


def _restoring(desk: Desk, scratch: Path, makers: PartMakers, operations: Operations) -> tuple[Frame, ...]:
    """The restore window of the login: as it opens, then with a backup chosen."""
    from antenne.ui.shell.restore_window import RestoreWindow

    def restoring() -> QWidget:
        return RestoreWindow(makers.restore_panel(scratch / "neuf", operations, desk.clock))

    return (
        Frame("restaurer", restoring),
        Frame("restaurer-choisie", restoring, partial(_choose_backup, desk, scratch)),
    )


def _choose_backup(desk: Desk, scratch: Path, window: QWidget) -> None:
    """Back the copy up into a folder, and choose that backup."""
    from antenne.base.media import SystemMedia
    from antenne.base.progress import Silent
    from antenne.services import backup
    from antenne.ui.backup.restore_panel import RestorePanel

    key = scratch / "cle"
    key.mkdir()
    made = backup.make_backup(desk, key, SystemMedia(), Silent())
    panel = window.findChild(RestorePanel)
    assert panel is not None
    panel.take(made.value.path)


def _inside(
    run: CaptureRun,
    desk: Desk,
    makers: PartMakers,
    operations: Operations,
    clock: Clock,
    areas: Sequence[Area],
) -> None:
    """The main window: home, help, palette, every place; then the papers."""
    window = makers.window(desk, operations, clock, lambda: None)
    window.resize(WIDTH, HEIGHT)
    window.show()
    try:
        run.window("accueil", window)
        if run.wanted("aide"):
            window.show_help()
            run.window("aide", window)
            window.show_help()
        if run.wanted("recherche"):
            window.search("kone fat")
            run.window("recherche", window)
            window.search("")
        run.places(window, areas)
        run.papers(window, areas)
    finally:
        window.close()
        window.deleteLater()
