"""The mask of the confidential key: while it stands in the key file a right-holder's phrase opens the compartment.

Every right-holding slot wraps the confidential key XOR one random mask, kept once in ``antenne.cles``. « Mise à
l'abri » encrypts the mask to the compartment's own public key and drops it from the file: no phrase gives the
confidential key any more, and whoever holds that key (the code *confidentiel*) finds the mask, so everyone's access,
again. Nothing of a slot changes, so nobody's phrase is needed either way.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from antenne.base.problems import Problem
from antenne.db.slots import KEY_BYTES, NONCE_BYTES, deposit_private_key, length_prefixed

SEALED_BYTES: Final = KEY_BYTES + NONCE_BYTES + KEY_BYTES + 16
"""Header, nonce, the mask, the tag."""

_PURPOSE: Final = b"antenne/1/shelter"


@dataclass(frozen=True, slots=True)
class Shelter:
    """Where the mask is: in clear, or only for the confidential key; one of the two is None.

    Attributes:
        mask: 32 bytes, while phrases open the compartment.
        sealed: :data:`SEALED_BYTES`, while the compartment is sheltered.
    """

    mask: bytes | None = field(repr=False)
    sealed: bytes | None = None


def new_shelter() -> Shelter:
    """A fresh mask, in clear: an office that is not sheltered."""
    return Shelter(secrets.token_bytes(KEY_BYTES))


def close(mask: bytes, public_key: bytes, db_id: str) -> Shelter:
    """Encrypt the mask for the compartment alone; neither the confidential key nor any phrase is needed.

    Args:
        mask: In clear until now.
        public_key: The compartment's X25519 key, from the key file.
        db_id: The office.

    Raises:
        Problem: ``keys.tampered``: no such public key can be.
    """
    ephemeral = X25519PrivateKey.generate()
    header, nonce = ephemeral.public_key().public_bytes_raw(), secrets.token_bytes(NONCE_BYTES)
    try:
        shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public_key))
    except ValueError as error:  # a point of small order
        raise Problem("keys.tampered") from error
    key = _key(shared, header, public_key)
    return Shelter(None, header + nonce + AESGCM(key).encrypt(nonce, mask, _associated(db_id)))


def mask_of(shelter: Shelter, confidential_key: bytes, db_id: str) -> bytes:
    """The mask, from wherever it is.

    Raises:
        Problem: ``keys.tampered``: what was sheltered is not what this key opens.
    """
    if shelter.sealed is None:
        return shelter.mask or bytes(KEY_BYTES)
    private = deposit_private_key(confidential_key)
    header, rest = shelter.sealed[:KEY_BYTES], shelter.sealed[KEY_BYTES:]
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(header))
        key = _key(shared, header, private.public_key().public_bytes_raw())
        return AESGCM(key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], _associated(db_id))
    except (InvalidTag, ValueError) as error:  # ValueError: a point of small order
        raise Problem("keys.tampered") from error


def _key(shared: bytes, header: bytes, public_key: bytes) -> bytes:
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=header, info=_PURPOSE + public_key).derive(shared)


def _associated(db_id: str) -> bytes:
    return length_prefixed(b"antenne.cles/2", b"shelter", db_id.encode())
