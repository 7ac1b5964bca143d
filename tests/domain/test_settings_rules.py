"""Dated settings and lists, pure."""

from __future__ import annotations

import datetime as dt

import pytest

from antenne.domain import seeds
from antenne.domain.forms.model import Kind, Option
from antenne.domain.settings import DatedValue, ListEntry, SettingDefinition, Settings

DAY = dt.date(2026, 11, 23)
FEE = SettingDefinition(key="fee", label="Droit", kind=Kind.MONEY, default=500)
NAME = SettingDefinition(key="name", label="Nom", kind=Kind.TEXT, default="x")


def test_a_value_holds_from_its_day_until_the_next() -> None:
    settings = Settings(
        {"fee": (DatedValue(dt.date(2026, 1, 1), 750), DatedValue(dt.date(2025, 1, 1), 600))}, {}, {"fee": FEE}
    )
    assert settings.count("fee", dt.date(2024, 12, 31)) == 500
    assert settings.count("fee", dt.date(2025, 12, 31)) == 600
    assert settings.count("fee", DAY) == 750


def test_a_text_is_no_count_and_an_unknown_setting_is_a_bug() -> None:
    settings = Settings({}, {}, {"name": NAME})
    with pytest.raises(TypeError):
        settings.count("name", DAY)
    with pytest.raises(KeyError):
        settings.value("nothing", DAY)


def test_a_list_offers_what_holds_that_day_in_its_order() -> None:
    entries = (
        ListEntry("x", Option("b", "B"), position=1),
        ListEntry("x", Option("a", "A"), position=0),
        ListEntry("x", Option("old", "Ancien"), until=DAY),
        ListEntry("x", Option("soon", "Bientôt"), since=DAY + dt.timedelta(days=1)),
    )
    settings = Settings({}, {"x": entries}, {})
    assert [option.code for option in settings.options("x", DAY)] == ["a", "b"]
    assert settings.options("y", DAY) == ()
    assert settings.label("x", "old") == "Ancien"
    assert settings.label("x", "never") == "never"


def test_every_seed_list_has_a_title_and_distinct_codes() -> None:
    entries = seeds.starting_lists()
    names = {entry.list_name for entry in entries}
    assert names == set(seeds.LIST_TITLES)
    for name in names:
        codes = [entry.option.code for entry in entries if entry.list_name == name]
        assert len(codes) == len(set(codes))


def test_setting_keys_are_distinct_and_say_their_source() -> None:
    keys = [definition.key for definition in seeds.DEFINITIONS]
    assert len(keys) == len(set(keys))
    assert all(definition.source for definition in seeds.DEFINITIONS)
