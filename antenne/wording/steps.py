"""Words for the steps of long work; each area adds its own in ``wording.<area>.STEPS``."""

from __future__ import annotations

from importlib import import_module

_AREAS = ("backup", "cards", "imports", "users", "login")
_OWN = {
    "demo.persons": "Inscription des personnes fictives…",
    "demo.photos": "Dessin des portraits…",
    "demo.cards": "Cartes de membre…",
    "demo.done": "Bureau de démonstration prêt.",
    "checks.running": "Contrôle de la base…",
    "checks.done": "Contrôle terminé.",
}


def title(step: str) -> str:
    """The French words of a step's code."""
    if step in _OWN:
        return _OWN[step]
    for area in _AREAS:
        words: dict[str, str] = getattr(import_module(f"antenne.wording.{area}"), "STEPS", {})
        if step in words:
            return words[step]
    raise LookupError(step)
