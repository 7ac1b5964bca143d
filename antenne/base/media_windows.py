"""Removable media on Windows, by its own calls through ctypes. Imported there only."""

from __future__ import annotations

import ctypes
import mmap
import os
import shutil
import sys
from ctypes import wintypes
from pathlib import Path
from typing import Final

from antenne.base.volumes import Reader, Volume

assert sys.platform == "win32"

_DRIVE_REMOVABLE: Final = 2
_GENERIC_READ: Final = 0x80000000
_GENERIC_WRITE: Final = 0x40000000
_SHARE_READ: Final = 1
_SHARE_WRITE: Final = 2
_OPEN_EXISTING: Final = 3
_NO_BUFFERING: Final = 0x20000000
_SEQUENTIAL: Final = 0x08000000
_HIDDEN: Final = 2
_READ_ONLY_VOLUME: Final = 0x00080000
_WRITE_THROUGH: Final = 8
_LOCK_VOLUME: Final = 0x00090018
_DISMOUNT_VOLUME: Final = 0x00090020
_MEDIA_REMOVAL: Final = 0x002D4804
_EJECT_MEDIA: Final = 0x002D4808
_NO_HANDLE: Final = ctypes.c_void_p(-1).value
_SECTOR: Final = 65536
"""Reads past the cache start and end on a multiple of this: no key has longer sectors."""
_NAME_LENGTH: Final = 261

_kernel = ctypes.WinDLL("kernel32", use_last_error=True)
_kernel.CreateFileW.restype = wintypes.HANDLE
_kernel.CreateFileW.argtypes = [
    wintypes.LPCWSTR,
    wintypes.DWORD,
    wintypes.DWORD,
    ctypes.c_void_p,
    wintypes.DWORD,
    wintypes.DWORD,
    wintypes.HANDLE,
]
_kernel.ReadFile.argtypes = [
    wintypes.HANDLE,
    ctypes.c_void_p,
    wintypes.DWORD,
    ctypes.POINTER(wintypes.DWORD),
    ctypes.c_void_p,
]
_kernel.SetFilePointerEx.argtypes = [wintypes.HANDLE, ctypes.c_longlong, ctypes.c_void_p, wintypes.DWORD]
_kernel.CloseHandle.argtypes = [wintypes.HANDLE]
_kernel.DeviceIoControl.argtypes = [
    wintypes.HANDLE,
    wintypes.DWORD,
    ctypes.c_void_p,
    wintypes.DWORD,
    ctypes.c_void_p,
    wintypes.DWORD,
    ctypes.POINTER(wintypes.DWORD),
    ctypes.c_void_p,
]


def removable_volumes() -> tuple[Volume, ...]:
    """The drives that Windows calls removable and that hold a medium."""
    found = []
    drives = _kernel.GetLogicalDrives()
    for place in range(26):
        root = f"{chr(ord('A') + place)}:\\"
        if drives >> place & 1 and _kernel.GetDriveTypeW(root) == _DRIVE_REMOVABLE:
            try:
                found.append(_volume(Path(root)))
            except OSError:  # a card reader without a card
                continue
    return tuple(found)


def volume_of(folder: Path) -> Volume:
    """The volume that holds this folder."""
    name = ctypes.create_unicode_buffer(_NAME_LENGTH)
    _must(_kernel.GetVolumePathNameW(str(folder.resolve(strict=True)), name, _NAME_LENGTH))
    return _volume(Path(name.value))


def open_past_cache(path: Path) -> Reader:
    """Read without the system's memory in between."""
    return _PastCache(path)


def move(source: Path, target: Path) -> None:
    """Rename, on the medium when this returns; refuses to replace a file."""
    _must(_kernel.MoveFileExW(str(source), str(target), _WRITE_THROUGH))


def hide(path: Path) -> None:
    """Set the hidden attribute."""
    _must(_kernel.SetFileAttributesW(str(path), _HIDDEN))


def eject(volume: Volume) -> None:
    """Lock, dismount and eject."""
    handle = _kernel.CreateFileW(
        f"\\\\.\\{volume.root.drive}",
        _GENERIC_READ | _GENERIC_WRITE,
        _SHARE_READ | _SHARE_WRITE,
        None,
        _OPEN_EXISTING,
        0,
        None,
    )
    if handle == _NO_HANDLE:
        raise ctypes.WinError(ctypes.get_last_error())
    allow = ctypes.c_ubyte(0)
    try:
        for code, argument in (
            (_LOCK_VOLUME, None),
            (_DISMOUNT_VOLUME, None),
            (_MEDIA_REMOVAL, allow),
            (_EJECT_MEDIA, None),
        ):
            _control(handle, code, argument)
    finally:
        _kernel.CloseHandle(handle)


def _control(handle: int, code: int, argument: ctypes.c_ubyte | None) -> None:
    given = wintypes.DWORD()
    pointer = None if argument is None else ctypes.byref(argument)
    length = 0 if argument is None else 1
    _must(_kernel.DeviceIoControl(handle, code, pointer, length, None, 0, ctypes.byref(given), None))


def _volume(root: Path) -> Volume:
    label = ctypes.create_unicode_buffer(_NAME_LENGTH)
    kind = ctypes.create_unicode_buffer(_NAME_LENGTH)
    serial, longest, flags = wintypes.DWORD(), wintypes.DWORD(), wintypes.DWORD()
    _must(
        _kernel.GetVolumeInformationW(
            str(root),
            label,
            _NAME_LENGTH,
            ctypes.byref(serial),
            ctypes.byref(longest),
            ctypes.byref(flags),
            kind,
            _NAME_LENGTH,
        )
    )
    space = shutil.disk_usage(root)
    return Volume(
        root=root,
        label=label.value,
        serial=f"{serial.value >> 16:04X}-{serial.value & 0xFFFF:04X}",
        filesystem=kind.value,
        free=space.free,
        total=space.total,
        removable=_kernel.GetDriveTypeW(str(root)) == _DRIVE_REMOVABLE,
        read_only=bool(flags.value & _READ_ONLY_VOLUME),
        device=root.drive,
    )


def _must(succeeded: int) -> None:
    if not succeeded:
        raise ctypes.WinError(ctypes.get_last_error())


class _PastCache:
    """A file read with ``FILE_FLAG_NO_BUFFERING``: whole sectors into memory aligned to a page."""

    def __init__(self, path: Path) -> None:
        self._size = path.stat().st_size
        self._at = 0
        self._handle: int | None = _kernel.CreateFileW(
            str(path), _GENERIC_READ, _SHARE_READ, None, _OPEN_EXISTING, _NO_BUFFERING | _SEQUENTIAL, None
        )
        if self._handle == _NO_HANDLE:
            raise ctypes.WinError(ctypes.get_last_error())
        self._memory = mmap.mmap(-1, _SECTOR)

    def read(self, size: int, /) -> bytes:
        """The next bytes: the sectors that hold them are read, what was not asked for is left out."""
        size = min(size, self._size - self._at)
        if size <= 0:
            return b""
        first = self._at - self._at % _SECTOR
        length = -(-(self._at + size - first) // _SECTOR) * _SECTOR
        if len(self._memory) < length:
            self._memory.close()
            self._memory = mmap.mmap(-1, length)
        _must(_kernel.SetFilePointerEx(self._handle, first, None, os.SEEK_SET))
        view = ctypes.c_char.from_buffer(self._memory)
        got = wintypes.DWORD()
        try:
            _must(_kernel.ReadFile(self._handle, ctypes.addressof(view), length, ctypes.byref(got), None))
        finally:
            del view  # or the memory could not be closed
        data = self._memory[self._at - first : min(self._at - first + size, got.value)]
        self._at += len(data)
        return data

    def seek(self, offset: int, /) -> int:
        """Go on at ``offset``."""
        self._at = offset
        return offset

    def close(self) -> None:
        """Let the file go."""
        if self._handle is not None:
            _kernel.CloseHandle(self._handle)
            self._handle = None
            self._memory.close()
