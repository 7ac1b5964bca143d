"""What went up to the responsable leaves her home page once she has opened it; a decision to take stays until taken."""

from __future__ import annotations

from antenne.domain.alerts import Reason
from antenne.services import minors
from antenne.services.desk import Desk
from antenne.services.minors import SeeNotice
from antenne.ui.listening.slips import new_request


def seen(desk: Desk, subject: str, *, decided: bool = True) -> None:
    """The responsable opens this record: her notices of it are read. Nothing for anybody else.

    Args:
        desk: Who opens it.
        subject: Sealed id, in hex.
        decided: Nothing of it waits for her decision any more.
    """
    for one in minors.list_notices(desk):
        waits = one.record.reason in (Reason.LAKANA_REFUSED, Reason.ALERT) and not decided
        if one.record.subject == subject and not waits:
            minors.see_notice(desk, SeeNotice(request_id=new_request(), before=one))
