"""Hands on the screen « Adhérentes », for its tests."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from antenne.domain.births import Birth, Precision
from antenne.domain.board import Target, Tone
from antenne.domain.changes import Changes
from antenne.domain.persons import Person
from antenne.services import members
from antenne.services.desk import Desk
from antenne.services.members import Register
from antenne.ui.members.registration import RegistrationPage
from antenne.ui.members.screen import MembersScreen
from tests.ui.helpers import press, type_text

TODAY = dt.date(2026, 11, 23)
KONE: dict[str, Any] = {
    "last_name": "Koné",
    "first_name": "Fatoumata",
    "birth": Birth(Precision.ABOUT, dt.date(1994, 1, 1)),
    "quarter": "Sévaré",
    "phones": ({"number": "+22376123418", "owner": "elle", "may_call": True, "may_message": False},),
    "joined_on": dt.date(2019, 3, 12),
    "consent_file": True,
    "consent_photo": True,
    "consent_how": "signature",
}


class Shell:
    """What the shell does for a screen: it opens its targets, and notes what it is told."""

    def __init__(self) -> None:
        self.opened: list[Target] = []
        self.backs = 0
        self.said: list[tuple[str, Tone]] = []
        self.screen: MembersScreen | None = None

    def open(self, target: Target) -> None:
        self.opened.append(target)
        if self.screen is not None and target.area == "members":
            self.screen.open(target)

    def back(self) -> None:
        self.backs += 1

    def broadcast(self, changes: Changes) -> None:
        if self.screen is not None:
            self.screen.on_changes(changes)

    def notify(self, sentence: str, tone: Tone) -> None:
        self.said.append((sentence.replace("\u00a0", " "), tone))


def settle(qtbot: QtBot, screen: MembersScreen) -> None:
    """What was begun is over, what it brought is shown."""
    idle = screen._context.operations.idle
    for pause in (40, 20):
        qtbot.wait(pause)
        qtbot.waitUntil(idle, timeout=10_000)


def register(desk: Desk, **changes: Any) -> Person:
    """A woman on file."""
    answers = {**KONE, **changes}
    request = f"made {answers['last_name']} {answers['first_name']} {answers.get('joined_on')}"
    return members.register_person(desk, Register(request_id=request, form="registration", answers=answers)).value


def shown(screen: MembersScreen) -> list[str]:
    """The last names in the list."""
    model = screen.list.model
    return [row.last_name for number in range(model.rowCount()) if (row := model.row(number)) is not None]


def words(widget: QWidget) -> str:
    """Every word in sight."""
    said = [made.text() for made in widget.findChildren(QLabel) if made.isVisibleTo(widget)]
    return " ".join(said).replace("\u00a0", " ").replace("\u202f", " ")


def push(qtbot: QtBot, screen: MembersScreen, text: str, inside: QWidget | None = None) -> None:
    """Entrée on the visible button so named."""
    found = [
        made
        for made in (inside or screen).findChildren(QPushButton)
        if made.text().startswith(text) and made.isVisibleTo(screen)
    ]
    assert found, text
    press(found[0], Qt.Key.Key_Return)
    settle(qtbot, screen)


def type_in(page: RegistrationPage, key: str, text: str) -> None:
    """Type into one field."""
    type_text(page.view.field(key).entry(), text)


def jpeg(size: tuple[int, int] = (1000, 800)) -> bytes:
    """A picture."""
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "JPEG")
    return out.getvalue()


def begin(qtbot: QtBot, screen: MembersScreen, action: str = "new") -> RegistrationPage:
    """Begin a new file."""
    screen.open(Target("members", action=action))
    settle(qtbot, screen)
    return screen.page(action)


def fill(page: RegistrationPage, last: str = "Diallo", first: str = "Awa") -> None:
    """What a registration needs."""
    type_in(page, "last_name", last)
    type_in(page, "first_name", first)
    page.view.field("birth").set_value(KONE["birth"])
    page.view.field("consent_file").set_value(True)
    page.view.field("consent_how").set_value("signature")


def open_file(qtbot: QtBot, screen: MembersScreen, person: Person, field: str = "") -> None:
    """Open her file."""
    screen.open(Target("members", person.id, field=field, action="file"))
    settle(qtbot, screen)


def act(qtbot: QtBot, screen: MembersScreen, text: str) -> None:
    """Open an act of the second tab."""
    screen.file.tabs.setCurrentIndex(1)
    settle(qtbot, screen)
    push(qtbot, screen, text, screen.file.membership)
