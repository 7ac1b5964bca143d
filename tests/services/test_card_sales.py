"""Cards and free lines in the basket."""

from __future__ import annotations

import datetime as dt

import pytest

from antenne.domain.accounts import Use
from antenne.domain.basket import BasketLine, Owed
from antenne.domain.cards import MemberCard
from antenne.domain.receipts import Receipt
from antenne.domain.violations import RulesBroken
from antenne.services import card_sales, fees
from antenne.services.basket import list_owed
from antenne.services.desk import Desk
from antenne.services.receipts import CancelReceipt, Collect, cancel_receipt, collect
from antenne.services.settings import SetValue, set_value
from antenne.wording import violations as sentences
from tests.services.money import member, opened, request

SOURCES = (card_sales.SOURCE, fees.SOURCE)


@pytest.fixture
def woman(desk: Desk) -> int:
    """A member; the caisse is open."""
    opened(desk)
    return member(desk)


def issued(desk: Desk, person_id: int, on: dt.date, duplicate_no: int = 0) -> int:
    """A card of hers."""
    with desk.write() as uow:
        card = MemberCard(
            person_id=person_id,
            issued_on=on,
            valid_until=dt.date(2026, 12, 31),
            duplicate_no=duplicate_no,
            control=f"C{on.toordinal()}{duplicate_no}",
        )
        saved = uow.cards.save(card)
        uow.commit()
    return saved.id


def owed(desk: Desk, person_id: int) -> list[Owed]:
    """What the cards propose."""
    return list(list_owed(desk, SOURCES, person_id))


def pay(desk: Desk, *lines: BasketLine) -> Receipt:
    """One receipt."""
    return collect(desk, Collect(request_id=request(), lines=lines), SOURCES).value[0]


def card(person_id: int | None, amount: int = 500, subject: int | None = None, kind: str = "card") -> BasketLine:
    """A line for a card."""
    return BasketLine(kind=kind, person_id=person_id, amount=amount, subject_id=subject)


def codes(error: pytest.ExceptionInfo[RulesBroken]) -> list[str]:
    """Codes of everything refused; each has its sentence."""
    assert all(sentences.sentence(one) for one in error.value.violations)
    return [one.code for one in error.value.violations]


def test_an_issued_card_is_proposed_until_paid(desk: Desk, woman: int) -> None:
    number = issued(desk, woman, dt.date(2026, 11, 3))
    one = owed(desk, woman)[0]
    assert (one.kind, one.subject_id, one.amount, one.ticked, one.part) == ("card", number, 500, True, False)
    receipt = pay(desk, card(woman, 500, number))
    assert receipt.lines[0].label == "Carte de membre"
    later = owed(desk, woman)
    assert [(line.subject_id, line.ticked) for line in later] == [(None, False)], "a next one may be paid ahead"
    with pytest.raises(RulesBroken) as refused:
        pay(desk, card(woman, 500, number))
    assert codes(refused) == ["card_sale.paid"]
    cancel_receipt(desk, CancelReceipt(request_id=request(), receipt_id=receipt.id, reason="erreur"), SOURCES)
    assert owed(desk, woman)[0].subject_id == number


def test_a_card_paid_ahead_covers_the_next_one_issued(desk: Desk, woman: int) -> None:
    pay(desk, card(woman))
    assert owed(desk, woman) == [], "one is already awaited"
    issued(desk, woman, desk.today)
    assert [line.subject_id for line in owed(desk, woman)] == [None]
    second = issued(desk, woman, desk.today, duplicate_no=1)
    found = owed(desk, woman)[0]
    assert (found.kind, found.subject_id, found.label) == ("card_duplicate", second, "Duplicata de la carte")


def test_old_cards_are_not_asked_for(desk: Desk, woman: int) -> None:
    issued(desk, woman, dt.date(2025, 12, 31))
    assert [line.subject_id for line in owed(desk, woman)] == [None]


def test_card_refusals(desk: Desk, responsable_desk: Desk, woman: int) -> None:
    other = member(desk, 2)
    hers = issued(desk, woman, desk.today)
    second = issued(desk, woman, dt.date(2026, 3, 1))
    with pytest.raises(RulesBroken) as refused:
        pay(
            desk,
            card(None),
            card(999),
            card(other, 500, hers),
            card(other, 500, 12345),
            card(woman, 500, hers, "card_duplicate"),
            card(woman, 499, second),
        )
    assert codes(refused) == [
        "card_sale.no_person", "card_sale.not_member", "card_sale.not_hers", "card_sale.not_hers", "card_sale.kind",
        "card_sale.price",
    ]  # fmt: skip
    set_value(
        responsable_desk, SetValue(request_id=request(), key="cards.price", since=desk.today, value=0, correct=True)
    )
    assert owed(responsable_desk, woman) == []
    with pytest.raises(RulesBroken) as refused:
        collect(responsable_desk, Collect(request_id=request(), lines=(card(woman, 500, hers),)), SOURCES)
    assert codes(refused) == ["card_sale.free"]


def test_nobody_of_the_register_has_no_card(desk: Desk) -> None:
    assert owed(desk, 999) == []


def free(kind: str, amount: int, label: str, **more: int) -> BasketLine:
    """A line whose words are typed."""
    return BasketLine(kind=kind, amount=amount, label=label, **more)


def test_free_lines_post_to_their_accounts(desk: Desk, woman: int) -> None:
    with desk.write() as uow:
        uow.rows(
            "INSERT INTO project (id, code, name, donor, starts_on, ends_on)"
            " VALUES (1, 'P1', 'Projet', 'Bailleur', '2026-01-01', '2026-12-31') RETURNING id"
        )
        uow.rows(
            "INSERT INTO budget_line (id, project_id, code, label, amount) VALUES (7, 1, 'A', 'Ligne', 1000) RETURNING id"
        )
        uow.commit()
    assert owed(desk, woman)[0].kind == "card"
    receipt = pay(
        desk,
        free("rent", 15_000, "  Loyer  du magasin "),
        free("grant", 200_000, "Tranche 2", budget_line_id=7),
        free("grant", 1, "Don"),
        free("other_income", 300, "Vente de vieux papiers"),
    )
    assert [line.label for line in receipt.lines][:2] == ["Loyer du magasin", "Tranche 2"]
    assert receipt.person_id is None
    with desk.read() as uow:
        uses = [uow.accounts.by_use(use).id for use in (Use.RENT, Use.GRANT, Use.GRANT, Use.OTHER_INCOME)]
        entry = uow.ledger.get(receipt.entry_id)
    assert [line.account_id for line in receipt.lines] == uses
    assert entry is not None
    assert [line.budget_line_id for line in entry.postings] == [None, None, 7, None, None]
    hers = pay(desk, free("fees", 250, "Photocopies", person_id=woman))
    assert hers.person_id == woman
    cancel_receipt(desk, CancelReceipt(request_id=request(), receipt_id=hers.id, reason="erreur"), SOURCES)


def test_free_line_refusals(desk: Desk, woman: int) -> None:
    with pytest.raises(RulesBroken) as refused:
        pay(
            desk,
            free("fees", 250, "Photocopies"),
            free("rent", 0, "Loyer"),
            free("rent", 10**13, "Loyer"),
            free("other_income", -5, " "),
            free("other_income", 5, "x" * 61),
            free("rent", 5, "Loyer", budget_line_id=1),
            free("grant", 5, "Don", budget_line_id=99),
        )
    assert codes(refused) == [
        "fee.no_person", "fee.amount", "fee.amount", "fee.amount", "fee.label", "fee.label_long", "fee.no_line",
        "fee.unknown_line",
    ]  # fmt: skip
    assert refused.value.violations[0].field == "lines[0].person"
