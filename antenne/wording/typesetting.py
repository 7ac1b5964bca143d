"""French spaces: none of them breaks a line before « : ; ! ? » or inside guillemets."""

from __future__ import annotations

import re

_COLON = re.compile(r"(?<=[\w»)’.*`]) :(?=\s|$)")
_HIGH = re.compile(r"(?<=[\w»)’.*`]) ([;!?])(?=\s|$|[)*])")


def typeset(text: str) -> str:
    """A text that was written with ordinary spaces, as a help page is, with those that French wants."""
    text = _HIGH.sub("\u202f\\1", _COLON.sub("\u00a0:", text))
    return re.sub(r"(?<=«) | (?=»)", "\u00a0", text)
