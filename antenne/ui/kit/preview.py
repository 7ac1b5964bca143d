"""The preview: one page at a time, as it will be printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from antenne.base.problems import Problem
from antenne.domain.violations import RulesBroken, Violation
from antenne.ui.kit import tokens as t
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.dialogs import WINDOW_TITLE
from antenne.ui.kit.operations import LONG, Operations
from antenne.ui.kit.pdf_pages import POINTS_PER_INCH, PageSizes, render_page

ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
"""Offered beside « page entière »; 1 is the size on paper at 96 dots per inch."""
_SCREEN_DPI = 96
_MARGIN = 24


class PreviewDialog(QDialog):
    """Shows a PDF held in memory; asks to print or to save it."""

    print_requested = Signal()
    save_requested = Signal()

    def __init__(self, title: str, operations: Operations, words: Callable[[Exception], str], parent: QWidget) -> None:
        """Open empty, « Préparation… »; ``words`` makes the sentence of an error."""
        super().__init__(parent)
        self._words = words
        self._operations = operations
        self._pdf = b""
        self._sizes = PageSizes(())
        self._page = 0
        self._zoom: float | None = None
        self.setWindowTitle(WINDOW_TITLE)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build(title)
        self._show_buttons()
        self.resize(min(parent.window().width() - 60, 980), min(parent.window().height() - 40, 760))
        self.open()

    def show_document(self, pdf: bytes, sizes: PageSizes) -> None:
        """Show the first page."""
        self._pdf, self._sizes, self._page = pdf, sizes, 0
        self._state.setText("")
        self._draw()
        self._print.setFocus()

    def say(self, sentence: str) -> None:
        """Say what was done."""
        self._state.setText("")
        self._band.say(sentence, "good")

    def report(self, step: str, done: int, total: int) -> None:  # noqa: ARG002 - one step only: pages
        """Show how far the pages are."""
        self._state.setText(f"{done} / {total}")

    def fail(self, problem: Problem) -> None:
        """Say why there is nothing to show."""
        self._state.setText("")
        self._band.say(self._words(problem), "danger")

    def refuse(self, violations: tuple[Violation, ...]) -> None:
        """Say every rule that stands against the document."""
        self._state.setText("")
        self._band.say(self._words(RulesBroken(*violations)), "danger")

    def ask(
        self,
        question: Violation,
        yes: str,
        no: str,
        answer: Callable[[bool, Callable[[], None]], None],
        again: Callable[[], None],
    ) -> None:
        """Ask what must be known before there is a document; ``answer`` keeps it, then calls ``again``."""
        self._state.setText("")
        self._asked.show_question(
            self._words(RulesBroken(question)),
            ((yes, partial(answer, True, again)), (no, partial(answer, False, again))),
        )

    def go(self, by: int) -> None:
        """Turn pages."""
        page = min(max(self._page + by, 0), len(self._sizes.pages) - 1)
        if page != self._page and self._sizes.pages:
            self._page = page
            self._draw()

    def zoom(self, by: int) -> None:
        """One step larger or smaller; 0 shows the whole page again."""
        if by == 0:
            self._zoom = None
        else:
            now = self._zoom if self._zoom is not None else self._fitting() / _SCREEN_DPI
            steps = [step for step in ZOOMS if (step > now + 0.01 if by > 0 else step < now - 0.01)]
            self._zoom = (min(steps) if by > 0 else max(steps)) if steps else now
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page up and down, Ctrl with + and -, Ctrl+P, Ctrl+S."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        moves = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        zooms = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_0: 0}
        key = Qt.Key(event.key())
        if key in moves:
            self.go(moves[key])
        elif control and key in zooms:
            self.zoom(zooms[key])
        elif control and key == Qt.Key.Key_P and self._pdf:
            self.print_requested.emit()
        elif control and key == Qt.Key.Key_S and self._pdf:
            self.save_requested.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The whole page follows the window."""
        super().resizeEvent(event)
        if self._zoom is None:
            self._draw()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Page keys turn pages where the page itself has the focus, too."""
        turning = (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in turning:
            self.go(1 if event.key() == Qt.Key.Key_PageDown else -1)
            return True
        return super().eventFilter(watched, event)

    def _build(self, title: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(3 * t.SPACE)
        self._band = Band()
        self._state = label("Préparation…", "muted")
        self._count = label("", "muted")
        self._paper = QLabel()
        self._paper.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._area = QScrollArea()
        self._area.setWidget(self._paper)
        self._area.setWidgetResizable(True)
        self._area.setObjectName("previewArea")
        self._area.setStyleSheet(
            f"#previewArea {{ background: {t.NEUTRAL_TINT}; border-radius: {t.RADIUS}px; }}"
            f"#previewArea:focus {{ border: 1px solid {t.PRIMARY}; }}"
        )
        self._area.setAccessibleName("Aperçu de la page")
        self._area.installEventFilter(self)
        self._before = button("Page précédente", "plain", partial(self.go, -1))
        self._after = button("Page suivante", "plain", partial(self.go, 1))
        self._smaller = button("−", "plain", partial(self.zoom, -1))
        self._larger = button("+", "plain", partial(self.zoom, 1))
        self._whole = button("Page entière", "plain", partial(self.zoom, 0))
        self._smaller.setAccessibleName("Réduire")
        self._larger.setAccessibleName("Agrandir")
        self._save = button("Enregistrer en PDF…", "plain", self.save_requested.emit)
        self._print = button("Imprimer…", "primary", self.print_requested.emit, icon_name="printer")
        head = QHBoxLayout()
        head.addWidget(label(title, "title"))
        head.addStretch(1)
        for piece in (self._state, self._save, self._print):
            head.addWidget(piece)
        foot = QHBoxLayout()
        for piece in (self._before, self._after, self._count):
            foot.addWidget(piece)
        foot.addStretch(1)
        for piece in (self._smaller, self._larger, self._whole, button("Fermer", "plain", self.close)):
            foot.addWidget(piece)
        column.addLayout(head)
        self._asked = _Question()
        column.addWidget(self._band)
        column.addWidget(self._asked)
        column.addWidget(self._area, 1)
        column.addLayout(foot)

    def _show_buttons(self) -> None:
        pages = len(self._sizes.pages)
        ready = pages > 0
        for piece in (self._print, self._save, self._smaller, self._larger, self._whole):
            piece.setEnabled(ready)
        self._before.setVisible(pages > 1)
        self._after.setVisible(pages > 1)
        self._before.setEnabled(self._page > 0)
        self._after.setEnabled(self._page < pages - 1)
        self._count.setText(f"Page {self._page + 1} / {pages}" if ready else "")

    def _fitting(self) -> float:
        """Dots per inch at which the whole page is seen."""
        width, height = self._sizes.pages[self._page]
        room = self._area.viewport().size()
        return POINTS_PER_INCH * min((room.width() - _MARGIN) / width, (room.height() - _MARGIN) / height)

    def _draw(self) -> None:
        """Have the current page rendered; what it replaces stays until it is here."""
        self._show_buttons()
        if not self._sizes.pages:
            return
        dpi = max(self._fitting() if self._zoom is None else self._zoom * _SCREEN_DPI, 10.0)
        ratio = self.devicePixelRatioF()
        self._operations.run(
            LONG, _rendered, self._pdf, self._page, dpi * ratio, ratio, owner=self, done=self._put, latest=True
        )

    def _put(self, picture: QImage) -> None:
        self._paper.setPixmap(QPixmap.fromImage(picture))
        self._paper.setMinimumSize(picture.deviceIndependentSize().toSize())
        self._paper.setAccessibleName(f"Page {self._page + 1}")


class _Question(Card):
    """A sentence and its answers, each a button; gone once one is given."""

    def __init__(self) -> None:
        super().__init__(role="focus")
        self._sentence = label("", "strong", wrap=True)
        self._answers = QHBoxLayout()
        self.body.addWidget(self._sentence)
        self.body.addLayout(self._answers)
        self.hide()

    def show_question(self, sentence: str, answers: Sequence[tuple[str, Callable[[], None]]]) -> None:
        """Show it, on its first answer."""
        while (item := self._answers.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        made = [button(said, "plain", partial(self._answered, given)) for said, given in answers]
        for one in made:
            self._answers.addWidget(one)
        self._answers.addStretch(1)
        self.show()
        made[0].setFocus()

    def _answered(self, given: Callable[[], None]) -> None:
        self.hide()
        given()


def _rendered(pdf: bytes, number: int, dpi: float, ratio: float) -> QImage:
    """One page for a screen of that many dots per pixel."""
    picture = render_page(pdf, number, dpi)
    picture.setDevicePixelRatio(ratio)
    return picture
