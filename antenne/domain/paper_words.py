"""What a receipt or a voucher says in words: kept in the Historique as it was written, so that a change is seen.

Ids and amounts stand in the ledger's chain; names and words do not, because a person's name must go when she asks. In
the Historique they lie beside the chain, under a salted digest that is in it: they can be erased, not changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from antenne.domain.audit import FieldChange
from antenne.domain.expenses import Expense
from antenne.domain.receipts import Receipt

FIELD: Final = "Sur le papier"
"""The line of the Historique that holds them; a page that shows the paper itself leaves it out."""

REASON: Final = "Annulé"
"""The line of the Historique that holds why a paper was cancelled."""


def of_receipt(receipt: Receipt) -> FieldChange:
    """Payer, reference, mention, who received, then each line's label."""
    parts = (receipt.payer, receipt.reference, receipt.note, receipt.cashier, *(line.label for line in receipt.lines))
    return FieldChange(FIELD, "", "\n".join(parts))


def of_expense(expense: Expense) -> FieldChange:
    """Beneficiary, purpose, document and its reference, who paid out."""
    parts = (expense.beneficiary, expense.purpose, expense.document, expense.document_ref, expense.cashier)
    return FieldChange(FIELD, "", "\n".join(parts))


def without(changes: Sequence[FieldChange]) -> tuple[FieldChange, ...]:
    """The changes for a page that shows the paper itself."""
    return tuple(one for one in changes if one.field != FIELD)
