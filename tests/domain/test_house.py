"""Rights, changes, headings and the audit chain: small records that everything stands on."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antenne.domain import audit
from antenne.domain.audit import START, AuditRow
from antenne.domain.changes import CARDS, MEMBERS, Changes, Done
from antenne.domain.office import PAPERS, Heading, Office
from antenne.domain.rights import Right, Role, rights_of
from antenne.domain.violations import Forbidden, RulesBroken, Violation


def test_roles_add_up_and_nobody_else_opens_the_compartment() -> None:
    both = rights_of(frozenset({Role.SECRETAIRE, Role.CAISSIERE}))
    assert Right.WRITE_PERSONS in both
    assert Right.CASH_IN in both
    assert Right.COMPARTMENT not in both
    assert rights_of(frozenset()) == frozenset()
    assert rights_of(frozenset({Role.LECTURE})) == {Right.AGGREGATES}
    assert rights_of(frozenset({Role.RESPONSABLE})) == set(Right)


def test_changes_touch_their_area_and_record() -> None:
    changes = Changes.of(MEMBERS, id=7) | Changes.of(CARDS)
    assert changes.touch(MEMBERS)
    assert changes.touch(MEMBERS, 7)
    assert not changes.touch(MEMBERS, 8)
    assert changes.touch(CARDS, 8)
    assert not Changes().touch(MEMBERS)
    assert Done(3).changes == Changes()


@pytest.mark.parametrize("paper", PAPERS)
def test_papers_that_travel_start_neutral(paper: str) -> None:
    office = Office(association="X", name="Y", town="Z")
    neutral = paper in {"discreet_card", "slip", "voucher", "guarantor_copy", "civil", "her_rights"}
    assert office.heading(paper) is (Heading.NEUTRAL if neutral else Heading.ASSOCIATION)
    chosen = dataclasses.replace(office, headings={paper: Heading.NONE})
    assert chosen.heading(paper) is Heading.NONE


def test_refusals_carry_what_is_broken() -> None:
    refused = RulesBroken(Violation("a"), Violation("b", "field"))
    assert [violation.code for violation in refused.violations] == ["a", "b"]
    assert str(refused) == "a, b"
    assert Forbidden("settings").right == "settings"


def _chain(count: int) -> list[AuditRow]:
    rows: list[AuditRow] = []
    for number in range(1, count + 1):
        row = AuditRow(
            id=number,
            at=dt.datetime(2026, 11, 23, tzinfo=dt.UTC) + dt.timedelta(minutes=number),
            actor_id=1,
            action="person.saved",
            subject="person",
            subject_id=number,
            digest=audit.details_digest("salt", str(number)),
            previous=rows[-1].hash if rows else START,
            hash="",
        )
        rows.append(dataclasses.replace(row, hash=audit.row_hash(row)))
    return rows


@given(st.integers(1, 12), st.data())
def test_a_changed_removed_or_swapped_link_is_named(count: int, data: st.DataObject) -> None:
    rows = _chain(count)
    assert audit.chain_faults(rows) == ()
    at = data.draw(st.integers(0, count - 1))
    changed = [*rows]
    changed[at] = dataclasses.replace(rows[at], subject_id=999)
    assert rows[at].id in audit.chain_faults(changed)
    if at < count - 1:
        assert rows[at + 1].id in audit.chain_faults([*rows[:at], *rows[at + 1 :]])


def test_a_recomputed_link_breaks_the_one_after() -> None:
    rows = _chain(3)
    forged = dataclasses.replace(rows[1], subject_id=999)
    rows[1] = dataclasses.replace(forged, hash=audit.row_hash(forged))
    assert audit.chain_faults(rows) == (3,)


def test_details_need_their_salt() -> None:
    assert audit.details_digest("a", "x") != audit.details_digest("b", "x")
