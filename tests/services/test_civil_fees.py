"""Fees of civil files through « Encaisser » and as an expense, on a real encrypted base; démarches in versions."""

from __future__ import annotations

import pytest

from antenne.domain.basket import BasketLine
from antenne.domain.civil import CivilFee, Payer
from antenne.domain.civil_rules import is_free
from antenne.domain.receipts import Receipt
from antenne.domain.violations import RulesBroken
from antenne.services import civil, civil_fees, civil_lookup
from antenne.services.basket import list_owed
from antenne.services.desk import Desk
from antenne.services.expenses import CancelExpense, cancel_expense
from antenne.services.receipts import CancelReceipt, Collect, cancel_receipt, collect
from tests.services import money
from tests.services.test_civil import TODAY, child, codes, opened


def fee(desk: Desk, file_id: int, payer: Payer, amount: int, label: str = "Copies") -> CivilFee:
    asked = CivilFee(label=label, amount=amount, payer=payer, on=TODAY)
    return civil.add_fee(desk, money.request(), file_id, asked).value.fees[-1]


def paid(desk: Desk, person_id: int, fee_id: int, amount: int) -> Receipt:
    line = BasketLine(kind="civil_fee", person_id=person_id, amount=amount, subject_id=fee_id)
    return collect(desk, Collect(request_id=money.request(), lines=(line,)), (civil_fees.SOURCE,)).value[0]


def test_what_she_pays_goes_through_the_basket_and_comes_back_when_the_receipt_is_cancelled(desk: Desk) -> None:
    money.opened(desk)
    awa, fanta = money.member(desk), money.member(desk, 2, "Diallo", "Fanta")
    file_id = opened(desk, child(awa))
    hers = fee(desk, file_id, Payer.SHE, 300)
    fee(desk, file_id, Payer.PROJECT, 1000, "Timbre")
    sources = (civil_fees.SOURCE,)
    owed = list_owed(desk, sources, awa)
    assert [(one.label, one.amount, one.subject_id) for one in owed] == [("Copies · N-2026-0001", 300, hers.id)]
    assert list_owed(desk, sources, fanta) == ()
    for person_id, fee_id, amount, code in (
        (fanta, hers.id, 300, "civil_fee.not_hers"),
        (awa, hers.id, 200, "civil_fee.amount"),
        (awa, 99, 300, "civil_fee.unknown"),
    ):
        with pytest.raises(RulesBroken) as caught:
            paid(desk, person_id, fee_id, amount)
        assert codes(caught) == [code]
    receipt = paid(desk, awa, hers.id, 300)
    assert list_owed(desk, sources, awa) == ()
    assert civil_lookup.load_file(desk, file_id).paid[hers.id] == receipt.name
    with pytest.raises(RulesBroken) as caught:
        paid(desk, awa, hers.id, 300)
    assert codes(caught) == ["civil_fee.paid"]
    with pytest.raises(RulesBroken) as caught:
        cancelled(desk, file_id, hers.id)
    assert codes(caught) == ["civil_fee.paid"]
    cancel_receipt(desk, CancelReceipt(request_id="c", receipt_id=receipt.id, reason="erreur"), sources)
    assert [one.subject_id for one in list_owed(desk, sources, awa)] == [hers.id]
    cancelled(desk, file_id, hers.id)
    assert list_owed(desk, sources, awa) == ()


def cancelled(desk: Desk, file_id: int, fee_id: int, reason: str = "erreur") -> civil.FilePage:
    command = civil_fees.CancelFee(request_id=money.request(), file_id=file_id, fee_id=fee_id, reason=reason)
    return civil_fees.cancel_fee(desk, command).value


VOUCHER = {
    "box": "caisse",
    "beneficiary": "Greffe du TGI de Mopti",
    "purpose": "Timbre · N-2026-0001",
    "account": "618",
    "document": "recu",
}


def test_what_the_project_pays_is_an_expense_tied_to_its_fee(desk: Desk) -> None:
    money.opened(desk, 5000)
    file_id = opened(desk, child(money.member(desk)))
    stamp, hers = fee(desk, file_id, Payer.PROJECT, 1000, "Timbre"), fee(desk, file_id, Payer.SHE, 300)

    def pay(fee_id: int, **answers: object) -> str:
        command = civil_fees.PayFee(
            request_id=money.request(), file_id=file_id, fee_id=fee_id, answers={**VOUCHER, **answers}
        )
        return civil_fees.pay_fee(desk, command).value.name

    with pytest.raises(RulesBroken) as caught:
        pay(hers.id)
    assert codes(caught) == ["civil_fee.payer"]
    with pytest.raises(RulesBroken) as caught:
        pay(stamp.id, account=None)
    assert codes(caught) == ["form.required"]
    name = pay(stamp.id)
    view = civil_lookup.load_file(desk, file_id)
    assert view.paid == {stamp.id: name, hers.id: ""}
    with pytest.raises(RulesBroken) as caught:
        pay(stamp.id)
    assert codes(caught) == ["civil_fee.paid"]
    expense_id = next(one.expense_id for one in view.page.fees if one.id == stamp.id)
    assert expense_id is not None
    cancel_expense(desk, CancelExpense(request_id="x", expense_id=expense_id, reason="erreur"))
    assert civil_lookup.load_file(desk, file_id).paid[stamp.id] == ""
    assert pay(stamp.id) != name, "a cancelled voucher may be paid again, under another number"


def test_free_is_free_only_where_nobody_pays(desk: Desk) -> None:
    file_id = opened(desk, child(money.member(desk)))
    fee(desk, file_id, Payer.FREE, 0, "Volet n° 3")
    assert is_free(civil.load_page(desk, file_id).fees)
    for payer, amount in ((Payer.FREE, 100), (Payer.SHE, 0), (Payer.PROJECT, -5)):
        with pytest.raises(RulesBroken) as caught:
            fee(desk, file_id, payer, amount)
        assert codes(caught) == ["civil.fee_amount"]
    with pytest.raises(RulesBroken) as caught:
        cancelled(desk, file_id, 1, reason=" ")
    assert codes(caught) == ["civil.reason"]
    with pytest.raises(RulesBroken) as caught:
        cancelled(desk, file_id, 77)
    assert codes(caught) == ["civil_fee.unknown"]
