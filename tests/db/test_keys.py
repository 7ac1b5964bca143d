"""The key file: what opens, what is refused, and that it tells nothing."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from antenne.base.problems import Problem
from antenne.db import keys
from antenne.db.slots import WRAP_BYTES, deposit_public_key
from antenne.domain import recovery
from antenne.domain.violations import RulesBroken

CHEAPEST = keys.KdfParams()
NOW = dt.datetime(2026, 11, 22, 15, 10, tzinfo=dt.UTC)
BASE_CODE = recovery.encode(2**129 + 12345, recovery.CodeKind.BASE)
SECRETARY = "forêt tambour galette nuage"
LISTENER = "rivière pirogue mangue hamac"


def slot(label: str, secret: str, *roles: str, confidential: bool = False) -> keys.NewSlot:
    return keys.NewSlot(label=label, secret=secret, roles=frozenset(roles), may_open_confidential=confidential)


@pytest.fixture(scope="module")
def office() -> tuple[keys.KeyFile, keys.OfficeKeys]:
    return keys.new_key_file(
        [
            slot("Baobab", SECRETARY, "secretaire", "caissiere"),
            slot("Le Fleuve", LISTENER, "ecoutante", confidential=True),
            keys.NewSlot(
                label="Enveloppe 1",
                secret=BASE_CODE,
                roles=frozenset({"responsable"}),
                may_open_confidential=False,
                kind="recovery",
            ),
        ],
        created=NOW,
        kdf=CHEAPEST,
    )


@pytest.fixture(scope="module")
def written(office: tuple[keys.KeyFile, keys.OfficeKeys]) -> bytes:
    return keys.serialize(office[0])


def problem_of(data: bytes) -> str:
    with pytest.raises(Problem) as caught:
        keys.parse(data)
    return caught.value.code


def test_each_opens_what_is_hers_and_no_more(office: tuple[keys.KeyFile, keys.OfficeKeys]) -> None:
    keyfile, own = office
    secretary = keys.unlock(keyfile, "  forêt tambour galette  nuage\n", " BAOBAB")
    assert secretary.base_key == own.base_key
    assert secretary.confidential_key is None
    assert secretary.roles == {"secretaire", "caissiere"}
    assert secretary.slot_id == keyfile.slots[0].id
    listener = keys.unlock(keyfile, LISTENER, "Le Fleuve")
    assert listener.confidential_key == own.confidential_key
    assert listener.roles == {"ecoutante"}


def test_decomposed_accents_open_too(office: tuple[keys.KeyFile, keys.OfficeKeys]) -> None:
    assert keys.unlock(office[0], "fore\u0302t tambour galette nuage", "BAOBAB").base_key == office[1].base_key


def test_without_a_label_every_slot_is_tried_and_a_code_may_be_typed_badly(
    office: tuple[keys.KeyFile, keys.OfficeKeys],
) -> None:
    keyfile, own = office
    assert keys.unlock(keyfile, LISTENER, None).slot_id == keyfile.slots[1].id
    opened = keys.unlock(keyfile, BASE_CODE.lower().replace("-", " ").replace("0", "o"), None)
    assert opened.slot_id == keyfile.slots[2].id
    assert opened.base_key == own.base_key


@pytest.mark.parametrize(
    ("secret", "label", "code"),
    [
        (LISTENER, "Baobab", "keys.wrong_passphrase"),
        ("x" * 1024, "Baobab", "keys.wrong_passphrase"),
        (SECRETARY, "Enveloppe 1", "keys.wrong_passphrase"),
        (SECRETARY, "Hippopotame", "keys.unknown_label"),
    ],
)
def test_a_wrong_secret_is_a_problem(
    office: tuple[keys.KeyFile, keys.OfficeKeys], secret: str, label: str, code: str
) -> None:
    with pytest.raises(Problem) as caught:
        keys.unlock(office[0], secret, label)
    assert caught.value.code == code


@pytest.mark.parametrize("secret", ["", "   \t", "x" * 1025, "é" * 100_000, "\ufdfa" * 1000, "\ud800 abc"])
def test_empty_or_endless_secrets_are_refused_before_any_derivation(
    office: tuple[keys.KeyFile, keys.OfficeKeys], secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("antenne.db.slots.Argon2id", None)
    with pytest.raises(RulesBroken):
        keys.unlock(office[0], secret, None)


def test_no_repr_shows_a_secret(office: tuple[keys.KeyFile, keys.OfficeKeys]) -> None:
    keyfile, own = office
    opened = keys.unlock(keyfile, LISTENER, "Le Fleuve")
    assert own.confidential_key is not None
    for shown in (repr(own), repr(opened), repr(slot("Baobab", SECRETARY, "lecture"))):
        assert "forêt" not in shown
        assert repr(own.base_key)[2:12] not in shown
        assert repr(own.confidential_key)[2:12] not in shown


def test_file_round_trip(office: tuple[keys.KeyFile, keys.OfficeKeys], tmp_path: Path) -> None:
    path = tmp_path / keys.FILE_NAME
    keys.write_key_file(path, office[0])
    keys.write_key_file(path, office[0])
    assert keys.read_key_file(path) == office[0]
    assert [entry.name for entry in tmp_path.iterdir()] == [keys.FILE_NAME]
    assert keys.digest(office[0]) == keys.digest(keys.read_key_file(path))


def test_a_failed_write_leaves_the_old_file(
    office: tuple[keys.KeyFile, keys.OfficeKeys], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / keys.FILE_NAME
    path.write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("antenne.db.key_file.os.fsync", full)
    with pytest.raises(Problem) as caught:
        keys.write_key_file(path, office[0])
    assert caught.value.code == "keys.no_space"
    assert path.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_missing_and_unreadable(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "antenne.cles", "keys.missing"), (tmp_path, "keys.unreadable")):
        with pytest.raises(Problem) as caught:
            keys.read_key_file(path)
        assert caught.value.code == code


def test_every_flipped_byte_is_refused(
    written: bytes, office: tuple[keys.KeyFile, keys.OfficeKeys], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever still parses fails the MAC, bit by bit over the whole file; nothing is derived on the way."""
    base_key = office[1].base_key
    monkeypatch.setattr("antenne.db.slots.Argon2id", None)
    parsed = 0
    for place in range(len(written)):
        for bit in range(8):
            data = bytearray(written)
            data[place] ^= 1 << bit
            try:
                keyfile = keys.parse(bytes(data))
            except Problem:
                continue
            parsed += 1
            with pytest.raises(Problem, match=r"keys\.tampered"):
                keys.verify_mac(keyfile, base_key)
    assert parsed > 500


def test_every_truncation_and_any_addition_is_refused(written: bytes) -> None:
    for end in range(len(written)):
        assert problem_of(written[:end]) == "keys.damaged"
    for data in (written + b"\n", b" " + written, b"\xef\xbb\xbf" + written, written.decode().encode("utf-16")):
        assert problem_of(data) == "keys.damaged"


def test_a_changed_slot_does_not_open_by_itself(office: tuple[keys.KeyFile, keys.OfficeKeys]) -> None:
    keyfile = office[0]
    mine = keyfile.slots[0]
    changed = [
        replace(mine, label="Baobab 2"),
        replace(mine, kdf=keys.KdfParams(passes=4)),
        replace(mine, created="2026-11-22T15:10:01Z"),
        replace(mine, id="0" * 32),
    ]
    for other in changed:
        with pytest.raises(Problem, match=r"keys\.wrong_passphrase"):
            keys.unlock(replace(keyfile, slots=(other,)), SECRETARY, other.label)


def test_swapped_dropped_or_older_files_are_seen_by_a_right_passphrase(
    office: tuple[keys.KeyFile, keys.OfficeKeys],
) -> None:
    keyfile = office[0]
    first, second, third = keyfile.slots
    for altered in (
        replace(keyfile, slots=(second, first, third)),
        replace(keyfile, slots=(first, second)),
        replace(keyfile, generation=2),
        replace(keyfile, compartment=bytes(32)),
        replace(keyfile, mac=bytes(32)),
    ):
        with pytest.raises(Problem, match=r"keys\.tampered"):
            keys.unlock(altered, SECRETARY, "Baobab")


def test_monstrous_costs_are_refused_before_any_derivation(written: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("antenne.db.slots.Argon2id", None)
    for name, value in (
        ("m", 2**30),
        ("m", 262_145),
        ("m", 65_535),
        ("t", 17),
        ("t", 2),
        ("p", 9),
        ("m", 10**4000),
    ):
        content = json.loads(written)
        content["slots"][1]["kdf"][name] = value
        assert problem_of(compact(content)) == "keys.kdf_refused"


def test_monstrous_costs_built_in_memory_are_refused_too(
    office: tuple[keys.KeyFile, keys.OfficeKeys], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("antenne.db.slots.Argon2id", None)
    third = replace(office[0].slots[2], kdf=keys.KdfParams(memory=2**30))
    with pytest.raises(Problem, match=r"keys\.kdf_refused"):
        keys.unlock(replace(office[0], slots=(*office[0].slots[:2], third)), SECRETARY, None)


def test_too_many_slots(written: bytes, tmp_path: Path) -> None:
    content = json.loads(written)
    content["slots"] = content["slots"] * 6
    assert problem_of(compact(content)) == "keys.too_many_slots"
    path = tmp_path / "antenne.cles"
    with path.open("wb") as stream:
        stream.write(b'{"slots":[')
        for _ in range(1_000):
            stream.write(b'{"id":1},' * 1_000)
        stream.write(b"{}]}")
    with pytest.raises(Problem, match=r"keys\.too_large"):
        keys.read_key_file(path)


def test_newer_format_is_said(written: bytes) -> None:
    content = json.loads(written)
    assert problem_of(compact({"format": "antenne.cles", "version": 3})) == "keys.newer_format"
    assert problem_of(compact(content | {"version": 3})) == "keys.newer_format"
    assert problem_of(compact(content | {"version": 0})) == "keys.damaged"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"\xff\xfe",
        b"[" * 60_000,
        b'{"format":"antenne.cles"}',
        b"{" + b'"a":1,' * 10 + b'"b":NaN}',
        b'{"version":' + b"9" * 5000 + b"}",
    ],
)
def test_rubbish_is_damaged(data: bytes) -> None:
    assert problem_of(data) == "keys.damaged"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("generation",), "1"),
        (("generation",), 1.0),
        (("generation",), True),
        (("generation",), 0),
        (("db_id",), "X" * 32),
        (("slots",), []),
        (("slots",), {}),
        (("slots",), 3),
        (("slots", 0, "label"), 7),
        (("slots", 0, "label"), " "),
        (("slots", 0, "label"), "x" * 41),
        (("slots", 0, "label"), "LE  fleuve"),
        (("slots", 0, "label"), "\ud800"),
        (("slots", 0, "type"), "other"),
        (("slots", 0, "created"), "hier"),
        (("slots", 0, "kdf", "m"), 65536.0),
        (("slots", 0, "kdf", "alg"), "scrypt"),
        (("slots", 0, "kdf", "salt"), "AAAA"),
        (("slots", 0, "kdf", "salt"), 3),
        (("slots", 0, "wrap", "ct"), "é"),
        (("slots", 0, "wrap"), None),
        (("unknown",), 1),
    ],
)
def test_wrong_types_and_values_are_damaged(written: bytes, path: tuple[str | int, ...], value: object) -> None:
    content = json.loads(written)
    place = content
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert problem_of(json.dumps(content, separators=(",", ":")).encode()) == "keys.damaged"


def test_the_file_tells_no_role(written: bytes, office: tuple[keys.KeyFile, keys.OfficeKeys]) -> None:
    other, _ = keys.new_key_file(
        [slot("Baobab", "autre", "lecture", confidential=False), slot("Le Fleuve", "encore", "responsable")],
        created=NOW,
        kdf=CHEAPEST,
    )
    mine = keys.serialize(replace(office[0], slots=office[0].slots[:2]))
    assert len(keys.serialize(other)) == len(mine)
    assert shape(json.loads(keys.serialize(other))) == shape(json.loads(mine))
    assert {len(item.wrapped) for item in (*office[0].slots, *other.slots)} == {WRAP_BYTES}
    for word in (b"responsable", b"ecoutante", b"secretaire"):
        assert word not in written


def test_add_replace_remove(office: tuple[keys.KeyFile, keys.OfficeKeys]) -> None:
    keyfile, own = office
    larger = keys.add_slot(
        keyfile, own, slot("Girafe", "une phrase à usage unique", "lecture"), created=NOW, kdf=CHEAPEST
    )
    assert larger.generation == 2
    assert keys.unlock(larger, "une phrase à usage unique", "girafe").roles == {"lecture"}
    added = larger.slots[-1].id
    mine = replace(slot("Girafe", "la sienne", "lecture"), slot_id=added)
    changed = keys.replace_slot(larger, own, added, mine, created=NOW, kdf=CHEAPEST)
    assert changed.generation == 3
    assert keys.unlock(changed, "la sienne", "girafe").slot_id == added
    smaller = keys.remove_slot(changed, own, added)
    assert smaller.slots == keyfile.slots
    assert smaller.labels() == ("Baobab", "Le Fleuve")
    keys.verify_mac(smaller, own.base_key)
    with pytest.raises(KeyError):
        keys.remove_slot(smaller, own, added)
    with pytest.raises(KeyError):
        keys.replace_slot(smaller, own, added, mine, created=NOW, kdf=CHEAPEST)


def test_the_last_passphrase_stays(office: tuple[keys.KeyFile, keys.OfficeKeys]) -> None:
    keyfile, own = office
    one = keys.remove_slot(keyfile, own, keyfile.slots[0].id)
    with pytest.raises(RulesBroken, match=r"keys\.last_slot"):
        keys.remove_slot(one, own, keyfile.slots[1].id)


def test_all_that_is_wrong_with_new_slots_is_said_at_once(office: tuple[keys.KeyFile, keys.OfficeKeys]) -> None:
    keyfile, own = office
    poor = keys.OfficeKeys(own.base_key, None)
    wanted = slot(" ", "phrase", "reine", confidential=True)
    with pytest.raises(RulesBroken) as caught:
        keys.add_slot(keyfile, poor, wanted, created=NOW, kdf=CHEAPEST)
    assert [violation.code for violation in caught.value.violations] == [
        "keys.label_missing",
        "keys.roles_missing",
        "keys.confidential_not_held",
    ]
    for label, code in (("BAOBAB", "keys.label_taken"), ("x" * 41, "keys.label_unfit"), ("a\x00b", "keys.label_unfit")):
        with pytest.raises(RulesBroken, match=code):
            keys.add_slot(keyfile, own, slot(label, "phrase", "lecture"), created=NOW, kdf=CHEAPEST)
    many = [slot(f"lieu {number}", "phrase", "lecture") for number in range(17)]
    with pytest.raises(RulesBroken, match=r"keys\.slots_full"):
        keys.new_key_file(many, created=NOW, kdf=CHEAPEST)
    with pytest.raises(RulesBroken, match=r"keys\.last_slot"):
        keys.new_key_file([], created=NOW, kdf=CHEAPEST)
    with pytest.raises(ValueError, match="both keys"):
        keys.new_key_file([wanted], created=NOW, kdf=CHEAPEST, keys=poor)


def test_a_rekey_gives_new_keys_and_the_next_generation(office: tuple[keys.KeyFile, keys.OfficeKeys]) -> None:
    keyfile, own = office
    stays = replace(slot("Baobab", "toute nouvelle", "responsable"), slot_id=keyfile.slots[0].id)
    fresh, new = keys.rewrap(keyfile, [stays], created=NOW, kdf=CHEAPEST)
    assert (fresh.generation, fresh.db_id) == (2, keyfile.db_id)
    assert new.base_key != own.base_key
    assert new.confidential_key != own.confidential_key
    opened = keys.unlock(fresh, "toute nouvelle", None)
    assert (opened.base_key, opened.slot_id) == (new.base_key, keyfile.slots[0].id)
    with pytest.raises(Problem):
        keys.unlock(fresh, SECRETARY, "Baobab")


def test_subkeys_differ_and_are_stable() -> None:
    base = bytes(range(32))
    made = {
        keys.cipher_key(base)[:64],
        keys.slot_mac_key(base).hex(),
        keys.manifest_mac_key(base).hex(),
        keys.manifest_encryption_key(base).hex(),
        keys.sealed_key(base).hex(),
        keys.sealed_counts_key(base).hex(),
        deposit_public_key(base).hex(),
    }
    assert len(made) == 7
    assert len(keys.cipher_key(base)) == 96
    # A frozen value: changing a derivation would close every office.
    assert keys.cipher_key(base) == FROZEN_CIPHER_KEY


def test_calibration_keeps_the_memory_of_a_small_computer() -> None:
    def timer_of(seconds: float) -> keys.KdfParams:
        ticks = iter((0.0, seconds))
        return keys.calibrate(0.8, lambda: next(ticks))

    assert timer_of(0.3) == keys.KdfParams(65_536, 8, 4)
    assert timer_of(5.0) == keys.KdfParams(65_536, 3, 4)
    assert timer_of(0.1) == keys.KdfParams(131_072, 12, 4)
    assert timer_of(0.0) == keys.KdfParams(131_072, 16, 4)


def shape(value: object) -> object:
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    if isinstance(value, list):
        return [shape(item) for item in value]
    return len(value) if isinstance(value, str) else type(value)


def compact(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


FROZEN_CIPHER_KEY = "d6dfc21628bbd3890610e8cff1ed15482b89feacc0381e45d6f44948773c2969daa0c37cf73476c2fa60f0902da0276e"
