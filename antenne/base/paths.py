"""Where the program finds what it ships with, and where it keeps the office's data."""

from __future__ import annotations

import os
import sys
from pathlib import Path

APP_FOLDER = "Antenne"
"""Name of the data folder on Windows; the Linux one is the same in small letters."""


def resource(name: str) -> Path:
    """The path of a shipped file, from a checkout as from a PyInstaller bundle.

    Args:
        name: Path below ``resources/``, with slashes: ``fonts/NotoSans-Regular.ttf``.
    """
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle else Path(__file__).resolve().parents[2]
    return root / "resources" / name


def default_data_dir() -> Path:
    r"""The office's data folder: on the local disk, never roaming, never synchronised.

    Windows: ``%LOCALAPPDATA%\Antenne``; elsewhere ``$XDG_DATA_HOME/antenne`` (``~/.local/share/antenne``).
    """
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else Path.home() / "AppData" / "Local") / APP_FOLDER
    shared = os.environ.get("XDG_DATA_HOME", "")
    root = Path(shared) if Path(shared).is_absolute() else Path.home() / ".local" / "share"
    return root / APP_FOLDER.lower()
