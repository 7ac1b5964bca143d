"""What « Encaisser » reads on the short lane: the counter's state, a woman with what she may pay, an old basket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from antenne.domain.money import grouped
from antenne.domain.receipts import Receipt, StubRange
from antenne.domain.violations import RulesBroken, Violation
from antenne.services import basket_preview, cash_days, fees, receipts_reading
from antenne.services.basket import BasketSource
from antenne.services.cash_days import CashState
from antenne.ui.cashbook.collect_fields import person_hit
from antenne.ui.cashbook.collect_rows import Woman

if TYPE_CHECKING:
    from antenne.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Counter:
    """The boxes now, and the stubs to be keyed again."""

    state: CashState
    ranges: tuple[StubRange, ...]


def read_counter(desk: Desk) -> Counter:
    """Whether money can be taken in, and into which boxes."""
    state = cash_days.cash_state(desk)
    with desk.read() as uow:
        return Counter(state, uow.receipts.ranges())


def find_woman(desk: Desk, sources: Sequence[BasketSource], person_id: int) -> Woman:
    """Who she is, what she may pay, what she is owed.

    Raises:
        RulesBroken: ``members.gone``.
    """
    hit = person_hit(desk, person_id)
    if hit is None:
        raise RulesBroken(Violation("members.gone"))
    money = basket_preview.money_of_person(desk, sources, person_id)
    return Woman(hit, money.owed, money.change_due)


def look_up(
    desk: Desk, sources: Sequence[BasketSource], number: int, receipt: bool
) -> tuple[Woman | None, dict[str, Any]]:
    """A woman by her id; or the basket of a receipt that was cancelled, as a draft has it.

    Raises:
        RulesBroken: ``members.gone``, ``receipt.unknown``.
    """
    if not receipt:
        return find_woman(desk, sources, number), {}
    page = receipts_reading.receipt_page(desk, number)
    old = page.receipt
    woman = None if old.person_id is None else find_woman(desk, sources, old.person_id)
    code = next((one.box.code for one in cash_days.cash_state(desk).boxes if one.box.id == old.box_id), "")
    before = {"rows": _rows(old), "replaces": old.id, "name": old.name}
    return woman, {**before, "pay": {"payer": old.payer, "reference": old.reference, "box": code}}


def _rows(receipt: Receipt) -> list[dict[str, Any]]:
    """Its lines as a draft has them; a due keeps its id, so that the same row is found again."""
    return [
        {
            "kind": line.kind,
            "subject": None if line.kind in fees.KINDS else line.subject_id,
            "label": line.label,
            "free": line.kind in fees.KINDS,
            "words": line.label,
            "ticked": True,
            "amount": grouped(line.amount),
        }
        for line in receipt.lines
    ]
