"""An original comes out once, whatever the power does.

Before its pages leave, « impression commencée » is noted; once they have left, that it was printed. Where the second
note is missing, nobody but her knows whether the paper lies in the tray: she is asked before it is drawn again. The
notes are links of the Historique, so they need no column and cannot vanish.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from antenne.db.unit_of_work import UnitOfWork
from antenne.services.desk import Desk


@dataclass(frozen=True, slots=True)
class SettlePrint:
    """She says whether an original came out.

    Attributes:
        paper_id: Of the receipt or the voucher.
        came_out: The paper is there: the next is DUPLICATA 1. Else the original is still due.
    """

    paper_id: int
    came_out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintNotes:
    """The links of the Historique that say how an original of one kind of paper fares.

    Attributes:
        subject: Kind of record: ``receipt``.
        begun: It is on its way to the printer or into a file.
        printed: A copy is out.
        lost: It did not come out.
    """

    subject: str
    begun: str
    printed: str
    lost: str


_LAST_NOTE = (
    "SELECT a.action, a.at FROM audit_detail d JOIN audit a ON a.id = d.audit_id"
    " WHERE d.subject_id = :id AND d.subject = :subject AND a.action IN (:begun, :printed, :lost)"
    " ORDER BY a.id DESC LIMIT 1"
)


def begun_at(uow: UnitOfWork, notes: PrintNotes, paper_id: int) -> dt.datetime | None:
    """When its print began, where nothing says how it ended; else None."""
    rows = uow.rows(
        _LAST_NOTE, id=paper_id, subject=notes.subject, begun=notes.begun, printed=notes.printed, lost=notes.lost
    )
    return dt.datetime.fromisoformat(rows[0][1]) if rows and rows[0][0] == notes.begun else None


def first_unsure(uow: UnitOfWork, notes: PrintNotes, waiting: Mapping[int, str]) -> tuple[tuple[str, object], ...]:
    """Id, number and instant of the first original that may have come out, for the sentence that asks; else empty.

    ``waiting`` holds the papers whose next copy is the original, with their numbers.
    """
    for paper_id, number in waiting.items():
        at = begun_at(uow, notes, paper_id)
        if at is not None:
            return ("id", paper_id), ("number", number), ("at", at)
    return ()


def note_begun(desk: Desk, uow: UnitOfWork, notes: PrintNotes, waiting: Mapping[int, str]) -> None:
    """The originals are about to leave."""
    for paper_id in waiting:
        uow.audit.add(desk.clock.now(), desk.actor.user_id, notes.begun, notes.subject, paper_id)


def note_lost(desk: Desk, uow: UnitOfWork, notes: PrintNotes, paper_id: int) -> None:
    """It did not come out: the original is still due."""
    uow.audit.add(desk.clock.now(), desk.actor.user_id, notes.lost, notes.subject, paper_id)
