"""The chart is edited: rules refused in words, audit rows, double clicks; uses and boxes keep their account."""

from __future__ import annotations

import datetime as dt

import pytest

from antenne.base.clock import FixedClock
from antenne.domain.accounts import AccountKind, Use
from antenne.domain.changes import CASHBOOK
from antenne.domain.chart import ChartRow
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.services import books, chart
from antenne.services.cash_days import cash_state
from antenne.services.chart import MoveUse, SaveAccount, SaveBox
from antenne.services.desk import Desk
from tests.services import money


def row(desk: Desk, code: str) -> ChartRow:
    """One account of the chart."""
    return next(one for one in chart.read_chart(desk) if one.account.code == code)


def adding(request: str = "a", **more: object) -> SaveAccount:
    """An account that can be added."""
    told = {"code": "7079", "label": "Loyers de la boutique", "kind": AccountKind.INCOME, "sycebnl": "707"}
    return SaveAccount(request_id=request, **{**told, **more})  # type: ignore[arg-type]  # named attributes


def test_an_account_is_added_once_however_often_it_is_clicked(responsable_desk: Desk) -> None:
    before = len(chart.read_chart(responsable_desk))
    done = chart.save_account(responsable_desk, adding(label="  Loyers   de la boutique "))
    again = chart.save_account(responsable_desk, adding(label="  Loyers   de la boutique "))
    assert done.value == again.value == row(responsable_desk, "7079").account
    assert done.value.label == "Loyers de la boutique"
    assert done.changes.touch(CASHBOOK)
    assert len(chart.read_chart(responsable_desk)) == before + 1
    history = chart.read_account(responsable_desk, done.value.id).history
    assert [line.action for line in history] == ["account.added"]
    assert [change.new for change in history[0].changes] == [
        "7079",
        "Loyers de la boutique",
        "Produits",
        "707",
        "En service",
    ]


def test_words_change_and_the_number_of_a_used_account_does_not(responsable_desk: Desk) -> None:
    money.opened(responsable_desk, 1000)
    fees, cash = row(responsable_desk, "7072"), row(responsable_desk, "571")
    assert (fees.used, cash.used, cash.box is not None) == (False, True, True)
    money.paid(responsable_desk, money.member(responsable_desk), 500)
    fees = row(responsable_desk, "7072")
    assert fees.used
    told = {"account_id": fees.account.id, "label": "Participations", "sycebnl": "7052"}
    with pytest.raises(RulesBroken, match=r"accounts\.code_used"):
        chart.save_account(responsable_desk, adding("b", code="7074", **told))
    saved = chart.save_account(responsable_desk, adding("c", code="7072", **told)).value
    assert (saved.label, saved.sycebnl, saved.role) == ("Participations", "7052", Use.FEES)
    (line,) = chart.read_account(responsable_desk, saved.id).history
    assert [(change.field, change.old, change.new) for change in line.changes] == [
        ("Intitulé", "Frais de dossier et participations", "Participations"),
        ("SYCEBNL", "707", "7052"),
    ]
    money.paid(responsable_desk, None, 250, payer="Boutique Traoré")
    assert books.trial_balance(responsable_desk, books.whole_period(responsable_desk)).balanced


def test_everything_that_is_wrong_is_said_at_once(responsable_desk: Desk) -> None:
    wrong = adding(code="571", label="", sycebnl="6")
    with pytest.raises(RulesBroken) as told:
        chart.save_account(responsable_desk, wrong)
    assert [one.code for one in told.value.violations] == [
        "accounts.code_taken",
        "accounts.label",
        "accounts.sycebnl_form",
    ]
    with pytest.raises(RulesBroken, match=r"accounts\.unknown"):
        chart.save_account(responsable_desk, adding("d", account_id=9999))
    with pytest.raises(RulesBroken, match=r"accounts\.unknown"):
        chart.read_account(responsable_desk, 9999)


def test_a_use_goes_to_another_account_and_the_next_receipt_follows(responsable_desk: Desk) -> None:
    desk = responsable_desk
    money.opened(desk)
    awa = money.member(desk)
    money.paid(desk, awa, 500)
    chart.save_account(desk, adding())
    fees = row(desk, "7072")
    assert [one.code for one in chart.read_account(desk, fees.account.id).heirs] == ["7079"]
    command = MoveUse(request_id="m", account_id=fees.account.id, heir="7079")
    moved = chart.move_use(desk, command)
    assert chart.move_use(desk, command).value == moved.value
    assert (moved.value.role, row(desk, "7072").account.role) == (Use.FEES, "")
    money.paid(desk, awa, 700)
    found = {one.code: one.credit for one in books.trial_balance(desk, books.whole_period(desk)).rows}
    assert (found["7072"], found["7079"]) == (500, 700)
    actions = [line.action for line in chart.read_account(desk, moved.value.id).history]
    assert actions == ["account.use_moved", "account.added"]
    resting = adding("r", account_id=fees.account.id, code="7072", label="Anciens frais", active=False)
    assert not chart.save_account(desk, resting).value.active


def test_a_use_that_cannot_go_is_refused(responsable_desk: Desk) -> None:
    desk = responsable_desk
    money.opened(desk, 1000)
    cash, card, rent = (row(desk, code).account for code in ("571", "7071", "7073"))
    free = chart.save_account(desk, adding(code="5711", kind=AccountKind.ASSET, sycebnl="571")).value
    assert chart.read_account(desk, cash.id).heirs == ()
    assert [one.code for one in chart.read_account(desk, row(desk, "5521").account.id).heirs] == ["5711"]
    for account, heir, code in (
        (cash, free.code, "accounts.use_carried"),
        (card, rent.code, "accounts.use_taken"),
        (card, free.code, "accounts.use_kind"),
        (card, "999", "accounts.unknown"),
        (free, card.code, "accounts.no_use"),
    ):
        with pytest.raises(RulesBroken) as told:
            chart.move_use(desk, MoveUse(request_id=money.request(), account_id=account.id, heir=heir))
        assert code in [one.code for one in told.value.violations]
    assert row(desk, "7071").account == card


def test_a_box_is_renamed_once_and_rests_when_it_is_empty(responsable_desk: Desk, clock: FixedClock) -> None:
    desk = responsable_desk
    box = row(desk, "5522").box
    assert box is not None
    named = SaveBox(request_id="n", box_id=box.id, label="Moov Africa", active=True)
    assert chart.save_box(desk, named).value.label == "Moov Africa"
    assert chart.save_box(desk, named).value.label == "Moov Africa"
    day = money.opened(desk)
    money.paid(desk, money.member(desk), 500, box="moov")
    resting = SaveBox(request_id="s", box_id=box.id, label="Moov Africa", active=False)
    with pytest.raises(RulesBroken, match=r"accounts\.box_open"):
        chart.save_box(desk, resting)
    money.closed(desk, day, 0)
    with pytest.raises(RulesBroken, match=r"accounts\.box_holds"):
        chart.save_box(desk, resting)
    clock.advance(dt.timedelta(days=1))
    wave = row(desk, "5523").box
    assert wave is not None
    assert not chart.save_box(
        desk, SaveBox(request_id="w", box_id=wave.id, label=wave.label, active=False)
    ).value.active
    assert "wave" not in [state.box.code for state in cash_state(desk).boxes]
    history = chart.read_account(desk, row(desk, "5522").account.id).history
    assert [(line.action, [change.new for change in line.changes]) for line in history] == [
        ("box.changed", ["Moov Africa"])
    ]
    with pytest.raises(RulesBroken, match=r"accounts\.box_unknown"):
        chart.save_box(desk, SaveBox(request_id="u", box_id=99, label="X", active=True))


def test_only_the_responsable_edits_the_chart(desk: Desk) -> None:
    assert chart.read_chart(desk)
    for work, command in (
        (chart.save_account, adding()),
        (chart.move_use, MoveUse(request_id="m", account_id=1, heir="571")),
        (chart.save_box, SaveBox(request_id="b", box_id=1, label="X", active=True)),
    ):
        with pytest.raises(Forbidden):
            work(desk, command)  # type: ignore[arg-type]  # each with its own command
