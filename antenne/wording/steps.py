"""Words for the steps of long work; each area adds its own in ``wording.<area>.STEPS``."""

from __future__ import annotations

from antenne.wording.violations import merged

_AREAS = (
    "backup",
    "cards",
    "cashbook",
    "receipts",
    "dues",
    "expenses",
    "accounts",
    "civil",
    "protection",
    "papers",
    "imports",
    "users",
    "login",
)
_OWN = {
    "demo.persons": "Inscription des personnes fictives…",
    "demo.photos": "Dessin des portraits…",
    "demo.cards": "Cartes de membre…",
    "demo.trips": "Tournées…",
    "demo.civil": "Dossiers d’état civil…",
    "demo.money": "Caisse, cotisations et dépenses…",
    "demo.done": "Bureau de démonstration prêt.",
    "checks.running": "Contrôle de la base…",
    "checks.done": "Contrôle terminé.",
}


def title(step: str) -> str:
    """The French words of a step's code."""
    if step in _OWN:
        return _OWN[step]
    return merged(_AREAS, "STEPS")[step]
