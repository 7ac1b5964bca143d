"""Sentences about users and their keys."""

from __future__ import annotations

VIOLATIONS: dict[str, str] = {
    "users.no_role": "Choisissez au moins un rôle.",
    "users.reason": "Secrétaire et écoutante à la fois : écrivez pourquoi, la responsable en répond.",
    "users.no_responsable": "Gardez-vous dans la liste, avec le rôle de responsable : sinon personne ne pourrait plus gérer les clés.",
}

PROBLEMS: dict[str, str] = {
    "rekey.no_confidential": "Le changement des clés demande la phrase d’une responsable qui ouvre la partie confidentielle. Rien n’a été changé.",
    "rekey.copy_differs": "La copie sous la nouvelle clé n’est pas conforme. Rien n’a été changé ; contrôlez la base, puis recommencez.",
}
STEPS: dict[str, str] = {
    "rekey.copy": "Copie de la base sous la nouvelle clé…",
    "rekey.check": "Contrôle de la copie…",
    "rekey.swap": "Mise en place…",
}
