"""Column widths and the like, kept in the encrypted base: read once, written behind."""

from __future__ import annotations

import json

from PySide6.QtCore import QObject, QTimer

from antenne.services import settings
from antenne.services.desk import Desk
from antenne.ui.kit.operations import SHORT, Operations

KEY = "screen.habits"
_AFTER_MS = 4000
_MOST = 300


class DeskMemory(QObject):
    """A :class:`antenne.ui.kit.memory.Memory` in the office's own file; both calls return at once."""

    def __init__(self, desk: Desk, operations: Operations, parent: QObject | None = None) -> None:
        """Take what was kept from the settings already read."""
        super().__init__(parent)
        self._desk = desk
        self._operations = operations
        kept = settings.remembered(desk, KEY)
        self._values: dict[str, str] = dict(json.loads(kept)) if isinstance(kept, str) else {}
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._timer.timeout.connect(self._write)

    def recall(self, key: str) -> str:
        """What was kept, or an empty text."""
        return self._values.get(key, "")

    def keep(self, key: str, value: str) -> None:
        """Keep ``value``; it is written when the hand has rested."""
        if self._values.get(key) == value:
            return
        self._values.pop(key, None)
        self._values[key] = value
        while len(self._values) > _MOST:
            del self._values[next(iter(self._values))]
        self._timer.start()

    def _write(self) -> None:
        self._operations.run(
            SHORT, settings.remember, self._desk, KEY, json.dumps(self._values), owner=self, done=self._written
        )

    def _written(self, _done: object) -> None:
        """Nothing else to do: no screen shows it."""
