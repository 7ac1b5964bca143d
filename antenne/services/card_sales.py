"""Cards in the basket: the card that was issued and not yet paid, its duplicate, or a card still to come."""

from __future__ import annotations

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.basket import BasketLine, Owed, Settled
from antenne.domain.card_sales import CardSale, unpaid_cards
from antenne.domain.cards import MemberCard
from antenne.domain.receipts import Receipt, ReceiptLine
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.basket import BasketSource
from antenne.services.desk import Desk
from antenne.services.dues import kept_since
from antenne.services.ledger import refuse
from antenne.wording import dues as words

CARD = "card"
DUPLICATE = "card_duplicate"
KINDS = frozenset({CARD, DUPLICATE})

_PRICES = {CARD: "cards.price", DUPLICATE: "cards.duplicate_price"}
_LABELS = {CARD: words.CARD, DUPLICATE: words.CARD_DUPLICATE}


def kind_of(card: MemberCard) -> str:
    """The basket's word for a card."""
    return DUPLICATE if card.duplicate_no else CARD


def price_of(desk: Desk, kind: str) -> int:
    """What it costs today, in FCFA."""
    return desk.settings.count(_PRICES[kind], desk.today)


def _owed(desk: Desk, uow: UnitOfWork, person_id: int) -> tuple[Owed, ...]:
    person = uow.persons.get(person_id)
    if person is None or person.membership is None:
        return ()
    unpaid, awaited = unpaid_cards(uow.cards.of_person(person_id), uow.dues.sales_of(person_id), kept_since(desk, uow))
    found = [_line(desk, kind_of(card), person_id, card.id) for card in unpaid[:1]]
    if not found and not awaited and person.membership.left_on is None and person.died_on is None:
        found = [_line(desk, CARD, person_id, None)]
    return tuple(one for one in found if one.amount)


def _line(desk: Desk, kind: str, person_id: int, card_id: int | None) -> Owed:
    """A card that was issued is ticked; one to come is only offered."""
    return Owed(
        kind=kind,
        label=_LABELS[kind],
        amount=price_of(desk, kind),
        person_id=person_id,
        subject_id=card_id,
        ticked=card_id is not None,
        part=False,
    )


def _settle(desk: Desk, uow: UnitOfWork, line: BasketLine) -> Settled:
    if line.person_id is None:
        raise RulesBroken(Violation("card_sale.no_person", "person"))
    person = uow.persons.get(line.person_id)
    if person is None or person.membership is None:
        raise RulesBroken(Violation("card_sale.not_member", "person"))
    if line.subject_id is not None:
        _refuse_card(uow, line, line.person_id)
    price = price_of(desk, line.kind)
    if price == 0:
        raise RulesBroken(Violation("card_sale.free", "amount"))
    if line.amount != price:
        raise RulesBroken(Violation("card_sale.price", "amount", (("price", price),)))
    account = uow.accounts.by_use(CARD)
    return Settled(
        ReceiptLine(
            kind=line.kind,
            label=_LABELS[line.kind],
            amount=line.amount,
            account_id=account.id,
            subject_id=line.subject_id,
        )
    )


def _refuse_card(uow: UnitOfWork, line: BasketLine, person_id: int) -> None:
    """The card must be hers, of that kind, and not paid."""
    card = uow.cards.get(line.subject_id or 0)
    if card is None or card.person_id != person_id:
        raise RulesBroken(Violation("card_sale.not_hers", "subject"))
    sold = any(sale.card_id == card.id and not sale.cancelled for sale in uow.dues.sales_of(person_id))
    refuse((Violation("card_sale.paid", "subject"),) if sold else ())
    refuse(() if kind_of(card) == line.kind else (Violation("card_sale.kind", "subject"),))


def _record(_desk: Desk, uow: UnitOfWork, receipt: Receipt, line: ReceiptLine) -> None:
    assert receipt.person_id is not None
    uow.dues.add_sale(
        CardSale(
            person_id=receipt.person_id,
            card_id=line.subject_id,
            receipt_id=receipt.id,
            sold_on=receipt.day,
            price=line.amount,
        )
    )


def _undo(_desk: Desk, uow: UnitOfWork, receipt: Receipt, line: ReceiptLine) -> None:
    uow.dues.cancel_sales(receipt.id, line.subject_id)


SOURCE = BasketSource(kinds=KINDS, owed=_owed, settle=_settle, record=_record, undo=_undo)
"""Cards and duplicates."""
