"""« À faire »: the settings that were being typed when the power went."""

from __future__ import annotations

from antenne.domain.board import Target, TodoLine
from antenne.domain.rights import Right
from antenne.services import drafts
from antenne.services.desk import Desk
from antenne.wording import formats

DATED = "setting."
"""Begins the key of each dated setting's form, and so of its draft."""
_PAGES = {"office": "office", "settings.computer": "computer"}


def draft_lines(desk: Desk) -> tuple[TodoLine, ...]:
    """One line for each draft of a form of the settings."""
    if not desk.may(Right.SETTINGS):
        return ()
    found = ((draft.saved_at, _place(draft.form)) for draft in drafts.list_drafts(desk))
    return tuple(
        TodoLine(
            text=f"Paramètres\u00a0: brouillon du {formats.moment(saved_at)} à reprendre",
            target=place,
            pill="Brouillon",
        )
        for saved_at, place in found
        if place is not None
    )


def _place(form: str) -> Target | None:
    """Where a draft is offered; None for the form of another area."""
    if form.startswith(DATED):
        return Target("settings", action="tariffs", field=form.removeprefix(DATED))
    page = _PAGES.get(form)
    return Target("settings", action=page) if page else None
