"""What is printed is what was shown, page for page, at its own size."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from antenne.base.problems import Problem
from antenne.domain.violations import RulesBroken, Violation
from antenne.ui.kit.operations import Operations
from antenne.ui.kit.pdf_pages import page_sizes, render_page
from antenne.ui.kit.printing import Printing, PrintJob, write_file
from tests.ui.helpers import Failures, FakeDialogs, press

A4 = (210 * mm, 297 * mm)


def document(pages: int = 2) -> bytes:
    """Page n bears n black squares of 20 mm, the first one 30 mm from the left and from the top."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for number in range(1, pages + 1):
        for square in range(number):
            canvas.rect((30 + 40 * square) * mm, (297 - 50) * mm, 20 * mm, 20 * mm, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def broken() -> bytes:
    raise RulesBroken(Violation("cards.no_name"))


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(1100, 760)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_page_is_rendered_at_its_size() -> None:
    sizes = page_sizes(document()).pages
    assert [size == pytest.approx(A4, abs=0.01) for size in sizes] == [True, True]
    picture = render_page(document(), 1, 300)
    assert abs(picture.width() - 2480) <= 1
    dot = 300 / 25.4
    for centre in (40, 80):
        assert picture.pixelColor(round(centre * dot), round(40 * dot)) == QColor("black")
    assert picture.pixelColor(round(120 * dot), round(40 * dot)) == QColor("white")


def test_what_is_no_pdf_is_a_problem() -> None:
    with pytest.raises(Problem, match="unreadable"):
        page_sizes(b"pas un PDF")


def test_preview_turns_pages_prints_and_tells(
    qtbot: QtBot, operations: Operations, window: QWidget, tmp_path: Path
) -> None:
    output = tmp_path / "printed.pdf"
    dialogs = FakeDialogs(output=output)
    told: list[bool] = []
    printing = Printing(operations, dialogs, str)
    job = PrintJob(title="Carte", file_name="cartes.pdf", render=document, args=(3,), printed=lambda: told.append(True))
    preview = printing.preview(job, window)
    qtbot.waitUntil(lambda: not preview._paper.pixmap().isNull() and operations.idle())
    press(preview, Qt.Key.Key_PageDown)
    assert preview._count.text() == "Page 2 / 3"
    press(preview, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(operations.idle)
    assert told == [True]
    assert preview._band.text == "3 pages envoyées à l’imprimante."
    sent = pypdfium2.PdfDocument(output)
    assert len(sent) == 3
    assert sent.get_page_size(0) == pytest.approx(A4, abs=1.5)
    sent.close()
    picture = render_page(output.read_bytes(), 0, 100)
    dot = 100 / 25.4
    for inside in (30.6, 49.4):
        assert picture.pixelColor(round(inside * dot), round(40 * dot)).lightness() < 60
    for outside in (29.4, 50.6):
        assert picture.pixelColor(round(outside * dot), round(40 * dot)).lightness() > 200
    preview.close()


def test_receipts_of_different_lengths_each_get_their_paper(
    qtbot: QtBot, operations: Operations, window: QWidget, tmp_path: Path
) -> None:
    lengths = (110, 150, 150, 90)

    def rolls() -> bytes:
        made = io.BytesIO()
        drawing = Canvas(made)
        for length in lengths:
            drawing.setPageSize((80 * mm, length * mm))
            drawing.rect(10 * mm, 2 * mm, 10 * mm, 5 * mm, fill=1)
            drawing.showPage()
        drawing.save()
        return made.getvalue()

    output = tmp_path / "printed.pdf"
    job = PrintJob(title="Reçus", file_name="recus.pdf", render=rolls, once=True)
    preview = Printing(operations, FakeDialogs(output=output), str).preview(job, window)
    qtbot.waitUntil(lambda: not preview._paper.pixmap().isNull() and operations.idle())
    press(preview, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(operations.idle)
    with pypdfium2.PdfDocument(output) as sent:
        sizes = [sent.get_page_size(number) for number in range(len(sent))]
    assert sizes == [pytest.approx((80 * mm, length * mm), abs=1.5) for length in lengths]
    preview.close()


class ManyCopies(FakeDialogs):
    """She asks for two copies of the second page."""

    def print_dialog(self, parent: QWidget, printer: QPrinter, pages: int) -> bool:
        answer = super().print_dialog(parent, printer, pages)
        printer.setCopyCount(2)
        printer.setFromTo(2, 2)
        self.printer = printer
        return answer


@pytest.mark.parametrize(("once", "copies", "pages"), [(True, 1, 3), (False, 2, 1)])
def test_an_original_comes_out_whole_and_once(
    qtbot: QtBot, operations: Operations, window: QWidget, tmp_path: Path, once: bool, copies: int, pages: int
) -> None:
    dialogs = ManyCopies(output=tmp_path / "printed.pdf")
    job = PrintJob(title="Reçus", file_name="recus.pdf", render=document, args=(3,), once=once)
    preview = Printing(operations, dialogs, str).preview(job, window)
    qtbot.waitUntil(lambda: not preview._paper.pixmap().isNull() and operations.idle())
    press(preview, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(operations.idle)
    assert dialogs.printer.copyCount() == copies
    with pypdfium2.PdfDocument(tmp_path / "printed.pdf") as sent:
        assert len(sent) == pages
    preview.close()


def test_preview_saves_a_pdf(qtbot: QtBot, operations: Operations, window: QWidget, tmp_path: Path) -> None:
    path = tmp_path / "cartes.pdf"
    dialogs = FakeDialogs(path=path)
    preview = Printing(operations, dialogs, str).preview(
        PrintJob(title="Carte", file_name="cartes.pdf", render=document), window
    )
    qtbot.waitUntil(lambda: not preview._paper.pixmap().isNull() and operations.idle())
    press(preview, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(operations.idle)
    assert path.read_bytes().startswith(b"%PDF")
    assert dialogs.asked == ["cartes.pdf"]
    assert list(tmp_path.iterdir()) == [path]
    preview.close()


def test_the_sheet_goes_one_way_at_a_time_and_is_noted_though_the_preview_is_closed(
    qtbot: QtBot, operations: Operations, window: QWidget, tmp_path: Path
) -> None:
    path, told = tmp_path / "recu.pdf", list[str]()
    dialogs = FakeDialogs(path=path, output=tmp_path / "printed.pdf")
    preview = Printing(operations, dialogs, str).preview(
        PrintJob(
            title="Reçu",
            file_name="recu.pdf",
            render=document,
            printed=lambda: told.append("printed"),
            saved=lambda: told.append("saved"),
        ),
        window,
    )
    qtbot.waitUntil(lambda: not preview._paper.pixmap().isNull() and operations.idle())
    for key in (Qt.Key.Key_S, Qt.Key.Key_P, Qt.Key.Key_S):
        press(preview, key, Qt.KeyboardModifier.ControlModifier)
    preview.close()
    qtbot.waitUntil(lambda: told != [] and operations.idle())
    assert dialogs.asked == ["recu.pdf"]
    assert told == ["saved"]


def test_preview_says_what_stands_against_the_document(
    qtbot: QtBot, operations: Operations, window: QWidget, failures: Failures
) -> None:
    preview = Printing(operations, FakeDialogs(), str).preview(
        PrintJob(title="Carte", file_name="cartes.pdf", render=broken), window
    )
    qtbot.waitUntil(operations.idle)
    assert preview._band.text == "cards.no_name"
    assert not preview._print.isEnabled()
    assert failures.problems == []
    preview.close()


def test_a_preview_closed_early_is_let_go(qtbot: QtBot, operations: Operations, window: QWidget) -> None:
    preview = Printing(operations, FakeDialogs(), str).preview(
        PrintJob(title="Carte", file_name="cartes.pdf", render=document), window
    )
    preview.close()
    qtbot.waitUntil(operations.idle)


def test_a_file_that_cannot_be_written_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="not_saved"):
        write_file(tmp_path / "absent" / "cartes.pdf", b"%PDF")
