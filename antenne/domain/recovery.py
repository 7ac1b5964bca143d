"""Recovery codes: 130 random bits that a hand can copy and a sheet of paper can keep.

A code is seven groups of four Crockford base32 characters (no I, L, O, U). The first 26 characters are the random bits,
the last two a checksum over kind and value: a slip of the pen is seen before anything slow is tried, and the code of
the compartment is told from the code of the base.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from antenne.domain.violations import Violation

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS: Final = 130
GROUPS: Final = 7
GROUP_LENGTH: Final = 4
_VALUE_CHARS: Final = BITS // 5
_CHARS: Final = GROUPS * GROUP_LENGTH
_CHECK_MODULUS: Final = 509  # a prime; two kinds × 509 fill two characters, and any one slip or swap of two is seen
_READ_AS: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SPACERS: Final = frozenset(" -–—‑.\u00a0\u202f\t\r\n")


class CodeKind(Enum):
    """Which envelope the code lies in."""

    BASE = "base"
    CONFIDENTIAL = "confidentiel"


ENVELOPES: Final = {CodeKind.BASE: "Enveloppe 1", CodeKind.CONFIDENTIAL: "Enveloppe 2"}
"""Labels of the two recovery slots."""

_OFFSETS: Final = {CodeKind.BASE: 0, CodeKind.CONFIDENTIAL: _CHECK_MODULUS}


@dataclass(frozen=True, slots=True)
class Code:
    """A code that was read: its random value and its envelope; never shown by ``repr``."""

    value: int = field(repr=False)
    kind: CodeKind


def encode(value: int, kind: CodeKind) -> str:
    """Write 130 bits as ``XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX``.

    Raises:
        ValueError: The value does not fit in 130 bits.
    """
    if not 0 <= value < 1 << BITS:
        raise ValueError("130 bits expected")
    digits = _digits(value, _VALUE_CHARS)
    check = _checksum(digits, kind)
    text = "".join(ALPHABET[digit] for digit in (*digits, *_digits(check, 2)))
    return "-".join(groups_of(text))


def decode(text: str, expected: CodeKind | None = None) -> Code | Violation:
    """Read a code as typed: any case, any spacing, O read as 0, I and L as 1.

    Returns:
        The code, or one violation that names the first bad group (1 to 7) where a character cannot be right or is
        missing. A wrong character that is in the alphabet only shows in the checksum, which cannot tell where:
        :func:`compare` can, while the true code is still known.
    """
    chars = clean(text)
    if not chars:
        return Violation("recovery.empty", "code")
    for place, char in enumerate(chars):
        if char not in ALPHABET:
            group = min(place // GROUP_LENGTH + 1, GROUPS)
            return Violation("recovery.bad_character", "code", (("group", group), ("character", char)))
    if len(chars) != _CHARS:
        group = min(len(chars) // GROUP_LENGTH + 1, GROUPS)
        code = "recovery.too_short" if len(chars) < _CHARS else "recovery.too_long"
        return Violation(code, "code", (("group", group), ("count", len(chars)), ("expected", _CHARS)))
    digits = [ALPHABET.index(char) for char in chars]
    check = digits[-2] * 32 + digits[-1]
    kinds = [kind for kind in CodeKind if _checksum(digits[:_VALUE_CHARS], kind) == check]
    if not kinds:
        return Violation("recovery.mistyped", "code")
    if expected is not None and kinds[0] is not expected:
        return Violation("recovery.other_envelope", "code", (("kind", kinds[0].value),))
    value = 0
    for digit in digits[:_VALUE_CHARS]:
        value = value * 32 + digit
    return Code(value, kinds[0])


def compare(text: str, true_code: str) -> Violation | None:
    """Check a code typed back against the one just shown; the violation names the first group that differs."""
    typed, true = clean(text), clean(true_code)
    if typed == true:
        return None
    if not typed:
        return Violation("recovery.empty", "code")
    pairs = zip(groups_of(typed), groups_of(true), strict=False)
    for number, (left, right) in enumerate(pairs, start=1):
        if left != right:
            return Violation("recovery.group_differs", "code", (("group", number),))
    if len(typed) > len(true):
        return Violation(
            "recovery.too_long", "code", (("group", GROUPS), ("count", len(typed)), ("expected", len(true)))
        )
    group = min(len(typed) // GROUP_LENGTH + 1, GROUPS)
    return Violation("recovery.too_short", "code", (("group", group), ("count", len(typed)), ("expected", len(true))))


def clean(text: str) -> str:
    """The bare characters of what was typed, as :func:`decode` reads them."""
    return "".join(char for char in text.upper() if char not in _SPACERS).translate(_READ_AS)


def groups_of(chars: str) -> list[str]:
    """Cut into groups of four, the last one perhaps shorter."""
    return [chars[place : place + GROUP_LENGTH] for place in range(0, len(chars), GROUP_LENGTH)]


def _digits(value: int, count: int) -> list[int]:
    return [(value >> (5 * place)) & 31 for place in reversed(range(count))]


def _checksum(digits: list[int], kind: CodeKind) -> int:
    """A weighted sum modulo a prime; the weights are distinct and never zero."""
    total = sum((place + 2) * digit for place, digit in enumerate(digits, start=1))
    return total % _CHECK_MODULUS + _OFFSETS[kind]
