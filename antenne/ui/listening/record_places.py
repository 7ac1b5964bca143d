"""Where a record of the compartment is opened: one answer for every list that names records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from antenne.domain.board import Target
from antenne.domain.forms.sealed_short import KINDS as SHORT_KINDS
from antenne.ui.listening.keys import KEY

_PAGES: Final[Mapping[str, str]] = {
    "listening": "session",
    "incident": "incident",
    "minor": "minor",
    "change_story": "story",
    **{kind: kind for kind in SHORT_KINDS},
}
_PANELS: Final[Mapping[str, str]] = {"deposit": "deposits", "colleague_alert": "alerts"}


def sealed_place(kind: str, record_id: str) -> Target | None:
    """The page of a record, or the list where it stands; None for what only goes with others.

    Args:
        kind: The record's ``KIND``.
        record_id: Its sealed id, 32 hex digits.
    """
    if kind in _PANELS:
        return Target(KEY, action=_PANELS[kind])
    page = _PAGES.get(kind, "")
    return Target(KEY, action=f"{page}/{record_id}") if page else None
