"""Entries: balanced, reversed by their mirror, chained so that every change behind the program is named."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antenne.domain import ledger
from antenne.domain.accounts import CHART, Account, AccountKind
from antenne.domain.ledger import Entry, EntryKind, LedgerAnchor, LedgerFault, Posting
from antenne.domain.violations import Violation

AT = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
FAR = 10**12


def entry(amount: int = 500, **more: object) -> Entry:
    lines = (Posting(account_id=1, debit=amount, cash_day_id=7), Posting(account_id=2, credit=amount, person_id=3))
    given_: dict[str, object] = {"kind": EntryKind.RECEIPT, "postings": lines, **more}
    return Entry(day=AT.date(), at=AT, cash_day_id=7, actor_id=1, **given_)  # type: ignore[arg-type]  # attributes by name


def chain(amounts: list[int]) -> list[Entry]:
    made, previous = [], ledger.START
    for number, amount in enumerate(amounts, 1):
        one = replace(entry(amount), id=number)
        one = replace(one, hash=ledger.entry_hash(one, previous))
        made.append(one)
        previous = one.hash
    return made


@pytest.mark.parametrize(
    ("postings", "codes"),
    [
        ((), ["ledger.empty"]),
        ((Posting(account_id=1, debit=5), Posting(account_id=2, credit=5)), []),
        ((Posting(account_id=1, debit=5), Posting(account_id=2, credit=4)), ["ledger.unbalanced"]),
        ((Posting(account_id=1), Posting(account_id=2)), ["ledger.sides"]),
        ((Posting(account_id=1, debit=5, credit=5),), ["ledger.sides"]),
        ((Posting(account_id=1, debit=-5), Posting(account_id=2, credit=-5)), ["ledger.sides"]),
        ((Posting(account_id=1, debit=FAR + 1), Posting(account_id=2, credit=FAR + 1)), ["ledger.too_much"]),
        ((Posting(account_id=1, debit=FAR), Posting(account_id=2, credit=FAR)), []),
    ],
)
def test_what_an_entry_must_be(postings: tuple[Posting, ...], codes: list[str]) -> None:
    assert [found.code for found in ledger.check_postings(postings)] == codes


def test_a_reversal_is_the_mirror_in_the_open_days() -> None:
    first = entry(500)
    mirror = ledger.reversed_postings(first, {7: 9})
    assert mirror == (
        Posting(account_id=1, credit=500, cash_day_id=9),
        Posting(account_id=2, debit=500, person_id=3),
    )
    assert ledger.check_reversal(first, None) == ()
    assert ledger.check_reversal(first, 12)[0].code == "ledger.already_reversed"
    assert ledger.check_reversal(entry(kind=EntryKind.REVERSAL), None)[0].code == "ledger.reversal_of_reversal"
    assert first.total == 500


@given(st.lists(st.integers(1, FAR), max_size=12))
def test_a_whole_chain_has_no_fault_and_passes_through_its_anchors(amounts: list[int]) -> None:
    made = chain(amounts)
    assert ledger.ledger_faults(made) == ()
    for number, one in enumerate(made, 1):
        anchor = LedgerAnchor(number, "2026-00001", ledger.head_of(one.hash))
        assert ledger.read_anchor(anchor.code) == (number, anchor.head)
        assert ledger.matches_anchor(made, number, anchor.head)
    assert ledger.matches_anchor(made, 0, ledger.head_of(ledger.START))
    assert not ledger.matches_anchor(made, len(made) + 1, ledger.head_of(ledger.START))


@given(st.lists(st.integers(1, 10_000), min_size=2, max_size=8), st.data())
def test_every_change_behind_the_program_is_named(amounts: list[int], data: st.DataObject) -> None:
    made = chain(amounts)
    place = data.draw(st.integers(0, len(made) - 1))
    victim = made[place]
    edited = replace(victim, postings=(replace(victim.postings[0], account_id=99), victim.postings[1]))
    assert LedgerFault(victim.id, "altered") in ledger.ledger_faults([*made[:place], edited, *made[place + 1 :]])
    removed = ledger.ledger_faults([*made[:place], *made[place + 1 :]])
    assert removed == (() if place == len(made) - 1 else (LedgerFault(victim.id + 1, "missing"),))


def test_an_unbalanced_entry_is_named_even_if_its_hash_was_made_again() -> None:
    lame = replace(entry(), id=1, postings=(Posting(account_id=1, debit=3), Posting(account_id=2, credit=2)))
    lame = replace(lame, hash=ledger.entry_hash(lame, ledger.START))
    assert ledger.ledger_faults([lame]) == (LedgerFault(1, "unbalanced"),)


def test_a_cut_tail_or_a_chain_made_again_shows_against_the_typed_anchor() -> None:
    made = chain([100, 200, 300])
    head = ledger.head_of(made[-1].hash)
    again = chain([100, 250, 300])
    assert ledger.ledger_faults(made[:2]) == ()
    assert not ledger.matches_anchor(made[:2], 3, head)
    assert ledger.ledger_faults(again) == ()
    assert not ledger.matches_anchor(again, 3, head)


@pytest.mark.parametrize(
    "typed", ["", "12", "1473-7F3A", "x-7F3A-91C2-0KQ8-ZZ4T", "é" * 20, "1473 7F3A-91C2-0KQ8-ZZ4?"]
)
def test_an_anchor_that_cannot_be_read_says_so(typed: str) -> None:
    found = ledger.read_anchor(typed)
    assert isinstance(found, Violation)
    assert found.code == "ledger.anchor_unreadable"


def test_a_typed_anchor_forgives_case_spaces_and_look_alikes() -> None:
    assert ledger.read_anchor(" 1473 7f3a–91c2-oKQ8-ZZ4I ") == (1473, "7F3A91C20KQ8ZZ41")


def test_the_chart_has_each_code_and_each_use_once() -> None:
    codes, uses = [one.code for one in CHART], [one.role for one in CHART if one.role]
    assert len(set(codes)) == len(codes)
    assert len(set(uses)) == len(uses)
    assert {one.kind for one in CHART} == set(AccountKind)
    assert [kind for kind in AccountKind if kind.grows_by_debit] == [AccountKind.ASSET, AccountKind.EXPENSE]
    assert [kind for kind in AccountKind if kind.begins_anew] == [AccountKind.EXPENSE, AccountKind.INCOME]
    assert Account(code="1", label="x", kind=AccountKind.ASSET).active
