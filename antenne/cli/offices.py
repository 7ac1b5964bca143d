"""``demo``, ``captures``, ``controler``."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path

from antenne.base import paths
from antenne.base.clock import SystemClock
from antenne.base.problems import Problem
from antenne.cli import desks, display
from antenne.services import access, demo_accounts

DEMO_FOLDER = "demonstration"


def demo(options: Namespace) -> int:
    """Build the demonstration office where it is not there yet, describe it, open it.

    Raises:
        Problem: ``cli.no_display`` before anything is built, ``cli.no_demo``.
    """
    if not options.sans_fenetre:
        display.need_display()
    folder = _demo_folder(options)
    from antenne.services import demo as service

    if access.look(folder) is access.Folder.EMPTY:
        with desks.watched() as progress:
            service.build(folder, SystemClock(), progress)
    users = demo_accounts.read_accounts(folder)
    if not users:
        raise Problem("cli.no_demo", path=str(folder))
    if options.json:
        said = [{"nom": one.name, "role": one.role, "etiquette": one.label, "phrase": one.phrase} for one in users]
        print(json.dumps({"dossier": str(folder.absolute()), "utilisatrices": said}, ensure_ascii=False, indent=2))
    else:
        sys.stderr.write(f"Bureau de démonstration\u00a0: {folder}\n")
        for one in users:
            sys.stderr.write(f"  {one.label:<8} {one.name} ({one.role})\u00a0: {one.phrase}\n")
    if options.sans_fenetre:
        return 0
    from antenne import app

    return app.run(folder)


def captures(options: Namespace) -> int:
    """Draw every screen and every printed document of the demonstration office; no screen is needed.

    Raises:
        Problem: ``cli.no_demo``, ``cli.unknown_capture``.
    """
    display.draw_anywhere()
    from antenne import app
    from antenne.services import demo as service

    folder = _demo_folder(options)
    if access.look(folder) is access.Folder.EMPTY:
        with desks.watched() as progress:
            service.build(folder, SystemClock(), progress)
    if not demo_accounts.read_accounts(folder):
        raise Problem("cli.no_demo", path=str(folder))
    written = app.capture(folder, options.cible, options.ecran)
    for path in written:
        print(path)
    return 0


def check(options: Namespace) -> int:
    """Run every check of the base; exit 1 when one finds a fault."""
    from antenne import app
    from antenne.services import checks, money_checks

    with desks.opened(options) as desk, desks.watched() as progress:
        asked = (*checks.GENERAL, *app.checks())
        if options.ancre:
            asked += (lambda opened: money_checks.anchor(opened, options.ancre),)
        found = checks.check_base(desk, asked, progress)
    ok = all(finding.ok for finding in found)
    if options.json:
        listed = [{"nom": one.name, "ok": one.ok, "detail": one.detail} for one in found]
        print(json.dumps({"ok": ok, "controles": listed}, ensure_ascii=False, indent=2))
    else:
        for one in found:
            print(f"{'juste' if one.ok else 'FAUTE':<6} {one.name}\u00a0: {one.detail}")
    return 0 if ok else 1


def _demo_folder(options: Namespace) -> Path:
    """The folder named, or the demonstration's own beside the office's."""
    named: Path | None = options.dossier
    return (
        named
        if named is not None
        else paths.default_data_dir().with_name(f"{paths.default_data_dir().name}-{DEMO_FOLDER}")
    )
