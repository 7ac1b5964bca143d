"""Typed text: what to compare, what to keep, which letters are refused (work order: bad input)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum
from typing import Final

from antenne.domain.violations import Violation

ACCEPTED: Final[tuple[tuple[int, int], ...]] = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00AC),  # signs, « », without the soft hyphen
    (0x00AE, 0x02FF),  # Latin, with ɛ ɔ ɲ ŋ; tone letters
    (0x0300, 0x036F),  # combining marks: Bambara and Dogon tones
    (0x1E00, 0x1EFF),  # Latin with two marks
    (0x2010, 0x2027),  # dashes, ’ “ ” … •
    (0x202F, 0x205E),  # narrow space, ‰ ′ ‹ ›, without the marks of direction
    (0x2070, 0x2071),
    (0x2074, 0x208E),  # exponents
    (0x20A0, 0x20BF),  # currencies
    (0x2100, 0x214F),  # № ™
)
"""Inclusive ranges of the code points taken; the bundled Noto Sans draws every one of them (a test looks)."""

_DIRECTION: Final = frozenset(
    [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, 0x200B, 0x200C, 0x200D, 0x2060]
)
_RIGHT_TO_LEFT: Final = ("R", "AL", "AN", "RLE", "RLO", "RLI")
_PICTURES: Final = (
    (0x2190, 0x23FF),
    (0x2460, 0x27BF),
    (0x2B00, 0x2BFF),
    (0xFE00, 0xFE0F),
    (0x1F000, 0x1FBFF),
    (0xE0000, 0xE0FFF),
)
_TYPING: Final = frozenset("\t\n\r")


class Reason(Enum):
    """Why a character is refused."""

    CONTROL = "control"
    DIRECTION = "direction"
    PICTURE = "picture"
    UNDRAWABLE = "undrawable"


@dataclass(frozen=True, slots=True)
class Refused:
    """The first character that cannot be kept.

    Attributes:
        reason: Why.
        char: The character, or « U+200F » where it cannot be seen.
    """

    reason: Reason
    char: str


def fold(text: str) -> str:
    """What two texts are compared by: without case, marks or surplus spaces, typewriter apostrophes."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return " ".join("".join(char for char in decomposed if not unicodedata.combining(char)).split())


def clean_line(text: str) -> str:
    """One line to keep: composed letters, single ordinary spaces, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def clean(text: str) -> str:
    """Several lines to keep: composed letters, no spaces at the ends of lines, no empty lines around."""
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def refused(text: str) -> Refused | None:
    """The first character that may not stand in a text, or None. Tabs and line ends are typing, not characters."""
    for char in text:
        if char not in _TYPING and not _accepted(ord(char)):
            return Refused(_reason(char), _quoted(char))
    return None


def _accepted(code: int) -> bool:
    return any(first <= code <= last for first, last in ACCEPTED)


def _reason(char: str) -> Reason:
    code = ord(char)
    if code in _DIRECTION or unicodedata.bidirectional(char) in _RIGHT_TO_LEFT:
        return Reason.DIRECTION
    if any(first <= code <= last for first, last in _PICTURES):
        return Reason.PICTURE
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
        return Reason.CONTROL
    return Reason.UNDRAWABLE


def _quoted(char: str) -> str:
    """The character itself where it can be seen and written, else its number."""
    seen = unicodedata.category(char)[0] not in ("C", "Z", "M")
    return char if seen else f"U+{ord(char):04X}"


def violations(text: str, field: str | None, most: int) -> tuple[Violation, ...]:
    """Why a text cannot be kept: a character that is refused, quoted, or more than ``most`` characters."""
    found = []
    odd = refused(text)
    if odd is not None:
        found.append(Violation(f"text.{odd.reason.value}", field, (("char", odd.char),)))
    if len(text) > most:
        found.append(Violation("form.too_long", field, (("length", len(text)), ("most", most))))
    return tuple(found)
