"""French sentences about opening the office: keys, passphrases, recovery codes, the first run, sealed records."""

from __future__ import annotations

from typing import Final

PROBLEMS: Final[dict[str, str]] = {
    "keys.missing": (
        "Le fichier des clés manque\u00a0: {path}. Sans lui, la base ne s’ouvre pas. Reprenez-le dans la dernière "
        "sauvegarde\u202f; ne créez pas de nouveau bureau à cette place."
    ),
    "keys.unreadable": (
        "Le fichier des clés ne peut pas être lu\u00a0: {path}. Vérifiez que le dossier est accessible, puis recommencez."
    ),
    "keys.damaged": (
        "Le fichier des clés (antenne.cles) est abîmé. Rien n’a été modifié. Reprenez ce fichier dans la dernière "
        "sauvegarde."
    ),
    "keys.tampered": (
        "La phrase est bonne, mais le fichier des clés a été modifié en dehors du programme. N’y travaillez pas\u00a0: "
        "prévenez la responsable et reprenez ce fichier dans la dernière sauvegarde."
    ),
    "keys.too_large": (
        "Le fichier des clés est bien trop gros\u00a0: ce n’est pas celui d’un bureau. Reprenez antenne.cles dans la "
        "dernière sauvegarde."
    ),
    "keys.too_many_slots": (
        "Le fichier des clés contient plus de {most} accès\u00a0: ce n’est pas celui d’un bureau. Reprenez antenne.cles "
        "dans la dernière sauvegarde."
    ),
    "keys.kdf_refused": (
        "Le fichier des clés demande un calcul que ce programme refuse, car il bloquerait l’ordinateur. Le fichier a été "
        "modifié ou abîmé\u00a0: reprenez antenne.cles dans la dernière sauvegarde."
    ),
    "keys.newer_format": (
        "Ce bureau a été créé ou modifié par une version plus récente du programme. Installez cette version pour "
        "l’ouvrir. Rien n’a été modifié."
    ),
    "keys.wrong_passphrase": (
        "Cette phrase n’ouvre pas. Vérifiez les accents, l’ordre des mots et la touche Verr. Maj. Si vous êtes sûre de "
        "la phrase, demandez à la responsable."
    ),
    "keys.unknown_label": (
        "Aucun accès ne s’appelle «\u00a0{label}\u00a0». Choisissez une étiquette de la liste, ou demandez à la "
        "responsable."
    ),
    "keys.not_written": (
        "Le fichier des clés n’a pas pu être écrit\u00a0: {path}. L’ancien est resté tel quel. Vérifiez que le dossier "
        "n’est pas en lecture seule, puis recommencez."
    ),
    "keys.no_space": (
        "Le disque est plein\u00a0: le fichier des clés n’a pas été écrit et l’ancien est resté tel quel. Libérez de la "
        "place, puis recommencez."
    ),
    "keys.shelter_old_format": (
        "Ces clés datent d’une version plus ancienne du programme, sans mise à l’abri. Changez d’abord les clés, une fois. "
        "Rien n’a été changé."
    ),
    "sealed.damaged": (
        "Une fiche confidentielle est abîmée ou a été remplacée (repère {id}). Ne la supprimez pas\u00a0: lancez le "
        "contrôle, puis comparez avec la dernière sauvegarde."
    ),
}

_COUNT: Final = "\u00a0: {count} caractères sur {expected}."

VIOLATIONS: Final[dict[str, str]] = {
    "keys.label_missing": "Donnez une étiquette\u00a0: un lieu ou un animal, par exemple «\u00a0Baobab\u00a0».",
    "keys.label_unfit": "Une étiquette tient en {longest} lettres au plus, sans caractère spécial.",
    "keys.label_taken": "Cette étiquette est déjà prise. Choisissez un autre lieu ou un autre animal.",
    "keys.roles_missing": "Choisissez au moins un rôle.",
    "keys.confidential_not_held": (
        "Vous n’ouvrez pas vous-même les dossiers confidentiels\u00a0: ce droit ne peut être donné que par une personne "
        "qui l’a."
    ),
    "keys.slots_full": "Un bureau a {most} accès au plus. Retirez d’abord celui d’une personne partie.",
    "keys.last_slot": "C’est le dernier accès par phrase\u00a0: le retirer fermerait le bureau pour toujours.",
    "passphrase.empty": "Tapez une phrase secrète.",
    "passphrase.too_long": "Une phrase secrète tient en {longest} caractères au plus.",
    "passphrase.too_weak": (
        "Cette phrase se devine trop facilement (force {bits} sur {needed}). Ajoutez des mots qui ne vont pas ensemble, "
        "ou prenez les quatre mots proposés."
    ),
    "recovery.empty": "Tapez le code de secours\u00a0: sept groupes de quatre signes.",
    "recovery.bad_character": (
        "Groupe {group}\u00a0: «\u00a0{character}\u00a0» n’existe pas dans un code de secours. Relisez ce groupe sur le "
        "papier."
    ),
    "recovery.too_short": "Il manque la fin à partir du groupe {group}" + _COUNT,
    "recovery.too_long": "Il y a des signes en trop après le groupe {group}" + _COUNT,
    "recovery.mistyped": "Un signe au moins est faux. Relisez le code groupe par groupe, en entier.",
    "recovery.group_differs": "Le groupe {group} n’est pas celui qui était à l’écran. Relisez-le sur votre papier.",
    "recovery.other_envelope": "Ce code est celui de l’autre enveloppe («\u00a0{kind}\u00a0»).",
    "sealed.too_long": "Ce texte est trop long pour une seule fiche. Coupez-le en deux.",
    "first_run.missing": "Cette réponse est nécessaire.",
    "first_run.too_long": "{longest} caractères au plus.",
    "first_run.unfit": "Écrivez avec des lettres ou des chiffres, sans signe spécial.",
    "first_run.phone": "Tapez le numéro en chiffres, par exemple 76\u00a012\u00a034\u00a056.",
    "first_run.logo_too_large": "Cette image est trop lourde\u00a0: 2\u00a0Mo au plus.",
    "first_run.logo_not_image": "Ce fichier n’est pas une image PNG ou JPEG.",
    "first_run.label_tells": (
        "Cette étiquette dit qui vous êtes ou ce que vous ouvrez. Choisissez un lieu ou un animal, par exemple "
        "«\u00a0Baobab\u00a0»."
    ),
    "first_run.words_differ": "Ce ne sont pas les mêmes mots. Relisez-les sur votre papier.",
    "first_run.code_not_copied": "Recopiez d’abord le code sur le papier, puis confirmez\u00a0: il disparaît avant d’être retapé.",
}
