"""Sentences and words about users and their keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from antenne.domain.rights import Role

VIOLATIONS: Final[dict[str, str]] = {
    "users.no_role": "Choisissez au moins un rôle.",
    "users.reason": "Secrétaire et écoutante à la fois\u00a0: écrivez pourquoi, la responsable en répond.",
    "users.no_responsable": "Gardez-vous dans la liste, avec le rôle de responsable\u00a0: sinon personne ne pourrait plus gérer les clés.",
    "users.gone": "{name} n’a plus d’accès\u00a0: ajoutez-la comme une nouvelle utilisatrice.",
}

PROBLEMS: Final[dict[str, str]] = {
    "rekey.no_confidential": "Le changement des clés demande la phrase d’une responsable qui ouvre la partie confidentielle, ou le code de l’enveloppe\u00a02. Rien n’a été changé.",
    "rekey.copy_differs": "La copie sous la nouvelle clé n’est pas conforme. Rien n’a été changé\u202f; contrôlez la base, puis recommencez.",
}

STEPS: Final[dict[str, str]] = {
    "rekey.keys": "Fabrication des nouvelles clés…",
    "rekey.copy": "Copie de la base sous la nouvelle clé…",
    "rekey.check": "Contrôle de la copie…",
    "rekey.swap": "Mise en place…",
}

ROLES: Final[dict[Role, str]] = {
    Role.RESPONSABLE: "Responsable",
    Role.SECRETAIRE: "Secrétaire",
    Role.CAISSIERE: "Caissière",
    Role.ECOUTANTE: "Écoutante",
    Role.LECTURE: "Lecture",
}

DUTIES: Final[dict[Role, str]] = {
    Role.RESPONSABLE: "tout, y compris les réglages, les clés et la partie confidentielle",
    Role.SECRETAIRE: "inscrire, imprimer les cartes, importer, sauvegarder",
    Role.CAISSIERE: "voir les fiches, encaisser, sauvegarder",
    Role.ECOUTANTE: "voir les fiches, tenir la partie confidentielle",
    Role.LECTURE: "voir les totaux seulement",
}
"""What each role may do, in a line."""


def roles(given: Iterable[Role]) -> str:
    """« Secrétaire, Caissière », in the order of the list."""
    held = set(given)
    return ", ".join(words for role, words in ROLES.items() if role in held)
