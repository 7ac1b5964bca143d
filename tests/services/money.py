"""What tests of money begin with: an open caisse, a woman, a source whose lines need no other area."""

from __future__ import annotations

import datetime as dt
from itertools import count

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.accounts import Use
from antenne.domain.basket import BasketLine, Owed, Settled
from antenne.domain.births import Birth, Precision
from antenne.domain.cashbook import CashCount, CashDay, Pieces
from antenne.domain.persons import Membership, Person
from antenne.domain.receipts import Receipt, ReceiptLine
from antenne.services.basket import BasketSource
from antenne.services.cash_days import CloseDay, OpenDay, close_day, open_day
from antenne.services.desk import Desk
from antenne.services.receipts import Collect, collect

_REQUESTS = count(1)


def request() -> str:
    """A request id that was never used."""
    return f"request-{next(_REQUESTS)}"


def member(desk: Desk, number: int = 1, last_name: str = "Koné", first_name: str = "Awa") -> int:
    """A member of the register; her person's id."""
    person = Person(
        number=f"P-{number:05d}",
        last_name=last_name,
        first_name=first_name,
        birth=Birth(Precision.DAY, dt.date(1994, 3, 12)),
        membership=Membership(number=f"M-{number:05d}", joined_on=dt.date(2026, 1, 5)),
    )
    with desk.write() as uow:
        uow.counters.reserve("person", number)
        uow.counters.reserve("member", number)
        saved = uow.persons.save(person, desk.clock.now(), desk.actor.user_id)
        uow.commit()
    return saved.id


def _owed(_desk: Desk, _uow: UnitOfWork, person_id: int) -> tuple[Owed, ...]:
    return (Owed(kind="test", label="Frais", amount=500, person_id=person_id),)


def _settle(_desk: Desk, uow: UnitOfWork, line: BasketLine) -> Settled:
    account = uow.accounts.by_use(Use.FEES)
    return Settled(ReceiptLine(kind=line.kind, label=line.label or "Frais", amount=line.amount, account_id=account.id))


def _nothing(_desk: Desk, _uow: UnitOfWork, _receipt: Receipt, _line: ReceiptLine) -> None:
    """Nothing to note elsewhere."""


PLAIN = BasketSource(kinds=frozenset({"test"}), owed=_owed, settle=_settle, record=_nothing, undo=_nothing)
"""Lines of the kind ``test``, posted to the fees."""

SOURCES = (PLAIN,)


def opened(desk: Desk, found: int = 0) -> CashDay:
    """The caisse, open today."""
    return open_day(desk, OpenDay(request_id=request(), found=found)).value


def paid(desk: Desk, person_id: int | None, amount: int, **more: object) -> Receipt:
    """A receipt of one line."""
    command = Collect(
        request_id=request(),
        lines=(BasketLine(kind="test", person_id=person_id, amount=amount),),
        **more,  # type: ignore[arg-type]  # named attributes of the command
    )
    return collect(desk, command, SOURCES).value[0]


def coins(total: int) -> CashCount:
    """A count that makes up a total, in ones."""
    return CashCount({1: Pieces(total)}) if total else CashCount()


def closed(desk: Desk, day: CashDay, total: int, reason: str = "") -> None:
    """The caisse closed with that much in it."""
    close_day(desk, CloseDay(request_id=request(), cash_day_id=day.id, count=coins(total), reason=reason))
