"""Amounts in whole FCFA (rules: Money): XOF has no subunit, so integers everywhere."""

from __future__ import annotations

import re
from typing import Final

from antenne.domain.digits import spaced_out, unshifted
from antenne.domain.violations import Violation

MOST: Final = 10**12
"""Largest amount, and largest count, that the program takes (lessons: no artificial limit below)."""

ROUND_CASH: Final = "money.round_cash"
"""The setting « rounding a cash amount to 5 F » (rules: Money)."""

_CASH_STEP: Final = 5

NARROW: Final = "\u202f"
_CURRENCY: Final = re.compile(r"(?i)\s*(?:f\s*cfa|francs?(?:\s*cfa)?|xof|f)\.?$")
_QUOTED: Final = 40


def grouped(amount: int) -> str:
    """The figure with narrow no-break spaces between thousands: « 12 500 »."""
    return f"{amount:,}".replace(",", NARROW)


def read_amount(typed: str) -> int | Violation:
    """An amount as typed, in FCFA; « 12 500 F » is one, « 12,5k » is refused, not guessed.

    Returns:
        Whole FCFA from 0 to :data:`MOST`, or ``money.not_a_number``, ``money.decimals``, ``money.negative``,
        ``money.too_much``.
    """
    return _whole(_CURRENCY.sub("", typed.strip()), typed.strip(), "money")


def read_count(typed: str) -> int | Violation:
    """A number of things or persons as typed, or ``count.…`` as in :func:`read_amount`."""
    return _whole(typed, typed.strip(), "count")


def _whole(bare: str, typed: str, kind: str) -> int | Violation:
    text = spaced_out(unshifted(bare))
    if re.fullmatch(r"[-–−]\d+(?:[.,]\d+)?", text, re.ASCII):
        return Violation(f"{kind}.negative")
    if re.fullmatch(r"\d+[.,]\d+", text, re.ASCII):
        return Violation(f"{kind}.decimals", None, (("typed", typed[:_QUOTED]),))
    if not re.fullmatch(r"\d+", text, re.ASCII):
        return Violation(f"{kind}.not_a_number", None, (("typed", typed[:_QUOTED]),))
    figures = text.lstrip("0") or "0"
    if len(figures) > len(str(MOST)) or int(figures) > MOST:
        return Violation(f"{kind}.too_much", None, (("most", MOST),))
    return int(figures)


def change_to_give(change: int, *, rounded: bool) -> int:
    """What is handed back in coins of the change due, in FCFA.

    Args:
        change: Handed less the total, not below 0.
        rounded: The office rounds cash to 5 F: coins of 1 F are not found. Always downwards: what is left stays
            « monnaie due » to her, so that nobody loses a franc and no account has to hold a difference.
    """
    return change - change % _CASH_STEP if rounded else change
