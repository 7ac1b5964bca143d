"""Civil files for tests of figures: one that goes its whole way, on days that the test chooses."""

from __future__ import annotations

import datetime as dt

from antenne.base.clock import FixedClock
from antenne.domain.births import Birth, Precision
from antenne.domain.civil import CivilEvent, CivilFee, CivilFile, EventKind, Father, Payer, Sex
from antenne.domain.civil_routes import Beneficiary, Step
from antenne.services import civil
from antenne.services.desk import Desk
from tests.services import money

AT = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
WAYS = {
    "declaration": (Step.PIECES_READY, Step.FILED, Step.RECEIVED, Step.HANDED),
    "late_judgment": (
        Step.PIECES_READY, Step.FILED, Step.HEARING, Step.JUDGED, Step.TRANSCRIBED, Step.RECEIVED, Step.HANDED,
    ),
}  # fmt: skip
SHORT = WAYS["declaration"]


def opened(
    desk: Desk, requester_id: int, on: dt.date, route_key: str = "late_judgment", whose: Beneficiary = Beneficiary.CHILD
) -> int:
    """A file opened on that day; its id."""
    file = CivilFile(
        route_key=route_key,
        route_version=0,
        opened_on=on,
        requester_id=requester_id,
        beneficiary=whose,
        last_name="Traoré",
        first_name="Ibrahim",
        sex=Sex.MALE,
        birth=Birth(Precision.DAY, on - dt.timedelta(days=10)),
        mother_name="Awa Koné",
        father=Father.UNKNOWN,
        late_reason="déplacement",
    )
    return civil.open_file(desk, civil.OpenFile(request_id=money.request(), file=file)).value


def wrote(desk: Desk, file_id: int, on: dt.date, kind: EventKind = EventKind.STEP, **more: object) -> None:
    """One line of its journal."""
    what = CivilEvent(kind=kind, on=on, written_at=AT, actor_id=0, **more)  # type: ignore[arg-type]  # by name
    civil.write_event(desk, civil.WriteEvent(request_id=money.request(), file_id=file_id, event=what))


def went(desk: Desk, file_id: int, route_key: str, last: Step, days: dict[Step, dt.date]) -> None:
    """The steps up to one of them, each on its day."""
    for step in WAYS.get(route_key, SHORT):
        day = days[step]
        more: dict[str, object] = {"step": step}
        if step is Step.HEARING:
            more["until"] = day
        if step in {Step.JUDGED, Step.TRANSCRIBED}:
            more["number"] = "412"
        if step is Step.HANDED:
            more |= {"to_whom": "Awa Koné, carte NINA", "how": "signature"}
        wrote(desk, file_id, day, **more)  # type: ignore[arg-type]  # attributes by name
        if step is last:
            return


def fee(desk: Desk, file_id: int, payer: Payer, amount: int, on: dt.date) -> int:
    """A fee of a file; its id."""
    noted = CivilFee(label="Timbre", amount=amount, payer=payer, on=on)
    page = civil.add_fee(desk, money.request(), file_id, noted).value
    return page.fees[-1].id


def finished(
    desk: Desk,
    requester_id: int,
    received: dt.date,
    route_key: str = "late_judgment",
    whose: Beneficiary = Beneficiary.CHILD,
    handed: dt.date | None = None,
) -> int:
    """A file whose paper came on that day, handed over later or not yet; its id."""
    start = received - dt.timedelta(days=20)
    file_id = opened(desk, requester_id, start, route_key, whose)
    days = {step: start + dt.timedelta(days=1) for step in Step}
    days[Step.RECEIVED] = received
    if handed is not None:
        days[Step.HANDED] = handed
    went(desk, file_id, route_key, Step.RECEIVED if handed is None else Step.HANDED, days)
    return file_id


def later(clock: FixedClock, days: int) -> None:
    """Some days pass."""
    clock.advance(dt.timedelta(days=days))
