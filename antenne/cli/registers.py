"""``cartes``, ``importer``, ``exporter``."""

from __future__ import annotations

import contextlib
import json
import secrets
import sys
from argparse import Namespace
from dataclasses import replace
from enum import Enum

from antenne.cli import desks
from antenne.cli.parser import USAGE
from antenne.domain.imports import (
    Imported,
    ImportOptions,
    ImportPersons,
    ImportReport,
    ReportRow,
    RowState,
    skip_all,
)


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
    """Try, then import a register; possible duplicates are listed and left aside, rows in error only when asked.

    A register recognised whole leaves nothing to do, which is no refusal: a script may bring it every night.
    """
    from antenne.services import imports

    if (options.consentement is None) is not (options.consentement_le is None):
        sys.stderr.write("antenne\u00a0: --consentement FORME et --consentement-le JJ/MM/AAAA vont ensemble.\n")
        return USAGE
    with contextlib.ExitStack() as held:
        if not options.essai:
            held.enter_context(desks.alone(options))
        desk, progress = held.enter_context(desks.opened(options)), held.enter_context(desks.watched())
        workbook = imports.read_workbook(options.fichier, progress, options.feuille)
        mapping = imports.guess_mapping(workbook)
        choices = _choices(options)
        report = imports.dry_run(desk, workbook, mapping, choices, progress)
        outcome = _outcome(options, report)
        done: Imported | None = None
        if outcome is _Outcome.WRITE:
            command = ImportPersons(
                request_id=secrets.token_hex(16),
                workbook=workbook,
                mapping=mapping,
                options=choices,
                decisions=skip_all(report),
            )
            done = imports.import_persons(desk, command, progress).value
    _say(options, report, outcome, done)
    return 1 if outcome in (_Outcome.BLOCKED, _Outcome.UNUSABLE) else 0


class _Outcome(Enum):
    """What the dry run leads to."""

    TRIED = "tried"
    WRITE = "write"
    NOTHING = "nothing"
    BLOCKED = "blocked"
    UNUSABLE = "unusable"


def _outcome(options: Namespace, report: ImportReport) -> _Outcome:
    errors = report.count(RowState.ERROR)
    if errors and not options.ignorer_erreurs:
        return _Outcome.BLOCKED
    if len(report.rows) == errors:
        return _Outcome.UNUSABLE
    if options.essai:
        return _Outcome.TRIED
    return _Outcome.WRITE if report.count(RowState.NEW) else _Outcome.NOTHING


def _choices(options: Namespace) -> ImportOptions:
    """What the screen asks once for every row, as the command line says it."""
    given = ImportOptions(
        members=not options.sans_adhesion,
        joined_on=options.adhesion,
        evident_adult=" ".join(options.majeures_evidentes.split()),
        skip_errors=options.ignorer_erreurs,
    )
    if options.consentement is None:
        return given
    return replace(
        given,
        consent_on=options.consentement_le,
        consent_how=options.consentement,
        consent_witness=" ".join(options.temoin.split()),
    )


def _left(options: Namespace, report: ImportReport, outcome: _Outcome) -> list[ReportRow]:
    """The rows that are, or would be, left aside."""
    if outcome in (_Outcome.BLOCKED, _Outcome.UNUSABLE):
        return []
    errors = report.of(RowState.ERROR) if options.ignorer_erreurs else ()
    return sorted((*errors, *report.of(RowState.TWIN)), key=lambda row: row.line)


def _say(options: Namespace, report: ImportReport, outcome: _Outcome, done: Imported | None) -> None:
    """The report: JSON on stdout for a script, sentences on stderr for everybody."""
    from antenne.wording import imports as words

    if options.json:
        print(json.dumps(_described(options, report, outcome, done), ensure_ascii=False, indent=2))
    else:
        for one in report.findings:
            sys.stderr.write(f"{words.sentence(one)}\n")
        for row in _left(options, report, outcome):
            sys.stderr.write(f"{words.left_aside(row)}\n")
        sys.stderr.write(f"{words.counted(report)}\n")
    if done is not None:
        sys.stderr.write(f"{words.closing(done)}\n")
    elif outcome is not _Outcome.TRIED:
        sys.stderr.write(f"{words.NOT_IMPORTED[outcome.value]}\n")


def _described(options: Namespace, report: ImportReport, outcome: _Outcome, done: Imported | None) -> dict[str, object]:
    """What ``--json`` prints."""
    from antenne.wording import imports as words

    added = 0 if outcome is _Outcome.NOTHING else None if done is None else done.added
    return {
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
        "laissees_de_cote": [
            {"ligne": row.line, "nom": words.row_words(row), "raison": words.STATES[row.state]}
            for row in _left(options, report, outcome)
        ],
        "ajoutees": added,
    }


def export(options: Namespace) -> int:
    """Write the members' list as .xlsx."""
    from antenne.services import exports

    with desks.opened(options) as desk, desks.watched():
        exports.export_persons(desk, exports.ExportPersons(path=options.sortie))
    print(options.sortie)
    return 0
