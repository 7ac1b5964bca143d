"""The command line: one subcommand per intention, the same services as the window.

Messages go to stderr in French; results to stdout. Exit 0: done; 1: refused; 2: wrong usage.
"""

from __future__ import annotations

import argparse
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from antenne.base.problems import Problem
from antenne.base.progress import Stopped
from antenne.cli.parser import FrenchParser, common, day, month, numbers, year
from antenne.domain.violations import Forbidden, RulesBroken

REFUSED = 1


def main(arguments: Sequence[str]) -> int:
    """Run one command.

    Args:
        arguments: What follows ``antenne`` on the command line.

    Returns:
        The exit status.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    options = _parser().parse_args(list(arguments))
    try:
        return _ran(options)
    except (Problem, RulesBroken, Forbidden) as refused:
        sys.stderr.write(f"{_words(refused)}\n")
    except Stopped:
        sys.stderr.write("Arrêté à votre demande. Rien n’a été changé.\n")
    except KeyboardInterrupt:
        sys.stderr.write("Interrompu.\n")
    except BrokenPipeError:  # whoever read the answer has left (« | head »): nobody to tell, and nothing more to write
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return REFUSED


def _ran(options: Namespace) -> int:
    """Run it; what it says has left when this returns."""
    status = int(options.run(options))
    sys.stdout.flush()
    return status


def _words(refused: Problem | RulesBroken | Forbidden) -> str:
    """The French sentence, or one per broken rule."""
    from antenne.wording import problems, violations

    if isinstance(refused, Problem):
        return problems.sentence(refused)
    if isinstance(refused, Forbidden):
        return violations.forbidden(refused)
    return "\n".join(violations.sentence(violation) for violation in refused.violations)


def _parser() -> FrenchParser:
    what = "Le registre chiffré d’une antenne. Sans commande\u00a0: ouvre la fenêtre."
    parser = FrenchParser(prog="antenne", description=what)
    common(parser, phrase=False, command=False)
    parser.set_defaults(run=_open)
    commands = parser.add_subparsers(title="commandes", metavar="COMMANDE", parser_class=FrenchParser)
    _demo(commands)
    _backups(commands)
    _registers(commands)
    _books(commands)
    _civil(commands)
    return parser


def _demo(commands: argparse._SubParsersAction[FrenchParser]) -> None:
    demo = commands.add_parser("demo", help="ouvrir le bureau de démonstration, fait au besoin")
    common(demo, phrase=False)
    demo.add_argument("--sans-fenetre", action="store_true", help="seulement le construire")
    demo.add_argument("--json", action="store_true", help="décrire le bureau et ses utilisatrices")
    demo.set_defaults(run=_run_demo)
    captures = commands.add_parser("captures", help="dessiner chaque écran et chaque imprimé")
    common(captures)
    captures.add_argument("cible", type=Path, metavar="DOSSIER", help="où écrire les images et les PDF")
    captures.add_argument("--ecran", metavar="NOM", help="seulement celui-là")
    captures.set_defaults(run=_run_captures)


def _backups(commands: argparse._SubParsersAction[FrenchParser]) -> None:
    save = commands.add_parser("sauvegarder", help="sauvegarder sur une clé ou dans un dossier")
    common(save)
    save.add_argument("cible", type=Path, metavar="CIBLE", help="dossier de la clé")
    save.set_defaults(run=_run_backup)
    check = commands.add_parser("verifier", help="vérifier un fichier de sauvegarde")
    common(check)
    check.add_argument("fichier", type=Path, metavar="FICHIER")
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=_run_verify)
    restore = commands.add_parser("restaurer", help="restaurer dans un dossier neuf")
    common(restore)
    restore.add_argument("fichier", type=Path, metavar="FICHIER")
    restore.set_defaults(run=_run_restore)


def _registers(commands: argparse._SubParsersAction[FrenchParser]) -> None:
    control = commands.add_parser("controler", help="contrôler la base entière")
    common(control)
    control.add_argument("--json", action="store_true")
    control.add_argument("--ancre", metavar="CODE", default="", help="comparer aussi avec le code d’une feuille signée")
    control.set_defaults(run=_run_check)
    cards = commands.add_parser("cartes", help="imprimer des cartes en PDF")
    common(cards)
    cards.add_argument("--sortie", type=Path, metavar="F.pdf", required=True)
    cards.add_argument("--numeros", type=numbers, metavar="M-00001,M-00002", default=())
    cards.set_defaults(run=_run_cards)
    bring = commands.add_parser("importer", help="importer un registre Excel")
    common(bring)
    bring.add_argument("fichier", type=Path, metavar="F.xlsx")
    bring.add_argument("--essai", action="store_true", help="seulement dire ce qui serait fait")
    bring.add_argument("--json", action="store_true")
    _import_options(bring)
    bring.set_defaults(run=_run_import)
    out = commands.add_parser("exporter", help="exporter une liste en .xlsx")
    common(out)
    out.add_argument("liste", choices=("adherentes",))
    out.add_argument("--sortie", type=Path, metavar="F.xlsx", required=True)
    out.set_defaults(run=_run_export)


def _books(commands: argparse._SubParsersAction[FrenchParser]) -> None:
    balance = commands.add_parser("balance", help="balance des comptes d’une période")
    common(balance)
    balance.add_argument(
        "--du", type=day, metavar="AAAA-MM-JJ", help="premier jour (sinon celui de la première écriture)"
    )
    balance.add_argument("--au", type=day, metavar="AAAA-MM-JJ", help="dernier jour (sinon aujourd’hui)")
    balance.add_argument("--json", action="store_true")
    balance.set_defaults(run=_run_balance)
    receipt = commands.add_parser("recu", help="écrire un reçu en PDF")
    common(receipt)
    receipt.add_argument("numero", metavar="NUMERO", help="par exemple 2026-01473")
    receipt.add_argument("--sortie", type=Path, metavar="F.pdf", required=True)
    receipt.set_defaults(run=_run_receipt)


def _civil(commands: argparse._SubParsersAction[FrenchParser]) -> None:
    delay = commands.add_parser("delai-naissance", help="jusqu’à quand une naissance se déclare (sans ouvrir de base)")
    common(delay)
    delay.add_argument("naissance", type=day, metavar="AAAA-MM-JJ", help="jour de la naissance")
    delay.add_argument("--au", type=day, metavar="AAAA-MM-JJ", help="compter depuis ce jour (sinon aujourd’hui)")
    delay.add_argument("--json", action="store_true")
    delay.set_defaults(run=_run_delay)
    counts = commands.add_parser("etat-civil", help="dossiers d’état civil par étape, à une date")
    common(counts)
    counts.add_argument("--au", type=day, metavar="AAAA-MM-JJ", help="à ce jour (sinon aujourd’hui)")
    counts.add_argument("--json", action="store_true")
    counts.set_defaults(run=_run_counts)
    report = commands.add_parser("rapport", help="indicateurs d’une année ou de mois entiers, comptés dans les fiches")
    common(report)
    report.add_argument("annee", type=year, nargs="?", metavar="ANNEE", help="par exemple 2024")
    report.add_argument("--du", type=month, metavar="AAAA-MM", help="premier mois")
    report.add_argument("--au", type=month, metavar="AAAA-MM", help="dernier mois")
    report.add_argument("--format", choices=("json", "texte"), default="texte")
    report.add_argument("--sortie", type=Path, metavar="F", help="où l’écrire (sinon à l’écran)")
    report.set_defaults(run=_run_report)


def _import_options(bring: FrenchParser) -> None:
    """What the import screen asks once for every row."""
    bring.add_argument("--feuille", metavar="NOM", help="feuille du classeur (sinon la première qui n’est pas masquée)")
    bring.add_argument(
        "--ignorer-erreurs",
        action="store_true",
        help="laisser de côté les lignes en erreur, en les nommant (sinon une seule arrête tout)",
    )
    bring.add_argument(
        "--sans-adhesion", action="store_true", help="des fiches sans adhésion (sinon ces femmes sont adhérentes)"
    )
    bring.add_argument("--adhesion", type=day, metavar="JJ/MM/AAAA", help="date d’adhésion, quand la ligne n’en a pas")
    bring.add_argument(
        "--consentement",
        metavar="FORME",
        help="accord pour être au fichier, recueilli sur papier\u00a0: signature, empreinte ou orale "
        "(sinon il reste à recueillir)",
    )
    bring.add_argument("--consentement-le", type=day, metavar="JJ/MM/AAAA", help="jour où cet accord a été recueilli")
    bring.add_argument("--temoin", metavar="NOM", default="", help="témoin d’un accord oral")
    bring.add_argument(
        "--majeures-evidentes",
        metavar="MOTS",
        default="",
        help="la responsable atteste les majorités non certaines\u00a0: sur quoi cela repose",
    )


def _open(options: Namespace) -> int:
    from antenne.cli import display

    display.need_display()
    from antenne import app

    return app.run(options.dossier)


def _run_demo(options: Namespace) -> int:
    from antenne.cli import offices

    return offices.demo(options)


def _run_captures(options: Namespace) -> int:
    from antenne.cli import offices

    return offices.captures(options)


def _run_check(options: Namespace) -> int:
    from antenne.cli import offices

    return offices.check(options)


def _run_balance(options: Namespace) -> int:
    from antenne.cli import books

    return books.balance(options)


def _run_receipt(options: Namespace) -> int:
    from antenne.cli import books

    return books.receipt(options)


def _run_delay(options: Namespace) -> int:
    from antenne.cli import civil

    return civil.birth_delay(options)


def _run_counts(options: Namespace) -> int:
    from antenne.cli import civil

    return civil.counts(options)


def _run_report(options: Namespace) -> int:
    from antenne.cli import reports

    return reports.report(options)


def _run_backup(options: Namespace) -> int:
    from antenne.cli import backups

    return backups.save(options)


def _run_verify(options: Namespace) -> int:
    from antenne.cli import backups

    return backups.verify(options)


def _run_restore(options: Namespace) -> int:
    from antenne.cli import backups

    return backups.restore(options)


def _run_cards(options: Namespace) -> int:
    from antenne.cli import registers

    return registers.cards(options)


def _run_import(options: Namespace) -> int:
    from antenne.cli import registers

    return registers.bring_in(options)


def _run_export(options: Namespace) -> int:
    from antenne.cli import registers

    return registers.export(options)
