"""What a backup says of itself: ``manifest.json``, its encrypted part and its HMAC.

There is one way to write a manifest; a reader accepts exactly that one. Row counts and the anchor are encrypted; the
HMAC under the office's key covers everything, the hash of ``base.db`` included, so that a forged manifest or an older
page put back is seen by whoever has a passphrase.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import json
import re
import secrets
from dataclasses import dataclass, replace
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from antenne.base.problems import Problem
from antenne.db import key_file
from antenne.db.slots import NONCE_BYTES, length_prefixed, manifest_encryption_key, manifest_mac_key
from antenne.domain.backups import Anchor, BackupFile, Contents

FORMAT: Final = "antenne.sauvegarde"
VERSION: Final = 1
KEYS: Final = key_file.FILE_NAME
BASE: Final = "base.db"
_MAX_SIZE: Final = 1 << 50
_PADDING: Final = 1024
"""The encrypted counts are filled up to a multiple of this, so that their length tells nothing."""

_STAMP: Final = "%Y-%m-%dT%H:%M:%SZ"
_HEX32: Final = re.compile(r"[0-9a-f]{32}", re.ASCII)
_SHA: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_WORD: Final = re.compile(r"[0-9A-Za-z._+-]{1,64}", re.ASCII)


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
