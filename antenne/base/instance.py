"""Whether a data folder can be worked in: on the computer's own disk, writable, and whole.

Nothing here opens the base or knows a key; the names of the two files come in as arguments.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import sys
from pathlib import Path
from typing import Final, Protocol

from antenne.base.problems import Problem

PAGE_BYTES: Final = 4096
"""Page of the encrypted file: a file that is no multiple of it was cut while it was copied."""

_NETWORK: Final = frozenset(
    ("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "9p", "afs", "ncpfs", "davfs", "fuse.sshfs", "fuse.davfs2")
)
_DRIVE_REMOTE: Final = 4
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


class Machine(Protocol):
    """What is asked of the computer about a folder that exists."""

    def removable(self, folder: Path) -> bool:
        """On a key or a card."""
        ...

    def remote(self, folder: Path) -> bool:
        """On another computer."""
        ...

    def try_writing(self, folder: Path) -> None:
        """Make a file there and take it away again.

        Raises:
            OSError: It cannot be done.
        """
        ...


class SystemMachine:
    """The computer itself. What it cannot tell counts as an ordinary disk."""

    def removable(self, folder: Path) -> bool:
        """On a key or a card."""
        from antenne.base.media import SystemMedia

        with contextlib.suppress(OSError):
            return SystemMedia().volume(folder).removable
        return False

    def remote(self, folder: Path) -> bool:
        """On another computer."""
        if sys.platform == "win32":
            import ctypes

            real = folder.resolve()
            found = (
                str(real).startswith("\\\\")
                or int(ctypes.WinDLL("kernel32").GetDriveTypeW(real.anchor)) == _DRIVE_REMOTE
            )
        else:
            from antenne.base.media import SystemMedia

            found = False
            with contextlib.suppress(OSError):
                found = SystemMedia().volume(folder).filesystem.lower() in _NETWORK
        return found

    def try_writing(self, folder: Path) -> None:
        """Make an empty file and take it away again."""
        path = folder / f".{secrets.token_hex(6)}"
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        path.unlink()


def check_place(folder: Path, machine: Machine) -> None:
    """Refuse a folder where a base would be slow, lost or left unwritten.

    A folder that is not there yet is judged by the nearest one above it.

    Raises:
        Problem: ``office.removable``, ``office.network``, ``office.not_folder``, ``db.read_only`` or ``db.full``.
    """
    there = folder.absolute()
    while not there.exists() and there != there.parent:
        there = there.parent
    if not there.is_dir():
        raise Problem("office.not_folder", path=str(there))
    if machine.removable(there):
        raise Problem("office.removable")
    if machine.remote(there):
        raise Problem("office.network")
    try:
        machine.try_writing(there)
    except OSError as error:
        raise Problem("db.full" if error.errno in _FULL else "db.read_only") from error


def check_whole(base: Path, keys: Path, pending: Path | None = None) -> None:
    """Refuse a folder that was copied by half: one file of the two, or a base whose end is missing.

    Args:
        base: The encrypted base.
        keys: The key file.
        pending: What a change of keys leaves while it is finished; it may stand for the base.

    Raises:
        Problem: ``office.half``. An empty folder is no problem: nothing was begun there.
    """
    has_base = base.exists() or (pending is not None and pending.exists())
    if has_base and not keys.exists():
        raise Problem("office.half", missing=keys.name)
    if keys.exists() and not has_base:
        raise Problem("office.half", missing=base.name)
    if base.exists():
        size = base.stat().st_size
        if size == 0 or size % PAGE_BYTES:
            raise Problem("office.half", missing=f"la fin de {base.name}")
