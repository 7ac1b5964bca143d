"""One body of the confidential compartment: sealed, opened, deposited.

From outside, every body of a size class is alike: a deposit cannot be told from a record, nor a minute from a draft.
Layout: ``header 32 ‖ nonce 12 ‖ AES-256-GCM(padded JSON) ‖ tag 16``. The header is always a fresh X25519 public key:
for a deposit it carries the exchange, for a record it only salts the body's own key, so that both look the same.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from antenne.base.problems import Problem
from antenne.db.slots import KEY_BYTES, NONCE_BYTES, deposit_private_key, length_prefixed, sealed_key
from antenne.domain.violations import RulesBroken, Violation

FORMAT: Final = "antenne.sealed/1"
SIZES: Final = (4_096, 16_384, 65_536)
"""Padded lengths of the text, in bytes."""

OVERHEAD: Final = 32 + NONCE_BYTES + 16
ID_BYTES: Final = 16
_LENGTH_BYTES: Final = 4
_RECORD: Final = b"antenne/1/sealed-body"
_DEPOSIT: Final = b"antenne/1/deposit-body"


@dataclass(frozen=True, slots=True)
class Context:
    """Where a body belongs; a body moved to another office or epoch does not open.

    Attributes:
        db_id: The office.
        epoch: Rises with each rekey of the compartment.
    """

    db_id: str
    epoch: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A body that was opened, and whether it was dropped in by somebody who cannot read the compartment."""

    payload: dict[str, Any]
    deposited: bool


def new_id() -> bytes:
    """A random identifier, so that the order of the rows tells nothing."""
    return secrets.token_bytes(ID_BYTES)


def seal(key: bytes, context: Context, record_id: bytes, version: int, payload: Mapping[str, Any]) -> bytes:
    """Encrypt one record.

    Args:
        key: From :func:`antenne.db.slots.sealed_key`.
        context: Office and epoch.
        record_id: 16 bytes.
        version: Of this record, from 1.
        payload: JSON values only, the record's kind among them.

    Raises:
        RulesBroken: ``sealed.too_long``: more than 64 KiB of text.
    """
    header = X25519PrivateKey.generate().public_key().public_bytes_raw()
    return _encrypt(_body_key(key, header, _RECORD), header, _associated(context, record_id, version), payload)


def unseal(key: bytes, context: Context, record_id: bytes, version: int, body: bytes) -> dict[str, Any]:
    """Decrypt one record.

    Raises:
        Problem: ``sealed.damaged``: altered, moved, an older version put back, or another key.
    """
    header = body[:KEY_BYTES]
    return _decrypt(_body_key(key, header, _RECORD), _associated(context, record_id, version), body, record_id)


def deposit(public_key: bytes, context: Context, record_id: bytes, payload: Mapping[str, Any]) -> bytes:
    """Encrypt a note for the compartment without being able to read it back; its version is 1.

    Args:
        public_key: The compartment's, from the key file.
        context: Office and epoch.
        record_id: 16 bytes.
        payload: JSON values only.

    Raises:
        RulesBroken: ``sealed.too_long``.
    """
    ephemeral = X25519PrivateKey.generate()
    header = ephemeral.public_key().public_bytes_raw()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public_key))
    body_key = _body_key(shared, header, _DEPOSIT + public_key)
    return _encrypt(body_key, header, _associated(context, record_id, 1), payload)


def open_deposit(confidential_key: bytes, context: Context, record_id: bytes, body: bytes) -> dict[str, Any]:
    """Read a deposited note.

    Args:
        confidential_key: The compartment's root; the private key is derived from it.
        context: Office and epoch.
        record_id: As deposited.
        body: As stored.

    Raises:
        Problem: ``sealed.damaged``.
    """
    return _open_deposit(deposit_private_key(confidential_key), context, record_id, body)


class Opener:
    """Opens many bodies of one office, whichever way they came in; keeps the derived keys while it lives."""

    def __init__(self, confidential_key: bytes, context: Context) -> None:
        """Derive the keys once."""
        self._key = sealed_key(confidential_key)
        self._private = deposit_private_key(confidential_key)
        self._context = context

    def open(self, record_id: bytes, version: int, body: bytes) -> Opened:
        """Open a record or a deposit.

        Raises:
            Problem: ``sealed.damaged``.
        """
        try:
            return Opened(unseal(self._key, self._context, record_id, version, body), deposited=False)
        except Problem:
            if version != 1:
                raise
        return Opened(_open_deposit(self._private, self._context, record_id, body), deposited=True)


def padded(payload: Mapping[str, Any]) -> bytes:
    """The JSON text with its length, filled up to the next of :data:`SIZES`.

    Raises:
        RulesBroken: ``sealed.too_long``.
    """
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")
    whole = len(text).to_bytes(_LENGTH_BYTES, "big") + text
    for size in SIZES:
        if len(whole) <= size:
            return whole.ljust(size, b"\0")
    raise RulesBroken(Violation("sealed.too_long", None, (("size", len(text)), ("longest", SIZES[-1]))))


def _open_deposit(private: X25519PrivateKey, context: Context, record_id: bytes, body: bytes) -> dict[str, Any]:
    header = body[:KEY_BYTES]
    own = private.public_key().public_bytes_raw()
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(header))
    except ValueError as error:  # too short, or a point of small order
        raise Problem("sealed.damaged", id=record_id.hex()) from error
    return _decrypt(_body_key(shared, header, _DEPOSIT + own), _associated(context, record_id, 1), body, record_id)


def _encrypt(key: bytes, header: bytes, associated: bytes, payload: Mapping[str, Any]) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return header + nonce + AESGCM(key).encrypt(nonce, padded(payload), associated)


def _decrypt(key: bytes, associated: bytes, body: bytes, record_id: bytes) -> dict[str, Any]:
    if len(body) - OVERHEAD not in SIZES:
        raise Problem("sealed.damaged", id=record_id.hex())
    nonce = body[KEY_BYTES : KEY_BYTES + NONCE_BYTES]
    try:
        plain = AESGCM(key).decrypt(nonce, body[KEY_BYTES + NONCE_BYTES :], associated)
    except InvalidTag:
        raise Problem("sealed.damaged", id=record_id.hex()) from None
    length = int.from_bytes(plain[:_LENGTH_BYTES], "big")
    payload: dict[str, Any] = json.loads(plain[_LENGTH_BYTES : _LENGTH_BYTES + length])
    return payload


def _body_key(key: bytes, header: bytes, purpose: bytes) -> bytes:
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=header, info=purpose).derive(key)


def _associated(context: Context, record_id: bytes, version: int) -> bytes:
    if len(record_id) != ID_BYTES:
        raise ValueError("a record's identifier has 16 bytes")
    return length_prefixed(
        FORMAT.encode(),
        context.db_id.encode(),
        context.epoch.to_bytes(8, "big"),
        record_id,
        version.to_bytes(8, "big"),
    )
