"""The door: the key file, the passphrase, the state of the data folder.

Imported by the login window, so nothing here brings in SQLAlchemy or Alembic (architecture: Start).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from antenne.base.instance import Machine, SystemMachine, check_place, check_whole
from antenne.base.problems import Problem
from antenne.db import cipher, keys
from antenne.db.rekey import REKEY_FILE, finish_interrupted
from antenne.db.slots import Unlocked
from antenne.domain import recovery
from antenne.domain.violations import Violation

__all__ = ["BASE_FILE", "Door", "Folder", "Unlocked", "check_folder", "growing_delay", "look", "read_door", "unlock"]

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
        Problem: ``keys.missing``, ``keys.damaged`` and their like; ``db.missing`` when the base is gone;
            ``office.none`` where nothing was begun.
    """
    found = look(folder)
    if found is Folder.BASE_MISSING:
        raise Problem("db.missing", path=str(folder / BASE_FILE))
    if found is Folder.EMPTY:
        raise Problem("office.none", path=str(folder))
    keyfile = keys.read_key_file(folder / keys.FILE_NAME)
    return Door(keyfile.labels(), keyfile)


def check_folder(folder: Path, machine: Machine | None = None) -> None:
    """Refuse a data folder that cannot be worked in, before anything in it is opened.

    Raises:
        Problem: As :func:`antenne.base.instance.check_place` and :func:`antenne.base.instance.check_whole`.
    """
    check_place(folder, machine or SystemMachine())
    check_whole(folder / BASE_FILE, folder / keys.FILE_NAME, folder / REKEY_FILE)


def unlock(folder: Path, passphrase: str, label: str | None) -> Unlocked:
    """Open the keys with a passphrase or a recovery code, and prove them on the base.

    Args:
        folder: The data folder.
        passphrase: As typed.
        label: The neutral label she picked; None tries every slot (command line), or, where the text is a whole
            recovery code, the envelopes only.

    Raises:
        RulesBroken: Empty or far too long.
        Problem: Wrong passphrase, damaged or mismatched files.
    """
    keyfile = read_door(folder).keyfile
    if label is None and not isinstance(recovery.decode(passphrase), Violation):
        unlocked = _with_code(keyfile, passphrase)
    else:
        unlocked = keys.unlock(keyfile, passphrase, label)
    raw_key = keys.cipher_key(unlocked.base_key)
    finish_interrupted(folder / BASE_FILE, raw_key)
    cipher.connect(folder / BASE_FILE, raw_key).close()
    return unlocked


def _with_code(keyfile: keys.KeyFile, code: str) -> Unlocked:
    for slot in keyfile.slots:
        if slot.kind == "recovery":
            try:
                return keys.unlock(keyfile, code, slot.label)
            except Problem as problem:
                if problem.code != "keys.wrong_passphrase":
                    raise
    raise Problem("keys.wrong_passphrase")


def growing_delay(failures: int) -> int:
    """Seconds to wait after so many wrong passphrases in a row: none for two, then 2, 4, 8 … up to 60."""
    free = 2
    return 0 if failures <= free else min(2 ** (failures - free), 60)
