"""Broken rules in French: one sentence each, saying what to type. To add an area, add its module to the list."""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from antenne.domain.violations import Forbidden, Violation
from antenne.wording import formats

AREAS = (
    "forms",
    "access",
    "members",
    "cards",
    "cashbook",
    "receipts",
    "dues",
    "expenses",
    "accounts",
    "civil",
    "listening",
    "protection",
    "gbvims",
    "stories",
    "her_rights",
    "backup",
    "imports",
    "settings",
    "users",
    "clock",
    "login",
)
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
    "cash_out": "sortir de l’argent",
    "cash_day": "ouvrir et clôturer la caisse",
    "accounts_read": "voir les comptes",
    "accounts_write": "changer le plan comptable ou clôturer un mois",
    "civil": "tenir les dossiers d’état civil",
    "compartment": "ouvrir la partie confidentielle",
    "aggregates": "voir les totaux",
}

_VOWELS = tuple("aeéèêiouhy")
"""« de » is cut before them; each verb in h here is mute."""

_GROUPED_FROM = 10_000
"""Smaller figures need no space between thousands, and a year never has one."""


def merged(areas: tuple[str, ...], name: str) -> Mapping[str, str]:
    """The dictionaries called ``name`` of these modules of the package, as one; an area may not exist yet."""
    every: dict[str, str] = {}
    for area in areas:
        module = f"antenne.wording.{area}"
        if find_spec(module) is not None:
            every |= getattr(import_module(module), name, {})
    return every


@cache
def _templates() -> Mapping[str, str]:
    return merged(AREAS, "VIOLATIONS")


def sentence(violation: Violation) -> str:
    """The sentence of a broken rule.

    Raises:
        KeyError: The code has no sentence (a bug of ours).
    """
    return fill(_templates()[violation.code], dict(violation.values))


class _Filler(string.Formatter):
    """Quotes values as the office writes them; a value with its own format (``{day:%d/%m/%Y}``) keeps it."""

    def format_field(self, value: object, format_spec: str) -> str:
        """One value."""
        return str(super().format_field(value, format_spec)) if format_spec else shown(value)


def fill(template: str, values: Mapping[str, object]) -> str:
    """A sentence with its values.

    Raises:
        KeyError: The sentence quotes a value that is not given (a bug of ours).
    """
    return _Filler().vformat(template, (), values)


def forbidden(refused: Forbidden) -> str:
    """What to say when the user's roles do not allow something."""
    what = _RIGHTS.get(refused.right, refused.right)
    joined = f"d’{what}" if what.startswith(_VOWELS) else f"de {what}"
    return f"Votre rôle ne permet pas {joined}. Demandez à la responsable."


def shown(value: object) -> str:
    """A quoted value as the office writes it."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int):
        return formats.number(value) if abs(value) >= _GROUPED_FROM else str(value)
    if isinstance(value, dt.datetime):
        return formats.moment(value)
    if isinstance(value, dt.date):
        return formats.day(value)
    if isinstance(value, (tuple, list)):
        return ", ".join(shown(one) for one in value)
    return str(value)
