"""Sentences about settings."""

from __future__ import annotations

VIOLATIONS: dict[str, str] = {
    "settings.unknown": "Ce réglage n’existe pas.",
    "settings.value": "Tapez un nombre entier, sans virgule.",
    "settings.range": "Tapez un nombre entre 0 et 1 000 000 000 000.",
    "settings.label": "Donnez un nom de 1 à {most} lettres.",
    "settings.until": "La fin doit venir après le début.",
}
