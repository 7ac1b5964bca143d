"""Names, numbers, what may go, whose turn it is."""

from __future__ import annotations

import datetime as dt

import pytest

from antenne.domain import backups
from antenne.domain.backups import (
    Anchor,
    BackupMade,
    BackupOnKey,
    Contents,
    KnownKey,
    Reminder,
    State,
)

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
DB = "1a2b3c4d" + "0" * 24


def one(counter: int | None, at: dt.datetime | None, state: State = State.VERIFIED) -> BackupOnKey:
    return BackupOnKey(file_name=f"{counter}-{at}-{state}", size=1, state=state, made_at=at, counter=counter)


def made(at: dt.datetime) -> BackupMade:
    return BackupMade(1, at, "", "", 1, verified=True)


def test_a_file_name_says_nothing_but_when_and_which_base() -> None:
    name = backups.file_name(NOW, DB)
    assert name == "Antenne-20261123T093000Z-1a2b3c4d.antenne"
    assert backups.instant_of(name) == NOW


@pytest.mark.parametrize(
    "name",
    [
        "Antenne-20261123T093000Z-1a2b3c4d.antenne.part",
        "Antenne-20261399T093000Z-1a2b3c4d.antenne",
        "Antenne-20261123T093000Z-1A2B3C4D.antenne",
        "photos.zip",
        "",
    ],
)
def test_other_names_have_no_instant(name: str) -> None:
    assert backups.instant_of(name) is None


def test_a_name_is_never_taken_twice_even_in_other_letters() -> None:
    taken = [backups.file_name(NOW, DB).upper(), backups.file_name(NOW + dt.timedelta(seconds=1), DB)]
    assert backups.free_instant(NOW, DB, taken) == NOW + dt.timedelta(seconds=2)
    assert backups.free_instant(NOW, DB, []) == NOW


def test_old_file_systems_stop_before_four_gigabytes() -> None:
    assert backups.longest_file("FAT32") == 4 * 1024**3 - 1
    assert backups.longest_file("vfat") == backups.longest_file("msdos")
    assert backups.longest_file("exFAT") is None
    assert backups.longest_file("NTFS") is None


def test_an_anchor_is_sixteen_characters_of_the_chain() -> None:
    assert backups.anchor_code("0" * 64) == "0" * 16
    assert backups.anchor_code("f" * 64) == "Z" * 16
    assert backups.anchor_code("84210" + "0" * 59) == "GGGG" + "0" * 12


def test_room_is_quoted_in_whole_megabytes() -> None:
    assert backups.mega(1) == 1
    assert backups.mega(184_000_000) == 184


def test_contents_count_members_and_cards() -> None:
    anchor = Anchor(0, None, "")
    assert Contents({"membership": 412, "member_card": 398}, anchor).members == 412
    assert Contents({"membership": 412, "member_card": 398}, anchor).cards == 398
    assert Contents({}, anchor).members == Contents({}, anchor).cards == 0


def test_the_next_number_is_above_all_that_is_known_here_and_on_the_key() -> None:
    assert backups.next_counter(0, []) == 1
    assert backups.next_counter(4, [one(9, NOW), one(None, NOW, State.UNREADABLE)]) == 10
    assert backups.next_counter(12, [one(9, NOW)]) == 13


def test_seven_newest_and_one_a_month_stay() -> None:
    days = [dt.datetime(2024, 1, 15, tzinfo=dt.UTC) + dt.timedelta(days=10 * step) for step in range(80)]
    found = [one(number, day) for number, day in enumerate(days, 1)]
    gone = backups.to_prune(found)
    kept = [item for item in found if item not in gone]
    assert {80, 79, 78, 77, 76, 75, 74} <= {item.counter for item in kept}
    months = {(item.made_at.year, item.made_at.month) for item in kept if item.made_at}
    assert len(months) == 12
    assert len(kept) < 20
    newest = {(day.year, day.month): day for day in days}
    assert all(item.made_at in newest.values() for item in kept if item.counter and item.counter < 74)


def test_the_counter_orders_not_the_clock() -> None:
    wrong_clock = [one(number, NOW - dt.timedelta(days=number)) for number in range(1, 21)]
    kept = {item.counter for item in wrong_clock} - {item.counter for item in backups.to_prune(wrong_clock)}
    assert {20, 19, 18, 17, 16, 15, 14} <= kept


def test_only_verified_backups_of_this_office_are_removed_or_counted() -> None:
    others = [one(100 + number, NOW, state) for number, state in enumerate(list(State)[1:])]
    verified = [one(number, NOW) for number in range(1, 10)]
    gone = backups.to_prune([*others, *verified, one(None, NOW), one(50, None)])
    assert all(item.state is State.VERIFIED and item.counter for item in gone)
    assert [item.counter for item in gone] == [3, 2, 1]


@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_few_backups_all_stay(count: int) -> None:
    assert backups.to_prune([one(number, NOW) for number in range(1, count + 1)]) == ()


def test_two_keys_take_turns() -> None:
    first = KnownKey("A", "a", "ANTENNE-1", NOW)
    second = KnownKey("B", "b", "ANTENNE-2", NOW - dt.timedelta(days=7))
    lost = KnownKey("C", "c", "ANTENNE-3", NOW - dt.timedelta(days=400))
    never = KnownKey("D", "d", "ANTENNE-4")
    assert backups.suggested_key([]) is None
    assert backups.suggested_key([first]) == first
    assert backups.suggested_key([first, second]) == second
    assert backups.suggested_key([lost, first, second]) == second
    assert backups.suggested_key([first, never]) == never


def test_a_key_is_recognised_by_serial_and_mark_together() -> None:
    key = KnownKey("A", "a", "ANTENNE-1")
    assert backups.recognised([key], "A", "a") == key
    assert backups.recognised([key], "B", "a") is None
    assert backups.recognised([key], "A", "b") is None
    assert backups.recognised([KnownKey("", "", "")], "", None) is None


@pytest.mark.parametrize(("days", "due"), [(0, False), (6, False), (7, True), (27, True)])
def test_a_backup_is_due_after_the_setting(days: int, *, due: bool) -> None:
    told = backups.reminder(made(NOW - dt.timedelta(days=days)), [], NOW.date(), 7)
    assert told == Reminder(days=days, due=due)


def test_a_first_backup_is_always_due() -> None:
    key = KnownKey("A", "a", "ANTENNE-1")
    told = backups.reminder(None, [key], NOW.date(), 7)
    assert told.days is None
    assert told.due
    assert told.wants_second
    assert told.suggested == key


def test_a_clock_set_back_makes_no_negative_days() -> None:
    assert backups.reminder(made(NOW + dt.timedelta(days=3)), [], NOW.date(), 7).days == 0
