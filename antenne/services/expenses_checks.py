"""What ``controler`` asks of the money out: numbers that follow, a voucher for each entry and an entry for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from antenne.domain import expenses as rules
from antenne.domain.voucher_faces import voucher_number
from antenne.services.checks import Check, Finding
from antenne.services.desk import Desk

_NAMED: Final = 20
_FROM_EXPENSES: Final = "('expense', 'advance', 'justification', 'transfer')"


def voucher_numbers(desk: Desk) -> Finding:
    """No gap in a year's numbers."""
    missing: list[str] = []
    count = 0
    with desk.read() as uow:
        for year in uow.expenses.years():
            given = uow.expenses.numbers(year)
            count += len(given)
            missing += [voucher_number(year, number) for number in rules.missing_numbers(given)]
    said = f"numéros manquants\u00a0: {_listed(missing)}" if missing else f"{count} numéros qui se suivent"
    return Finding("Numéros des pièces de dépense", not missing, said)


_PAIRS: tuple[tuple[str, str], ...] = (
    (
        "pièce dont l’écriture manque, ou n’a pas sa somme",
        (
            "SELECT x.id FROM expense x WHERE NOT EXISTS (SELECT 1 FROM posting p WHERE p.entry_id = x.entry_id"
            " AND p.debit > 0 AND p.account_id = CASE x.kind WHEN 'return' THEN p.account_id ELSE x.account_id END"
            " AND (x.kind = 'transfer' OR p.debit = x.amount))"
        ),
    ),
    (
        "écriture de sortie sans pièce",
        f"SELECT id FROM entry WHERE kind IN {_FROM_EXPENSES} AND id NOT IN (SELECT entry_id FROM expense)",  # noqa: S608 - literal text only
    ),
    (
        "pièce annulée sans contre-passation",
        (
            "SELECT x.id FROM expense x LEFT JOIN entry e ON e.id = x.cancelled_by AND e.reverses = x.entry_id"
            " WHERE x.cancelled_on IS NOT NULL AND e.id IS NULL"
        ),
    ),
    (
        "pièce qui n’est plus annulée, mais dont l’écriture l’est",
        "SELECT x.id FROM expense x JOIN entry e ON e.reverses = x.entry_id WHERE x.cancelled_on IS NULL",
    ),
    (
        "avance justifiée au-delà de ce qui a été donné",
        (
            "SELECT a.id FROM expense a JOIN expense f ON f.advance_id = a.id AND f.cancelled_on IS NULL"
            " WHERE a.kind = 'advance' AND a.advance_id IS NULL GROUP BY a.id"
            " HAVING a.amount + sum(CASE f.kind WHEN 'advance' THEN f.amount ELSE -f.amount END) < 0"
        ),
    ),
)


def vouchers_and_entries(desk: Desk) -> Finding:
    """Every voucher has its entry with its sum, every entry of money out its voucher."""
    found: list[str] = []
    with desk.read() as uow:
        count = uow.rows("SELECT count(*) FROM expense")[0][0]
        for what, query in _PAIRS:
            ids = [str(row[0]) for row in uow.rows(query)]
            if ids:
                found.append(f"{what} (n°\u00a0{_listed(ids)})")
    said = " ; ".join(found) if found else f"{count} pièces et leurs écritures"
    return Finding("Pièces de dépense et écritures", not found, said)


def _listed(found: Sequence[str]) -> str:
    more = len(found) - _NAMED
    return ", ".join(found[:_NAMED]) + (f", et {more} autres" if more > 0 else "")


CHECKS: tuple[Check, ...] = (voucher_numbers, vouchers_and_entries)
"""What the money out adds to ``controler``."""
