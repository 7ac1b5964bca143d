"""Settings with a date from which they hold, and dated lists; edited on a screen, never constants in code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from antenne.domain.forms.model import Kind, Option

EPOCH = dt.date(2000, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingDefinition:
    """One setting.

    Attributes:
        key: ``area.name``.
        label: French words.
        kind: How it is typed (MONEY, COUNT, YES_NO, TEXT, CHOICE).
        default: Where it starts.
        unit: French word after the value (« jours », « FCFA »), or empty.
        dated: It changes from a date on; else the newest value holds everywhere.
        source: Where the default comes from.
    """

    key: str
    label: str
    kind: Kind
    default: object
    unit: str = ""
    dated: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value that holds from a day on."""

    since: dt.date
    value: object


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One entry of an editable list; it is offered from ``since`` until the day before ``until``."""

    list_name: str
    option: Option
    since: dt.date = EPOCH
    until: dt.date | None = None
    position: int = 0


@dataclass(frozen=True, slots=True)
class Settings:
    """A snapshot of every setting and list of the office."""

    values: Mapping[str, Sequence[DatedValue]] = field(default_factory=dict)
    lists: Mapping[str, Sequence[ListEntry]] = field(default_factory=dict)
    definitions: Mapping[str, SettingDefinition] = field(default_factory=dict)

    def value(self, key: str, on: dt.date) -> object:
        """What the setting says on that day; its default before the first dated value.

        Raises:
            KeyError: The setting is not defined.
        """
        definition = self.definitions[key]
        held = [dated for dated in self.values.get(key, ()) if dated.since <= on]
        return max(held, key=lambda dated: dated.since).value if held else definition.default

    def count(self, key: str, on: dt.date) -> int:
        """A setting that is a whole number (days, FCFA)."""
        found = self.value(key, on)
        if not isinstance(found, int):
            raise TypeError(key)
        return found

    def options(self, list_name: str, on: dt.date) -> tuple[Option, ...]:
        """The entries offered on that day, in their order."""
        entries = [
            entry
            for entry in self.lists.get(list_name, ())
            if entry.since <= on and (entry.until is None or on < entry.until)
        ]
        return tuple(entry.option for entry in sorted(entries, key=lambda entry: entry.position))

    def label(self, list_name: str, code: str) -> str:
        """The words of a code, also of one that is no longer offered; the code itself when unknown."""
        for entry in self.lists.get(list_name, ()):
            if entry.option.code == code:
                return entry.option.label
        return code
