"""Digits as she types them: on a French keyboard the upper row gives letters unless Shift is held."""

from __future__ import annotations

from typing import Final

_SURE_KEYS: Final = {"&": "1", "é": "2", "É": "2", '"': "3", "'": "4", "’": "4", "è": "7", "È": "7", "_": "8", "ç": "9",
                     "Ç": "9", "à": "0", "À": "0"}  # fmt: skip
_SURE: Final = str.maketrans(_SURE_KEYS)
_ALL: Final = str.maketrans({**_SURE_KEYS, "(": "5", "-": "6"})


def unshifted(typed: str) -> str:
    """Read the unshifted upper row as digits: « &éàà » is 1200.

    « - » and « ( » are marks too: beside real digits they stay what they are, so that « 12-5 » or « -500 » is never
    guessed. A text with other letters is no figure and stays as it is.
    """
    if any(char.isalpha() and char not in _SURE_KEYS for char in typed):
        return typed
    return typed.translate(_SURE if any(char.isdigit() for char in typed) else _ALL)


def unshifted_key(char: str, *, marks: bool) -> str:
    """The digit of one unshifted key; any other character as it is.

    Args:
        char: What the key types.
        marks: « - » and « ( » are the digits 6 and 5, since the figure is being typed on that row.
    """
    return char.translate(_ALL if marks else _SURE)


def spaced_out(text: str) -> str:
    """Without the spaces, narrow or not, that group digits."""
    return "".join(text.split())
