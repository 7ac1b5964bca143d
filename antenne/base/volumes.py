"""What a medium is to the program: a volume, and a file being read from it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    r"""One disk, partition or key.

    Attributes:
        root: Where it is mounted: ``E:\\`` or ``/media/…``.
        label: « ANTENNE-1 », or empty.
        serial: As the system tells it, or empty.
        filesystem: « FAT32 », « vfat », « NTFS ».
        free: Bytes that may be written.
        total: Bytes in all.
        removable: A key, not the computer's disk.
        read_only: Mounted or locked so that nothing can be written.
        device: What ejects it.
    """

    root: Path
    label: str
    serial: str
    filesystem: str
    free: int
    total: int
    removable: bool
    read_only: bool = False
    device: str = ""


class Reader(Protocol):
    """A file being read."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, fewer at the end, none after it."""
        ...

    def seek(self, offset: int, /) -> int:
        """Go on at ``offset``, counted from the beginning."""
        ...

    def close(self) -> None:
        """Let the file go."""
        ...
