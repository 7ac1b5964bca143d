"""What an account may be called, which uses it keeps, when a box rests."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from antenne.domain import chart as rules
from antenne.domain.accounts import CHART, Account, AccountKind, Use
from antenne.domain.cashbook import Box, CashDay
from antenne.domain.violations import Violation

INK = Account(id=9, code="6055", label="Fournitures de bureau", kind=AccountKind.EXPENSE, sycebnl="605")
OTHERS = tuple(replace(one, id=100 + place) for place, one in enumerate(CHART) if one.code != INK.code)
ORANGE = Box(3, "orange", "Orange Money")
DAY = dt.date(2026, 11, 23)
NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)


def codes(found: tuple[Violation, ...]) -> list[tuple[str, str | None]]:
    return [(one.code, one.field) for one in found]


def used_for(use: str) -> Account:
    return next(one for one in OTHERS if one.role == use)


def test_the_chart_of_a_new_office_breaks_no_rule() -> None:
    for number, one in enumerate(CHART):
        others = CHART[:number] + CHART[number + 1 :]
        assert rules.check_account(one, None, others, used=False) == ()


def test_every_use_of_the_program_has_a_kind_that_fits() -> None:
    named = {value for name, value in vars(Use).items() if name.isupper() and name != "BOX"}
    served = {one.role for one in CHART if one.role}
    assert named == {use for use in served if not rules.is_box(use)}
    assert all(rules.fits(one.role, one.kind) for one in CHART if one.role)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"code": "6059", "kind": AccountKind.EXPENSE}, []),
        ({"code": ""}, [("accounts.code_form", "code")]),
        ({"code": "0605"}, [("accounts.code_form", "code")]),
        ({"code": "60٥5"}, [("accounts.code_form", "code")]),
        ({"code": "605-5"}, [("accounts.code_form", "code")]),
        ({"code": "571"}, [("accounts.code_taken", "code")]),
        ({"label": ""}, [("accounts.label", "label")]),
        ({"label": "x" * 61}, [("form.too_long", "label")]),
        ({"label": "Encre 🙂"}, [("text.picture", "label")]),
        ({"sycebnl": ""}, [("accounts.sycebnl_form", "sycebnl")]),
        ({"sycebnl": "6"}, [("accounts.sycebnl_form", "sycebnl")]),
        ({"sycebnl": "701"}, [("accounts.sycebnl_class", "sycebnl")]),
        ({"sycebnl": "81"}, []),
        ({"active": False}, []),
    ],
)
def test_an_account_that_nothing_stands_on(change: dict[str, object], found: list[tuple[str, str]]) -> None:
    wanted = replace(INK, **change)  # type: ignore[arg-type]  # the cases name attributes
    assert codes(rules.check_account(wanted, INK, OTHERS, used=False)) == found


def test_number_and_kind_are_fixed_once_an_entry_stands_there() -> None:
    wanted = replace(INK, code="6059", kind=AccountKind.ASSET, sycebnl="401", label="Encre")
    found = codes(rules.check_account(wanted, INK, OTHERS, used=True))
    assert found == [("accounts.code_used", "code"), ("accounts.kind_used", "kind")]
    assert rules.check_account(replace(INK, label="Encre", sycebnl="6055", active=False), INK, OTHERS, used=True) == ()


def test_the_account_of_a_use_stays_in_service_and_of_its_kind() -> None:
    own = used_for(Use.MEMBERSHIP)
    others = tuple(one for one in OTHERS if one.id != own.id)
    wanted = replace(own, kind=AccountKind.LIABILITY, sycebnl="419", active=False)
    found = codes(rules.check_account(wanted, own, others, used=False))
    assert found == [("accounts.kind_use", "kind"), ("accounts.rest_use", "active")]


def test_a_use_goes_to_a_free_account_of_its_kind() -> None:
    holder = used_for(Use.RENT)
    free = Account(id=1, code="7079", label="Loyers de la boutique", kind=AccountKind.INCOME, sycebnl="707")
    assert rules.check_use(Use.RENT, holder, free, used=True) == ()
    assert rules.heirs(Use.RENT, (*OTHERS, free)) == (free,)
    busy = used_for(Use.CARD)
    assert codes(rules.check_use(Use.RENT, holder, busy, used=True)) == [("accounts.use_taken", "account")]
    resting = replace(free, active=False)
    assert codes(rules.check_use(Use.RENT, holder, resting, used=True)) == [("accounts.use_resting", "account")]
    assert codes(rules.check_use(Use.RENT, holder, INK, used=True)) == [("accounts.use_kind", "account")]
    assert rules.heirs(Use.RENT, (*OTHERS, resting, INK)) == ()


@pytest.mark.parametrize("use", [Use.CHANGE_DUE, Use.ADVANCE, f"{Use.BOX}orange"])
def test_what_is_owed_or_held_stays_where_it_was_written(use: str) -> None:
    holder = used_for(use)
    free = replace(holder, id=1, code="999", role="")
    assert rules.is_carried(use)
    assert rules.check_use(use, holder, free, used=False) == ()
    assert codes(rules.check_use(use, holder, free, used=True)) == [("accounts.use_carried", "account")]


def test_an_unknown_use_fits_no_account() -> None:
    assert not any(rules.fits("lottery", kind) for kind in AccountKind)


def day(*, closed: bool) -> CashDay:
    return CashDay(box_id=3, day=DAY, opened_at=NOW, opened_by=1, opening_amount=0, closed_at=NOW if closed else None)


@pytest.mark.parametrize(
    ("wanted", "last", "holds", "found"),
    [
        (replace(ORANGE, label="Orange"), day(closed=False), 500, []),
        (replace(ORANGE, label=""), None, 0, [("accounts.box_label", "box_label")]),
        (replace(ORANGE, label="x" * 61), None, 0, [("form.too_long", "box_label")]),
        (replace(ORANGE, label="BANQUE"), None, 0, [("accounts.box_taken", "box_label")]),
        (replace(ORANGE, active=False), None, 0, []),
        (replace(ORANGE, active=False), day(closed=True), 0, []),
        (replace(ORANGE, active=False), day(closed=True), 5, [("accounts.box_holds", "box_active")]),
        (replace(ORANGE, active=False), day(closed=False), 5, [("accounts.box_open", "box_active")]),
        (Box(1, "caisse", "Caisse", active=False), None, 0, [("accounts.box_cash", "box_active")]),
    ],
)
def test_a_box_is_renamed_or_rests(wanted: Box, last: CashDay | None, holds: int, found: list[tuple[str, str]]) -> None:
    assert codes(rules.check_box(wanted, (Box(2, "banque", "Banque"),), last, holds)) == found
