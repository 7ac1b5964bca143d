"""« État civil » by keyboard on a real office: a new file, its page, its pieces, fees and journal, the démarches."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from antenne.base.clock import FixedClock
from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.board import Target
from antenne.domain.civil import EventKind, Payer
from antenne.domain.civil_clock import ClockState
from antenne.domain.civil_routes import Place, Step
from antenne.services import civil, civil_lookup, drafts
from antenne.services.desk import Desk
from antenne.ui.civil import area as offered
from antenne.ui.civil.person_card import CivilCard, person_card
from antenne.ui.civil.routes_panel import RoutesPanel
from antenne.ui.civil.scan_viewer import ScanViewer
from antenne.ui.civil.screen import CivilScreen
from antenne.ui.kit.area import Context
from antenne.ui.kit.operations import Operations
from antenne.ui.kit.preview import PreviewDialog
from tests.services import money
from tests.services.test_civil import TODAY, child, event, opened, written
from tests.ui.cashbook_help import plain, push, woman, words
from tests.ui.civil_help import Shell, make_context, settle, show
from tests.ui.helpers import Failures, FakeDialogs, type_text

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def shell() -> Shell:
    return Shell()


@pytest.fixture
def dialogs(tmp_path: Path) -> FakeDialogs:
    return FakeDialogs(path=tmp_path / "scan.png")


@pytest.fixture
def context(desk: Desk, operations: Operations, shell: Shell, dialogs: FakeDialogs) -> Context:
    return make_context(desk, operations, shell, dialogs)


@pytest.fixture
def awa(desk: Desk) -> int:
    return woman(desk)


def key(widget: QWidget, pressed: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key where the focus is, shortcuts first."""
    QTest.keyClick(widget.window().focusWidget() or widget, pressed, modifiers)


def fill(screen: CivilScreen, **typed: str) -> None:
    """Type into fields of the new file, one after the other."""
    for name, text in typed.items():
        screen.filing.view.focus_field(name)
        type_text(screen.filing.view.field(name).entry(), text)
        key(screen, Qt.Key.Key_Tab)


def answer(screen: CivilScreen, **typed: str) -> None:
    """Type into the fields of the card that asks, then save it by Ctrl+Entrée."""
    card = screen.file.ask
    assert card is not None
    for name, text in typed.items():
        entry = card.view.field(name).entry()
        entry.setFocus()
        key(screen, Qt.Key.Key_A, CTRL)
        key(screen, Qt.Key.Key_Delete)
        type_text(entry, text)
        key(screen, Qt.Key.Key_Tab)
    key(screen, Qt.Key.Key_Return, CTRL)


def step(qtbot: QtBot, context: Context, screen: CivilScreen, **typed: str) -> None:
    """Ctrl+Entrée asks for the next step, what it needs is typed, Ctrl+Entrée saves it."""
    key(screen, Qt.Key.Key_Return, CTRL)
    answer(screen, **typed)
    settle(qtbot, context)


def standing(screen: CivilScreen) -> Step:
    assert screen.file.view is not None
    return screen.file.view.page.standing.step


def test_a_card_goes_from_opening_to_hand_over_by_keyboard(
    qtbot: QtBot, context: Context, shell: Shell, awa: int, desk: Desk
) -> None:
    screen = show(qtbot, context, shell, Target("civil", awa, action="new"))
    fill(screen, route_key="carte d’identité bio", beneficiary="elle-m")
    settle(qtbot, context)
    answers = screen.filing.view.answers()
    assert (answers["last_name"], answers["sex"], answers["birth"]) == (
        "Koné",
        "female",
        Birth(Precision.DAY, dt.date(1994, 3, 12)),
    )
    fill(screen, nina="1234", place="Centre d’enrôlement de Mopti")
    assert "15 signes" in words(screen.filing.view.cell("nina")), "an odd NINA is warned about"
    key(screen, Qt.Key.Key_S, CTRL)  # the shell passes Ctrl+S on
    screen.save()
    settle(qtbot, context)
    assert shell.said[-1] == ("Dossier ouvert.", "good")
    file = civil.load_page(desk, shell.opened[-1].id or 0).file
    assert (file.person_id, file.nina, file.place) == (awa, "1234", "enrolement_mopti")
    for typed in ({}, {"number": "E-77"}, {}):
        step(qtbot, context, screen, **typed)
    assert standing(screen) is Step.RECEIVED
    key(screen, Qt.Key.Key_Return, CTRL)
    answer(screen, to_whom="")
    assert "À remplir" in words(screen.file), "to whom, and by what sign"
    answer(screen, to_whom="Awa Koné, fiche NINA", how="signature")
    settle(qtbot, context)
    assert standing(screen) is Step.HANDED
    assert [stage.state for stage in screen.file.itinerary.stages] == ["done"] * 5
    assert not screen.file.next_button.isVisibleTo(screen)


def test_past_the_delay_another_demarche_is_proposed_and_nothing_typed_is_lost(
    qtbot: QtBot, context: Context, shell: Shell, awa: int, desk: Desk
) -> None:
    opened(desk, child(awa))
    screen = show(qtbot, context, shell, Target("civil", awa, action="new"))
    form, clock = screen.filing.view, screen.filing.clock
    fill(screen, route_key="déclaration", beneficiary="son", last_name="Traoré", first_name="Ibrahim")
    qtbot.waitUntil(lambda: bool(screen.filing.children_band.found), timeout=10_000)
    settle(qtbot, context)
    assert form.answers()["mother_name"] == "Awa Koné"
    assert [found.number for found in screen.filing.children_band.found] == ["N-2026-0001"]
    for typed, state in (
        ("20/11/2026", ClockState.IN_TIME),
        ("24/10/2026", ClockState.TO_CHECK),
        ("29/02/2024", ClockState.PAST),
    ):
        form.field("birth").set_value(None)
        fill(screen, birth=typed)
        assert clock.clock is not None
        assert clock.clock.state is state
        assert clock.judgment_button.isVisibleTo(screen) is (state is not ClockState.IN_TIME)
    fill(screen, sex="masc", father="inconnu")
    clock.judgment_button.setFocus()
    key(screen, Qt.Key.Key_Return)
    answers = form.answers()
    assert (answers["route_key"], answers["first_name"], answers["birth"]) == (
        "late_judgment",
        "Ibrahim",
        Birth(Precision.DAY, dt.date(2024, 2, 29)),
    )
    screen.save()
    assert form.error_of("late_reason") == "À remplir : Pourquoi pas à temps.".replace(" :", "\u00a0:")
    fill(screen, late_reason="déplacement")
    screen.save()
    settle(qtbot, context)
    assert screen.file.view is not None
    assert screen.file.view.page.route.key == "late_judgment"


def test_a_birth_after_the_opening_is_refused_beside_its_field_and_an_unknown_one_is_taken(
    qtbot: QtBot, context: Context, shell: Shell, awa: int
) -> None:
    screen = show(qtbot, context, shell, Target("civil", awa, action="new"))
    fill(screen, route_key="copie", beneficiary="elle")
    settle(qtbot, context)
    form = screen.filing.view
    form.field("opened_on").set_value(dt.date(2019, 1, 1))
    form.field("birth").set_value(Birth(Precision.DAY, dt.date(2020, 2, 29)))
    screen.save()
    settle(qtbot, context)
    assert "Corrigez la date" in form.error_of("birth")
    form.field("opened_on").set_value(TODAY)
    form.field("birth").set_value(UNKNOWN)
    screen.save()
    settle(qtbot, context)
    assert shell.said[-1] == ("Dossier ouvert.", "good")


def test_what_was_typed_is_offered_again(qtbot: QtBot, context: Context, shell: Shell, awa: int, desk: Desk) -> None:
    screen = show(qtbot, context, shell, Target("civil", awa, action="new"))
    fill(screen, route_key="copie", last_name="Diarra")
    screen.keep_draft()
    settle(qtbot, context)
    assert [draft.form for draft in drafts.list_drafts(desk)] == ["civil_file"]
    again = show(qtbot, context, shell, Target("civil", action="new"))
    push(again.filing.band, "Reprendre").click()
    answers = again.filing.view.answers()
    assert (answers["route_key"], answers["last_name"], answers["requester_id"]) == ("copy", "Diarra", awa)


@pytest.fixture
def judged(desk: Desk, awa: int) -> int:
    """A file at its hearing, today."""
    file_id = opened(desk, child(awa, place="tgi_mopti"))
    written(desk, file_id, event(step=Step.PIECES_READY, days_ago=40))
    written(desk, file_id, event(step=Step.FILED, days_ago=30, number="1187", place="tgi_mopti"))
    written(desk, file_id, event(step=Step.HEARING, days_ago=29, until=TODAY))
    return file_id


def test_a_hearing_is_postponed_then_judged_and_the_file_reopened(
    qtbot: QtBot, context: Context, shell: Shell, judged: int, clock: FixedClock
) -> None:
    screen = show(qtbot, context, shell, Target("civil", judged))
    assert screen.file.itinerary.stages[3].below == "aujourd’hui"
    key(screen, Qt.Key.Key_D, CTRL)
    answer(screen, until="+7j")
    assert "À remplir" in words(screen.file), "a reason is asked"
    answer(screen, words="juge absent")
    settle(qtbot, context)
    clock.advance(dt.timedelta(days=7))
    screen.file.ask_hearing(EventKind.DELIBERATION)
    answer(screen, until="15/12/2026")
    settle(qtbot, context)
    view = screen.file.view
    assert view is not None
    assert (view.page.standing.deliberating, view.page.standing.hearing_on) == (True, dt.date(2026, 12, 15))
    key(screen, Qt.Key.Key_Return, CTRL)
    answer(screen, number="")
    assert standing(screen) is Step.HEARING, "a judgment has a number"
    answer(screen, number="412")
    settle(qtbot, context)
    assert standing(screen) is Step.HEARING, "no judgment before the day that is awaited"
    assert screen.file.ask is not None
    assert "le 15/12/2026" in plain(words(screen.file.ask.view.cell("on"))), "said beside the day"
    screen.file.ask_hearing(EventKind.HEARING_SET)
    answer(screen, until="30/11/2026")
    settle(qtbot, context)
    key(screen, Qt.Key.Key_Return, CTRL)
    answer(screen, number="412")
    settle(qtbot, context)
    key(screen, Qt.Key.Key_Return, CTRL)
    assert "registre spécial" in words(screen.file), "a birth of an earlier year"
    answer(screen, number="77")
    settle(qtbot, context)
    texts = [screen.file.journal.list.item(row).toolTip() for row in range(screen.file.journal.list.count())]
    assert any("juge absent" in text for text in texts)


def test_a_file_given_up_is_reopened_at_a_step_that_it_had_reached(
    qtbot: QtBot, context: Context, shell: Shell, judged: int, desk: Desk
) -> None:
    written(desk, judged, event(step=Step.JUDGED, number="412"))
    written(desk, judged, event(step=Step.TRANSCRIBED, number="77"))
    screen = show(qtbot, context, shell, Target("civil", judged))
    screen.file.ask_end(Step.ABANDONED)
    answer(screen, words="elle est partie")
    settle(qtbot, context)
    assert [stage.title for stage in screen.file.itinerary.stages][-1] == "Abandonné"
    menu = screen.file.more_button.menu()
    assert menu is not None
    next(action for action in menu.actions() if action.text().startswith("Rouvrir")).trigger()
    assert screen.file.ask is not None
    offered = [one.label for one in screen.file.ask.view.field("step").context.options("civil_steps")]
    assert offered[-1] == "Transcrit", "only what was reached"
    assert "Volet n°\u00a03 reçu" not in offered
    answer(screen, words="elle est revenue")
    settle(qtbot, context)
    assert standing(screen) is Step.TRANSCRIBED
    texts = [screen.file.journal.list.item(row).toolTip() for row in range(screen.file.journal.list.count())]
    assert any("elle est revenue" in text for text in texts)


def test_a_step_written_by_mistake_is_taken_back(
    qtbot: QtBot, context: Context, shell: Shell, judged: int, desk: Desk
) -> None:
    written(desk, judged, event(step=Step.JUDGED, number="412"))
    screen = show(qtbot, context, shell, Target("civil", judged))
    menu = screen.file.more_button.menu()
    assert menu is not None
    next(action for action in menu.actions() if action.text().startswith("Étape notée par erreur")).trigger()
    assert "Jugement, noté le 23/11/2026" in plain(words(screen.file))
    answer(screen)
    assert standing(screen) is Step.JUDGED, "a reason is asked"
    answer(screen, words="mauvais dossier")
    settle(qtbot, context)
    assert standing(screen) is Step.HEARING
    assert screen.file.itinerary.stages[3].below == "aujourd’hui", "its hearing is awaited again"
    newest = plain(screen.file.journal.list.item(0).toolTip())
    assert "Étape reprise (erreur), retour à « Audience »" in newest
    assert "mauvais dossier" in newest


def test_pieces_by_one_key_with_a_scan_and_given_back(
    qtbot: QtBot, context: Context, shell: Shell, judged: int, dialogs: FakeDialogs, failures: Failures, desk: Desk
) -> None:
    screen = show(qtbot, context, shell, Target("civil", judged))
    pieces = screen.file.pieces.list
    pieces.setFocus()
    key(screen, Qt.Key.Key_Down)
    wanted = pieces.current()
    assert isinstance(wanted, int)
    key(screen, Qt.Key.Key_Space)
    settle(qtbot, context)
    kept = next(piece for piece in civil.load_page(desk, judged).pieces if piece.id == wanted)
    assert kept.received_on == TODAY
    assert pieces.current() == wanted, "the list stays where she is"
    assert dialogs.path is not None
    Image.effect_noise((600, 800), 60).save(dialogs.path)
    key(screen, Qt.Key.Key_Return)
    push(screen.file, "Numériser").click()
    settle(qtbot, context)
    assert shell.said[-1] == ("1 page numérisée.", "good")
    pieces.choose(wanted)
    screen.file.piece_acts.open(wanted)
    push(screen.file, "Voir (1 page)".replace("1 ", "1\u00a0")).click()
    settle(qtbot, context)
    viewer = screen.findChild(ScanViewer)
    assert viewer is not None
    assert not viewer.paper.pixmap().isNull()
    viewer.close()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    with dialogs.path.open("wb") as heavy:
        heavy.truncate(40 * 10**6)
    screen.file.piece_acts.scan(wanted)
    settle(qtbot, context)
    assert len(failures.problems) == 1, "a file of 40 MB is refused with a sentence"
    push(screen.file, "Rendre…").click()
    answer(screen)
    settle(qtbot, context)
    kept = next(piece for piece in civil.load_page(desk, judged).pieces if piece.id == wanted)
    assert (kept.returned_on, kept.returned_to) == (TODAY, "KONÉ Awa")


def test_every_page_of_a_pdf_is_turned_by_the_page_keys(
    qtbot: QtBot, context: Context, shell: Shell, judged: int, dialogs: FakeDialogs, desk: Desk, tmp_path: Path
) -> None:
    dialogs.path = tmp_path / "acte.pdf"
    leaves = [Image.new("L", (420, 594), 60 * number + 40).convert("RGB") for number in range(3)]
    leaves[0].save(dialogs.path, "PDF", save_all=True, append_images=leaves[1:])
    screen = show(qtbot, context, shell, Target("civil", judged))
    wanted = civil.load_page(desk, judged).pieces[0].id
    screen.file.piece_acts.scan(wanted)
    settle(qtbot, context)
    assert shell.said[-1] == ("3 pages numérisées.", "good")
    screen.file.piece_acts.open(wanted)
    push(screen.file, "Voir (3\u00a0pages)").click()
    settle(qtbot, context)
    viewer = screen.findChild(ScanViewer)
    assert viewer is not None
    seen = []
    for pressed in (None, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        if pressed is not None:
            QTest.keyClick(viewer.focusWidget() or viewer, pressed)
            settle(qtbot, context)
        seen.append((viewer.count.text(), viewer.paper.pixmap().toImage().pixelColor(20, 20).red() // 60))
    assert seen == [
        ("Page 1 / 3", 0), ("Page 2 / 3", 1), ("Page 3 / 3", 2), ("Page 3 / 3", 2), ("Page 2 / 3", 1),
    ]  # fmt: skip
    viewer.close()


def test_the_checklist_follows_the_answers(
    qtbot: QtBot, context: Context, shell: Shell, judged: int, desk: Desk
) -> None:
    screen = show(qtbot, context, shell, Target("civil", judged))
    key(screen, Qt.Key.Key_M, CTRL)
    settle(qtbot, context)
    form = screen.filing.view
    assert not form.field("route_key").isEnabled(), "another démarche is taken from the page"
    form.field("mother_has_act").set_value(True)
    form.field("orphan").set_value(True)
    form.field("orphan").changed.emit()
    screen.save()
    settle(qtbot, context)
    page = civil.load_page(desk, judged)
    required = {piece.code for piece in page.pieces if piece.required}
    assert ("death" in required, "honour" in required) == (True, False)
    assert (page.file.place, page.standing.step) == ("tgi_mopti", Step.HEARING)
    assert shell.opened[-1] == Target("civil", judged)


@pytest.mark.qt_log_ignore(r"This plugin does not support (raise\(\)|grabbing the keyboard)")  # a menu without a screen
def test_a_paper_is_shown_from_the_page(qtbot: QtBot, context: Context, shell: Shell, judged: int) -> None:
    screen = show(qtbot, context, shell, Target("civil", judged))
    screen.print_()
    menu = screen.file.papers_button.menu()
    assert menu is not None
    assert menu.isVisible()
    assert "Requête…" in {action.text() for action in menu.actions()}
    menu.close()
    menu.actions()[0].trigger()
    settle(qtbot, context)
    preview = screen.findChild(PreviewDialog)
    assert preview is not None
    assert push(preview, "Imprimer").isEnabled()
    preview.close()


def test_fees_by_who_pays(qtbot: QtBot, context: Context, shell: Shell, judged: int, awa: int, desk: Desk) -> None:
    money.opened(desk, 5000)
    screen = show(qtbot, context, shell, Target("civil", judged))
    for typed in (
        {"label": "Copies", "payer": "elle"},
        {"label": "Timbre", "payer": "le projet", "amount": "1000"},
        {"label": "Greffe", "payer": "gratuit"},
    ):
        screen.file.fees.add_button.setFocus()
        key(screen, Qt.Key.Key_Return)
        answer(screen, **typed)
        settle(qtbot, context)
    fees = civil.load_page(desk, judged).fees
    assert [(fee.payer, fee.amount) for fee in fees] == [(Payer.SHE, 100), (Payer.PROJECT, 1000), (Payer.FREE, 0)]
    push(screen.file, "Encaisser").click()
    assert shell.opened[-1] == Target("cashbook", awa, action="collect")
    screen.file.fees.list.setFocus()
    screen.file.fees.list.choose(fees[1].id)
    key(screen, Qt.Key.Key_Return)
    settle(qtbot, context)
    answer(screen, beneficiary="Greffe du TGI", account="618", document="reçu")
    settle(qtbot, context)
    assert civil_lookup.load_file(desk, judged).paid[fees[1].id].startswith("D-2026-")
    screen.file.fees.list.choose(fees[2].id)
    screen.file.fees.list.setFocus()
    key(screen, Qt.Key.Key_Return)
    answer(screen, reason="erreur")
    settle(qtbot, context)
    assert len(civil.load_page(desk, judged).fees) == 2


def test_blocked_reminders_and_notes(
    qtbot: QtBot, context: Context, shell: Shell, judged: int, clock: FixedClock, desk: Desk
) -> None:
    screen = show(qtbot, context, shell, Target("civil", judged))

    def choose(text: str) -> None:
        menu = screen.file.more_button.menu()
        assert menu is not None
        next(action for action in menu.actions() if action.text().startswith(text)).trigger()

    choose("Bloqué")
    answer(screen, words="greffe en grève")
    settle(qtbot, context)
    assert "greffe en grève" in screen.file.band.text
    choose("Débloqué")
    answer(screen)
    settle(qtbot, context)
    choose("À faire")
    answer(screen, words="Rappeler le greffe", until="+2j")
    settle(qtbot, context)
    clock.advance(dt.timedelta(days=2))
    lines = {plain(line.text): line.target for line in offered.todo(desk)}
    assert lines["Rappeler le greffe"] == Target("civil", judged)
    assert lines["Audience : TRAORÉ Ibrahim"] == Target("civil", judged), "a hearing that is past waits for its result"
    screen.refresh()
    settle(qtbot, context)
    choose("C’est fait")
    answer(screen)
    settle(qtbot, context)
    assert "Rappeler le greffe" not in {line.text for line in offered.todo(desk)}
    key(screen, Qt.Key.Key_J, CTRL)
    answer(screen, words="témoins confirmés")
    settle(qtbot, context)
    assert civil.load_page(desk, judged).events[-1].words == "témoins confirmés"
    screen.file.show_history()
    settle(qtbot, context)
    assert screen.file.history.table.rows.rowCount() >= 8
    assert screen.escape()
    assert not screen.escape()


def test_a_declaration_goes_on_by_another_demarche_from_its_page(
    qtbot: QtBot, context: Context, shell: Shell, awa: int, desk: Desk, clock: FixedClock
) -> None:
    born = Birth(Precision.DAY, TODAY - dt.timedelta(days=22))
    file_id = opened(desk, child(awa, "declaration", birth=born, late_reason="", opened_on=TODAY))
    (line,) = [line for line in offered.todo(desk) if line.pill == "Délai"]
    assert (line.target.id, line.due) == (file_id, TODAY + dt.timedelta(days=9))
    clock.advance(dt.timedelta(days=12))
    (line,) = [line for line in offered.todo(desk) if line.pill == "Délai passé"]
    screen = show(qtbot, context, shell, line.target)
    answer(screen)
    settle(qtbot, context)
    page = civil.load_page(desk, file_id)
    assert (page.route.key, page.file.late_reason) == ("late_judgment", "le délai est passé")


def test_her_card_the_search_and_the_month(
    qtbot: QtBot, context: Context, shell: Shell, judged: int, awa: int, desk: Desk
) -> None:
    card = person_card(context, awa)
    assert isinstance(card, CivilCard)
    qtbot.addWidget(card)
    card.show()
    settle(qtbot, context)
    said = words(card)
    assert "Audience le 23/11/2026 · ensuite : jugement" in said
    assert "Manque : Demande timbrée" in said
    push(card, "Ibrahim").click()
    assert shell.opened[-1] == Target("civil", judged)
    push(card, "Nouveau dossier").click()
    assert shell.opened[-1] == Target("civil", awa, action="new")
    for typed in ("N-2026-0001", "traore ibr", "kone"):
        assert [hit.target.id for hit in offered.search(desk, typed, 5)] == [judged], typed
    assert offered.search(desk, "diallo", 5) == ()
    written(desk, judged, event(step=Step.JUDGED, number="412"))
    written(desk, judged, event(step=Step.TRANSCRIBED, number="77"))
    written(desk, judged, event(step=Step.RECEIVED))
    acts, cards = offered.month(desk)
    assert (acts.this_month, acts.this_year, cards.this_year) == (1, 1, 0)


def test_the_responsable_edits_a_demarche_and_the_secretary_only_reads(
    qtbot: QtBot, operations: Operations, shell: Shell, dialogs: FakeDialogs, responsable_desk: Desk, context: Context
) -> None:
    reading = RoutesPanel(context)
    qtbot.addWidget(reading)
    reading.show()
    reading.open(Target("civil"))
    settle(qtbot, context)
    assert not reading.save_button.isEnabled()
    hers = make_context(responsable_desk, operations, shell, dialogs)
    screen = show(qtbot, hers, shell, Target("civil", action="routes"))
    panel = screen.panel
    assert isinstance(panel, RoutesPanel)
    panel.table.setFocus()
    for _ in range(2):
        key(screen, Qt.Key.Key_Down)
    key(screen, Qt.Key.Key_Return)
    assert panel.form is not None
    stale = panel.form.field("stale_days").entry()
    stale.setFocus()
    key(screen, Qt.Key.Key_A, CTRL)
    type_text(stale, "9")
    panel.form.field("place").set_value("police")
    panel.form.field("place").changed.emit()
    screen.save()
    settle(qtbot, hers)
    assert shell.said[-1] == ("Copie d’acte : version 2 à partir du 23/11/2026.", "good")
    with responsable_desk.read() as uow:
        route = uow.civil.route("copy", 2)
    assert route is not None
    assert (route.stale_days, route.place) == (9, Place.POLICE)
    assert [piece.code for piece in route.pieces] == ["act_number", "requester_id"]
    assert {label.text() for label in panel.findChildren(QLabel)} >= {"version 1 · version 2 à partir du 23/11/2026"}
    assert any(button.text().startswith("Enregistrer") for button in panel.findChildren(QPushButton))
