"""The report of a bug: where it happened in the program, never what was typed or read."""

from __future__ import annotations

import datetime as dt
import platform
import sys
import traceback
from pathlib import Path

FOLDER = "rapports"
_KEPT = 20


def describe(error: BaseException, version: str, at: dt.datetime) -> str:
    """Type of the error and the lines of the program it went through; no message, no values, no locals."""
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    head = [f"Antenne {version}", at.isoformat(), f"Python {sys.version.split()[0]} {platform.system()}"]
    chain = []
    cause = error.__cause__ or error.__context__
    if cause is not None:
        chain = [f"après {type(cause).__name__}"]
    return "\n".join([*head, type(error).__name__, *where, *chain, ""])


def write(error: BaseException, folder: Path, version: str, at: dt.datetime) -> Path | None:
    """Write the report beside the base and keep the newest twenty; None when the disk refuses."""
    place = folder / FOLDER
    try:
        place.mkdir(exist_ok=True)
        path = place / f"rapport-{at:%Y%m%dT%H%M%S}.txt"
        path.write_text(describe(error, version, at), encoding="utf-8")
        for old in sorted(place.glob("rapport-*.txt"))[:-_KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return None
    return path
