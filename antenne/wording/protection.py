"""French words of protection: incidents, minors, short sealed forms, alerts, partners, slips."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from antenne.domain.alerts import Reason
from antenne.domain.forms import minor as minor_forms
from antenne.domain.forms import sealed_short
from antenne.domain.forms.model import Option
from antenne.domain.incidents import GbvType, Purpose
from antenne.domain.minors import Decision, Return
from antenne.domain.partners import Nearest
from antenne.domain.protection_clock import Care, Left
from antenne.domain.protection_trends import Axis
from antenne.domain.sealed_tests import Result
from antenne.wording import formats

TYPES: dict[GbvType, str] = {
    GbvType.RAPE: "viol",
    GbvType.SEXUAL_ASSAULT: "agression sexuelle",
    GbvType.PHYSICAL_ASSAULT: "agression physique",
    GbvType.FORCED_MARRIAGE: "mariage forcé",
    GbvType.DENIAL: "déni de ressources, d’opportunités ou de services",
    GbvType.PSYCHOLOGICAL: "violence psychologique",
    GbvType.NOT_GBV: "non-VBG",
}
PURPOSES: dict[Purpose, str] = {
    Purpose.SERVICES: "être orientée vers des services",
    Purpose.STATISTICS: "être comptée, sans nom, dans les statistiques",
    Purpose.SHARING: "partage",
}
CARES: dict[Care, str] = {Care.PEP: "le kit PEP", Care.CONTRACEPTION: "la contraception d’urgence"}
REASONS: dict[Reason, str] = {
    Reason.MINOR: "Une mineure est accompagnée",
    Reason.CHILD_EXPLOITATION: "Exploitation d’une enfant\u00a0: à voir tout de suite",
    Reason.LAKANA_REFUSED: "Une mineure refuse LAKANA SO\u00a0: à vous de décider",
    Reason.ALERT: "Une alerte aux collègues attend votre accord",
}
MINOR_HEARD = "Une mineure a été écoutée\u00a0: à voir tout de suite"
RETURNS: dict[Return, str] = {Return.FAMILY: "dans sa famille", Return.SCHOOL: "à l’école"}
DECISIONS: dict[Decision, str] = {
    Decision.RESPECTED: "son refus est respecté",
    Decision.OVERRIDDEN: "LAKANA SO est saisie, elle en est prévenue",
}
RESULTS: dict[Result, str] = {
    Result.POSITIVE: "positif",
    Result.NEGATIVE: "négatif",
    Result.UNCLEAR: "indéterminé",
}
AXES: dict[Axis, str] = {
    Axis.TYPE: "Type",
    Axis.LOCAL_TYPE: "Type de l’antenne",
    Axis.PLACE: "Lieu",
    Axis.COMMUNE: "Commune",
    Axis.DAY_PART: "Moment",
    Axis.HOUR: "Heure",
    Axis.MONTH: "Mois",
    Axis.OUTCOME: "Issue",
    Axis.DELAY: "Délai jusqu’aux soins",
}
MASKED = "masqué"
"""What stands in a masked cell; it says no more than that it is masked."""

_LISTS: Mapping[str, Mapping[Enum, str]] = {
    minor_forms.RETURNS: RETURNS,  # type: ignore[dict-item]  # each key is of one Enum
    minor_forms.DECISIONS: DECISIONS,  # type: ignore[dict-item]  # as above
    sealed_short.RESULTS: RESULTS,  # type: ignore[dict-item]  # as above
}

VIOLATIONS: dict[str, str] = {
    "protection.service_twice": "Ce service est déjà plus haut. Une seule ligne par service.",
    "protection.no_structure": "Dites où elle est orientée.",
    "protection.partner_closed": "«\u00a0{name}\u00a0» ne reçoit plus. Choisissez une autre structure.",
    "protection.unknown_person": "Cette personne n’a plus de fiche. Choisissez-la de nouveau.",
    "protection.code_unknown": "Personne n’a ce code. Vérifiez-le, ou laissez vide pour en tirer un nouveau.",
    "incident.future": "Les faits ne peuvent pas être dans l’avenir. Corrigez le jour ou l’heure.",
    "incident.range": "«\u00a0Au plus tard\u00a0» vient après le début. Corrigez l’heure.",
    "incident.before": "L’entretien vient après les faits. Corrigez l’une des deux heures.",
    "incident.care_before": "Les soins viennent après les faits. Corrigez l’heure.",
    "incident.separated_adult": "Cette question est pour une mineure. Videz-la, ou corrigez l’âge.",
    "incident.minor_as_adult": "D’après sa fiche, elle n’a pas {years} ans ou son âge n’est pas vérifié. Corrigez l’âge, ou sa fiche.",
    "incident.no_services": "Elle n’a pas accepté d’être orientée\u00a0: aucune fiche ne part.",
    "incident.no_sharing": "Elle a dit non pour cette structure. Choisissez-en une autre avec elle.",
    "incident.nothing_to_withdraw": "Cet accord n’est pas donné, ou il est déjà repris.",
    "incident.not_referred": "Choisissez d’abord la structure de ce service, puis enregistrez.",
    "incident.closed": "Ce dossier est déjà clos.",
    "incident.closed_already": "Ce dossier est clos. Rouvrez-le pour ajouter une suite.",
    "incident.not_closed": "Ce dossier est déjà ouvert.",
    "incident.not_told": "Dites-lui qu’elle peut revenir à tout moment, puis répondez oui.",
    "incident.no_outcome": "Notez d’abord une issue, avec sa date.",
    "incident.open_appointment": "Un rendez-vous est encore à venir. Attendez-le, ou retirez-le.",
    "incident.outcome_day": "L’issue se place entre les faits et aujourd’hui. Corrigez la date.",
    "incident.responsable_only": "Seule la responsable note «\u00a0majeure évidente\u00a0».",
    "incident.evident_why": "Dites sur quoi repose sa majorité.",
    "minor.adult": "À cet âge elle est majeure. Corrigez l’âge, ou ouvrez une écoute de femme.",
    "minor.adult_by_file": "D’après sa fiche, elle est majeure. Corrigez la fiche, ou choisissez-en une autre.",
    "minor.not_told": "Dites-lui d’abord ce que nous devons signaler, puis répondez oui.",
    "minor.no_assent": "Sans son accord, dites pourquoi c’est dans son intérêt.",
    "minor.no_agreement": "Sans l’accord de l’adulte, dites pourquoi c’est dans son intérêt.",
    "minor.lakana_day": "LAKANA SO a été saisie entre la rencontre et aujourd’hui. Corrigez la date.",
    "minor.lakana_why": "Dites pourquoi LAKANA SO n’est pas saisie.",
    "minor.return_day": "Le retour se place entre la rencontre et aujourd’hui. Corrigez la date.",
    "minor.return_where": "Dites où\u00a0: la localité, ou l’école.",
    "minor.return_twice": "Ce retour est déjà noté à cette date.",
    "minor.responsable_decides": "Seule la responsable décide, quand une mineure refuse LAKANA SO.",
    "minor.no_refusal": "Elle n’a pas refusé LAKANA SO\u00a0: il n’y a rien à décider.",
    "minor.decision_why": "Dites pourquoi.",
    "notice.responsable_only": "Ce message est pour la responsable.",
    "test.result_not_agreed": "Elle n’a pas accepté que le résultat soit gardé. Videz-le.",
    "test.returned_before": "Le résultat est rendu après le test. Corrigez la date.",
    "test.linked_before": "La liaison au soin vient après le test. Corrigez la date.",
    "test.treated_before": "Le traitement vient après le test. Corrigez la date.",
    "test.future": "Cette date est dans l’avenir. Corrigez-la.",
    "test.person_and_code": "Sa fiche ou son code, pas les deux. Videz l’un des deux.",
    "aid.before": "Cette date vient avant le début. Corrigez-la.",
    "attendance.nobody": "Notez au moins une personne.",
    "attendance.twice": "Elle est déjà sur la liste.",
    "outing.nobody": "Notez au moins une femme ou une mineure.",
    "outing.minor": "D’après sa fiche, elle n’est pas majeure\u00a0: ouvrez une fiche de mineure accompagnée.",
    "outing.twice": "Elle est déjà comptée à une sortie.",
    "alert.agreed_day": "Son accord ne peut pas être dans l’avenir. Corrigez la date.",
    "alert.over": "L’alerte serait déjà finie. Choisissez un jour à venir.",
    "alert.too_long": "Une alerte dure {days} jours au plus. Choisissez un jour plus proche.",
    "alert.own": "Une autre que vous doit approuver ce que vous avez écrit.",
    "alert.same_person": "Une troisième personne doit être prévenue, pas celle qui approuve.",
    "alert.decided": "Cette alerte est déjà approuvée ou retirée.",
    "alert.unknown_user": "Choisissez qui a été prévenue.",
    "alert.none": "Aucune alerte n’est à lire aujourd’hui.",
    "partner.unknown": "Cette structure n’existe plus.",
    "partner.none": "Aucune structure ouverte ne soigne, dans le carnet des partenaires. Ajoutez-en une.",
    "partner.name_taken": "«\u00a0{name}\u00a0» est déjà dans le carnet.",
    "partner.period": "La convention finit après son début. Corrigez la date.",
    "partner.overlap": "Deux conventions portent sur les mêmes jours. Corrigez l’une des deux.",
    "trends.responsable_only": "Les tendances sont pour la responsable.",
    "trends.period": "La période finit après son début. Corrigez la date.",
    "trends.same_axis": "Choisissez deux questions différentes.",
    "trends.no_recipient": "Dites à qui ce tableau est envoyé.",
    "trends.ring": "Avec les tableaux déjà partis, celui-ci laisserait deviner des cases cachées. Choisissez une question d’un tableau déjà parti, ou une autre période.",
    "trends.changed": "Un incident a changé, ou un autre tableau est parti. Préparez de nouveau le tableau.",
}

HISTORY: dict[str, str] = {"partner.saved": "Structure enregistrée"}

SLIP_TITLE = "Fiche d’orientation"
SLIP_PAPER_TITLE = "Fiche"
"""Title of the PDF: it names no one and says nothing."""
SLIP_GO = "Merci de recevoir la porteuse de ce code."
SLIP_NO_NAME = "Ne demandez pas son nom pour nous répondre\u00a0: le code suffit."
SLIP_BACK = "Réponse à nous rendre"
SLIP_BACK_ASKED = ("Reçue le", "Suite donnée", "Revient le", "Cachet et signature")
SLIP_BOXES = ("reçue", "à revoir", "envoyée ailleurs", "non reçue")
ALERTS_TITLE = "À dire entre nous"
ALERTS_HEADS = ("Où", "Quand", "Comment", "Véhicule", "Lue jusqu’au")
ALERTS_FOOT = "À lire à voix haute, à ne pas afficher, à détruire après la causerie. Rien n’y dit qui a été touchée."


def options(list_name: str) -> tuple[Option, ...] | None:
    """The entries of a fixed list of these forms; None for a list of the settings, of listening, of the directory."""
    words = _LISTS.get(list_name)
    return None if words is None else tuple(Option(str(code.value), word) for code, word in words.items())


def left(value: Left) -> tuple[str, str]:
    """« Encore 9 h 20 », « pour le kit PEP (72 h après les faits) »; « Délai passé » once it is over."""
    hours = 72 if value.care is Care.PEP else 120
    what = f"pour {CARES[value.care]} ({hours}\u00a0h après les faits)"
    if not value.open:
        return "Délai passé", f"{what}\u00a0: orientez-la quand même vers les soins"
    estimated = ", comptées depuis l’heure la plus ancienne" if value.estimated else ""
    return f"Encore {value.hours}\u00a0h\u00a0{value.minutes:02d}", f"{what}{estimated}"


def nearest(value: Nearest | None) -> str:
    """« One Stop Center … · convention en cours »."""
    if value is None:
        return "Aucune structure de soins dans le carnet"
    return f"{value.partner.name} · {'convention en cours' if value.agreed else 'sans convention en cours'}"


def left_out(no_consent: int, elsewhere: int) -> str:
    """How many stand in no donor's figure, and why."""
    parts = []
    if no_consent:
        parts.append(f"{formats.number(no_consent)} sans accord pour les statistiques")
    if elsewhere:
        parts.append(f"{formats.number(elsewhere)} déjà dits à une autre organisation")
    return f"Laissés de côté\u00a0: {', '.join(parts)}" if parts else "Aucun n’est laissé de côté"


def slip_before(before: str) -> str:
    """« À recevoir avant le … »."""
    return f"À recevoir sans attendre, avant le {before}"
