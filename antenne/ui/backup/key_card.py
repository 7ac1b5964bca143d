"""The left card: which key, whether it is ready, the backup under way and how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from antenne.base.clock import Clock
from antenne.base.media import Volume
from antenne.domain.backups import Reminder
from antenne.domain.board import Tone
from antenne.services.backup import SeenKey
from antenne.ui.backup.track import Track
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.icons import pixmap
from antenne.ui.kit.pills import Pill
from antenne.ui.kit.progress_panel import ProgressPanel
from antenne.ui.kit.theme import restyle
from antenne.wording import backup as words

_NOTE: Final = (
    "La sauvegarde est chiffrée\u00a0: sans phrase secrète, la clé perdue ne montre rien. "
    "Ne retirez pas la clé avant la fin."
)
_NO_KEY: Final = (
    "Branchez la clé USB de l’antenne\u00a0: elle apparaît ici d’elle-même. Sans clé, la sauvegarde peut aller dans un "
    "dossier, par exemple sur un disque externe."
)


class KeyCard(Card):
    """Says what is plugged in; asks for a backup, a stop, another place, an ejection."""

    save_asked = Signal()
    stop_asked = Signal()
    folder_asked = Signal()
    eject_asked = Signal()
    key_picked = Signal(int)

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        """Begin without a key."""
        super().__init__(parent=parent)
        self.setAccessibleName("La clé et la sauvegarde")
        self.body.setContentsMargins(6 * t.SPACE, 5 * t.SPACE, 6 * t.SPACE, 5 * t.SPACE)
        self._clock = clock
        self._busy = False
        self._track = Track()
        self._build_head()
        self._turn = label("", "muted", wrap=True)
        self.progress = ProgressPanel(clock)
        self.progress.stop_requested.connect(self.stop_asked)
        self.outcome = label("", "strong", wrap=True)
        self._build_buttons()
        self._note = label(_NOTE, "hint", wrap=True)
        self._empty = self._empty_place()
        for piece in (self._head_row, self._turn, self.outcome, self.progress, self._buttons, self._note):
            self.body.addWidget(piece)
        self.body.addWidget(self._empty)
        self.body.addStretch(1)
        self.show_no_key()

    def _empty_place(self) -> QWidget:
        """What stands here without a key. Wrapped lines keep the whole width: beside a margin Qt cuts them."""
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(6 * t.SPACE, 12 * t.SPACE, 6 * t.SPACE, 0)
        column.setSpacing(3 * t.SPACE)
        picture = QLabel()
        picture.setPixmap(pixmap("usb", t.MUTED, 44))
        for piece in (picture, label("Aucune clé n’est branchée", "heading"), label(_NO_KEY, "muted", wrap=True)):
            piece.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(piece)
        choose = button("Choisir un dossier…", "primary", self.folder_asked.emit)
        column.addWidget(choose, 0, Qt.AlignmentFlag.AlignHCenter)
        return place

    def _build_head(self) -> None:
        self._head_row = QWidget()
        row = QHBoxLayout(self._head_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3 * t.SPACE + 2)
        self.heading = label("", "heading")
        self.choice = QComboBox()
        self.choice.setAccessibleName("Choisir la clé")
        self.choice.activated.connect(self.key_picked)
        self.pill = Pill()
        self._room = label("", "muted")
        row.addWidget(self.heading)
        row.addWidget(self.choice)
        row.addWidget(self.pill)
        row.addStretch(1)
        row.addWidget(self._room, 0, Qt.AlignmentFlag.AlignRight)

    def _build_buttons(self) -> None:
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, t.SPACE, 0, t.SPACE)
        row.setSpacing(2 * t.SPACE)
        self.save_button = button("Sauvegarder maintenant", "primary", self.save_asked.emit, icon_name="usb")
        self.eject_button = button("Éjecter la clé", "plain", self.eject_asked.emit)
        self.folder_button = button("Choisir un dossier…", "plain", self.folder_asked.emit)
        for made in (self.save_button, self.eject_button, self.folder_button):
            row.addWidget(made)
        row.addStretch(1)

    def show_reminder(self, told: Reminder) -> None:
        """When the last backup was, and whose turn it is."""
        self._turn.setText(f"{words.since(told)} {words.turn(told)}")

    def show_no_key(self) -> None:
        """Nothing is plugged in: say what to do."""
        for piece in (self._head_row, self._buttons, self._note, self.progress, self._turn, self.outcome):
            piece.hide()
        self._empty.show()

    def show_keys(self, seen: Sequence[SeenKey], picked: int) -> None:
        """Show the key that is picked; several can be chosen from."""
        one = seen[picked]
        pill, tone = _state_of(one.volume, known=one.known is not None)
        self._show_place(one.volume, one.volume.root, (pill, tone))
        several = len(seen) > 1
        self.choice.setVisible(several)
        self.heading.setVisible(not several)
        if several:
            self.choice.clear()
            self.choice.addItems([words.key_name(each.volume.label, _place(each.volume.root)) for each in seen])
            self.choice.setCurrentIndex(picked)
        self.eject_button.setVisible(one.volume.removable)

    def show_folder(self, volume: Volume, folder: Path) -> None:
        """A folder was chosen instead of a key."""
        self.choice.hide()
        self.heading.show()
        self._show_place(volume, folder, _state_of(volume, known=True))
        self.heading.setText(f"Dossier «\u00a0{folder.name or folder}\u00a0»")
        self.eject_button.hide()

    def begin(self) -> None:
        """A backup starts."""
        self._busy = True
        self._track = Track()
        self.outcome.hide()
        self._turn.hide()
        self._buttons.hide()
        self.choice.setEnabled(False)
        self.progress.begin(words.STEPS["backup.copy"])
        self.progress.show_steps(self._track.lines)
        self.progress.show()

    def report(self, step: str, done: int, total: int) -> None:
        """One report of the work."""
        if self._track.report(step, done, total, self._clock.monotonic()):
            self.progress.show_steps(self._track.lines)
        if self._track.name and step in words.DONE:
            self.progress.report(self._track.name, done, total)

    def end(self, sentence: str, tone: Tone) -> None:
        """The backup is over, well or not."""
        self._busy = False
        well = tone == "good"
        self._track.end(self._clock.monotonic(), well=well)
        self.progress.show_steps(self._track.lines)
        self.progress.end("Sauvegarde finie" if well else "Sauvegarde non faite")
        self.progress.bar.setValue(self.progress.bar.maximum() if well else 0)
        self.outcome.setText(sentence)
        self.outcome.setAccessibleName(sentence)
        self.outcome.setStyleSheet(f"color: {t.TONES[tone][0]};")
        self.outcome.show()
        self.choice.setEnabled(True)
        self._turn.show()
        self._buttons.show()
        (self.eject_button if well and self.eject_button.isVisibleTo(self) else self.save_button).setFocus()

    def _show_place(self, volume: Volume, place: Path, state: tuple[str, Tone]) -> None:
        self._empty.hide()
        self._head_row.show()
        self._note.show()
        self._turn.setVisible(not self._busy)
        self._buttons.setVisible(not self._busy)
        self.heading.setText(words.key_name(volume.label, _place(place)))
        self.pill.show_word(*state)
        self._room.setText(words.room(volume.free, volume.total, volume.filesystem))
        restyle(self.pill)


def _place(root: Path) -> str:
    """« E: » on Windows; the mount point's own name elsewhere."""
    return root.drive or root.name or str(root)


def _state_of(volume: Volume, *, known: bool) -> tuple[str, Tone]:
    if volume.read_only:
        return "Protégée", "danger"
    return ("Prête", "good") if known else ("Nouvelle clé", "info")
