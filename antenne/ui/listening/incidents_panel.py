"""« Incidents »: each with its type, its outcome, the hours that are left."""

from __future__ import annotations

from dataclasses import dataclass

from antenne.domain.board import Target, Tone
from antenne.domain.incidents import CARE, Incident
from antenne.domain.protection_clock import left
from antenne.services import incidents
from antenne.services.desk import Desk
from antenne.ui.kit.area import Context
from antenne.ui.kit.models import Column
from antenne.ui.listening.clocks import spoken_left
from antenne.ui.listening.fields import hits
from antenne.ui.listening.keys import KEY
from antenne.ui.listening.list_panel import Listing, ListPanel
from antenne.wording import formats
from antenne.wording import listening as talk_words
from antenne.wording import protection as words


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One incident in the list."""

    id: str
    incident: Incident
    who: str
    local: str
    state: str
    tone: Tone


def read_rows(desk: Desk) -> tuple[IncidentRow, ...]:
    """Every incident but those of the user herself, the newest first.

    Raises:
        Forbidden: Without the right.
    """
    found = incidents.list_incidents(desk)
    ids = tuple({one.record.person_id for one in found if one.record.person_id is not None})
    names = {hit.id: hit.title for hit in hits(desk, ids)}
    rows = []
    for one in found:
        record = one.record
        who = names.get(record.person_id or 0) or talk_words.code(record.survivor_code)
        local = desk.settings.label("incident_types", record.local_type)
        rows.append(IncidentRow(one.id, record, who, local, *_state(desk, record)))
    return tuple(rows)


def _state(desk: Desk, one: Incident) -> tuple[str, Tone]:
    """What is urgent first, then where it stands."""
    now = max(desk.clock.now(), one.latest)
    if one.sexual and one.cared_at is None and one.closing is None:
        said = next((words for care in CARE if (words := spoken_left(left(care, one.span, now)))), "")
        if said:
            return said, "danger"
    if one.closing is not None:
        return "clos", "neutral"
    if one.outcomes:
        return desk.settings.label("incident_outcomes", one.outcomes[-1].code), "good"
    return "suivi en cours", "info"


_COLUMNS = (
    Column(key="on", title="Faits du", text=lambda row: formats.day(row.incident.happened_from.date()), width=108),
    Column(key="number", title="N°", text=lambda row: row.incident.number, width=116),
    Column(key="who", title="Qui", text=lambda row: row.who, width=200),
    Column(key="local", title="Ce qu’elle nomme", text=lambda row: row.local, width=0),
    Column(key="type", title="Type", text=lambda row: words.TYPES[row.incident.gbv_type], width=190),
    Column(key="state", title="", text=lambda row: row.state, width=230, pill=lambda row: row.tone),
)


class IncidentsPanel(ListPanel):
    """The list of incidents."""

    listing = Listing(
        title="Incidents",
        one="incident",
        many="incidents",
        new_words="Nouvel incident",
        new_action="incident/new",
        icon="warning",
        empty="Une violence se note ici, dans l’ordre des questions. Les heures qui restent s’affichent.",
    )

    def __init__(self, context: Context) -> None:
        """The columns of an incident."""
        super().__init__(context, _COLUMNS)

    read = staticmethod(read_rows)

    def place(self, row: IncidentRow) -> Target:
        """Its file."""
        return Target(KEY, action=f"incident/{row.id}")
