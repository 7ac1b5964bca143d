"""Backups made, listed, checked, pruned, and brought back, on real encrypted files."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from antenne.base.clock import FixedClock
from antenne.base.media import SystemMedia
from antenne.base.problems import Problem
from antenne.base.progress import Silent, Stopped
from antenne.db import cipher, keys
from antenne.db.backup import MARKER
from antenne.db.slots import NewSlot, Unlocked
from antenne.domain.audit import chain_faults
from antenne.domain.backups import State
from antenne.domain.births import Birth, Precision
from antenne.domain.changes import BACKUP
from antenne.domain.office import Office
from antenne.domain.persons import Membership, Person
from antenne.domain.violations import Forbidden
from antenne.services import access, backup, backup_start, opening, restoring
from antenne.services.desk import Desk
from antenne.wording import backup as words
from tests.conftest import KDF, LABELS, NOW, PHRASES
from tests.db.media import FaultyMedia, StopAt, roomy

MEDIA = SystemMedia()


@pytest.fixture
def key(tmp_path: Path) -> Path:
    folder = tmp_path / "key"
    folder.mkdir()
    return folder


@pytest.fixture
def demo_desk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    """A demonstration office of its own."""
    folder = tmp_path / "demo"
    slot = NewSlot(label="Girafe", secret="mangue soleil pirogue girafe", roles=frozenset({"responsable"}), may_open_confidential=True)  # fmt: skip
    office = Office(association="DANAYA SO", name="Démonstration", town="Sévaré", demo=True)
    opening.create_office(folder, office, [opening.NewUser(name="Agent", slot=slot)], (), clock, KDF)
    made = opening.open_desk(folder, access.unlock(folder, "mangue soleil pirogue girafe", None), clock)
    yield made
    made.close()


def register(desk: Desk, number: int) -> None:
    with desk.write() as uow:
        person = Person(
            number=f"P-{number:05d}",
            last_name="Koné",
            first_name="Awa",
            birth=Birth(Precision.ABOUT, dt.date(1994, 1, 1)),
            membership=Membership(f"M-{number:05d}", dt.date(2019, 3, 12)),
        )
        kept = uow.persons.save(person, desk.clock.now(), 1)
        uow.audit.add(desk.clock.now(), 1, "person.saved", "person", kept.id)
        uow.commit()


def save(desk: Desk, key: Path) -> backup.BackupReport:
    return backup.make_backup(desk, key, MEDIA, Silent()).value


def test_a_backup_tells_what_it_holds_and_is_remembered(desk: Desk, key: Path) -> None:
    register(desk, 1)
    register(desk, 2)
    done = backup.make_backup(desk, key, MEDIA, Silent())
    report = done.value
    assert done.changes.touch(BACKUP)
    assert report.path.name == f"Antenne-20261123T093000Z-{desk.keys.db_id[:8]}.antenne"
    assert words.closing(report.file).startswith("Sauvegarde n°\u00a01\u00a0: 2 adhésions, 0 carte, ")
    assert words.closing(report.file).endswith("relue, chiffrée.")
    assert report.file.contents is not None
    assert report.file.contents.anchor.entries == 2
    assert len(report.file.contents.anchor.head) == 16
    with desk.read() as uow:
        last, known = uow.backups.last(), uow.backups.known_keys()
        links = tuple(uow.audit.links())
    assert last is not None
    assert (last.counter, last.file_name, last.size) == (1, report.path.name, report.path.stat().st_size)
    assert [key.marker for key in known] == [(key / MARKER).read_text()]
    assert links[-1].action == "backup.made"
    assert chain_faults(links) == ()


def test_nothing_readable_stands_in_the_file(desk: Desk, key: Path) -> None:
    register(desk, 1)
    data = save(desk, key).path.read_bytes()
    for secret in (b"SQLite format 3", "Koné".encode(), b"Mopti", b"Agent", b"membership"):
        assert secret not in data


def test_work_goes_on_and_two_in_the_same_second_have_two_names(desk: Desk, key: Path) -> None:
    first, second = save(desk, key), save(desk, key)
    assert first.path != second.path
    assert [one.counter for one in backup.list_backups(desk, key, MEDIA)] == [2, 1]
    assert [one.state for one in backup.list_backups(desk, key, MEDIA)] == [State.VERIFIED] * 2


def test_the_list_tells_each_state(desk: Desk, demo_desk: Desk, key: Path, clock: FixedClock) -> None:
    good = save(desk, key)
    clock.advance(dt.timedelta(days=1))
    bad = save(desk, key)
    clock.advance(dt.timedelta(days=1))
    elsewhere = save(desk, key).path
    shutil.copy(elsewhere, key / "copie de la cle.antenne")
    other = save(demo_desk, key)
    data = bytearray(bad.path.read_bytes())
    data[200] ^= 1
    bad.path.write_bytes(data)
    (key / "notes.txt").write_text("x")
    found = {one.file_name: one.state for one in backup.list_backups(desk, key, MEDIA)}
    assert found == {
        good.path.name: State.VERIFIED,
        bad.path.name: State.UNREADABLE,
        elsewhere.name: State.VERIFIED,
        "copie de la cle.antenne": State.TO_VERIFY,
        other.path.name: State.OTHER_OFFICE,
    }


def test_reading_a_backup_whole_is_remembered(desk: Desk, key: Path) -> None:
    path = save(desk, key).path
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert backup.list_backups(desk, key, MEDIA)[0].state is State.VERIFIED  # a quick look does not read the base
    assert backup.check_backup(desk, path, MEDIA, Silent()).value.state is State.UNREADABLE
    assert backup.list_backups(desk, key, MEDIA)[0].state is State.UNREADABLE
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert backup.check_backup(desk, path, MEDIA, Silent()).value.state is State.VERIFIED
    assert backup.list_backups(desk, key, MEDIA)[0].state is State.VERIFIED


def test_checking_a_backup_of_another_office(desk: Desk, demo_desk: Desk, key: Path) -> None:
    path = save(demo_desk, key).path
    assert backup.check_backup(desk, path, MEDIA, Silent()).value.state is State.TO_VERIFY
    assert not backup.verify_file(path, None, MEDIA, Silent()).authentic


def test_intact_without_and_authentic_with_a_passphrase(desk: Desk, key: Path) -> None:
    path = save(desk, key).path
    intact = backup.verify_file(path, None, MEDIA, Silent())
    assert not intact.authentic
    assert intact.contents is None
    assert "intacte" in words.verdict(intact)
    unlocked = restoring.unlock_backup(path, PHRASES["caissiere"], LABELS["caissiere"], MEDIA)
    whole = backup.verify_file(path, unlocked, MEDIA, Silent())
    assert whole.authentic
    assert "authentique" in words.verdict(whole)
    with pytest.raises(Problem, match=r"keys\.wrong_passphrase"):
        restoring.unlock_backup(path, "autre phrase secrete fausse", LABELS["caissiere"], MEDIA)
    with pytest.raises(Stopped):
        backup.verify_file(path, None, MEDIA, StopAt("backup.verify"))


def test_old_backups_go_and_the_newest_stay(desk: Desk, key: Path, clock: FixedClock) -> None:
    names = []
    for _ in range(9):
        clock.advance(dt.timedelta(hours=1))
        names.append(save(desk, key).path.name)
    left = {path.name for path in key.glob("*.antenne")}
    assert left == set(names[2:])
    (key / names[8]).write_bytes(b"ruined")
    clock.advance(dt.timedelta(hours=1))
    names.append(save(desk, key).path.name)
    assert {path.name for path in key.glob("*.antenne")} == set(names[2:])


def test_two_keys_take_turns_and_a_copied_mark_is_replaced(desk: Desk, tmp_path: Path, clock: FixedClock) -> None:
    first, second = tmp_path / "one", tmp_path / "two"
    serials = {first: "AAAA-0001", second: "BBBB-0002"}

    class Plugged(FaultyMedia):
        def volume(self, folder: Path):  # type: ignore[no-untyped-def]  # the type is the parent's
            return roomy(super().volume(folder), serial=serials[folder], label=folder.name, root=folder)

        def volumes(self):  # type: ignore[no-untyped-def]  # the type is the parent's
            return tuple(self.volume(folder) for folder in serials)

    media = Plugged()
    for folder in serials:
        folder.mkdir()
        backup.make_backup(desk, folder, media, Silent())
        if folder == first:
            shutil.copy(first / MARKER, second.parent / MARKER)
            assert backup.reminder(desk).wants_second
        clock.advance(dt.timedelta(days=8))
    told = backup.reminder(desk)
    assert (told.days, told.due, told.wants_second) == (8, True, False)
    assert told.suggested is not None
    assert told.suggested.label == "one"
    seen = backup.seen_keys(desk, media)
    assert [(one.volume.label, one.suggested, one.known is not None) for one in seen] == [
        ("one", True, True),
        ("two", False, True),
    ]
    shutil.copy(first / MARKER, second / MARKER)
    backup.make_backup(desk, second, media, Silent())
    assert (first / MARKER).read_text() != (second / MARKER).read_text()
    backup.forget_key(desk, told.suggested.marker)
    assert all(one.known is None for one in backup.seen_keys(desk, media) if one.volume.label == "one")


def test_never_backed_up_is_due(desk: Desk) -> None:
    told = backup.reminder(desk)
    assert told.due
    assert told.days is None
    assert words.badge(told) == "Sauvegarde\u00a0: jamais faite"


def test_who_may_not_back_up_is_refused(
    made_office: tuple[Path, dict[str, Unlocked]], office_folder: Path, key: Path, clock: FixedClock
) -> None:
    reader = opening.open_desk(office_folder, made_office[1]["lecture"], clock)
    try:
        with pytest.raises(Forbidden):
            backup.make_backup(reader, key, MEDIA, Silent())
    finally:
        reader.close()
    assert list(key.iterdir()) == []


# --- restoring --------------------------------------------------------------------------------------------------------


def test_a_backup_opens_on_a_new_computer(desk: Desk, key: Path, tmp_path: Path, clock: FixedClock) -> None:
    register(desk, 1)
    path = save(desk, key).path
    register(desk, 2)
    new = tmp_path / "ailleurs" / "Antenne"
    assert set(restoring.labels_in(path, MEDIA)) == set(LABELS.values())
    unlocked = restoring.unlock_backup(path, PHRASES["responsable"], LABELS["responsable"], MEDIA)
    report = restoring.restore(path, new, unlocked, clock=clock, media=MEDIA, progress=Silent())
    assert report.contents.members == 1
    assert sorted(one.name for one in new.iterdir()) == ["antenne.cles", "base.db"]
    restored = opening.open_desk(new, access.unlock(new, PHRASES["secretaire"], LABELS["secretaire"]), clock)
    try:
        with restored.read() as uow:
            assert uow.persons.by_member_number("M-00001") is not None
            assert uow.persons.by_member_number("M-00002") is None
            links = tuple(uow.audit.links())
            assert uow.backups.last() is not None
        assert (links[-1].action, links[-1].subject_id) == ("base.restored", 1)
        assert chain_faults(links) == ()
        assert backup.make_backup(restored, key, MEDIA, Silent()).value.file.counter == 2
    finally:
        restored.close()


def test_a_branch_numbers_on_above_what_the_key_holds(desk: Desk, key: Path, tmp_path: Path, clock: FixedClock) -> None:
    first = save(desk, key).path
    for _ in range(3):
        save(desk, key)
    unlocked = restoring.unlock_backup(first, PHRASES["secretaire"], None, MEDIA)
    restoring.restore(first, tmp_path / "new", unlocked, clock=clock, media=MEDIA, progress=Silent())
    branch = opening.open_desk(tmp_path / "new", unlocked, clock)
    try:
        assert backup.make_backup(branch, key, MEDIA, Silent()).value.file.counter == 5
    finally:
        branch.close()


def test_a_folder_with_an_office_is_never_restored_into(desk: Desk, key: Path, clock: FixedClock) -> None:
    path = save(desk, key).path
    unlocked = restoring.unlock_backup(path, PHRASES["secretaire"], None, MEDIA)
    with pytest.raises(Problem, match=r"office\.exists"):
        restoring.restore(path, desk.folder, unlocked, clock=clock, media=MEDIA, progress=Silent())


@pytest.mark.parametrize("step", ["backup.restore", "backup.check"])
def test_stopping_a_restoration_leaves_nothing(
    desk: Desk, key: Path, tmp_path: Path, clock: FixedClock, step: str
) -> None:
    path = save(desk, key).path
    unlocked = restoring.unlock_backup(path, PHRASES["secretaire"], None, MEDIA)
    with pytest.raises(Stopped):
        restoring.restore(path, tmp_path / "new", unlocked, clock=clock, media=MEDIA, progress=StopAt(step))
    assert list((tmp_path / "new").iterdir()) == []


def test_restoring_here_sets_the_present_base_aside(responsable_desk: Desk, key: Path) -> None:
    desk = responsable_desk
    register(desk, 1)
    path = save(desk, key).path
    register(desk, 2)
    unlocked = restoring.unlock_backup(path, PHRASES["responsable"], LABELS["responsable"], MEDIA)
    report = restoring.restore_here(desk, path, unlocked, MEDIA, Silent())
    assert report.aside is not None
    assert report.aside.parent == desk.folder.parent
    assert not report.older_keys
    restoring.drop_restore(desk)
    assert not (desk.folder / "restauration").exists()
    report = restoring.restore_here(desk, path, unlocked, MEDIA, Silent())
    assert report.aside is not None
    with desk.read() as uow:
        assert len(uow.persons.all_ids()) == 2  # nothing has changed yet
    restoring.confirm_restore(desk, report)
    restoring.drop_restore(desk)  # too late
    desk.close()
    assert backup_start.prepare_folder(desk.folder) == report.aside
    assert backup_start.prepare_folder(desk.folder) is None
    assert _members(desk.folder, unlocked) == 1
    assert _members(report.aside, unlocked) == 2
    assert sorted(one.name for one in desk.folder.iterdir() if "-" not in one.name) == ["antenne.cles", "base.db"]


def _members(folder: Path, unlocked: Unlocked) -> int:
    raw = cipher.connect(folder / "base.db", keys.cipher_key(unlocked.base_key))
    try:
        return int(raw.execute("SELECT count(*) FROM membership").fetchone()[0])
    finally:
        raw.close()


@pytest.mark.parametrize("moves", range(8))
def test_a_power_cut_while_the_files_change_places(
    responsable_desk: Desk, key: Path, moves: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut after each move: the next start goes on, and neither base is lost."""
    desk = responsable_desk
    register(desk, 1)
    path = save(desk, key).path
    register(desk, 2)
    unlocked = restoring.unlock_backup(path, PHRASES["responsable"], LABELS["responsable"], MEDIA)
    report = restoring.restore_here(desk, path, unlocked, MEDIA, Silent())
    assert report.aside is not None
    restoring.confirm_restore(desk, report)
    desk.close()
    (desk.folder / "base.db-wal").touch()
    real, left = Path.rename, [moves]

    def cut(self: Path, target: Path) -> Path:
        if left[0] == 0:
            raise OSError("power")
        left[0] -= 1
        return real(self, target)

    monkeypatch.setattr(Path, "rename", cut)
    try:
        backup_start.prepare_folder(desk.folder)
    except Problem as problem:
        assert words.PROBLEMS[problem.code]  # noqa: PT017 - some cuts come after the last move
    monkeypatch.setattr(Path, "rename", real)
    backup_start.prepare_folder(desk.folder)
    assert _members(desk.folder, unlocked) == 1
    assert _members(report.aside, unlocked) == 2


def test_a_restoration_that_was_not_decided_is_thrown_away(responsable_desk: Desk) -> None:
    staging = responsable_desk.folder / "restauration"
    staging.mkdir()
    (staging / "base.db").write_bytes(b"half")
    (responsable_desk.folder / "essai-1234").mkdir()
    (responsable_desk.folder / "copie-1234.db").write_bytes(b"half")
    assert backup_start.prepare_folder(responsable_desk.folder) is None
    assert {one.name for one in responsable_desk.folder.iterdir()} <= {
        "base.db",
        "base.db-wal",
        "base.db-shm",
        "antenne.cles",
    }
    assert backup_start.prepare_folder(responsable_desk.folder / "gone") is None


def test_only_the_responsable_restores_here(desk: Desk, key: Path) -> None:
    path = save(desk, key).path
    unlocked = restoring.unlock_backup(path, PHRASES["secretaire"], None, MEDIA)
    with pytest.raises(Forbidden):
        restoring.restore_here(desk, path, unlocked, MEDIA, Silent())


def test_a_demonstration_never_takes_the_place_of_an_office(responsable_desk: Desk, demo_desk: Desk, key: Path) -> None:
    path = save(demo_desk, key).path
    unlocked = restoring.unlock_backup(path, "mangue soleil pirogue girafe", None, MEDIA)
    with pytest.raises(Problem, match=r"backup\.other_office"):
        restoring.restore_here(responsable_desk, path, unlocked, MEDIA, Silent())
    with demo_desk.read() as uow:
        identity = uow.office.identity()
    raw = cipher.connect(demo_desk.folder / "base.db", keys.cipher_key(demo_desk.keys.base))
    raw.execute("UPDATE office SET demo = 0")
    raw.close()
    real = opening.open_desk(demo_desk.folder, unlocked, demo_desk.clock)
    try:
        assert identity.db_id == real.keys.db_id
        with pytest.raises(Problem, match=r"backup\.demo_over_office"):
            restoring.restore_here(real, path, unlocked, MEDIA, Silent())
        assert not (real.folder / "restauration").exists()
    finally:
        real.close()


def test_a_newer_program_is_asked_for(desk: Desk, key: Path, tmp_path: Path, clock: FixedClock) -> None:
    raw = cipher.connect(desk.folder / "base.db", keys.cipher_key(desk.keys.base))
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    path = save(desk, key).path
    unlocked = restoring.unlock_backup(path, PHRASES["secretaire"], None, MEDIA)
    with pytest.raises(Problem, match=r"db\.newer"):
        restoring.restore(path, tmp_path / "new", unlocked, clock=clock, media=MEDIA, progress=Silent())
    with pytest.raises(Problem, match=r"db\.newer"):
        restoring.try_restore(desk, path, MEDIA, Silent())


def test_older_keys_need_a_phrase_of_their_day_and_are_said(
    responsable_desk: Desk, key: Path, clock: FixedClock
) -> None:
    desk = responsable_desk
    path = save(desk, key).path
    present = keys.read_key_file(desk.folder / keys.FILE_NAME)
    newer = keys.remove_slot(present, keys.OfficeKeys(desk.keys.base, desk.keys.confidential), present.slots[-1].id)
    keys.write_key_file(desk.folder / keys.FILE_NAME, newer)
    unlocked = restoring.unlock_backup(path, PHRASES["lecture"], LABELS["lecture"], MEDIA)
    assert restoring.restore_here(desk, path, unlocked, MEDIA, Silent()).older_keys
    desk.keys = type(desk.keys)(bytes(32), None, desk.keys.paper, desk.keys.db_id)
    assert backup.list_backups(desk, key, MEDIA)[0].state is State.TO_VERIFY
    assert backup.check_backup(desk, path, MEDIA, Silent()).value.state is State.TO_VERIFY
    with pytest.raises(Problem, match=r"backup\.other_keys"):
        restoring.try_restore(desk, path, MEDIA, Silent())
    assert restoring.try_restore(desk, path, MEDIA, Silent(), unlocked).contents.counts["user"] == 5


def test_a_trial_changes_nothing(desk: Desk, key: Path) -> None:
    register(desk, 1)
    path = save(desk, key).path
    before = {one.name for one in desk.folder.iterdir()}
    told = restoring.try_restore(desk, path, MEDIA, Silent())
    assert told.contents.members == 1
    assert "Rien n’a été changé" in words.trial(told.contents, told.seconds)
    assert {one.name for one in desk.folder.iterdir()} == before
    data = bytearray(path.read_bytes())
    data[-5000] ^= 1
    path.write_bytes(data)
    with pytest.raises(Problem, match=r"backup\.damaged"):
        restoring.try_restore(desk, path, MEDIA, Silent())
    assert {one.name for one in desk.folder.iterdir()} == before


def test_a_key_that_is_pulled_out_of_a_restoration(desk: Desk, key: Path, tmp_path: Path, clock: FixedClock) -> None:
    path = save(desk, key).path
    unlocked = restoring.unlock_backup(path, PHRASES["secretaire"], None, MEDIA)
    counted = FaultyMedia()
    restoring.restore(path, tmp_path / "whole", unlocked, clock=clock, media=counted, progress=Silent())
    for place in range(len(counted.calls)):
        new = tmp_path / f"new-{place}"
        with pytest.raises(Problem) as caught:
            restoring.restore(path, new, unlocked, clock=clock, media=FaultyMedia(place), progress=Silent())
        assert caught.value.code == "media.faulty"
        assert not new.exists() or list(new.iterdir()) == []


def test_a_verified_copy_is_made_before_a_migration(
    made_office: tuple[Path, dict[str, Unlocked]], office_folder: Path, clock: FixedClock
) -> None:
    unlocked = made_office[1]["secretaire"]
    back_up = backup.back_up_before_migration(office_folder, unlocked, clock)
    paths = []
    for _ in range(3):
        paths.append(back_up("0001"))
        clock.advance(dt.timedelta(seconds=1))
    assert paths[0].parent == office_folder / backup.LOCAL_FOLDER
    assert sorted(paths[0].parent.iterdir()) == paths[1:]
    file = backup.verify_file(paths[2], unlocked, MEDIA, Silent())
    assert file.authentic
    assert (file.counter, file.created) == (0, NOW + dt.timedelta(seconds=2))


def test_a_folder_that_is_gone_is_said(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"media\.gone"):
        backup.look_at_folder(tmp_path / "gone", MEDIA)
    with pytest.raises(Problem, match=r"media\.gone"):
        backup.list_backups(desk, tmp_path / "gone", MEDIA)
    with pytest.raises(Problem, match=r"media\.gone"):
        backup.make_backup(desk, tmp_path / "gone", MEDIA, Silent())
    assert backup.look_at_folder(tmp_path, MEDIA).free > 0
