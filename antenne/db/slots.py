"""One key slot: a passphrase or a recovery code wraps the two keys of the office.

Also the subkeys: whatever needs a key takes its own, made by HKDF with a purpose, so that no key serves twice.
A slot never tells who may do what: without the right to the compartment it wraps 32 random bytes in the place of the
confidential key. A right-holder's phrase wraps that key under the mask of the file (:mod:`antenne.db.key_file`); a
recovery code wraps the key itself.
"""

from __future__ import annotations

import datetime as dt
import secrets
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from antenne.base.problems import Problem
from antenne.domain import recovery
from antenne.domain.passphrases import MAX_LENGTH, normalise
from antenne.domain.violations import RulesBroken, Violation

Kind = Literal["passphrase", "recovery"]

ROLES: Final = ("responsable", "secretaire", "caissiere", "ecoutante", "lecture")
"""Codes of the roles, in the order of their bits inside the wrap: never reorder, only append (six at most)."""

KEY_BYTES: Final = 32
SALT_BYTES: Final = 16
NONCE_BYTES: Final = 12
LABEL_LENGTH: Final = 40
_REAL_CONFIDENTIAL: Final = 0x80
_MASKED: Final = 0x40
_PLAIN_BYTES: Final = 2 * KEY_BYTES + 1
WRAP_BYTES: Final = _PLAIN_BYTES + 16
"""Length of every ciphertext: two keys, one byte of roles, the tag."""

MIN_MEMORY: Final = 65_536
MAX_MEMORY: Final = 262_144
_MAX_CALIBRATED_MEMORY: Final = 131_072
MIN_PASSES: Final = 3
MAX_PASSES: Final = 16
MAX_LANES: Final = 8


@dataclass(frozen=True, slots=True)
class KdfParams:
    """Cost of Argon2id.

    Attributes:
        memory: ``m``, in KiB.
        passes: ``t``.
        lanes: ``p``.
    """

    memory: int = MIN_MEMORY
    passes: int = MIN_PASSES
    lanes: int = 4

    def check(self) -> None:
        """Refuse costs that would freeze or starve the computer; called before any derivation.

        Raises:
            Problem: ``keys.kdf_refused``.
        """
        if not (
            MIN_MEMORY <= self.memory <= MAX_MEMORY
            and MIN_PASSES <= self.passes <= MAX_PASSES
            and 1 <= self.lanes <= MAX_LANES
        ):
            raise Problem("keys.kdf_refused")


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot as it stands in ``antenne.cles``; nothing in it is secret.

    Attributes:
        id: 32 hexadecimal digits; the base links it to a user.
        label: Neutral name she picks at login (a place, an animal).
        kind: ``passphrase`` or ``recovery``.
        created: UTC, ``2026-11-22T15:10:00Z``.
        kdf: Cost of the derivation.
        salt: 16 bytes.
        nonce: 12 bytes.
        wrapped: The wrapped keys, :data:`WRAP_BYTES` long.
    """

    id: str
    label: str
    kind: Kind
    created: str
    kdf: KdfParams
    salt: bytes
    nonce: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class OfficeKeys:
    """The two random keys of an office; ``confidential_key`` is None without the right to the compartment."""

    base_key: bytes = field(repr=False)
    confidential_key: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Unlocked(OfficeKeys):
    """What a passphrase opened.

    Attributes:
        roles: Codes of :data:`ROLES`, read from inside the wrap: the ``users`` table cannot give any.
        slot_id: The slot that opened.
    """

    roles: frozenset[str]
    slot_id: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What one slot holds, before the file says what its second place is worth.

    Attributes:
        base_key: Opens the base.
        place: The second place: the confidential key, or that key under the mask; None without the right.
        masked: The mask of the file lies over ``place``.
        roles: Codes of :data:`ROLES`.
        slot_id: The slot.
    """

    base_key: bytes = field(repr=False)
    place: bytes | None = field(repr=False)
    masked: bool
    roles: frozenset[str]
    slot_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSlot:
    """A slot to be made.

    Attributes:
        label: Neutral name, 1 to 40 characters, unlike the others.
        secret: Passphrase, or recovery code as printed or typed.
        roles: Codes of :data:`ROLES`.
        may_open_confidential: Wrap the confidential key; otherwise random bytes.
        kind: ``passphrase`` or ``recovery``.
        slot_id: Keep this identifier (a rekey keeps the link to the user); None draws a new one.
    """

    label: str
    secret: str = field(repr=False)
    roles: frozenset[str]
    may_open_confidential: bool
    kind: Kind = "passphrase"
    slot_id: str | None = None


def new_keys() -> OfficeKeys:
    """Draw both keys of a new or rekeyed office from the system."""
    return OfficeKeys(secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES))


def calibrate(target_seconds: float, timer: Callable[[], float] = time.perf_counter) -> KdfParams:
    """Measure this computer and choose a cost near ``target_seconds`` for one try.

    64 MiB are kept as long as more passes are enough: the office's PC has 4 GB. 128 MiB only on a computer so fast that
    the highest number of passes is too quick.
    """
    start = timer()
    _argon2(b"calibration", bytes(SALT_BYTES), KdfParams())
    one_pass = max(timer() - start, 1e-6) / MIN_PASSES
    memory = MIN_MEMORY
    passes = int(target_seconds / one_pass)
    if passes > MAX_PASSES:
        memory, passes = _MAX_CALIBRATED_MEMORY, passes // 2
    return KdfParams(memory, min(max(passes, MIN_PASSES), MAX_PASSES))


def label_key(label: str) -> str:
    """The form in which two labels are compared: « Le  Baobab » is « le baobab »."""
    return " ".join(unicodedata.normalize("NFKC", label).casefold().split())


def prepare_secret(text: str, kind: Kind) -> bytes:
    """Bring what was typed to the bytes that are derived, whatever the keyboard, the spaces or the case of a code.

    Raises:
        RulesBroken: Empty, longer than 1,024 characters, or (recovery) not a code; nothing is derived then.
    """
    if len(text) > MAX_LENGTH:
        raise RulesBroken(Violation("passphrase.too_long", "passphrase", (("longest", MAX_LENGTH),)))
    if kind == "recovery":
        decoded = recovery.decode(text)
        if isinstance(decoded, Violation):
            raise RulesBroken(decoded)
        return recovery.encode(decoded.value, decoded.kind).encode("ascii")
    clean = normalise(text)
    if not clean:
        raise RulesBroken(Violation("passphrase.empty", "passphrase"))
    if len(clean) > MAX_LENGTH or not _encodable(clean):
        raise RulesBroken(Violation("passphrase.too_long", "passphrase", (("longest", MAX_LENGTH),)))
    return clean.encode("utf-8")


def check_new(slot: NewSlot, keys: OfficeKeys) -> tuple[Violation, ...]:
    """All that is wrong with a slot to be made, but the clash with other labels."""
    found: list[Violation] = []
    label = label_key(slot.label)
    if not label:
        found.append(Violation("keys.label_missing", "label"))
    elif len(slot.label) > LABEL_LENGTH or not slot.label.isprintable():
        found.append(Violation("keys.label_unfit", "label", (("longest", LABEL_LENGTH),)))
    if not slot.roles or not slot.roles <= set(ROLES):
        found.append(Violation("keys.roles_missing", "roles"))
    if slot.may_open_confidential and keys.confidential_key is None:
        found.append(Violation("keys.confidential_not_held", "roles"))
    return tuple(found)


def wrap(
    slot: NewSlot, keys: OfficeKeys, *, db_id: str, created: dt.datetime, kdf: KdfParams, mask: bytes | None
) -> Slot:
    """Make the slot: derive a key from its secret and wrap the office's keys with it (one Argon2id run).

    Args:
        slot: What is wanted.
        keys: The office's.
        db_id: Of the file.
        created: Aware instant.
        kdf: Cost.
        mask: Of the file, laid over the confidential key unless a recovery code wraps it; None in a file without one.
    """
    kdf.check()
    secret = prepare_secret(slot.secret, slot.kind)
    place, flags = _second_place(slot, keys, mask)
    byte = sum(1 << ROLES.index(role) for role in slot.roles) | flags
    shell = Slot(
        id=slot.slot_id or secrets.token_hex(16),
        label=slot.label,
        kind=slot.kind,
        created=created.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        kdf=kdf,
        salt=secrets.token_bytes(SALT_BYTES),
        nonce=secrets.token_bytes(NONCE_BYTES),
        wrapped=b"",
    )
    plain = keys.base_key + place + bytes([byte])
    wrapped = AESGCM(_argon2(secret, shell.salt, kdf)).encrypt(shell.nonce, plain, _associated(shell, db_id))
    return Slot(shell.id, shell.label, shell.kind, shell.created, kdf, shell.salt, shell.nonce, wrapped)


def _second_place(slot: NewSlot, keys: OfficeKeys, mask: bytes | None) -> tuple[bytes, int]:
    if not slot.may_open_confidential or keys.confidential_key is None:
        return secrets.token_bytes(KEY_BYTES), 0
    if mask is None or slot.kind == "recovery":
        return keys.confidential_key, _REAL_CONFIDENTIAL
    return masked(keys.confidential_key, mask), _REAL_CONFIDENTIAL | _MASKED


def masked(key: bytes, mask: bytes) -> bytes:
    """The key under the mask; the same again takes it off."""
    return bytes(one ^ other for one, other in zip(key, mask, strict=True))


def unwrap(slot: Slot, secret: bytes, db_id: str) -> Opened | None:
    """Try one slot (one Argon2id run); None when the secret is not its own or the slot was altered.

    Args:
        slot: The slot.
        secret: What :func:`prepare_secret` gave.
        db_id: Of the file the slot stands in.

    Raises:
        Problem: ``keys.kdf_refused``, before anything is derived.
    """
    slot.kdf.check()
    try:
        plain = AESGCM(_argon2(secret, slot.salt, slot.kdf)).decrypt(slot.nonce, slot.wrapped, _associated(slot, db_id))
    except InvalidTag:
        return None
    byte = plain[-1]
    place = plain[KEY_BYTES : 2 * KEY_BYTES] if byte & _REAL_CONFIDENTIAL else None
    roles = frozenset(role for bit, role in enumerate(ROLES) if byte & 1 << bit)
    return Opened(plain[:KEY_BYTES], place, bool(byte & _MASKED), roles, slot.id)


def subkey(key: bytes, purpose: str, length: int = KEY_BYTES) -> bytes:
    """A key for one purpose, by HKDF-SHA256; the other way round nothing can be learnt."""
    return HKDF(hashes.SHA256(), length, salt=None, info=b"antenne/1/" + purpose.encode("ascii")).derive(key)


def cipher_key(base_key: bytes) -> str:
    """SQLCipher's raw key and salt: 96 hexadecimal digits."""
    return subkey(base_key, "cipher", KEY_BYTES + SALT_BYTES).hex()


def slot_mac_key(base_key: bytes) -> bytes:
    """Authenticates ``antenne.cles``."""
    return subkey(base_key, "key-slots-mac")


def manifest_mac_key(base_key: bytes) -> bytes:
    """Authenticates a backup's manifest."""
    return subkey(base_key, "manifest-mac")


def manifest_encryption_key(base_key: bytes) -> bytes:
    """Encrypts the counts and the anchor inside a backup's manifest (AES-256-GCM)."""
    return subkey(base_key, "manifest-encryption")


def sealed_counts_key(base_key: bytes) -> bytes:
    """For the published counts, which reports read without the compartment."""
    return subkey(base_key, "sealed-counts")


def sealed_key(confidential_key: bytes) -> bytes:
    """Root of the sealed bodies' keys (:mod:`antenne.db.sealing`)."""
    return subkey(confidential_key, "sealed-records")


def deposit_private_key(confidential_key: bytes) -> X25519PrivateKey:
    """Opens deposits; derived, so nothing more has to be stored."""
    return X25519PrivateKey.from_private_bytes(subkey(confidential_key, "deposit-x25519"))


def deposit_public_key(confidential_key: bytes) -> bytes:
    """The compartment's public key, 32 bytes: any role may drop a note with it and nobody can read one."""
    return deposit_private_key(confidential_key).public_key().public_bytes_raw()


def length_prefixed(*parts: bytes) -> bytes:
    """Join parts so that no two different lists give the same bytes."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def _encodable(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text)


def _argon2(secret: bytes, salt: bytes, kdf: KdfParams) -> bytes:
    kdf.check()
    return Argon2id(salt=salt, length=KEY_BYTES, iterations=kdf.passes, lanes=kdf.lanes, memory_cost=kdf.memory).derive(
        secret
    )


def _associated(slot: Slot, db_id: str) -> bytes:
    """Everything of the slot but the ciphertext, so that no cost, label or kind can be changed unseen."""
    return length_prefixed(
        b"antenne.cles/1",
        db_id.encode(),
        slot.id.encode(),
        slot.label.encode(),
        slot.kind.encode(),
        slot.created.encode(),
        b"argon2id",
        *(value.to_bytes(4, "big") for value in (slot.kdf.memory, slot.kdf.passes, slot.kdf.lanes)),
        slot.salt,
        b"A256GCM",
        slot.nonce,
    )
