"""What a « pièce de dépense » shows on paper."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from typing import Final

from antenne.domain.receipt_faces import UNREAD, Reading
from antenne.domain.receipts import Copy

_NARROWEST: Final = 4


class VoucherKind(Enum):
    """Why money leaves a box, or what justifies that it left."""

    EXPENSE = "expense"
    INDEMNITY = "indemnity"
    ADVANCE = "advance"
    JUSTIFICATION = "justification"
    RETURN = "return"
    TRANSFER = "transfer"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoucherFace:
    """One voucher to be printed.

    Attributes:
        number: « D-2026-0001 ».
        kind: What it is.
        day: Its cash day.
        beneficiary: Name or code; empty for a transfer.
        purpose: Neutral words.
        account: « 6055 Fournitures de bureau ».
        budget_line: « UNFPA 2026 — 2.3 Fournitures », or empty.
        amount: FCFA.
        box: Label of the box that the money leaves (a return: that it comes back to).
        to_box: Label of the box that receives it (a transfer), or empty.
        reference: Of a mobile-money payment, or empty.
        document: Supporting document: « Facture n° 112 du 20/11/2026, quincaillerie Traoré », or empty.
        justify_by: Last day to justify an advance, or None.
        advance: Number of the advance that a justification or a return settles, or empty.
        cashier: Who paid it out.
        copy: Original, or which DUPLICATA.
        reading: Who read it to the beneficiary.
        cancelled_on: Day of its cancellation, or None.
        cancelled_reason: Why.
    """

    number: str
    kind: VoucherKind
    day: dt.date
    beneficiary: str = ""
    purpose: str
    account: str = ""
    budget_line: str = ""
    amount: int
    box: str
    to_box: str = ""
    reference: str = ""
    document: str = ""
    justify_by: dt.date | None = None
    advance: str = ""
    cashier: str
    copy: Copy
    reading: Reading = UNREAD
    cancelled_on: dt.date | None = None
    cancelled_reason: str = ""


def voucher_number(year: int, number: int) -> str:
    """« D-2026-0001 »."""
    return f"D-{year}-{number:0{_NARROWEST}d}"
