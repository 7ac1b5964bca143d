"""The places and papers of « Dépenses » that ``captures`` draws from the demonstration office."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from antenne.domain.board import Target
from antenne.domain.voucher_faces import VoucherKind
from antenne.services import expenses_printing, expenses_reading
from antenne.services.expenses_reading import ExpenseList
from antenne.ui.kit.area import Capture, PaperCapture, Screen

if TYPE_CHECKING:
    from antenne.services.desk import Desk

_KEY: Final = "cashbook"
_MOST: Final = 6


def _place(action: str, _desk: Desk) -> Target:
    return Target(_KEY, action=f"expenses/{action}".rstrip("/"))


def _newest(kind: VoucherKind, _desk: Desk) -> Target:
    with _desk.read() as uow:
        found = uow.rows("SELECT max(id) FROM expense WHERE kind = :kind", kind=kind.value)
    return Target(_KEY, found[0][0], action="expenses")


def _open_advance(desk: Desk) -> Target:
    """The form of a justification; the list where no advance is open."""
    found = expenses_reading.count_expenses(desk).advances
    if not found:
        return Target(_KEY, action="expenses/advances")
    return Target(_KEY, found[0].expense.id, action="expenses/advance")


def _typed(screen: Screen) -> None:
    """A form half filled in, as it stands while somebody waits in front of her."""
    from antenne.ui.cashbook.expenses_form import FormPage
    from antenne.ui.cashbook.expenses_pages import IndemnitiesForm, TransferForm

    form = next((one for one in screen.findChildren(FormPage) if one.isVisible()), None)
    if form is None:
        return
    if isinstance(form, TransferForm):
        form.view.set_answers({"from_box": "caisse", "to_box": "banque", "amount": 150_000, "fee": 1_000})
    elif not isinstance(form, IndemnitiesForm):
        form.view.set_answers({
            "box": "caisse", "beneficiary": "Quincaillerie du marché", "purpose": "Cahiers et stylos",
            "account": "6055", "amount": 12_500, "document": "facture", "document_ref": "n° 112",
        })  # fmt: skip
    form.show_effect()


def _vouchers(desk: Desk) -> bytes:
    """The newest voucher of each kind."""
    from antenne.print.vouchers import render_vouchers

    with desk.read() as uow:
        found = uow.rows("SELECT max(id) FROM expense GROUP BY kind ORDER BY kind LIMIT :most", most=_MOST)
    return expenses_printing.render_vouchers(desk, tuple(row[0] for row in found), render_vouchers)


CAPTURES = (
    Capture("depenses", partial(_place, "")),
    Capture("depenses-avances", partial(_place, ExpenseList.ADVANCES.value)),
    Capture("depense", partial(_newest, VoucherKind.EXPENSE)),
    Capture("avance", partial(_newest, VoucherKind.ADVANCE)),
    Capture("depense-nouvelle", partial(_place, "new"), _typed),
    Capture("avance-donner", partial(_place, "advance")),
    Capture("avance-justifier", _open_advance),
    Capture("virement", partial(_place, "transfer"), _typed),
    Capture("indemnites", partial(_place, "indemnities")),
    Capture("projets", partial(_place, "projects")),
)

PAPERS = (PaperCapture("pieces-de-depense", _vouchers),)
