"""Events and standings for the tests of civil files."""

from __future__ import annotations

import datetime as dt

from antenne.domain.civil import CivilEvent, EventKind
from antenne.domain.civil_first_routes import ROUTES
from antenne.domain.civil_routes import Step
from antenne.domain.civil_standing import Standing
from antenne.domain.violations import Violation

TODAY = dt.date(2026, 11, 23)
AT = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
OPENED = TODAY - dt.timedelta(days=100)
BY_KEY = {route.key: route for route in ROUTES}
JUDGMENT, DECLARATION = BY_KEY["late_judgment"], BY_KEY["declaration"]


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def event(kind: EventKind = EventKind.STEP, days_ago: int = 0, **more: object) -> CivilEvent:
    values: dict[str, object] = {"on": ago(days_ago), "written_at": AT, "actor_id": 1, **more}
    return CivilEvent(kind=kind, **values)  # type: ignore[arg-type]  # attributes by name


def step(which: Step, days_ago: int = 0, **more: object) -> CivilEvent:
    return event(step=which, days_ago=days_ago, **more)  # type: ignore[arg-type]  # attributes by name


def at(which: Step, since: int = 10, **more: object) -> Standing:
    """A file that stands there."""
    return Standing(step=which, since=ago(since), last_on=ago(since), **more)  # type: ignore[arg-type]  # by name


def codes(found: tuple[Violation, ...]) -> list[str]:
    return [one.code for one in found]


def whole_way() -> tuple[CivilEvent, ...]:
    """A judgment from its pieces to her hands."""
    return (
        step(Step.PIECES_READY, 90),
        step(Step.FILED, 80, number="1187"),
        step(Step.HEARING, 79, until=ago(60)),
        event(EventKind.POSTPONED, 60, until=ago(40), words="juge absent"),
        event(EventKind.POSTPONED, 40, until=ago(30), words="témoin absent"),
        event(EventKind.DELIBERATION, 30, until=ago(20)),
        step(Step.JUDGED, 20, number="412"),
        step(Step.TRANSCRIBED, 15, number="77"),
        step(Step.RECEIVED, 12),
        step(Step.HANDED, 10, to_whom="Awa Koné", how="signature"),
    )
