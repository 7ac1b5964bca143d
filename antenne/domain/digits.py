"""Digits as she types them: on a French keyboard the top row gives letters unless Shift is held."""

from __future__ import annotations

_TOP_ROW = str.maketrans({
    "&": "1", "é": "2", "É": "2", '"': "3", "'": "4", "’": "4", "(": "5", "§": "6", "è": "7", "È": "7", "!": "8", "_": "8",
    "ç": "9",    "Ç": "9", "à": "0", "À": "0",
})  # fmt: skip
"""The unshifted AZERTY row. « - » (the 6) separates too, so each reader decides."""


def unshifted(text: str, *, dash: bool = False) -> str:
    """The digits that were meant; with ``dash`` the « - » key is a 6 (amounts, counts, phones)."""
    meant = text.translate(_TOP_ROW)
    return meant.replace("-", "6") if dash else meant


def spaced_out(text: str) -> str:
    """Without the spaces, narrow or not, and dots that group digits."""
    return "".join(char for char in text if not char.isspace())
