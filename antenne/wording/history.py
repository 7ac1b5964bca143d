"""What a line of the Historique says was done; each area adds its own in ``wording.<area>.HISTORY``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from antenne.wording.violations import AREAS, merged


@cache
def _actions() -> Mapping[str, str]:
    return merged(AREAS, "HISTORY")


def action(code: str) -> str:
    """« Fiche modifiée » for ``person.saved``; the code itself where no area knows it."""
    return _actions().get(code, code)
