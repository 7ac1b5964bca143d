"""Amounts in whole FCFA (rules: Money): XOF has no subunit, so integers everywhere."""

from __future__ import annotations

from antenne.domain.digits import spaced_out, unshifted
from antenne.domain.violations import Violation

MOST = 10**12
"""Largest amount that the program takes, in FCFA."""

NARROW = "\u202f"


def read_amount(typed: str) -> int | Violation:
    """Read an amount; « 12 500 » and « é5àà » are amounts, « 12,5k », « -3 » and « 12,50 » are not guessed.

    Returns:
        Whole FCFA, or why not: ``money.not_a_number``, ``money.decimals``, ``money.negative``, ``money.too_much``.
    """
    text = spaced_out(typed)
    for ending in ("FCFA", "fcfa", "F", "f"):
        text = text.removesuffix(ending)
    if text[:1] in {"-", "−"} and text[1:].isascii() and text[1:].isdigit():
        return Violation("money.negative")
    if any(mark in text for mark in ",.") and _digits_only(text.replace(",", "").replace(".", "")):
        return Violation("money.decimals")
    return _bounded(text)


def _bounded(text: str) -> int | Violation:
    meant = unshifted(text, dash=True)
    if not _digits_only(meant):
        return Violation("money.not_a_number")
    if len(meant) > len(str(MOST)) or int(meant) > MOST:
        return Violation("money.too_much", None, (("most", MOST),))
    return int(meant)


def _digits_only(text: str) -> bool:
    return text.isascii() and text.isdigit()


def grouped(amount: int) -> str:
    """The figure with narrow no-break spaces between thousands: ``12 500``."""
    return f"{amount:,}".replace(",", NARROW)
