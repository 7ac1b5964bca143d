"""The public directory of structures, on a real encrypted file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from antenne.domain.forms.partner import answers_of
from antenne.domain.listening import Service
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.services import partners
from antenne.services.desk import Desk
from antenne.services.partners import SavePartner
from tests.conftest import NOW

DeskOf = Callable[[str], Desk]
DAY = NOW.date()


def test_the_office_starts_with_those_it_works_with(desk: Desk) -> None:
    names = [one.name for one in partners.list_partners(desk)]
    assert names == [
        "One Stop Center (hôpital Sominé Dolo)", "ARCAD CESAC", "DRPFEF", "Commissariat de police", "Gendarmerie",
        "LAKANA SO",
    ]  # fmt: skip
    assert [one.label for one in partners.partner_options(desk)] == names
    assert not any(one.conventions for one in partners.list_partners(desk))


def test_a_convention_makes_the_nearest(desk: Desk) -> None:
    arcad = next(one for one in partners.list_partners(desk) if one.name == "ARCAD CESAC")
    rows = ({"starts_on": DAY, "ends_on": DAY + dt.timedelta(days=30), "reference": "n° 4"},)
    answers = {**answers_of(arcad), "conventions": rows, "minutes": 25, "phone": "21 42 00 01"}
    command = SavePartner(request_id="p", partner_id=arcad.id, answers=answers)
    saved = partners.save_partner(desk, command).value
    assert partners.save_partner(desk, command).value == saved
    found = partners.nearest_partner(desk, Service.HEALTH)
    assert found is not None
    assert (found.partner, found.agreed) == (saved, True)
    after = partners.nearest_partner(desk, Service.HEALTH, DAY + dt.timedelta(days=31))
    assert after is not None
    assert not after.agreed
    with desk.read() as uow:
        fields = {change.field for line in uow.audit.history("partner", arcad.id) for change in line.changes}
    assert {"conventions", "minutes", "phone"} <= fields


def test_a_new_structure_comes_last_and_a_closed_one_is_no_longer_offered(desk: Desk) -> None:
    answers = {"name": "CSRéf de Mopti", "kind": "sante", "services": ("health",), "closed_on": DAY}
    saved = partners.save_partner(desk, SavePartner(request_id="n", answers=answers)).value
    assert partners.list_partners(desk)[-1] == saved
    assert "CSRéf de Mopti" not in [one.label for one in partners.partner_options(desk)]
    assert partners.closed_names(desk) == ("CSRéf de Mopti",)
    assert "CSRéf de Mopti" in [one.label for one in partners.partner_options(desk, DAY - dt.timedelta(days=1))]


def test_refusals(desk_of: DeskOf) -> None:
    desk = desk_of("secretaire")
    answers = {"name": "arcad cesac", "kind": "vih", "services": ("health",)}
    with pytest.raises(RulesBroken) as caught:
        partners.save_partner(desk, SavePartner(request_id="a", answers=answers))
    assert [one.code for one in caught.value.violations] == ["partner.name_taken"]
    with pytest.raises(RulesBroken) as caught:
        partners.save_partner(desk, SavePartner(request_id="b", partner_id=99, answers=answers))
    assert [one.code for one in caught.value.violations] == ["partner.unknown"]
    with pytest.raises(RulesBroken):
        partners.save_partner(desk, SavePartner(request_id="c", answers={}))
    with pytest.raises(Forbidden):
        partners.save_partner(desk_of("caissiere"), SavePartner(request_id="d", answers=answers))
    with pytest.raises(Forbidden):
        partners.list_partners(desk_of("lecture"))
