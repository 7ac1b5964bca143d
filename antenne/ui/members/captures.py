"""The places and papers of members that ``captures`` draws from the demonstration office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antenne.domain.board import Target
from antenne.domain.forms.model import Form
from antenne.domain.forms.person import MANY_WOMEN, REGISTRATION
from antenne.ui.kit.area import PaperCapture, Screen
from antenne.ui.members.screen import MembersScreen

if TYPE_CHECKING:
    from antenne.services.desk import Desk

_KEY = "members"


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
    page.begin()
    page.view.set_raw_answers({"last_name": "Koné", "emergency_phone": "76 12 4"})
    page.save()


def _blank(form: Form, desk: Desk) -> bytes:
    from antenne.print import blank

    return blank.render_blank(form, lambda name: desk.settings.options(name, desk.today), "")


PAPERS = (
    PaperCapture("feuille-adhesion", lambda desk: _blank(REGISTRATION, desk)),
    PaperCapture("feuille-plusieurs-femmes", lambda desk: _blank(MANY_WOMEN, desk)),
)
