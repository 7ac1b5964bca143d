"""The container of a backup: a ZIP of three stored members, every byte of which is determined.

``manifest.json``, ``antenne.cles``, ``base.db``, in this order, zip64, no compression; the ZIP comment is the SHA-256
of all before it. Python's own ``zipfile`` opens it, and so does any tool; but a reader here never lists or extracts: it
**rebuilds every header from the manifest** and compares every byte and the length of the file, so that no bit that a
ZIP leaves uncovered can change unseen. The manifest carries an HMAC under the office's key: a forged one, or one whose
``base.db`` holds an older page, is seen by whoever has a passphrase.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import datetime as dt
import hashlib
import hmac
import json
import re
import secrets
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from antenne.base.media import BUFFER, Reader, close_quietly, problem_of, read_exactly
from antenne.base.problems import Problem
from antenne.db import key_file
from antenne.db.slots import NONCE_BYTES, length_prefixed, manifest_encryption_key, manifest_mac_key
from antenne.domain.backups import Anchor, BackupFile, Contents

FORMAT: Final = "antenne.sauvegarde"
VERSION: Final = 1
MANIFEST: Final = "manifest.json"
KEYS: Final = key_file.FILE_NAME
BASE: Final = "base.db"
MAX_MANIFEST: Final = 1 << 20
_MAX_SIZE: Final = 1 << 50
_PADDING: Final = 1024
"""The encrypted counts are filled up to a multiple of this, so that their length tells nothing."""

_STAMP: Final = "%Y-%m-%dT%H:%M:%SZ"
_HEX32: Final = re.compile(r"[0-9a-f]{32}", re.ASCII)
_SHA: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_WORD: Final = re.compile(r"[0-9A-Za-z._+-]{1,64}", re.ASCII)

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


@dataclass(frozen=True, slots=True)
class Member:
    """One of the two members that the manifest describes."""

    name: str
    size: int
    sha256: str
    crc32: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says of itself.

    Attributes:
        db_id: Which office, 32 hexadecimal digits.
        counter: Its number, 0 for the copy made before a migration.
        created: Aware instant, to the second.
        program: Version of the program.
        schema: Revision of the tables.
        keys: The member ``antenne.cles``.
        base: The member ``base.db``.
        sealed: Nonce and ciphertext of counts and anchor.
        mac: HMAC-SHA256 of all the rest under the office's key.
    """

    db_id: str
    counter: int
    created: dt.datetime
    program: str
    schema: str
    keys: Member
    base: Member
    sealed: bytes
    mac: bytes = bytes(32)


# --- the manifest ---------------------------------------------------------------------------------------------------


def sign(manifest: Manifest, base_key: bytes, contents: Contents) -> Manifest:
    """Encrypt the contents into the manifest and authenticate it as a whole."""
    told = {
        "counts": dict(sorted(contents.counts.items())),
        "anchor": {
            "entries": contents.anchor.entries,
            "last_receipt": contents.anchor.last_receipt,
            "head": contents.anchor.head,
        },
    }
    text = json.dumps(told, separators=(",", ":")).encode("ascii")
    text = text.ljust(-(-len(text) // _PADDING) * _PADDING)
    nonce = secrets.token_bytes(NONCE_BYTES)
    cipher = AESGCM(manifest_encryption_key(base_key))
    sealed = nonce + cipher.encrypt(nonce, text, _associated(manifest))
    filled = replace(manifest, sealed=sealed)
    return replace(filled, mac=_mac(filled, base_key))


def is_signed_by(manifest: Manifest, base_key: bytes) -> bool:
    """Whether the manifest was made, unchanged, under this key."""
    return hmac.compare_digest(_mac(manifest, base_key), manifest.mac)


def contents_of(manifest: Manifest, base_key: bytes) -> Contents:
    """Decrypt what the backup holds.

    Raises:
        Problem: ``backup.forged``: altered, or made under another key.
    """
    nonce, sealed = manifest.sealed[:NONCE_BYTES], manifest.sealed[NONCE_BYTES:]
    try:
        text = AESGCM(manifest_encryption_key(base_key)).decrypt(nonce, sealed, _associated(manifest))
    except InvalidTag:
        raise Problem("backup.forged") from None
    told = json.loads(text)
    anchor = told["anchor"]
    return Contents(told["counts"], Anchor(anchor["entries"], anchor["last_receipt"], anchor["head"]))


def serialize(manifest: Manifest) -> bytes:
    """The one way a manifest is written."""
    return _compact(_content(manifest) | {"mac": _text(manifest.mac)})


def parse(data: bytes) -> Manifest:
    """Read a manifest; accepts exactly what :func:`serialize` writes.

    Raises:
        Problem: ``backup.damaged``, or ``backup.newer_format``.
    """
    try:
        content = json.loads(data.decode("utf-8"))
        if _is_newer(content):
            raise Problem("backup.newer_format")
        manifest = _manifest(content)
        exact = serialize(manifest) == data
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Problem("backup.damaged") from error
    if not exact:
        raise Problem("backup.damaged")
    return manifest


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


def told(manifest: Manifest, size: int) -> BackupFile:
    """What a manifest says without a key."""
    return BackupFile(
        db_id=manifest.db_id,
        counter=manifest.counter,
        created=manifest.created,
        program=manifest.program,
        schema=manifest.schema,
        size=size,
    )


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


def _associated(manifest: Manifest) -> bytes:
    return length_prefixed(
        f"{FORMAT}/{VERSION}".encode(),
        manifest.db_id.encode(),
        str(manifest.counter).encode(),
        manifest.created.strftime(_STAMP).encode(),
    )


def _mac(manifest: Manifest, base_key: bytes) -> bytes:
    return hmac.digest(manifest_mac_key(base_key), _compact(_content(manifest)), hashlib.sha256)


def _content(manifest: Manifest) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "db_id": manifest.db_id,
        "counter": manifest.counter,
        "created": manifest.created.strftime(_STAMP),
        "program": manifest.program,
        "schema": manifest.schema,
        "files": [
            {"name": member.name, "size": member.size, "sha256": member.sha256, "crc32": member.crc32}
            for member in (manifest.keys, manifest.base)
        ],
        "contents": _text(manifest.sealed),
    }


def _is_newer(content: object) -> bool:
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        return False
    version = content.get("version")
    return type(version) is int and version > VERSION


def _manifest(content: Any) -> Manifest:
    """Build the record; ValueError, KeyError or TypeError for what is wrong. Format, version: see the rewriting."""
    keys, base = content["files"]
    return Manifest(
        db_id=_matching(content["db_id"], _HEX32),
        counter=_number(content["counter"], 0, _MAX_SIZE),
        created=dt.datetime.strptime(content["created"], _STAMP).replace(tzinfo=dt.UTC),
        program=_matching(content["program"], _WORD),
        schema=_matching(content["schema"], _WORD),
        keys=_member(keys, KEYS, key_file.MAX_BYTES),
        base=_member(base, BASE, _MAX_SIZE),
        sealed=_data(content["contents"]),
        mac=_data(content["mac"]),
    )


def _member(item: Any, name: str, most: int) -> Member:
    if item["name"] != name:
        raise ValueError("name")
    return Member(
        name, _number(item["size"], 1, most), _matching(item["sha256"], _SHA), _number(item["crc32"], 0, 0xFFFFFFFF)
    )


def _number(value: object, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError("number")
    return value


def _matching(value: object, pattern: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError("text")
    return value


def _data(value: object) -> bytes:
    if not isinstance(value, str):
        raise TypeError("base64")
    try:
        return base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise ValueError("base64") from error


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _compact(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
