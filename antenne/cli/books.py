"""``balance``, ``recu``: the books and a receipt from the command line."""

from __future__ import annotations

import json
from argparse import Namespace

from antenne.base.problems import Problem
from antenne.cli import desks
from antenne.domain.account_papers import BalanceRow, Period
from antenne.domain.receipts import read_number
from antenne.domain.rights import Right
from antenne.services import books
from antenne.wording import formats


def balance(options: Namespace) -> int:
    """Print the trial balance of a period; exit 1 when it does not balance."""
    with desks.opened(options) as desk:
        whole = books.whole_period(desk)
        first = options.du if options.du is not None else whole.first
        last = options.au if options.au is not None else max(whole.last, first)
        found = books.trial_balance(desk, Period(first, last))
    if options.json:
        said = {"comptes": [_told(row) for row in found.rows], "equilibre": found.balanced}
        print(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        for row in found.rows:
            sums = (formats.number(each).rjust(14) for each in (row.debit, row.credit, row.debit - row.credit))
            print(f"{row.code:<8}{row.label:<44}{''.join(sums)}")
        sums = (formats.number(each).rjust(14) for each in (found.debit, found.credit, found.debit - found.credit))
        print(f"{'':<8}{'Total':<44}{''.join(sums)}")
    return 0 if found.balanced else 1


def _told(row: BalanceRow) -> dict[str, object]:
    """One account: sums of the period and their difference; what stood before it and what stands after."""
    return {
        "code": row.code,
        "libelle": row.label,
        "debit": row.debit,
        "credit": row.credit,
        "solde": row.debit - row.credit,
        "report": row.opening,
        "solde_final": row.closing,
    }


def receipt(options: Namespace) -> int:
    """Write a receipt as PDF: the original the first time, then a DUPLICATA, as at the printer.

    Raises:
        Problem: ``cli.receipt_number``, ``cli.no_receipt``; the target cannot be written.
        RulesBroken: ``receipt.print_unsure``: she says on the screen whether the original came out.
    """
    from antenne.print import receipts as paper
    from antenne.services import receipts, receipts_printing
    from antenne.services.exports import write_in_place
    from antenne.services.originals import SettlePrint

    number = read_number(options.numero)
    if number is None:
        raise Problem("cli.receipt_number", typed=options.numero)
    with desks.opened(options) as desk:
        with desk.read() as uow:
            found = uow.receipts.by_number(*number)
        if found is None:
            raise Problem("cli.no_receipt", number=options.numero)
        pdf = receipts_printing.render_receipts(desk, (found.id,), paper.render_receipts)
        noted = desk.may(Right.CASH_IN)
        if noted:
            receipts_printing.begin_print(desk, (found.id,))
        try:
            write_in_place(options.sortie, pdf)
        except Problem:
            if noted:  # there is no file: the original is still due
                receipts_printing.settle_print(desk, SettlePrint(found.id, came_out=False))
            raise
        if noted:
            receipts.record_print(desk, (found.id,))
    print(options.sortie)
    return 0
