"""``antenne.cles`` as a file: what it holds, how it is read, checked and written.

It holds at most sixteen slots and tells neither names nor roles. Everything is bounded before anything is derived: a
forged file can neither starve nor freeze the computer. :mod:`antenne.db.keys` says what is done with it.

Every right-holding slot wraps the confidential key XOR one random mask, kept once in this file. « Mise à l'abri »
encrypts the mask to the compartment's own public key and drops it: no phrase gives the confidential key any more, and
whoever holds that key (the code *confidentiel*) finds the mask, so everyone's access, again. Nothing of a slot changes,
so nobody's phrase is needed either way.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import errno
import hashlib
import json
import os
import re
import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from antenne.base.problems import Problem
from antenne.db import slots as _slots
from antenne.db.slots import KdfParams, Slot

FILE_NAME: Final = "antenne.cles"
FORMAT: Final = "antenne.cles"
VERSION: Final = 2
"""The first version has no mask: its slots wrap the confidential key bare."""

UNMASKED_VERSION: Final = 1
MAX_SLOTS: Final = 16
MAX_BYTES: Final = 65_536
_HEX32: Final = re.compile(r"[0-9a-f]{32}", re.ASCII)
_CREATED: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_MAX_GENERATION: Final = 2**53
_RETRIES: Final = 10
SEALED_BYTES: Final = _slots.KEY_BYTES + _slots.NONCE_BYTES + _slots.KEY_BYTES + 16
"""Header, nonce, the mask, the tag."""

_SHELTER_PURPOSE: Final = b"antenne/1/shelter"


@dataclass(frozen=True, slots=True)
class Shelter:
    """Where the mask is: in clear, or only for the confidential key; one of the two is None.

    Attributes:
        mask: 32 bytes, while phrases open the compartment.
        sealed: :data:`SEALED_BYTES`, while the compartment is sheltered.
    """

    mask: bytes | None = field(repr=False)
    sealed: bytes | None = None


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The whole file, as parsed; no field is secret.

    Attributes:
        db_id: 32 hexadecimal digits, the office's own.
        generation: Rises at every change; the base echoes it with :func:`digest`.
        compartment: X25519 public key of the confidential compartment, 32 bytes.
        slots: One to sixteen.
        mac: HMAC-SHA256 of all the rest under the base key, 32 bytes.
        shelter: Where the mask of the confidential key is; None in a file of the first version.
        format: Always ``antenne.cles``.
    """

    db_id: str
    generation: int
    compartment: bytes
    slots: tuple[Slot, ...]
    mac: bytes
    shelter: Shelter | None = None
    format: str = FORMAT

    @property
    def version(self) -> int:
        """Of the format: a file of the first version keeps it until the next change of all keys."""
        return UNMASKED_VERSION if self.shelter is None else VERSION

    @property
    def sheltered(self) -> bool:
        """Whether no phrase gives the confidential key."""
        return self.shelter is not None and self.shelter.sealed is not None

    def labels(self) -> tuple[str, ...]:
        """Labels of the passphrase slots, for the login."""
        return tuple(slot.label for slot in self.slots if slot.kind == "passphrase")

    def slot(self, slot_id: str) -> Slot | None:
        """The slot of that identifier."""
        return next((slot for slot in self.slots if slot.id == slot_id), None)


def new_shelter() -> Shelter:
    """A fresh mask, in clear: an office that is not sheltered."""
    return Shelter(secrets.token_bytes(_slots.KEY_BYTES))


def close_shelter(mask: bytes, public_key: bytes, db_id: str) -> Shelter:
    """Encrypt the mask for the compartment alone; neither the confidential key nor any phrase is needed.

    Args:
        mask: In clear until now.
        public_key: The compartment's X25519 key, from the key file.
        db_id: The office.

    Raises:
        Problem: ``keys.tampered``: no such public key can be.
    """
    ephemeral = X25519PrivateKey.generate()
    header, nonce = ephemeral.public_key().public_bytes_raw(), secrets.token_bytes(_slots.NONCE_BYTES)
    try:
        shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public_key))
    except ValueError as error:  # a point of small order
        raise Problem("keys.tampered") from error
    key = _shelter_key(shared, header, public_key)
    return Shelter(None, header + nonce + AESGCM(key).encrypt(nonce, mask, _shelter_associated(db_id)))


def mask_of(shelter: Shelter, confidential_key: bytes, db_id: str) -> bytes:
    """The mask, from wherever it is.

    Raises:
        Problem: ``keys.tampered``: what was sheltered is not what this key opens.
    """
    if shelter.sealed is None:
        return shelter.mask or bytes(_slots.KEY_BYTES)
    private = _slots.deposit_private_key(confidential_key)
    header, rest = shelter.sealed[: _slots.KEY_BYTES], shelter.sealed[_slots.KEY_BYTES :]
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(header))
        key = _shelter_key(shared, header, private.public_key().public_bytes_raw())
        return AESGCM(key).decrypt(rest[: _slots.NONCE_BYTES], rest[_slots.NONCE_BYTES :], _shelter_associated(db_id))
    except (InvalidTag, ValueError) as error:  # ValueError: a point of small order
        raise Problem("keys.tampered") from error


def digest(keyfile: KeyFile) -> str:
    """SHA-256 of the file's canonical bytes, 64 hexadecimal digits: the base echoes it."""
    return hashlib.sha256(serialize(keyfile)).hexdigest()


def serialize(keyfile: KeyFile) -> bytes:
    """The one way this file is written: compact JSON, UTF-8, a fixed order of names."""
    return _compact(_content(keyfile) | {"mac": _text(keyfile.mac)})


def read_key_file(path: Path) -> KeyFile:
    """Read and check ``antenne.cles``.

    Raises:
        Problem: ``keys.missing``, ``keys.unreadable``, or as :func:`parse`.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise Problem("keys.missing", path=str(path)) from None
    except OSError as error:
        raise Problem("keys.unreadable", path=str(path)) from error
    return parse(data)


def parse(data: bytes) -> KeyFile:
    """Read the bytes of a key file; accepts exactly what :func:`serialize` writes and nothing near it.

    Raises:
        Problem: ``keys.too_large``, ``keys.damaged``, ``keys.newer_format``, ``keys.too_many_slots`` or
            ``keys.kdf_refused``.
    """
    if len(data) > MAX_BYTES:
        raise Problem("keys.too_large", longest=MAX_BYTES)
    try:
        content = json.loads(data.decode("utf-8"))
        if _is_newer(content):
            raise Problem("keys.newer_format")
        keyfile = _keyfile(content)
        exact = serialize(keyfile) == data
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Problem("keys.damaged") from error
    if not exact:
        raise Problem("keys.damaged")
    return keyfile


def write_key_file(path: Path, keyfile: KeyFile) -> None:
    """Write beside, flush to the medium, then take the place of the old file in one step; never half-written.

    Raises:
        Problem: ``keys.no_space`` or ``keys.not_written``; the old file is as it was and nothing is left beside it.
    """
    data = serialize(keyfile)
    parse(data)
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        _take_place(part, path)
        _sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        code = "keys.no_space" if error.errno == errno.ENOSPC else "keys.not_written"
        raise Problem(code, path=str(path)) from error


def _take_place(part: Path, path: Path) -> None:
    """Rename; on Windows an antivirus may hold the file for a moment."""
    for _ in range(_RETRIES - 1):
        try:
            part.replace(path)
        except PermissionError:
            time.sleep(0.1)
        else:
            return
    part.replace(path)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def signed_bytes(keyfile: KeyFile) -> bytes:
    """What the MAC covers: all of the file but the MAC itself."""
    return _compact(_content(keyfile))


def _compact(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _content(keyfile: KeyFile) -> dict[str, Any]:
    content = {
        "format": keyfile.format,
        "version": keyfile.version,
        "generation": keyfile.generation,
        "db_id": keyfile.db_id,
        "compartment": {"alg": "X25519", "public": _text(keyfile.compartment)},
    }
    if keyfile.shelter is not None:
        content["shelter"] = _shelter_content(keyfile.shelter)
    return content | {"slots": [_slot_content(slot) for slot in keyfile.slots]}


def _shelter_content(shelter: Shelter) -> dict[str, Any]:
    if shelter.sealed is not None:
        return {"alg": "X25519-A256GCM", "sealed": _text(shelter.sealed)}
    return {"mask": _text(shelter.mask or b"")}


def _slot_content(slot: Slot) -> dict[str, Any]:
    kdf = {"alg": "argon2id", "m": slot.kdf.memory, "t": slot.kdf.passes, "p": slot.kdf.lanes, "salt": _text(slot.salt)}
    return {
        "id": slot.id,
        "label": slot.label,
        "type": slot.kind,
        "created": slot.created,
        "kdf": kdf,
        "wrap": {"alg": "A256GCM", "nonce": _text(slot.nonce), "ct": _text(slot.wrapped)},
    }


def _is_newer(content: object) -> bool:
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        return False
    version = content.get("version")
    return type(version) is int and version > VERSION


def _keyfile(content: Any) -> KeyFile:
    """Build the record; wrong types and values raise ValueError, KeyError or TypeError, which :func:`parse` turns."""
    if len(content["slots"]) > MAX_SLOTS:
        raise Problem("keys.too_many_slots", most=MAX_SLOTS)
    keyfile = KeyFile(
        db_id=_matching(content["db_id"], _HEX32),
        generation=_number(content["generation"], _MAX_GENERATION),
        compartment=_data(content["compartment"]["public"], _slots.KEY_BYTES),
        slots=tuple(_slot(item) for item in content["slots"]),
        mac=_data(content["mac"], hashlib.sha256().digest_size),
        shelter=_shelter(content),
    )
    identifiers = {slot.id for slot in keyfile.slots}
    labels = {_slots.label_key(slot.label) for slot in keyfile.slots}
    if not keyfile.slots or len(identifiers) < len(keyfile.slots) or len(labels) < len(keyfile.slots):
        raise ValueError("no slot, or two alike")
    return keyfile


def _shelter(content: Any) -> Shelter | None:
    if content["version"] == UNMASKED_VERSION:
        return None
    told = content["shelter"]
    if "sealed" in told:
        return Shelter(None, _data(told["sealed"], SEALED_BYTES))
    return Shelter(_data(told["mask"], _slots.KEY_BYTES))


def _slot(item: Any) -> Slot:
    kdf = KdfParams(*(_number(item["kdf"][name], None) for name in ("m", "t", "p")))
    kdf.check()
    label, kind = item["label"], item["type"]
    if not isinstance(label, str) or not _slots.label_key(label) or len(label) > _slots.LABEL_LENGTH:
        raise ValueError("label")
    if kind not in {"passphrase", "recovery"}:
        raise ValueError("type")
    return Slot(
        id=_matching(item["id"], _HEX32),
        label=label,
        kind=kind,
        created=_matching(item["created"], _CREATED),
        kdf=kdf,
        salt=_data(item["kdf"]["salt"], _slots.SALT_BYTES),
        nonce=_data(item["wrap"]["nonce"], _slots.NONCE_BYTES),
        wrapped=_data(item["wrap"]["ct"], _slots.WRAP_BYTES),
    )


def _number(value: object, highest: int | None) -> int:
    if type(value) is not int or value < 1 or (highest is not None and value > highest):
        raise ValueError("number")
    return value


def _matching(value: object, pattern: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError("text")
    return value


def _data(value: object, length: int) -> bytes:
    if not isinstance(value, str):
        raise TypeError("base64")
    try:
        data = base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise ValueError("base64") from error
    if len(data) != length:
        raise ValueError("length")
    return data


def _shelter_key(shared: bytes, header: bytes, public_key: bytes) -> bytes:
    return HKDF(hashes.SHA256(), _slots.KEY_BYTES, salt=header, info=_SHELTER_PURPOSE + public_key).derive(shared)


def _shelter_associated(db_id: str) -> bytes:
    return _slots.length_prefixed(b"antenne.cles/2", b"shelter", db_id.encode())
