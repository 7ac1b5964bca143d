"""Money out on a real encrypted base: vouchers, advances, transfers, indemnities, pictures of documents."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from antenne.base.clock import FixedClock
from antenne.base.problems import Problem
from antenne.base.progress import Progress
from antenne.domain import ledger, members
from antenne.domain.accounts import Use
from antenne.domain.expenses import Expense
from antenne.domain.office import Office
from antenne.domain.settings import EPOCH
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.domain.voucher_faces import VoucherFace, VoucherKind
from antenne.services import (
    advances,
    expenses,
    expenses_checks,
    expenses_printing,
    expenses_reading,
    expenses_scans,
    opening,
    transfers,
)
from antenne.services.advances import GiveAdvance, JustifyAdvance
from antenne.services.cash_days import cash_state
from antenne.services.desk import Desk
from antenne.services.expenses import CancelExpense, PayExpense, PayIndemnities
from antenne.services.expenses_reading import ExpenseList, ExpenseQuery
from antenne.services.settings import SetValue, set_value
from antenne.services.transfers import TransferMoney
from tests.conftest import PHRASES
from tests.services import money

PAPER = {
    "box": "caisse", "beneficiary": "Quincaillerie Traoré", "purpose": "Papier et stylos", "account": "6055",
    "amount": 12_500, "document": "facture", "document_ref": "n° 112 du 20/11/2026",
}  # fmt: skip


def codes(caught: pytest.ExceptionInfo[RulesBroken]) -> list[tuple[str, str | None]]:
    return [(violation.code, violation.field) for violation in caught.value.violations]


def pay(desk: Desk, **more: object) -> Expense:
    return expenses.pay_expense(desk, PayExpense(request_id=money.request(), answers=PAPER | more)).value


def advance(desk: Desk, amount: int = 20_000, **more: object) -> Expense:
    answers = {
        "box": "caisse", "beneficiary": "Moussa D.", "purpose": "Causerie à Konna", "amount": amount,
        "justify_by": dt.date(2026, 12, 8), **more,
    }  # fmt: skip
    return advances.give_advance(desk, GiveAdvance(request_id=money.request(), answers=answers)).value


def justify(desk: Desk, given: Expense, lines: tuple[int, ...] = (), **more: object) -> tuple[Expense, ...]:
    rows = tuple(
        {"purpose": f"Achat {place}", "account": "618", "amount": amount, "document": "ticket"}
        for place, amount in enumerate(lines)
    )
    answers = {"lines": rows, **more}
    command = JustifyAdvance(request_id=money.request(), advance_id=given.id, answers=answers)
    return advances.justify_advance(desk, command).value


def balance(desk: Desk) -> int:
    return cash_state(desk).cash.balance


def account_balance(desk: Desk, code: str) -> int:
    """Debit less credit."""
    with desk.read() as uow:
        found = uow.rows(
            "SELECT coalesce(sum(p.debit - p.credit), 0) FROM posting p JOIN account a ON a.id = p.account_id"
            " WHERE a.code = :code",
            code=code,
        )
    return int(found[0][0])


def chain_is_whole(desk: Desk) -> bool:
    with desk.read() as uow:
        return not ledger.ledger_faults(uow.ledger.chain())


def link_user(desk: Desk, person_id: int) -> None:
    """The user at the keyboard is that member."""
    with desk.write() as uow:
        uow.rows("UPDATE user SET person_id = :person WHERE id = :user RETURNING id", person=person_id, user=desk.actor.user_id)  # fmt: skip
        uow.commit()


def test_vouchers_are_numbered_without_gaps_and_a_double_click_pays_once(desk: Desk) -> None:
    money.opened(desk, 100_000)
    command = PayExpense(request_id="one", answers=PAPER)
    first = expenses.pay_expense(desk, command).value
    assert (first.name, first.amount, first.kind, first.cashier) == (
        "D-2026-0001",
        12_500,
        VoucherKind.EXPENSE,
        desk.actor.name,
    )
    assert expenses.pay_expense(desk, command).value == first
    with pytest.raises(RulesBroken):
        pay(desk, amount=10**9)
    assert pay(desk).name == "D-2026-0002"
    assert balance(desk) == 75_000
    assert account_balance(desk, "6055") == 25_000
    assert chain_is_whole(desk)


def test_two_lanes_never_give_the_same_number(desk: Desk) -> None:
    money.opened(desk, 100_000)
    with ThreadPoolExecutor(2) as lanes:
        made = list(lanes.map(lambda _: pay(desk, amount=1), range(20)))
    assert sorted(one.number for one in made) == list(range(1, 21))
    assert balance(desk) == 99_980
    assert chain_is_whole(desk)


@pytest.mark.parametrize("amount", [-1, 0, 10**13])
def test_odd_amounts_are_refused_beside_the_field(desk: Desk, amount: int) -> None:
    money.opened(desk, 100_000)
    with pytest.raises(RulesBroken) as caught:
        pay(desk, amount=amount)
    assert [field for _, field in codes(caught)] == ["amount"]
    with desk.read() as uow:
        assert uow.expenses.last_number(2026) == 0


def test_everything_wrong_is_said_at_once(desk: Desk) -> None:
    money.opened(desk, 100_000)
    with pytest.raises(RulesBroken) as caught:
        pay(desk, beneficiary="", account="7021", budget_line="X/1", purpose=" ", person_id=999)
    assert codes(caught) == [
        ("form.required", "purpose"),
        ("expense.unknown_person", "person_id"),
        ("expense.account", "account"),
        ("expense.budget_line", "budget_line"),
    ]


def test_a_box_never_goes_below_nothing_and_a_closed_day_takes_no_voucher(desk: Desk) -> None:
    with pytest.raises(RulesBroken) as caught:
        pay(desk)
    assert codes(caught) == [("cashbook.not_open", None)]
    day = money.opened(desk, 12_499)
    with pytest.raises(RulesBroken) as caught:
        pay(desk)
    assert codes(caught) == [("cashbook.negative_box", "amount")]
    pay(desk, amount=12_499)
    money.closed(desk, day, 0)
    with pytest.raises(RulesBroken) as caught:
        pay(desk, amount=1)
    assert codes(caught) == [("cashbook.closed_day", None)]


def test_numbers_begin_again_with_the_year(desk: Desk, clock: FixedClock) -> None:
    day = money.opened(desk, 100_000)
    pay(desk)
    money.closed(desk, day, 87_500)
    clock.advance(dt.timedelta(days=60))
    money.opened(desk, 87_500)
    assert pay(desk).name == "D-2027-0001"


def test_nobody_pays_herself_nor_cancels_her_own_voucher(desk: Desk) -> None:
    awa = money.member(desk)
    money.opened(desk, 100_000)
    hers = pay(desk, person_id=awa, beneficiary="")
    given = advance(desk, person_id=awa, beneficiary="")
    link_user(desk, awa)
    with pytest.raises(RulesBroken) as caught:
        pay(desk, person_id=awa, beneficiary="")
    assert codes(caught) == [("expense.own", "person_id")]
    with pytest.raises(RulesBroken) as caught:
        pay(desk, beneficiary="KONE Awa")
    assert codes(caught) == [("expense.own", "beneficiary")]
    with pytest.raises(RulesBroken) as caught:
        justify(desk, given, (1000,))
    assert codes(caught) == [("expense.own_advance", None)]
    with pytest.raises(RulesBroken) as caught:
        expenses.cancel_expense(desk, CancelExpense(request_id="x", expense_id=hers.id, reason="erreur"))
    assert codes(caught) == [("expense.own_cancel", None)]


def test_who_may_not_pay_out_is_refused(desk: Desk, office_folder: Path, made_office: object) -> None:
    from antenne.services import access

    reader = opening.open_desk(office_folder, access.unlock(office_folder, PHRASES["lecture"], "Pirogue"), desk.clock)
    try:
        with pytest.raises(Forbidden):
            pay(reader)
        with pytest.raises(Forbidden):
            expenses_reading.list_expenses(reader, ExpenseQuery(), 0, 10)
    finally:
        reader.close()


def test_a_cancelled_voucher_keeps_its_number_and_the_money_comes_back(desk: Desk) -> None:
    money.opened(desk, 100_000)
    first = pay(desk)
    with pytest.raises(RulesBroken) as caught:
        expenses.cancel_expense(desk, CancelExpense(request_id="a", expense_id=first.id, reason=" "))
    assert codes(caught) == [("expense.no_reason", "reason")]
    command = CancelExpense(request_id="b", expense_id=first.id, reason="mauvais compte")
    gone = expenses.cancel_expense(desk, command).value
    assert (gone.cancelled_on, gone.cancelled_reason) == (dt.date(2026, 11, 23), "mauvais compte")
    assert expenses.cancel_expense(desk, command).value == gone
    with pytest.raises(RulesBroken) as caught:
        expenses.cancel_expense(desk, CancelExpense(request_id="c", expense_id=first.id, reason="encore"))
    assert codes(caught) == [("expense.already_cancelled", None)]
    assert balance(desk) == 100_000
    assert pay(desk).number == 2
    assert chain_is_whole(desk)


def test_an_advance_is_justified_given_back_and_closed(desk: Desk) -> None:
    money.opened(desk, 100_000)
    given = advance(desk)
    assert balance(desk) == 80_000
    made = justify(desk, given, (11_000, 6_500), returned=2_500, box="caisse")
    assert [(one.name, one.kind, one.amount) for one in made] == [
        ("D-2026-0002", VoucherKind.JUSTIFICATION, 11_000),
        ("D-2026-0003", VoucherKind.JUSTIFICATION, 6_500),
        ("D-2026-0004", VoucherKind.RETURN, 2_500),
    ]
    assert balance(desk) == 82_500
    assert account_balance(desk, "4210") == 0
    assert account_balance(desk, "618") == 17_500
    with pytest.raises(RulesBroken) as caught:
        justify(desk, given, (1,))
    assert codes(caught) == [("expense.advance_closed", None)]
    assert chain_is_whole(desk)


def test_an_advance_overspent_is_completed_only_when_she_says_so(desk: Desk) -> None:
    money.opened(desk, 100_000)
    given = advance(desk)
    with pytest.raises(RulesBroken) as caught:
        justify(desk, given, (21_500,))
    assert codes(caught) == [("expense.advance_over", "completed")]
    made = justify(desk, given, (21_500,), completed=1_500, box="caisse")
    assert [(one.kind, one.amount, one.advance_id) for one in made] == [
        (VoucherKind.ADVANCE, 1_500, given.id),
        (VoucherKind.JUSTIFICATION, 21_500, given.id),
    ]
    assert balance(desk) == 78_500
    assert account_balance(desk, "4210") == 0
    with desk.read() as uow:
        state = uow.expenses.advance(given.id)
        assert state is not None
        assert (state.given, state.left, state.is_open) == (21_500, 0, False)
        assert uow.expenses.advance(made[0].id) is None


def test_a_settled_advance_is_cancelled_from_its_end(desk: Desk) -> None:
    money.opened(desk, 100_000)
    given = advance(desk)
    complement, document = justify(desk, given, (21_500,), completed=1_500, box="caisse")

    def cancel(one: Expense) -> Expense:
        command = CancelExpense(request_id=money.request(), expense_id=one.id, reason="erreur")
        return expenses.cancel_expense(desk, command).value

    with pytest.raises(RulesBroken) as caught:
        cancel(given)
    assert codes(caught) == [("expense.advance_used", None)]
    with pytest.raises(RulesBroken) as caught:
        cancel(complement)
    assert codes(caught) == [("expense.advance_short", None)]
    cancel(document)
    with desk.read() as uow:
        assert [one.left for one in uow.expenses.open_advances()] == [21_500]
    cancel(complement)
    cancel(given)
    assert balance(desk) == 100_000
    assert account_balance(desk, "4210") == 0
    assert account_balance(desk, "618") == 0
    with desk.read() as uow:
        assert uow.expenses.open_advances() == ()


def test_what_is_brought_may_be_wrong_row_by_row(desk: Desk) -> None:
    money.opened(desk, 100_000)
    given, plain = advance(desk), pay(desk)
    rows = ({"purpose": "Car", "account": "571", "amount": 100, "document": "ticket", "budget_line": "Z/9"},)
    command = JustifyAdvance(request_id="x", advance_id=given.id, answers={"lines": rows})
    with pytest.raises(RulesBroken) as caught:
        advances.justify_advance(desk, command)
    assert codes(caught) == [("expense.account", "lines[0].account"), ("expense.budget_line", "lines[0].budget_line")]
    with pytest.raises(RulesBroken) as caught:
        justify(desk, given)
    assert codes(caught) == [("expense.nothing_brought", "lines")]
    with pytest.raises(RulesBroken) as caught:
        justify(desk, plain, (100,))
    assert codes(caught) == [("expense.not_advance", None)]
    with pytest.raises(RulesBroken) as caught:
        advance(desk, justify_by=dt.date(2026, 11, 22))
    assert codes(caught) == [("expense.justify_past", "justify_by")]


def test_late_advances_are_counted(desk: Desk, clock: FixedClock) -> None:
    day = money.opened(desk, 100_000)
    advance(desk, justify_by=dt.date(2026, 11, 24))
    advance(desk, 5_000, justify_by=dt.date(2026, 12, 20))
    found = expenses_reading.count_expenses(desk)
    assert (found.to_print, found.names) == (2, ("Moussa D.", "Moussa D."))
    assert expenses_reading.overdue_advances(desk, dt.date(2026, 11, 30)) == 1
    money.closed(desk, day, 75_000)
    clock.advance(dt.timedelta(days=10))
    assert [one.days_late(desk.today) for one in expenses_reading.count_expenses(desk).advances] == [9, 0]
    assert advances.due_day(desk) == desk.today + dt.timedelta(days=15)


def test_a_transfer_moves_money_and_its_fee_apart(desk: Desk) -> None:
    money.opened(desk, 100_000)
    answers = {"from_box": "caisse", "to_box": "orange", "amount": 50_000, "fee": 500}
    command = TransferMoney(request_id="t", answers=answers)
    made = transfers.transfer_money(desk, command).value
    assert transfers.transfer_money(desk, command).value == made
    assert (made.kind, made.amount, made.name) == (VoucherKind.TRANSFER, 50_000, "D-2026-0001")
    assert made.purpose == (
        "Virement Caisse vers Orange Money (frais\u00a0: 500\u00a0FCFA, arrivé\u00a0: 50\u202f000\u00a0FCFA)"
    )
    assert [account_balance(desk, code) for code in ("571", "5521", "631")] == [49_500, 50_000, 500]
    assert balance(desk) == 49_500


def test_the_setting_takes_the_fee_from_the_sum(desk: Desk, responsable_desk: Desk) -> None:
    money.opened(responsable_desk, 100_000)
    set_value(responsable_desk, SetValue(request_id="s", key="expenses.fee_added", since=EPOCH, value=False))
    answers = {"from_box": "caisse", "to_box": "banque", "amount": 50_000, "fee": 500}
    transfers.transfer_money(responsable_desk, TransferMoney(request_id="t", answers=answers))
    assert [account_balance(responsable_desk, code) for code in ("571", "521", "631")] == [50_000, 49_500, 500]
    set_value(responsable_desk, SetValue(request_id="u", key="expenses.fees_account", since=EPOCH, value="9999"))
    with pytest.raises(RulesBroken) as caught:
        transfers.transfer_money(responsable_desk, TransferMoney(request_id="v", answers=answers | {"amount": 600}))
    assert codes(caught) == [("expense.fees_account", "fee")]


def test_a_transfer_to_the_same_box_or_of_nothing_is_refused(desk: Desk) -> None:
    money.opened(desk, 100_000)
    for answers, found in (
        ({"from_box": "caisse", "to_box": "caisse", "amount": 5}, [("expense.same_box", "to_box")]),
        ({"from_box": "caisse", "to_box": "banque", "amount": 0}, [("form.too_low", "amount")]),
        ({"from_box": "caisse", "to_box": "coffre", "amount": 5}, [("cashbook.unknown_box", "to_box")]),
        ({"from_box": "banque", "to_box": "caisse", "amount": 5}, [("cashbook.negative_box", "amount")]),
    ):
        with pytest.raises(RulesBroken) as caught:
            transfers.transfer_money(desk, TransferMoney(request_id=money.request(), answers=answers))
        assert codes(caught) == found
    assert balance(desk) == 100_000


def test_a_transfer_is_cancelled_on_both_sides(desk: Desk) -> None:
    money.opened(desk, 100_000)
    answers = {"from_box": "caisse", "to_box": "banque", "amount": 50_000, "fee": 500}
    made = transfers.transfer_money(desk, TransferMoney(request_id="t", answers=answers)).value
    expenses.cancel_expense(desk, CancelExpense(request_id="c", expense_id=made.id, reason="mauvaise banque"))
    assert [account_balance(desk, code) for code in ("571", "521", "631")] == [100_000, 0, 0]
    assert balance(desk) == 100_000


def test_each_woman_has_her_own_voucher_or_none_is_paid(desk: Desk) -> None:
    awa, fanta = money.member(desk, 1), money.member(desk, 2, first_name="Fanta")
    money.opened(desk, 100_000)
    answers = {
        "box": "caisse", "activity_on": dt.date(2026, 11, 20), "purpose": "Indemnité",
        "lines": ({"person_id": awa, "amount": 5_000}, {"person_id": fanta, "amount": 4_000}),
    }  # fmt: skip
    command = PayIndemnities(request_id="i", answers=answers)
    made = expenses.pay_indemnities(desk, command).value
    assert [(one.person_id, one.amount, one.name) for one in made] == [
        (awa, 5_000, "D-2026-0001"),
        (fanta, 4_000, "D-2026-0002"),
    ]
    assert made[0].purpose == "Indemnité (activité du 20/11/2026)"
    assert expenses.pay_indemnities(desk, command).value == made
    with desk.read() as uow:
        account = uow.accounts.by_use(Use.INDEMNITY).code
    assert account_balance(desk, account) == 9_000
    twice = answers | {"lines": ({"person_id": awa, "amount": 5_000}, {"person_id": awa, "amount": 0})}
    with pytest.raises(RulesBroken) as caught:
        expenses.pay_indemnities(desk, PayIndemnities(request_id="j", answers=twice))
    assert codes(caught) == [("form.too_low", "lines[1].amount"), ("expense.twice", "lines[1].person_id")]
    dear = answers | {"lines": ({"person_id": awa, "amount": 5_000}, {"person_id": fanta, "amount": 90_000})}
    with pytest.raises(RulesBroken):
        expenses.pay_indemnities(desk, PayIndemnities(request_id="k", answers=dear))
    assert balance(desk) == 91_000


def test_the_list_is_found_by_number_name_day_amount_and_words(desk: Desk) -> None:
    awa = money.member(desk)
    with desk.read() as uow:
        desk.persons.put_all(members.indexed(person) for person in uow.persons.many((awa,)))
    money.opened(desk, 100_000)
    pay(desk)
    pay(desk, person_id=awa, beneficiary="", purpose="Taxi", amount=1_500)
    given = advance(desk)
    justify(desk, given, (5_000,))

    def found(typed: str = "", which: ExpenseList = ExpenseList.ALL, sort: str = "number") -> list[str]:
        query = ExpenseQuery(which=which, typed=typed, sort=sort, descending=False)
        rows, total = expenses_reading.list_expenses(desk, query, 0, 40)
        assert total == len(rows)
        return [row.name[-4:] for row in rows]

    assert found() == ["0001", "0002", "0003", "0004"]
    assert found("D-2026-2") == ["0002"]
    assert found("koné") == ["0002"]
    assert found("TRAORÉ".lower()) == ["0001"]
    assert found("1\u202f500") == ["0002"]
    assert found("hier") == []
    assert found("taxi") == ["0002"]
    assert found(which=ExpenseList.ADVANCES) == ["0003"]
    assert len(found(which=ExpenseList.TO_PRINT)) == 4
    assert found(sort="amount") == ["0002", "0004", "0001", "0003"]
    rows, _ = expenses_reading.list_expenses(desk, ExpenseQuery(which=ExpenseList.ADVANCES, box="caisse"), 0, 40)
    assert (rows[0].left, rows[0].who) == (15_000, "Moussa D.")
    page = expenses_reading.read_expense(desk, given.id)
    assert page.advance is not None
    assert (page.advance.left, [one.name for one in page.followers]) == (15_000, ["D-2026-0004"])
    assert page.history[-1].action == "expense.written"


def test_a_voucher_is_printed_once_then_as_copies(desk: Desk) -> None:
    awa = money.member(desk)
    money.opened(desk, 100_000)
    first = pay(desk, person_id=awa, beneficiary="")
    seen: list[VoucherFace] = []

    def draw(faces: Sequence[VoucherFace], office: Office, progress: Progress | None = None) -> bytes:
        seen.extend(faces)
        return b"pdf"

    for _ in range(2):
        assert expenses_printing.render_vouchers(desk, (first.id,), draw) == b"pdf"
        expenses_printing.record_voucher_print(desk, (first.id,))
    assert [(face.copy.number, face.beneficiary, face.account) for face in seen] == [
        (0, "KONÉ Awa", "6055 Fournitures de bureau"),
        (1, "KONÉ Awa", "6055 Fournitures de bureau"),
    ]
    assert seen[0].document == "Facture, n° 112 du 20/11/2026"
    assert expenses_reading.count_expenses(desk).to_print == 0
    with pytest.raises(RulesBroken):
        expenses_printing.render_vouchers(desk, (), draw)


def picture(size: tuple[int, int], kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 40).convert("RGB").save(out, kind)
    return out.getvalue()


def test_a_document_is_kept_small_inside_the_base(desk: Desk, tmp_path: Path) -> None:
    money.opened(desk, 100_000)
    file = tmp_path / "facture.png"
    file.write_bytes(picture((2400, 3200)))
    scan = expenses_scans.read_scan(file)
    kept = Image.open(io.BytesIO(scan.jpeg))
    assert (kept.format, kept.size) == ("JPEG", (1200, 1600))
    command = PayExpense(request_id="s", answers=PAPER, scan=scan.jpeg)
    made = expenses.pay_expense(desk, command).value
    assert expenses_scans.find_scan(desk, made.id) == scan.jpeg
    other = expenses_scans.prepare_scan(picture((300, 400), "JPEG")).jpeg
    attach = expenses_scans.AttachScan(request_id="a", expense_id=made.id, jpeg=other)
    expenses_scans.attach_scan(desk, attach)
    expenses_scans.attach_scan(desk, attach)
    assert expenses_scans.find_scan(desk, made.id) == other
    with desk.write() as uow:
        uow.expenses.erase_scans_of(999)
        assert uow.expenses.has_scan(made.id)


def test_the_first_page_of_a_pdf_is_kept(tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument.new()
    for _ in range(2):
        document.new_page(595, 842)
    file = tmp_path / "facture.pdf"
    document.save(file)
    document.close()
    scan = expenses_scans.read_scan(file)
    assert scan.pages == 2
    assert max(Image.open(io.BytesIO(scan.jpeg)).size) == 1600


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "expense.scan_unreadable"),
        (b"bonjour", "expense.scan_unreadable"),
        (b"%PDF-1.7 rien", "expense.scan_unreadable"),
        (picture((300, 300))[:200], "expense.scan_unreadable"),
        (picture((150, 900)), "expense.scan_too_small"),
    ],
)
def test_what_is_no_document_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(RulesBroken) as caught:
        expenses_scans.prepare_scan(data)
    assert codes(caught) == [(code, "scan")]


def test_a_file_that_is_gone_is_a_problem_in_words(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        expenses_scans.read_scan(tmp_path / "absent.jpg")
    assert caught.value.code == "expense.scan_file"


@pytest.fixture
def kept(desk: Desk) -> Desk:
    """An office with one voucher of each kind; the second is cancelled."""
    money.opened(desk, 100_000)
    pay(desk)
    middle, given = pay(desk), advance(desk)
    justify(desk, given, (21_000,), completed=1_000, box="caisse")
    answers = {"from_box": "caisse", "to_box": "banque", "amount": 5_000, "fee": 100}
    transfers.transfer_money(desk, TransferMoney(request_id="t", answers=answers))
    expenses.cancel_expense(desk, CancelExpense(request_id="c", expense_id=middle.id, reason="erreur"))
    justify(desk, advance(desk, 1_000), (), returned=1_000, box="caisse")
    return desk


def test_the_check_finds_nothing_where_nothing_was_touched(kept: Desk) -> None:
    assert [check(kept).ok for check in expenses_checks.CHECKS] == [True, True]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE expense SET amount = 1 WHERE number = 2 RETURNING id", [True, False]),
        ("UPDATE expense SET cancelled_on = NULL WHERE number = 2 RETURNING id", [True, False]),
        ("DELETE FROM expense WHERE number = 2 RETURNING id", [False, False]),
        ("UPDATE expense SET amount = 50000 WHERE kind = 'justification' RETURNING id", [True, False]),
        ("UPDATE expense SET cancelled_by = NULL WHERE number = 2 RETURNING id", [True, False]),
    ],
)
def test_the_check_names_what_was_changed_behind_the_program(kept: Desk, change: str, found: list[bool]) -> None:
    with kept.write() as uow:
        assert uow.rows(change)
        uow.commit()
    assert [check(kept).ok for check in expenses_checks.CHECKS] == found
