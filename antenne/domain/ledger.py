"""Entries: balanced, append-only, chained by hash; ids and amounts only, no names (storage: Ledger anchors)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from antenne.domain.backups import anchor_code
from antenne.domain.money import MOST
from antenne.domain.violations import Violation

START: Final = bytes(32)
"""What the first entry follows."""


class EntryKind(Enum):
    """Why an entry was written."""

    RECEIPT = "receipt"
    EXPENSE = "expense"
    ADVANCE = "advance"
    JUSTIFICATION = "justification"
    TRANSFER = "transfer"
    CHANGE = "change"
    GAP = "gap"
    OPENING = "opening"
    REVERSAL = "reversal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One line of an entry; exactly one of ``debit`` and ``credit`` is above 0 (FCFA).

    Attributes:
        account_id: Where.
        cash_day_id: The day of the box whose account this is; None for an account that is no box.
        person_id: Whom the amount concerns, or None.
        budget_line_id: Line of a donor's project, or None.
    """

    account_id: int
    debit: int = 0
    credit: int = 0
    cash_day_id: int | None = None
    person_id: int | None = None
    budget_line_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One journal entry. Saved ones have an id (consecutive from 1) and a hash.

    Attributes:
        day: Day of its cash day: the date of the journal.
        at: When it was written.
        cash_day_id: Its cash day, hence its box.
        actor_id: Who wrote it.
        reverses: The entry that this one cancels, or None.
        hash: SHA-256 over the entry, its postings and the hash before.
    """

    id: int = 0
    day: dt.date
    at: dt.datetime
    cash_day_id: int
    actor_id: int
    kind: EntryKind
    postings: tuple[Posting, ...]
    reverses: int | None = None
    hash: bytes = b""

    @property
    def total(self) -> int:
        """Sum of its debits, in FCFA."""
        return sum(posting.debit for posting in self.postings)


def check_postings(postings: Sequence[Posting]) -> tuple[Violation, ...]:
    """``ledger.empty``, ``ledger.sides`` (a line with none or both), ``ledger.too_much``, ``ledger.unbalanced``."""
    if not postings:
        return (Violation("ledger.empty"),)
    found: list[Violation] = []
    if any(line.debit < 0 or line.credit < 0 or (line.debit == 0) == (line.credit == 0) for line in postings):
        found.append(Violation("ledger.sides"))
    if any(max(line.debit, line.credit) > MOST for line in postings):
        found.append(Violation("ledger.too_much", None, (("most", MOST),)))
    debit, credit = sum(line.debit for line in postings), sum(line.credit for line in postings)
    if debit != credit:
        found.append(Violation("ledger.unbalanced", None, (("debit", debit), ("credit", credit))))
    return tuple(found)


def entry_hash(entry: Entry, previous: bytes) -> bytes:
    """What the entry's hash must be after the one before."""
    head = (
        entry.id,
        entry.day.isoformat(),
        entry.at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        entry.cash_day_id,
        entry.actor_id,
        entry.kind.value,
        entry.reverses,
    )
    lines = [
        (one.account_id, one.debit, one.credit, one.cash_day_id, one.person_id, one.budget_line_id)
        for one in entry.postings
    ]
    text = "\x1e".join("\x1f".join("" if part is None else str(part) for part in row) for row in (head, *lines))
    return hashlib.sha256(previous + text.encode()).digest()


def reversed_postings(entry: Entry, cash_days: dict[int, int]) -> tuple[Posting, ...]:
    """The same lines with the sides changed over, in the days that are open now.

    Args:
        entry: What is cancelled.
        cash_days: The entry's cash days to today's open days of the same boxes.
    """
    return tuple(
        replace(
            line,
            debit=line.credit,
            credit=line.debit,
            cash_day_id=None if line.cash_day_id is None else cash_days[line.cash_day_id],
        )
        for line in entry.postings
    )


def check_reversal(entry: Entry, already: int | None) -> tuple[Violation, ...]:
    """A reversal is never reversed, and nothing is reversed twice: the money is entered anew instead."""
    if entry.kind is EntryKind.REVERSAL:
        return (Violation("ledger.reversal_of_reversal"),)
    if already is not None:
        return (Violation("ledger.already_reversed", None, (("entry", already),)),)
    return ()


@dataclass(frozen=True, slots=True)
class LedgerFault:
    """What is wrong with one entry: ``altered``, ``missing`` (the ids before it) or ``unbalanced``."""

    entry_id: int
    what: str


def ledger_faults(entries: Iterable[Entry]) -> tuple[LedgerFault, ...]:
    """Every entry that does not follow from the one before, oldest first."""
    faults: list[LedgerFault] = []
    previous, expected = START, 1
    for entry in entries:
        if entry.id != expected:
            faults.append(LedgerFault(entry.id, "missing"))
        elif entry.hash != entry_hash(entry, previous):
            faults.append(LedgerFault(entry.id, "altered"))
        if check_postings(entry.postings):
            faults.append(LedgerFault(entry.id, "unbalanced"))
        previous, expected = entry.hash, entry.id + 1
    return tuple(faults)


@dataclass(frozen=True, slots=True)
class LedgerAnchor:
    """The end of the chain at a closing, printed on the sheet that is signed and filed.

    Attributes:
        entries: How many entries stand before it.
        last_receipt: Number of the last receipt (« 2026-01473 »), or empty.
        head: 16 Crockford characters of the last entry's hash.
    """

    entries: int
    last_receipt: str
    head: str

    @property
    def code(self) -> str:
        """What is printed and typed back: « 1473-7F3A-91C2-0KQ8-ZZ4T »."""
        groups = (self.head[at : at + 4] for at in range(0, len(self.head), 4))
        return "-".join((str(self.entries), *groups))


def head_of(last_hash: bytes) -> str:
    """The 16 characters of a chain that ends with this hash."""
    return anchor_code(last_hash.hex())


_SPACERS: Final = frozenset(" -–—‑.\u00a0\u202f\t")
_HEAD: Final = 16


def read_anchor(typed: str) -> tuple[int, str] | Violation:
    """Number of entries and head of a typed anchor; O reads as 0, I and L as 1.

    Returns:
        The pair, or ``ledger.anchor_unreadable``.
    """
    bare = "".join(char for char in typed.upper() if char not in _SPACERS)
    count, head = bare[:-_HEAD], bare[-_HEAD:].translate(str.maketrans("OIL", "011"))
    if len(head) != _HEAD or not head.isalnum() or not (count.isascii() and count.isdigit()):
        return Violation("ledger.anchor_unreadable", "anchor", (("typed", typed[:40]),))
    return int(count), head


def matches_anchor(entries: Iterable[Entry], count: int, head: str) -> bool:
    """Whether the chain, recomputed from its first entry, passes through that anchor."""
    previous = START
    for number, entry in enumerate(entries, 1):
        previous = entry_hash(entry, previous)
        if number == count:
            return head_of(previous) == head
    return count == 0 and head == head_of(START)
