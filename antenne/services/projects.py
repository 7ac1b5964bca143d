"""Projects of the donors: edited by the responsable, and their budget against what was entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import projects as rules
from antenne.domain.audit import FieldChange
from antenne.domain.changes import EXPENSES, Changes, Done
from antenne.domain.forms.cleaning import cleaned
from antenne.domain.forms.expenses import PROJECT
from antenne.domain.forms.validate import validate
from antenne.domain.money import grouped
from antenne.domain.projects import BudgetLine, BudgetWarning, LineUse, OfferedLine, Project, ProjectUse
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.desk import Desk
from antenne.services.ledger import refuse

SUBJECT = "project"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveProject:
    """Open a project or change it.

    Attributes:
        project_id: 0 for a new one.
        answers: Of the form ``forms.expenses.PROJECT``.
    """

    request_id: str
    project_id: int = 0
    answers: Mapping[str, object] = field(repr=False)


def save_project(desk: Desk, command: SaveProject) -> Done[Project]:
    """Save a project with its budget lines; a line keeps its entries by its code.

    Raises:
        Forbidden: Without the right to change the accounts.
        RulesBroken: Everything that is wrong with the form; from ``projects.check_project``; ``project.unknown``.
    """
    desk.require(Right.ACCOUNTS_WRITE)
    answers = cleaned(PROJECT, command.answers)
    with desk.write() as uow:
        if old := uow.audit.by_request(command.request_id):
            return Done(known_project(uow, old[1]))
        before = known_project(uow, command.project_id) if command.project_id else None
        refuse(validate(PROJECT, answers, desk.today))
        wanted = _project(command.project_id, answers, () if before is None else before.lines)
        lines = () if before is None else before.lines
        taken = [one.code for one in uow.projects.all() if one.id != command.project_id]
        refuse(rules.check_project(wanted, taken, lines, uow.projects.used([one.id for one in lines])))
        saved = uow.projects.save(wanted)
        old_budget = "" if before is None else grouped(before.budget)
        changes = (
            FieldChange("Projet", "" if before is None else before.code, saved.code),
            FieldChange("Budget", old_budget, grouped(saved.budget)),
        )
        uow.audit.add(
            desk.clock.now(), desk.actor.user_id, "project.saved", SUBJECT, saved.id, changes, command.request_id
        )
        uow.drafts.discard(PROJECT.key, command.project_id, desk.actor.user_id)
        uow.commit()
    return Done(saved, Changes.of(EXPENSES))


def _project(project_id: int, answers: Mapping[str, Any], before: tuple[BudgetLine, ...]) -> Project:
    lines = tuple(
        BudgetLine(code=row["code"], label=row["label"], amount=row["amount"]) for row in answers["lines"] or ()
    )
    return Project(
        id=project_id,
        code=answers["code"],
        name=answers["name"],
        donor=answers["donor"],
        starts_on=answers["starts_on"],
        ends_on=answers["ends_on"],
        lines=rules.with_ids(lines, before),
    )


def known_project(uow: UnitOfWork, project_id: int) -> Project:
    """The project of that id.

    Raises:
        RulesBroken: ``project.unknown``.
    """
    found = uow.projects.get(project_id)
    if found is None:
        raise RulesBroken(Violation("project.unknown"))
    return found


def may_read(desk: Desk) -> bool:
    """Whether the user sees projects and expenses."""
    return desk.may(Right.CASH_OUT) or desk.may(Right.ACCOUNTS_READ)


def require_reading(desk: Desk) -> None:
    """Refuse who neither pays out nor reads the accounts.

    Raises:
        Forbidden: Without either right.
    """
    if not desk.may(Right.CASH_OUT):
        desk.require(Right.ACCOUNTS_READ)


def project_answers(project: Project) -> dict[str, object]:
    """What the form shows of a project."""
    rows = tuple({"code": one.code, "label": one.label, "amount": one.amount} for one in project.lines)
    names = ("code", "name", "donor", "starts_on", "ends_on")
    return {**{name: getattr(project, name) for name in names}, "lines": rows}


def list_projects(desk: Desk) -> tuple[ProjectUse, ...]:
    """Every project with what was entered on each of its lines, the one that ends last first.

    Raises:
        Forbidden: Without the right to pay out or to read the accounts.
    """
    require_reading(desk)
    with desk.read() as uow:
        projects = uow.projects.all()
        used = uow.projects.used([line.id for one in projects for line in one.lines])
    return tuple(_use(one, used) for one in projects)


def read_project(desk: Desk, project_id: int) -> ProjectUse:
    """Budget against actual of one project.

    Raises:
        Forbidden: Without the right to pay out or to read the accounts.
        RulesBroken: ``project.unknown``.
    """
    require_reading(desk)
    with desk.read() as uow:
        project = known_project(uow, project_id)
        used = uow.projects.used([line.id for line in project.lines])
    return _use(project, used)


def _use(project: Project, used: Mapping[int, tuple[int, int]]) -> ProjectUse:
    lines = []
    for line in project.lines:
        spent, received = used.get(line.id, (0, 0))
        lines.append(LineUse(line=line, spent=spent, received=received))
    return ProjectUse(project=project, lines=tuple(lines))


def offered_lines(desk: Desk) -> tuple[OfferedLine, ...]:
    """The budget lines that an expense may be put on today.

    Raises:
        Forbidden: Without the right to pay out or to read the accounts.
    """
    require_reading(desk)
    with desk.read() as uow:
        return rules.offered_lines(uow.projects.all(), desk.today)


def budget_warnings(desk: Desk, asked: Mapping[str, int]) -> tuple[BudgetWarning, ...]:
    """What each line would have left after these sums: said before the expense is saved, never a reason to refuse.

    Args:
        desk: The user's.
        asked: Sum by key of a line (« UNFPA 2026/2.3 »), in FCFA; an unknown key is left out.

    Raises:
        Forbidden: Without the right to pay out or to read the accounts.
    """
    require_reading(desk)
    with desk.read() as uow:
        found = [
            (project, line)
            for project in uow.projects.all()
            for line in project.lines
            if rules.line_key(project, line) in asked
        ]
        used = uow.projects.used([line.id for _, line in found])
    return tuple(
        BudgetWarning(
            label=rules.line_label(project, line),
            budget=line.amount,
            spent=used.get(line.id, (0, 0))[0],
            asked=asked[rules.line_key(project, line)],
            ended_on=_ended(project, desk.today),
        )
        for project, line in found
    )


def _ended(project: Project, today: dt.date) -> dt.date | None:
    return project.ends_on if project.ends_on < today else None
