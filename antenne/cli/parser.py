"""The grammar of the command line, in French."""

from __future__ import annotations

import argparse
import datetime as dt
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

USAGE = 2


class FrenchParser(argparse.ArgumentParser):
    """``argparse`` with French words."""

    def __init__(self, **settings: object) -> None:
        """Replace the English titles."""
        super().__init__(add_help=False, **settings)  # type: ignore[arg-type]  # handed on as they came
        self._positionals.title = "à donner"
        self._optionals.title = "options"
        self.add_argument("-h", "--aide", "--help", action="help", help="montrer cette aide")

    def format_usage(self) -> str:
        """« emploi : » instead of « usage: »."""
        return super().format_usage().replace("usage: ", "emploi\u00a0: ", 1)

    def format_help(self) -> str:
        """The same in the long help."""
        return super().format_help().replace("usage: ", "emploi\u00a0: ", 1)

    def error(self, message: str) -> NoReturn:
        """Say in French what does not fit, and leave with the usage status."""
        self.print_usage(sys.stderr)
        sys.stderr.write(f"antenne\u00a0: {_french(message)}\n")
        sys.exit(USAGE)


_WORDS = (
    ("the following arguments are required: ", "il manque\u00a0: "),
    ("unrecognized arguments: ", "mots inconnus\u00a0: "),
    ("argument ", "argument "),
    ("expected one argument", "une valeur est attendue"),
    ("invalid choice: ", "choix inconnu\u00a0: "),
    ("choose from", "choisir parmi"),
    ("ambiguous option: ", "option ambiguë\u00a0: "),
    ("could match", "peut vouloir dire"),
    ("invalid ", "incorrect\u00a0: "),
    ("not allowed with argument", "ne va pas avec"),
)


def _french(message: str) -> str:
    for english, french in _WORDS:
        message = message.replace(english, french)
    return message


Command = Callable[[argparse.Namespace], int]


def common(parser: argparse.ArgumentParser, *, phrase: bool = True, command: bool = True) -> None:
    """The options that most commands share.

    Args:
        parser: Of the program or of one command.
        phrase: Whether it opens an office.
        command: Whether it is a command's: where its own ``--dossier`` is absent, the one before the command holds.
    """
    parser.add_argument(
        "--dossier",
        type=Path,
        metavar="DIR",
        default=argparse.SUPPRESS if command else None,
        help="dossier des données (sinon celui de ce compte)",
    )
    if phrase:
        parser.add_argument(
            "--phrase-fichier",
            type=Path,
            metavar="FICHIER",
            help="fichier dont la première ligne est la phrase secrète (sinon elle est demandée, sans s’afficher)",
        )
        parser.add_argument(
            "--etiquette", metavar="MOT", help="étiquette de l’utilisatrice (sinon toutes sont essayées)"
        )


def numbers(text: str) -> tuple[str, ...]:
    """``M-00001,M-00002`` as a tuple."""
    return tuple(part.strip().upper() for part in text.split(",") if part.strip())


def day(text: str) -> dt.date:
    """« 2026-11-23 » or « 23/11/2026 » as a day; a script writes dates whole.

    Raises:
        argparse.ArgumentTypeError: It is no such date.
    """
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text.strip())
    try:
        if match is not None:
            return dt.date(int(match[3]), int(match[2]), int(match[1]))
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip(), re.ASCII):
            return dt.date.fromisoformat(text.strip())
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"«\u00a0{text}\u00a0» n’est pas une date. Écrivez par exemple 2026-11-23.")


def month(text: str) -> dt.date:
    """« 2024-03 » as the first day of that month.

    Raises:
        argparse.ArgumentTypeError: It is no month.
    """
    match = re.fullmatch(r"(\d{4})-(\d{2})", text.strip(), re.ASCII)
    try:
        if match is not None and _FIRST_YEAR <= int(match[1]) <= _LAST_YEAR:
            return dt.date(int(match[1]), int(match[2]), 1)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"«\u00a0{text}\u00a0» n’est pas un mois. Écrivez par exemple 2024-03.")


def year(text: str) -> int:
    """« 2024 » as a year.

    Raises:
        argparse.ArgumentTypeError: It is no year.
    """
    typed = text.strip()
    if re.fullmatch(r"\d{4}", typed, re.ASCII) and _FIRST_YEAR <= int(typed) <= _LAST_YEAR:
        return int(typed)
    raise argparse.ArgumentTypeError(f"«\u00a0{text}\u00a0» n’est pas une année. Écrivez par exemple 2024.")


_FIRST_YEAR, _LAST_YEAR = 1900, 2199
"""As ``domain.dates``: what a date may be."""
