"""The day of the caisse on a real encrypted base: opened, counted, closed, printed, backed up."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from antenne.base.clock import FixedClock
from antenne.base.media import SystemMedia, Volume
from antenne.base.progress import Silent
from antenne.domain import closing_flow, ledger
from antenne.domain.cashbook import CashCount, Pieces
from antenne.domain.closing_flow import Step
from antenne.domain.ledger import EntryKind
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.services import advances, backup, cash_days, day_reading, receipts, transfers
from antenne.services.advances import GiveAdvance
from antenne.services.cash_days import CloseDay, OpenDay, cash_state, close_day, open_day
from antenne.services.desk import Desk
from antenne.services.receipts import CancelReceipt
from antenne.services.transfers import TransferMoney
from tests.services import money


def codes(caught: pytest.ExceptionInfo[RulesBroken]) -> list[str]:
    return [violation.code for violation in caught.value.violations]


def chain_is_whole(desk: Desk) -> bool:
    with desk.read() as uow:
        return not ledger.ledger_faults(uow.ledger.chain())


def test_an_opening_that_differs_is_explained_and_written(desk: Desk, clock: FixedClock) -> None:
    day = money.opened(desk, 12_000)
    money.closed(desk, day, 12_000)
    clock.advance(dt.timedelta(days=1))
    with pytest.raises(RulesBroken) as caught:
        money.opened(desk, 11_500)
    assert codes(caught) == ["cashbook.opening_gap"]
    opened = open_day(desk, OpenDay(request_id="o", found=11_500, reason="billet déchiré")).value
    assert cash_state(desk).cash.balance == 11_500
    rows = day_reading.read_journal(desk, [opened.id], 0, 10).rows
    assert [(row.kind, row.came, row.went, row.box) for row in rows] == [(EntryKind.GAP, 0, 500, "Caisse")]
    assert chain_is_whole(desk)


def test_double_click_opens_and_closes_once(desk: Desk) -> None:
    first = open_day(desk, OpenDay(request_id="o", found=500)).value
    assert open_day(desk, OpenDay(request_id="o", found=500)).value.id == first.id
    command = CloseDay(request_id="c", cash_day_id=first.id, count=money.coins(500))
    made = close_day(desk, command).value
    assert close_day(desk, command).value == made
    with pytest.raises(RulesBroken) as caught:
        close_day(desk, replace(command, request_id="d"))
    assert codes(caught) == ["cashbook.closed_day"]
    with pytest.raises(RulesBroken) as caught:
        money.opened(desk, 500)
    assert codes(caught) == ["cashbook.closed_day"]


def test_two_days_without_an_entry_keep_their_own_sheets(desk: Desk, clock: FixedClock) -> None:
    first = money.opened(desk, 500)
    money.closed(desk, first, 500)
    clock.advance(dt.timedelta(days=1))
    second = money.opened(desk, 500)
    command = CloseDay(request_id="same", cash_day_id=second.id, count=money.coins(500))
    assert [one.cash_day_id for one in close_day(desk, command).value] == [second.id]
    assert [one.cash_day_id for one in close_day(desk, command).value] == [second.id]


def test_another_box_opens_with_the_caisse_and_closes_with_it(desk: Desk) -> None:
    bank = OpenDay(request_id="b", box="banque", found=250_000)
    with pytest.raises(RulesBroken) as caught:
        open_day(desk, bank)
    assert codes(caught) == ["cashbook.not_open"]
    day = money.opened(desk, 5_000)
    open_day(desk, bank)
    command = CloseDay(request_id="c", cash_day_id=day.id, count=money.coins(5_000), statements={"banque": 249_500})
    with pytest.raises(RulesBroken) as caught:
        close_day(desk, command)
    assert [(one.code, one.field) for one in caught.value.violations] == [("cashbook.gap_unexplained", "reason.banque")]
    with pytest.raises(RulesBroken) as caught:
        close_day(desk, replace(command, statements={"banque": -1}, reasons={"banque": "x"}))
    assert codes(caught) == ["cashbook.negative"]
    with pytest.raises(RulesBroken) as caught:
        close_day(desk, replace(command, statements={"banque": 10**13}, reasons={"banque": "x"}))
    assert codes(caught) == ["cashbook.too_much"]
    made = close_day(desk, replace(command, reasons={"banque": "frais de tenue de compte"})).value
    assert [one.gap for one in made] == [0, -500]
    sheet = day_reading.read_sheet(desk, day.id)
    assert (sheet.cash.opening, sheet.cash.came, sheet.cash.counted, sheet.cash.gap) == (0, 5_000, 5_000, 0)
    assert [(one.label, one.theoretical, one.gap, one.reason) for one in sheet.others] == [
        ("Banque", 250_000, -500, "frais de tenue de compte")
    ]
    assert chain_is_whole(desk)


def test_money_that_moved_while_she_counted_is_shown_first(desk: Desk) -> None:
    awa = money.member(desk)
    day = money.opened(desk)
    money.paid(desk, awa, 500)
    flow = day_reading.read_closing(desk)
    assert flow is not None
    money.paid(desk, awa, 700)
    command = CloseDay(
        request_id="c",
        cash_day_id=day.id,
        count=money.coins(500),
        shown={one.code: one.theoretical for one in flow.asked},
    )
    with pytest.raises(RulesBroken) as caught:
        close_day(desk, command)
    assert codes(caught) == ["cashbook.moved"]
    assert dict(caught.value.violations[0].values)["now"] == 1200


@pytest.mark.parametrize(
    ("count", "code"),
    [
        (CashCount({500: Pieces(-1)}), "cashbook.pieces"),
        (CashCount({500: Pieces(0, -1)}), "cashbook.pieces"),
        (CashCount({300: Pieces(1)}), "cashbook.denomination"),
        (CashCount({500: Pieces(10**13)}), "cashbook.pieces"),
    ],
)
def test_a_count_that_cannot_be(desk: Desk, count: CashCount, code: str) -> None:
    day = money.opened(desk)
    with pytest.raises(RulesBroken) as caught:
        close_day(desk, CloseDay(request_id="c", cash_day_id=day.id, count=count, reason="x"))
    assert codes(caught) == [code]


def test_another_day_than_was_shown_is_refused(desk: Desk, clock: FixedClock) -> None:
    day = money.opened(desk)
    money.closed(desk, day, 0)
    clock.advance(dt.timedelta(days=1))
    money.opened(desk)
    with pytest.raises(RulesBroken) as caught:
        close_day(desk, CloseDay(request_id="c", cash_day_id=day.id, count=CashCount()))
    assert codes(caught) == ["cashbook.closed_day"]
    with pytest.raises(RulesBroken) as caught:
        close_day(desk, CloseDay(request_id="c", cash_day_id=99, count=CashCount()))
    assert codes(caught) == ["cashbook.other_day"]


def test_yesterday_is_closed_first_under_its_date_also_over_new_year(desk: Desk, clock: FixedClock) -> None:
    awa = money.member(desk)
    clock.advance(dt.datetime(2026, 12, 31, 23, 50, tzinfo=dt.UTC) - clock.now())
    day = money.opened(desk)
    assert money.paid(desk, awa, 500).name == "2026-00001"
    clock.advance(dt.timedelta(minutes=20))
    with pytest.raises(RulesBroken) as caught:
        money.paid(desk, awa, 500)
    assert codes(caught) == ["cashbook.yesterday_open"]
    assert cash_state(desk).is_late
    money.closed(desk, day, 480, "pièces refusées")
    sheet = day_reading.read_sheet(desk, day.id)
    assert (sheet.day, sheet.closed_at.date()) == (dt.date(2026, 12, 31), dt.date(2027, 1, 1))
    with desk.read() as uow:
        assert uow.ledger.last_day() == dt.date(2026, 12, 31)
    money.opened(desk, 480)
    assert money.paid(desk, awa, 500).name == "2027-00001"
    assert chain_is_whole(desk)


def test_a_clock_set_back_is_asked_why(desk: Desk, clock: FixedClock) -> None:
    awa = money.member(desk)
    day = money.opened(desk)
    clock.advance(dt.timedelta(days=-2))
    with pytest.raises(RulesBroken) as caught:
        money.paid(desk, awa, 500)
    assert codes(caught) == ["cashbook.clock_back"]
    money.closed(desk, day, 0)
    with pytest.raises(RulesBroken) as caught:
        money.opened(desk, 0)
    assert codes(caught) == ["cashbook.before_last"]
    opened = open_day(desk, OpenDay(request_id="x", found=0, reason="la date d’avant était fausse")).value
    assert opened.day == dt.date(2026, 11, 21)


def test_the_sheet_says_everything_of_the_day(desk: Desk) -> None:
    awa = money.member(desk)
    day = money.opened(desk, 10_000)
    made = [money.paid(desk, awa, amount) for amount in (500, 1000, 2000)]
    receipts.cancel_receipt(desk, CancelReceipt(request_id="x", receipt_id=made[1].id, reason="erreur"), money.SOURCES)
    count = CashCount({10_000: Pieces(1), 500: Pieces(4), 250: Pieces(0, 1)})
    close_day(desk, CloseDay(request_id="c", cash_day_id=day.id, count=count, reason="une pièce de moins"))
    sheet = day_reading.read_sheet(desk, day.id)
    assert (sheet.cash.opening, sheet.cash.came, sheet.cash.went) == (0, 13_500, 1000)
    assert (sheet.cash.theoretical, sheet.cash.counted, sheet.cash.gap) == (12_500, 12_250, -250)
    assert sheet.cash.reason == "une pièce de moins"
    assert [(one.kind, one.came, one.went) for one in sheet.totals] == [
        (EntryKind.RECEIPT, 3_500, 0),
        (EntryKind.OPENING, 10_000, 0),
        (EntryKind.REVERSAL, 0, 1000),
    ]
    assert (sheet.receipts.first, sheet.receipts.last) == ("2026-00001", "2026-00003")
    assert (sheet.receipts.count, sheet.receipts.cancelled, sheet.receipts.total) == (3, 1, 2500)
    assert (sheet.count.good, sheet.count.worn) == (12_000, 250)
    assert (sheet.closed_by, sheet.anchor.last_receipt) == ("Agent secretaire", "2026-00003")
    with desk.read() as uow:
        assert ledger.matches_anchor(uow.ledger.chain(), *_read(sheet.anchor.code))


def _read(code: str) -> tuple[int, str]:
    read = ledger.read_anchor(code)
    assert isinstance(read, tuple)
    return read


def test_an_open_day_has_no_sheet(desk: Desk) -> None:
    day = money.opened(desk)
    for number in (day.id, 99):
        with pytest.raises(RulesBroken) as caught:
            day_reading.read_sheet(desk, number)
        assert codes(caught) == ["cashbook.no_sheet"]


def test_the_journal_is_read_by_pages_newest_first(desk: Desk) -> None:
    awa = money.member(desk)
    day = money.opened(desk, 1000)
    made = [money.paid(desk, awa, 100 + number) for number in range(5)]
    receipts.cancel_receipt(desk, CancelReceipt(request_id="x", receipt_id=made[0].id, reason="erreur"), money.SOURCES)
    whole = day_reading.read_journal(desk, [day.id], 0, 40)
    assert whole.total == 7
    assert [row.entry_id for row in whole.rows] == [7, 6, 5, 4, 3, 2, 1]
    head = whole.rows[0]
    assert (head.kind, head.piece, head.went, head.cancelled) == (EntryKind.REVERSAL, "2026-00001", 100, True)
    assert head.target is not None
    assert head.target.id == made[0].id
    page = day_reading.read_journal(desk, [day.id], 2, 3)
    assert page.rows == whole.rows[2:5]
    assert whole.rows[-1].target is None
    assert day_reading.read_journal(desk, [], 0, 10).rows == ()


def test_money_out_and_between_boxes_stands_in_the_journal_and_on_the_sheet(desk: Desk) -> None:
    day = money.opened(desk, 10_000)
    sent = {"from_box": "caisse", "to_box": "banque", "amount": 4_000}
    transfers.transfer_money(desk, TransferMoney(request_id="t", answers=sent))
    given = {
        "box": "caisse", "beneficiary": "Moussa D.", "purpose": "Causerie à Konna", "amount": 2_000,
        "justify_by": dt.date(2026, 12, 8),
    }  # fmt: skip
    advances.give_advance(desk, GiveAdvance(request_id="a", answers=given))
    days = [one.day.id for one in cash_state(desk).boxes if one.day is not None]
    rows = day_reading.read_journal(desk, days, 0, 10).rows
    assert [(row.kind, row.box, row.came, row.went) for row in rows] == [
        (EntryKind.ADVANCE, "Caisse", 0, 2_000),
        (EntryKind.TRANSFER, "Caisse · Banque", 4_000, 4_000),
        (EntryKind.OPENING, "Caisse", 10_000, 0),
    ]
    assert (rows[0].piece, rows[0].about) == ("D-2026-0002", "Causerie à Konna")
    assert rows[0].target is not None
    assert rows[0].target.action == "expenses"
    money.closed(desk, day, 4_000)
    sheet = day_reading.read_sheet(desk, day.id)
    assert [(one.label, one.came, one.counted) for one in sheet.others] == [("Banque", 4_000, 4_000)]
    assert [(one.kind, one.came, one.went) for one in sheet.totals] == [
        (EntryKind.ADVANCE, 0, 2_000),
        (EntryKind.TRANSFER, 0, 4_000),
        (EntryKind.OPENING, 10_000, 0),
    ]


def test_the_count_is_kept_as_it_is_typed_and_goes_with_the_closing(desk: Desk) -> None:
    assert day_reading.read_closing(desk) is None
    day = money.opened(desk, 1000)
    flow = day_reading.read_closing(desk)
    assert flow is not None
    flow = closing_flow.forward(closing_flow.write(flow, "good[500]", "2"))
    cash_days.keep_count(desk, day.id, flow.body)
    again = day_reading.read_closing(desk)
    assert again == flow
    assert again.step is Step.REVIEW
    cash_days.discard_count(desk, day.id)
    fresh = day_reading.read_closing(desk)
    assert fresh is not None
    assert fresh.texts == {}
    cash_days.keep_count(desk, day.id, flow.body)
    close_day(desk, CloseDay(request_id="c", cash_day_id=day.id, count=flow.count))
    cash_days.keep_count(desk, day.id, flow.body)  # a last keystroke that was still on its way
    with desk.read() as uow:
        assert uow.drafts.get(closing_flow.DRAFT, day.id, desk.actor.user_id) is None


def test_sheets_to_print_are_listed_until_they_came_out(desk: Desk, clock: FixedClock) -> None:
    for number in range(3):
        day = money.opened(desk, 0)
        money.closed(desk, day, 0)
        if number == 0:
            cash_days.record_sheet_print(desk, [day.id])
        clock.advance(dt.timedelta(days=1))
    money.opened(desk, 0)
    every, left = day_reading.list_days(desk, 0, 10), day_reading.list_days(desk, 0, 10, to_print=True)
    assert (every.total, left.total) == (4, 2)
    assert [(row.gap, row.printed) for row in every.rows] == [(None, False), (0, False), (0, False), (0, True)]
    assert [row.day for row in left.rows] == [dt.date(2026, 11, 25), dt.date(2026, 11, 24)]
    assert day_reading.read_sheet(desk, every.rows[-1].cash_day_id).printed_before


class OneKey(SystemMedia):
    """A folder that is plugged in as a key."""

    def __init__(self, root: Path) -> None:
        self._volume = Volume(
            root=root, label="CLE", serial="0000-0001", filesystem="vfat", free=10**9, total=10**9, removable=True
        )

    def volumes(self) -> tuple[Volume, ...]:
        return (self._volume,)

    def volume(self, folder: Path) -> Volume:
        return self._volume


def test_a_known_key_gets_a_backup_after_the_closing(desk: Desk, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.mkdir()
    media = OneKey(key)
    assert cash_days.back_up_closing(desk, media, Silent()) is None
    backup.make_backup(desk, key, media, Silent())
    done = cash_days.back_up_closing(desk, media, Silent())
    assert done is not None
    assert done.value.path.parent == key
    assert len(list(key.glob("*.antenne"))) == 2


def test_who_may_keep_the_day(responsable_desk: Desk) -> None:
    money.opened(responsable_desk)
    assert cash_state(responsable_desk).cash.is_open
    responsable_desk.actor = replace(responsable_desk.actor, roles=frozenset())
    for call in (
        lambda: money.opened(responsable_desk),
        lambda: day_reading.read_closing(responsable_desk),
        lambda: day_reading.read_journal(responsable_desk, [1], 0, 1),
        lambda: day_reading.list_days(responsable_desk, 0, 1),
        lambda: cash_days.keep_count(responsable_desk, 1, {}),
        lambda: cash_days.record_sheet_print(responsable_desk, [1]),
    ):
        with pytest.raises(Forbidden):
            call()
    assert cash_days.back_up_closing(responsable_desk, SystemMedia(), Silent()) is None
