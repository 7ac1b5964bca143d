"""The fictional users of a demonstration folder, readable before anything is opened.

Apart from :mod:`antenne.services.demo`, which makes the office and needs all of the base: the login reads this alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MARK: Final = "demo"
"""First word of every demonstration phrase; a real office refuses phrases that begin with it."""

ACCOUNT_FILE: Final = "demonstration.json"
"""The phrases of the fictional users, in clear beside the demonstration base, and only there."""

_MOST_BYTES: Final = 65_536


@dataclass(frozen=True, slots=True)
class DemoUser:
    """One fictional user and how she opens the demonstration."""

    name: str
    role: str
    label: str
    phrase: str


def is_demo_phrase(phrase: str) -> bool:
    """Whether a phrase was made for a demonstration: refused elsewhere."""
    return f"{phrase.strip().casefold()} ".startswith(f"{MARK} ")


def read_accounts(folder: Path) -> tuple[DemoUser, ...]:
    """The fictional users; nobody where it is a real office, or where the file is no longer what was written."""
    path = folder / ACCOUNT_FILE
    try:
        if not path.is_file() or path.stat().st_size > _MOST_BYTES:
            return ()
        return tuple(DemoUser(**entry) for entry in json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return ()
