"""Try what was built, under Wine, as a person would: commands first, then the window up to the login."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from wine_machine import RunningProgram, WineFailed, WineMachine

WINDOW_TITLE = "Antenne"
START_LIMIT = 120
COMMAND_LIMIT = 300
CLOSE_LIMIT = 60


def try_commands(machine: WineMachine, program: Path, folder: Path) -> Path:
    """Build a demonstration office with the Windows program, check it, print, read a register, save, verify.

    Returns:
        The office's data folder.

    Raises:
        WineFailed: a command failed, or did not leave what it promised.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    office, key, phrase = folder / "office", folder / "key", folder / "phrase.txt"
    key.mkdir()
    told = machine.run(
        [program, "demo", "--sans-fenetre", "--json", "--dossier", office], limit=COMMAND_LIMIT, echo=False
    )
    users = json.loads("\n".join(told[told.index("{") : told.index("}") + 1]))["utilisatrices"]
    boss = next(user for user in users if user["role"] == "responsable")
    phrase.write_text(boss["phrase"], encoding="utf-8")
    common: list[str | Path] = ["--dossier", office, "--phrase-fichier", phrase]

    machine.run([program, "controler", *common], limit=COMMAND_LIMIT)
    card = folder / "card.pdf"
    machine.run([program, "cartes", "--sortie", card, *common], limit=COMMAND_LIMIT)
    if not card.read_bytes().startswith(b"%PDF-"):
        raise WineFailed("the card is no PDF")
    register = _write_register(folder / "registre.xlsx")
    machine.run([program, "importer", register, "--essai", *common], limit=COMMAND_LIMIT)
    machine.run([program, "sauvegarder", key, *common], limit=COMMAND_LIMIT)
    backups = list(key.rglob("*.antenne"))
    if len(backups) != 1:
        raise WineFailed(f"{len(backups)} backups instead of one")
    machine.run([program, "verifier", backups[0], "--phrase-fichier", phrase], limit=COMMAND_LIMIT)
    return office


def _write_register(target: Path) -> Path:
    """A register of one woman: the built program reads it in a process of its own, which it must be able to start."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Nom", "Prénom", "Naissance", "Date d’adhésion"])
    sheet.append(["ESSAI", "Ɲélé", "12/03/1990", "15/01/2026"])
    book.save(target)
    return target


def try_window(machine: WineMachine, words: Sequence[str | Path], picture: Path) -> None:
    """Start the program, wait for its window, photograph it, close it by Alt+F4 and want status 0.

    Raises:
        WineFailed: one of these did not happen.
    """
    program = machine.start(words)
    try:
        window = _wait_for_window(machine, program)
        time.sleep(4)
        _photograph(machine, picture)
        _xdotool(machine, "windowactivate", "--sync", window)
        _xdotool(machine, "key", "--delay", "80", "alt+F4")
        status = program.wait(CLOSE_LIMIT)
    except BaseException:
        _photograph(machine, picture.with_name(f"{picture.stem}-failed.png"))
        raise
    if status != 0:
        raise WineFailed(f"the program closed with status {status}")
    print(f"closed with status 0; picture: {picture.name}", flush=True)


def _wait_for_window(machine: WineMachine, program: RunningProgram) -> str:
    """Wait until the window is there, and return its id."""
    begun = time.monotonic()
    while time.monotonic() - begun < START_LIMIT:
        if found := _xdotool(machine, "search", "--onlyvisible", "--name", f"^{WINDOW_TITLE}$").split():
            print(f"« {WINDOW_TITLE} » after {time.monotonic() - begun:.1f} s", flush=True)
            return found[-1]
        if program.process.poll() is not None:
            raise WineFailed(f"the program ended with {program.process.returncode} before it showed a window")
        time.sleep(0.25)
    raise WineFailed(f"no window named « {WINDOW_TITLE} » within {START_LIMIT} s")


def _photograph(machine: WineMachine, target: Path) -> None:
    """Save a picture of the whole screen."""
    from PIL import ImageGrab

    ImageGrab.grab(xdisplay=machine.env["DISPLAY"]).save(target)


def _xdotool(machine: WineMachine, *words: str) -> str:
    """What xdotool says; its status tells only whether it found something."""
    command = ["xdotool", *words]
    return subprocess.run(command, env=machine.env, capture_output=True, text=True, check=False, timeout=60).stdout
