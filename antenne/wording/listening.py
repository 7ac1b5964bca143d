"""French words of the listening: lists of the form, refusals, what is said of the compartment."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

from antenne.domain.deposits import About, Filing
from antenne.domain.forms import listening as forms
from antenne.domain.forms.model import Option
from antenne.domain.listening import Answer, Lakana, Service, shown_code

SERVICES: dict[Service, str] = {
    Service.HEALTH: "santé",
    Service.PSYCHOSOCIAL: "psychosocial",
    Service.SHELTER: "abri",
    Service.SECURITY: "sécurité, police",
    Service.LEGAL: "juridique",
    Service.LIVELIHOOD: "moyens d’existence",
    Service.CHILD_PROTECTION: "protection de l’enfant",
}
ANSWERS: dict[Answer, str] = {
    Answer.REFERRED: "orientée",
    Answer.DONE_HERE: "faite ici",
    Answer.ALREADY: "déjà reçue",
    Answer.NOT_RELEVANT: "sans objet",
    Answer.REFUSED: "refusée",
    Answer.UNAVAILABLE: "indisponible",
}
LAKANA: dict[Lakana, str] = {
    Lakana.TOLD: "saisie",
    Lakana.NOT_YET: "pas encore",
    Lakana.REFUSED: "refusée par elle",
}
ABOUT: dict[About, str] = {
    About.MINOR: "une mineure est venue",
    About.TEST: "un test a été fait",
    About.REQUEST: "elle demande une écoute",
    About.OTHER: "autre",
}
FILINGS: dict[Filing, str] = {
    Filing.WAITING: "à classer",
    Filing.FILED: "classé",
    Filing.SET_ASIDE: "sans suite",
}
FIRSTS: dict[str, str] = {forms.FIRST: "1re fois", forms.FOLLOW_UP: "suivi"}

_LISTS: Mapping[str, Mapping[Any, str]] = {
    forms.SERVICES: SERVICES,
    forms.ANSWERS: ANSWERS,
    forms.LAKANA: LAKANA,
    forms.FIRSTS: FIRSTS,
    forms.ABOUT: ABOUT,
}

_NOT_ASKED: dict[str, str] = {
    "number": "Numéro",
    "listener_id": "Écoutante",
    "listener": "Écoutante",
    "incident_ids": "Incident ouvert d’ici",
    "civil_file_ids": "Dossier d’état civil ouvert d’ici",
}
"""What a talk holds besides the answers of its form."""

VIOLATIONS: dict[str, str] = {
    "listening.code_unreadable": "Ce n’est pas un code\u00a0: six signes, par exemple K7Q-2MX. Laissez vide pour en tirer un.",
    "listening.code_unknown": "Personne n’a ce code. Vérifiez-le, ou laissez vide pour en tirer un nouveau.",
    "listening.code_tied": "Ce code est déjà celui d’une personne.",
    "listening.nobody": "Cette personne n’a plus de fiche. Choisissez-la de nouveau.",
    "listening.is_minor": (
        "D’après sa fiche, elle n’a pas {years} ans ou son âge n’est pas vérifié\u00a0: répondez oui. "
        "La responsable peut noter sur sa fiche sur quoi sa majorité repose."
    ),
    "listening.is_adult": "D’après sa fiche, elle a {years} ans ou plus. Corrigez la fiche, ou répondez non.",
    "listening.not_first": "Elle a déjà été écoutée\u00a0: choisissez «\u00a0suivi\u00a0».",
    "listening.future": "L’écoute est notée au {at}, et il est {now}. Corrigez l’heure.",
    "listening.next_before": "Le prochain rendez-vous vient après l’écoute. Corrigez la date.",
    "listening.service_twice": "Ce service est déjà plus haut. Une seule ligne par service.",
    "listening.no_structure": "Dites où elle est orientée.",
    "listening.feedback_alone": "Une contre-référence vient d’une orientation. Choisissez «\u00a0orientée\u00a0».",
    "listening.no_consent": "Sans son accord, il n’y a pas d’écoute à noter.",
    "listening.name_kept": "Elle ne veut pas que ce qu’elle dit soit gardé\u00a0: notez l’écoute comme anonyme.",
    "listening.words_kept": "Elle ne veut pas que ce qu’elle dit soit gardé\u00a0: videz récit, besoins et conseils.",
    "listening.lakana_reason": "Dites pourquoi LAKANA SO n’est pas saisie.",
    "listening.best_interest": "Sans l’accord de l’adulte, dites en quoi c’est son intérêt.",
    "sealed.changed": "Une autre l’a enregistrée entre-temps. Rouvrez-la, puis refaites votre changement.",
    "deposit.no_reason": "Dites pourquoi ce mot reste sans suite.",
    "deposit.done": "Ce mot est déjà classé.",
}

PROBLEMS: dict[str, str] = {
    "sealed.gone": "Cette fiche n’existe plus. Rien d’autre n’a changé.",
}


def options(list_name: str) -> tuple[Option, ...] | None:
    """The entries of a list that the form shows; None for a list of the settings or of the directory."""
    words = _LISTS.get(list_name)
    if words is None:
        return None
    return tuple(Option(code.value if isinstance(code, Enum) else code, word) for code, word in words.items())


def follow_up(rank: int) -> str:
    """« 1re fois », « Suivi (7e) »."""
    return FIRSTS[forms.FIRST] if rank == 1 else f"Suivi ({rank}e)"


def code(plain: str) -> str:
    """« code K7Q-2MX »."""
    return f"code {shown_code(plain)}"


def field_label(key: str) -> str:
    """The question of a field of the session, for what a change replaced."""
    asked = {field.key: field.label for field in forms.LISTENING.fields}
    return asked.get(key) or _NOT_ASKED[key]
