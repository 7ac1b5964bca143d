"""French words of imports and exports: findings line by line, refusals, steps, the closing sentence."""

from __future__ import annotations

from antenne.domain import births_rules
from antenne.domain.births import Precision
from antenne.domain.imports import Finding, Imported, ImportReport, ReportRow, RowState, Severity, Twin
from antenne.domain.violations import Violation
from antenne.wording import formats, members, violations

STEPS: dict[str, str] = {
    "import.read": "Lecture du registre…",
    "import.check": "Vérification des lignes…",
    "import.write": "Inscription des personnes…",
    "export.write": "Écriture de la liste…",
}

ACTIONS: dict[str, str] = {
    "persons.imported": "Registre importé",
    "persons.exported": "Liste exportée",
}

STATES: dict[RowState, str] = {
    RowState.NEW: "Nouvelle",
    RowState.KNOWN: "Déjà connue",
    RowState.TWIN: "Doublon possible",
    RowState.ERROR: "Erreur",
}

SEVERITIES: dict[Severity, str] = {Severity.ERROR: "Erreur", Severity.WARNING: "À savoir"}

_REASONS = {"imported": "ligne déjà importée", "number": "même numéro", **members.REASONS}

FINDINGS: dict[str, str] = {
    "name_missing": "il n’y a pas de nom. Écrivez-le dans le registre, ou laissez cette ligne de côté.",
    "name_split": "nom et prénom se distinguent mal ; lu : nom « {last} », prénom « {first} ».",
    "first_name_missing": "il manque le prénom.",
    "last_name_missing": "il manque le nom.",
    "birth_unread": "« {value} » n’est pas une naissance. Écrivez 12/03/1994, 03/1994, 1994, vers 1994 ou 32 ans.",
    "birth_future": "« {value} » est dans l’avenir.",
    "birth_too_old": "« {value} » est trop ancien : avant 1900, ou plus de 120 ans.",
    "birth_serial": "le nombre {value} est une date qui a perdu sa forme ; lu : {day}.",
    "birth_first_january": "1er janvier {year}\u00a0: repris comme « {year} », car c’est ce qu’on écrit quand on ne sait que l’année.",
    "birth_landmark": "« {value} » est repris comme repère.",
    "minor": "moins de {years} ans le jour de l’adhésion\u00a0: jamais adhérente. Laissez la ligne de côté, prévenez la responsable.",
    "majority_uncertain": "majorité non certaine le jour de l’adhésion. Précisez la naissance, ou la responsable atteste.",
    "day_unread": "« {value} » n’est pas une date. Écrivez par exemple 23/11/2024.",
    "day_future": "« {value} » est dans l’avenir.",
    "day_completed": "« {value} » n’a pas de jour ; le {day} est retenu.",
    "majority_unverified": "majorité non certaine, à vérifier\u00a0: elle garde son numéro, mais pas de carte avant.",
    "attest_words": "«\u00a0oui\u00a0» ne suffit pas\u00a0: écrivez sur quoi repose la majorité évidente.",
    "attest_right": "seule la responsable peut attester une majorité\u00a0; laissé de côté.",
    "status_undated": "«\u00a0{value}\u00a0» sans date. Écrivez le jour.",
    "status_contradicts": "«\u00a0{value}\u00a0», mais la ligne a un numéro ou une date d’adhésion. Corrigez l’un ou l’autre.",
    "without_adhesion": "«\u00a0{value}\u00a0» est laissé de côté\u00a0: la ligne est sans adhésion.",
    "sponsor_unknown": "«\u00a0{value}\u00a0» n’est ni le numéro ni le nom exact d’une adhérente\u00a0; marraine laissée vide.",
    "sponsor_several": "«\u00a0{value}\u00a0»\u00a0: {count} adhérentes répondent à ce nom. Écrivez son numéro\u00a0; marraine laissée vide.",
    "sponsor_herself": "«\u00a0{value}\u00a0» est elle-même\u00a0; marraine laissée vide.",
    "sponsor_wrong": "«\u00a0{value}\u00a0» est à la ligne {line}, en erreur\u00a0; marraine laissée vide.",
    "displaced_assumed": "d’où ou depuis quand est écrit\u00a0: elle est notée déplacée.",
    "displaced_untold": "ne se montre que si elle est déplacée. Précisez-le sur sa fiche.",
    "displaced_denied": "elle n’est pas déplacée, dit la ligne\u00a0: d’où et depuis quand sont laissés de côté.",
    "paper_without_type": "sans le type de pièce, son numéro ne se montre pas. Choisissez la pièce sur sa fiche.",
    "consent_refused": "elle refuse d’être au fichier. Laissez sa ligne de côté.",
    "consent_undated": "un accord sans jour. Écrivez-le, ou donnez le jour pour toutes à l’étape des colonnes.",
    "consent_way_missing": "dites comment l’accord a été donné (signature, empreinte, orale).",
    "consent_witness_missing": "un accord oral a besoin du nom d’un témoin.",
    "joined_missing": "il manque la date d’adhésion. Écrivez-la, ou donnez une date pour toutes à l’étape des colonnes.",
    "phone_note": "«\u00a0{value}\u00a0» ne dit pas à qui est ce numéro. Écrivez elle, partagé, un proche ou le gérant.",
    "phone_unread": "« {value} » — {why}",
    "count_unread": "« {value} » n’est pas un petit nombre. Écrivez par exemple 3.",
    "yes_no_unread": "« {value} » n’est ni oui ni non.",
    "not_listed": "« {value} » n’est pas dans la liste ; laissé vide.",
    "number_unread": "« {value} » n’est pas un numéro. Écrivez par exemple {example}.",
    "person_number_taken": "le numéro {number} est déjà pris\u00a0; elle en reçoit un autre.",
    "number_taken": "le numéro {number} est déjà celui de {name}.",
    "number_twice": "le numéro {number} est déjà à la ligne {line} de ce fichier.",
    "error_value": "le classeur y montre l’erreur {value}.",
    "formula_empty": "la formule n’a pas de résultat enregistré. Ouvrez le fichier dans Excel, enregistrez-le, recommencez.",
    "formulas": "{count} (la première ligne {first}) : c’est le résultat qui est repris.",
    "merged_filled": "cellules fusionnées jusqu’à la ligne {last} ; la valeur est reprise sur chacune.",
    "merged_across": "cellules fusionnées sur plusieurs colonnes ; seule la première est lue.",
    "column_left": "colonne laissée de côté.",
    "rule": "{why}",
}
"""What is said of a cell, after « ligne 37, colonne Téléphone : »."""

VIOLATIONS: dict[str, str] = {
    "import.no_name": "Dites quelle colonne contient le nom (ou le nom et le prénom).",
    "import.errors": "Lignes en erreur\u00a0: {count} (la première\u00a0: ligne {first}). Corrigez le fichier, ou laissez-les "
    "de côté.",
    "import.undecided": "Doublons possibles à décider\u00a0: {count} (le premier\u00a0: ligne {first}).",
    "import.nothing": "Il n’y a personne de nouveau dans ce fichier : rien à inscrire.",
    "import.consent_date": "Écrivez le jour où l’accord a été recueilli, aujourd’hui ou avant.",
    "import.consent_how": "Choisissez une forme d’accord de la liste\u00a0: signature, empreinte, orale…",
    "import.consent_witness": "Un accord oral a besoin d’un témoin. Écrivez son nom.",
    "import.joined_date": "Écrivez une date d’adhésion, aujourd’hui ou avant.",
    "export.synchronised": "Ce dossier est recopié sur internet par {service}. La liste contient des noms : enregistrez-la "
    "plutôt sur ce PC ou sur la clé.",
}

PROBLEMS: dict[str, str] = {
    "import.empty_file": "Le fichier « {name} » est vide.",
    "import.unreadable": "Le fichier « {name} » ne peut pas être lu. S’il est sur une clé, rebranchez-la ; s’il est ouvert "
    "ailleurs, fermez-le.",
    "import.damaged": "Le fichier « {name} » est abîmé. Ouvrez-le dans Excel, enregistrez-le sous un autre nom, recommencez.",
    "import.not_a_workbook": "« {name} » n’est pas un classeur Excel (.xlsx).",
    "import.text_file": "« {name} » est un fichier texte (CSV). Ouvrez-le dans Excel et enregistrez-le au format « Classeur "
    "Excel (.xlsx) ».",
    "import.word_document": "« {name} » est un document Word. Copiez son tableau dans Excel et enregistrez-le en .xlsx.",
    "import.old_workbook": "« {name} » est un ancien classeur (.xls). Ouvrez-le dans Excel et enregistrez-le en .xlsx.",
    "import.binary_workbook": "« {name} » est un classeur binaire (.xlsb). Enregistrez-le en .xlsx.",
    "import.open_document": "« {name} » est un classeur LibreOffice (.ods). Enregistrez-le au format Excel (.xlsx).",
    "import.encrypted": "« {name} » est protégé par un mot de passe. Retirez-le dans Excel, puis recommencez.",
    "import.macros": "« {name} » contient des macros. Enregistrez-le en « Classeur Excel (.xlsx) », sans macros.",
    "import.bomb": "« {name} » se gonfle au-delà de toute mesure quand on l’ouvre. Il n’a pas été lu ; ne l’ouvrez pas.",
    "import.too_heavy": "« {name} » est trop lourd pour cet ordinateur. Gardez-y seulement la feuille du registre.",
    "import.file_too_big": "« {name} » est trop gros (64 Mo au plus). Gardez-y seulement la feuille du registre.",
    "import.too_many_rows": "« {name} » a plus de {limit} lignes. Partagez-le en plusieurs fichiers.",
    "import.too_many_columns": "« {name} » a plus de {limit} colonnes. Supprimez celles qui ne servent pas.",
    "import.no_sheet": "« {name} » n’a pas de feuille.",
    "import.no_visible_sheet": "Toutes les feuilles de « {name} » sont masquées. Affichez celle du registre dans Excel.",
    "import.sheet_gone": "« {name} » n’a pas de feuille « {sheet} ».",
    "import.empty_sheet": "La feuille est vide.",
    "import.too_slow": "« {name} » n’a pas pu être lu en {seconds} secondes. Gardez-y seulement la feuille du registre.",
    "import.reader_died": "La lecture de « {name} » s’est arrêtée d’un coup. Rien n’a été inscrit ; recommencez.",
    "export.full": "Il n’y a plus de place pour « {name} ». Rien n’a été écrit ; choisissez un autre endroit.",
    "export.denied": "« {name} » ne peut pas être écrit là. S’il est ouvert dans Excel, fermez-le ; sinon choisissez un autre "
    "endroit.",
    "export.failed": "« {name} » n’a pas pu être écrit. Si c’est sur une clé, rebranchez-la ; sinon choisissez un autre endroit.",
}

NOT_IMPORTED: dict[str, str] = {
    "blocked": "Rien n’a été importé\u00a0: corrigez les lignes en erreur, ou laissez-les de côté avec --ignorer-erreurs.",
    "unusable": "Rien n’a été importé\u00a0: aucune ligne ne peut être reprise. Vérifiez le registre.",
    "nothing": "Il n’y a personne de nouveau dans ce fichier\u00a0: rien à inscrire.",
}
"""How a command line that wrote nothing ends."""

_LONGEST_QUOTE = 60


def place(finding: Finding) -> str:
    """« ligne 37, colonne Téléphone », « colonne Observations », « ligne 37 »."""
    parts = [f"ligne {finding.line}"] if finding.line else []
    if finding.column:
        own = finding.column.startswith("colonne ")
        parts.append(finding.column if own else f"colonne {finding.column}")
    return ", ".join(parts)


def remark(finding: Finding) -> str:
    """What is said of the cell, with a capital and without its place."""
    values = {name: _shown(value) for name, value in finding.values}
    if finding.code == "formulas":
        count = next(value for name, value in finding.values if name == "count")
        assert isinstance(count, int)
        values["count"] = formats.plural(count, "valeur calculée par une formule", "valeurs calculées par une formule")
    return FINDINGS[finding.code].format(**values)


def sentence(finding: Finding) -> str:
    """« Ligne 37, colonne Téléphone : « 7612 » — 8 chiffres attendus. »."""
    where = place(finding)
    said = remark(finding)
    return f"{where[:1].upper()}{where[1:]}\u00a0: {said}" if where else said


def _shown(value: object) -> str:
    if isinstance(value, Violation):
        return violations.sentence(value)
    text = str(value) if isinstance(value, int) else violations.shown(value)
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"


def twin_words(twin: Twin) -> str:
    """« P-00012, même nom, même mère » or « ligne 14 de ce fichier, même nom »."""
    where = f"ligne {twin.line} de ce fichier" if twin.line else twin.person.number
    return ", ".join((where, *(_REASONS[reason] for reason in twin.reasons)))


def row_words(row: ReportRow) -> str:
    """Who a row is, in a list: « TRAORÉ Awa », or the line where there is no name."""
    if row.person is None:
        return f"ligne {row.line}"
    return f"{row.person.last_name} {row.person.first_name}".strip()


def left_aside(row: ReportRow) -> str:
    """« Ligne 37 laissée de côté : TRAORÉ Awa (Erreur). » for the command line."""
    name = f"{row_words(row)} " if row.person is not None else ""
    return f"Ligne {row.line} laissée de côté\u00a0: {name}({STATES[row.state].lower()})."


def counted(report: ImportReport) -> str:
    """« 12 nouvelles, 1 déjà connue, 2 doublons possibles (laissés de côté), 0 en erreur. » for the command line."""
    new, known, twins, wrong = (report.count(state) for state in RowState)
    return (
        f"{formats.plural(new, 'nouvelle', 'nouvelles')}, {formats.plural(known, 'déjà connue', 'déjà connues')}, "
        f"{formats.plural(twins, 'doublon possible (laissé de côté)', 'doublons possibles (laissés de côté)')}, "
        f"{formats.number(wrong)} en erreur."
    )


def closing(done: Imported) -> str:
    """The sentence that says what was brought in."""
    numbers = f" (de {done.first_number} à {done.last_number})" if done.first_number else ""
    parts = [f"{formats.plural(done.added, 'personne inscrite', 'personnes inscrites')}{numbers}"]
    if done.known:
        parts.append(formats.plural(done.known, "déjà connue", "déjà connues"))
    if done.skipped:
        parts.append(
            f"{formats.plural(done.skipped, 'doublon possible', 'doublons possibles')} non ajouté"
            + "s" * (done.skipped > 1)
        )
    if done.errors:
        parts.append(f"{formats.plural(done.errors, 'ligne en erreur laissée', 'lignes en erreur laissées')} de côté")
    said = ", ".join(parts) + "."
    if done.consents_missing:
        said += f" Accord à recueillir pour {formats.plural(done.consents_missing, 'femme', 'femmes')}."
    return said


def remark_alone(finding: Finding) -> str:
    """The remark as a sentence of its own, in a table that has its place in other columns."""
    said = remark(finding)
    return f"{said[:1].upper()}{said[1:]}"


def birth_words(row: ReportRow) -> str:
    """The birth of a row in a list, empty when unknown."""
    if row.person is None or row.person.birth.precision is Precision.UNKNOWN:
        return ""
    return births_rules.spoken_birth(row.person.birth)


def waiting(*, errors: int, twins: int, to_add: int) -> str:
    """What still stands before the import, or nothing."""
    parts = []
    if errors:
        parts.append(f"{formats.plural(errors, 'ligne en erreur', 'lignes en erreur')} à corriger ou à laisser de côté")
    if twins:
        parts.append(f"{formats.plural(twins, 'doublon possible', 'doublons possibles')} à décider")
    if not parts and not to_add:
        return "Il n’y a personne de nouveau à inscrire."
    return ", ".join(parts) + "." if parts else ""


def finding_cells(finding: Finding) -> tuple[str | int, ...]:
    """A finding as a row of an exported list: line, column, severity, remark."""
    return finding.line or "", finding.column, SEVERITIES[finding.severity], remark_alone(finding)


def exported(name: str) -> str:
    """« Liste écrite : « liste-2026-11-23.xlsx ». »."""
    return f"Liste écrite\u00a0: «\u00a0{name}\u00a0»."
