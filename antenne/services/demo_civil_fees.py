"""Fees of the demonstration's civil files, for its caisse: what each woman or the project pays, and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.civil import Payer


@dataclass(frozen=True, slots=True)
class WaitingFee:
    """A fee that nothing has paid yet.

    Attributes:
        person_id: The woman who asked for the file.
        label: Neutral words with the file's number, as on the receipt.
        hers: She pays, else the project.
    """

    id: int
    person_id: int
    label: str
    amount: int
    on: dt.date
    hers: bool


def waiting_fees(uow: UnitOfWork, since: dt.date) -> tuple[WaitingFee, ...]:
    """Fees from a day on, in the order of their days."""
    rows = uow.rows(
        'SELECT e.id, f.requester_id, e.label, f.number, e.amount, e."on", e.payer FROM civil_fee e'
        " JOIN civil_file f ON f.id = e.file_id"
        ' WHERE e.amount > 0 AND e.cancelled = 0 AND e.receipt_id IS NULL AND e.expense_id IS NULL AND e."on" >= :since'
        ' ORDER BY e."on", e.id',
        since=since.isoformat(),
    )
    return tuple(
        WaitingFee(fee_id, woman, f"{label} · {number}", amount, dt.date.fromisoformat(on), payer == Payer.SHE.value)
        for fee_id, woman, label, number, amount, on, payer in rows
    )
