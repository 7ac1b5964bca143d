"""The demonstration's money: three years of adhesions, cards, dues, insurance, expenses, closed days, one open day."""

from __future__ import annotations

import datetime as dt
import random

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.cashbook import PeriodKind
from antenne.domain.dates import add_months
from antenne.services import demo_people
from antenne.services.demo_book import DemoBook
from antenne.services.demo_counter import PROJECT, Counter
from antenne.services.demo_plan import FIRST_DAY, make_plan, working_days
from antenne.services.desk import Desk


def write(desk: Desk, uow: UnitOfWork) -> None:
    """Write it all, inside the transaction of the demonstration."""
    rng = random.Random(f"{demo_people.SEED}/caisse")
    today = max(desk.today, demo_people.LAST_DAY)
    plan = make_plan(desk, uow, rng)
    cashier = next((user.id for user in uow.users.all() if user.name == "Ramata K."), desk.actor.user_id)
    book = DemoBook(desk, uow, rng, cashier)
    project = uow.projects.save(PROJECT)
    office = Counter(uow, book, rng, plan, project)
    days = [day for day in working_days(FIRST_DAY, demo_people.LAST_DAY) if day < today]
    for day, after in zip(days, [*days[1:], today], strict=True):
        office.day(day)
        book.close(gap=rng.random() < 0.035)
        book.end_of_day()
        _close_periods(book, day, after, desk.actor.user_id)
    office.open_day(today, days[-1])
    book.finish()
    uow.dues.write(office.dues)
    for sale in office.sales:
        uow.dues.add_sale(sale)
    for fee_id, (receipt_id, expense_id) in office.fees.items():
        uow.civil.pay_fee(fee_id, receipt_id=receipt_id, expense_id=expense_id)


def _close_periods(book: DemoBook, day: dt.date, after: dt.date, actor: int) -> None:
    """Months are closed in the days that follow them; the last complete month waits for the responsable."""
    first = day.replace(day=1)
    if after.month == day.month or add_months(first, 2) > demo_people.LAST_DAY.replace(day=1):
        return
    book.close_period(PeriodKind.MONTH, first, add_months(first, 1) - dt.timedelta(days=1), actor)
    if day.month == 12 and day.year < demo_people.LAST_DAY.year:
        book.close_period(PeriodKind.YEAR, dt.date(day.year, 1, 1), dt.date(day.year, 12, 31), actor)
