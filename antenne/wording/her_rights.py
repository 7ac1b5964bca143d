"""French words of her rights: what is held about her, what she takes back, what is erased, how long it is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from antenne.domain.backups import BackupMade
from antenne.domain.her_rights import Agreed, ErasureReason, KindCount, Settled
from antenne.domain.sendings import Left
from antenne.wording import formats

PAPER_TITLE: Final = "Ce qui est gardé sur moi"
"""Of the paper and of its PDF: it names nobody."""
FILE_NAME: Final = "papier.pdf"

KINDS: Final[dict[str, str]] = {
    "listening": "Écoute",
    "incident": "Incident",
    "minor": "Mineure accompagnée",
    "hiv_test": "Test VIH",
    "sti_test": "Test IST",
    "consultation": "Consultation",
    "health_booklet": "Carnet de santé",
    "legal_aid": "Aide juridique",
    "material_aid": "Aide matérielle",
    "attendance": "Liste de présence",
    "outing": "Sortie",
    "deposit": "Note déposée",
    "colleague_alert": "Alerte aux collègues",
    "change_story": "Récit",
    "responsable_notice": "Message à la responsable",
    "draft": "Brouillon",
    "erasure_request": "Demande d’effacement",
    "withdrawal": "Accord retiré",
    "readings": "Page du journal des lectures",
    "erasure": "Effacement noté",
    "retention": "Décision de garder",
    "person": "Fiche",
    "civil": "Dossier d’état civil",
}
OTHER_KIND: Final = "Fiche confidentielle"

PARTS: Final[dict[str, str]] = {
    "identity": "Qui je suis",
    "membership": "Mon adhésion, mes accords",
    "cards": "Mes cartes",
    "dues": "Mes cotisations",
    "receipts": "Mes reçus",
    "expenses": "Ce que l’antenne m’a payé",
    "civil": "Mes papiers d’état civil",
    "history": "Ce qui a changé dans ma fiche",
    "talks": "Mes écoutes",
    "protection": "Ce que j’ai subi, ma protection",
    "care": "Ma santé, les aides",
    "lists": "Les listes où je suis",
    "other": "Autres notes sur moi",
}
PART_OF: Final[dict[str, str]] = {
    "listening": "talks",
    "incident": "protection",
    "minor": "protection",
    "colleague_alert": "protection",
    "hiv_test": "care",
    "sti_test": "care",
    "consultation": "care",
    "health_booklet": "care",
    "legal_aid": "care",
    "material_aid": "care",
    "attendance": "lists",
    "outing": "lists",
}

AGREED: Final[dict[Agreed, str]] = {
    Agreed.FILE: "Être inscrite au fichier",
    Agreed.PHOTO: "Photo",
    Agreed.FIGURES: "Statistiques sans nom",
    Agreed.CONTACT: "Être contactée",
    Agreed.SERVICES: "Être orientée vers des services",
    Agreed.STATISTICS: "Être comptée, sans nom, dans les statistiques",
    Agreed.SHARING: "Partager ce qui est arrivé avec",
    Agreed.TALK_SHARING: "Partager ce qu’elle dit avec",
    Agreed.RECORDING: "Garder ce qu’elle dit",
    Agreed.RESULT: "Garder le résultat du test",
    Agreed.ALERT: "Prévenir les collègues",
    Agreed.STORY: "Raconter son récit, sans son nom",
}
EFFECTS: Final[dict[Agreed, str]] = {
    Agreed.FILE: "Sa fiche reste à effacer\u00a0: voyez plus bas.",
    Agreed.PHOTO: "Sa photo est effacée.",
    Agreed.FIGURES: "Elle sort des statistiques à venir.",
    Agreed.CONTACT: "On ne l’appelle plus.",
    Agreed.SERVICES: "Aucune fiche d’orientation ne part plus\u202f; les partages cessent aussi.",
    Agreed.STATISTICS: "Cet incident sort des chiffres et va avec ceux qui ne sont pas comptés.",
    Agreed.SHARING: "Rien ne part plus vers cette structure.",
    Agreed.TALK_SHARING: "Rien n’est plus dit à cette structure.",
    Agreed.RECORDING: (
        "Ses mots et son nom sont effacés de cette écoute\u202f; restent le jour, les motifs et les services rendus."
    ),
    Agreed.RESULT: "Le résultat est effacé, avec les anciennes valeurs. Le test reste compté.",
    Agreed.ALERT: "L’alerte n’est plus lue.",
    Agreed.STORY: "Le récit ne part plus.",
}
"""What taking it back does, said before."""

REASONS: Final[dict[ErasureReason, str]] = {
    ErasureReason.ASKED: "Elle le demande",
    ErasureReason.TERM: "La durée de garde est passée",
    ErasureReason.MISTAKE: "Noté par erreur",
}

DANGER: Final = (
    "Ce papier est dangereux à porter\u00a0: il dit ce qu’elle a confié. "
    "Qu’elle le lise ici, ou l’emporte si elle le décide."
)
"""On the screen, before a paper with the compartment in it."""
PAPER_NOTHING: Final = "Rien n’est gardé."
PAPER_BEFORE: Final = "Ce qui était écrit avant d’être corrigé\u00a0:"
PAPER_RIGHTS_TITLE: Final = "Ce que je peux demander"
PAPER_RIGHTS: Final = (
    "Je peux demander à voir ce papier, gratuitement, autant de fois que je veux.",
    "Je peux faire corriger ce qui est faux.",
    "Je peux retirer un accord, tous, quand je veux. Ce qui est déjà parti ne peut pas revenir\u202f; on me dit quoi.",
    "Je peux demander qu’on m’oublie. Les comptes d’argent restent, sans mon nom\u202f; les nombres de personnes aussi.",
)
RIGHTS: Final = (
    "Elle peut voir ce que nous gardons d’elle, le faire corriger, retirer un accord, demander qu’on l’oublie. "
    "C’est gratuit."
)
FREE: Final = "Lui donner ce papier est gratuit. Lisez-le-lui si elle ne lit pas."

VIOLATIONS: Final[dict[str, str]] = {
    "rights.confirm": "Tapez {word} pour confirmer. Rien n’est encore effacé.",
    "rights.nothing": "Rien de confidentiel n’est gardé sur elle\u00a0: il n’y a rien à effacer.",
    "rights.unknown_code": "Personne n’a ce code. Vérifiez-le.",
    "rights.who": "Choisissez sa fiche, ou tapez son code.",
    "rights.words": "Écrivez-le en {most} signes au plus.",
    "rights.asked": "Cette demande attend déjà la responsable.",
    "rights.change_due": "L’antenne lui doit {amount} FCFA de monnaie. Rendez-la d’abord.",
    "rights.advance": "Il reste {amount} FCFA d’avance à justifier. Réglez-la d’abord.",
    "rights.open_files": "Ses dossiers {numbers} ne sont pas finis. Terminez-les, ou notez qu’elle y renonce.",
    "rights.papers_here": "Ses papiers sont encore ici (dossiers {numbers}). Rendez-les d’abord.",
    "rights.not_given": "Cet accord n’est pas donné, ou il est déjà retiré.",
    "rights.future": "Cette date est dans l’avenir. Corrigez-la.",
    "rights.before": "Elle a donné cet accord le {day}\u00a0: il ne se retire pas avant.",
    "rights.how": "Dites comment elle l’a dit.",
    "rights.witness": "Nommez le témoin.",
    "retention.why": "Dites pourquoi c’est gardé, en {most} signes au plus.",
    "retention.again": "Entre 1 et {most} ans.",
    "retention.chosen": "Choisissez au moins une ligne.",
    "retention.changed": "Ces fiches ont changé entre-temps. La liste est relue.",
}

HISTORY: Final[dict[str, str]] = {
    "person.kept": "Gardée au-delà de la durée",
    "civil.kept": "Gardé au-delà de la durée",
    "civil.forgotten": "Dossier effacé, durée passée",
}


def kind(code: str) -> str:
    """« Écoute »; a kind that has no word of its own is a « fiche confidentielle »."""
    return KINDS.get(code, OTHER_KIND)


def counted(kinds: Sequence[KindCount]) -> str:
    """« Écoute : 2 · Test VIH : 1 »."""
    return " · ".join(f"{kind(one.kind)}\u00a0: {formats.number(one.count)}" for one in kinds)


def agreement(what: Agreed, recipient: str = "") -> str:
    """« Partager ce qui est arrivé avec ARCAD CESAC »."""
    return f"{AGREED[what]} {recipient}".strip()


LEFT: Final[dict[Left, str]] = {
    Left.SLIP: "fiche d’orientation",
    Left.CROSSING: "tableau croisé",
    Left.INCIDENTS: "liste d’incidents, sans nom",
    Left.STORY: "récit",
}
"""What left the office."""


def left(what: Left, recipient: str, on: dt.date) -> str:
    """« fiche d’orientation pour le CSRéf, le 23/11/2026 »."""
    return f"{LEFT[what]} pour {recipient}, le {formats.day(on)}"


def paper_lead(on: dt.date) -> str:
    """The first sentence of the paper."""
    return f"Voici tout ce que l’antenne garde sur moi au {formats.long_day(on)}, écrit en mots simples."


def held_by(backups: Sequence[BackupMade]) -> str:
    """Which backups she is still inside, and until when."""
    if not backups:
        return "Aucune sauvegarde n’a été faite\u00a0: elle ne sera plus nulle part."
    last = formats.day(backups[0].made_at.date())
    if len(backups) == 1:
        return f"La sauvegarde du {last} la contient encore, jusqu’à ce que vous l’effaciez de la clé."
    return (
        f"{formats.number(len(backups))} sauvegardes la contiennent encore, la dernière du {last}\u00a0: "
        "chacune, jusqu’à ce que de plus récentes la remplacent sur la clé."
    )


def unpaid(found: Settled) -> str:
    """What is no longer asked of her; empty where she owes nothing."""
    said = f"{formats.amount(found.unpaid)} de cotisations ne lui seront plus demandés."
    return said if found.unpaid else ""
