"""Removable media: what is plugged in, and files written so that they can be trusted.

Everything goes through :class:`Media`, so that a test can pull the key out at any call. The system's own calls are in
:mod:`antenne.base.media_linux` and :mod:`antenne.base.media_windows`.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from pathlib import Path
from typing import Final, Protocol

from antenne.base.problems import Problem
from antenne.base.volumes import Reader, Volume

__all__ = [
    "BUFFER",
    "Media",
    "Reader",
    "SystemMedia",
    "Volume",
    "Writer",
    "close_quietly",
    "problem_of",
    "read_exactly",
]

BUFFER: Final = 4 << 20
"""Bytes moved at once: large enough for a slow key, small enough to stop within a second."""


class Writer(Protocol):
    """A file being written."""

    def write(self, data: bytes, /) -> None:
        """Append all of ``data``."""
        ...

    def sync(self) -> None:
        """Return when what was written is on the medium."""
        ...

    def close(self) -> None:
        """Let the file go."""
        ...


class Media(Protocol):
    """What the backup asks of the machine. Every call may raise ``OSError``; :func:`problem_of` gives it words."""

    def volumes(self) -> tuple[Volume, ...]:
        """The keys that are plugged in."""
        ...

    def volume(self, folder: Path) -> Volume:
        """The volume that holds this folder."""
        ...

    def names(self, folder: Path) -> tuple[str, ...]:
        """Names of the files in a folder, sorted."""
        ...

    def size(self, path: Path) -> int:
        """Length of a file in bytes."""
        ...

    def create(self, path: Path) -> Writer:
        """Begin a file that must not be there yet."""
        ...

    def open(self, path: Path) -> Reader:
        """Read a file, from memory where the system still has it."""
        ...

    def open_on_medium(self, path: Path) -> Reader:
        """Read a file from the medium itself: what the system has in memory proves nothing."""
        ...

    def rename(self, source: Path, target: Path) -> None:
        """Give a file its final name; never over another file (``FileExistsError``)."""
        ...

    def remove(self, path: Path) -> None:
        """Remove a file; one that is not there is no error."""
        ...

    def hide(self, path: Path) -> None:
        """Keep a file out of the user's sight where the system can."""
        ...

    def eject(self, volume: Volume) -> None:
        """Make a key safe to pull out."""
        ...

    def wait(self, seconds: float) -> None:
        """Let an antivirus finish."""
        ...


class SystemMedia:
    """The computer's own media."""

    def volumes(self) -> tuple[Volume, ...]:
        """The keys that are plugged in."""
        return _system().removable_volumes()

    def volume(self, folder: Path) -> Volume:
        """The volume that holds this folder."""
        return _system().volume_of(folder)

    def names(self, folder: Path) -> tuple[str, ...]:
        """Names of the files in a folder, sorted."""
        with os.scandir(folder) as entries:
            return tuple(sorted(entry.name for entry in entries if entry.is_file(follow_symlinks=False)))

    def size(self, path: Path) -> int:
        """Length of a file in bytes."""
        return path.stat().st_size

    def create(self, path: Path) -> Writer:
        """Begin a file that must not be there yet."""
        return _SyncedFile(path)

    def open(self, path: Path) -> Reader:
        """Read a file."""
        return path.open("rb", buffering=0)

    def open_on_medium(self, path: Path) -> Reader:
        """Read a file past the system's memory."""
        return _system().open_past_cache(path)

    def rename(self, source: Path, target: Path) -> None:
        """Give a file its final name, on the medium when this returns."""
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        _system().move(source, target)

    def remove(self, path: Path) -> None:
        """Remove a file; one that is not there is no error."""
        path.unlink(missing_ok=True)

    def hide(self, path: Path) -> None:
        """Set the hidden attribute on Windows; the name's dot does it elsewhere."""
        _system().hide(path)

    def eject(self, volume: Volume) -> None:
        """Unmount the key.

        Raises:
            Problem: ``media.not_ejected``.
        """
        try:
            _system().eject(volume)
        except OSError as error:
            raise Problem("media.not_ejected", name=volume.label or str(volume.root)) from error

    def wait(self, seconds: float) -> None:
        """Let an antivirus finish."""
        time.sleep(seconds)


class _SyncedFile:
    """An exclusive file without a buffer of its own."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("xb", buffering=0)

    def write(self, data: bytes, /) -> None:
        """Append all of ``data``; the system may take it in pieces."""
        left = memoryview(data)
        while left:
            written = self._stream.write(left)
            left = left[written or 0 :]

    def sync(self) -> None:
        """Return when what was written is on the medium."""
        os.fsync(self._stream.fileno())

    def close(self) -> None:
        """Let the file go."""
        self._stream.close()


class _System(Protocol):
    """What each system's module offers."""

    def removable_volumes(self) -> tuple[Volume, ...]: ...
    def volume_of(self, folder: Path) -> Volume: ...
    def open_past_cache(self, path: Path) -> Reader: ...
    def move(self, source: Path, target: Path) -> None: ...
    def hide(self, path: Path) -> None: ...
    def eject(self, volume: Volume) -> None: ...


def _system() -> _System:
    if sys.platform == "win32":
        from antenne.base import media_windows as own
    else:
        from antenne.base import media_linux as own
    return own


_GONE: Final = frozenset({errno.ENODEV, errno.ENXIO, errno.ENOTCONN, errno.ESTALE, errno.ENOENT, errno.ENOTDIR})
_LOCKED: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_WINDOWS: Final = {
    **dict.fromkeys((2, 3, 15, 21, 31, 55, 433, 1006, 1110, 1112, 1167, 1617), "media.gone"),
    **dict.fromkeys((5, 19, 32, 33), "media.read_only"),
    **dict.fromkeys((39, 112), "media.full"),
    **dict.fromkeys((13, 23, 27, 483, 1117, 1392, 1393), "media.faulty"),
    223: "media.too_big",
}
"""Windows' own error numbers: the C library folds a removed key into EINVAL."""


def problem_of(error: OSError, path: Path) -> Problem:
    """What a failed call on a medium means to the user.

    Args:
        error: As raised.
        path: The file or folder that was worked on; only its name is quoted.

    Returns:
        A problem of ``media.gone``, ``media.read_only``, ``media.full``, ``media.too_big`` or ``media.faulty``.
    """
    own = _WINDOWS.get(getattr(error, "winerror", None) or 0)
    if own is not None:
        code = own
    elif error.errno in _GONE:
        code = "media.gone"
    elif error.errno in _LOCKED:
        code = "media.read_only"
    elif error.errno in _FULL:
        code = "media.full"
    else:
        code = "media.too_big" if error.errno == errno.EFBIG else "media.faulty"
    return Problem(code, name=path.name)


def read_exactly(reader: Reader, size: int) -> bytes:
    """The next ``size`` bytes, fewer only where the file ends."""
    parts = []
    while size > 0:
        part = reader.read(size)
        if not part:
            break
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def close_quietly(reader: Reader | Writer) -> None:
    """Close a file whose medium may be gone."""
    with contextlib.suppress(OSError):
        reader.close()
