"""« Mise à l'abri » on the real files: what opens after it, what a power cut leaves, and the way back."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from antenne.base.clock import FixedClock
from antenne.base.media import SystemMedia
from antenne.base.problems import Problem
from antenne.base.progress import Silent
from antenne.db import keys
from antenne.domain.recovery import CodeKind
from antenne.domain.rights import Role
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.services import (
    access,
    accounts,
    checks,
    compartment,
    deposits,
    envelopes,
    listening_reading,
    opening,
    rekeying,
    restoring,
    shelter_state,
    sheltering,
    users,
)
from antenne.services.backup import LOCAL_FOLDER, back_up_before_migration
from antenne.services.deposits import DropNote
from antenne.services.desk import Desk
from antenne.services.envelopes import ReplaceCode
from antenne.services.sheltering import Reopen, TakeShelter
from tests.conftest import KDF, LABELS, PHRASES

CODES = (rekeying.draw_code(CodeKind.BASE), rekeying.draw_code(CodeKind.CONFIDENTIAL))
FRESH = rekeying.draw_code(CodeKind.CONFIDENTIAL)
ROOT = Path(__file__).parents[2]
GO = TakeShelter(request_id="abri")


@pytest.fixture
def listener(responsable_desk: Desk, clock: FixedClock) -> Desk:
    """A right-holder's desk in an office with two envelopes; the responsable's stays open beside it."""
    path = responsable_desk.folder / keys.FILE_NAME
    keyfile = keys.read_key_file(path)
    own = users.own_keys(responsable_desk)
    for slot in rekeying.envelopes(*CODES):
        keyfile = keys.add_slot(keyfile, own, slot, created=clock.now(), kdf=KDF)
    with responsable_desk.write() as uow:
        shelter_state.remember(uow, keyfile)
        keys.write_key_file(path, keyfile)
        uow.commit()
    return _again(responsable_desk, "ecoutante")


def _again(desk: Desk, role: str) -> Desk:
    return opening.open_desk(desk.folder, access.unlock(desk.folder, PHRASES[role], LABELS[role]), desk.clock)


def _with_code(desk: Desk, code: str) -> Desk:
    return opening.open_desk(desk.folder, access.unlock(desk.folder, code, None), desk.clock)


def _confidential(desk: Desk) -> dict[str, bool]:
    """Whose phrase gives the key in this program."""
    found = {}
    for role in PHRASES:
        opened = _again(desk, role)
        found[role] = opened.keys.confidential is not None
        opened.close()
    return found


NOBODY = dict.fromkeys(PHRASES, False)
HOLDERS = NOBODY | {"responsable": True, "ecoutante": True}


def _note(desk: Desk) -> bytes:
    with compartment.changing(desk) as batch:
        made = batch.put({"kind": "note", "text": "récit"}).id
        batch.commit()
    return made


def test_after_it_no_phrase_opens_the_compartment_and_the_code_does(listener: Desk) -> None:
    desk = listener
    record = _note(desk)
    assert _confidential(desk) == HOLDERS
    sheltering.take_shelter(desk, GO)
    assert _confidential(desk) == NOBODY
    again = _again(desk, "responsable")
    with pytest.raises(Problem, match=r"sealed\.sheltered"):
        compartment.open_compartment(again)
    assert accounts.read_keys(again).sheltered
    assert not accounts.read_keys(again).confidential
    again.close()
    by_code = _with_code(desk, CODES[1])
    assert compartment.open_compartment(by_code).get(record) is not None
    by_code.close()
    by_other = _with_code(desk, CODES[0])
    assert by_other.keys.confidential is None
    by_other.close()
    desk.close()


def test_the_code_reopens_for_everyone_and_is_worn_out(listener: Desk) -> None:
    desk = listener
    record = _note(desk)
    sheltering.take_shelter(desk, GO)
    desk.close()
    again = _again(desk, "ecoutante")
    sheltering.check_code(again, CODES[1].lower().replace("-", " "))
    sheltering.reopen(again, Reopen(request_id="rouvrir", code=CODES[1], fresh=FRESH), KDF)
    again.close()
    assert _confidential(desk) == HOLDERS
    with pytest.raises(Problem, match="wrong_passphrase"):
        access.unlock(desk.folder, CODES[1], None)
    assert access.unlock(desk.folder, FRESH, None).confidential_key is not None
    after = _again(desk, "responsable")
    assert compartment.open_compartment(after).get(record) is not None
    state = sheltering.read_shelter(after)
    assert (state.sheltered, state.ready, state.holds_key) == (False, True, True)
    after.close()


def test_a_note_dropped_in_while_sheltered_waits_until_it_is_reopened(listener: Desk, desk: Desk) -> None:
    sheltering.take_shelter(listener, GO)
    listener.close()
    note = {"about": "minor", "on": desk.today, "text": "Une fille attend devant la porte."}
    for _ in range(2):
        deposits.drop_note(desk, DropNote(request_id="mot", answers=note))
    with pytest.raises(Problem, match=r"sealed\.sheltered"):
        deposits.waiting_deposits(_again(desk, "responsable"))
    said = checks.sealed_index(_again(desk, "ecoutante")).detail
    assert said.startswith("à l’abri")
    assert checks.sealed_index(desk).detail.startswith("réservé")
    again = _again(desk, "ecoutante")
    sheltering.reopen(again, Reopen(request_id="rouvrir", code=CODES[1], fresh=FRESH), KDF)
    again.close()
    after = _again(desk, "ecoutante")
    assert listening_reading.prepare(after).deposits == 1
    (waiting,) = deposits.waiting_deposits(after)
    assert waiting.record.text == note["text"]
    assert compartment.open_compartment(after).faults() == ()
    after.close()


def test_opened_with_the_code_she_reopens_without_typing_it_again(listener: Desk) -> None:
    desk = listener
    sheltering.take_shelter(desk, GO)
    desk.close()
    by_code = _with_code(desk, CODES[1])
    used = envelopes.used_code(by_code, access.unlock(desk.folder, CODES[1], None).slot_id)
    assert used is not None
    assert used.kind is CodeKind.CONFIDENTIAL
    envelopes.replace_code(by_code, ReplaceCode(request_id="neuf", slot_id=used.slot_id, code=FRESH), KDF)
    assert sheltering.read_shelter(by_code).holds_key
    sheltering.reopen(by_code, Reopen(request_id="rouvrir"))
    by_code.close()
    assert _confidential(desk) == HOLDERS


def test_what_does_not_fit_is_refused_and_changes_nothing(listener: Desk, desk: Desk) -> None:
    with pytest.raises(Forbidden):
        sheltering.take_shelter(desk, GO)
    with pytest.raises(Forbidden):
        sheltering.read_shelter(desk)
    sheltering.take_shelter(listener, GO)
    sheltering.take_shelter(listener, GO)
    before = (listener.folder / keys.FILE_NAME).read_bytes()
    other = rekeying.draw_code(CodeKind.CONFIDENTIAL)
    listener.close()
    again = _again(listener, "ecoutante")
    for code, fresh, error in (
        (other, FRESH, r"shelter\.wrong_code"),
        (CODES[0], FRESH, r"recovery\.other_envelope"),
        ("girafe", FRESH, r"recovery\."),
        ("", "", r"recovery\.empty"),
        (CODES[1], "", r"recovery\.empty"),
        (CODES[1], CODES[0], r"recovery\.other_envelope"),
        (CODES[1], CODES[1], r"shelter\.same_code"),
    ):
        with pytest.raises((RulesBroken, Problem), match=error):
            sheltering.reopen(again, Reopen(request_id="rouvrir", code=code, fresh=fresh), KDF)
    again.close()
    assert (listener.folder / keys.FILE_NAME).read_bytes() == before


def test_without_an_envelope_it_is_refused(responsable_desk: Desk) -> None:
    before = (responsable_desk.folder / keys.FILE_NAME).read_bytes()
    with pytest.raises(Problem, match=r"shelter\.no_envelope"):
        sheltering.take_shelter(responsable_desk, GO)
    assert sheltering.read_shelter(responsable_desk).envelope is None
    assert (responsable_desk.folder / keys.FILE_NAME).read_bytes() == before


KILLED = """
import os, sys
from pathlib import Path
from antenne.base.clock import SystemClock
from antenne.db import keys
from antenne.services import access, opening, sheltering
from antenne.services.sheltering import Reopen, TakeShelter

folder, phrase, label, moment, code, fresh = sys.argv[1:]
desk = opening.open_desk(Path(folder), access.unlock(Path(folder), phrase, label), SystemClock())
written = keys.write_key_file

def cut(path, keyfile):
    if moment == "after":
        written(path, keyfile)
    os._exit(9)

keys.write_key_file = cut
if code:
    sheltering.reopen(desk, Reopen(request_id="rouvrir", code=code, fresh=fresh), keys.KdfParams())
else:
    sheltering.take_shelter(desk, TakeShelter(request_id="abri"))
"""


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("back", [False, True])
def test_killed_between_the_two_files_it_is_one_state_or_the_other(listener: Desk, moment: str, *, back: bool) -> None:
    """Killed before the key file moves, nothing happened; after it, all of it, and the base catches up."""
    if back:
        sheltering.take_shelter(listener, GO)
    listener.close()
    arguments = [str(listener.folder), PHRASES["ecoutante"], LABELS["ecoutante"], moment]
    arguments += [CODES[1], FRESH] if back else ["", ""]
    ended = subprocess.run([sys.executable, "-c", KILLED, *arguments], check=False, timeout=60, cwd=ROOT)
    assert ended.returncode == 9
    sheltered = back != (moment == "after")
    assert _confidential(listener) == (NOBODY if sheltered else HOLDERS)
    keyfile = keys.read_key_file(listener.folder / keys.FILE_NAME)
    again = _again(listener, "responsable")
    with again.read() as uow:
        identity = uow.office.identity()
        assert (identity.key_generation, identity.key_digest) == (keyfile.generation, keys.digest(keyfile))
        assert shelter_state.remembered(uow) == sheltered
    again.close()
    assert not list(listener.folder.glob("*.part"))


def test_a_file_that_cannot_be_written_changes_nothing(listener: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("antenne.db.key_file.os.fsync", full)
        with pytest.raises(Problem, match=r"keys\.no_space"):
            sheltering.take_shelter(listener, GO)
    listener.close()
    assert _confidential(listener) == HOLDERS


def test_an_older_key_file_put_back_is_withheld_by_the_program_and_said(listener: Desk) -> None:
    """The file itself still gives the key to whoever has tools: that is said on the page, not denied."""
    desk = listener
    old = (desk.folder / keys.FILE_NAME).read_bytes()
    sheltering.take_shelter(desk, GO)
    desk.close()
    (desk.folder / keys.FILE_NAME).write_bytes(old)
    assert access.unlock(desk.folder, PHRASES["ecoutante"], LABELS["ecoutante"]).confidential_key is not None
    assert _confidential(desk) == NOBODY
    again = _again(desk, "responsable")
    assert accounts.read_keys(again).older_file
    with pytest.raises(Problem, match=r"sealed\.sheltered"):
        compartment.open_compartment(again)
    command = users.AddUser(request_id="r", name="Agent nouvelle", label="Girafe", roles=frozenset({Role.CAISSIERE}))
    users.add_user(again, command, KDF)
    again.close()
    assert _confidential(desk) == NOBODY, "a newcomer undid the shelter"
    last = _again(desk, "responsable")
    sheltering.reopen(last, Reopen(request_id="rouvrir", code=CODES[1], fresh=FRESH), KDF)
    last.close()
    assert _confidential(desk) == HOLDERS


def test_a_backup_made_while_sheltered_carries_the_sheltered_file(listener: Desk, tmp_path: Path) -> None:
    desk = listener
    sheltering.take_shelter(desk, GO)
    desk.close()
    unlocked = access.unlock(desk.folder, PHRASES["responsable"], LABELS["responsable"])
    path = back_up_before_migration(desk.folder, unlocked, desk.clock)("0001")
    there = tmp_path / "ailleurs"
    restoring.restore(path, there, unlocked, clock=desk.clock, media=SystemMedia(), progress=Silent())
    assert access.unlock(there, PHRASES["ecoutante"], LABELS["ecoutante"]).confidential_key is None
    assert access.unlock(there, CODES[1], None).confidential_key is not None


def test_older_copies_of_this_computer_are_removed_or_named(listener: Desk) -> None:
    desk = listener
    kept = desk.folder / LOCAL_FOLDER
    kept.mkdir()
    (kept / "Antenne-20260101T000000Z-abcdefab.antenne").write_bytes(b"x")
    (kept / "note.txt").write_bytes(b"x")
    aside = desk.folder.with_name(f"{desk.folder.name}-mis-de-cote-20260101-000000")
    aside.mkdir()
    shutil.copy(desk.folder / keys.FILE_NAME, aside)
    assert sheltering.read_shelter(desk).aside == (aside,)
    sheltering.take_shelter(desk, GO)
    desk.close()
    assert [one.name for one in kept.iterdir()] == ["note.txt"]
    assert (aside / keys.FILE_NAME).exists()


def test_a_phrase_on_paper_waits_for_the_key_and_then_keeps_the_right(listener: Desk, responsable_desk: Desk) -> None:
    both = users.AddUser(request_id="r", name="Agent nouvelle", label="Girafe", roles=frozenset({Role.ECOUTANTE}))
    paper = users.add_user(responsable_desk, both, KDF).value
    sheltering.take_shelter(listener, GO)
    listener.close()

    def hers() -> tuple[Desk, str]:
        unlocked = access.unlock(listener.folder, paper.phrase, "Girafe")
        return opening.open_desk(listener.folder, unlocked, listener.clock), unlocked.slot_id

    desk, slot_id = hers()
    assert not users.must_change_phrase(desk, slot_id)
    with pytest.raises(Problem, match=r"sealed\.sheltered"):
        users.change_first_phrase(desk, slot_id, "pirogue calebasse lanterne fourmi", KDF)
    sheltering.reopen(desk, Reopen(request_id="rouvrir", code=CODES[1], fresh=FRESH), KDF)
    desk.close()
    desk, slot_id = hers()
    assert users.must_change_phrase(desk, slot_id)
    users.change_first_phrase(desk, slot_id, "pirogue calebasse lanterne fourmi", KDF)
    desk.close()
    own = access.unlock(listener.folder, "pirogue calebasse lanterne fourmi", "Girafe")
    assert own.confidential_key is not None


def test_a_change_of_keys_needs_the_code_while_sheltered(listener: Desk, clock: FixedClock) -> None:
    sheltering.take_shelter(listener, GO)
    listener.close()
    clock.advance(dt.timedelta(days=1))
    desk = _again(listener, "responsable")
    own = next(user for user in users.list_users(desk) if Role.RESPONSABLE in user.roles)
    command = rekeying.Rekey(
        request_id="cles",
        own_phrase="pirogue calebasse lanterne fourmi",
        staying=(rekeying.Staying(user_id=own.id, roles=own.roles),),
        recovery=rekeying.envelopes(rekeying.draw_code(CodeKind.BASE), FRESH),
        own_user_id=own.id,
    )
    with pytest.raises(Problem, match=r"rekey\.no_confidential"):
        rekeying.rekey_office(desk, command, KDF)
    desk.close()
    desk = _with_code(listener, CODES[1])
    rekeying.rekey_office(desk, command, KDF)
    desk.close()
    unlocked = access.unlock(listener.folder, command.own_phrase, LABELS["responsable"])
    again = opening.open_desk(listener.folder, unlocked, clock)
    assert again.keys.confidential is not None
    assert not shelter_state.is_sheltered(again)
    again.close()
