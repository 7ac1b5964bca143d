"""``cartes``, ``importer``, ``exporter``."""

from __future__ import annotations

import json
import secrets
import sys
from argparse import Namespace

from antenne.cli import desks
from antenne.domain.imports import Decision, Imported, ImportOptions, ImportPersons, ImportReport, RowState


def cards(options: Namespace) -> int:
    """Draw the cards of these members, or all that wait to be printed, into one PDF."""
    from antenne.domain.cards import Variant
    from antenne.print import sheets
    from antenne.services import cards_printing
    from antenne.services.exports import write_in_place
    from antenne.wording import formats

    with desks.opened(options) as desk, desks.watched() as progress:
        ids = cards_printing.cards_of_numbers(desk, options.numeros)
        if not ids:
            sys.stderr.write("Aucune carte à imprimer.\n")
            return 1
        command = cards_printing.DrawCards(card_ids=ids, variant=Variant.SHEET)
        pdf = cards_printing.render_cards(desk, command, sheets.render_cards, progress)
    write_in_place(options.sortie, pdf)
    sys.stderr.write(f"{formats.plural(len(ids), 'carte', 'cartes')} dans {options.sortie}\n")
    print(options.sortie)
    return 0


def bring_in(options: Namespace) -> int:
    """Try, then import a register; possible duplicates are listed and left aside."""
    from antenne.services import imports

    with desks.opened(options) as desk, desks.watched() as progress:
        workbook = imports.read_workbook(options.fichier, progress)
        mapping = imports.guess_mapping(workbook)
        choices = ImportOptions(skip_errors=False)
        report = imports.dry_run(desk, workbook, mapping, choices, progress)
        done: Imported | None = None
        blocked = report.count(RowState.ERROR) > 0
        if not options.essai and not blocked:
            twins = {row.line: Decision.SKIP for row in report.of(RowState.TWIN)}
            command = ImportPersons(
                request_id=secrets.token_hex(16), workbook=workbook, mapping=mapping, options=choices, decisions=twins
            )
            done = imports.import_persons(desk, command, progress).value
    _say(options, report, done)
    return 1 if blocked else 0


def _say(options: Namespace, report: ImportReport, done: Imported | None) -> None:
    from antenne.wording import imports as words

    if options.json:
        said: dict[str, object] = {
            "lignes": len(report.rows),
            "nouvelles": report.count(RowState.NEW),
            "connues": report.count(RowState.KNOWN),
            "doublons_possibles": report.count(RowState.TWIN),
            "erreurs": report.count(RowState.ERROR),
            "constats": [
                {
                    "ligne": one.line,
                    "colonne": one.column,
                    "gravite": words.SEVERITIES[one.severity],
                    "texte": words.remark(one),
                }
                for one in report.findings
            ],
            "ajoutees": None if done is None else done.added,
        }
        print(json.dumps(said, ensure_ascii=False, indent=2))
        return
    for one in report.findings:
        sys.stderr.write(f"{words.sentence(one)}\n")
    for row in report.of(RowState.TWIN):
        sys.stderr.write(f"{words.row_words(row)}\n")
    new, known, twins, wrong = (report.count(state) for state in RowState)
    sys.stderr.write(
        f"{new} nouvelles, {known} déjà connues, {twins} doublons possibles (laissés de côté), {wrong} en erreur.\n"
    )
    if done is not None:
        sys.stderr.write(f"{words.closing(done)}\n")
    elif not options.essai:
        sys.stderr.write("Rien n’a été importé\u00a0: corrigez les lignes en erreur, puis recommencez.\n")


def export(options: Namespace) -> int:
    """Write the members' list as .xlsx."""
    from antenne.services import exports

    with desks.opened(options) as desk, desks.watched():
        exports.export_persons(desk, exports.ExportPersons(path=options.sortie))
    print(options.sortie)
    return 0
