"""Settings with a date, on the real file."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from antenne.domain.violations import Forbidden, RulesBroken
from antenne.services import settings
from antenne.services.desk import Desk


def test_a_tariff_holds_from_its_date_on(responsable_desk: Desk) -> None:
    desk = responsable_desk
    before, after = dt.date(2026, 12, 31), dt.date(2027, 1, 1)
    settings.set_value(desk, settings.SetValue(request_id="r1", key="cards.price", since=after, value=750))
    assert desk.settings.count("cards.price", before) == 500
    assert desk.settings.count("cards.price", after) == 750


def test_the_secretary_changes_no_tariff(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        settings.set_value(
            desk, settings.SetValue(request_id="r1", key="cards.price", since=dt.date(2027, 1, 1), value=1)
        )


@pytest.mark.parametrize("value", [-1, 10**13, 1.5, "12", True])
def test_a_tariff_is_a_whole_positive_amount(responsable_desk: Desk, value: object) -> None:
    command = settings.SetValue(request_id="r1", key="cards.price", since=dt.date(2027, 1, 1), value=value)
    with pytest.raises(RulesBroken):
        settings.set_value(responsable_desk, command)
    assert responsable_desk.settings.count("cards.price", dt.date(2027, 1, 2)) == 500


def test_a_list_entry_ends_and_keeps_its_words(responsable_desk: Desk) -> None:
    desk = responsable_desk
    settings.put_entry(
        desk,
        settings.PutEntry(
            request_id="r1",
            list_name="languages",
            code="eng",
            label="anglais",
            since=dt.date(2000, 1, 1),
            until=dt.date(2026, 12, 1),
        ),
    )
    assert "eng" in {option.code for option in desk.settings.options("languages", dt.date(2026, 11, 30))}
    assert "eng" not in {option.code for option in desk.settings.options("languages", dt.date(2026, 12, 1))}
    assert desk.settings.label("languages", "eng") == "anglais"


def test_the_office_keeps_its_name(responsable_desk: Desk) -> None:
    desk = responsable_desk
    renamed = dataclasses.replace(desk.office, town="Sévaré")
    settings.change_office(desk, settings.ChangeOffice(request_id="r1", office=renamed))
    assert desk.office.town == "Sévaré"
    with pytest.raises(RulesBroken) as caught:
        settings.change_office(
            desk, settings.ChangeOffice(request_id="r2", office=dataclasses.replace(renamed, name=" ", town=""))
        )
    assert [violation.field for violation in caught.value.violations] == ["name", "town"]
