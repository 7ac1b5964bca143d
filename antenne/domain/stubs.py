"""« Reprise des souches »: what another branch of the base gave before a restore (storage: Restoring)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from antenne.domain.receipts import StubRange, receipt_number
from antenne.domain.violations import Violation

MOST_AT_ONCE: Final = 20_000
"""Receipts that an office may have given since its last backup; more is a slip of the keys."""


@dataclass(frozen=True, slots=True)
class AskedYear:
    """One year of the question « quel est le dernier reçu donné ? »; ``last`` is the last one the base knows."""

    year: int
    last: int

    @property
    def field(self) -> str:
        """Where it is typed."""
        return f"last[{self.year}]"

    @property
    def known(self) -> str:
        """« 2026-01473 », or empty when the base knows none of that year."""
        return receipt_number(self.year, self.last) if self.last else ""


@dataclass(frozen=True, slots=True)
class MissingStub:
    """A number that was given and is not keyed again."""

    year: int
    number: int

    @property
    def name(self) -> str:
        """« 2026-01474 »."""
        return receipt_number(self.year, self.number)


def asked_years(last_known: Mapping[int, int], since: dt.date, today: dt.date) -> tuple[AskedYear, ...]:
    """The years in which receipts may have been given since the base was saved, oldest first.

    Args:
        last_known: Year to the last ordinary number that the base knows.
        since: Day of the last thing the base knows of.
        today: The present day; a clock that was set back asks for the base's own year.
    """
    first = min(since.year, today.year)
    return tuple(AskedYear(year, last_known.get(year, 0)) for year in range(first, today.year + 1))


def check_last(asked: Sequence[AskedYear], typed: Mapping[int, int]) -> tuple[Violation, ...]:
    """Whether these numbers may be the last ones given.

    Returns:
        ``stubs.other_year``, ``stubs.before`` (less than what the base knows), ``stubs.too_many``.
    """
    by_year = {one.year: one for one in asked}
    found = []
    for year, number in typed.items():
        one = by_year.get(year)
        if one is None:
            found.append(Violation("stubs.other_year", f"last[{year}]", (("year", year),)))
        elif number < one.last:
            found.append(Violation("stubs.before", one.field, (("known", one.known),)))
        elif number - one.last > MOST_AT_ONCE:
            found.append(Violation("stubs.too_many", one.field, (("count", number - one.last),)))
    return tuple(found)


def ranges_for(asked: Sequence[AskedYear], typed: Mapping[int, int], now: dt.datetime) -> tuple[StubRange, ...]:
    """The numbers to keep: from the one after the base's last up to the last stub, for each year."""
    return tuple(
        StubRange(one.year, one.last + 1, typed[one.year], now)
        for one in asked
        if one.year in typed and typed[one.year] > one.last
    )


def missing(ranges: Sequence[StubRange], given: Mapping[int, frozenset[int]]) -> tuple[MissingStub, ...]:
    """What is kept and not keyed again, by number; a number that two restores kept is said once."""
    wanted = {(kept.year, number) for kept in ranges for number in range(kept.first, kept.last + 1)}
    return tuple(MissingStub(year, number) for year, number in sorted(wanted) if number not in given.get(year, ()))
