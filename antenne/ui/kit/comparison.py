"""Records side by side: a column for each, a line for each question; what is the same as in the first is bold."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import label


class Comparison(QGridLayout):
    """The lines of one comparison; another takes its place."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._lines = 0
        self.setHorizontalSpacing(4 * t.SPACE)
        self.setVerticalSpacing(t.SPACE // 2)

    def clear(self) -> None:
        """Take everything away."""
        while (item := self.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for column in range(self.columnCount()):
            self.setColumnStretch(column, 0)

    def compare(self, heads: Sequence[str], lines: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Show ``lines``: each a question and one answer for each of ``heads``; no answer is « — »."""
        self.clear()
        self._lines = len(lines)
        for column, head in enumerate(heads, 1):
            self.addWidget(label(head, "column", wrap=True), 0, column)
            self.setColumnStretch(column, 1)
        for line, (title, answers) in enumerate(lines, 1):
            self.addWidget(label(title, "label"), line, 0)
            for column, answer in enumerate(answers, 1):
                same = column > 1 and answer and answer.casefold() == answers[0].casefold()
                self.addWidget(label(answer or "—", "strong" if same else "", wrap=True), line, column)

    def put_below(self, made: QWidget, column: int) -> None:
        """A control below one of the columns, the first being 1."""
        self.addWidget(made, self._lines + 1, column, Qt.AlignmentFlag.AlignLeft)
