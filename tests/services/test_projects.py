"""Projects of the donors on a real base: saved by the responsable, budget against what was entered."""

from __future__ import annotations

import datetime as dt

import pytest

from antenne.domain.basket import BasketLine
from antenne.domain.projects import Project
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.services import expenses, projects
from antenne.services.desk import Desk
from antenne.services.expenses import CancelExpense, PayExpense
from antenne.services.fees import GRANT, SOURCE
from antenne.services.projects import SaveProject
from antenne.services.receipts import Collect, collect
from antenne.wording import expenses as words
from tests.services import money
from tests.services.test_expenses import PAPER, codes

ANSWERS = {
    "code": "UNFPA 2026", "name": "Santé des femmes", "donor": "UNFPA",
    "starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 12, 31),
    "lines": (
        {"code": "2.3", "label": "Fournitures", "amount": 20_000},
        {"code": "3.1", "label": "Transport", "amount": 100_000},
    ),
}  # fmt: skip


def save(desk: Desk, project_id: int = 0, **more: object) -> Project:
    command = SaveProject(request_id=money.request(), project_id=project_id, answers=ANSWERS | more)
    return projects.save_project(desk, command).value


def pay(desk: Desk, amount: int, line: str = "UNFPA 2026/2.3") -> int:
    answers = PAPER | {"amount": amount, "budget_line": line}
    return expenses.pay_expense(desk, PayExpense(request_id=money.request(), answers=answers)).value.id


def test_a_project_is_saved_once_and_read_back(responsable_desk: Desk, desk: Desk) -> None:
    command = SaveProject(request_id="p", answers=ANSWERS)
    made = projects.save_project(responsable_desk, command).value
    assert projects.save_project(responsable_desk, command).value == made
    assert [one.project for one in projects.list_projects(desk)] == [made]
    assert projects.project_answers(made) == ANSWERS
    assert made.budget == 120_000
    with pytest.raises(Forbidden):
        save(desk)
    with pytest.raises(RulesBroken) as caught:
        save(responsable_desk)
    assert codes(caught) == [("project.code_taken", "code")]
    with pytest.raises(RulesBroken) as caught:
        save(responsable_desk, 99)
    assert codes(caught) == [("project.unknown", None)]


def test_actual_counts_postings_and_deducts_reversals(responsable_desk: Desk) -> None:
    desk = responsable_desk
    made = save(desk)
    money.opened(desk, 500_000)
    wrong = pay(desk, 15_000)
    pay(desk, 12_000)
    expenses.cancel_expense(desk, CancelExpense(request_id="c", expense_id=wrong, reason="erreur"))
    used = projects.read_project(desk, made.id)
    assert [(one.spent, one.received, one.left, one.percent) for one in used.lines] == [
        (12_000, 0, 8_000, 60),
        (0, 0, 100_000, 0),
    ]
    assert (used.spent, used.left) == (12_000, 108_000)


def test_a_donors_money_is_received_not_spent(responsable_desk: Desk) -> None:

    desk = responsable_desk
    made = save(desk)
    money.opened(desk)
    line = BasketLine(kind=GRANT, amount=40_000, label="Tranche 1", budget_line_id=made.lines[0].id)
    collect(desk, Collect(request_id="g", lines=(line,)), (SOURCE,))
    assert [(one.spent, one.received) for one in projects.read_project(desk, made.id).lines] == [(0, 40_000), (0, 0)]


def test_an_exceeded_line_is_said_before_and_not_refused(responsable_desk: Desk) -> None:
    desk = responsable_desk
    save(desk)
    money.opened(desk, 500_000)
    pay(desk, 12_000)
    (fits,) = projects.budget_warnings(desk, {"UNFPA 2026/2.3": 8_000, "X/1": 5})
    assert (fits.left, fits.exceeded, words.is_alarming(fits)) == (0, False, False)
    (over,) = projects.budget_warnings(desk, {"UNFPA 2026/2.3": 8_500})
    assert over.exceeded
    assert words.budget_warning(over).startswith("Attention, UNFPA 2026 — 2.3 Fournitures\u00a0: dépassée de 500")
    pay(desk, 8_500)
    assert projects.list_projects(desk)[0].lines[0].left == -500


def test_a_project_that_is_over_is_said(responsable_desk: Desk) -> None:
    desk = responsable_desk
    save(desk, ends_on=dt.date(2026, 10, 31))
    (found,) = projects.budget_warnings(desk, {"UNFPA 2026/3.1": 5})
    assert found.ended_on == dt.date(2026, 10, 31)
    assert "terminé depuis le 31/10/2026" in words.budget_warning(found)
    assert words.is_alarming(found)


def test_a_line_with_entries_stays_and_others_go(responsable_desk: Desk) -> None:
    desk = responsable_desk
    made = save(desk)
    money.opened(desk, 500_000)
    pay(desk, 12_000)
    with pytest.raises(RulesBroken) as caught:
        save(desk, made.id, lines=({"code": "3.1", "label": "Transport", "amount": 5},))
    assert codes(caught) == [("project.line_used", None)]
    changed = save(
        desk,
        made.id,
        lines=(
            {"code": "2.3", "label": "Papeterie", "amount": 30_000},
            {"code": "4", "label": "Divers", "amount": 1_000},
        ),
    )
    assert [(line.code, line.label) for line in changed.lines] == [("2.3", "Papeterie"), ("4", "Divers")]
    assert changed.lines[0].id == made.lines[0].id
    assert projects.read_project(desk, made.id).lines[0].spent == 12_000
    assert [one.key for one in projects.offered_lines(desk)] == ["UNFPA 2026/2.3", "UNFPA 2026/4"]
