"""A folder for what ``captures`` must write on the way; it goes away with the process."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path


def captures_folder() -> Path:
    """A new empty folder, removed when the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="antenne-captures-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
