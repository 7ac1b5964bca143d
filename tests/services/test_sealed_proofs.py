"""The secretary, the laptop's thief and the man with a gun get nothing, even with every tool there is."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from antenne.base import reports
from antenne.base.clock import FixedClock
from antenne.base.problems import Problem
from antenne.db import cipher, keys, sealing
from antenne.db.sealing import Context, Opener
from antenne.db.slots import Unlocked, masked
from antenne.domain.listening import OFFICE, ListeningSession
from antenne.domain.sealed_codec import to_payload
from antenne.domain.sealed_tests import HivTest, Result
from antenne.domain.violations import Forbidden
from antenne.services import access, compartment, listening_reading, opening, sealed_counting
from antenne.services.access import BASE_FILE
from antenne.services.desk import Desk
from tests.conftest import LABELS, PHRASES
from tests.services import listening_help as help_
from tests.services.sealed_kill import PLANTED, holder

ROOT = Path(__file__).parents[2]
PAGE, RESERVE, SALT, WAL_HEADER, FRAME_HEADER = 4096, 80, 16, 32, 24
AT = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)


def _base_rows(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """Every table, row after row; of the sealed one everything but ids and bodies, and how long each body is."""
    raw = cipher.connect(desk.folder / BASE_FILE, keys.cipher_key(desk.keys.base))
    names = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    found = {}
    for name in names:
        columns = "epoch, version, length(body)" if name == "sealed" else "*"
        found[name] = sorted(map(tuple, raw.execute(f"SELECT {columns} FROM {name}")), key=repr)  # noqa: S608 - its own names
    raw.close()
    return found


# --- Whose sessions they are -----------------------------------------------------------------------------------------


def test_two_offices_that_differ_only_in_whose_sessions_they_hold_are_equal_outside(
    made_office: tuple[Path, dict[str, Unlocked]], office_folder: Path, tmp_path: Path, clock: FixedClock
) -> None:
    first = opening.open_desk(office_folder, made_office[1]["ecoutante"], clock)
    women = [help_.person(first, name) for name in ("Awa", "Oumou", "Fanta")]
    first.close()
    other_folder = tmp_path / "autre"
    shutil.copytree(office_folder, other_folder)
    told = []
    for folder, order in ((office_folder, (0, 1, 0, 2)), (other_folder, (2, 0, 2, 1))):
        desk = opening.open_desk(folder, made_office[1]["ecoutante"], clock)
        seen: set[int] = set()
        for number, place in enumerate(order):
            visit = "follow_up" if place in seen else "first"
            seen.add(place)
            said = f"Elle parle de {'son frère aîné' if place else 'sa mère'}."
            at = AT + dt.timedelta(minutes=number)
            saved = help_.save(desk, **help_.named(women[place], first=visit, at=at, said=said))
            listening_reading.open_session(desk, saved.id)
        sealed_counting.rewrite_counts(desk)
        told.append(_base_rows(desk))
        desk.close()
    assert told[0] == told[1]
    assert len(told[0]["sealed"]) == 4 + 1 + 1 + 1  # talks, a page of the reading log, a page of the index, the root


def test_nothing_of_a_talk_moves_another_table_of_the_base(responsable_desk: Desk) -> None:
    before = _base_rows(responsable_desk)
    saved = help_.save(responsable_desk)
    listening_reading.open_session(responsable_desk, saved.id)
    help_.save(responsable_desk, saved, code=saved.record.code, said="Autrement.")
    after = _base_rows(responsable_desk)
    del before["sealed"], after["sealed"]
    assert after == before


def test_a_yes_and_a_no_have_bodies_of_one_length_at_every_edge() -> None:
    """Around the place where a body grows into the next size, too."""
    bare = len(sealing.padded(to_payload(_talk(""))))
    grows = next(size for size in range(bare) if len(sealing.padded(to_payload(_talk("x" * size)))) > bare)
    for size in range(grows - 20, grows + 20):
        payload = to_payload(_talk("x" * size))
        lengths = {len(sealing.padded(payload | {"in_danger": int(answer)})) for answer in (True, False)}
        assert len(lengths) == 1
    assert len(sealing.padded(to_payload(_talk("x" * (grows - 1))))) == sealing.SIZES[0]


def test_positive_and_negative_have_bodies_of_one_length_at_every_edge() -> None:
    sizes = set()
    for size in range(3_200, 4_000):
        lengths = {len(sealing.padded(to_payload(_tested(result, "x" * size)))) for result in Result}
        assert len(lengths) == 1
        sizes |= lengths
    assert sizes == set(sealing.SIZES[:2])  # the edge was truly crossed


def _tested(result: Result, place: str) -> HivTest:
    return HivTest(
        on=AT.date(), code="K7Q2MX", place=place, result_agreed=True, result=result, created_at=AT, created_by=4
    )


def _talk(said: str) -> ListeningSession:
    return ListeningSession(
        number="E-2026-0001", at=AT, listener_id=4, listener="K", mode=OFFICE, minor=False, first=True, said=said,
        created_at=AT, created_by=4,
    )  # fmt: skip


# --- With the secretary's slot, the file and SQL -----------------------------------------------------------------------


def test_with_the_secretary_s_slot_the_file_and_sql_nothing_opens(
    desk_of: Callable[[str], Desk], made_office: tuple[Path, dict[str, Unlocked]]
) -> None:
    listener, secretary = desk_of("ecoutante"), desk_of("secretaire")
    help_.save(listener, said="Ses mots.")
    hers = made_office[1]["secretaire"]
    assert hers.confidential_key is None
    keyfile = keys.read_key_file(secretary.folder / keys.FILE_NAME)
    assert keyfile.shelter is not None
    mask = keyfile.shelter.mask
    assert mask is not None
    guesses = [hers.base_key, mask, masked(hers.base_key, mask), keyfile.compartment, bytes(32)]
    with secretary.read() as uow:
        rows, epoch = tuple(uow.sealed.all()), uow.office.identity().sealed_epoch
    assert rows
    for guess in guesses:
        opener = Opener(guess, Context(secretary.keys.db_id, epoch))
        for row in rows:
            with pytest.raises(Problem, match=r"sealed\.damaged"):
                opener.open(row.id, row.version, row.body)


def test_an_edited_table_of_users_gives_nothing(
    made_office: tuple[Path, dict[str, Unlocked]], office_folder: Path, clock: FixedClock
) -> None:
    listener = opening.open_desk(office_folder, made_office[1]["ecoutante"], clock)
    help_.save(listener)
    listener.close()
    base_key = made_office[1]["secretaire"].base_key
    raw = cipher.connect(office_folder / BASE_FILE, keys.cipher_key(base_key))
    raw.execute("UPDATE user SET roles = (SELECT roles FROM user WHERE name = 'Agent responsable')")
    raw.close()
    again = access.unlock(office_folder, PHRASES["secretaire"], LABELS["secretaire"])
    secretary = opening.open_desk(office_folder, again, clock)
    try:
        with pytest.raises(Forbidden):
            compartment.opened(secretary)
        assert secretary.keys.confidential is None
    finally:
        secretary.close()


def test_old_key_files_give_no_more_than_the_present_one(
    made_office: tuple[Path, dict[str, Unlocked]], office_folder: Path
) -> None:
    """The slots of those without the right hold random bytes, in every generation."""
    for role in ("secretaire", "caissiere", "lecture"):
        assert access.unlock(office_folder, PHRASES[role], LABELS[role]).confidential_key is None
    kept = json.loads((office_folder / keys.FILE_NAME).read_bytes())
    lengths = {len(slot["wrap"]["ct"]) for slot in kept["slots"]}
    assert len(lengths) == 1


# --- After a crash -----------------------------------------------------------------------------------------------------


def _plain_pages(folder: Path, base_key: bytes) -> Iterator[bytes]:
    """Every page of the base, of its journal and of its free list, decrypted with the base key alone."""
    raw_key = bytes.fromhex(keys.cipher_key(base_key)[:64])
    data = (folder / BASE_FILE).read_bytes()
    for start in range(0, len(data), PAGE):
        yield _plain(raw_key, data[start : start + PAGE], first=start == 0)
    journal = (folder / f"{BASE_FILE}-wal").read_bytes()
    for start in range(WAL_HEADER, len(journal), FRAME_HEADER + PAGE):
        number = int.from_bytes(journal[start : start + 4], "big")
        yield _plain(raw_key, journal[start + FRAME_HEADER : start + FRAME_HEADER + PAGE], first=number == 1)


def _plain(raw_key: bytes, page: bytes, *, first: bool) -> bytes:
    vector = page[PAGE - RESERVE : PAGE - RESERVE + 16]
    decryptor = Cipher(AES(raw_key), CBC(vector)).decryptor()
    return decryptor.update(page[SALT if first else 0 : PAGE - RESERVE])


@pytest.mark.parametrize("ending", ["kill", "crash", "print", "export"])
def test_planted_phrases_are_nowhere_after_it(
    office_folder: Path, tmp_path: Path, made_office: tuple[Path, dict[str, Unlocked]], ending: str
) -> None:
    """In no file, temporary folder, log, journal page or free page: one cause at a time."""
    temporary = tmp_path / "temp"
    temporary.mkdir()
    killed = subprocess.run(
        [sys.executable, "-m", "tests.services.sealed_kill", str(office_folder), ending],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={
            **os.environ,
            "TMPDIR": str(temporary),
            "TEMP": str(temporary),
            "TMP": str(temporary),
            "QT_QPA_PLATFORM": "offscreen",
        },
        timeout=120,
    )
    assert killed.returncode < 0, killed.stderr.decode()
    assert killed.stdout.decode() == "prêt\n"
    said = {phrase.encode(encoding) for phrase in PLANTED.values() for encoding in ("utf-8", "utf-16-le", "utf-16-be")}
    for path in (one for place in (office_folder, temporary) for one in place.rglob("*") if one.is_file()):
        held = _readable(path)
        assert not [phrase for phrase in said if phrase in held], path.name
    left = {path.suffix for path in temporary.rglob("*") if path.is_file()}
    assert left == {"export": {".xlsx", ".antenne", ""}, "print": {".pdf"}}.get(ending, set())  # "": the key is known
    assert len(list((office_folder / reports.FOLDER).glob("*"))) == (ending == "crash")
    assert not [phrase for phrase in said if phrase in killed.stderr]
    pages = list(_plain_pages(office_folder, made_office[1]["secretaire"].base_key))
    assert any(b"Agent ecoutante" in page for page in pages)  # the pages were truly read
    assert not [phrase for phrase in said for page in pages if phrase in page]
    _whole_after(office_folder, made_office[1][holder(ending)])


def _readable(path: Path) -> bytes:
    """A file as it is, and what a paper or a workbook says."""
    held = path.read_bytes()
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            held += "".join(page.get_textpage().get_text_bounded() for page in document).encode()
    if path.suffix in (".xlsx", ".antenne"):
        with zipfile.ZipFile(path) as inside:
            held += b"".join(inside.read(name) for name in inside.namelist())
    return held


def _whole_after(folder: Path, unlocked: Unlocked) -> None:
    """What was saved is there, what was half done is not, and her draft is offered."""
    desk = opening.open_desk(folder, unlocked, FixedClock(AT))
    try:
        ready = listening_reading.prepare(desk)
        own = compartment.opened(desk)
        talks = [one.record.said for one in compartment.kept_of(desk, ListeningSession)]
        assert talks == [PLANTED["corrected"]]
        assert (ready.drafts, ready.deposits, ready.damaged) == (1, 1, 0)
        assert own.faults() == ()
    finally:
        desk.close()
