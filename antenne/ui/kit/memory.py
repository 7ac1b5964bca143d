"""Small habits of the screen (column widths, last zoom) kept by somebody else: never by Qt's own settings file."""

from __future__ import annotations

from typing import Protocol


class Memory(Protocol):
    """Remembers short texts by key; both calls return at once (a store on disk writes behind)."""

    def recall(self, key: str) -> str:
        """What was kept, or an empty text."""
        ...

    def keep(self, key: str, value: str) -> None:
        """Keep ``value`` under ``key``."""
        ...


class SittingMemory:
    """Forgets everything when the program ends."""

    def __init__(self) -> None:
        """Begin empty."""
        self._values: dict[str, str] = {}

    def recall(self, key: str) -> str:
        """What was kept, or an empty text."""
        return self._values.get(key, "")

    def keep(self, key: str, value: str) -> None:
        """Keep ``value`` until the program ends."""
        self._values[key] = value
