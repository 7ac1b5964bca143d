"""The places and papers of receipts that ``captures`` draws from the demonstration office."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from antenne.domain.board import Target
from antenne.domain.receipt_faces import ReceiptOptions
from antenne.services import receipts_printing
from antenne.services.originals import SettlePrint
from antenne.ui.cashbook.screen import KEY
from antenne.ui.kit.area import Capture, PaperCapture, Screen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from antenne.base.progress import Progress
    from antenne.domain.office import Office
    from antenne.domain.receipt_faces import ReceiptFace
    from antenne.services.desk import Desk

_LAST = "SELECT id FROM receipt WHERE cancelled_on IS NULL ORDER BY id DESC LIMIT 1"
_CANCELLED = "SELECT id FROM receipt WHERE cancelled_on IS NOT NULL ORDER BY id DESC LIMIT 1"
_UNPRINTED = "SELECT id FROM receipt WHERE printed_at IS NULL AND cancelled_on IS NULL ORDER BY id LIMIT 1"
_SEVERAL = "SELECT receipt_id FROM receipt_line GROUP BY receipt_id ORDER BY count(*) DESC, receipt_id DESC LIMIT 1"


_PLAIN = ReceiptOptions()


def _place(action: str, _desk: Desk) -> Target:
    return Target(KEY, action=action)


def _one(query: str, desk: Desk) -> Target:
    with desk.read() as uow:
        found = uow.rows(query)
    return Target(KEY, found[0][0] if found else None, action="receipts")


def _verify(desk: Desk) -> Target:
    with desk.read() as uow:
        found = uow.rows("SELECT control FROM receipt WHERE control <> '' ORDER BY id DESC LIMIT 1")
    return Target(KEY, field=found[0][0] if found else "", action="receipts/verify")


def _cut(desk: Desk) -> Target:
    """A receipt whose print began before a power cut; captures draw from a copy of the office."""
    found = _ids(desk, _UNPRINTED)
    receipts_printing.begin_print(desk, found)
    return Target(KEY, found[0] if found else None, action="receipts")


def _ids(desk: Desk, query: str) -> tuple[int, ...]:
    with desk.read() as uow:
        return tuple(row[0] for row in uow.rows(query))


def _not_out(desk: Desk, receipt_ids: tuple[int, ...]) -> tuple[int, ...]:
    """The same receipts, once the question that :func:`_cut` left open has its answer: the original is still due."""
    waiting = _ids(desk, _UNPRINTED)
    for receipt_id in receipt_ids:
        if receipt_id in waiting:
            answer = SettlePrint(paper_id=receipt_id, came_out=False)
            receipts_printing.settle_print(desk, answer)
    return receipt_ids


def _preview(screen: Screen) -> None:
    """What would be printed, or what is asked first."""
    screen.print_()


def _roll(desk: Desk) -> bytes:
    """The same receipt as it comes off an 80 mm printer, whatever the office has chosen."""
    from antenne.print.receipts import render_receipts

    def on_roll(
        faces: Sequence[ReceiptFace],
        office: Office,
        options: ReceiptOptions = _PLAIN,
        progress: Progress | None = None,
    ) -> bytes:
        return render_receipts(faces, office, replace(options, roll=True), progress)

    return receipts_printing.render_receipts(desk, _not_out(desk, _ids(desk, _SEVERAL)), on_roll)


def _paper(query: str, desk: Desk) -> bytes:
    from antenne.print.receipts import render_receipts

    return receipts_printing.render_receipts(desk, _not_out(desk, _ids(desk, query)), render_receipts)


CAPTURES = (
    Capture("recus", partial(_place, "receipts/all")),
    Capture("recu", partial(_one, _LAST)),
    Capture("recu-annule", partial(_one, _CANCELLED)),
    Capture("recu-verifier", _verify),
    Capture("recu-impression-coupee", _cut, _preview),
)

PAPERS = (
    PaperCapture("recu-papier", partial(_paper, _LAST)),
    PaperCapture("recu-papier-lignes", partial(_paper, _SEVERAL)),
    PaperCapture("recu-rouleau", _roll),
)
