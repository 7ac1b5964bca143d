"""Removable media on Linux: ``/proc/mounts``, ``/dev/disk``, ``posix_fadvise``."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from antenne.base.volumes import Reader, Volume

assert sys.platform != "win32"

MOUNTS: Final = Path("/proc/mounts")
_REMOVABLE: Final = ("/media/", "/run/media/")
_ESCAPE: Final = re.compile(r"\\([0-7]{3})")
_EJECT_SECONDS: Final = 30


def removable_volumes(mounts: Path = MOUNTS) -> tuple[Volume, ...]:
    """What desktop environments mount for the user."""
    found = []
    for device, where, kind, options in _mounts(mounts):
        if where.startswith(_REMOVABLE):
            try:
                found.append(_volume(device, Path(where), kind, options))
            except OSError:  # pulled out between the two looks
                continue
    return tuple(found)


def volume_of(folder: Path, mounts: Path = MOUNTS) -> Volume:
    """The mount that holds this folder: the longest one that its path begins with."""
    real = folder.resolve(strict=True)
    best = ("", "/", "", "")
    for mount in _mounts(mounts):
        if real.is_relative_to(mount[1]) and len(mount[1]) >= len(best[1]):
            best = mount
    device, where, kind, options = best
    return _volume(device, Path(where), kind, options)


def open_past_cache(path: Path) -> Reader:
    """Drop the file's pages from memory (they are clean after a sync), then read."""
    stream = path.open("rb", buffering=0)
    try:
        os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_SEQUENTIAL)
    except OSError:
        stream.close()
        raise
    return stream


def move(source: Path, target: Path) -> None:
    """Rename, and have the folder written."""
    source.rename(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def hide(path: Path) -> None:
    """The dot of the name hides it."""


def eject(volume: Volume) -> None:
    """Write what is left and unmount, by the desktop's own tool where there is one."""
    os.sync()
    tool = shutil.which("udisksctl")
    command = [tool, "unmount", "-b", volume.device] if tool else ["umount", str(volume.root)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_EJECT_SECONDS, check=False)  # noqa: S603 - fixed words and a device the kernel named
    except subprocess.TimeoutExpired as error:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY)) from error
    if done.returncode:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))


def _mounts(mounts: Path) -> list[tuple[str, str, str, str]]:
    lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    rows = [line.split(" ") for line in lines]
    return [(_plain(row[0]), _plain(row[1]), row[2], row[3]) for row in rows if len(row) > 3]  # noqa: PLR2004 - the four columns used


def _plain(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 8)), text)


def _volume(device: str, root: Path, kind: str, options: str) -> Volume:
    state = os.statvfs(root)
    return Volume(
        root=root,
        label=_link_to(device, "by-label") or (root.name if str(root).startswith(_REMOVABLE) else ""),
        serial=_link_to(device, "by-uuid"),
        filesystem=kind,
        free=state.f_bavail * state.f_frsize,
        total=state.f_blocks * state.f_frsize,
        removable=str(root).startswith(_REMOVABLE),
        read_only="ro" in options.split(","),
        device=device,
    )


def _link_to(device: str, how: str) -> str:
    """The name under which ``/dev/disk`` links to a device: its label or identifier; empty when there is none."""
    folder = Path("/dev/disk") / how
    if not device.startswith("/dev/") or not folder.is_dir():
        return ""
    real = os.path.realpath(device)
    for link in sorted(folder.iterdir()):
        if os.path.realpath(link) == real:
            return re.sub(r"\\x([0-9a-f]{2})", lambda found: chr(int(found[1], 16)), link.name)
    return ""
