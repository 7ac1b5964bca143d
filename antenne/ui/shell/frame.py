"""What stands around a screen, and where: side bar, search with its answers, band, help, status line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from antenne.domain.board import Target
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Area, NavEntry
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import label
from antenne.ui.kit.operations import Operations
from antenne.ui.shell import help_panel
from antenne.ui.shell.help_panel import HelpPanel
from antenne.ui.shell.palette import Palette
from antenne.ui.shell.side_bar import SideBar
from antenne.ui.shell.top_bar import TopBar
from antenne.ui.shell.watermark import Watermark

if TYPE_CHECKING:
    from antenne.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class ShellInfo:
    """What the frame of the window says.

    Attributes:
        office_line: « Mopti — Sévaré ».
        user_line: « Mariam T. · Secrétaire ».
        foot: Right end of the status bar: « Exercice 2026 ».
        demo: The demonstration office: watermark and pill.
        idle_minutes: Before it locks by itself; 0 never.
    """

    office_line: str
    user_line: str
    foot: str = ""
    demo: bool = False
    idle_minutes: int = 5


class Frame(QWidget):
    """The frame; the window puts screens into ``stack``."""

    found = Signal(object)
    """What was chosen among the answers: a :class:`antenne.domain.board.Target`."""
    help_left = Signal()
    """The help is closed: the keyboard goes back to the screen."""

    def __init__(
        self,
        info: ShellInfo,
        entries: Sequence[tuple[str, NavEntry]],
        areas: Sequence[Area],
        desk: Desk,
        work: Operations,
    ) -> None:
        """Build it.

        Args:
            info: What it says.
            entries: The lines of the side bar, by the key of their area.
            areas: Who answers a search.
            desk: Handed to them.
            work: Runs the search and reads the help.
        """
        super().__init__()
        self.side = SideBar(info.office_line, entries)
        self.top = TopBar(info.user_line, demo=info.demo)
        self.band = Band()
        self.stack = QStackedWidget()
        self.help = HelpPanel(work, self)
        self.help.opened.connect(self._place_help)
        self.help.closed.connect(self._leave_help)
        self._help_room = QWidget()
        self._help_room.setFixedWidth(help_panel.WIDTH)
        self._help_room.hide()
        self._hints = label("", "hint")
        self._lay_out(info.foot)
        self.answers = Palette(areas, desk, work, self)
        self.answers.chosen.connect(self._choose)
        self.top.search.textEdited.connect(self._look_for)
        self.top.search.entered.connect(self._open_answers)
        self.top.search.steered.connect(self.answers.steer)
        if info.demo:
            Watermark(self)

    def _lay_out(self, foot: str) -> None:
        band_row = QVBoxLayout()
        band_row.setContentsMargins(5 * t.SPACE + 2, 2 * t.SPACE, 5 * t.SPACE + 2, 0)
        band_row.addWidget(self.band)
        page = QVBoxLayout()
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addLayout(band_row)
        page.addWidget(self.stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addLayout(page, 1)
        middle.addWidget(self._help_room)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.top)
        right.addLayout(middle, 1)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self.side)
        upper.addLayout(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(upper, 1)
        whole.addWidget(self._foot(foot))

    def _foot(self, words: str) -> QFrame:
        foot = QFrame()
        foot.setObjectName("foot")
        foot.setStyleSheet(f"#foot {{ background: {t.FOOT}; border: none; border-top: 1px solid {t.LINE}; }}")
        foot.setFixedHeight(t.FOOT_HEIGHT)
        row = QHBoxLayout(foot)
        row.setContentsMargins(4 * t.SPACE, 0, 4 * t.SPACE, 0)
        row.addWidget(self._hints, 1)
        row.addWidget(label(words, "hint"))
        return foot

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shrink the side bar when it is narrow."""
        super().resizeEvent(event)
        self.side.set_narrow(narrow=self.width() < t.NARROW_BELOW)
        self._place_answers()
        self._place_help()

    def show_hints(self, hints: str) -> None:
        """The keys of the screen in sight, in the status line."""
        self._hints.setText(hints)

    def escape(self) -> bool:
        """Close the nearest of what is open here: answers, help, band; False when nothing is."""
        if self.answers.isVisible():
            self.close_search()
        elif self.help.isVisible():
            self.help.leave()
        elif self.band.text:
            self.band.dismiss()
        else:
            return False
        return True

    # --- Search --------------------------------------------------------------------------------------------------

    def focus_search(self) -> None:
        """Ctrl+K."""
        self.top.search.setFocus()
        self.top.search.selectAll()
        self._open_answers()

    def search(self, text: str) -> None:
        """The search with these letters typed."""
        self.top.search.setFocus()
        self.top.search.setText(text)
        self._look_for(text)

    def close_search(self) -> None:
        """Empty it, and close its answers."""
        self.answers.hide()
        self.top.search.clear()

    def _open_answers(self) -> None:
        if not self.answers.isVisible():
            self.answers.look_for(self.top.search.text())
            self.answers.show()
            self.answers.raise_()
            self._place_answers()

    def _look_for(self, text: str) -> None:
        self._open_answers()
        self.answers.look_for(text)

    def _choose(self, target: Target) -> None:
        self.close_search()
        self.found.emit(target)

    def _place_answers(self) -> None:
        box = self.top.search
        corner = box.mapTo(self, box.rect().bottomLeft())
        self.answers.place(corner.x(), corner.y() + 4, box.width())

    # --- Help ----------------------------------------------------------------------------------------------------

    def toggle_help(self, key: str) -> None:
        """Open the page ``key``, or close the help."""
        if self.help.isVisible():
            self.help.leave()
        else:
            self.help.show_page(key)

    def _place_help(self) -> None:
        """Beside the page, or over it where the window is narrow."""
        top = t.TOP_BAR_HEIGHT
        self.help.setGeometry(
            self.width() - help_panel.WIDTH, top, help_panel.WIDTH, self.height() - top - t.FOOT_HEIGHT
        )
        self._help_room.setVisible(self.help.isVisible() and self.width() >= t.NARROW_BELOW)

    def _leave_help(self) -> None:
        self._help_room.hide()
        self.help_left.emit()
