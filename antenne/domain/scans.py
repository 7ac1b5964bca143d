"""What a USB scanner typed: the code of a card or a receipt, also through the wrong keyboard layout.

A scanner set for an American keyboard sends key positions; on a French layout « M-00931 » arrives as « ?)àà_"& ».
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 64
"""Characters; what is longer was not read from one of our papers."""

SHORTEST = 7
"""Characters of ``M-00931``: shorter bursts are typing."""

_CODE = re.compile(r"(?P<number>[MP]-\d{5,7}|\d{4}-\d{4,6})(?:[ ./:*-]?(?P<control>[0-9A-HJKMNP-TV-Z]{10}))?")

_AZERTY = "&é\"'(-è_çà)" + "azertyuiop" + "qsdfghjklm" + "wxcvbn,;:!" + "²=$ù*<^" + "1234567890°" + "AZERTYUIOP"
_QWERTY = "1234567890-" + "qwertyuiop" + "asdfghjkl;" + "zxcvbnm,./" + "`=]'\\<[" + "!@#$%^&*()_" + "QWERTYUIOP"
_AZERTY += "QSDFGHJKLM" + "WXCVBN?./§" + "+£%µ>¨"
_QWERTY += "ASDFGHJKL:" + "ZXCVBNM<>?" + '+}"|>{'
_POSITIONS = str.maketrans(_AZERTY, _QWERTY)


@dataclass(frozen=True, slots=True)
class Scan:
    """One code read from a paper.

    Attributes:
        number: ``M-00931``, ``P-00012`` or a receipt's ``2026-01471``.
        control: The ten control characters, or empty when the paper bears none.
    """

    number: str
    control: str = ""


def from_azerty(typed: str) -> str:
    """The text an American scanner meant, from what it typed on a French layout."""
    return typed.translate(_POSITIONS)


def read(typed: str) -> Scan | None:
    """The code in what was typed, by either layout; None when it is no code of ours.

    The French reading comes first: no code of ours looks like another one through the other layout.
    """
    if not SHORTEST <= len(typed) <= LONGEST:
        return None
    for text in (typed, from_azerty(typed)):
        found = _CODE.fullmatch(text.strip().upper())
        if found:
            return Scan(found["number"], found["control"] or "")
    return None
