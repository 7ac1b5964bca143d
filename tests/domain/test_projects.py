"""Rules of the donors' projects: lines, budget against actual."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from antenne.domain import projects as rules
from antenne.domain.money import MOST
from antenne.domain.projects import BudgetLine, BudgetWarning, LineUse, Project, ProjectUse
from antenne.domain.violations import Violation

DAY = dt.date(2026, 11, 23)
LINES = (
    BudgetLine(id=1, code="2.3", label="Fournitures", amount=100_000),
    BudgetLine(id=2, code="3.1", label="Transport", amount=0),
)
PROJECT = Project(
    id=5,
    code="UNFPA 2026",
    name="Santé",
    donor="UNFPA",
    starts_on=dt.date(2026, 1, 1),
    ends_on=dt.date(2026, 12, 31),
    lines=LINES,
)


def codes(found: tuple[Violation, ...]) -> list[tuple[str, str | None]]:
    return [(one.code, one.field) for one in found]


def test_budget_against_actual() -> None:
    use = ProjectUse(
        project=PROJECT,
        lines=(LineUse(line=LINES[0], spent=120_500, received=50_000), LineUse(line=LINES[1], spent=10)),
    )
    assert [(one.left, one.percent) for one in use.lines] == [(-20_500, 120), (-10, None)]
    assert (use.project.budget, use.spent, use.received, use.left) == (100_000, 120_510, 50_000, -20_510)


def test_lines_are_offered_once_the_project_has_begun_and_running_ones_first() -> None:
    over = replace(PROJECT, id=6, code="ANCIEN", ends_on=dt.date(2026, 6, 30))
    later = replace(PROJECT, id=7, code="FUTUR", starts_on=dt.date(2027, 1, 1), ends_on=dt.date(2027, 12, 31))
    keys = [one.key for one in rules.offered_lines((over, later, PROJECT), DAY)]
    assert keys == ["UNFPA 2026/2.3", "UNFPA 2026/3.1", "ANCIEN/2.3", "ANCIEN/3.1"]
    assert rules.offered_lines((PROJECT,), DAY)[0].label == "UNFPA 2026 — 2.3 Fournitures"


def test_a_warning_says_what_would_be_left() -> None:
    fits = BudgetWarning(label="x", budget=100, spent=40, asked=60)
    assert (fits.left, fits.exceeded) == (0, False)
    assert BudgetWarning(label="x", budget=100, spent=40, asked=61).exceeded


def test_a_project_is_whole_before_it_is_saved() -> None:
    assert rules.check_project(PROJECT, ("ATLAS",), LINES, {1}) == ()
    wrong = replace(
        PROJECT,
        ends_on=dt.date(2025, 1, 1),
        lines=(LINES[0], replace(LINES[0], id=0, code="2.3", amount=-1), replace(LINES[1], amount=MOST + 1)),
    )
    assert codes(rules.check_project(wrong, ("unfpa 2026",))) == [
        ("project.code_taken", "code"),
        ("project.period", "ends_on"),
        ("project.line_twice", "lines[1].code"),
        ("project.amount", "lines[1].amount"),
        ("project.amount", "lines[2].amount"),
    ]
    assert codes(rules.check_project(replace(PROJECT, lines=()), ())) == [("project.no_line", "lines")]


def test_a_line_that_bears_entries_keeps_its_code() -> None:
    renamed = replace(PROJECT, lines=(replace(LINES[0], code="2.4"), LINES[1]))
    assert codes(rules.check_project(renamed, (), LINES, {1})) == [("project.line_used", None)]
    assert rules.check_project(renamed, (), LINES, {2}) == ()


def test_typed_lines_find_their_saved_ones_by_code() -> None:
    typed = (BudgetLine(code="3.1", label="Route", amount=5), BudgetLine(code="9", label="Divers", amount=1))
    assert [line.id for line in rules.with_ids(typed, LINES)] == [2, 0]
