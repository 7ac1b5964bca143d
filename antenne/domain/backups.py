"""Backups that were made, and the USB keys that the office uses."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BackupMade:
    """One backup written to a key and read back."""

    counter: int
    made_at: dt.datetime
    volume: str
    file_name: str
    size: int
    verified: bool


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A USB key of the office: volume serial and marker file, not the drive letter."""

    volume_serial: str
    marker: str
    label: str
    last_used_at: dt.datetime | None = None
