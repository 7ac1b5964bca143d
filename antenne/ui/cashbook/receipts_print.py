"""Receipts to the printer: shown first, noted once the printer took them; what failed waits in « À imprimer »."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from antenne.domain.changes import Done
from antenne.services import receipts, receipts_printing
from antenne.ui.kit.area import Context
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.preview import PreviewDialog
from antenne.ui.kit.printing import PrintJob


def print_receipts(context: Context, owner: QWidget, receipt_ids: tuple[int, ...]) -> PreviewDialog:
    """Show them; when the printer has taken them, the original is used up."""
    from antenne.print.receipts import render_receipts

    def noted(done: Done[None]) -> None:
        context.broadcast(done.changes)

    def printed() -> None:
        run = context.operations.run
        run(SHORT, receipts.record_print, context.desk, receipt_ids, owner=context.printing, done=noted)
        if isValid(dialog):
            dialog.close()  # the same sheet, printed or saved again, would be a second original

    job = PrintJob(
        title="Reçus" if len(receipt_ids) > 1 else "Reçu",
        file_name="recus.pdf" if len(receipt_ids) > 1 else "recu.pdf",
        render=receipts_printing.render_receipts,
        args=(context.desk, receipt_ids, render_receipts),
        with_progress=True,
        printed=printed,
        once=True,
        saved=printed,
    )
    dialog = context.printing.preview(job, owner)
    return dialog
