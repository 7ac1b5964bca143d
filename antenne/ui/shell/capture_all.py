"""The order in which the pictures are taken: the door, the shell, every place, every paper."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
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
    from antenne.ui.kit.operations import Operations

_ROLE = "responsable"


def capture_all(
    folder: Path, target: Path, only: str | None, makers: PartMakers, areas: Sequence[Area]
) -> tuple[Path, ...]:
    """Draw everything from the demonstration office in ``folder``.

    Args:
        folder: A demonstration office.
        target: Where the pictures go.
        only: One name, or None for all.
        makers: From ``app.py``.
        areas: Every area.

    Raises:
        Problem: ``cli.unknown_capture``, ``cli.output``.
    """
    clock = SystemClock()
    operations = makers.operations()
    user = next(one for one in demo_accounts.read_accounts(folder) if one.role == _ROLE)
    desk = makers.desk(folder, access.unlock(folder, user.phrase, user.label), clock)
    run = CaptureRun(target, operations, only)
    try:
        with tempfile.TemporaryDirectory(prefix="antenne-captures-") as empty:
            for frame in _door(folder, Path(empty), makers, operations, clock):
                run.frame(frame)
        _inside(run, desk, makers, operations, clock, areas)
    finally:
        operations.shutdown(5)
        desk.close()
    if only is not None and not run.written:
        raise Problem("cli.unknown_capture", name=only)
    return tuple(run.written)


def _door(folder: Path, empty: Path, makers: PartMakers, operations: Operations, clock: Clock) -> tuple[Frame, ...]:
    """The login, the neutral page, the wizard, restoring."""

    def login() -> QWidget:
        return LoginWindow(folder, lambda _phrase, _label: None, lambda _opened: None, modules=(), can_restore=True)

    def neutral() -> QWidget:
        return LoginWindow(
            folder, lambda _phrase, _label: None, lambda _opened: None, modules=(), neutral_on=clock.today()
        )

    def wizard() -> QWidget:
        return makers.first_run(empty / "neuf", operations, clock, lambda _unlocked: None)

    def restoring() -> QWidget:
        from antenne.ui.shell.restore_window import RestoreWindow

        return RestoreWindow(makers.restore_panel(empty / "neuf", operations, clock))

    return (
        Frame("connexion", login),
        Frame("masquer", neutral),
        Frame("premiere-ouverture", wizard),
        Frame("restaurer", restoring),
    )


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
