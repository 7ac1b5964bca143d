"""Everything printed: made on the long lane, shown first, sent through the system's dialog or saved as PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from antenne.base.problems import Problem
from antenne.domain.violations import Violation
from antenne.ui.kit.dialogs import Dialogs
from antenne.ui.kit.operations import LONG, Operations, Ticket
from antenne.ui.kit.pdf_pages import PageSizes, page_sizes, prepare, print_pages
from antenne.ui.kit.preview import PreviewDialog


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintQuestion:
    """What must be known before the document can be made: whether an original came out.

    Attributes:
        code: Of the violation that asks; its sentence is the question.
        yes: On the button: « Oui, il est là ».
        no: « Non, il n’est pas sorti ».
        answer: Takes the violation, the answer, and what makes the document again; called on the GUI thread.
    """

    code: str
    yes: str
    no: str
    answer: Callable[[Violation, bool, Callable[[], None]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintJob:
    """A document to show and print.

    Attributes:
        title: Head of the preview: « Carte de membre ».
        file_name: Proposed for « Enregistrer en PDF… », neutral and without a name: ``cartes.pdf``.
        render: Makes the PDF; runs on the long lane; with ``args``.
        args: Its arguments.
        with_progress: Pass ``progress=`` to ``render``.
        printed: Called on the GUI thread once the pages were handed to the printer (``services.*.record_print``), even
            when preview and screen were closed meanwhile.
        once: An original: every page, one copy of each, whatever the print dialog was told.
        saved: Called on the GUI thread once the PDF was saved: for a paper whose original comes out once.
        starting: Called in the lane just before the pages leave, or before the file is there: what it notes stands
            though the power goes.
        question: What ``render`` may ask first, or None.
    """

    title: str
    file_name: str
    render: Callable[..., bytes]
    args: tuple[Any, ...] = ()
    with_progress: bool = False
    printed: Callable[[], None] | None = None
    once: bool = False
    saved: Callable[[], None] | None = None
    starting: Callable[[], object] | None = None
    question: PrintQuestion | None = None


class Printing(QObject):
    """Shows, prints and saves documents."""

    def __init__(
        self,
        operations: Operations,
        dialogs: Dialogs,
        words: Callable[[Exception], str],
        parent: QObject | None = None,
    ) -> None:
        """Take what runs the work, what asks the user, and what makes the sentence of an error."""
        super().__init__(parent)
        self._operations = operations
        self._dialogs = dialogs
        self._words = words

    def preview(self, job: PrintJob, parent: QWidget) -> PreviewDialog:
        """Open the preview at once and fill it when the document is made."""
        dialog = PreviewDialog(job.title, self._operations, self._words, parent)
        _Preview(self, self._operations, job, dialog)
        return dialog

    def send(
        self,
        pdf: bytes,
        sizes: PageSizes,
        parent: QWidget,
        done: Callable[[int], None],
        progress: Callable[[str, int, int], None] | None = None,
        problem: Callable[[Problem], None] | None = None,
        *,
        once: bool = False,
        starting: Callable[[], object] | None = None,
    ) -> Ticket | None:
        """Ask for a printer, then print page by page on the long lane; None when she gave up.

        ``done`` takes the number of pages sent, and is called even after ``parent`` has been closed: what went to the
        printer must be recorded. ``once`` and ``starting`` as in :class:`PrintJob`.
        """
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        prepare(printer, sizes)
        if not self._dialogs.print_dialog(parent, printer, len(sizes.pages)):
            return None
        if once:
            printer.setCopyCount(1)
            printer.setFromTo(1, len(sizes.pages))
        first = max(printer.fromPage(), 1)
        last = min(printer.toPage() or len(sizes.pages), len(sizes.pages))
        pages = range(first - 1, last)
        return self._operations.run(
            LONG,
            print_pages,
            pdf,
            printer,
            pages,
            starting,
            owner=self,
            done=done,
            problem=problem,
            progress=progress,
            with_progress=True,
        )

    def save(
        self,
        pdf: bytes,
        name: str,
        parent: QWidget,
        done: Callable[[Path], None],
        problem: Callable[[Problem], None] | None = None,
        *,
        starting: Callable[[], object] | None = None,
    ) -> Ticket | None:
        """Ask for a file, then write it on the long lane; None when she gave up. The rest as in :meth:`send`."""
        path = self._dialogs.ask_file_save(parent, "Enregistrer en PDF", name, "Document PDF (*.pdf)")
        if path is None:
            return None
        return self._operations.run(LONG, write_file, path, pdf, starting, owner=self, done=done, problem=problem)


class _Preview(QObject):
    """Ties one document to its dialog; outlives it while pages are still on their way to the printer."""

    def __init__(self, printing: Printing, operations: Operations, job: PrintJob, dialog: PreviewDialog) -> None:
        super().__init__(printing)
        self._printing = printing
        self._operations = operations
        self._job = job
        self._dialog: PreviewDialog | None = dialog
        self._pdf = b""
        self._sizes = PageSizes(())
        self._sending: Ticket | None = None
        self._writing: Ticket | None = None
        dialog.print_requested.connect(self._print)
        dialog.save_requested.connect(self._save)
        dialog.finished.connect(self._closed)
        self._making = self._make(dialog)

    def _make(self, dialog: PreviewDialog) -> Ticket:
        return self._operations.run(
            LONG,
            _made,
            self._job.render,
            self._job.args,
            owner=dialog,
            done=self._show,
            problem=dialog.fail,
            broken=self._refused,
            progress=dialog.report if self._job.with_progress else None,
        )

    def _refused(self, violations: tuple[Violation, ...]) -> None:
        """There is something to settle first, or nothing to show."""
        asked = self._job.question
        if self._dialog is None:
            return
        if asked is None or violations[0].code != asked.code:
            self._dialog.refuse(violations)
            return
        self._dialog.ask(violations[0], asked.yes, asked.no, partial(asked.answer, violations[0]), self._again)

    def _again(self) -> None:
        if self._dialog is not None:
            self._making = self._make(self._dialog)

    def _show(self, made: tuple[bytes, PageSizes]) -> None:
        self._pdf, self._sizes = made
        if self._dialog is not None:
            self._dialog.show_document(*made)

    @property
    def _busy(self) -> bool:
        """The same sheet is on its way to a printer or a file: a second one would be a second original."""
        return any(one is not None and not one.finished for one in (self._sending, self._writing))

    def _print(self) -> None:
        if self._dialog is not None and not self._busy:
            self._sending = self._printing.send(
                self._pdf,
                self._sizes,
                self._dialog,
                self._printed,
                self._report,
                self._failed,
                once=self._job.once,
                starting=self._job.starting,
            )

    def _report(self, step: str, done: int, total: int) -> None:
        if self._dialog is not None:
            self._dialog.report(step, done, total)

    def _printed(self, pages: int) -> None:
        if self._job.printed is not None:
            self._job.printed()
        if self._dialog is None:
            self.deleteLater()
            return
        words = "1 page envoyée" if pages == 1 else f"{pages} pages envoyées"
        self._dialog.say(f"{words} à l’imprimante.")

    def _failed(self, problem: Problem) -> None:
        """Said where she looks: in the preview, or on the page when the preview is closed."""
        if self._dialog is not None:
            self._dialog.fail(problem)
        else:
            self._operations.say_problem(problem)
            self.deleteLater()

    def _save(self) -> None:
        if self._dialog is not None and not self._busy:
            self._writing = self._printing.save(
                self._pdf, self._job.file_name, self._dialog, self._saved, self._failed, starting=self._job.starting
            )

    def _saved(self, path: Path) -> None:
        if self._job.saved is not None:
            self._job.saved()
        if self._dialog is None:
            self.deleteLater()
        else:
            self._dialog.say(f"Enregistré\u00a0: {path.name}")

    def _closed(self) -> None:
        self._dialog = None
        self._making.stop()
        if not self._busy:
            self.deleteLater()


def _made(render: Callable[..., bytes], args: tuple[Any, ...], **extra: Any) -> tuple[bytes, PageSizes]:
    """The document and its page sizes."""
    pdf = render(*args, **extra)
    return pdf, page_sizes(pdf)


def write_file(path: Path, content: bytes, starting: Callable[[], object] | None = None) -> Path:
    """Write a file beside its place, then move it there, so that a full disk leaves no half document.

    ``starting`` is called before it is there under its name.

    Raises:
        Problem: ``printing.not_saved``, with the system's own words.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(content)
        if starting is not None:
            starting()
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Problem("printing.not_saved", name=path.name, reason=error.strerror or "") from error
    return path
