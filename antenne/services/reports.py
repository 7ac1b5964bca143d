"""The report of a period: the literal list of indicators, run on the records; no total is typed anywhere."""

from __future__ import annotations

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.account_papers import Period
from antenne.domain.indicators import Indicator, Report, ReportLine
from antenne.domain.rights import Right
from antenne.services.civil_counts import CIVIL_INDICATORS
from antenne.services.desk import Desk
from antenne.services.sealed_reports import sealed_lines

INDICATORS: tuple[Indicator[UnitOfWork], ...] = (*CIVIL_INDICATORS,)
"""Every indicator counted from open records, in the order of the report. To add an area, add its tuple here."""


def run_report(desk: Desk, period: Period) -> Report:
    """Count every indicator over a period.

    Raises:
        Forbidden: Without the right to totals.
    """
    desk.require(Right.AGGREGATES)
    with desk.read() as uow:
        lines = tuple(
            ReportLine(
                code=one.code,
                label=one.label,
                unit=one.unit,
                definition=one.definition,
                counted=one.count(uow, period),
            )
            for one in INDICATORS
        )
    return Report(period, (*lines, *sealed_lines(desk, period)))


def records_behind(desk: Desk, code: str, period: Period) -> tuple[int, ...]:
    """Ids of the records behind a figure: a click opens them.

    Raises:
        Forbidden: Without the right to totals and to the records themselves.
        KeyError: No indicator has this code (a bug of ours).
    """
    desk.require(Right.AGGREGATES)
    desk.require(Right.CIVIL)
    known = {one.code: one for one in INDICATORS}
    with desk.read() as uow:
        return known[code].records(uow, period)
