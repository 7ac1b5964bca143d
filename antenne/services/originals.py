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
from antenne.domain.violations import RulesBroken, Violation
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


_LAST_NOTE = (
    "SELECT a.action, a.at FROM audit_detail d JOIN audit a ON a.id = d.audit_id"
    " WHERE d.subject_id = :id AND d.subject = :subject AND a.action IN (:begun, :printed, :lost)"
    " ORDER BY a.id DESC LIMIT 1"
)


def begun_at(uow: UnitOfWork, subject: str, paper_id: int) -> dt.datetime | None:
    """When its print began, where nothing says how it ended; else None."""
    begun, printed, lost = (f"{subject}.{what}" for what in ("print_begun", "printed", "print_lost"))
    rows = uow.rows(_LAST_NOTE, id=paper_id, subject=subject, begun=begun, printed=printed, lost=lost)
    return dt.datetime.fromisoformat(rows[0][1]) if rows and rows[0][0] == begun else None


def refuse_unsure(uow: UnitOfWork, subject: str, waiting: Mapping[int, str]) -> None:
    """Ask about the first original that may have come out, before it is drawn again.

    Args:
        uow: The transaction.
        subject: ``receipt`` or ``expense``.
        waiting: Ids and numbers of the papers whose next copy is the original.

    Raises:
        RulesBroken: ``receipt.print_unsure`` or ``expense.print_unsure``, with the paper's id.
    """
    for paper_id, number in waiting.items():
        at = begun_at(uow, subject, paper_id)
        if at is not None:
            values = (("id", paper_id), ("number", number), ("at", at))
            raise RulesBroken(Violation(f"{subject}.print_unsure", None, values))


def note_begun(desk: Desk, uow: UnitOfWork, subject: str, waiting: Mapping[int, str]) -> None:
    """The originals are on their way to the printer or into a file."""
    for paper_id in waiting:
        uow.audit.add(desk.clock.now(), desk.actor.user_id, f"{subject}.print_begun", subject, paper_id)


def note_lost(desk: Desk, uow: UnitOfWork, subject: str, paper_id: int) -> None:
    """It did not come out: the original is still due."""
    uow.audit.add(desk.clock.now(), desk.actor.user_id, f"{subject}.print_lost", subject, paper_id)
