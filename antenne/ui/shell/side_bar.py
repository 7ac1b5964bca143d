"""The side bar: one line per area, its key at the right; icons alone when the window is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import NavEntry
from antenne.ui.kit.cards import label
from antenne.ui.kit.icons import pixmap
from antenne.ui.kit.theme import font

_SIDE = 10


class NavButton(QPushButton):
    """One line of the side bar, painted: label and key, or the icon alone."""

    def __init__(self, entry: NavEntry, parent: QWidget | None = None) -> None:
        """Show ``entry``."""
        super().__init__(parent)
        self._entry = entry
        self._narrow = False
        self._picture = pixmap(entry.icon, t.SIDEBAR_INK, 20)
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setAccessibleName(f"{entry.label} {entry.key}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_narrow(self, *, narrow: bool) -> None:
        """Icon alone, the words in the tip."""
        self._narrow = narrow
        self.setToolTip(f"{self._entry.label} ({self._entry.key})" if self._entry.key else self._entry.label)
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(40, t.ROW_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole line is painted
        """Paint the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        if self._narrow:
            side = 20
            painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, self._picture)
        else:
            self._paint_words(painter)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        ground = t.SIDEBAR_ACTIVE if self.isChecked() else t.SIDEBAR_HOVER if self.underMouse() else t.SIDEBAR
        painter.setBrush(QColor(ground))
        painter.setPen(QColor(t.SIDEBAR_INK) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), t.RADIUS - 1, t.RADIUS - 1)

    def _paint_words(self, painter: QPainter) -> None:
        inside: QRect = self.rect().adjusted(_SIDE, 0, -_SIDE, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font(8.5))
        painter.setPen(QColor(t.SIDEBAR_MUTED))
        key_width = painter.fontMetrics().horizontalAdvance(self._entry.key)
        painter.drawText(inside, middle | Qt.AlignmentFlag.AlignRight, self._entry.key)
        painter.setFont(font(t.FONT_POINT, bold=self.isChecked()))
        painter.setPen(QColor(t.PAPER if self.isChecked() else t.SIDEBAR_INK))
        room = inside.width() - (key_width + 4 if key_width else 0)
        text = painter.fontMetrics().elidedText(self._entry.label, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inside, middle | Qt.AlignmentFlag.AlignLeft, text)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The mouse is over it."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse has left."""
        self.update()
        super().leaveEvent(event)


class SideBar(QFrame):
    """Title of the program, the areas, a line, the backup and the settings."""

    chosen = Signal(str)
    """Key of the area."""

    def __init__(
        self, office_line: str, entries: Sequence[tuple[str, NavEntry]], parent: QWidget | None = None
    ) -> None:
        """Show ``entries`` (area key, line) in their order, the ``bottom`` ones below a line."""
        super().__init__(parent)
        self.setObjectName("sideBar")
        self.setStyleSheet(f"#sideBar {{ background: {t.SIDEBAR}; border: none; }}")
        self.setAccessibleName("Rubriques")
        self._buttons: dict[str, NavButton] = {}
        self._title = label("Antenne")
        self._title.setStyleSheet(f"color: {t.PAPER}; font-size: 13pt; font-weight: bold;")
        self._office = label(office_line)
        self._office.setStyleSheet(f"color: {t.SIDEBAR_MUTED}; font-size: 8.5pt;")
        inside = QWidget()
        inside.setObjectName("sideLines")
        inside.setStyleSheet("#sideLines { background: transparent; }")
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(_SIDE, 3 * t.SPACE, _SIDE, 3 * t.SPACE)
        self._lines.setSpacing(2)
        self._head = QVBoxLayout()
        self._head.setContentsMargins(_SIDE, 1, 0, 3 * t.SPACE + 2)
        self._head.setSpacing(0)
        self._head.addWidget(self._title)
        self._head.addWidget(self._office)
        self._lines.addLayout(self._head)
        self._add([item for item in entries if not item[1].bottom])
        below = [item for item in entries if item[1].bottom]
        if below:
            self._add_line()
            self._add(below)
        self._lines.addStretch(1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        self.set_narrow(narrow=False)

    def set_narrow(self, *, narrow: bool) -> None:
        """Shrink to icons, or show the words again."""
        self.setFixedWidth(t.SIDEBAR_NARROW if narrow else t.SIDEBAR_WIDTH)
        self._office.setVisible(not narrow)
        self._title.setText("A" if narrow else "Antenne")
        for made in self._buttons.values():
            made.set_narrow(narrow=narrow)

    def show_current(self, area: str) -> None:
        """Mark the area that is shown."""
        for key, made in self._buttons.items():
            made.setChecked(key == area)

    def _add(self, entries: Sequence[tuple[str, NavEntry]]) -> None:
        for key, entry in entries:
            made = NavButton(entry)
            made.clicked.connect(lambda _checked=False, key=key: self._choose(key))
            self._buttons[key] = made
            self._lines.addWidget(made)

    def _choose(self, key: str) -> None:
        self.chosen.emit(key)

    def _add_line(self) -> None:
        line = QFrame()
        line.setFixedHeight(1)
        line.setStyleSheet(f"background: {t.SIDEBAR_ACTIVE}; border: none;")
        self._lines.addSpacing(2 * t.SPACE + 2)
        self._lines.addWidget(line)
        self._lines.addSpacing(2 * t.SPACE + 2)
