"""The container of a backup: a ZIP of three stored members, every byte of which is determined.

``manifest.json``, ``antenne.cles``, ``base.db``, in this order, zip64, no compression; the ZIP comment is the SHA-256
of all before it. Python's own ``zipfile`` opens it, and so does any tool; but a reader here never lists or extracts: it
**rebuilds every header from the manifest** and compares every byte and the length of the file, so that no bit that a
ZIP leaves uncovered can change unseen. The manifest carries an HMAC under the office's key: a forged one, or one whose
``base.db`` holds an older page, is seen by whoever has a passphrase.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from antenne.base.media import BUFFER, Reader, close_quietly, problem_of, read_exactly
from antenne.base.problems import Problem
from antenne.db.manifest import BASE, KEYS, Manifest, Member, parse, serialize

MANIFEST: Final = "manifest.json"
MAX_MANIFEST: Final = 1 << 20

_ZIP64_VERSION: Final = 45
_UTF8_NAMES: Final = 0x0800
_IN_ZIP64: Final = 0xFFFFFFFF
_LOCAL: Final = struct.Struct("<4s5H3I2H")
_LOCAL_EXTRA: Final = struct.Struct("<2H2Q")
_CENTRAL: Final = struct.Struct("<4s6H3I5H2I")
_CENTRAL_EXTRA: Final = struct.Struct("<2H3Q")
_END64: Final = struct.Struct("<4sQ2H2I4Q")
_LOCATOR: Final = struct.Struct("<4sIQI")
_END: Final = struct.Struct("<4s4H2IH")
COMMENT_LENGTH: Final = 64
_TRAILER: Final = (
    3 * (_CENTRAL.size + _CENTRAL_EXTRA.size)
    + len(MANIFEST + KEYS + BASE)
    + _END64.size
    + _LOCATOR.size
    + _END.size
    + COMMENT_LENGTH
)


# --- the bytes around the base --------------------------------------------------------------------------------------


def head(manifest: Manifest, keys: bytes) -> bytes:
    """Everything before the bytes of ``base.db``: two whole members and a header."""
    own = serialize(manifest)
    stamp = _dos_time(manifest.created)
    return b"".join(
        (
            _local(MANIFEST, own_member(own), stamp),
            own,
            _local(KEYS, manifest.keys, stamp),
            keys,
            _local(BASE, manifest.base, stamp),
        )
    )


def tail(manifest: Manifest) -> bytes:
    """Everything after the bytes of ``base.db`` but the comment: directory and ends."""
    own = own_member(serialize(manifest))
    stamp = _dos_time(manifest.created)
    directory, offset = b"", 0
    for name, member in ((MANIFEST, own), (KEYS, manifest.keys), (BASE, manifest.base)):
        directory += _central(name, member, stamp, offset)
        offset += _LOCAL.size + len(name) + _LOCAL_EXTRA.size + member.size
    end64 = _END64.pack(b"PK\6\6", _END64.size - 12, _ZIP64_VERSION, _ZIP64_VERSION, 0, 0, 3, 3, len(directory), offset)
    locator = _LOCATOR.pack(b"PK\6\7", 0, offset + len(directory), 1)
    end = _END.pack(b"PK\5\6", 0, 0, 3, 3, len(directory), _IN_ZIP64, COMMENT_LENGTH)
    return directory + end64 + locator + end


def length(manifest: Manifest) -> int:
    """Bytes of the whole file."""
    return base_offset(manifest) + manifest.base.size + _TRAILER


def base_offset(manifest: Manifest) -> int:
    """Where the bytes of ``base.db`` begin."""
    headers = 3 * (_LOCAL.size + _LOCAL_EXTRA.size) + len(MANIFEST + KEYS + BASE)
    return headers + len(serialize(manifest)) + manifest.keys.size


def crc(data: bytes) -> int:
    """The checksum that a ZIP wants."""
    return zlib.crc32(data)


def own_member(manifest: bytes) -> Member:
    """The manifest's own place in the ZIP."""
    return Member(MANIFEST, len(manifest), "", zlib.crc32(manifest))


# --- reading --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Opening:
    """What was read and compared before the base: the manifest, the key file's bytes, and all those bytes."""

    manifest: Manifest
    keys: bytes
    head: bytes


def read_opening(reader: Reader, size: int) -> Opening:
    """Read and compare everything before ``base.db``, and the length of the file.

    Args:
        reader: At the beginning of the file.
        size: Length of the file.

    Raises:
        Problem: ``backup.not_one`` (another kind of file), ``backup.damaged``, ``backup.newer_format``.
        OSError: The medium.
    """
    first = _LOCAL.size + len(MANIFEST) + _LOCAL_EXTRA.size
    start = read_exactly(reader, first)
    if start[:4] != b"PK\3\4":
        raise Problem("backup.damaged" if len(start) < first else "backup.not_one")
    if len(start) < first:
        raise Problem("backup.damaged")
    long = int(_LOCAL_EXTRA.unpack(start[-_LOCAL_EXTRA.size :])[2])
    if not 0 < long <= min(MAX_MANIFEST, size):
        raise Problem("backup.damaged")
    own = read_exactly(reader, long)
    manifest = parse(own)
    rest = read_exactly(reader, base_offset(manifest) - first - long)
    skipped = _LOCAL.size + len(KEYS) + _LOCAL_EXTRA.size
    keys = rest[skipped : skipped + manifest.keys.size]
    whole = start + own + rest
    if whole != head(manifest, keys) or size != length(manifest):
        raise Problem("backup.damaged")
    if hashlib.sha256(keys).hexdigest() != manifest.keys.sha256 or zlib.crc32(keys) != manifest.keys.crc32:
        raise Problem("backup.damaged")
    return Opening(manifest, keys, whole)


def read_quickly(reader: Reader, size: int) -> Opening:
    """Compare everything but the bytes of ``base.db`` and the comment: enough to list a key, no proof.

    Raises:
        Problem: As :func:`read_opening`.
        OSError: The medium.
    """
    opening = read_opening(reader, size)
    reader.seek(base_offset(opening.manifest) + opening.manifest.base.size)
    expected = tail(opening.manifest)
    if read_exactly(reader, len(expected)) != expected:
        raise Problem("backup.damaged")
    return opening


def read_whole(reader: Reader, size: int, passed: Callable[[bytes, int], None]) -> Opening:
    """Read the whole file once and compare every byte of it.

    Args:
        reader: At the beginning of the file.
        size: Length of the file.
        passed: Called with each piece of ``base.db`` and how much of it is behind: to copy it, to say how far.

    Raises:
        Problem: As :func:`read_opening`.
        OSError: The medium, or what ``passed`` writes to.
    """
    opening = read_opening(reader, size)
    manifest = opening.manifest
    whole, base, crc = hashlib.sha256(opening.head), hashlib.sha256(), 0
    left = manifest.base.size
    while left:
        piece = reader.read(min(BUFFER, left))
        if not piece:
            raise Problem("backup.damaged")
        whole.update(piece)
        base.update(piece)
        crc = zlib.crc32(piece, crc)
        left -= len(piece)
        passed(piece, manifest.base.size - left)
    expected = tail(manifest)
    whole.update(expected)
    expected += whole.hexdigest().encode("ascii")
    if read_exactly(reader, len(expected) + 1) != expected:
        raise Problem("backup.damaged")
    if base.hexdigest() != manifest.base.sha256 or crc != manifest.base.crc32:
        raise Problem("backup.damaged")
    return opening


def is_same(reader: Reader, manifest: Manifest, keys: bytes, comment: bytes, passed: Callable[[int], None]) -> bool:
    """Whether a file is, to the byte, the one that was to be written; one hash is enough for that.

    Args:
        reader: At the beginning of the file.
        manifest: What it must hold.
        keys: The bytes of its key file.
        comment: What it must end with.
        passed: Called with the number of bytes that are behind.

    Raises:
        OSError: The medium.
    """
    first, base = head(manifest, keys), hashlib.sha256()
    same, left = read_exactly(reader, len(first)) == first, manifest.base.size
    while left and (piece := reader.read(min(BUFFER, left))):
        base.update(piece)
        left -= len(piece)
        passed(len(first) + manifest.base.size - left)
    last = tail(manifest) + comment
    same = same and base.hexdigest() == manifest.base.sha256 and read_exactly(reader, len(last) + 1) == last
    passed(length(manifest))
    return same


@contextlib.contextmanager
def named(path: Path) -> Iterator[None]:
    """Give a failed call on the medium its words."""
    try:
        yield
    except OSError as error:
        raise problem_of(error, path) from error


@contextlib.contextmanager
def opened(reader: Reader) -> Iterator[Reader]:
    """Close a file whose medium may be gone by then."""
    try:
        yield reader
    finally:
        close_quietly(reader)


# --- inside ---------------------------------------------------------------------------------------------------------


def _local(name: str, member: Member, stamp: tuple[int, int]) -> bytes:
    extra = _LOCAL_EXTRA.pack(1, _LOCAL_EXTRA.size - 4, member.size, member.size)
    fixed = _LOCAL.pack(
        b"PK\3\4",
        _ZIP64_VERSION,
        _UTF8_NAMES,
        0,
        *stamp,
        member.crc32,
        _IN_ZIP64,
        _IN_ZIP64,
        len(name),
        len(extra),
    )
    return fixed + name.encode("ascii") + extra


def _central(name: str, member: Member, stamp: tuple[int, int], offset: int) -> bytes:
    extra = _CENTRAL_EXTRA.pack(1, _CENTRAL_EXTRA.size - 4, member.size, member.size, offset)
    fixed = _CENTRAL.pack(
        b"PK\1\2",
        _ZIP64_VERSION,
        _ZIP64_VERSION,
        _UTF8_NAMES,
        0,
        *stamp,
        member.crc32,
        _IN_ZIP64,
        _IN_ZIP64,
        len(name),
        len(extra),
        0,
        0,
        0,
        0,
        _IN_ZIP64,
    )
    return fixed + name.encode("ascii") + extra


def _dos_time(at: dt.datetime) -> tuple[int, int]:
    """The manifest's instant as a ZIP writes it: time, then day; years before 1980 do not exist there."""
    year = min(max(at.year - 1980, 0), 127)
    return at.hour << 11 | at.minute << 5 | at.second // 2, year << 9 | at.month << 5 | at.day
