"""The container: every byte determined, every change seen."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import random
import warnings
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from antenne.base.problems import Problem
from antenne.db import archive, backup_files, checking, cipher, keys
from antenne.db import manifest as manifests
from antenne.db.manifest import Manifest, Member
from antenne.db.slots import Unlocked
from antenne.domain.backups import Anchor, Contents
from tests.db.media import Quiet

CONTENTS = Contents({"membership": 412, "member_card": 398}, Anchor(9, None, "0123456789ABCDEF"))
NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
Made = tuple[bytes, Manifest, bytes]


def build(base: bytes, key_bytes: bytes, base_key: bytes, counter: int = 7) -> tuple[bytes, Manifest]:
    plain = Manifest(
        db_id=keys.parse(key_bytes).db_id,
        counter=counter,
        created=NOW,
        program="0.1.0",
        schema="0001",
        keys=Member(manifests.KEYS, len(key_bytes), hashlib.sha256(key_bytes).hexdigest(), zlib.crc32(key_bytes)),
        base=Member(manifests.BASE, len(base), hashlib.sha256(base).hexdigest(), zlib.crc32(base)),
        sealed=b"",
    )
    manifest = manifests.sign(plain, base_key, CONTENTS)
    return wrap(manifest, key_bytes, base), manifest


def wrap(manifest: Manifest, key_bytes: bytes, base: bytes) -> bytes:
    """What somebody without keys can always do: consistent headers and hashes around any manifest."""
    body = archive.head(manifest, key_bytes) + base + archive.tail(manifest)
    return body + hashlib.sha256(body).hexdigest().encode()


def read(data: bytes) -> archive.Opening:
    return archive.read_whole(io.BytesIO(data), len(data), lambda _piece, _done: None)


def refused(data: bytes) -> bool:
    try:
        read(data)
    except Problem as problem:
        return problem.code in {"backup.damaged", "backup.not_one", "backup.newer_format"}
    return False


@pytest.fixture(scope="module")
def made(made_office: tuple[Path, dict[str, Unlocked]]) -> Made:
    folder, unlocked = made_office
    base_key = unlocked["secretaire"].base_key
    key_bytes = (folder / keys.FILE_NAME).read_bytes()
    base = random.Random(1).randbytes(40_000)
    data, manifest = build(base, key_bytes, base_key)
    return data, manifest, base_key


def test_any_zip_tool_opens_it(made: Made) -> None:
    data, manifest, _ = made
    assert len(data) == archive.length(manifest)
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        assert opened.namelist() == ["manifest.json", "antenne.cles", "base.db"]
        assert opened.testzip() is None
        assert opened.comment.decode() == hashlib.sha256(data[:-64]).hexdigest()
        assert {item.compress_type for item in opened.infolist()} == {zipfile.ZIP_STORED}
        assert json.loads(opened.read("manifest.json"))["counter"] == 7


def test_a_whole_file_is_read_and_tells_what_it_holds(made: Made) -> None:
    data, manifest, base_key = made
    opening = read(data)
    assert opening.manifest == manifest
    assert manifests.is_signed_by(manifest, base_key)
    assert manifests.contents_of(manifest, base_key) == CONTENTS
    assert not manifests.is_signed_by(manifest, bytes(32))
    with pytest.raises(Problem, match=r"backup\.forged"):
        manifests.contents_of(manifest, bytes(32))


def test_nothing_is_told_without_the_key(made: Made) -> None:
    data, manifest, _ = made
    assert b"membership" not in data
    in_clear = json.loads(manifests.serialize(replace(manifest, mac=b"", sealed=b"")))
    assert set(in_clear) == {
        *("format", "version", "db_id", "counter", "created", "program", "schema", "files", "contents", "mac")
    }
    assert all(set(file) == {"name", "size", "sha256", "crc32"} for file in in_clear["files"])
    assert in_clear["contents"] == in_clear["mac"] == ""
    assert 412 not in [value for value in in_clear.values() if isinstance(value, int)]


def test_every_flipped_byte_of_headers_and_manifest_is_seen(made: Made) -> None:
    data, manifest, _ = made
    start, end = archive.base_offset(manifest), archive.base_offset(manifest) + manifest.base.size
    places = [*range(start), *range(end, len(data))]
    missed = [place for place in places if not refused(_flipped(data, place))]
    assert not missed
    assert len(places) > 3000


def test_flipped_bytes_of_the_base_are_seen(made: Made) -> None:
    data, manifest, _ = made
    draw = random.Random(2)
    start = archive.base_offset(manifest)
    for _ in range(300):
        assert refused(_flipped(data, start + draw.randrange(manifest.base.size)))
    for place in (start, start + manifest.base.size - 1):
        assert refused(_flipped(data, place))


def test_a_quick_look_sees_every_header(made: Made) -> None:
    data, manifest, _ = made
    end = archive.base_offset(manifest) + manifest.base.size
    for place in (*range(0, archive.base_offset(manifest), 7), *range(end, len(data) - 64)):
        changed = _flipped(data, place)
        with pytest.raises(Problem):
            archive.read_quickly(io.BytesIO(changed), len(changed))


def test_every_truncation_is_seen(made: Made) -> None:
    data, manifest, _ = made
    start, end = archive.base_offset(manifest), archive.base_offset(manifest) + manifest.base.size
    lengths = [*range(start + 50), *range(start + 50, end, 991), *range(end - 50, len(data))]
    assert [length for length in lengths if not refused(data[:length])] == []


@pytest.mark.parametrize("junk", [b"\0", b"PK\3\4", b"x" * 5000])
def test_junk_before_or_after_is_seen(made: Made, junk: bytes) -> None:
    data = made[0]
    assert refused(data + junk)
    assert refused(junk + data)


def test_a_forged_manifest_is_whole_but_not_authentic(made: Made) -> None:
    data, manifest, base_key = made
    opening = read(data)
    base = data[archive.base_offset(manifest) :][: manifest.base.size]
    forged = wrap(replace(manifest, counter=99), opening.keys, base)
    assert read(forged).manifest.counter == 99
    with pytest.raises(Problem, match=r"backup\.forged"):
        backup_files.described(read(forged), len(forged), base_key)
    signed_by_another = manifests.sign(replace(manifest, counter=99), bytes(32), CONTENTS)
    with pytest.raises(Problem, match=r"backup\.forged"):
        backup_files.described(read(wrap(signed_by_another, opening.keys, base)), 0, base_key)


def test_other_keys_are_told_from_forgery(made: Made) -> None:
    data, _, _ = made
    with pytest.raises(Problem, match=r"backup\.other_keys"):
        backup_files.described(read(data), len(data), bytes(32))


def test_an_old_page_put_back_is_seen_by_the_manifest_only(
    made_office: tuple[Path, dict[str, Unlocked]], office_folder: Path, tmp_path: Path
) -> None:
    """SQLCipher accepts an older page of the same base; the HMAC over the base's hash does not."""
    base_key = made_office[1]["secretaire"].base_key
    raw_key = keys.cipher_key(base_key)
    path = office_folder / "base.db"
    raw = cipher.connect(path, raw_key)
    raw.execute("UPDATE office SET phone = '11 11 11 11'")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    old = path.read_bytes()
    raw.execute("UPDATE office SET phone = '22 22 22 22'")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    new = path.read_bytes()
    changed = [at for at in range(4096, len(new), 4096) if old[at : at + 4096] != new[at : at + 4096]]
    assert changed
    mixed = bytearray(new)
    for at in changed:
        mixed[at : at + 4096] = old[at : at + 4096]
    put_back = tmp_path / "mixed.db"
    put_back.write_bytes(mixed)
    checking.check_copy(put_back, raw_key, Quiet())
    key_bytes = (office_folder / keys.FILE_NAME).read_bytes()
    data, manifest = build(new, key_bytes, base_key)
    assert backup_files.described(read(data), len(data), base_key).authentic
    base = Member(manifests.BASE, len(mixed), hashlib.sha256(mixed).hexdigest(), zlib.crc32(bytes(mixed)))
    swapped = wrap(replace(manifest, base=base), key_bytes, bytes(mixed))
    with pytest.raises(Problem, match=r"backup\.forged"):
        backup_files.described(read(swapped), len(swapped), base_key)


@pytest.mark.parametrize(
    ("names", "method"),
    [
        (("manifest.json", "antenne.cles", "base.db"), zipfile.ZIP_DEFLATED),
        (("manifest.json", "antenne.cles", "base.db"), zipfile.ZIP_STORED),
        (("manifest.json", "antenne.cles", "base.db", "base.db"), zipfile.ZIP_STORED),
        (("manifest.json", "manifest.json", "base.db"), zipfile.ZIP_STORED),
        (("manifest.json", "antenne.cles", "../base.db"), zipfile.ZIP_STORED),
        (("base.db",), zipfile.ZIP_STORED),
    ],
)
def test_another_zip_of_the_same_members_is_refused(made: Made, names: tuple[str, ...], method: int) -> None:
    data = made[0]
    parts = {"manifest.json": manifests.serialize(made[1]), "antenne.cles": read(data).keys}
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", method) as made_zip:
        warnings.simplefilter("ignore", UserWarning)  # zipfile warns of the duplicate that is wanted here
        for name in names:
            made_zip.writestr(name, parts.get(name, data[archive.base_offset(made[1]) :][: made[1].base.size]))
    assert refused(stream.getvalue())


@pytest.mark.parametrize("data", [b"", b"P", b"%PDF-1.7\n" + bytes(500), b"PK\3\4", bytes(10_000)])
def test_another_kind_of_file_is_refused(data: bytes) -> None:
    assert refused(data)


def test_a_manifest_of_absurd_size_is_not_read(made: Made) -> None:
    data = bytearray(made[0])
    data[30 + 13 + 4 : 30 + 13 + 12] = (1 << 40).to_bytes(8, "little")
    assert refused(bytes(data))


def test_a_newer_format_is_told_from_damage(made: Made) -> None:
    text = manifests.serialize(made[1]).replace(b'"version":1', b'"version":2', 1)
    with pytest.raises(Problem, match=r"backup\.newer_format"):
        manifests.parse(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"counter":7', b'"counter":-7'),
        (b'"counter":7', b'"counter":7.0'),
        (b'"counter":7', b'"counter":"7"'),
        (b'"counter":7', b'"counter":7,"counter":7'),
        (b'"counter":7', b'"counter": 7'),
        (b'"name":"base.db"', b'"name":"BASE.db"'),
        (b'"format":"antenne.sauvegarde"', b'"format":"antenne.autre"'),
        (b'"contents":"', b'"contents":"!'),
        (b'"files":[', b'"files":[{},'),
        (b'"created":"2026', b'"created":"20x6'),
        (b"{", b"["),
    ],
)
def test_a_manifest_is_read_in_one_way_only(made: Made, old: bytes, new: bytes) -> None:
    text = manifests.serialize(made[1])
    assert old in text
    with pytest.raises(Problem, match=r"backup\.damaged"):
        manifests.parse(text.replace(old, new, 1))


def _flipped(data: bytes, place: int) -> bytes:
    changed = bytearray(data)
    changed[place] ^= 1 << place % 8
    return bytes(changed)
