"""Each book to the preview, and from there to the printer or a PDF."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from antenne.domain.account_papers import Period
from antenne.services import books_printing
from antenne.ui.kit.area import Context
from antenne.ui.kit.preview import PreviewDialog
from antenne.ui.kit.printing import PrintJob


def print_journal(context: Context, owner: QWidget, period: Period) -> PreviewDialog:
    """The journal of a period."""
    from antenne.print.journal import render_journal

    job = PrintJob(
        title="Journal",
        file_name="journal.pdf",
        render=books_printing.render_journal,
        args=(context.desk, period, render_journal),
        with_progress=True,
    )
    return context.printing.preview(job, owner)


def print_ledger(context: Context, owner: QWidget, period: Period, code: str) -> PreviewDialog:
    """The ledger of a period: one account, or all of them without a code."""
    from antenne.print.journal import render_ledger

    job = PrintJob(
        title="Grand livre",
        file_name="grand-livre.pdf",
        render=books_printing.render_ledger,
        args=(context.desk, period, code, render_ledger),
        with_progress=True,
    )
    return context.printing.preview(job, owner)


def print_balance(context: Context, owner: QWidget, period: Period) -> PreviewDialog:
    """The trial balance of a period."""
    from antenne.print.journal import render_trial_balance

    job = PrintJob(
        title="Balance",
        file_name="balance.pdf",
        render=books_printing.render_trial_balance,
        args=(context.desk, period, render_trial_balance),
        with_progress=True,
    )
    return context.printing.preview(job, owner)


def print_chart(context: Context, owner: QWidget) -> PreviewDialog:
    """The chart of accounts."""
    from antenne.print.chart import render_chart

    job = PrintJob(
        title="Plan comptable",
        file_name="plan-comptable.pdf",
        render=books_printing.render_chart,
        args=(context.desk, render_chart),
        with_progress=True,
    )
    return context.printing.preview(job, owner)
