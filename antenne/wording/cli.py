"""Sentences of the command line and of the base itself."""

from __future__ import annotations

PROBLEMS: dict[str, str] = {
    "cli.phrase_file": "Le fichier de la phrase secrète ne se lit pas\u00a0: {path}. Vérifiez son nom et ses droits.",
    "cli.no_file": "Il n’y a pas de fichier à cet endroit\u00a0: {path}. Vérifiez son nom\u202f; s’il est sur une clé, branchez-la.",
    "cli.output": "Impossible d’écrire {path}. Vérifiez que le dossier existe et qu’il reste de la place.",
    "cli.no_demo": "Ce dossier n’est pas un bureau de démonstration\u00a0: {path}. Donnez-en un autre avec --dossier.",
    "cli.old_demo": (
        "Ce bureau de démonstration vient d’une version plus ancienne d’Antenne\u00a0: effacez son dossier, il sera refait."
    ),
    "cli.no_display": (
        "Il n’y a pas d’écran ici\u00a0: la fenêtre ne peut pas s’ouvrir. "
        "demo --sans-fenetre construit seulement le bureau, captures dessine ses écrans."
    ),
    "cli.unknown_capture": "Aucune image ne s’appelle {name}. Sans --ecran, toutes sont dessinées.",
    "cli.receipt_number": "«\u00a0{typed}\u00a0» n’est pas un numéro de reçu. Écrivez par exemple 2026-01473.",
    "cli.no_receipt": "Le reçu {number} n’existe pas dans cette base.",
    "cli.unknown_numbers": "Numéros inconnus\u00a0: {numbers}. Vérifiez-les dans la liste des adhérentes.",
    "db.missing": "La base est introuvable\u00a0: {path}. Si ce dossier a été déplacé, remettez-le\u202f; sinon restaurez une sauvegarde.",
    "db.unreadable": "La base ne s’ouvre pas. Vérifiez que le disque répond, puis recommencez\u202f; sinon restaurez une sauvegarde.",
    "db.wrong_key": (
        "Le fichier de clés ne correspond pas à cette base. Les deux doivent venir du même dossier ou de la même sauvegarde."
    ),
    "db.damaged": "La base est abîmée. Ne travaillez plus dedans\u00a0: restaurez la dernière sauvegarde, puis appelez de l’aide.",
    "db.full": "Le disque est plein. Libérez de la place, puis recommencez\u00a0: rien n’a été changé.",
    "db.read_only": (
        "Ce dossier est en lecture seule\u00a0: rien ne peut y être enregistré. Choisissez un dossier du disque de l’ordinateur."
    ),
    "db.busy": "La base est occupée par un autre travail. Attendez un instant, puis recommencez\u00a0: rien n’a été changé.",
    "db.disk_error": "Le disque ne répond pas bien. Faites une sauvegarde tout de suite si c’est possible, puis appelez de l’aide.",
    "db.newer": (
        "Cette base a été écrite par une version plus récente d’Antenne. Installez cette version, rien n’a été touché."
    ),
    "db.unfinished": "Ce bureau n’a pas été fini. Videz ce dossier et recommencez la première ouverture, ou restaurez.",
    "db.migration_orphans": "La mise à jour de la base s’est arrêtée\u00a0: {rows} fiche(s) sans lien. Rien n’a été changé.",
    "office.exists": "Ce dossier contient déjà un bureau\u00a0: {path}. Rien n’a été changé\u202f; choisissez un dossier vide.",
    "office.none": (
        "Il n’y a pas de bureau dans ce dossier\u00a0: {path}. Vérifiez son nom\u202f; un nouveau bureau se fait en ouvrant Antenne."
    ),
    "office.half": (
        "Ce dossier n’est qu’à moitié copié\u00a0: il y manque {missing}. Recopiez-le en entier, ou restaurez une sauvegarde."
    ),
    "office.removable": (
        "Ce dossier est sur une clé. La base doit rester sur le disque de l’ordinateur\u00a0: une clé qu’on retire la perdrait."
    ),
    "office.in_use": "Antenne est déjà ouverte sur ce dossier. Passez à l’autre fenêtre, ou fermez-la d’abord.",
}
