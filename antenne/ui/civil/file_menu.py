"""« Plus » on the page of a file: everything that may be written in it now."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QMenu

from antenne.domain.civil import EventKind
from antenne.domain.civil_routes import Step
from antenne.domain.civil_standing import slip_of
from antenne.services.civil_lookup import FileView
from antenne.ui.civil import asks_lines, asks_steps
from antenne.ui.civil.file_host import FileHost
from antenne.ui.kit.area import Context


def fill_more(menu: QMenu, context: Context, view: FileView, page: FileHost) -> None:
    """Fill the menu anew."""
    menu.clear()
    if view.page.standing.closed:
        menu.addAction("Rouvrir le dossier…", partial(page.ask_for, partial(asks_steps.reopen_ask, context)))
    else:
        _open_actions(menu, context, view, page)
    if slip_of(view.page.events) is not None:
        menu.addAction("Étape notée par erreur…", page.ask_slip)
    menu.addSeparator()
    menu.addAction("Modifier les réponses…  Ctrl+M", page.edit)
    menu.addAction("Note au journal…  Ctrl+J", page.ask_note)
    menu.addAction("Historique", page.show_history)
    menu.addAction("Page de la femme", page.open_woman)


def _open_actions(menu: QMenu, context: Context, view: FileView, page: FileHost) -> None:
    now = view.page.standing
    if now.step is Step.HEARING:
        menu.addAction("Renvoyée au…  Ctrl+D", partial(page.ask_hearing, EventKind.POSTPONED))
        menu.addAction("En délibéré au…", partial(page.ask_hearing, EventKind.DELIBERATION))
        menu.addAction("Autre date d’audience…", partial(page.ask_hearing, EventKind.HEARING_SET))
        menu.addSeparator()
    if now.blocked_since is None:
        menu.addAction("Bloqué…", partial(page.ask_for, partial(asks_lines.block_ask, context)))
    else:
        menu.addAction("Débloqué…", partial(page.ask_for, partial(asks_lines.unblock_ask, context)))
    menu.addAction("À faire, avec rappel…", partial(page.ask_for, partial(asks_lines.next_ask, context)))
    if now.next_action:
        menu.addAction("C’est fait…", partial(page.ask_for, partial(asks_lines.done_ask, context)))
    menu.addAction("Autre démarche…", page.ask_reroute)
    menu.addAction("Rejeté…", partial(page.ask_end, Step.REJECTED))
    menu.addAction("Abandonné…", partial(page.ask_end, Step.ABANDONED))
