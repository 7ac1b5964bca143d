"""What a slip shows: a code and where to go. Nothing of her, nothing of why (rules: Protecting the women)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from antenne.domain.incidents import Incident
from antenne.domain.listening import Referral, shown_code
from antenne.domain.partners import Partner
from antenne.domain.protection_clock import HOURS, Care


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipFace:
    """One slip, before it is drawn.

    Attributes:
        code: Random, one per slip, as printed: « K7Q-2MX ».
        given_on: The day it is handed to her.
        structure: Where she goes.
        place: Where that is, or empty.
        phone: Or empty.
        hours: When it is open, or empty.
        at: Her appointment.
        before: She is to be received before that instant: the slip says it first.
    """

    code: str
    given_on: dt.date
    structure: str
    place: str = ""
    phone: str = ""
    hours: str = ""
    at: dt.datetime | None = None
    before: dt.datetime | None = None


def slip_face(referral: Referral, partner: Partner | None, on: dt.date, before: dt.datetime | None = None) -> SlipFace:
    """The slip of a referral; what the directory knows of the structure stands on it."""
    return SlipFace(
        code=shown_code(referral.code),
        given_on=on,
        structure=referral.structure,
        place="" if partner is None else partner.place,
        phone="" if partner is None else partner.phone,
        hours="" if partner is None else partner.hours,
        at=referral.at,
        before=before,
    )


def deadline(incident: Incident, now: dt.datetime) -> dt.datetime | None:
    """The end of the shortest delay that is still open, or None: the slip never says a delay that is over."""
    ends = (incident.happened_from + dt.timedelta(hours=HOURS[care]) for care in Care)
    return min((end for end in ends if end > now), default=None) if incident.sexual else None
