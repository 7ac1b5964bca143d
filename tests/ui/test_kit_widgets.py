"""Cards, bands, progress: what they say is what is heard."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from antenne.base.clock import FixedClock
from antenne.domain.board import Target, Tile
from antenne.ui.kit import shortcuts
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import HIDDEN_FIGURE, ClosedCard, Elided, EmptyState, PageTitle, TileCard
from antenne.ui.kit.progress_panel import ProgressPanel, Step, StepBar, WorkStep, remaining_words
from tests.ui.helpers import press


def _words(widget: object) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]  # type: ignore[attr-defined] # any widget


def test_a_balance_is_hidden_until_asked_for(qtbot: QtBot) -> None:
    tile = TileCard(Tile(label="Caisse", figure="125 000", note="9 opérations", hidden=True))
    qtbot.addWidget(tile)
    assert HIDDEN_FIGURE in _words(tile)
    assert "125 000" not in _words(tile)
    assert "125 000" not in tile.accessibleName()
    tile.show_hidden(shown=True)
    assert "125 000" in _words(tile)


def test_a_line_too_long_for_its_place_says_the_whole_when_pointed_at(qtbot: QtBot) -> None:
    line = Elided("M-00664 · née le 12 janvier 1994 (32 ans) · Djenné", "muted")
    qtbot.addWidget(line)
    for width, told in ((2000, ""), (60, line.text())):
        line.resize(width, 30)
        line.grab()
        assert line.toolTip() == told


def test_a_tile_opens_by_keyboard(qtbot: QtBot) -> None:
    tile = TileCard(Tile(label="Dossiers", figure="41", target=Target("civil")))
    qtbot.addWidget(tile)
    with qtbot.waitSignal(tile.activated):
        press(tile, Qt.Key.Key_Return)


def test_an_empty_place_offers_its_first_action(qtbot: QtBot) -> None:
    begun: list[bool] = []
    place = EmptyState("people", "Aucune adhérente", "Ici…", "Nouvelle adhérente", lambda: begun.append(True))
    qtbot.addWidget(place)
    assert place.button is not None
    press(place.button, Qt.Key.Key_Space)
    assert begun == [True]


def test_a_closed_card_says_to_whom_it_is_open(qtbot: QtBot) -> None:
    card = ClosedCard("Écoutes", "Réservé aux écoutantes et à la responsable.")
    qtbot.addWidget(card)
    assert {"Écoutes", "Fermé", "Réservé aux écoutantes et à la responsable."} <= set(_words(card))


def test_markup_in_a_name_stays_text(qtbot: QtBot) -> None:
    title = PageTitle("<b>KONÉ</b>")
    qtbot.addWidget(title)
    assert title.title.textFormat() is Qt.TextFormat.PlainText


def test_a_band_says_and_goes(qtbot: QtBot) -> None:
    band = Band()
    qtbot.addWidget(band)
    assert band.text == ""
    band.say("La clé a été retirée.", "danger")
    assert band.text == "La clé a été retirée."
    press(band, Qt.Key.Key_Escape)
    assert band.text == ""


def test_progress_says_what_is_left(qtbot: QtBot) -> None:
    clock = FixedClock(dt.datetime(2026, 11, 23, tzinfo=dt.UTC))
    panel = ProgressPanel(clock)
    qtbot.addWidget(panel)
    panel.begin("Préparation…")
    panel.report("4. Relecture de la clé…", 0, 100)
    clock.advance(dt.timedelta(seconds=110))
    panel.report("4. Relecture de la clé…", 78, 100)
    assert panel.left.text() == "78 % · 31 s restantes"
    assert panel.bar.value() == 780
    panel.show_steps([WorkStep("Base copiée", "184 Mo", "done"), WorkStep("Relue", "78 %", "now")])
    with qtbot.waitSignal(panel.stop_requested):
        press(panel.stop_button, Qt.Key.Key_Space)
    assert not panel.stop_button.isEnabled()


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.2, "1 s restante"), (31, "31 s restantes"), (240, "4 min restantes")]
)
def test_what_is_left_in_words(seconds: float, words: str) -> None:
    assert remaining_words(seconds) == words


def test_a_step_bar_speaks(qtbot: QtBot) -> None:
    bar = StepBar([Step("Ouvert", "03/10", "done"), Step("Audience", "aujourd’hui", "now"), Step("Remis")])
    qtbot.addWidget(bar)
    bar.show()
    assert bar.accessibleName() == "Ouvert : fait, Audience : en cours, Remis : à faire"


@pytest.mark.parametrize("keys", shortcuts.ALL)
def test_shortcuts_need_no_shift_on_a_french_keyboard(keys: str) -> None:
    *modifiers, key = keys.split("+")
    assert set(modifiers) <= {"Ctrl"}
    assert key in {"Esc", "Space"} or key.isalpha() or (key.startswith("F") and key[1:].isdigit())


def test_no_key_is_given_twice() -> None:
    assert len(set(shortcuts.ALL)) == len(shortcuts.ALL)
