"""What the start of the program does before the login: finish a restoration, remove what a killed backup left.

Nothing here brings in SQLAlchemy (architecture: Start).
"""

from __future__ import annotations

from pathlib import Path

from antenne.db import copying, placing


def prepare_folder(folder: Path) -> Path | None:
    """Called once per start, by the one program that works on this folder, before the key file is read.

    Returns:
        Where a former base was set aside by a restoration that is now finished; None on any other day.

    Raises:
        Problem: ``backup.not_placed``.
    """
    if not folder.is_dir():
        return None
    aside = placing.finish(folder)
    copying.clean_leftovers(folder)
    return aside
