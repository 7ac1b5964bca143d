"""Projects of the donors: a period, budget lines, and what was spent on each (forms: Activities; issue: Accounts)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from antenne.domain.money import MOST
from antenne.domain.violations import Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """One line of a project's budget; its code never changes once an entry stands on it.

    Attributes:
        id: 0 before it is saved.
        code: « 2.3 », unique in its project.
        amount: FCFA, 0 or more.
    """

    id: int = 0
    code: str
    label: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A donor's project.

    Attributes:
        id: 0 before it is saved.
        code: Short and unique: « UNFPA 2026 ».
        starts_on: First day of its period.
        ends_on: Last day.
    """

    id: int = 0
    code: str
    name: str
    donor: str = ""
    starts_on: dt.date
    ends_on: dt.date
    lines: tuple[BudgetLine, ...] = ()

    @property
    def budget(self) -> int:
        """Of all its lines, in FCFA."""
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedLine:
    """A budget line that an expense may be put on.

    Attributes:
        key: « UNFPA 2026/2.3 »: what a form keeps.
        label: « UNFPA 2026 — 2.3 Fournitures ».
    """

    id: int
    key: str
    label: str


def line_key(project: Project, line: BudgetLine) -> str:
    """« UNFPA 2026/2.3 »."""
    return f"{project.code}/{line.code}"


def line_label(project: Project, line: BudgetLine) -> str:
    """« UNFPA 2026 — 2.3 Fournitures »."""
    return f"{project.code} — {line.code} {line.label}"


def offered_lines(projects: Sequence[Project], today: dt.date) -> tuple[OfferedLine, ...]:
    """The lines of the projects that have begun, those that run before those that are over."""
    begun = sorted((one for one in projects if one.starts_on <= today), key=lambda one: one.ends_on < today)
    return tuple(
        OfferedLine(id=line.id, key=line_key(one, line), label=line_label(one, line))
        for one in begun
        for line in one.lines
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LineUse:
    """A budget line against what was entered on it, reversals deducted, in FCFA.

    Attributes:
        line: Of the budget.
        spent: On expense accounts.
        received: On income accounts (a donor's money).
    """

    line: BudgetLine
    spent: int = 0
    received: int = 0

    @property
    def left(self) -> int:
        """Below 0 when the line is exceeded."""
        return self.line.amount - self.spent

    @property
    def percent(self) -> int | None:
        """Whole percent of the budget spent, or None where nothing was budgeted."""
        return percent(self.spent, self.line.amount)


def percent(spent: int, budget: int) -> int | None:
    """Whole percent, towards 0; None of a budget of 0."""
    return spent * 100 // budget if budget else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectUse:
    """A project, line by line."""

    project: Project
    lines: tuple[LineUse, ...] = ()

    @property
    def spent(self) -> int:
        """On all lines, in FCFA."""
        return sum(one.spent for one in self.lines)

    @property
    def received(self) -> int:
        """On all lines, in FCFA."""
        return sum(one.received for one in self.lines)

    @property
    def left(self) -> int:
        """Of the whole budget, in FCFA."""
        return self.project.budget - self.spent


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetWarning:
    """What is to be said before an expense is put on a line; nothing is blocked.

    Attributes:
        label: « UNFPA 2026 — 2.3 Fournitures ».
        budget: Of the line, in FCFA.
        spent: On it so far.
        asked: What would be added.
        ended_on: Last day of its project, once that is over; else None.
    """

    label: str
    budget: int
    spent: int
    asked: int
    ended_on: dt.date | None = None

    @property
    def left(self) -> int:
        """After this expense; below 0 when the line is exceeded."""
        return self.budget - self.spent - self.asked

    @property
    def exceeded(self) -> bool:
        """More than the budget."""
        return self.left < 0


def check_project(
    project: Project, taken: Collection[str], before: Sequence[BudgetLine] = (), used: Collection[int] = ()
) -> tuple[Violation, ...]:
    """Whether a project may be saved.

    Args:
        project: As typed.
        taken: Codes of the other projects.
        before: Its lines as they are saved now.
        used: Ids of those that bear entries.

    Returns:
        ``project.code_taken``, ``project.period``, ``project.no_line``, ``project.line_twice``, ``project.amount``,
        ``project.line_used`` (a line with entries was taken away, or lost its code).
    """
    found: list[Violation] = []
    if project.code.casefold() in {code.casefold() for code in taken}:
        found.append(Violation("project.code_taken", "code", (("code", project.code),)))
    if project.ends_on < project.starts_on:
        found.append(Violation("project.period", "ends_on"))
    if not project.lines:
        found.append(Violation("project.no_line", "lines"))
    found += _check_lines(project.lines)
    kept = {line.code.casefold() for line in project.lines}
    lost = [line.code for line in before if line.id in used and line.code.casefold() not in kept]
    found += [Violation("project.line_used", None, (("code", code),)) for code in lost]
    return tuple(found)


def _check_lines(lines: Sequence[BudgetLine]) -> list[Violation]:
    found: list[Violation] = []
    seen: set[str] = set()
    for row, line in enumerate(lines):
        if line.code.casefold() in seen:
            found.append(Violation("project.line_twice", f"lines[{row}].code", (("code", line.code),)))
        seen.add(line.code.casefold())
        if not 0 <= line.amount <= MOST:
            found.append(Violation("project.amount", f"lines[{row}].amount", (("most", MOST),)))
    return found


def with_ids(lines: Sequence[BudgetLine], before: Sequence[BudgetLine]) -> tuple[BudgetLine, ...]:
    """The typed lines, each with the id of the saved line of the same code."""
    ids = {line.code.casefold(): line.id for line in before}
    return tuple(
        BudgetLine(id=ids.get(line.code.casefold(), 0), code=line.code, label=line.label, amount=line.amount)
        for line in lines
    )
