"""Civil files counted by step and by démarche on a day of the past or today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from antenne.domain.civil_routes import ENDED, Step


@dataclass(frozen=True, slots=True)
class StepCounts:
    """Where the files stood on a day.

    Attributes:
        on: The day.
        steps: Every step, in order, with how many files stood there; 0 included.
        routes: How many files of each démarche were open that day, in the order of the list.
    """

    on: dt.date
    steps: Mapping[Step, int]
    routes: Mapping[str, int]

    @property
    def whole(self) -> int:
        """Every file that had been opened."""
        return sum(self.steps.values())

    @property
    def running(self) -> int:
        """Those that had not ended."""
        return sum(count for step, count in self.steps.items() if step not in ENDED)


def count_steps(on: dt.date, files: Iterable[tuple[str, Step]], route_keys: Iterable[str]) -> StepCounts:
    """Add up files given as démarche and step of that day."""
    steps = dict.fromkeys(Step, 0)
    routes = dict.fromkeys(route_keys, 0)
    for route_key, step in files:
        steps[step] += 1
        if step not in ENDED:
            routes[route_key] = routes.get(route_key, 0) + 1
    return StepCounts(on, steps, routes)
