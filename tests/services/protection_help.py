"""What the tests of protection share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from antenne.domain.births import Birth, Precision
from antenne.domain.incidents import Incident
from antenne.services import incidents
from antenne.services.compartment import Kept
from antenne.services.desk import Desk
from tests.conftest import NOW

DAY = NOW.date()
H = dt.timedelta(hours=1)
ADULT = Birth(Precision.DAY, dt.date(1994, 3, 12))
CHILD = Birth(Precision.DAY, dt.date(2011, 3, 12))
STOP = "One Stop Center (hôpital Sominé Dolo)"

INTAKE: Mapping[str, object] = {
    "consent_services": True,
    "consent_statistics": True,
    "birth": ADULT,
    "interviewed_at": NOW,
    "happened_from": NOW - 62 * H - dt.timedelta(minutes=40),
    "place_type": "bar_hotel",
    "local_type": "agression_client",
    "penetration": True,
    "account": "Elle est venue après la nuit.",
}


def opened(desk: Desk, request: str = "i1", **answers: object) -> Kept[Incident]:
    command = incidents.SaveIncident(request_id=request, answers={**INTAKE, **answers})
    return incidents.save_incident(desk, command).value
