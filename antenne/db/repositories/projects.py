"""Projects of the donors, their budget lines, and what was entered on each line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from sqlalchemy import case, delete, func, insert, select, update
from sqlalchemy.orm import Session

from antenne.db.models.ledger import AccountModel, BudgetLineModel, PostingModel, ProjectModel
from antenne.domain.accounts import AccountKind
from antenne.domain.projects import BudgetLine, Project

_SAME = ("code", "name", "donor", "starts_on", "ends_on")


class ProjectRepository:
    """Projects and the use of their lines."""

    def __init__(self, session: Session) -> None:
        """Work inside this session."""
        self._session = session

    def all(self) -> tuple[Project, ...]:
        """Every project with its lines, the one that ends last first."""
        order = (ProjectModel.ends_on.desc(), ProjectModel.id)
        rows = list(self._session.scalars(select(ProjectModel).order_by(*order)))
        query = select(BudgetLineModel).order_by(BudgetLineModel.project_id, BudgetLineModel.id)
        lines = {
            number: tuple(_line(row) for row in group)
            for number, group in groupby(self._session.scalars(query), key=lambda row: row.project_id)
        }
        return tuple(_project(row, lines.get(row.id, ())) for row in rows)

    def get(self, project_id: int) -> Project | None:
        """One project."""
        return next((one for one in self.all() if one.id == project_id), None)

    def save(self, project: Project) -> Project:
        """Add a project or change it; its lines come in this order, those that are gone are removed."""
        values = {name: getattr(project, name) for name in _SAME}
        if project.id:
            self._session.execute(update(ProjectModel).where(ProjectModel.id == project.id).values(values))
            number = project.id
        else:
            number = self._session.execute(insert(ProjectModel).returning(ProjectModel.id), values).scalar_one()
        kept = [line.id for line in project.lines if line.id]
        gone = delete(BudgetLineModel).where(BudgetLineModel.project_id == number, BudgetLineModel.id.not_in(kept))
        self._session.execute(gone)
        lines = tuple(self._save_line(number, line) for line in project.lines)
        self._session.expire_all()
        return replace(project, id=number, lines=lines)

    def _save_line(self, project_id: int, line: BudgetLine) -> BudgetLine:
        values = {"project_id": project_id, "code": line.code, "label": line.label, "amount": line.amount}
        if line.id:
            self._session.execute(update(BudgetLineModel).where(BudgetLineModel.id == line.id).values(values))
            return line
        made = self._session.execute(insert(BudgetLineModel).returning(BudgetLineModel.id), values)
        return replace(line, id=made.scalar_one())

    def used(self, line_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
        """Spent and received on each of these lines that bears entries, reversals deducted, in FCFA."""
        spending = AccountModel.kind == AccountKind.EXPENSE.value
        earning = AccountModel.kind == AccountKind.INCOME.value
        net = PostingModel.debit - PostingModel.credit
        query = (
            select(
                PostingModel.budget_line_id,
                func.sum(case((spending, net), else_=0)),
                func.sum(case((earning, -net), else_=0)),
            )
            .join(AccountModel, AccountModel.id == PostingModel.account_id)
            .where(PostingModel.budget_line_id.in_(line_ids))
            .group_by(PostingModel.budget_line_id)
        )
        return {row[0]: (row[1] or 0, row[2] or 0) for row in self._session.execute(query)}


def _project(row: ProjectModel, lines: tuple[BudgetLine, ...]) -> Project:
    return Project(id=row.id, lines=lines, **{name: getattr(row, name) for name in _SAME})


def _line(row: BudgetLineModel) -> BudgetLine:
    return BudgetLine(id=row.id, code=row.code, label=row.label, amount=row.amount)
