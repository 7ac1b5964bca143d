"""The directory of partner structures: public, editable, dated by its conventions; it names no woman."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from antenne.domain.listening import Service
from antenne.domain.violations import Violation

MOST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Convention:
    """One agreement with a structure.

    Attributes:
        starts_on: First day.
        ends_on: Last day, or None where none is written.
        reference: « n° 12/2026 », or empty.
    """

    starts_on: dt.date
    ends_on: dt.date | None = None
    reference: str = ""

    def in_force(self, on: dt.date) -> bool:
        """Whether it holds on that day."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """One structure.

    Attributes:
        id: 0 before it is saved.
        name: « One Stop Center, hôpital Sominé Dolo ».
        kind: Code of the list ``partner_kinds``.
        services: What it does, among the seven.
        place: Where it is, in words.
        phone: As printed on a slip, or empty.
        hours: When it is open, in words.
        minutes: From the office, by the usual way; None where nobody has counted.
        conventions: Past and present.
        closed_on: It no longer receives anyone since that day.
        position: Place in the list.
    """

    id: int = 0
    name: str
    kind: str = ""
    services: frozenset[Service] = frozenset()
    place: str = ""
    phone: str = ""
    hours: str = ""
    minutes: int | None = None
    conventions: tuple[Convention, ...] = ()
    closed_on: dt.date | None = None
    position: int = 0

    def is_open(self, on: dt.date) -> bool:
        """Whether it receives on that day."""
        return self.closed_on is None or on < self.closed_on

    def convention(self, on: dt.date) -> Convention | None:
        """The agreement in force on that day."""
        return next((one for one in self.conventions if one.in_force(on)), None)


@dataclass(frozen=True, slots=True)
class Nearest:
    """Where to send her now.

    Attributes:
        partner: The structure.
        agreed: A convention is in force; else it is said that there is none, and she is not left without a place.
    """

    partner: Partner
    agreed: bool


def open_on(partners: Sequence[Partner], on: dt.date) -> tuple[Partner, ...]:
    """Those that receive on that day, in the order of the list."""
    return tuple(sorted((one for one in partners if one.is_open(on)), key=lambda one: (one.position, one.id)))


def nearest(partners: Sequence[Partner], service: Service, on: dt.date) -> Nearest | None:
    """The nearest open structure for a service, first among those with a convention in force that day.

    Where nobody has counted the minutes the order of the list decides, after those that are counted.
    """
    offering = [one for one in open_on(partners, on) if service in one.services]
    agreed = [one for one in offering if one.convention(on) is not None]
    chosen = agreed or offering
    if not chosen:
        return None
    return Nearest(min(chosen, key=lambda one: (one.minutes is None, one.minutes or 0)), agreed=bool(agreed))


def check_partner(partner: Partner, taken: Collection[str]) -> tuple[Violation, ...]:
    """Whether a structure may be saved.

    Args:
        partner: As typed.
        taken: Names of the others.

    Returns:
        ``partner.name_taken``, ``partner.period`` (a convention ends before it begins), ``partner.overlap``.
    """
    found: list[Violation] = []
    if partner.name.casefold() in {name.casefold() for name in taken}:
        found.append(Violation("partner.name_taken", "name", (("name", partner.name),)))
    for row, one in enumerate(partner.conventions):
        if one.ends_on is not None and one.ends_on < one.starts_on:
            found.append(Violation("partner.period", f"conventions[{row}].ends_on"))
        elif any(_overlap(one, other) for other in partner.conventions[:row]):
            found.append(Violation("partner.overlap", f"conventions[{row}].starts_on"))
    return tuple(found)


def _overlap(one: Convention, other: Convention) -> bool:
    last = dt.date.max
    return max(one.starts_on, other.starts_on) <= min(one.ends_on or last, other.ends_on or last)
