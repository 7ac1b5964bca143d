"""Putting a restored base in the place of the present one, so that a power cut at any moment loses neither.

The new files stand checked in a folder of their own; a small journal is the point of no return; from then on each start
of the program finishes what is left: the present files are set aside, never removed, and the new ones take their place.
Nothing here needs more than the file system: it runs before the login.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from pathlib import Path
from typing import Final

from antenne.base.problems import Problem

STAGING: Final = "restauration"
JOURNAL: Final = "restauration.json"
_BASE: Final = "base.db"
_MOVED: Final = (f"{_BASE}-wal", f"{_BASE}-shm", _BASE, "antenne.cles")
"""In this order: a journal of the old base must never stand beside the new base."""


def decide(folder: Path, aside: Path | None) -> None:
    """Write the journal: from here on the restored base is the one.

    Args:
        folder: The data folder; ``restauration/`` in it holds the new files.
        aside: Where the present files go, on the same disk; None when there are none.

    Raises:
        Problem: ``backup.local_failed``.
    """
    part = folder / f"{JOURNAL}.part"
    text = json.dumps({"aside": None if aside is None else str(aside)})
    try:
        with part.open("w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(folder / JOURNAL)
    except OSError as error:
        raise Problem("backup.local_failed") from error


def drop(folder: Path) -> None:
    """Throw away what was prepared and not decided."""
    if not (folder / JOURNAL).is_file():
        shutil.rmtree(folder / STAGING, ignore_errors=True)


def finish(folder: Path) -> Path | None:
    """Finish a restoration that was decided; throw away one that was not. Does nothing on any other day.

    Returns:
        Where the former files were set aside, None when nothing was to be done or there were none.

    Raises:
        Problem: ``backup.not_placed``: another program holds the files; nothing is lost, the next start goes on.
    """
    journal = folder / JOURNAL
    staging = folder / STAGING
    with contextlib.suppress(OSError):
        (folder / f"{JOURNAL}.part").unlink(missing_ok=True)
    if not journal.is_file():
        drop(folder)
        return None
    try:
        told = json.loads(journal.read_text("utf-8"))["aside"]
        aside = None if told is None else Path(told)
        for name in _MOVED:
            _swap(folder, staging, aside, name)
        shutil.rmtree(staging, ignore_errors=True)
        journal.unlink()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Problem("backup.not_placed") from error
    return aside


def _swap(folder: Path, staging: Path, aside: Path | None, name: str) -> None:
    """Set one present file aside and put the new one there; a step already done is left alone."""
    new, present = staging / name, folder / name
    waits = new.exists() or (name != "antenne.cles" and (staging / _BASE).exists())
    if not waits:
        return
    if present.exists():
        if aside is None:
            raise FileExistsError(str(present))
        aside.mkdir(parents=True, exist_ok=True)
        present.rename(aside / name)
    if new.exists():
        new.rename(present)
