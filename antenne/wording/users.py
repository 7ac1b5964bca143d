"""Sentences and words about users and their keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from antenne.domain.rights import Role

VIOLATIONS: Final[dict[str, str]] = {
    "users.no_role": "Choisissez au moins un rôle.",
    "users.reason": "Secrétaire et écoutante à la fois\u00a0: écrivez pourquoi, la responsable en répond.",
    "users.no_responsable": "Gardez-vous dans la liste, avec le rôle de responsable\u00a0: sinon personne ne pourrait plus gérer les clés.",
    "users.nobody_chosen": "Cochez au moins une utilisatrice.",
    "users.not_to_give": "Elle a déjà choisi sa propre phrase\u00a0: pour la remplacer, changez les clés.",
    "users.changed_meanwhile": "Les rôles ont changé entre-temps. Relisez la liste, puis recommencez.",
    "users.given_already": "Cette demande a déjà été faite. Fermez cette fenêtre et redonnez les phrases de la liste.",
    "shelter.same_code": "C’est le code qui vient de servir. Retapez le nouveau, celui qui est à l’écran.",
    "users.gone": "{name} n’a plus d’accès\u00a0: ajoutez-la comme une nouvelle utilisatrice.",
}

PROBLEMS: Final[dict[str, str]] = {
    "rekey.no_confidential": "Le changement des clés demande la phrase d’une responsable qui ouvre la partie confidentielle, ou le code de l’enveloppe\u00a02. Rien n’a été changé.",
    "sealed.no_key": (
        "Votre phrase n’ouvre pas la partie confidentielle de ce bureau. Demandez à la responsable, ou prenez "
        "l’enveloppe «\u00a0confidentiel\u00a0»."
    ),
    "sealed.sheltered": (
        "La partie confidentielle est à l’abri\u00a0: aucune phrase ne l’ouvre. Seul le code de l’enveloppe\u00a02 la rouvre, "
        "dans «\u00a0Paramètres, Mise à l’abri\u00a0»."
    ),
    "shelter.no_envelope": (
        "Il n’y a pas d’enveloppe\u00a02 pour ce bureau\u00a0: mise à l’abri, la partie confidentielle ne se rouvrirait "
        "jamais. Changez d’abord les clés, qui font deux enveloppes. Rien n’a été changé."
    ),
    "shelter.wrong_code": "Ce code n’est pas celui de l’enveloppe\u00a02 de ce bureau. Relisez-le, en entier. Rien n’a été changé.",
    "rekey.held": "Un autre programme tient encore la base. Redémarrez l’ordinateur et ouvrez Antenne avec la nouvelle phrase\u00a0: le changement de clés se finira tout seul.",
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


WHEN_TO_REKEY: Final = "Départ, rôle ou phrase à changer\u00a0: changez les clés. Les anciennes phrases n’ouvrent alors plus ce bureau, même avec un ancien fichier de clés."
WHO_STAYS: Final = "Décochez celle qui part\u00a0: ni sa phrase ni un ancien fichier de clés n’ouvriront plus ce bureau. Celles qui restent reçoivent une phrase sur papier, à changer à leur première ouverture."
COPY_BY_HAND: Final = "Recopiez les quatre mots à la main, pour elle seule. Ils ne s’affichent qu’ici, maintenant, et ne passent ni par l’imprimante ni par le presse-papiers. À sa première ouverture, elle choisit sa propre phrase."
OLD_BACKUPS: Final = "Elles s’ouvrent encore avec les phrases de leur jour, celle d’une personne partie aussi. Gardez ces clés USB sous votre main."
ENVELOPE_MISSING: Final = "Il manque une enveloppe de secours\u00a0: si les phrases se perdent, le bureau ne se rouvre plus. Changez les clés pour en faire deux."
GIVE_UP: Final = "Abandonner le changement des clés\u202f? Rien n’a été changé."
PAPERS_LOST: Final = (
    "Les phrases qui ne sont pas recopiées n’ouvriront à personne. Vous pourrez en redonner d’autres, dans cette page, à "
    "votre prochaine ouverture."
)
POWER_CUT: Final = "Ne fermez pas l’ordinateur. Si le courant est coupé, le programme finit ou annule tout seul à sa prochaine ouverture\u00a0: essayez alors votre nouvelle phrase, puis l’ancienne."

SHELTER_DOES: Final = (
    "En cas de danger\u00a0: la clé de la partie confidentielle quitte cet ordinateur. Aucune phrase ne l’ouvre plus, pas "
    "même la vôtre\u202f; seul le code de l’enveloppe\u00a02 la rouvre. Le reste du bureau s’ouvre comme avant."
)
SHELTER_REMAINS: Final = (
    "Avec la phrase d’une personne qui a ce droit, une ancienne copie du fichier antenne.cles et les sauvegardes déjà "
    "faites l’ouvrent encore\u00a0: éloignez-les. Les copies faites ici avant une mise à jour sont supprimées."
)
SHELTER_ASIDE: Final = "Sur cet ordinateur, une base mise de côté l’ouvre encore, de la même façon\u00a0: {path}"
SHELTER_CONFIRM: Final = (
    "L’enveloppe\u00a02 (code en service depuis le {day}) est-elle en lieu sûr, loin d’ici\u202f? Sans elle, la partie "
    "confidentielle serait perdue pour toujours. Antenne se verrouille aussitôt."
)
SHELTER_ON: Final = (
    "La partie confidentielle est à l’abri\u00a0: aucune phrase ne l’ouvre. Le reste du bureau marche comme avant, et les "
    "notes déposées l’attendent."
)
REOPEN_WITH_CODE: Final = (
    "Tapez le code de l’enveloppe\u00a02. Il ne sert qu’une fois\u00a0: vous en recopiez ensuite un nouveau, qui le "
    "remplace. Puis Antenne se verrouille, et celles qui ont ce droit y entrent de nouveau avec leur phrase."
)
REOPEN_HERE: Final = (
    "Vous avez ouvert avec le code de l’enveloppe\u00a02. Rouvrir rend l’accès à toutes celles qui ont ce droit, avec leur "
    "phrase. Antenne se verrouille aussitôt."
)
OLDER_FILE: Final = (
    "Le fichier des clés est plus ancien que celui dont la base se souvient\u00a0: quelqu’un l’a remis en place. Des accès "
    "retirés ou des phrases remplacées l’ouvrent peut-être encore. Changez les clés."
)
GIVE_AGAIN: Final = (
    "Cochez celles qui n’ont pas reçu leur phrase, ou qui ont perdu le papier avant de s’en servir. Quatre mots nouveaux "
    "remplacent les anciens\u202f; le papier d’avant n’ouvre plus ce bureau."
)
GIVE_AFTER_ENVELOPE: Final = (
    "Cochez celles dont la phrase est perdue. Quatre mots nouveaux la remplacent. Une ancienne copie des fichiers s’ouvre "
    "encore avec l’ancienne phrase\u00a0: si elle a pu être vue, changez les clés avec l’enveloppe\u00a02."
)
GIVEN_WITHOUT: Final = (
    "La partie confidentielle n’est pas ouverte ici\u00a0: responsable et écoutante reçoivent une phrase qui n’y entre pas. "
    "Rien n’en est perdu. Ouverte avec l’enveloppe\u00a02, cette page leur redonnera une phrase entière."
)
BY_BASE_ENVELOPE: Final = (
    "Vous avez ouvert avec l’enveloppe\u00a01, qui n’ouvre pas la partie confidentielle\u00a0: les clés ne peuvent pas être "
    "changées. «\u00a0Redonner une phrase\u00a0» rend la base à ses utilisatrices\u202f; la partie confidentielle reste entière et "
    "attend l’enveloppe\u00a02."
)


def no_rekey(*, sheltered: bool, by_envelope: bool) -> str:
    """Why the keys cannot be changed in this sitting, and what to do."""
    if sheltered:
        return PROBLEMS["sealed.sheltered"]
    return BY_BASE_ENVELOPE if by_envelope else PROBLEMS["rekey.no_confidential"]


def unhanded(count: int) -> str:
    """How many phrases were drawn and never copied."""
    if count == 1:
        return "Une utilisatrice n’a pas reçu sa phrase\u00a0: elle ne peut pas ouvrir."
    return f"{count} utilisatrices n’ont pas reçu leur phrase\u00a0: elles ne peuvent pas ouvrir."


def lacking(count: int) -> str:
    """How many right-holders have a slot without the confidential key."""
    if count == 1:
        return "Une utilisatrice n’entre pas dans la partie confidentielle\u00a0: ouvrez avec l’enveloppe\u00a02, et redonnez-lui une phrase."
    return (
        f"{count} utilisatrices n’entrent pas dans la partie confidentielle\u00a0: ouvrez avec l’enveloppe\u00a02, et "
        "redonnez-leur une phrase."
    )
