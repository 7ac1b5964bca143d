"""The door: the key file, the passphrase, the state of the data folder.

Imported by the login window, so nothing here brings in SQLAlchemy or Alembic (architecture: Start).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from antenne.base.problems import Problem
from antenne.db import cipher, keys
from antenne.db.rekey import REKEY_FILE, finish_interrupted
from antenne.db.slots import Unlocked

BASE_FILE = "base.db"


class Folder(Enum):
    """What a data folder holds."""

    EMPTY = "empty"
    OFFICE = "office"
    KEYS_MISSING = "keys_missing"
    BASE_MISSING = "base_missing"


def look(folder: Path) -> Folder:
    """What is in the data folder, without opening anything."""
    has_base = (folder / BASE_FILE).exists() or (folder / REKEY_FILE).exists()
    has_keys = (folder / keys.FILE_NAME).exists()
    if has_base and has_keys:
        return Folder.OFFICE
    if has_base:
        return Folder.KEYS_MISSING
    return Folder.BASE_MISSING if has_keys else Folder.EMPTY


@dataclass(frozen=True, slots=True)
class Door:
    """What the login shows before anything is opened: neutral labels only."""

    labels: tuple[str, ...]
    keyfile: keys.KeyFile


def read_door(folder: Path) -> Door:
    """Read the key file.

    Raises:
        Problem: ``keys.missing``, ``keys.damaged`` and their like; ``db.missing`` when the base is gone.
    """
    if look(folder) is Folder.BASE_MISSING:
        raise Problem("db.missing", path=str(folder / BASE_FILE))
    keyfile = keys.read_key_file(folder / keys.FILE_NAME)
    return Door(keyfile.labels(), keyfile)


def unlock(folder: Path, passphrase: str, label: str | None) -> Unlocked:
    """Open the keys with a passphrase or a recovery code, and prove them on the base.

    Args:
        folder: The data folder.
        passphrase: As typed.
        label: The neutral label she picked; None tries every slot (command line).

    Raises:
        RulesBroken: Empty or far too long.
        Problem: Wrong passphrase, damaged or mismatched files.
    """
    unlocked = keys.unlock(read_door(folder).keyfile, passphrase, label)
    raw_key = keys.cipher_key(unlocked.base_key)
    finish_interrupted(folder / BASE_FILE, raw_key)
    cipher.connect(folder / BASE_FILE, raw_key).close()
    return unlocked


def growing_delay(failures: int) -> int:
    """Seconds to wait after so many wrong passphrases in a row: none for two, then 2, 4, 8 … up to 60."""
    free = 2
    return 0 if failures <= free else min(2 ** (failures - free), 60)
