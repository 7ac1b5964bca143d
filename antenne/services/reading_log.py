"""Who read which sealed record, and when; the log is sealed itself, and shown to the responsable."""

from __future__ import annotations

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
    line = Reading(desk.clock.now(), desk.actor.user_id, desk.actor.name, record_id)
    with changing(desk) as batch:
        pages = every_kept(opened(desk), ReadingPage)
        page = next((one for one in pages if len(one.record.lines) < READINGS_A_PAGE), None)
        lines = (line,) if page is None else (*page.record.lines, line)
        batch.put(to_payload(ReadingPage(lines=lines)), None if page is None else record_key(page.id))
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
