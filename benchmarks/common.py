"""What the benchmarks share: a demonstration office of their own, medians, one line per result."""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from antenne import app
from antenne.base.clock import SystemClock
from antenne.base.progress import Silent
from antenne.services import access, demo
from antenne.services.demo_accounts import read_accounts
from antenne.services.desk import Desk


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder that goes away."""
    folder = Path(tempfile.mkdtemp(prefix="antenne-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def demo_office(folder: Path) -> Path:
    """The demonstration office of 1,300 persons, built there."""
    place = folder / "demo"
    demo.build(place, SystemClock(), Silent())
    return place


def open_as(place: Path, role: str) -> Desk:
    """The desk of one of the demonstration's users."""
    user = next(one for one in read_accounts(place) if one.role == role)
    return app.open_desk(place, access.unlock(place, user.phrase, user.label), SystemClock())


def timed(work: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def percentile(values: list[float], part: float) -> float:
    """The value below which ``part`` of them lie."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * part), len(ordered) - 1)]


def report(name: str, value: float, limit: str, details: str = "") -> None:
    """One line: what, how much, what is wanted."""
    print(f"{name:<58} {value:>8.2f}   (attendu {limit})   {details}", flush=True)


def median(values: list[float]) -> float:
    """The middle one."""
    return statistics.median(values)


def sync_cost(folder: Path, rounds: int = 40) -> float:
    """Median seconds of a small write with fsync on this disk."""
    import os

    path, taken = folder / "sync", []
    with path.open("wb") as file:
        for _ in range(rounds):
            file.write(b"x" * 4096)
            file.flush()
            taken.append(timed(lambda: os.fsync(file.fileno())))
    path.unlink()
    return median(taken)
