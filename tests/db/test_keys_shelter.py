"""The mask of the confidential key: taken out of the file, no phrase gives that key; the code puts everything back."""

from __future__ import annotations

import base64
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from antenne.base.problems import Problem
from antenne.db import keys, slots
from antenne.db.key_file import Shelter
from antenne.db.slots import deposit_public_key
from antenne.domain.recovery import CodeKind, encode
from tests.db.test_keys import CHEAPEST, LISTENER, NOW, SECRETARY, slot

RESPONSABLE = "tamis calebasse hibou rideau"
CODE = encode(2**100 + 7, CodeKind.CONFIDENTIAL)
FROZEN = Path(__file__).parents[1] / "fixtures" / "db" / "0.1.0"
Office = tuple[keys.KeyFile, keys.OfficeKeys]


def recovery(label: str, code: str) -> keys.NewSlot:
    return keys.NewSlot(
        label=label, secret=code, roles=frozenset({"responsable"}), may_open_confidential=True, kind="recovery"
    )


WANTED = (
    slot("Tamis", RESPONSABLE, "responsable", confidential=True),
    slot("Baobab", SECRETARY, "secretaire"),
    slot("Le Fleuve", LISTENER, "ecoutante", confidential=True),
    recovery("Enveloppe 2", CODE),
)
PHRASES = {"Tamis": RESPONSABLE, "Baobab": SECRETARY, "Le Fleuve": LISTENER}
HOLDERS = {"Tamis", "Le Fleuve"}


@pytest.fixture(scope="module")
def office() -> Office:
    return keys.new_key_file(WANTED, created=NOW, kdf=CHEAPEST)


@pytest.fixture(scope="module")
def sheltered(office: Office) -> keys.KeyFile:
    keyfile, own = office
    return keys.parse(keys.serialize(keys.shelter(keyfile, keys.OfficeKeys(own.base_key, None))))


def given(keyfile: keys.KeyFile) -> dict[str, bytes | None]:
    return {label: keys.unlock(keyfile, phrase, label).confidential_key for label, phrase in PHRASES.items()}


def test_an_open_file_gives_the_key_to_right_holders_only(office: Office) -> None:
    keyfile, own = office
    assert not keyfile.sheltered
    assert given(keyfile) == {label: own.confidential_key if label in HOLDERS else None for label in PHRASES}


def test_sheltered_no_phrase_gives_it_and_the_code_does(office: Office, sheltered: keys.KeyFile) -> None:
    keyfile, own = office
    assert sheltered.sheltered
    assert sheltered.generation == keyfile.generation + 1
    assert set(given(sheltered).values()) == {None}
    opened = keys.unlock(sheltered, RESPONSABLE, "Tamis")
    assert opened.base_key == own.base_key
    assert opened.roles == {"responsable"}
    assert keys.unlock(sheltered, CODE, None).confidential_key == own.confidential_key


def test_the_mask_is_nowhere_in_the_sheltered_file_and_no_slot_changed(office: Office, sheltered: keys.KeyFile) -> None:
    keyfile, _ = office
    assert keyfile.shelter is not None
    assert keyfile.shelter.mask is not None
    written = keys.serialize(sheltered)
    assert base64.b64encode(keyfile.shelter.mask) not in written
    assert json.loads(written)["shelter"].keys() == {"alg", "sealed"}
    assert sheltered.slots == keyfile.slots


def test_the_second_place_alone_is_not_the_key(office: Office) -> None:
    keyfile, own = office
    found = slots.unwrap(keyfile.slots[2], slots.prepare_secret(LISTENER, "passphrase"), keyfile.db_id)
    assert found is not None
    assert found.masked
    assert found.place != own.confidential_key
    envelope = slots.unwrap(keyfile.slots[3], slots.prepare_secret(CODE, "recovery"), keyfile.db_id)
    assert envelope is not None
    assert (envelope.masked, envelope.place) == (False, own.confidential_key)


def test_reopened_everyone_has_her_access_back(office: Office, sheltered: keys.KeyFile) -> None:
    keyfile, own = office
    by_code = keys.unlock(sheltered, CODE, None)
    again = keys.unshelter(sheltered, by_code, above=9)
    assert given(again) == given(keyfile)
    assert again.generation == 10
    assert again.shelter == keyfile.shelter
    assert keys.unlock(keys.parse(keys.serialize(again)), CODE, None).confidential_key == own.confidential_key


def test_an_old_copy_with_a_right_holders_phrase_opens_as_is_said(office: Office, sheltered: keys.KeyFile) -> None:
    assert keys.unlock(sheltered, LISTENER, "Le Fleuve").confidential_key is None
    assert keys.unlock(office[0], LISTENER, "Le Fleuve").confidential_key == office[1].confidential_key


def test_sheltering_twice_is_sheltering_once(office: Office, sheltered: keys.KeyFile) -> None:
    assert keys.shelter(sheltered, office[1]) is sheltered


def test_a_slot_made_while_sheltered_opens_after(office: Office, sheltered: keys.KeyFile) -> None:
    own = office[1]
    wanted = slot("Girafe", "une phrase neuve", "ecoutante", confidential=True)
    larger = keys.add_slot(sheltered, own, wanted, created=NOW, kdf=CHEAPEST)
    assert keys.unlock(larger, "une phrase neuve", "Girafe").confidential_key is None
    opened = keys.unshelter(larger, own)
    assert keys.unlock(opened, "une phrase neuve", "Girafe").confidential_key == own.confidential_key
    fresh = encode(2**90 + 3, CodeKind.CONFIDENTIAL)
    replaced = keys.replace_slot(
        sheltered, own, sheltered.slots[3].id, recovery("Enveloppe 2", fresh), created=NOW, kdf=CHEAPEST
    )
    assert keys.unlock(replaced, fresh, None).confidential_key == own.confidential_key


def test_the_shelter_cannot_be_changed_unseen(office: Office, sheltered: keys.KeyFile) -> None:
    keyfile, own = office
    for altered in (
        replace(sheltered, shelter=keyfile.shelter),
        replace(sheltered, shelter=Shelter(bytes(32))),
        replace(sheltered, shelter=None),
        replace(keyfile, shelter=sheltered.shelter),
    ):
        with pytest.raises(Problem, match=r"keys\.tampered"):
            keys.unlock(altered, RESPONSABLE, "Tamis")
        with pytest.raises(Problem, match=r"keys\.tampered"):
            keys.unshelter(altered, own)
        with pytest.raises(Problem, match=r"keys\.tampered"):
            keys.shelter(altered, own)


def test_a_base_key_holder_can_spoil_it_but_not_fake_it(office: Office, sheltered: keys.KeyFile) -> None:
    """She can sign anything; a mask that is not the right one is seen, and the code still gives the key."""
    keyfile, own = office
    assert sheltered.shelter is not None
    assert sheltered.shelter.sealed is not None
    spoilt = bytearray(sheltered.shelter.sealed)
    spoilt[-1] ^= 1
    for sealed in (bytes(spoilt), bytes(len(spoilt))):
        forged = keys._signed(replace(sheltered, shelter=Shelter(None, sealed)), own)
        assert keys.unlock(forged, CODE, None).confidential_key == own.confidential_key
        with pytest.raises(Problem, match=r"keys\.tampered"):
            keys.unshelter(forged, own)
    wrong = keys._signed(replace(keyfile, shelter=Shelter(bytes(32))), own)
    bare = keys._signed(replace(keyfile, shelter=None), own)
    for forged in (wrong, bare):
        with pytest.raises(Problem, match=r"keys\.tampered"):
            keys.unlock(forged, LISTENER, "Le Fleuve")
        assert keys.unlock(forged, SECRETARY, "Baobab").confidential_key is None
    small_order = keys._signed(replace(keyfile, compartment=bytes(32)), own)
    with pytest.raises(Problem, match=r"keys\.tampered"):
        keys.shelter(small_order, own)


def test_what_parses_is_exactly_what_is_written(sheltered: keys.KeyFile) -> None:
    content = json.loads(keys.serialize(sheltered))
    for shelter in (
        {"mask": content["shelter"]["sealed"]},
        {"sealed": content["shelter"]["sealed"]},
        content["shelter"] | {"mask": "AAAA"},
        content["shelter"] | {"sealed": "AAAA"},
        {},
        None,
        "sealed",
        3,
    ):
        data = json.dumps(content | {"shelter": shelter}, ensure_ascii=False, separators=(",", ":")).encode()
        with pytest.raises(Problem, match=r"keys\.damaged"):
            keys.parse(data)


def test_the_file_of_an_open_office_tells_no_role(office: Office) -> None:
    """Who holds the right shows neither in the lengths nor in the shape."""
    plain = [replace(one, may_open_confidential=False) for one in WANTED]
    other, _ = keys.new_key_file(plain, created=NOW, kdf=CHEAPEST)
    assert len(keys.serialize(other)) == len(keys.serialize(office[0]))


def first_version() -> Office:
    """A file as the first version wrote it: the confidential key bare in the slots."""
    own = keys.new_keys()
    assert own.confidential_key is not None
    made = tuple(slots.wrap(one, own, db_id="a" * 32, created=NOW, kdf=CHEAPEST, mask=None) for one in WANTED[:3])
    keyfile = keys.KeyFile("a" * 32, 1, deposit_public_key(own.confidential_key), made, b"")
    return keys._signed(keyfile, own), own


def test_a_file_of_the_first_version_opens_and_stays_one_until_a_change_of_all_keys() -> None:
    keyfile, own = first_version()
    keyfile = keys.parse(keys.serialize(keyfile))
    assert keyfile.version == 1
    assert given(keyfile) == {label: own.confidential_key if label in HOLDERS else None for label in PHRASES}
    with pytest.raises(Problem, match=r"keys\.shelter_old_format"):
        keys.shelter(keyfile, own)
    larger = keys.add_slot(
        keyfile, own, slot("Girafe", "une phrase neuve", "ecoutante", confidential=True), created=NOW, kdf=CHEAPEST
    )
    assert larger.version == 1
    assert keys.unlock(larger, "une phrase neuve", "Girafe").confidential_key == own.confidential_key
    fresh, new = keys.rewrap(keyfile, WANTED, created=NOW, kdf=CHEAPEST)
    assert fresh.version == 2
    assert keys.unlock(keys.shelter(fresh, new), RESPONSABLE, "Tamis").confidential_key is None


def test_the_frozen_key_file_of_the_first_release_opens(tmp_path: Path) -> None:
    shutil.copy(FROZEN / keys.FILE_NAME, tmp_path / keys.FILE_NAME)
    keyfile = keys.read_key_file(tmp_path / keys.FILE_NAME)
    assert keyfile.version == 1
    assert keys.unlock(keyfile, "calebasse tabouret fourmi rideau", "Héron").roles
    assert keys.serialize(keyfile) == (FROZEN / keys.FILE_NAME).read_bytes()
