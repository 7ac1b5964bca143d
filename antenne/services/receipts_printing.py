"""Receipts on paper: what each one shows, drawn by whoever is passed in, noted once the printer took it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from antenne.base.progress import Progress
from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import receipts as rules
from antenne.domain.cashbook import Box
from antenne.domain.changes import CASHBOOK, Changes, Done
from antenne.domain.office import Office
from antenne.domain.receipt_faces import ReceiptFace, ReceiptOptions, receipt_options
from antenne.domain.receipts import Receipt
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services import originals
from antenne.services.desk import Desk
from antenne.services.originals import PrintNotes, SettlePrint
from antenne.services.receipts import SUBJECT, known_receipt, note_copy

_NOTES = PrintNotes(subject=SUBJECT, begun="receipt.print_begun", printed="receipt.printed", lost="receipt.print_lost")


class RenderReceipts(Protocol):
    """How the drawing is called (``print.receipts.render_receipts``); services do not know the printer."""

    def __call__(
        self,
        faces: Sequence[ReceiptFace],
        office: Office,
        options: ReceiptOptions = ...,
        progress: Progress | None = ...,
    ) -> bytes:
        """Draw the receipts into a PDF."""
        ...


def render_receipts(
    desk: Desk, receipt_ids: Sequence[int], render: RenderReceipts, progress: Progress | None = None
) -> bytes:
    """Draw receipts into a PDF held in memory: each as its next copy.

    Raises:
        Forbidden: Without the right to take money in, or to read the accounts.
        RulesBroken: ``receipt.unknown``; ``receipt.print_unsure`` (an original may have come out); what the drawing
            finds.
        Stopped: The user asked.
    """
    if not desk.may(Right.CASH_IN):
        desk.require(Right.ACCOUNTS_READ)
    with desk.read() as uow:
        boxes = {box.id: box for box in uow.cashbook.boxes()}
        if unsure := originals.first_unsure(uow, _NOTES, _waiting(uow, receipt_ids)):
            raise RulesBroken(Violation("receipt.print_unsure", None, unsure))
        faces = tuple(_face(uow, known_receipt(uow, number), boxes) for number in receipt_ids)
    if not faces:
        raise RulesBroken(Violation("receipt.unknown"))
    return render(faces, desk.office, receipt_options(desk.settings, desk.today), progress)


def _waiting(uow: UnitOfWork, receipt_ids: Sequence[int]) -> dict[int, str]:
    """Those whose next copy is the original, with their numbers."""
    return {one.id: one.name for one in uow.receipts.many(receipt_ids) if rules.next_copy(one).is_original}


def begin_print(desk: Desk, receipt_ids: Sequence[int]) -> None:
    """The copies are about to leave: until ``receipts.record_print``, nobody knows whether the originals came out.

    Raises:
        Forbidden: Without the right to take money in.
    """
    desk.require(Right.CASH_IN)
    with desk.write() as uow:
        originals.note_begun(desk, uow, _NOTES, _waiting(uow, receipt_ids))
        uow.commit()


def settle_print(desk: Desk, command: SettlePrint) -> Done[None]:
    """She says whether the original that was on its way came out; said twice, it counts once.

    Raises:
        Forbidden: Without the right to take money in.
        RulesBroken: ``receipt.unknown``.
    """
    desk.require(Right.CASH_IN)
    with desk.write() as uow:
        receipt = known_receipt(uow, command.paper_id)
        if originals.begun_at(uow, _NOTES, receipt.id) is not None:
            if command.came_out:
                note_copy(desk, uow, receipt)
            else:
                originals.note_lost(desk, uow, _NOTES, receipt.id)
            uow.commit()
    return Done(None, Changes.of(CASHBOOK))


def _face(uow: UnitOfWork, receipt: Receipt, boxes: dict[int, Box]) -> ReceiptFace:
    person = None if receipt.person_id is None else uow.persons.get(receipt.person_id)
    number = "" if person is None else person.membership.number if person.membership else person.number
    name = "" if person is None else f"{person.first_name} {person.last_name}".strip()
    replaced = None if receipt.replaced_by is None else uow.receipts.get(receipt.replaced_by)
    return ReceiptFace(
        receipt=receipt,
        box=boxes[receipt.box_id],
        name=name,
        number=number,
        copy=rules.next_copy(receipt),
        replaced_by="" if replaced is None else replaced.name,
    )
