"""Backups that were made, the USB keys that the office uses, and what may be removed from them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from antenne.domain.recovery import ALPHABET

SUFFIX: Final = ".antenne"
PART_SUFFIX: Final = ".antenne.part"
NEWEST_KEPT: Final = 7
MONTHS_KEPT: Final = 12
NEVER_BELOW: Final = 2
FAT32_MOST: Final = 2**32 - 1
"""Bytes of the longest file that FAT16 and FAT32 hold."""

_FAT: Final = frozenset({"fat", "fat12", "fat16", "fat32", "vfat", "msdos"})
_NAME: Final = re.compile(r"Antenne-(\d{8}T\d{6}Z)-[0-9a-f]{8}\.antenne", re.ASCII)
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_ANCHOR_CHARS: Final = 16
_BITS: Final = 5


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


@dataclass(frozen=True, slots=True)
class Anchor:
    """The end of the chains at the time of a backup (storage: Ledger anchors).

    Attributes:
        entries: Links of the audit chain.
        last_receipt: Number of the last receipt, None as long as none was given.
        head: 16 Crockford characters of the last link's hash.
    """

    entries: int
    last_receipt: int | None
    head: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds: rows by table, and the anchor. Encrypted inside the manifest."""

    counts: Mapping[str, int]
    anchor: Anchor

    @property
    def members(self) -> int:
        """Adhesions in the base, those that ended included."""
        return self.counts.get("membership", 0)

    @property
    def cards(self) -> int:
        """Cards ever made."""
        return self.counts.get("member_card", 0)


class State(Enum):
    """What the list of a key says of one backup."""

    VERIFIED = "verified"
    UNREADABLE = "unreadable"
    TO_VERIFY = "to_verify"
    OTHER_OFFICE = "other_office"


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupOnKey:
    """One backup file as the list shows it.

    Attributes:
        file_name: Its name on the key.
        size: Bytes.
        state: In one word.
        made_at: From its manifest; from its name when the manifest cannot be read.
        counter: From its manifest, authenticated with the office's key; None when it could not be.
    """

    file_name: str
    size: int
    state: State
    made_at: dt.datetime | None = None
    counter: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupFile:
    """What a whole, undamaged backup file says of itself.

    Attributes:
        db_id: Which office.
        counter: Its number, rising with every backup of that office; 0 for the copy made before a migration.
        created: When.
        program: Version of the program that made it.
        schema: Revision of its tables.
        size: Bytes of the file.
        authentic: True once the HMAC was checked with the office's key; False means nobody tried.
        contents: What it holds, None without the key.
    """

    db_id: str
    counter: int
    created: dt.datetime
    program: str
    schema: str
    size: int
    authentic: bool = False
    contents: Contents | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What home page and top bar say.

    Attributes:
        days: Since the last backup; None when there never was one.
        due: Time to make one.
        suggested: The key whose turn it is, None when no key is known yet.
        wants_second: Only one key is known: two in turn are safer.
    """

    days: int | None
    due: bool
    suggested: KnownKey | None = None
    wants_second: bool = False


def file_name(at: dt.datetime, db_id: str) -> str:
    """« Antenne-20261123T093000Z-1a2b3c4d.antenne »: no name, no place in it.

    Args:
        at: Aware instant.
        db_id: 32 hexadecimal digits.
    """
    return f"Antenne-{at.astimezone(dt.UTC).strftime(_STAMP)}-{db_id[:8]}{SUFFIX}"


def instant_of(name: str) -> dt.datetime | None:
    """When a backup was made, by its file name; None for a name that is not ours."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        return dt.datetime.strptime(found[1], _STAMP).replace(tzinfo=dt.UTC)
    except ValueError:
        return None


def free_instant(at: dt.datetime, db_id: str, taken: Iterable[str]) -> dt.datetime:
    """The first second from ``at`` on whose file name is free: a backup never takes the place of another."""
    names = {name.casefold() for name in taken}
    while file_name(at, db_id).casefold() in names:
        at += dt.timedelta(seconds=1)
    return at


def longest_file(filesystem: str) -> int | None:
    """Bytes of the longest file of a file system, None where no limit matters."""
    return FAT32_MOST if filesystem.casefold() in _FAT else None


def mega(size: int) -> int:
    """Bytes as whole megabytes, rounded up: what a sentence about room quotes."""
    return -(-size // 1_000_000)


def anchor_code(head: str) -> str:
    """The first 80 bits of a chain's head as 16 Crockford characters.

    Args:
        head: Hexadecimal digits of the last link's hash.
    """
    bits = int(head, 16) >> (len(head) * 4 - _ANCHOR_CHARS * _BITS)
    return "".join(ALPHABET[bits >> _BITS * place & 31] for place in reversed(range(_ANCHOR_CHARS)))


def next_counter(recorded: int, on_key: Iterable[BackupOnKey]) -> int:
    """The number of the next backup: above everything recorded here and everything authentic on the key.

    A restored base does not remember the backups made after its own; the key does.
    """
    return max([recorded, *(found.counter for found in on_key if found.counter is not None)], default=0) + 1


def to_prune(found: Iterable[BackupOnKey]) -> tuple[BackupOnKey, ...]:
    """Which verified backups of this office may go: all but the 7 newest and the newest of each of 12 months.

    Order is the authenticated counter's, never the clock's. Unreadable, unverified and foreign files are neither
    counted nor removed, and two verified ones always stay.
    """
    verified = [one for one in found if one.state is State.VERIFIED and one.counter is not None]
    ordered = sorted(verified, key=lambda one: -(one.counter or 0))
    kept = set(ordered[: max(NEWEST_KEPT, NEVER_BELOW)])
    months: dict[tuple[int, int], BackupOnKey] = {}
    for one in ordered:
        if one.made_at is not None:
            months.setdefault((one.made_at.year, one.made_at.month), one)
    kept.update(list(months.values())[:MONTHS_KEPT])
    return tuple(one for one in ordered if one not in kept)


def suggested_key(known: Sequence[KnownKey]) -> KnownKey | None:
    """Of the two keys used last, the one whose turn it is; None when none is known."""
    start = dt.datetime.min.replace(tzinfo=dt.UTC)
    recent = sorted(known, key=lambda key: key.last_used_at or start, reverse=True)[:2]
    return recent[-1] if recent else None


def recognised(known: Iterable[KnownKey], serial: str, marker: str | None) -> KnownKey | None:
    """The known key that is plugged in: its serial and its marker must both match (a copied marker is not enough)."""
    for key in known:
        if marker is not None and key.marker == marker and key.volume_serial == serial:
            return key
    return None


def reminder(last: BackupMade | None, known: Sequence[KnownKey], today: dt.date, after_days: int) -> Reminder:
    """Whether a backup is due.

    Args:
        last: The newest backup.
        known: The office's keys.
        today: The day.
        after_days: The setting ``backup.reminder_days``.
    """
    days = None if last is None else max((today - last.made_at.date()).days, 0)
    return Reminder(
        days=days,
        due=days is None or days >= after_days,
        suggested=suggested_key(known),
        wants_second=len(known) == 1,
    )
