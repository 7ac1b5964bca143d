"""Who opens the office: making, changing and opening the key slots of ``antenne.cles``.

The file (:mod:`antenne.db.key_file`) is authenticated as a whole by the base key, so that a slot swapped, dropped or
put back by somebody who cannot open the base is seen at the next unlock.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace

from antenne.base.problems import Problem
from antenne.db import slots as _slots
from antenne.db.key_file import (
    FILE_NAME,
    MAX_BYTES,
    MAX_SLOTS,
    KeyFile,
    Shelter,
    close_shelter,
    digest,
    mask_of,
    new_shelter,
    parse,
    read_key_file,
    serialize,
    signed_bytes,
    write_key_file,
)
from antenne.db.slots import (
    KdfParams,
    NewSlot,
    OfficeKeys,
    Opened,
    Slot,
    Unlocked,
    calibrate,
    cipher_key,
    manifest_encryption_key,
    manifest_mac_key,
    new_keys,
    sealed_counts_key,
    sealed_key,
    slot_mac_key,
)
from antenne.domain import recovery
from antenne.domain.violations import RulesBroken, Violation

__all__ = [
    "FILE_NAME",
    "MAX_BYTES",
    "MAX_SLOTS",
    "KdfParams",
    "KeyFile",
    "NewSlot",
    "OfficeKeys",
    "Slot",
    "Unlocked",
    "add_slot",
    "calibrate",
    "cipher_key",
    "digest",
    "manifest_encryption_key",
    "manifest_mac_key",
    "new_key_file",
    "new_keys",
    "parse",
    "read_key_file",
    "remove_slot",
    "replace_slot",
    "rewrap",
    "sealed_counts_key",
    "sealed_key",
    "serialize",
    "shelter",
    "slot_mac_key",
    "unlock",
    "unshelter",
    "verify_mac",
    "write_key_file",
]


def new_key_file(
    slots: Sequence[NewSlot],
    *,
    created: dt.datetime,
    kdf: KdfParams,
    db_id: str | None = None,
    keys: OfficeKeys | None = None,
) -> tuple[KeyFile, OfficeKeys]:
    """Draw the keys of a new office and wrap them, one Argon2id run for each slot.

    Args:
        slots: Who may open; at least one.
        created: Aware instant.
        kdf: From :func:`calibrate`.
        db_id: The office's identifier; None draws one.
        keys: Keys already drawn; None draws them.

    Raises:
        RulesBroken: A label is missing, unfit or taken twice, a secret is empty or too long, or there are too many
            slots.
    """
    own = keys or new_keys()
    if own.confidential_key is None:
        raise ValueError("a new office needs both keys")
    _check_all(slots, own)
    identity = db_id or secrets.token_hex(16)
    shelter = new_shelter()
    made = tuple(_slots.wrap(slot, own, db_id=identity, created=created, kdf=kdf, mask=shelter.mask) for slot in slots)
    public = _slots.deposit_public_key(own.confidential_key)
    return _signed(KeyFile(identity, 1, public, made, b"", shelter), own), own


def rewrap(
    old: KeyFile, slots: Sequence[NewSlot], *, created: dt.datetime, kdf: KdfParams, keys: OfficeKeys | None = None
) -> tuple[KeyFile, OfficeKeys]:
    """Make the file of a rekey: new keys, every slot anew, the next generation, the same office.

    Args:
        old: The file being replaced.
        slots: Everyone who stays, each with her fresh phrase; ``slot_id`` keeps the link to her user.
        created: Aware instant.
        kdf: From :func:`calibrate`.
        keys: The new keys; None draws both. Where nobody who held the compartment leaves, the caller passes a new base
            key with the old confidential key.

    Raises:
        RulesBroken: As :func:`new_key_file`.
    """
    fresh, own = new_key_file(slots, created=created, kdf=kdf, db_id=old.db_id, keys=keys)
    return _signed(replace(fresh, generation=old.generation + 1), own), own


def add_slot(keyfile: KeyFile, keys: OfficeKeys, slot: NewSlot, *, created: dt.datetime, kdf: KdfParams) -> KeyFile:
    """Let one more person in.

    Raises:
        RulesBroken: As :func:`new_key_file`; also ``keys.confidential_not_held`` where the giver cannot open the
            compartment.
        Problem: ``keys.tampered``.
    """
    verify_mac(keyfile, keys.base_key)
    _check_all([slot], keys, keyfile.slots)
    mask = _mask(keyfile, keys)
    made = _slots.wrap(slot, keys, db_id=keyfile.db_id, created=created, kdf=kdf, mask=mask)
    return _signed(replace(keyfile, generation=keyfile.generation + 1, slots=(*keyfile.slots, made)), keys)


def replace_slot(
    keyfile: KeyFile, keys: OfficeKeys, slot_id: str, slot: NewSlot, *, created: dt.datetime, kdf: KdfParams
) -> KeyFile:
    """Put a new slot in the place of one: a recovery code that was used, a one-time phrase at her first login.

    This revokes nothing by itself (an old copy of the file still opens with the old secret): a leaver is a
    :func:`rewrap`.

    Raises:
        RulesBroken: As :func:`add_slot`.
        KeyError: No such slot.
    """
    verify_mac(keyfile, keys.base_key)
    if keyfile.slot(slot_id) is None:
        raise KeyError(slot_id)
    _check_all([slot], keys, [other for other in keyfile.slots if other.id != slot_id])
    mask = _mask(keyfile, keys)
    made = _slots.wrap(slot, keys, db_id=keyfile.db_id, created=created, kdf=kdf, mask=mask)
    kept = tuple(made if other.id == slot_id else other for other in keyfile.slots)
    return _signed(replace(keyfile, generation=keyfile.generation + 1, slots=kept), keys)


def remove_slot(keyfile: KeyFile, keys: OfficeKeys, slot_id: str) -> KeyFile:
    """Take a slot out.

    Raises:
        RulesBroken: ``keys.last_slot``: nobody could open any more.
        KeyError: No such slot.
    """
    verify_mac(keyfile, keys.base_key)
    if keyfile.slot(slot_id) is None:
        raise KeyError(slot_id)
    kept = tuple(slot for slot in keyfile.slots if slot.id != slot_id)
    if not any(slot.kind == "passphrase" for slot in kept):
        raise RulesBroken(Violation("keys.last_slot"))
    return _signed(replace(keyfile, generation=keyfile.generation + 1, slots=kept), keys)


def shelter(keyfile: KeyFile, keys: OfficeKeys) -> KeyFile:
    """Take the mask out of the file: from now on only a recovery code that wraps the confidential key gives it.

    An older copy of the file still holds the mask: with the phrase of a right-holder it opens as before.

    Raises:
        Problem: ``keys.tampered``; ``keys.shelter_old_format``: the slots of this file wrap the confidential key bare.
    """
    verify_mac(keyfile, keys.base_key)
    if keyfile.shelter is None:
        raise Problem("keys.shelter_old_format")
    if keyfile.shelter.mask is None:
        return keyfile
    closed = close_shelter(keyfile.shelter.mask, keyfile.compartment, keyfile.db_id)
    return _signed(replace(keyfile, generation=keyfile.generation + 1, shelter=closed), keys)


def unshelter(keyfile: KeyFile, keys: OfficeKeys, above: int = 0) -> KeyFile:
    """Put the mask back: every right-holder's phrase opens the compartment again.

    Args:
        keyfile: The file in force.
        keys: Both keys, the confidential one from the recovery code.
        above: The generation the base remembers; an older file that was put back must rise over it.

    Raises:
        Problem: ``keys.tampered``.
    """
    verify_mac(keyfile, keys.base_key)
    mask = _mask(keyfile, keys)
    generation = max(keyfile.generation, above) + 1
    opened = keyfile.shelter if mask is None else Shelter(mask)
    return _signed(replace(keyfile, generation=generation, shelter=opened), keys)


def unlock(keyfile: KeyFile, secret: str, label: str | None) -> Unlocked:
    """Open the office with a passphrase or a recovery code.

    While the compartment is sheltered, a phrase gives no confidential key.

    Args:
        keyfile: From :func:`parse`.
        secret: As typed.
        label: Exactly this slot is tried (spaces and case do not matter); None tries every slot of the secret's kind:
            a text that reads as a recovery code tries the recovery slots first.

    Raises:
        RulesBroken: Empty, or more than 1,024 characters; nothing is derived.
        Problem: ``keys.unknown_label``, ``keys.wrong_passphrase``, ``keys.kdf_refused`` (before anything is derived),
            or ``keys.tampered``: the secret is right and something else in the file was changed.
    """
    phrase = _slots.prepare_secret(secret, "passphrase")
    for slot in keyfile.slots:
        slot.kdf.check()
    code = recovery.decode(secret)
    typed_code = None if isinstance(code, Violation) else _slots.prepare_secret(secret, "recovery")
    for slot in _candidates(keyfile, label, recovery_first=typed_code is not None):
        tried = phrase if slot.kind == "passphrase" else typed_code
        opened = None if tried is None else _slots.unwrap(slot, tried, keyfile.db_id)
        if opened is not None:
            verify_mac(keyfile, opened.base_key)
            return Unlocked(opened.base_key, _confidential(keyfile, opened), opened.roles, opened.slot_id)
    raise Problem("keys.wrong_passphrase")


def verify_mac(keyfile: KeyFile, base_key: bytes) -> None:
    """Check that nothing in the file was changed by somebody without the base key.

    Raises:
        Problem: ``keys.tampered``.
    """
    if not hmac.compare_digest(_mac(keyfile, base_key), keyfile.mac):
        raise Problem("keys.tampered")


def _confidential(keyfile: KeyFile, opened: Opened) -> bytes | None:
    """What the second place of a slot is worth with the mask of its file."""
    if opened.place is None or (opened.masked and keyfile.sheltered):
        return None
    key = opened.place
    if opened.masked:
        mask = keyfile.shelter.mask if keyfile.shelter is not None else None
        key = _slots.masked(key, mask or bytes(_slots.KEY_BYTES))
    if _slots.deposit_public_key(key) != keyfile.compartment:
        raise Problem("keys.tampered")
    return key


def _mask(keyfile: KeyFile, keys: OfficeKeys) -> bytes | None:
    """The mask that a new slot is wrapped under; None where there is none, or no key to lay it over."""
    if keyfile.shelter is None or keys.confidential_key is None:
        return None
    return mask_of(keyfile.shelter, keys.confidential_key, keyfile.db_id)


def _candidates(keyfile: KeyFile, label: str | None, *, recovery_first: bool) -> Iterable[Slot]:
    if label is None:
        return sorted(keyfile.slots, key=lambda slot: (slot.kind == "recovery") != recovery_first)
    wanted = _slots.label_key(label)
    found = [slot for slot in keyfile.slots if _slots.label_key(slot.label) == wanted]
    if not found:
        raise Problem("keys.unknown_label", label=label)
    return found


def _check_all(wanted: Sequence[NewSlot], keys: OfficeKeys, present: Sequence[Slot] = ()) -> None:
    found = [violation for slot in wanted for violation in _slots.check_new(slot, keys)]
    if len(wanted) + len(present) > MAX_SLOTS:
        found.append(Violation("keys.slots_full", None, (("most", MAX_SLOTS),)))
    if not wanted:
        found.append(Violation("keys.last_slot"))
    labels = [slot.label for slot in present] + [slot.label for slot in wanted]
    taken = [_slots.label_key(label) for label in labels]
    if len(set(taken)) < len(taken):
        found.append(Violation("keys.label_taken", "label"))
    if found:
        raise RulesBroken(*found)


def _mac(keyfile: KeyFile, base_key: bytes) -> bytes:
    return hmac.digest(slot_mac_key(base_key), signed_bytes(keyfile), hashlib.sha256)


def _signed(keyfile: KeyFile, keys: OfficeKeys) -> KeyFile:
    return replace(keyfile, mac=_mac(keyfile, keys.base_key))
