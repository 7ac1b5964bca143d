"""Receipts as the screens ask for them, on a real office."""

from __future__ import annotations

import pytest

from antenne.domain import members
from antenne.domain import receipts as rules
from antenne.domain.basket import BasketLine
from antenne.domain.violations import Forbidden
from antenne.services import basket_preview, receipts, receipts_reading
from antenne.services.basket import BasketSource
from antenne.services.desk import Desk
from antenne.services.receipts import CancelReceipt, Collect, HandWritten, ReturnChange
from antenne.services.receipts_reading import ReceiptList, ReceiptQuery, Verdict
from tests.services.money import SOURCES, member, opened, paid, request


@pytest.fixture
def two(desk: Desk) -> tuple[int, int]:
    """Two women, and the caisse open with 10 000 FCFA."""
    opened(desk, 10_000)
    ids = member(desk, 1), member(desk, 2, "Diallo", "Fanta")
    with desk.read() as uow:
        desk.persons.put_all(members.indexed(person) for person in uow.persons.many(ids))
    return ids


def listed(desk: Desk, typed: str = "", **more: object) -> list[str]:
    query = ReceiptQuery(typed=typed, **more)  # type: ignore[arg-type]  # attributes of the query
    return [row.name for row in receipts_reading.list_receipts(desk, query, 0, 40)[0]]


def test_a_receipt_is_found_by_number_name_code_day_and_box(desk: Desk, two: tuple[int, int]) -> None:
    awa, fanta = two
    first = paid(desk, awa, 500)
    second = paid(desk, fanta, 1_500)
    paid(desk, None, 7_000, payer="Bailleur", box="orange")
    assert listed(desk) == ["2026-00003", "2026-00002", "2026-00001"]
    assert listed(desk, "2026-1") == listed(desk, "koné") == listed(desk, "500") == ["2026-00001"]
    assert listed(desk, rules.shown_control(second.control).lower()) == ["2026-00002"]
    assert listed(desk, "bailleur") == ["2026-00003"]
    assert listed(desk, "hier") == []
    assert len(listed(desk, "23/11")) == 3
    assert listed(desk, box="orange") == ["2026-00003"]
    assert listed(desk, sort="who", descending=False)[-2:] == ["2026-00002", "2026-00001"]
    assert [row.who for row in receipts_reading.find_receipts(desk, first.name, 5)] == ["KONÉ Awa"]
    assert receipts_reading.find_receipts(desk, "koné", 5) == ()


def test_the_lists_follow_printing_and_cancelling(desk: Desk, two: tuple[int, int]) -> None:
    first, second = paid(desk, two[0], 500), paid(desk, two[1], 700)
    by_hand = paid(desk, two[0], 900, by_hand=HandWritten(12, desk.today))
    receipts.record_print(desk, (first.id,))
    receipts.cancel_receipt(desk, CancelReceipt(request_id=request(), receipt_id=second.id, reason="erreur"), SOURCES)
    third = paid(desk, two[1], 800)
    assert listed(desk, which=ReceiptList.TO_PRINT) == [third.name]
    assert listed(desk, which=ReceiptList.CANCELLED) == [second.name]
    assert listed(desk, which=ReceiptList.BY_HAND) == [by_hand.name] == ["M 2026-00012"]
    counts = receipts_reading.count_receipts(desk)
    assert counts.to_print == (third.name,)
    assert counts.today == counts.month == counts.year == 3


def test_a_code_tells_genuine_from_forged_altered_and_unknown(desk: Desk, two: tuple[int, int]) -> None:
    made = paid(desk, two[0], 500)
    other = "0" * 10 if made.control != "0" * 10 else "1" * 10

    def verdict(typed: str) -> Verdict:
        return receipts_reading.verify(desk, typed).verdict

    assert verdict(made.control) is verdict(rules.shown_control(made.control).lower()) is Verdict.GENUINE
    assert verdict(f"{made.name} {made.control}") is Verdict.GENUINE
    assert verdict(f"n° {made.name}") is Verdict.NUMBER_ONLY
    assert verdict(f"{made.name} {other}") is Verdict.FORGED
    assert verdict(other) is verdict("2026-00009") is verdict("") is Verdict.UNKNOWN
    by_hand = paid(desk, two[0], 900, by_hand=HandWritten(12, desk.today))
    assert verdict(by_hand.name) is Verdict.BY_HAND
    receipts.cancel_receipt(desk, CancelReceipt(request_id=request(), receipt_id=made.id, reason="erreur"), SOURCES)
    assert verdict(made.control) is Verdict.CANCELLED
    with desk.write() as uow:
        uow.rows("UPDATE receipt SET total = 50000 WHERE id = :id RETURNING id", id=made.id)
        uow.commit()
    assert verdict(made.control) is Verdict.ALTERED


def test_one_receipt_with_its_entry_history_and_change(desk: Desk, two: tuple[int, int]) -> None:
    made = paid(desk, two[0], 600, handed=1_000, given=300)
    page = receipts_reading.receipt_page(desk, made.id)
    assert (page.who, page.number, page.box, page.change_left) == ("KONÉ Awa", "M-00001", "Caisse", 100)
    assert sum(line.debit for line in page.entry.postings) == 700
    assert [line.action for line in page.history] == ["receipt.issued"]
    assert receipts_reading.count_receipts(desk).change_persons == (two[0],)
    assert receipts_reading.count_receipts(desk).change_total == 100
    assert listed(desk, which=ReceiptList.CHANGE) == [made.name]
    hers = basket_preview.money_of_person(desk, SOURCES, two[0])
    assert (hers.change_due, [one.label for one in hers.owed], hers.receipts[0].name) == (100, ["Frais"], made.name)
    receipts.return_change(desk, ReturnChange(request_id=request(), person_id=two[0], amount=100))
    assert listed(desk, which=ReceiptList.CHANGE) == []


def test_the_preview_is_what_saving_gives_and_writes_nothing(desk: Desk, two: tuple[int, int]) -> None:
    lines = (
        BasketLine(kind="test", person_id=two[0], amount=500),
        BasketLine(kind="test", person_id=two[1], amount=700, label="Carte"),
    )
    command = Collect(request_id=request(), lines=lines, handed=2_000, given=500)
    seen = basket_preview.preview_basket(desk, command, SOURCES)
    assert seen.broken == ()
    assert receipts_reading.count_receipts(desk).year == 0
    made = receipts.collect(desk, command, SOURCES).value
    assert [(one.who, one.lines, one.total, one.tender.due(one.total)) for one in seen.receipts] == [
        ("KONÉ Awa", made[0].lines, 500, made[0].change_due),
        ("DIALLO Fanta", made[1].lines, 700, made[1].change_due),
    ]
    none: tuple[BasketSource, ...] = ()
    refused = basket_preview.preview_basket(desk, command, none).broken
    assert {one.field for one in refused} == {"lines[0].kind", "lines[1].kind"}
    short = basket_preview.preview_basket(desk, Collect(request_id=request(), lines=lines, handed=100), SOURCES)
    assert [one.code for one in short.broken] == ["receipt.handed_short"]


def test_who_has_nothing_to_do_with_money_sees_none(desk: Desk, two: tuple[int, int]) -> None:
    made = paid(desk, two[0], 500)
    actor = desk.actor
    desk.actor = type(actor)(actor.user_id, actor.name, frozenset())
    for ask in (
        lambda: receipts_reading.receipt_page(desk, made.id),
        lambda: receipts_reading.verify(desk, made.name),
        lambda: receipts_reading.count_receipts(desk),
        lambda: basket_preview.money_of_person(desk, SOURCES, two[0]),
    ):
        with pytest.raises(Forbidden):
            ask()
