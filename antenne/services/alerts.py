"""The alert among colleagues: written, approved by another, told to a third, read at a talk until it ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from antenne.domain import alerts as rules
from antenne.domain.alerts import AlertFace, ColleagueAlert, Notice, Reason
from antenne.domain.changes import PROTECTION, Changes, Done
from antenne.domain.forms.sealed_short import ALERT, record_values
from antenne.domain.office import Office
from antenne.domain.rights import Right
from antenne.domain.sealed_codec import to_payload
from antenne.domain.violations import RulesBroken, Violation
from antenne.services import protection_keeping as keeping
from antenne.services.compartment import Kept, changing, kept_of
from antenne.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteAlert:
    """Write an alert; ``answers`` are those of ``sealed_short.ALERT``, ``incident_id`` never leaves the body."""

    request_id: str
    answers: Mapping[str, object] = field(repr=False)
    incident_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveAlert:
    """Another user approves it; ``told_to`` is the user who has been told."""

    request_id: str
    before: Kept[ColleagueAlert]
    told_to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawAlert:
    """She takes her agreement back, or it is no longer true."""

    request_id: str
    before: Kept[ColleagueAlert]


def write_alert(desk: Desk, command: WriteAlert) -> Done[Kept[ColleagueAlert]]:
    """Write an alert; it is read by nobody before another has approved it.

    Raises:
        Forbidden: Without the right to the compartment, in the same words for everyone.
        RulesBroken: Every violation of the form; from ``alerts.check_alert``.
        Problem: The compartment is sheltered; of the machine.
    """
    values = record_values(ALERT, keeping.answered(desk, ALERT, command.answers))
    alert = ColleagueAlert(
        **values, incident_id=command.incident_id, created_at=desk.clock.now(), created_by=desk.actor.user_id
    )
    with changing(desk) as batch:
        if done := keeping.same_click(batch, command.request_id, ColleagueAlert):
            return Done(done)
        keeping.refuse(rules.check_alert(alert, desk.today))
        saved = keeping.put_new(desk, batch, alert, command.request_id, ALERT)
        notice = Notice(
            reason=Reason.ALERT, subject=saved.id, created_at=desk.clock.now(), created_by=desk.actor.user_id
        )
        batch.put(to_payload(notice))
        batch.commit()
    return Done(saved, Changes.of(PROTECTION))


def approve_alert(desk: Desk, command: ApproveAlert) -> Done[Kept[ColleagueAlert]]:
    """Approve an alert that another wrote; a person who knows is named.

    Raises:
        Forbidden: As :func:`write_alert`.
        RulesBroken: From ``alerts.check_approval``; ``alert.unknown_user``; ``sealed.changed``.
    """
    desk.require(Right.COMPARTMENT)
    with desk.read() as uow:
        known = {user.id for user in uow.users.all()}
    if command.told_to not in known:
        raise RulesBroken(Violation("alert.unknown_user", "told_to"))

    def alter(old: ColleagueAlert) -> ColleagueAlert:
        keeping.refuse(rules.check_approval(old, desk.actor.user_id, command.told_to))
        return rules.approved(old, desk.actor.user_id, command.told_to, desk.today)

    return _changed(desk, command, alter)


def withdraw_alert(desk: Desk, command: WithdrawAlert) -> Done[Kept[ColleagueAlert]]:
    """Take an alert back: from now on it is on no list.

    Raises:
        Forbidden: As :func:`write_alert`.
        RulesBroken: ``sealed.changed``.
    """
    return _changed(desk, command, lambda old: replace(old, withdrawn_on=old.withdrawn_on or desk.today))


def list_alerts(desk: Desk) -> tuple[Kept[ColleagueAlert], ...]:
    """Every alert, over or not, the last to end first.

    Raises:
        Forbidden: As :func:`write_alert`.
    """
    found = kept_of(desk, ColleagueAlert)
    return tuple(sorted(found, key=lambda one: (one.record.expires_on, one.id), reverse=True))


def alerts_to_read(desk: Desk) -> tuple[AlertFace, ...]:
    """What is read at a talk today: place, time, manner, vehicle; nothing of anybody.

    Raises:
        Forbidden: As :func:`write_alert`.
    """
    return rules.to_read(tuple(one.record for one in list_alerts(desk)), desk.today)


def draw_alerts(desk: Desk, render: Callable[[tuple[AlertFace, ...], Office], bytes]) -> bytes:
    """The list as a paper; ``render`` is ``print.protection.render_alerts``.

    Raises:
        Forbidden: As :func:`write_alert`.
        RulesBroken: ``alert.none``.
    """
    faces = alerts_to_read(desk)
    if not faces:
        raise RulesBroken(Violation("alert.none"))
    return render(faces, desk.office)


def _changed(
    desk: Desk, command: ApproveAlert | WithdrawAlert, alter: Callable[[ColleagueAlert], ColleagueAlert]
) -> Done[Kept[ColleagueAlert]]:
    return keeping.change(desk, command.request_id, command.before, lambda old, _: alter(old))
