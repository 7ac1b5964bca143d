"""Slips: the code is drawn, what left is noted in the record, the paper is made in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from antenne.domain.changes import Done
from antenne.domain.incidents import Incident, Sent, check_slip
from antenne.domain.listening import Answer, Referral, Service
from antenne.domain.office import Office
from antenne.domain.partners import Partner
from antenne.domain.protection_clock import Watch
from antenne.domain.protection_faces import SlipFace, deadline, slip_face
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services import incidents
from antenne.services import protection_keeping as keeping
from antenne.services.compartment import Batch, Kept
from antenne.services.desk import Desk
from antenne.services.incidents import GiveSlip
from antenne.services.partners import list_partners, nearest_partner

Render = Callable[[SlipFace, Office], bytes]
"""``print.protection.render_slip``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentSlip:
    """The slip of the counter: to the nearest structure, at once."""

    request_id: str
    before: Kept[Incident]
    watch: Watch


@dataclass(frozen=True, slots=True)
class Drawn:
    """A slip, and the incident as it is now."""

    incident: Kept[Incident]
    pdf: bytes


def draw_slip(desk: Desk, command: GiveSlip, render: Render) -> Done[Drawn]:
    """The slip of one of its services.

    Raises:
        Forbidden: Without the right to the compartment, in the same words for everyone.
        RulesBroken: As ``incidents.give_slip``.
    """
    done = incidents.give_slip(desk, command)
    row = next(one for one in done.value.record.referrals if one.service is command.service)
    face = slip_face(row, _partner(desk, row.structure), desk.today)
    return Done(Drawn(done.value, render(face, desk.office)), done.changes)


def draw_urgent_slip(desk: Desk, command: UrgentSlip, render: Render) -> Done[Drawn]:
    """The slip of the counter: she is referred to the nearest structure for care, and the slip says before when.

    A referral for care that already names a structure is kept, and its code with it.

    Raises:
        Forbidden: Without the right to the compartment, in the same words for everyone.
        RulesBroken: ``incident.no_services``, ``incident.no_sharing``; ``partner.none``; ``sealed.changed``.
    """
    desk.require(Right.COMPARTMENT)
    near = nearest_partner(desk, Service.HEALTH)
    codes = incidents.codes_in_use(desk)

    def alter(old: Incident, _: Batch) -> Incident:
        row = next((one for one in old.referrals if one.service is Service.HEALTH and one.structure), None)
        if row is None and near is None:
            raise RulesBroken(Violation("partner.none"))
        if row is None and near is not None:
            row = Referral(service=Service.HEALTH, answer=Answer.REFERRED, structure=near.partner.name)
        assert row is not None
        keeping.refuse(check_slip(old, desk.today, row.structure))
        if row.code:
            return old
        coded = replace(row, code=keeping.new_code(codes))
        others = tuple(one for one in old.referrals if one.service is not Service.HEALTH)
        sent = Sent(what="slip", at=desk.clock.now(), recipient=row.structure)
        return replace(old, referrals=(coded, *others), sent=(*old.sent, sent))

    done = keeping.change(desk, command.request_id, command.before, alter)
    saved = done.value.record
    row = next(one for one in saved.referrals if one.service is Service.HEALTH)
    now = command.watch.instant(desk.clock.now(), desk.clock.monotonic())
    face = slip_face(row, _partner(desk, row.structure), desk.today, deadline(saved, now))
    return Done(Drawn(done.value, render(face, desk.office)), done.changes)


def _partner(desk: Desk, name: str) -> Partner | None:
    return next((one for one in list_partners(desk) if one.name.casefold() == name.casefold()), None)
