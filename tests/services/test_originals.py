"""Between the printer and the note the power may go: the original is asked about, never printed twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import pytest

from antenne.base.clock import FixedClock
from antenne.base.progress import Progress
from antenne.domain.office import Office
from antenne.domain.receipt_faces import ReceiptFace, ReceiptOptions
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.domain.voucher_faces import VoucherFace
from antenne.services import expenses, expenses_printing, receipts, receipts_printing
from antenne.services.desk import Desk
from antenne.services.expenses import PayExpense
from antenne.services.money_checks import receipts_and_entries
from antenne.services.originals import SettlePrint
from antenne.wording import violations as sentences
from tests.services import money

_PLAIN = ReceiptOptions()


def drawn(desk: Desk, *ids: int) -> list[tuple[str, int]]:
    """Number and copy of every receipt on the paper that would leave now."""
    seen: list[tuple[str, int]] = []

    def render(
        faces: Sequence[ReceiptFace],
        office: Office,
        options: ReceiptOptions = _PLAIN,
        progress: Progress | None = None,
    ) -> bytes:
        seen.extend((face.receipt.name, face.copy.number) for face in faces)
        return b"pdf"

    receipts_printing.render_receipts(desk, ids, render)
    return seen


def asked(work: Callable[[], object]) -> str:
    """The question that stands before the drawing."""
    with pytest.raises(RulesBroken) as caught:
        work()
    return " ".join(sentences.sentence(one) for one in caught.value.violations)


@pytest.fixture
def given(desk: Desk) -> tuple[int, int]:
    """Two receipts that were never printed."""
    awa = money.member(desk)
    money.opened(desk, 1000)
    return money.paid(desk, awa, 500).id, money.paid(desk, awa, 700).id


def test_a_print_that_was_noted_is_not_asked_about(desk: Desk, given: tuple[int, int]) -> None:
    first, second = given
    receipts_printing.begin_print(desk, given)
    receipts.record_print(desk, given)
    assert drawn(desk, first, second) == [("2026-00001", 1), ("2026-00002", 1)]
    receipts_printing.begin_print(desk, given)  # of a copy nothing is noted: two DUPLICATA 1 betray nothing
    assert drawn(desk, first, second) == [("2026-00001", 1), ("2026-00002", 1)]


def test_after_a_power_cut_she_says_whether_it_is_there(desk: Desk, given: tuple[int, int], clock: FixedClock) -> None:
    first, second = given
    receipts_printing.begin_print(desk, given)  # and the power goes before the note
    clock.advance(dt.timedelta(minutes=9))
    said = asked(lambda: drawn(desk, *given))
    assert said.startswith("L’original du reçu 2026-00001 est parti vers l’imprimante le 23/11/2026 à 9\u00a0h\u00a030")
    for _ in range(2):  # a double click counts once
        receipts_printing.settle_print(desk, SettlePrint(first, came_out=True))
    assert asked(lambda: drawn(desk, *given)).startswith("L’original du reçu 2026-00002")
    for _ in range(2):
        receipts_printing.settle_print(desk, SettlePrint(second, came_out=False))
    assert drawn(desk, first, second) == [("2026-00001", 1), ("2026-00002", 0)]
    receipts_printing.begin_print(desk, given)
    receipts.record_print(desk, given)
    assert drawn(desk, first, second) == [("2026-00001", 2), ("2026-00002", 1)]
    assert receipts_and_entries(desk).ok
    with desk.read() as uow:
        history = [line.action for line in reversed(uow.audit.history("receipt", second))]
    assert history == [
        "receipt.issued",
        "receipt.print_begun",
        "receipt.print_lost",
        "receipt.print_begun",
        "receipt.printed",
    ]


def test_a_voucher_is_asked_about_the_same_way(desk: Desk) -> None:
    money.opened(desk, 10_000)
    answers = {
        "box": "caisse",
        "beneficiary": "Quincaillerie Traoré",
        "purpose": "Papier",
        "account": "6055",
        "amount": 300,
        "document": "facture",
        "document_ref": "n° 112",
    }
    made = expenses.pay_expense(desk, PayExpense(request_id="pay", answers=answers)).value
    seen: list[int] = []

    def render(faces: Sequence[VoucherFace], office: Office, progress: Progress | None = None) -> bytes:
        seen.extend(face.copy.number for face in faces)
        return b"pdf"

    def draw() -> bytes:
        return expenses_printing.render_vouchers(desk, (made.id,), render)

    expenses_printing.begin_voucher_print(desk, (made.id,))
    assert asked(draw).startswith("L’original de la pièce D-2026-0001")
    expenses_printing.settle_voucher_print(desk, SettlePrint(made.id, came_out=False))
    draw()
    expenses_printing.begin_voucher_print(desk, (made.id,))
    expenses_printing.settle_voucher_print(desk, SettlePrint(made.id, came_out=True))
    expenses_printing.settle_voucher_print(desk, SettlePrint(made.id, came_out=False))
    draw()
    assert seen == [0, 1]


def test_who_handles_no_money_settles_nothing(desk_of: Callable[[str], Desk]) -> None:
    reader = desk_of("lecture")
    for work in (receipts_printing.settle_print, expenses_printing.settle_voucher_print):
        with pytest.raises(Forbidden):
            work(reader, SettlePrint(1, came_out=True))
    for begin in (receipts_printing.begin_print, expenses_printing.begin_voucher_print):
        with pytest.raises(Forbidden):
            begin(reader, (1,))
