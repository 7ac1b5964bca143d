"""Which sendings held a record: for her page of rights, and for the page where she takes an agreement back."""

from __future__ import annotations

from collections.abc import Iterator

from antenne.domain.gbvims import SentIncidents
from antenne.domain.incidents import Incident
from antenne.domain.protection_trends import SentCrossing
from antenne.domain.sendings import Left, Sending, Way, newest_first
from antenne.domain.stories import ChangeStory
from antenne.services.compartment import Kept, every_kept, kept, opened, record_key, refuse_own
from antenne.services.desk import Desk
from antenne.services.sealed_memory import KIND, Compartment, SealedRecord


def sendings_of(desk: Desk, record_id: str) -> tuple[Sending, ...]:
    """What left with this record in it, the newest first; also of a record that was erased since.

    Args:
        desk: Who asks.
        record_id: Sealed id in hex: of an incident or a story; nothing of any other kind leaves.

    Raises:
        Forbidden: Without the right to the compartment, in the same words for everyone; it is about the user herself.
        Problem: As ``compartment.opened``; ``sealed.gone``: no id at all.
    """
    own = opened(desk)
    record = own.get(record_key(record_id))
    if record is not None:
        refuse_own(desk, record.payload.get("person_id"))
    found = [*_crossings(own, record_id), *_incidents(own, record_id)]
    return newest_first(found if record is None else (*found, *_of_itself(record)))


def _of_itself(record: SealedRecord) -> Iterator[Sending]:
    """What the record itself remembers: the slips of an incident, each time a story left."""
    own_id = record.id.hex()
    if record.payload.get(KIND) == Incident.KIND:
        for slip in kept(record, Incident).record.sent:
            yield Sending(what=Left.SLIP, at=slip.at, by=None, recipient=slip.recipient, own_id=own_id)
    elif record.payload.get(KIND) == ChangeStory.KIND:
        for one in kept(record, ChangeStory).record.left:
            yield Sending(
                what=Left.STORY, at=one.at, by=one.by, recipient=one.recipient, way=one.way, own_id=own_id
            )  # fmt: skip


def _crossings(own: Compartment, record_id: str) -> Iterator[Sending]:
    return (_crossing(one) for one in every_kept(own, SentCrossing) if one.record.holds(record_id))


def _crossing(one: Kept[SentCrossing]) -> Sending:
    sent = one.record
    return Sending(
        what=Left.CROSSING, at=sent.at, by=sent.by, recipient=sent.recipient, way=sent.way,
        first=sent.first, last=sent.last, own_id=one.id,
    )  # fmt: skip


def _incidents(own: Compartment, record_id: str) -> Iterator[Sending]:
    for one in every_kept(own, SentIncidents):
        line = one.record.line_of(record_id)
        if line is not None:
            yield _lines(one, line)


def _lines(one: Kept[SentIncidents], line: int | None) -> Sending:
    sent = one.record
    return Sending(
        what=Left.INCIDENTS, at=sent.at, by=sent.by, recipient=sent.recipient, way=Way.FILE,
        first=sent.first, last=sent.last, line=line, own_id=one.id,
    )  # fmt: skip


def every_sending(desk: Desk) -> tuple[Sending, ...]:
    """The crossings and the incidents that left, the newest first: what left, not whom it held.

    Raises:
        Forbidden: Without the right to the compartment, in the same words for everyone.
    """
    own = opened(desk)
    crossings = (_crossing(one) for one in every_kept(own, SentCrossing))
    return newest_first((*crossings, *(_lines(one, None) for one in every_kept(own, SentIncidents))))
