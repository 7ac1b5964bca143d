"""The closing of the caisse as a value: steps, typed texts, drafts, refusals."""

from __future__ import annotations

import datetime as dt

import pytest

from antenne.domain import closing_flow
from antenne.domain.cashbook import DENOMINATIONS, Pieces
from antenne.domain.closing_flow import Asked, ClosingFlow, Step

DAY = dt.date(2026, 11, 23)
CASH = Asked(code="caisse", label="Caisse", is_cash=True, opening=10_000, came=5_000, went=1_500)
BANK = Asked(code="banque", label="Banque", is_cash=False, opening=100_000, came=0, went=20_000)


def begin(*asked: Asked) -> ClosingFlow:
    return closing_flow.resume(7, DAY, asked or (CASH, BANK))


def typed(flow: ClosingFlow, **texts: str) -> ClosingFlow:
    for name, text in texts.items():
        flow = closing_flow.write(flow, name, text)
    return flow


def counted(flow: ClosingFlow, **pieces: str) -> ClosingFlow:
    return typed(flow, **{f"good[{name[1:]}]": text for name, text in pieces.items()})


def test_lines_and_total_follow_what_is_typed() -> None:
    flow = counted(begin(), n5000="2", n500="6", n250=" 2 ")
    flow = closing_flow.write(flow, "worn[250]", "3")
    assert (flow.line(5000), flow.line(250), flow.line(1)) == (10_000, 1250, 0)
    assert flow.count.pieces[250] == Pieces(2, 3)
    assert (flow.count.good, flow.count.worn, flow.count.total) == (13_500, 750, 14_250)
    assert flow.figures[0].gap == 750
    assert flow.figures[1].gap == 0


def test_entree_goes_down_the_good_pieces_then_the_worn_ones() -> None:
    names = closing_flow.fields_of(begin(), Step.COUNT)
    assert names[: len(DENOMINATIONS)] == tuple(f"good[{value}]" for value in DENOMINATIONS)
    assert names[len(DENOMINATIONS) :] == tuple(f"worn[{value}]" for value in DENOMINATIONS)
    assert closing_flow.fields_of(begin(), Step.STATEMENTS) == ("statement.banque",)
    assert closing_flow.fields_of(begin(), Step.SHEET) == ()


@pytest.mark.parametrize(
    ("text", "code"), [("-3", "count.negative"), ("2,5", "count.decimals"), ("x", "count.not_a_number")]
)
def test_a_count_that_is_none_keeps_the_step_and_stands_beside_its_field(text: str, code: str) -> None:
    flow = closing_flow.write(begin(), "worn[500]", text)
    assert [(one.code, one.field) for one in closing_flow.check(flow)] == [(code, "worn[500]")]
    assert closing_flow.forward(flow) == flow
    assert flow.count.total == 0


def test_a_balance_that_is_none_keeps_the_step() -> None:
    flow = closing_flow.forward(begin())
    assert flow.step is Step.STATEMENTS
    flow = closing_flow.write(flow, "statement.banque", "80k")
    assert [(one.code, one.field) for one in closing_flow.check(flow)] == [("money.not_a_number", "statement.banque")]
    assert closing_flow.forward(flow).step is Step.STATEMENTS
    assert flow.figures[1].counted == 80_000


def test_a_gap_is_explained_before_closing() -> None:
    flow = closing_flow.forward(counted(begin(), n10000="1", n1000="3"))
    flow = closing_flow.forward(closing_flow.write(flow, "statement.banque", "79 500"))
    assert flow.step is Step.REVIEW
    assert [(one.asked.code, one.gap) for one in flow.gaps] == [("caisse", -500), ("banque", -500)]
    assert closing_flow.fields_of(flow, Step.REVIEW) == ("reason", "reason.banque")
    assert [one.field for one in closing_flow.check(flow)] == ["reason", "reason.banque"]
    assert not closing_flow.may_close(flow)
    flow = typed(flow, **{"reason": "pièce tombée", "reason.banque": "frais"})
    assert closing_flow.may_close(flow)
    assert (flow.reason, flow.reasons, flow.statements) == ("pièce tombée", {"banque": "frais"}, {"banque": 79_500})
    assert closing_flow.forward(flow) == flow


def test_an_explanation_without_a_gap_is_not_sent() -> None:
    flow = closing_flow.write(counted(begin(), n10000="1", n500="7"), "reason", "rien")
    assert (flow.gaps, flow.reason, flow.reasons, flow.statements) == ((), "", {}, {})


def test_with_the_caisse_alone_there_are_no_statements() -> None:
    flow = closing_flow.forward(begin(CASH))
    assert flow.step is Step.REVIEW
    assert closing_flow.back(flow).step is Step.COUNT
    assert closing_flow.back(closing_flow.back(flow)).step is Step.COUNT


def test_back_and_forth_keeps_everything() -> None:
    flow = closing_flow.forward(closing_flow.forward(counted(begin(), n500="27")))
    assert flow.step is Step.REVIEW
    again = closing_flow.back(closing_flow.back(flow))
    assert (again.step, again.texts) == (Step.COUNT, flow.texts)


def test_closed_then_printed_and_never_typed_again() -> None:
    flow = closing_flow.closed(begin())
    assert flow.step is Step.SHEET
    assert closing_flow.check(flow) == ()
    assert closing_flow.forward(flow) == closing_flow.back(flow) == flow
    with pytest.raises(ValueError, match="sheet"):
        closing_flow.write(flow, "reason", "x")
    assert closing_flow.printed(flow).step is Step.DONE
    assert closing_flow.printed(begin()).step is Step.COUNT


def test_a_draft_comes_back_where_it_was() -> None:
    flow = closing_flow.forward(counted(begin(), n500="27"))
    assert closing_flow.resume(7, DAY, (CASH, BANK), flow.body) == flow
    flow = closing_flow.forward(flow)
    assert closing_flow.resume(7, DAY, (CASH, BANK), flow.body) == flow
    first = closing_flow.resume(7, DAY, (CASH, BANK), {"step": "count", "texts": {"good[1]": "x"}})
    assert (first.step, first.text("good[1]")) == (Step.COUNT, "x")


def test_a_draft_whose_count_cannot_be_read_begins_at_the_count() -> None:
    body = {"step": "review", "texts": {"good[500]": "douze"}}
    assert closing_flow.resume(7, DAY, (CASH, BANK), body).step is Step.COUNT


@pytest.mark.parametrize("body", [None, {}, {"texts": 3}, {"texts": {"good[500]": 3, "nowhere": "x"}, "step": "old"}])
def test_a_draft_of_something_else_is_no_harm(body: dict[str, object] | None) -> None:
    flow = closing_flow.resume(7, DAY, (CASH, BANK), body)
    assert (flow.step, dict(flow.texts)) == (Step.COUNT, {})
