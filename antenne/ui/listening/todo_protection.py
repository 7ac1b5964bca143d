"""What protection adds to the home page of a right-holder."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from antenne.domain.alerts import Reason
from antenne.domain.board import Action, Badge, Target, TodoLine, Urgency
from antenne.domain.incidents import CARE
from antenne.domain.listening import ListeningSession
from antenne.domain.protection_clock import left
from antenne.domain.rights import Right
from antenne.services import incidents, minors
from antenne.services.compartment import kept_of
from antenne.ui.listening.clocks import spoken_left
from antenne.ui.listening.keys import KEY
from antenne.wording import protection as words

if TYPE_CHECKING:
    from antenne.services.desk import Desk

_PAGES = {
    Reason.MINOR: "minor",
    Reason.CHILD_EXPLOITATION: "incident",
    Reason.LAKANA_REFUSED: "minor",
    Reason.ALERT: "alerts",
}

ACTIONS = (
    Action(
        label="Noter un incident de violence",
        target=Target(KEY, action="incident/new"),
        words=("agression", "viol", "plainte", "72 h", "PEP"),
        right=Right.COMPARTMENT,
    ),
    Action(
        label="Nouvelle mineure accompagnée",
        target=Target(KEY, action="minor/new"),
        words=("LAKANA SO", "fille", "enfant"),
        right=Right.COMPARTMENT,
    ),
)


def lines(desk: Desk) -> tuple[TodoLine, ...]:
    """The hours that still run, then what the responsable must see."""
    return (*_hours(desk), *_notices(desk))


def badge(desk: Desk) -> Badge | None:
    """« Soins : encore 9 h 20 » in the top bar of a right-holder, for the shortest count that still runs."""
    if not desk.may(Right.COMPARTMENT) or desk.keys.confidential is None:
        return None
    now, found = desk.clock.now(), []
    for one in incidents.running(desk):
        open_ones = [left(care, one.record.span, max(now, one.record.latest)) for care in CARE]
        found += [(count.seconds, one.id, count) for count in open_ones if count.open]
    if not found:
        return None
    _, incident_id, count = min(found, key=lambda each: each[:2])
    return Badge(
        text=f"Soins\u00a0: encore {count.hours}\u00a0h\u00a0{count.minutes:02d}",
        tone="danger",
        target=Target(KEY, action=f"incident/{incident_id}"),
    )


def _hours(desk: Desk) -> tuple[TodoLine, ...]:
    """The fewest hours first."""
    now = desk.clock.now()
    found = []
    for one in incidents.running(desk):
        counts = [left(care, one.record.span, max(now, one.record.latest)) for care in CARE]
        said = next((words for count in counts if (words := spoken_left(count))), "")
        line = TodoLine(
            text=f"{one.record.number}, soins à faire\u00a0: {said}",
            due=desk.today,
            urgency=Urgency.LATE,
            pill="Soins",
            target=Target(KEY, action=f"incident/{one.id}"),
            first=True,
        )
        seconds = min(count.seconds for count in counts if count.open)
        found.append(((seconds, one.record.number), line))
    return tuple(line for _, line in sorted(found, key=itemgetter(0)))


def _notices(desk: Desk) -> tuple[TodoLine, ...]:
    found = []
    talks = {one.id for one in kept_of(desk, ListeningSession)}
    for one in minors.list_notices(desk):
        heard = one.record.subject in talks
        page = "session" if heard else _PAGES[one.record.reason]
        action = page if page == "alerts" else f"{page}/{one.record.subject}"
        found.append(
            TodoLine(
                text=words.MINOR_HEARD if heard else words.REASONS[one.record.reason],
                due=one.record.created_at.date(),
                urgency=Urgency.LATE,
                pill="À voir",
                target=Target(KEY, action=action),
            )
        )
    return tuple(found)
