"""Pages of a PDF in memory as pictures, and onto a printer. Runs on the long lane only: PDFium is not thread-safe."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from antenne.base.problems import Problem
from antenne.base.progress import Progress

POINTS_PER_INCH: Final = 72
PRINT_DPI: Final = 300
DOCUMENT_ERROR: Final = "printing.unreadable"
PRINTER_ERROR: Final = "printing.refused"


@dataclass(frozen=True, slots=True)
class PageSizes:
    """Width and height of every page, in points."""

    pages: tuple[tuple[float, float], ...]


def page_sizes(pdf: bytes) -> PageSizes:
    """How large each page is.

    Raises:
        Problem: ``printing.unreadable``.
    """
    with _opened(pdf) as document:
        return PageSizes(tuple(document.get_page_size(number) for number in range(len(document))))


def render_page(pdf: bytes, number: int, dpi: float) -> QImage:
    """One page as a picture of ``dpi`` dots per inch.

    Raises:
        Problem: ``printing.unreadable``.
    """
    with _opened(pdf) as document:
        return _picture(document, number, dpi)


def print_pages(
    pdf: bytes, printer: QPrinter, numbers: range, starting: Callable[[], object] | None = None, *, progress: Progress
) -> int:
    """Send pages to a printer that a dialog has set, at their own size, the paper's corner as origin.

    Args:
        pdf: The document.
        printer: Set up by the print dialog; used by this thread alone until the return.
        numbers: Pages, from 0.
        starting: Called once the system has taken the job, before the first page.
        progress: Told after each page; a stop abandons the job.

    Returns:
        Pages sent.

    Raises:
        Problem: ``printing.unreadable`` or ``printing.refused`` (the system takes no job).
        Stopped: The user stopped it.
    """
    printer.setFullPage(True)
    painter = QPainter()
    with _opened(pdf) as document:
        if not painter.begin(printer):
            raise Problem(PRINTER_ERROR)
        try:
            if starting is not None:
                starting()
            for sent, number in enumerate(numbers):
                progress.check()
                if sent:
                    _next_page(printer, document, number)
                _draw(painter, printer, document, number)
                progress.report("print", sent + 1, len(numbers))
        except BaseException:
            printer.abort()
            raise
        finally:
            painter.end()
    return len(numbers)


def prepare(printer: QPrinter, sizes: PageSizes) -> None:
    """Give the printer the document's own page size and orientation, without margins of its own."""
    printer.setResolution(PRINT_DPI)
    printer.setFullPage(True)
    printer.setPageLayout(_layout(*sizes.pages[0]))
    printer.setDocName("Antenne")


def _layout(width: float, height: float) -> QPageLayout:
    short, long = sorted((width, height))
    size = QPageSize(QSizeF(short, long), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    across = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
    return QPageLayout(size, across, QMarginsF())


def _next_page(printer: QPrinter, document: Any, number: int) -> None:
    """Receipts on a roll differ in length: the paper follows where the document's own size changes."""
    here = document.get_page_size(number)
    if here != document.get_page_size(number - 1):
        printer.setPageLayout(_layout(*here))
    if not printer.newPage():
        raise Problem(PRINTER_ERROR)


def _draw(painter: QPainter, printer: QPrinter, document: Any, number: int) -> None:
    """One page at its own size."""
    width, height = document.get_page_size(number)
    dots = printer.resolution() / POINTS_PER_INCH
    painter.drawImage(QRectF(0, 0, width * dots, height * dots), _picture(document, number, PRINT_DPI))


class _Document:
    """An opened PDF that closes itself."""

    def __init__(self, document: Any) -> None:
        self._document = document

    def __enter__(self) -> Any:
        return self._document

    def __exit__(self, *_: object) -> None:
        self._document.close()


def _opened(pdf: bytes) -> _Document:
    import pypdfium2  # 10 MB that a day without paper never needs

    try:
        return _Document(pypdfium2.PdfDocument(pdf))
    except pypdfium2.PdfiumError as error:
        raise Problem(DOCUMENT_ERROR) from error


def _picture(document: Any, number: int, dpi: float) -> QImage:
    page = document[number]
    bitmap = page.render(scale=dpi / POINTS_PER_INCH, prefer_bgrx=True)
    borrowed = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
    picture = borrowed.copy()
    bitmap.close()
    page.close()
    dots_per_metre = round(dpi / 0.0254)
    picture.setDotsPerMeterX(dots_per_metre)
    picture.setDotsPerMeterY(dots_per_metre)
    return picture
