"""What a typed text may hold, and how texts are compared."""

from __future__ import annotations

import unicodedata

from antenne.domain.violations import Violation

_RANGES: tuple[tuple[int, int], ...] = (
    (0x20, 0x7E),
    (0xA0, 0xAC),
    (0xAE, 0x17F),
    (0x180, 0x24F),
    (0x250, 0x2AF),
    (0x2B0, 0x2BC),
    (0x300, 0x36F),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2027),
    (0x202F, 0x202F),
    (0x2030, 0x203A),
    (0x20AC, 0x20AC),
    (0x2116, 0x2116),
)
"""Characters that the bundled font draws: Latin with ɛ ɔ ɲ ŋ, marks, French punctuation; no arrow, no emoji."""

_QUOTED = 3


def fold(text: str) -> str:
    """Without accents or case, spaces collapsed: for comparing what people type."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(char for char in decomposed if not unicodedata.combining(char)).split())


def clean(text: str) -> str:
    """NFC, with single spaces and none at the ends; lines of a note are kept."""
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", text).splitlines())
    return "\n".join(lines).strip()


def drawable(char: str) -> bool:
    """Whether the office's font has this character."""
    code = ord(char)
    return any(low <= code <= high for low, high in _RANGES)


def strangers(text: str) -> tuple[str, ...]:
    """Characters that cannot be printed (emoji, right-to-left, control), each once, in their order."""
    seen = dict.fromkeys(char for char in text if char != "\n" and not drawable(char))
    return tuple(seen)


def violations(text: str, field: str | None, most: int) -> tuple[Violation, ...]:
    """Why a text cannot be kept: characters without a drawing, or too long (``most`` characters)."""
    found = []
    odd = strangers(text)
    if odd:
        shown = " ".join(f"U+{ord(char):04X}" for char in odd[:_QUOTED])
        found.append(Violation("form.characters", field, (("characters", shown),)))
    if len(text) > most:
        found.append(Violation("form.too_long", field, (("most", most), ("length", len(text)))))
    return tuple(found)
