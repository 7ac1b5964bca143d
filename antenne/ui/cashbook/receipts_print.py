"""Receipts to the printer; what failed waits in « À imprimer »."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from antenne.services import receipts, receipts_printing
from antenne.ui.cashbook.paper_print import Originals, print_originals
from antenne.ui.kit.area import Context
from antenne.ui.kit.preview import PreviewDialog


def print_receipts(context: Context, owner: QWidget, receipt_ids: tuple[int, ...]) -> PreviewDialog:
    """Show them; when the printer has taken them, the original is used up."""
    from antenne.print.receipts import render_receipts

    several = len(receipt_ids) > 1
    papers = Originals(
        title="Reçus" if several else "Reçu",
        file_name="recus.pdf" if several else "recu.pdf",
        ids=receipt_ids,
        render=receipts_printing.render_receipts,
        args=(context.desk, receipt_ids, render_receipts),
        begin=receipts_printing.begin_print,
        record=receipts.record_print,
        settle=receipts_printing.settle_print,
        unsure="receipt.print_unsure",
    )
    return print_originals(context, owner, papers)
