"""F1: the page of this screen, beside the screen, from the program's own files."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QToolButton, QVBoxLayout, QWidget

from antenne.base.paths import resource
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import label
from antenne.ui.kit.icons import icon
from antenne.ui.kit.operations import SHORT, Operations
from antenne.wording.typesetting import typeset

WIDTH = 340
_FALLBACK = "general"


class HelpPanel(QFrame):
    """A column at the right of the page, over it where the window is narrow; the window places it."""

    closed = Signal()
    opened = Signal()

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        """Begin hidden."""
        super().__init__(parent)
        self._operations = operations
        self.setObjectName("help")
        self.setStyleSheet(f"#help {{ background: {t.PAPER}; border: none; border-left: 1px solid {t.LINE}; }}")
        self.setFixedWidth(WIDTH)
        self._close = QToolButton()
        self._close.setIcon(icon("close"))
        self._close.setAccessibleName("Fermer l’aide")
        self._close.setToolTip("Fermer l’aide (Échap)")
        self._close.clicked.connect(self.leave)
        self.browser = QTextBrowser()
        self.browser.setAccessibleName("Aide de cet écran")
        self.browser.setOpenLinks(False)
        self.browser.anchorClicked.connect(self._follow)
        self.browser.document().setIndentWidth(18)
        self.browser.setFrameShape(QFrame.Shape.NoFrame)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 8, 0)
        head.addWidget(label("Aide", "heading"))
        head.addStretch(1)
        head.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.browser, 1)
        self.hide()

    def show_page(self, key: str) -> None:
        """Open on the page ``key``."""
        self.show()
        self.raise_()
        self.opened.emit()
        self._load(key)
        self.browser.setFocus()

    def leave(self) -> None:
        """Close the panel."""
        self.hide()
        self.closed.emit()

    def _load(self, key: str) -> None:
        self._operations.run(SHORT, read_page, key, owner=self, done=self.browser.setMarkdown, latest=True)

    def _follow(self, address: QUrl) -> None:
        """Links lead to other pages of the help, never outside."""
        self._load(address.path().removesuffix(".md"))


def read_page(key: str) -> str:
    """The Markdown of a help page, typeset; the general one where a screen has none of its own."""
    path = resource(f"help/{key}.md") if key.isidentifier() else resource(f"help/{_FALLBACK}.md")
    if not path.is_file():
        path = resource(f"help/{_FALLBACK}.md")
    return typeset(path.read_text(encoding="utf-8"))
