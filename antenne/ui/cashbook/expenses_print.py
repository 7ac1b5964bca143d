"""Vouchers to the printer; what failed waits in « À imprimer »."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from antenne.domain.rights import Right
from antenne.services import expenses_printing
from antenne.ui.cashbook.paper_print import Originals, print_originals
from antenne.ui.kit.area import Context
from antenne.ui.kit.preview import PreviewDialog


def print_vouchers(context: Context, owner: QWidget, expense_ids: tuple[int, ...]) -> PreviewDialog:
    """Show them; when the printer has taken them, the original is used up."""
    from antenne.print.vouchers import render_vouchers

    several = len(expense_ids) > 1
    papers = Originals(
        title="Pièces de dépense" if several else "Pièce de dépense",
        file_name="pieces.pdf" if several else "piece.pdf",
        ids=expense_ids,
        render=expenses_printing.render_vouchers,
        args=(context.desk, expense_ids, render_vouchers),
        begin=expenses_printing.begin_voucher_print,
        record=expenses_printing.record_voucher_print,
        settle=expenses_printing.settle_voucher_print,
        unsure="expense.print_unsure",
        noted=context.desk.may(Right.CASH_OUT),
    )
    return print_originals(context, owner, papers)
