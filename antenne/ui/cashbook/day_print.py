"""Closing sheets to the printer: shown first, noted once the printer took them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from antenne.domain.changes import Done
from antenne.domain.office import Office
from antenne.domain.periods import Period
from antenne.services import cash_days, day_reading, periods
from antenne.services.desk import Desk
from antenne.ui.kit.area import Context
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.preview import PreviewDialog
from antenne.ui.kit.printing import PrintJob


def print_day(context: Context, owner: QWidget, cash_day_id: int) -> PreviewDialog:
    """The sheet of a closed day; once printed it leaves « Feuille de clôture à imprimer »."""
    from antenne.print.closing import render_closing

    return _print(
        context,
        owner,
        (_day_sheet, context.desk, cash_day_id, render_closing),
        (_note_day, context.desk, cash_day_id),
    )


def print_period(context: Context, owner: QWidget, period: Period) -> PreviewDialog:
    """The sheet of a closed month or year."""
    from antenne.print.closing import render_period

    return _print(
        context,
        owner,
        (_period_sheet, context.desk, period, render_period),
        (periods.record_period_print, context.desk, period),
    )


def _print(context: Context, owner: QWidget, render: tuple[Any, ...], note: tuple[Any, ...]) -> PreviewDialog:
    def noted(done: Done[None]) -> None:
        context.broadcast(done.changes)

    def printed() -> None:
        context.operations.run(SHORT, note[0], *note[1:], owner=context.printing, done=noted)
        if isValid(dialog):
            dialog.close()

    job = PrintJob(
        title="Feuille de clôture",
        file_name="feuille-de-cloture.pdf",
        render=render[0],
        args=render[1:],
        printed=printed,
    )
    dialog = context.printing.preview(job, owner)
    return dialog


def _day_sheet(desk: Desk, cash_day_id: int, render: Callable[[Any, Office], bytes]) -> bytes:
    return render(day_reading.read_sheet(desk, cash_day_id), desk.office)


def _period_sheet(desk: Desk, period: Period, render: Callable[[Any, Office], bytes]) -> bytes:
    return render(periods.read_period_sheet(desk, period), desk.office)


def _note_day(desk: Desk, cash_day_id: int) -> Done[None]:
    """One sheet says all the boxes that were closed together."""
    return cash_days.record_sheet_print(desk, day_reading.days_of_sheet(desk, cash_day_id))
