"""The login: a neutral label, a passphrase, nothing else. It must be there at once.

So this module imports the bare minimum. Even Qt's own namespace ``Qt`` waits for the first paint: making its hundred
enumerations costs a seventh of a bare window. What is heavy comes in behind, while she types (``prelude``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from antenne.ui.shell.login_form import LoginForm, side_panel
from antenne.ui.shell.prelude import HEAVY, Once, Prelude, is_wrong_phrase, read_folder

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from antenne.services.access import Door
    from antenne.services.demo_accounts import DemoUser
    from antenne.ui.shell.cover import CoverPage

KEY_FILE: Final = "antenne.cles"
BASE_FILE: Final = "base.db"
REKEY_FILE: Final = "base.rekey"
_FORM_WIDTH: Final = 560
_SIDE_FROM: Final = 1000
_MOST_PEEKED: Final = 65_536
_PEEKED: Final = re.compile(r'"label":"([^"\\]{1,40})","type":"passphrase"')


def peek_labels(folder: Path) -> tuple[str, ...]:
    """The labels of the key file, read by eye: shown at once, while the file itself is checked behind.

    Nothing is decided on them; a file that is not as the program writes it gives none.
    """
    try:
        with (folder / KEY_FILE).open("rb") as stream:
            return tuple(_PEEKED.findall(stream.read(_MOST_PEEKED).decode("utf-8", "ignore")))
    except OSError:
        return ()


def has_office(folder: Path) -> bool:
    """Whether anything of an office is there, looked at without any service: else it is the first run."""
    return any((folder / name).exists() for name in (KEY_FILE, BASE_FILE, REKEY_FILE))


class LoginWindow(QWidget):
    """The first window of an office that exists.

    Signals:
        restore_asked: « Restaurer une sauvegarde… »; offered only where ``can_restore``.
        usable: The first paint is done: the labels are there and the field takes keys.
        ready: The door was read, or refused: what may be typed is known.
        warmed: The heavy modules are all here.
        closed: The user closed the window without opening.
    """

    restore_asked = Signal()
    usable = Signal()
    ready = Signal()
    warmed = Signal()
    closed = Signal()
    _painted = Signal()

    def __init__(
        self,
        folder: Path,
        enter: Callable[[str, str | None], Any],
        opened: Callable[[Any], None],
        *,
        can_restore: bool = False,
        neutral_on: dt.date | None = None,
        modules: Sequence[str] = HEAVY,
        on_bug: Callable[[BaseException], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Show the labels and wait for a phrase.

        Args:
            folder: The data folder.
            enter: Opens with a phrase and a label, or a recovery code and None; runs in a worker thread, so it may
                unlock and make the desk as well.
            opened: Takes what ``enter`` gave, on the GUI thread.
            can_restore: Offer « Restaurer une sauvegarde… ».
            neutral_on: After « Masquer »: stand behind the calendar of that day until a key is pressed.
            modules: What is imported while she types.
            on_bug: Receives what is neither a broken rule nor a problem.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._enter = enter
        self._opened = opened
        self._on_bug = on_bug
        self._failures = 0
        self._left = 0
        self._begun = False
        self._refusal = ""
        self._cover: CoverPage | None = None
        self._help_frame: QWidget | None = None
        self._prelude = Prelude(lambda: read_folder(folder), modules, self)
        self._attempt = Once(self)
        self._help = Once(self)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self.form = LoginForm(can_restore=can_restore)
        self._can_restore = can_restore
        self._lay_out()
        self._connect()
        self.form.show_labels(peek_labels(folder))
        self._stand()
        if neutral_on is not None:
            self._stand_behind(neutral_on)

    def refuse(self, error: BaseException) -> None:
        """Say why the office did not open after all; she may try again."""
        self.form.show_state(busy=False)
        self.form.say(self._words(error))

    @property
    def message(self) -> str:
        """The sentence beside the field, or the one that stands in the place of the form."""
        return self._refusal or self.form.sentence

    @property
    def blocked(self) -> bool:
        """Whether the folder cannot be opened at all."""
        return bool(self._refusal)

    # --- what it is made of ------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setWindowTitle("Antenne")
        self.resize(1366, 768)
        self.setMinimumSize(560, 420)
        self._side = side_panel(("F1\u00a0: aide",))
        inside = QWidget()
        self._right = QVBoxLayout(inside)
        self._right.setContentsMargins(48, 32, 48, 32)
        self._right.addStretch(2)
        self._right.addLayout(_centred(self.form))
        self._right.addStretch(3)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._side)
        whole.addWidget(area, 1)

    def _connect(self) -> None:
        self._painted.connect(self._begin)
        self._prelude.ready.connect(self._read)
        self._prelude.refused.connect(self._refused)
        self._prelude.warmed.connect(self.warmed)
        self._attempt.succeeded.connect(self._succeeded)
        self._attempt.failed.connect(self._failed)
        self._help.succeeded.connect(self._show_help)
        self._second.timeout.connect(self._count_down)
        self.form.submitted.connect(self._try)
        self.form.restore_asked.connect(self.restore_asked)

    def _stand(self) -> None:
        """Where she begins: the phrase when there is nothing to choose, else the labels."""
        if self.form.chips.current is not None or not self.form.chips.focus_current():
            self.form.secret.setFocus()

    def _stand_behind(self, today: dt.date) -> None:
        from antenne.ui.shell.cover import CoverPage

        self._cover = CoverPage(self)
        self._cover.show_neutral(today)
        self._cover.setGeometry(self.rect())
        self._cover.setFocus()
        QTimer.singleShot(0, self._painted.emit)  # behind the cover, this window itself is never painted

    def _uncover(self) -> None:
        if self._cover is not None:
            self._cover.hide()
            self._cover.deleteLater()
            self._cover = None
            self._stand()

    # --- events ------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The first one sets the rest going."""
        super().paintEvent(event)
        if not self._begun:
            QTimer.singleShot(0, self._painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side gives way on a narrow screen; the cover covers all."""
        super().resizeEvent(event)
        self._side.setVisible(self.width() >= _SIDE_FROM)
        if self._cover is not None:
            self._cover.setGeometry(self.rect())
        if self._help_frame is not None:
            self._place_help(self._help_frame)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Any key leaves the neutral page; F1: help; Échap closes it."""
        from PySide6.QtCore import Qt

        if self._cover is not None:
            self._uncover()
        elif event.key() == Qt.Key.Key_F1:
            self._ask_help()
        elif event.key() == Qt.Key.Key_Escape and self._help_frame is not None:
            self._close_help()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the neutral page uncovers the login."""
        self._uncover()
        super().mousePressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Import nothing more."""
        self._prelude.stop()
        self.form.secret.clear()
        super().closeEvent(event)
        self.closed.emit()

    # --- the door ----------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            self.usable.emit()
            self._prelude.start()
            self.form.plain_sentences()

    def _read(self, found: tuple[Door, tuple[DemoUser, ...]]) -> None:
        door, accounts = found
        if self.form.chips.labels != door.labels:
            self.form.show_labels(door.labels)
            self._stand()
        if accounts:
            from antenne.ui.shell.login_parts import demo_band

            self._right.insertLayout(0, _centred(demo_band(accounts, self._fill_in)))
        self.ready.emit()

    def _refused(self, error: BaseException) -> None:
        """The folder cannot be opened: the sentence takes the place of the form."""
        from antenne.ui.shell.login_parts import closed_door

        self._refusal = self._words(error)
        self.form.hide()
        restore = self.restore_asked.emit if self._can_restore else None
        panel = closed_door(self._refusal, restore, self.close)
        self._right.insertLayout(1, _centred(panel))
        panel.show()
        panel.setFocus()
        self.ready.emit()

    def _fill_in(self, account: DemoUser) -> None:
        if self.form.by_code:
            self.form.switch()
        self.form.chips.choose(account.label)
        self.form.secret.setText(account.phrase)
        self.form.open_button.setFocus()

    # --- trying ------------------------------------------------------------------------------------------------------

    def _try(self) -> None:
        if self._left or self._attempt.running:
            return
        secret = self.form.secret.text()
        label = None if self.form.by_code else self.form.chips.current
        if self.form.by_code:
            if fault := _code_fault(secret):
                self.form.say(fault)
                return
        elif label is None:
            self.form.say("Choisissez d’abord votre étiquette.")
            self.form.chips.focus_current()
            return
        self.form.say("")
        self.form.show_state(busy=True)
        self._attempt.begin(lambda: self._enter(secret, label))

    def _succeeded(self, value: object) -> None:
        self._failures = 0
        self._prelude.stop()
        self.form.secret.clear()
        self._opened(value)

    def _failed(self, error: BaseException) -> None:
        self.refuse(error)
        self.form.secret.setFocus()
        self.form.secret.selectAll()
        if is_wrong_phrase(error):
            from antenne.services.access import growing_delay

            self._failures += 1
            self._left = growing_delay(self._failures)
            if self._left:
                self.form.show_state(busy=False, seconds_left=self._left)
                self._second.start()

    def _count_down(self) -> None:
        self._left = max(self._left - 1, 0)
        self.form.show_state(busy=False, seconds_left=self._left)
        if not self._left:
            self._second.stop()

    def _words(self, error: BaseException) -> str:
        from antenne.base.problems import Problem
        from antenne.domain.violations import RulesBroken
        from antenne.wording.login import sentence

        if not isinstance(error, Problem | RulesBroken) and self._on_bug is not None:
            self._on_bug(error)
        return sentence(error)

    # --- help --------------------------------------------------------------------------------------------------------

    def _ask_help(self) -> None:
        from antenne.base.paths import resource

        self._help.begin(lambda: resource("help/login.md").read_text(encoding="utf-8"))

    def _show_help(self, words: object) -> None:
        from antenne.ui.shell.login_parts import help_page

        self._close_help()
        self._help_frame = help_page(str(words), self._close_help, self)
        self._place_help(self._help_frame)
        self._help_frame.show()

    def _place_help(self, frame: QWidget) -> None:
        width = frame.maximumWidth()
        frame.setGeometry(self.width() - width, 0, width, self.height())

    def _close_help(self) -> None:
        if self._help_frame is not None:
            self._help_frame.hide()
            self._help_frame.deleteLater()
            self._help_frame = None
            self.form.secret.setFocus()


def _centred(piece: QWidget, width: int = _FORM_WIDTH) -> QHBoxLayout:
    """A row with one piece in its middle, as wide as it may be."""
    piece.setMaximumWidth(width)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(piece, 1000)
    row.addStretch(1)
    return row


def _code_fault(typed: str) -> str:
    """What is wrong with a code before anything slow is tried; empty when it can be one."""
    from antenne.domain import recovery
    from antenne.domain.violations import Violation
    from antenne.wording.login import violation_words

    read = recovery.decode(typed)
    return violation_words(read) if isinstance(read, Violation) else ""
