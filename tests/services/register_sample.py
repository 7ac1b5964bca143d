"""A plausible, plainly fictional paper register typed into a spreadsheet, with the oddities that such files have.

Used by the tests and by the final demonstration: ``python -m tests.services.register_sample registre.xlsx``.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

_LAST = (
    "TRAORÉ", "COULIBALY", "DIALLO", "KEÏTA", "CISSÉ", "TOURÉ", "DOUMBIA", "SANGARÉ", "MAÏGA", "DICKO", "GUINDO",
    "TOGO", "KASSOGUÉ", "BOCOUM", "CISSOUMA", "NIENTAO", "TRAORE", "KOULIBALY", "KAREMBÉ", "SACKO", "FAMANTA",
)  # fmt: skip
_FIRST = (
    "Fatoumata", "Aïssata", "Mariam", "Kadiatou", "Oumou", "Aminata", "Ramata", "Hawa", "Fanta", "Awa", "Salimata",
    "Djénéba", "Rokia", "Assitan", "Safiatou", "Nana", "Bintou", "Korotoumou", "Adama", "Sira", "Ɲaaba", "N’Deye",
)  # fmt: skip
_QUARTERS = (
    "Millionkin",
    "Komoguel",
    "Poudrière",
    "Gangal",
    "Toguel",
    "Banguétaba",
    "Fatoma",
    "sévaré",
    "Médina Coura",
)
HEADER_LINE = 3
HEADERS = (
    "N° d’ordre", "N° carte", "Nom et prénom", "Surnom", "Date naiss.", "Tél", "Quartier", "Nom de la mère",
    "Nbre d’enfants", "Profession", "Date d'adhésion", "Observations",
)  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """What the register holds, for the tests to count.

    Attributes:
        rows: Persons written.
        errors: Lines that cannot be imported as they stand.
        twins: Lines that look like another line of the file.
    """

    rows: int
    errors: frozenset[int]
    twins: frozenset[int]


def _plain_row(number: int, chance: random.Random) -> list[Any]:
    name = f"{_LAST[number % len(_LAST)]} {_FIRST[(number * 5 + number // len(_LAST)) % len(_FIRST)]}"
    birth: Any = dt.date(1970 + chance.randrange(34), 1 + chance.randrange(12), 1 + chance.randrange(28))
    if number % 3 == 0:
        birth = f"vers {1972 + chance.randrange(30)}"
    elif number % 7 == 0:
        birth = f"{20 + chance.randrange(30)} ans"
    elif number % 11 == 0:
        birth = 1975 + chance.randrange(25)
    phone: Any = float(f"7{chance.randrange(3, 10)}{chance.randrange(10**6):06d}")
    if number % 4 == 0:
        text = f"{int(phone):08d}"
        phone = " ".join(text[at : at + 2] for at in range(0, 8, 2))
    joined = dt.date(2024, 1, 8) + dt.timedelta(days=chance.randrange(900))
    return [
        number, f"M-{number:05d}", name, "", birth, phone, _QUARTERS[number % len(_QUARTERS)],
        f"{_FIRST[(number * 7) % len(_FIRST)]} {_LAST[(number * 3) % len(_LAST)]}", chance.randrange(7),
        chance.choice(("commerce", "coiffure", "restauration", "")), joined, "",
    ]  # fmt: skip


def rows() -> list[list[Any]]:
    """The 120 rows, odd ones included."""
    chance = random.Random(2026)
    made = [_plain_row(number, chance) for number in range(1, 121)]
    made[4][5] = "76 12 34 56 / 66 98 76 54"
    made[9][3] = "Mamou, La Grande"
    made[14][2] = "Fatoumata\u00a0Bâ\u00a0 DIALLO"
    made[19][4] = "12/03/1991"
    made[24][4] = 33_000
    made[39][5] = ""
    made[44][10] = "06/2024"
    made[49][5] = "00226 70 12 34 56"
    made[54][1] = ""
    return made


ERRORS = {
    29: (4, "l’année de la grande sécheresse"),
    34: (4, ""),
    59: (8, "trois"),
    65: (5, "7612"),
    70: (4, "23/11/2031"),
    75: (4, dt.date(2011, 5, 2)),
    80: (2, ""),
    85: (2, "TRAORÉ Awa 🌸"),
    90: (5, "sept six douze"),
}
"""Position in :func:`rows` of the rows that cannot stand, with the column and what is wrong in it."""


def write_register(path: Path) -> Sample:
    """Write the register: a title, an empty line, the headers on line 3, 120 rows, and a total that is no person."""
    made = rows()
    for position, (column, value) in ERRORS.items():
        made[position][column] = value
    made[100][2], made[100][4], made[100][7] = made[10][2], made[10][4], made[10][7]
    made[110][1] = made[20][1]
    book = xlsxwriter.Workbook(str(path))
    hidden = book.add_worksheet("Brouillon")
    hidden.hide()
    sheet = book.add_worksheet("Registre")
    sheet.activate()
    sheet.set_first_sheet()
    date = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.merge_range(0, 0, 0, 5, "REGISTRE DES ADHÉRENTES (personnes fictives)")
    sheet.write_row(HEADER_LINE - 1, 0, HEADERS)
    for position, row in enumerate(made):
        for column, value in enumerate(row):
            if isinstance(value, dt.date):
                sheet.write_datetime(HEADER_LINE + position, column, value, date)
            elif value != "":
                sheet.write(HEADER_LINE + position, column, value)
    last = HEADER_LINE + len(made)
    sheet.write(last + 1, 2, "TOTAL")
    sheet.write_formula(last + 1, 8, f"=SUM(I4:I{last})", None, 300)
    book.close()
    first = HEADER_LINE + 1
    errors = frozenset(first + position for position in ERRORS) | {first + 110}
    return Sample(len(made), errors, frozenset({first + 100}))


if __name__ == "__main__":
    write_register(Path(sys.argv[1]))
