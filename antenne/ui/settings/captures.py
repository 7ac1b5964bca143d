"""The places and papers of the settings that ``captures`` draws from the demonstration office."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from antenne.domain.board import Target
from antenne.ui.kit.area import Capture, PaperCapture, Screen

if TYPE_CHECKING:
    from antenne.services.desk import Desk
    from antenne.ui.settings.newcomer_dialog import NewcomerDialog

_KEY = "settings"


def _place(section: str, _desk: Desk) -> Target:
    return Target(_KEY, action=section)


def _newcomer(screen: Screen) -> NewcomerDialog:
    """« Ajouter une utilisatrice », open."""
    from antenne.ui.settings.newcomer_dialog import NewcomerDialog
    from antenne.ui.settings.screen import SettingsScreen
    from antenne.ui.settings.users import UsersSection

    assert isinstance(screen, SettingsScreen)
    screen.new()
    assert isinstance(screen.section, UsersSection)
    dialog = screen.section.dialog
    assert isinstance(dialog, NewcomerDialog)
    dialog.form.set_raw_answers({"name": "Aminata Exemple", "label": "Colline", "roles": ["secretaire"]})
    return dialog


def _add(screen: Screen) -> None:
    """The form of a newcomer."""
    _newcomer(screen)


def _phrase(screen: Screen) -> None:
    """Her first phrase: invented words, which open nothing, stand where drawn ones would."""
    from antenne.services.users import OneTimePhrase

    dialog = _newcomer(screen)
    dialog.stack.setCurrentWidget(dialog.slips)
    dialog.slips.show_papers((OneTimePhrase("Aminata Exemple", "Colline", "exemple fictif sans valeur"),))


def _code_sheet(_desk: Desk) -> bytes:
    from antenne.print.blank_code_sheet import render_blank_codes

    return render_blank_codes()


def _phrase_sheet(_desk: Desk) -> bytes:
    from antenne.print.one_time_phrase import render_blank_phrases

    return render_blank_phrases()


CAPTURES = (
    Capture("parametres-bureau", partial(_place, "office")),
    Capture("parametres-tarifs", partial(_place, "tariffs")),
    Capture("parametres-listes", partial(_place, "lists")),
    Capture("parametres-imprimantes", partial(_place, "printers")),
    Capture("parametres-utilisatrices", partial(_place, "users")),
    Capture("parametres-utilisatrice-nouvelle", partial(_place, "users"), _add),
    Capture("parametres-utilisatrice-phrase", partial(_place, "users"), _phrase),
    Capture("parametres-mise-a-l-abri", partial(_place, "shelter")),
    Capture("parametres-ordinateur", partial(_place, "check")),
)
PAPERS = (
    PaperCapture("feuille-enveloppes", _code_sheet),
    PaperCapture("feuille-phrases", _phrase_sheet),
)
