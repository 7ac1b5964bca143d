"""French words of the report's indicators, and of the commands that count."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from antenne.domain.account_papers import Period
from antenne.domain.civil_routes import Beneficiary
from antenne.domain.indicators import ReportLine
from antenne.wording import formats


@dataclass(frozen=True, slots=True)
class IndicatorWords:
    """How an indicator is named, counted and defined."""

    label: str
    unit: str
    definition: str


INDICATORS: dict[str, IndicatorWords] = {
    "etat_civil.actes_de_naissance_etablis": IndicatorWords(
        "Actes de naissance établis",
        "actes",
        "Dossiers dont le volet n°\u00a03 a été reçu au bureau dans la période (déclaration ou jugement supplétif). "
        "Le jugement n’est pas l’acte.",
    ),
    "etat_civil.actes_de_naissance_gratuits": IndicatorWords(
        "Actes de naissance établis gratuitement",
        "actes",
        "Parmi les actes établis, ceux sans aucun frais, ni pour elle ni pour le projet.",
    ),
    "etat_civil.cartes_identite": IndicatorWords(
        "Cartes d’identité obtenues",
        "cartes",
        "Dossiers dont la carte d’identité, ancienne ou biométrique, a été reçue au bureau dans la période.",
    ),
    "ecoutes.femmes": IndicatorWords(
        "Femmes écoutées",
        "personnes",
        "Femmes distinctes reçues en écoute dans la période\u202f; les séances sont comptées à part.",
    ),
    "ecoutes.mineures": IndicatorWords(
        "Mineures écoutées",
        "personnes",
        "Mineures distinctes reçues en écoute dans la période\u202f; les séances sont comptées à part.",
    ),
    "sante.tests_vih_femmes": IndicatorWords(
        "Femmes dépistées",
        "personnes",
        "Femmes distinctes qui ont fait un test dans la période\u202f; aucun résultat n’est lu.",
    ),
    "protection.agressions_par_clients_gerees": IndicatorWords(
        "Agressions par des clients gérées",
        "incidents",
        "Incidents de ce type dont la première suite est datée de la période, avec accord pour les statistiques.",
    ),
    "protection.refus_de_condom_geres": IndicatorWords(
        "Refus de condom gérés",
        "incidents",
        "Incidents de ce type dont la première suite est datée de la période, avec accord pour les statistiques.",
    ),
    "protection.non_paiements_geres": IndicatorWords(
        "Non-paiements gérés",
        "incidents",
        "Incidents de ce type dont la première suite est datée de la période, avec accord pour les statistiques.",
    ),
    "mineures.retours_en_famille": IndicatorWords(
        "Filles retournées en famille",
        "personnes",
        "Mineures accompagnées dont le retour en famille est daté de la période.",
    ),
    "mineures.retours_a_l_ecole": IndicatorWords(
        "Mineures retournées à l’école",
        "personnes",
        "Mineures accompagnées dont le retour à l’école est daté de la période.",
    ),
    "activites.adhesions_femmes_par_sorties": IndicatorWords(
        "Adhésions à partir des sorties",
        "personnes",
        "Femmes rencontrées à une sortie de la période, qui ont adhéré à la suite.",
    ),
    "activites.adhesions_mineures_par_sorties": IndicatorWords(
        "Mineures accompagnées à la suite des sorties",
        "personnes",
        "Mineures rencontrées à une sortie de la période, dont le dossier a été ouvert.",
    ),
}
"""By code: the codes are those of the published figures."""

SESSIONS = "séances"
LEFT_OUT = "laissés de côté, sans accord pour les statistiques"


def stopped_on(day: dt.date | None) -> str:
    """Until when the sealed figures were counted."""
    return "Pas encore compté." if day is None else f"Arrêté au {formats.day(day)}."


BENEFICIARIES: dict[Beneficiary, str] = {
    Beneficiary.SELF: "pour elle-même",
    Beneficiary.MINOR: "pour une mineure",
    Beneficiary.CHILD: "pour un enfant",
}
HANDED = "remis dans la période"

WRONG_ORDER = "--du doit être avant --au."
PERIOD_WANTED = "donnez une année (2024), ou --du AAAA-MM et --au AAAA-MM."


def born_later(on: dt.date) -> str:
    """A birth that comes after the day of the count."""
    return f"La naissance est après le {formats.day(on)}. Corrigez la date, ou donnez un autre jour avec --au."


def too_far(last: dt.date) -> str:
    """A day beyond what is counted."""
    return f"Cette date est après {last.year}. Vérifiez l’année."


def period(value: Period) -> str:
    """« année 2024 », « du 01/03/2024 au 31/05/2024 »."""
    first, last = value.first, value.last
    whole = first.year == last.year and (first.month, last.month) == (1, 12)
    return f"année {first.year}" if whole else f"du {formats.day(first)} au {formats.day(last)}"


def line(found: ReportLine) -> str:
    """One figure with what stands under it."""
    said = [f"{found.label}\u00a0: {formats.number(found.counted.value)}"]
    if found.counted.target is not None:
        said.append(f"  prévu\u00a0: {formats.number(found.counted.target)}")
    said += [f"  {part.label}\u00a0: {formats.number(part.value)}" for part in found.counted.parts]
    return "\n".join((*said, f"  {found.definition}"))
