"""Tabs that have no room wait behind « Plus »; the one in sight is always there."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from antenne.ui.kit.tab_row import TabRow, fitting

LABELS = ("Écoutes", "Incidents", "Mineures", "Santé, aides", "Partenaires", "Tendances")


@pytest.mark.parametrize(
    ("available", "current", "shown"),
    [(40, 0, {0, 1, 2, 3}), (39, 0, {0, 1, 2}), (39, 3, {0, 1, 3}), (25, 2, {0, 2}), (5, 1, {1})],
)
def test_the_first_tabs_that_have_room_and_the_one_in_sight(available: int, current: int, shown: set[int]) -> None:
    assert fitting([10, 10, 10, 10], available, 5, current) == shown


def seen(row: TabRow) -> list[str]:
    return [row.bar.tabText(place) for place in range(row.bar.count()) if row.bar.isTabVisible(place)]


def test_a_narrow_window_hides_tabs_and_offers_them(qtbot: QtBot) -> None:
    row = TabRow("Onglets", LABELS)
    qtbot.addWidget(row)
    row.resize(1200, 50)
    row.show()
    assert seen(row) == list(LABELS)
    assert row.more.isHidden()
    row.resize(360, 50)
    assert seen(row) == list(LABELS[: len(seen(row))])
    assert 0 < len(seen(row)) < len(LABELS)
    offered = row.more.menu().actions()
    assert [*seen(row), *(action.text() for action in offered)] == list(LABELS)
    with qtbot.waitSignal(row.chosen) as caught:
        offered[-1].trigger()
    assert caught.args == [5]
    row.bar.setCurrentIndex(5)
    row.fit()
    assert row.bar.currentIndex() == 5
    assert seen(row)[-1] == "Tendances"
    row.resize(1200, 50)
    assert seen(row) == list(LABELS)
