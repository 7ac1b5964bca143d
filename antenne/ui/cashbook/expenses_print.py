"""Vouchers to the printer: shown first, noted once the printer took them; what failed waits in « À imprimer »."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from antenne.domain.changes import Done
from antenne.domain.rights import Right
from antenne.services import expenses_printing
from antenne.ui.kit.area import Context
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.preview import PreviewDialog
from antenne.ui.kit.printing import PrintJob


def print_vouchers(context: Context, owner: QWidget, expense_ids: tuple[int, ...]) -> PreviewDialog:
    """Show them; when the printer has taken them, the original is used up."""
    from antenne.print.vouchers import render_vouchers

    def noted(done: Done[None]) -> None:
        context.broadcast(done.changes)

    def printed() -> None:
        run, record = context.operations.run, expenses_printing.record_voucher_print
        run(SHORT, record, context.desk, expense_ids, owner=context.printing, done=noted)
        if isValid(dialog):
            dialog.close()  # the same sheet printed again would be a second original

    several = len(expense_ids) > 1
    job = PrintJob(
        title="Pièces de dépense" if several else "Pièce de dépense",
        file_name="pieces.pdf" if several else "piece.pdf",
        render=expenses_printing.render_vouchers,
        args=(context.desk, expense_ids, render_vouchers),
        with_progress=True,
        printed=printed if context.desk.may(Right.CASH_OUT) else None,
        once=True,
        saved=printed if context.desk.may(Right.CASH_OUT) else None,
    )
    dialog = context.printing.preview(job, owner)
    return dialog
