"""Beside a story: where it stands, who read it, how it leaves, how she takes it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from antenne.domain.sendings import Sending
from antenne.domain.stories import READERS, ChangeStory, Stage, Use, stage
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.pills import Pill
from antenne.ui.listening.session_side import emptied
from antenne.ui.listening.stories_panel import TONES
from antenne.wording import formats
from antenne.wording import gbvims as left_words
from antenne.wording import stories as words

Readers = Sequence[tuple[int, str]]
_GONE = "une ancienne utilisatrice"


class StageCard(Card):
    """Where it stands, and how she takes her agreement back."""

    withdrawn = Signal()

    def __init__(self) -> None:
        """Begin with a new one."""
        super().__init__("Où il en est")
        self._pill = Pill("", "neutral", self)
        row = QHBoxLayout()
        row.addWidget(self._pill)
        row.addStretch(1)
        self._said = label("", "hint", wrap=True)
        self.withdraw_button = button("Elle reprend son accord", "plain", self.withdrawn.emit)
        self.body.addLayout(row)
        self.body.addWidget(self._said)
        self.body.addWidget(self.withdraw_button)

    def show_story(self, story: ChangeStory | None, today: dt.date) -> None:
        """Of the record that is saved; None for a new one."""
        found = None if story is None else stage(story, today)
        self._pill.show_word("" if found is None else words.STAGES[found], "info" if found is None else TONES[found])
        self._said.setText(words.NEXT[found])
        agreed = story is not None and story.agreement is not None and not story.withdrawn
        self.withdraw_button.setVisible(agreed)


class ReadersCard(Card):
    """Two others say « aucun détail ne la désigne »."""

    confirmed = Signal(int)

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__("Relue par deux autres")
        self.who = QComboBox()
        self.who.setAccessibleName("Qui l’a relue")
        self.confirm_button = button("Aucun détail ne la désigne", "plain", self._confirm)
        self.hide()

    def show_story(self, story: ChangeStory | None, readers: Readers, mine: int, today: dt.date) -> None:
        """Who read it; another reader is offered to who did not write it."""
        for piece in (self.who, self.confirm_button):
            self.body.removeWidget(piece)
            piece.setParent(None)
        emptied(self, 1)
        found = None if story is None else stage(story, today)
        self.setVisible(found in (Stage.ANONYMISED, Stage.READ))
        if story is None:
            return
        names = dict(readers)
        for one in story.readings:
            said = f"{names.get(one.by, _GONE)}, le {formats.day(one.on)}"
            self.body.addWidget(label(said, "muted", wrap=True))
        if len(story.readings) >= READERS:
            return
        if mine in story.writers:
            self.body.addWidget(label("Vous l’avez écrite\u00a0: deux autres la relisent.", "hint", wrap=True))
            return
        self._offer(story, readers)

    def _offer(self, story: ChangeStory, readers: Readers) -> None:
        done = {one.by for one in story.readings} | set(story.writers)
        self.who.clear()
        for user, name in readers:
            if user not in done:
                self.who.addItem(name, user)
        self.body.addWidget(self.who)
        self.body.addWidget(self.confirm_button)

    def _confirm(self) -> None:
        if self.who.currentData() is not None:
            self.confirmed.emit(self.who.currentData())


class LeaveCard(Card):
    """For which use, to whom; paper or text. Below, each time it left."""

    print_asked = Signal()
    text_asked = Signal()

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__("Le faire partir")
        self._asked = QWidget(self)
        self.use, self.recipient = QComboBox(), QLineEdit()
        self.use.setAccessibleName("Pour quel usage")
        self.recipient.setPlaceholderText("Remis à")
        self.recipient.setAccessibleName("Remis à")
        self.print_button = button("Imprimer…  Ctrl+P", "plain", self.print_asked.emit)
        self.text_button = button("Texte (.txt)…", "plain", self.text_asked.emit)
        self.body.addWidget(self._asked)
        column = QVBoxLayout(self._asked)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * t.SPACE)
        for piece in (self.use, self.recipient, self.print_button, self.text_button):
            column.addWidget(piece)
        self.hide()

    def show_story(
        self, story: ChangeStory | None, sendings: Sequence[Sending], today: dt.date, *, responsable: bool
    ) -> None:
        """The uses she agreed to; what left."""
        emptied(self, 2)
        ready = story is not None and stage(story, today) is Stage.READ and responsable
        self._asked.setVisible(ready)
        self.setVisible(ready or bool(sendings))
        if story is not None and story.agreement is not None:
            kept: Use | None = self.use.currentData()
            self.use.clear()
            for use in story.agreement.uses:
                self.use.addItem(words.USES[use], use)
            self.use.setCurrentIndex(max(self.use.findData(kept), 0))
        for one in sendings:
            self.body.addWidget(label(left_words.sending(one), "hint", wrap=True))


class StorySide(QWidget):
    """The column at the right of a story."""

    def __init__(self) -> None:
        """Begin with a new one."""
        super().__init__()
        self.stage, self.readers, self.leave = StageCard(), ReadersCard(), LeaveCard()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * t.SPACE)
        for piece in (self.stage, self.readers, self.leave):
            column.addWidget(piece)
