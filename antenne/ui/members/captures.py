"""The places and papers of members that ``captures`` draws from the demonstration office."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtWidgets import QWidget

from antenne.domain.board import Target
from antenne.domain.forms.model import Form
from antenne.domain.forms.person import MANY_WOMEN, REGISTRATION
from antenne.ui.kit.area import Capture, Context, PaperCapture, Screen
from antenne.ui.kit.dialogs import QtDialogs
from antenne.ui.kit.scratch import captures_folder
from antenne.ui.members.file_panel import FilePanel
from antenne.ui.members.screen import MembersScreen

if TYPE_CHECKING:
    from antenne.services.desk import Desk

_KEY = "members"
_PICTURE = (1200, 900)
_GROUND = "#D9CBB4"


class _Window(Protocol):
    """The main window, as far as a capture looks into it."""

    context: Context


class _Chosen(QtDialogs):
    """A file is asked for: this one."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def ask_file_open(self, parent: QWidget, title: str, pattern: str) -> Path | None:  # noqa: ARG002 - the answer is known
        """The drawn picture."""
        return self._path


def _somebody(desk: Desk) -> int:
    """A member with a photo and a phone, the first by name."""
    with desk.read() as uow:
        found = uow.rows(
            "SELECT p.id FROM person p JOIN photo f ON f.person_id = p.id JOIN membership m ON m.person_id = p.id"
            " JOIN person_phone t ON t.person_id = p.id"
            " WHERE p.name_norm LIKE 'kone fatoumata%' ORDER BY p.name_norm, p.id LIMIT 1"
        ) or uow.rows("SELECT person_id FROM photo ORDER BY person_id LIMIT 1")
    return int(found[0][0])


def the_list(_desk: Desk) -> Target:
    """The list."""
    return Target(_KEY)


def a_file(desk: Desk) -> Target:
    """A file."""
    return Target(_KEY, _somebody(desk), action="file")


def a_woman(desk: Desk) -> Target:
    """A woman in front of the secretary."""
    return Target(_KEY, _somebody(desk))


def new_one(_desk: Desk) -> Target:
    """A new file."""
    return Target(_KEY, action="new")


def many(_desk: Desk) -> Target:
    """Several women."""
    return Target(_KEY, action="many")


def turn_to_membership(screen: Screen) -> None:
    """The second tab."""
    assert isinstance(screen, MembersScreen)
    screen.file.tabs.setCurrentIndex(1)


def turn_to_history(screen: Screen) -> None:
    """The third tab."""
    assert isinstance(screen, MembersScreen)
    screen.file.tabs.setCurrentIndex(2)


def type_a_twin(screen: Screen) -> None:
    """A name that is on file already."""
    assert isinstance(screen, MembersScreen)
    page = screen.page("new")
    page.view.set_raw_answers(
        {"last_name": "Koné", "first_name": "Fati", "birth": {"precision": "about", "text": "1994"}}
    )
    page.view.changed.emit()


def save_too_soon(screen: Screen) -> None:
    """Nothing but a wrong phone: every error stands beside its field."""
    assert isinstance(screen, MembersScreen)
    page = screen.page("new")
    page.band.dismiss()  # the draft that the picture before has left
    page.view.set_raw_answers({"last_name": "Koné", "emergency_phone": "76 12 4"})
    page.save()


def frame_a_photo(screen: Screen) -> None:
    """A photo of hers, wider than a card has room for, in its frame."""
    assert isinstance(screen, MembersScreen)
    context = cast("_Window", screen.window()).context
    panel = FilePanel(replace(context, dialogs=_Chosen(_picture(screen.file.person_id))))
    screen.detail.addWidget(panel)
    screen.detail.setCurrentWidget(panel)
    panel.show_person(screen.file.person_id)
    panel.open_photo()


def _picture(seed: int) -> Path:
    """A drawn head in the middle of a landscape, as a telephone gives it."""
    from PIL import Image

    from antenne.services.demo_photos import portrait

    whole = Image.new("RGB", _PICTURE, _GROUND)
    with Image.open(io.BytesIO(portrait(seed))) as head:
        whole.paste(head, ((_PICTURE[0] - head.width) // 2, _PICTURE[1] - head.height))
    path = captures_folder() / "photo.jpg"
    whole.save(path, "JPEG", quality=80)
    return path


def _blank(form: Form, desk: Desk) -> bytes:
    from antenne.print import blank

    return blank.render_blank(form, lambda name: desk.settings.options(name, desk.today), "")


PAPERS = (
    PaperCapture("feuille-adhesion", lambda desk: _blank(REGISTRATION, desk)),
    PaperCapture("feuille-plusieurs-femmes", lambda desk: _blank(MANY_WOMEN, desk)),
)

CAPTURES = (
    Capture("adherentes", the_list),
    Capture("adherente", a_file),
    Capture("adherente-accords", a_file, turn_to_membership),
    Capture("adherente-historique", a_file, turn_to_history),
    Capture("adherente-photo", a_file, frame_a_photo),
    Capture("femme", a_woman),
    Capture("nouvelle-adherente", new_one, type_a_twin),
    Capture("nouvelle-adherente-erreurs", new_one, save_too_soon),
    Capture("plusieurs-femmes", many),
)
