"""Two sealed kinds: what the responsable must see at her login, and the alert that colleagues hear at a talk.

A colleague alert says where, when, how and which vehicle; nothing of the survivor. She agreed, one person approves,
another has been told, and it expires (lessons: nr 10).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import ClassVar, Final

from antenne.domain.protection import Written
from antenne.domain.violations import Violation

LONGEST_DAYS: Final = 90
"""An alert ends by itself after so many days at most; a new one says it again."""


class Reason(Enum):
    """Why the responsable is told."""

    MINOR = "mineure"
    CHILD_EXPLOITATION = "exploitation_enfant"
    LAKANA_REFUSED = "lakana_refusee"
    ALERT = "alerte_a_approuver"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(Written):
    """Something that goes up at once; shown to the responsable at her login.

    Attributes:
        subject: The sealed record it is about, 32 hex digits.
        seen_at: The responsable has read it.
        seen_by: Which one.
    """

    KIND: ClassVar[str] = "responsable_notice"
    reason: Reason
    subject: str
    seen_at: dt.datetime | None = None
    seen_by: int | None = None

    @property
    def raised_at(self) -> dt.datetime:
        """When it went up."""
        return self.created_at


def pending(notices: Sequence[Notice]) -> tuple[Notice, ...]:
    """Those not read yet, the oldest first; of the same instant, in the order of :class:`Reason`, then by subject."""
    rank = {reason: place for place, reason in enumerate(Reason)}
    unread = (one for one in notices if one.seen_at is None)
    return tuple(sorted(unread, key=lambda one: (one.created_at, rank[one.reason], one.subject)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ColleagueAlert(Written):
    """An alert among colleagues.

    Attributes:
        incident_id: The incident she agreed to warn of, 32 hex digits, or empty: it stays here, never on the list.
        place: Where, in general words.
        when: « La nuit, vers la fin du marché ».
        manner: How.
        vehicle: Kind and colour, or empty; no plate that would name its owner is asked for.
        agreed_on: The survivor agreed that day that colleagues be warned.
        expires_on: Last day it is read.
        approved_by: Another user.
        told_to: Another user who has been told.
    """

    KIND: ClassVar[str] = "colleague_alert"
    incident_id: str = ""
    place: str
    when: str
    manner: str
    vehicle: str = ""
    agreed_on: dt.date
    expires_on: dt.date
    approved_by: int | None = None
    approved_on: dt.date | None = None
    told_to: int | None = None
    told_on: dt.date | None = None
    withdrawn_on: dt.date | None = None

    def in_force(self, on: dt.date) -> bool:
        """Whether it is read on that day: approved, another told, not taken back, not over."""
        return (
            self.approved_by is not None
            and self.told_to is not None
            and self.withdrawn_on is None
            and self.agreed_on <= on <= self.expires_on
        )


def check_alert(alert: ColleagueAlert, today: dt.date) -> tuple[Violation, ...]:
    """Whether an alert may be written.

    Returns:
        ``alert.agreed_day`` (in the future), ``alert.over`` (ends before today), ``alert.too_long``.
    """
    found: list[Violation] = []
    if alert.agreed_on > today:
        found.append(Violation("alert.agreed_day", "agreed_on"))
    if alert.expires_on < today:
        found.append(Violation("alert.over", "expires_on"))
    if (alert.expires_on - today).days > LONGEST_DAYS:
        found.append(Violation("alert.too_long", "expires_on", (("days", LONGEST_DAYS),)))
    return tuple(found)


def check_approval(alert: ColleagueAlert, approver: int, told_to: int) -> tuple[Violation, ...]:
    """One approves, another is told, and neither is who wrote it.

    Returns:
        ``alert.own`` (who wrote it approves it), ``alert.same_person``, ``alert.decided``.
    """
    if alert.approved_by is not None or alert.withdrawn_on is not None:
        return (Violation("alert.decided"),)
    found: list[Violation] = []
    if approver == alert.created_by:
        found.append(Violation("alert.own"))
    if told_to == approver:
        found.append(Violation("alert.same_person", "told_to"))
    return tuple(found)


def approved(alert: ColleagueAlert, approver: int, told_to: int, on: dt.date) -> ColleagueAlert:
    """The alert as it is read from now on."""
    return replace(alert, approved_by=approver, approved_on=on, told_to=told_to, told_on=on)


@dataclass(frozen=True, slots=True)
class AlertFace:
    """What the list to read says of one alert: nothing else of it is printed."""

    place: str
    when: str
    manner: str
    vehicle: str
    expires_on: dt.date


def to_read(alerts: Sequence[ColleagueAlert], on: dt.date) -> tuple[AlertFace, ...]:
    """The alerts in force, by place; nothing tells whose they are, nor in which order they came."""
    found = sorted((one for one in alerts if one.in_force(on)), key=lambda one: (one.place, one.when, one.manner))
    return tuple(AlertFace(one.place, one.when, one.manner, one.vehicle, one.expires_on) for one in found)
