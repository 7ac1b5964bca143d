"""What is opened from a talk: an incident, a minor's file, a civil file; and how the talk comes to name them.

A new talk has its id before it is saved: what is opened from it bears that id in its own sealed body, and its draft
keeps the request that gives it, so that a lock or a power cut in between loses nothing. A civil file bears nothing.
"""

from __future__ import annotations

import secrets
from typing import Any, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton

from antenne.domain.board import Target
from antenne.domain.changes import CIVIL, LISTENING, PROTECTION, Changes, Done
from antenne.domain.listening import ListeningSession
from antenne.domain.rights import Right
from antenne.services import listening_links
from antenne.services.compartment import Kept
from antenne.services.listening import talk_id
from antenne.services.listening_links import FromHere, NameCivilFiles, Opened
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import button
from antenne.ui.kit.drafts import DraftKeeper
from antenne.ui.kit.operations import SHORT
from antenne.ui.listening.keys import KEY
from antenne.ui.listening.minor_page import TALK
from antenne.ui.listening.session_side import SessionSide
from antenne.ui.listening.step_form import StepForm


class TalkPage(Protocol):
    """The page of a talk, as far as this goes."""

    view: StepForm
    side: SessionSide
    drafts: DraftKeeper

    @property
    def session_id(self) -> str:
        """Of the talk in sight; empty for a new one."""

    @property
    def kept(self) -> Kept[ListeningSession] | None:
        """The talk as it is saved."""

    def take_kept(self, talk: Kept[ListeningSession]) -> None:
        """It was changed otherwise than by its form."""

    def keep_draft(self) -> None:
        """Put down what is typed."""

    def isVisible(self) -> bool:
        """Whether it is in sight."""


class Onwards(QObject):
    """The three buttons, and what came of them.

    Attributes:
        request: Of the next save; a new talk's id is made of it.
        files: Civil files opened from a talk that is not saved yet.
        buttons: In the order of the row.
    """

    def __init__(self, context: Context, page: TalkPage, parent: QObject) -> None:
        """Serve ``page``, which is ``parent``."""
        super().__init__(parent)
        self._context = context
        self._page = page
        self.request = ""
        self.files: tuple[int, ...] = ()
        self._after: int | None = None
        self.incident_button = button("Ouvrir un incident de violence", "plain", self._open_incident, icon_name="plus")
        self.minor_button = button("Fiche de mineure accompagnée", "plain", self._open_minor, icon_name="plus")
        self.civil_button = button("Dossier d’état civil", "plain", self._open_civil, icon_name="plus")
        self.buttons: tuple[QPushButton, ...] = (self.incident_button, self.minor_button, self.civil_button)
        page.side.opened.opened.connect(self._open)

    def begin(self) -> None:
        """A talk is shown, or was saved: the next save is another."""
        self.request, self.files, self._after = secrets.token_hex(16), (), None

    def show_buttons(self, *, shown: bool, minor: bool) -> None:
        """Beside her words; a civil file of a minor is opened from her own file."""
        self.incident_button.setVisible(shown)
        self.minor_button.setVisible(shown and minor)
        self.civil_button.setVisible(shown and not minor and self._context.desk.may(Right.CIVIL))

    @property
    def talk(self) -> str:
        """The id of the talk in sight, also before it is saved."""
        return self._page.session_id or talk_id(self.request)

    # --- With the draft --------------------------------------------------------------------------------------------

    def beside(self) -> dict[str, Any]:
        """What the draft of a new talk keeps besides the answers."""
        return {} if self._page.kept is not None else {"request": self.request, "files": list(self.files)}

    def brought(self, beside: dict[str, Any]) -> None:
        """The draft was taken up: it is the same talk."""
        self.request = str(beside.get("request") or self.request)
        self.files = tuple(beside.get("files") or ())
        self.read()

    # --- What was opened -------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Read what was opened from the talk in sight."""
        kept = self._page.kept
        talk = None if kept is None else kept.record
        self._context.operations.run(
            SHORT,
            listening_links.from_here,
            self._context.desk,
            self.talk,
            () if talk is None else talk.incident_ids,
            self.files if talk is None else talk.civil_file_ids,
            owner=self,
            done=self._show,
            latest=True,
            key="from_here",
        )

    def _show(self, found: tuple[FromHere, ...]) -> None:
        self._page.side.opened.show_opened(found, civil=self._context.desk.may(Right.CIVIL))

    def on_changes(self, changes: Changes) -> None:
        """A civil file came since she left to open one: it is this talk's."""
        if self._after is not None and changes.touch(CIVIL):
            self._context.operations.run(
                SHORT,
                listening_links.civil_files_since,
                self._context.desk,
                self._after,
                self._person(),
                owner=self,
                done=self._came,
            )
        elif self._page.isVisible() and (changes.touch(LISTENING) or changes.touch(PROTECTION)):
            self.read()

    def _came(self, files: tuple[int, ...]) -> None:
        if not files or self._after is None:
            return
        self._after = None
        kept = self._page.kept
        if kept is None:
            self.files = tuple(dict.fromkeys((*self.files, *files)))
            self._page.drafts.touch()
            self._page.drafts.flush()
            self.read()
            return
        command = NameCivilFiles(request_id=secrets.token_hex(16), before=kept, file_ids=files)
        self._context.operations.run(
            SHORT, listening_links.name_civil_files, self._context.desk, command, owner=self, done=self._named
        )

    def _named(self, done: Done[Kept[ListeningSession]]) -> None:
        self._page.take_kept(done.value)
        self.read()

    # --- Going there -----------------------------------------------------------------------------------------------

    def _person(self) -> int | None:
        person: object = self._page.view.answers().get("person_id")
        return person if isinstance(person, int) else None

    def _leave(self) -> None:
        """What is typed is kept; the draft of a new talk says which talk it is."""
        if self._page.kept is None:
            self._page.drafts.touch()
        self._page.keep_draft()

    def _open_incident(self) -> None:
        self._leave()
        self._context.navigator.open(Target(KEY, self._person(), action=f"incident/new/{self.talk}"))

    def _open_minor(self) -> None:
        self._leave()
        self._context.navigator.open(Target(KEY, self._person(), action=f"minor/new/{TALK}{self.talk}"))

    def _open_civil(self) -> None:
        self._leave()
        self._context.operations.run(
            SHORT, listening_links.newest_civil_file, self._context.desk, owner=self, done=self._to_civil
        )

    def _to_civil(self, newest: int) -> None:
        self._after = newest
        self._context.navigator.open(Target("civil", self._person(), action="new"))

    def _open(self, one: FromHere) -> None:
        if one.what is Opened.CIVIL:
            self._context.navigator.open(Target("civil", int(one.place)))
        else:
            self._context.navigator.open(Target(KEY, action=f"{one.what.value}/{one.place}"))
