"""Broken rules in French: one sentence each, saying what to type. To add an area, add its module to the list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from antenne.domain.violations import Forbidden, Violation
from antenne.wording import formats

AREAS = ("forms", "access", "members", "cards", "backup", "imports", "settings", "users")
"""Modules of this package that hold ``VIOLATIONS``."""

_RIGHTS = {
    "read_persons": "voir les fiches",
    "write_persons": "modifier les fiches",
    "erase_persons": "effacer une fiche",
    "import": "importer un registre",
    "export": "exporter une liste",
    "print_cards": "imprimer des cartes",
    "backup": "faire une sauvegarde",
    "restore": "restaurer une sauvegarde",
    "settings": "changer les réglages",
    "users": "gérer les utilisatrices",
    "cash_in": "encaisser",
    "compartment": "ouvrir la partie confidentielle",
    "aggregates": "voir les totaux",
}


@cache
def _templates() -> Mapping[str, str]:
    merged: dict[str, str] = {}
    for area in AREAS:
        merged |= getattr(import_module(f"antenne.wording.{area}"), "VIOLATIONS", {})
    return merged


def sentence(violation: Violation) -> str:
    """The sentence of a broken rule.

    Raises:
        KeyError: The code has no sentence (a bug of ours).
    """
    return _templates()[violation.code].format(**{name: shown(value) for name, value in violation.values})


def forbidden(refused: Forbidden) -> str:
    """What to say when the user's roles do not allow something."""
    what = _RIGHTS.get(refused.right, refused.right)
    return f"Votre rôle ne permet pas de {what}. Demandez à la responsable."


def shown(value: object) -> str:
    """A quoted value as the office writes it."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int):
        return formats.number(value)
    if isinstance(value, dt.datetime):
        return formats.moment(value)
    if isinstance(value, dt.date):
        return formats.day(value)
    if isinstance(value, (tuple, list)):
        return ", ".join(shown(one) for one in value)
    return str(value)
