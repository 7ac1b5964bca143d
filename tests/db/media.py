"""A medium that fails when it is told to, and the progress that nobody watches."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from antenne.base.media import Reader, SystemMedia, Volume, Writer
from antenne.base.progress import Silent, Stopped

Quiet = Silent


class StopAt:
    """Progress that asks to stop at one step, once so much of it is done."""

    def __init__(self, step: str, share: float = 0.0) -> None:
        self.step = step
        self.share = share
        self.seen: list[str] = []
        self._stop = False

    def report(self, step: str, done: int, total: int) -> None:
        if step not in self.seen:
            self.seen.append(step)
        if step == self.step and done >= self.share * total:
            self._stop = True

    def check(self) -> None:
        if self._stop:
            raise Stopped


class FaultyMedia:
    """The system's media with an error planted at one call; calls are counted and named.

    Attributes:
        calls: Names of the calls so far.
    """

    def __init__(
        self,
        fail_at: int | None = None,
        number: int = errno.EIO,
        *,
        only: str = "",
        for_good: bool = True,
        change: Callable[[Volume], Volume] = lambda volume: volume,
    ) -> None:
        """Fail from call ``fail_at`` on (``for_good``: the key stays away), only at calls named ``only`` if given."""
        self._system = SystemMedia()
        self._fail_at = fail_at
        self._number = number
        self._only = only
        self._for_good = for_good
        self._change = change
        self.calls: list[str] = []

    def _call(self, name: str) -> None:
        place = sum(call == self._only for call in self.calls) if self._only else len(self.calls)
        self.calls.append(name)
        if self._fail_at is None or (self._only and name != self._only):
            return
        if place == self._fail_at or (self._for_good and place > self._fail_at):
            raise OSError(self._number, os.strerror(self._number))

    def volumes(self) -> tuple[Volume, ...]:
        self._call("volumes")
        return ()

    def volume(self, folder: Path) -> Volume:
        self._call("volume")
        return self._change(self._system.volume(folder))

    def names(self, folder: Path) -> tuple[str, ...]:
        self._call("names")
        return self._system.names(folder)

    def size(self, path: Path) -> int:
        self._call("size")
        return self._system.size(path)

    def create(self, path: Path) -> Writer:
        self._call("create")
        return _FaultyWriter(self._system.create(path), self._call)

    def open(self, path: Path) -> Reader:
        self._call("open")
        return _FaultyReader(self._system.open(path), self._call)

    def open_on_medium(self, path: Path) -> Reader:
        self._call("open_on_medium")
        return _FaultyReader(self._system.open_on_medium(path), self._call)

    def rename(self, source: Path, target: Path) -> None:
        self._call("rename")
        self._system.rename(source, target)

    def remove(self, path: Path) -> None:
        self._call("remove")
        self._system.remove(path)

    def hide(self, path: Path) -> None:
        self._call("hide")
        self._system.hide(path)

    def eject(self, volume: Volume) -> None:
        self._call("eject")

    def wait(self, seconds: float) -> None:
        self._call("wait")


class _FaultyWriter:
    def __init__(self, inner: Writer, call: Callable[[str], None]) -> None:
        self._inner = inner
        self._call = call

    def write(self, data: bytes, /) -> None:
        """Half of what is asked arrives before the fault, as on a real key."""
        try:
            self._call("write")
        except OSError:
            self._inner.write(data[: len(data) // 2])
            raise
        self._inner.write(data)

    def sync(self) -> None:
        self._call("sync")
        self._inner.sync()

    def close(self) -> None:
        self._inner.close()


class _FaultyReader:
    def __init__(self, inner: Reader, call: Callable[[str], None]) -> None:
        self._inner = inner
        self._call = call

    def read(self, size: int, /) -> bytes:
        self._call("read")
        return self._inner.read(size)

    def seek(self, offset: int, /) -> int:
        return self._inner.seek(offset)

    def close(self) -> None:
        self._inner.close()


def roomy(volume: Volume, **over: object) -> Volume:
    """The volume with some of its facts replaced."""
    return replace(volume, **over)  # type: ignore[arg-type]  # values by name, checked by the record itself
