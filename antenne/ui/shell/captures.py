"""Every screen and every printed document of the demonstration office, as pictures for whoever reviews."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from antenne.base.problems import Problem
from antenne.ui.kit.area import Area
from antenne.ui.kit.operations import Operations
from antenne.ui.shell.window import MainWindow

WIDTH, HEIGHT = 1366, 768
_PAPER_DPI = 110
_PATIENCE = 20.0
_POINTS_PER_INCH = 72
_TYPING = 0.7
"""Seconds after which what waits for a hand to pause has been asked."""
_VEIL = 70
"""How dark the window stands behind what is open over it, out of 255."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture that is not a place of an area: the login, the wizard, restoring.

    Attributes:
        name: Of the picture.
        make: Makes the widget.
        prepare: Types or opens something in it; None when nothing is.
    """

    name: str
    make: Callable[[], QWidget]
    prepare: Callable[[QWidget], None] | None = None


class CaptureRun:
    """Writes pictures into a folder, one after the other."""

    def __init__(self, folder: Path, operations: Operations, only: str | None) -> None:
        """Write into ``folder``; ``only`` names a single picture."""
        self._folder = folder
        self.operations = operations
        self._only = only
        self.written: list[Path] = []

    def wanted(self, name: str) -> bool:
        """Whether that picture was asked for."""
        return self._only in {None, name}

    def frame(self, frame: Frame) -> None:
        """Draw a widget of its own."""
        if not self.wanted(frame.name):
            return
        widget = frame.make()
        widget.resize(WIDTH, HEIGHT)
        widget.show()
        self._settle()
        if frame.prepare is not None:
            frame.prepare(widget)
            self._settle(at_least=_TYPING)
        self._save(widget, frame.name)
        widget.hide()  # not closed: the wizard would ask whether its answers may be lost
        widget.deleteLater()
        self._settle()

    def window(self, name: str, window: MainWindow) -> None:
        """Draw the window as it stands."""
        if self.wanted(name):
            self._settle()
            self._save(window, name)

    def places(self, window: MainWindow, areas: Sequence[Area]) -> None:
        """Draw every place of every area."""
        desk = window.context.desk
        for area in areas:
            for capture in area.captures:
                if not self.wanted(capture.name):
                    continue
                window.open(capture.find(desk))
                self._settle()
                if capture.prepare is not None:
                    capture.prepare(window.current_screen)
                    self._settle(at_least=_TYPING)
                self._save(window, capture.name)

    def papers(self, window: MainWindow, areas: Sequence[Area]) -> None:
        """Make every printed document, as PDF and a picture per page."""
        desk = window.context.desk
        for area in areas:
            for paper in area.papers:
                if self.wanted(paper.name):
                    self._paper(paper.name, paper.render(desk))

    def _paper(self, name: str, pdf: bytes) -> None:
        path = self._folder / f"{name}.pdf"
        path.write_bytes(pdf)
        self.written.append(path)
        document = pypdfium2.PdfDocument(pdf)
        try:
            for number, image in enumerate(_pages(document), 1):
                suffix = f"-{number}" if len(document) > 1 else ""
                picture = self._folder / f"{name}{suffix}.png"
                image.save(str(picture))
                self.written.append(picture)
        finally:
            document.close()

    def _save(self, widget: QWidget, name: str) -> None:
        path = self._folder / f"{name}.png"
        opened = _dialogs()
        if not over(widget.grab(), opened).save(str(path)):
            raise Problem("cli.output", path=str(path))
        self.written.append(path)
        for dialog in opened:
            dialog.close()

    def _settle(self, at_least: float = 0.05) -> None:
        """Let the lanes finish and the window paint what they brought; timers of a typing hand need a moment."""
        begun = time.monotonic()
        until = begun + _PATIENCE
        quiet = 0
        enough = 4
        while (quiet < enough or time.monotonic() < begun + at_least) and time.monotonic() < until:
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            quiet = quiet + 1 if self.operations.idle() else 0
            time.sleep(0.01)


def _dialogs() -> list[QDialog]:
    """What is open over the window, as the preview is."""
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def over(window: QPixmap, dialogs: Sequence[QDialog]) -> QPixmap:
    """The window, and in the middle of it what is open over it."""
    painter = QPainter(window)
    for dialog in dialogs:
        picture = dialog.grab()
        painter.fillRect(window.rect(), QColor(0, 0, 0, _VEIL))
        painter.drawPixmap((window.width() - picture.width()) // 2, (window.height() - picture.height()) // 2, picture)
    painter.end()
    return window


def _pages(document: pypdfium2.PdfDocument) -> Iterator[QImage]:
    for page in document:
        bitmap = page.render(scale=_PAPER_DPI / _POINTS_PER_INCH).to_pil().convert("RGB")
        data = bitmap.tobytes()
        yield QImage(data, bitmap.width, bitmap.height, 3 * bitmap.width, QImage.Format.Format_RGB888).copy()
