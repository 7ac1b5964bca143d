"""Sentences and words about settings."""

from __future__ import annotations

from typing import Final

from antenne.domain.office import Heading, Office
from antenne.domain.settings import EPOCH, DatedValue, SettingDefinition
from antenne.wording import formats

VIOLATIONS: Final[dict[str, str]] = {
    "settings.unknown": "Ce réglage n’existe pas.",
    "settings.value": "Tapez un nombre entier, sans virgule.",
    "settings.range": "Tapez un nombre entre 0 et 1\u202f000\u202f000\u202f000\u202f000.",
    "settings.between": "Tapez un nombre entre {least} et {most}.",
    "settings.past": "Le {day} est passé : ce qui a été compté depuis ne serait plus juste. Tapez aujourd’hui ou un jour à venir.",
    "settings.replaces": "Une valeur commence déjà le {day} : {value}. Choisissez un autre jour, ou confirmez le remplacement.",
    "settings.label": "Donnez un nom de 1 à {most} lettres.",
    "settings.label_taken": "« {label} » est déjà dans la liste. Si elle n’est plus proposée, proposez-la de nouveau.",
    "settings.tied": "Une règle lit cette entrée\u00a0: elle peut changer de nom, elle reste proposée.",
    "settings.until": "La fin doit venir après le début.",
    "settings.logo_unreadable": "Ce fichier ne peut pas être lu. Copiez-le sur l’ordinateur, puis choisissez-le de nouveau.",
    "settings.logo_pixels": "Cette image est trop grande. Enregistrez-la en plus petit, puis choisissez-la de nouveau.",
}

READ_ONLY: Final = "Vous pouvez lire ces réglages\u202f; seule une responsable peut les changer."

OVERWRITE: Final = (
    "Enregistrer quand même\u202f? L’historique des changements gardera l’ancienne valeur et la nouvelle."
)
DATA_FOLDER: Final = "Ces fichiers sont chiffrés. Ne les copiez pas à la main et ne les mettez pas dans un dossier partagé : la sauvegarde sur clé USB fait la copie et la contrôle."
NO_PRINTER: Final = "Aucune imprimante n’a été mesurée. Si les cartes sortent décalées, imprimez la page de réglage et mesurez deux croix à la règle : le programme corrige ensuite chaque planche."
NOTHING_ERASED: Final = "Rien n’est effacé : une entrée qui n’est plus proposée reste écrite dans les anciennes fiches. Un nom corrigé change partout où il est écrit."
FIXED_LISTS: Final = "Une entrée « liée à une règle » change de nom et reste proposée. Ne se changent pas ici, parce que des règles les lisent : les types GBVIMS et l’ordre de leurs questions, les sept services, les six réponses d’une orientation, les réponses de LAKANA SO."

PAPERS: Final[dict[str, str]] = {
    "card": "Carte de membre",
    "discreet_card": "Carte discrète",
    "receipt": "Reçu",
    "slip": "Fiche d’orientation",
    "voucher": "Bon de soins",
    "guarantor_copy": "Exemplaire de la caution",
    "her_rights": "Ce qui est gardé sur elle",
    "civil": "Papiers d’état civil",
    "list": "Listes",
}
"""Papers with a heading of their own, as the settings name them."""

HEADINGS: Final[dict[Heading, str]] = {
    Heading.ASSOCIATION: "Association",
    Heading.NEUTRAL: "Neutre",
    Heading.NONE: "Aucun",
}


def heading_lines(office: Office, heading: Heading) -> tuple[str, str]:
    """What a paper says at its head: a title, a line under it (the words of ``print.layout``)."""
    if heading is Heading.NONE:
        return "", ""
    if heading is Heading.NEUTRAL:
        return office.neutral_heading, ""
    under = " · ".join(part for part in (office.postal_box, office.phone) if part)
    return " — ".join(part for part in (office.association, office.name) if part), under


def setting_value(definition: SettingDefinition, value: object) -> str:
    """« 500 FCFA », « 7 jours », « oui »."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int):
        return formats.NBSP.join(part for part in (formats.number(value), definition.unit) if part)
    return str(value)


def setting_since(dated: DatedValue) -> str:
    """« depuis le 01/01/2026 », « depuis toujours »."""
    return "depuis toujours" if dated.since <= EPOCH else f"depuis le {formats.day(dated.since)}"
