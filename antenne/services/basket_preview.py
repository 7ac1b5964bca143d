"""« Encaisser » before it is saved: what a woman owes and is owed, and the receipts that a basket would give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import basket as baskets
from antenne.domain import cashbook
from antenne.domain import receipts as rules
from antenne.domain.basket import Owed, Settled
from antenne.domain.receipts import Receipt, ReceiptLine, Tender
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.basket import BasketSource, source_of
from antenne.services.desk import Desk
from antenne.services.receipts import Collect, change_due, own_person
from antenne.services.receipts_reading import require_reading, who_is

_LAST: Final = 3
"""Receipts shown on the woman's page."""


@dataclass(frozen=True, slots=True)
class PersonMoney:
    """A woman's money for her page; ``owed`` is empty for one who may not take money in."""

    owed: tuple[Owed, ...]
    change_due: int
    receipts: tuple[Receipt, ...]

    @property
    def late(self) -> tuple[Owed, ...]:
        """What is past its day."""
        return tuple(one for one in self.owed if one.late)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One receipt of a basket as it would be given: no number, that comes at saving."""

    person_id: int | None
    who: str
    number: str
    lines: tuple[ReceiptLine, ...]
    note: str
    tender: Tender

    @property
    def total(self) -> int:
        """FCFA."""
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True, slots=True)
class BasketPreview:
    """What saving would make, or everything that stands against it."""

    receipts: tuple[Drawn, ...] = ()
    broken: tuple[Violation, ...] = ()


def money_of_person(desk: Desk, sources: Sequence[BasketSource], person_id: int) -> PersonMoney:
    """What she owes, what the office owes her, her last receipts.

    Raises:
        Forbidden: Without the right to take money in, or to read the accounts.
    """
    require_reading(desk)
    collects = desk.may(Right.CASH_IN)
    with desk.read() as uow:
        owed = tuple(one for source in sources for one in source.owed(desk, uow, person_id)) if collects else ()
        return PersonMoney(owed, change_due(uow, person_id), uow.receipts.of_person(person_id, _LAST))


def preview_basket(desk: Desk, command: Collect, sources: Sequence[BasketSource]) -> BasketPreview:
    """What saving this basket would give, receipt by receipt. Nothing stays written: the transaction is undone.

    Raises:
        Forbidden: Without the right to take money in.
    """
    desk.require(Right.CASH_IN)
    with desk.write() as uow:  # an area may make what a line pays while it settles it
        if not command.lines:
            return BasketPreview()
        if found := baskets.check_basket(command.lines, own_person(desk, uow)):
            return BasketPreview(broken=found)
        settled, broken = _settled(desk, uow, command, sources)
        groups = baskets.by_person(command.lines)
        if not broken:
            broken = tuple(one for _, rows in groups for one in rules.check_lines([settled[row].line for row in rows]))
        if broken:
            return BasketPreview(broken=broken)
        totals = [sum(settled[row].line.amount for row in rows) for _, rows in groups]
        tender = Tender(sum(totals) if command.handed is None else command.handed, command.given)
        cash, known = command.box == cashbook.CASH, groups[-1][0] is not None
        said = rules.check_tender(sum(totals), tender, cash=cash, known_payer=known)
        shares = baskets.share_tender(totals, tender)
        return BasketPreview(
            tuple(
                _drawn(uow, person_id, [settled[row] for row in rows], share)
                for (person_id, rows), share in zip(groups, shares, strict=True)
            ),
            said,
        )


def _settled(
    desk: Desk, uow: UnitOfWork, command: Collect, sources: Sequence[BasketSource]
) -> tuple[list[Settled], tuple[Violation, ...]]:
    found: list[Settled] = []
    broken: list[Violation] = []
    for row, line in enumerate(command.lines):
        try:
            found.append(source_of(sources, line.kind).settle(desk, uow, line))
        except RulesBroken as error:
            broken += [replace(one, field=f"lines[{row}].{one.field or 'amount'}") for one in error.violations]
    return found, tuple(broken)


def _drawn(uow: UnitOfWork, person_id: int | None, settled: Sequence[Settled], tender: Tender) -> Drawn:
    who, number = who_is(uow, person_id)
    note = " · ".join(dict.fromkeys(one.note for one in settled if one.note))
    return Drawn(person_id, who, number, tuple(one.line for one in settled), note, tender)
