"""Who read which sealed record, and when; the log is sealed itself, and shown to the responsable."""

from __future__ import annotations

from collections.abc import Sequence

from antenne.domain.rights import Right
from antenne.domain.sealed_codec import to_payload
from antenne.domain.sealed_kinds import READINGS_A_PAGE, Reading, ReadingPage
from antenne.services.compartment import changing, every_kept, opened, record_key
from antenne.services.desk import Desk


def note_reading(desk: Desk, record_id: str) -> None:
    """Write down that the user reads this record now; called before it is given to her.

    Raises:
        Forbidden: Without the right.
        Problem: The line could not be written: the record is then not shown.
    """
    note_readings(desk, (record_id,))


def note_readings(desk: Desk, record_ids: Sequence[str]) -> None:
    """The same for several records that are read together, in one transaction.

    Raises:
        Forbidden: Without the right.
        Problem: The lines could not be written: the records are then not shown.
    """
    lines = [Reading(desk.clock.now(), desk.actor.user_id, desk.actor.name, one) for one in record_ids]
    with changing(desk) as batch:
        pages = every_kept(opened(desk), ReadingPage)
        page = next((one for one in pages if len(one.record.lines) < READINGS_A_PAGE), None)
        key = None if page is None else record_key(page.id)
        lines = lines if page is None else [*page.record.lines, *lines]
        for at in range(0, len(lines), READINGS_A_PAGE):
            batch.put(to_payload(ReadingPage(lines=tuple(lines[at : at + READINGS_A_PAGE]))), None if at else key)
        batch.commit()


def readings(desk: Desk, record_id: str = "") -> tuple[Reading, ...]:
    """Every reading, or those of one record, the newest first; a record that was erased keeps its lines.

    Raises:
        Forbidden: Not the responsable.
    """
    desk.require(Right.COMPARTMENT)
    desk.require(Right.USERS)
    pages = every_kept(opened(desk), ReadingPage)
    found = [line for page in pages for line in page.record.lines if record_id in ("", line.record)]
    return tuple(sorted(found, key=lambda line: line.at, reverse=True))
