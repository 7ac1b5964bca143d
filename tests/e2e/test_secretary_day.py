"""The secretary's whole day through the real window: she does all of her work, and sees nothing of the compartment.

Before she sits down the écoutante and the responsable have worked: words and names that stand nowhere else are in
every kind of record. None of them may come to her: in a text, a list, what hovers, what a screen reader says, the title
of a window, a search, a paper, an export, a log, a temporary file, a table of the base.
"""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from antenne.base.clock import FixedClock
from antenne.domain.births import Birth, Precision
from antenne.domain.board import Target
from antenne.domain.cards import CardState
from antenne.domain.civil_routes import Result
from antenne.domain.forms import sealed_short
from antenne.domain.forms.listening import LISTENING
from antenne.domain.sealed_kinds import KINDS
from antenne.services import (
    access,
    alerts,
    cards_reading,
    cash_days,
    civil_lookup,
    incidents,
    listening,
    listening_reading,
    minors,
    opening,
    sealed_counting,
    sealed_drafts,
    sealed_tests,
)
from antenne.services.alerts import WriteAlert
from antenne.services.compartment import opened
from antenne.services.desk import Desk
from antenne.services.incidents import Note, SaveIncident
from antenne.services.listening import SaveSession, talk_id
from antenne.services.minors import SaveMinor
from antenne.services.sealed_drafts import KeepSealedDraft
from antenne.services.sealed_tests import SaveShort
from antenne.ui.kit.preview import PreviewDialog
from antenne.ui.members.screen import MembersScreen
from antenne.ui.settings.screen import SettingsScreen
from antenne.ui.shell.window import MainWindow
from tests.e2e.keyboard import Keyboard, said
from tests.e2e.offices import NOW, DemoOffice
from tests.e2e.seen import files_leaking, in_base, in_lists, in_windows, leaks
from tests.e2e.test_civil_week import Asked, open_file
from tests.e2e.test_day import LAST, find, print_card, register
from tests.e2e.week import Sitting
from tests.ui.helpers import FakeDialogs

ENTER = Qt.Key.Key_Return
HOUR = dt.timedelta(hours=1)
WOMAN = Birth(Precision.DAY, dt.date(1994, 3, 12))
GIRL = Birth(Precision.DAY, dt.date(2011, 3, 12))

WORDS = {
    "said": "Zwenkaduo",
    "needs": "Zwenlibara",
    "advice": "Zwensotigi",
    "safety": "Zwenmabile",
    "next": "Zwentorobo",
    "structure": "Zwenfalike",
    "feedback": "Zwenguinda",
    "account": "Zwenyorola",
    "commune": "Zwenbantou",
    "plan": "Zwendjenma",
    "girl_first": "Zwenhawani",
    "girl_last": "Zwenkassebo",
    "girl_words": "Zwenpelenga",
    "girl_place": "Zwenouroula",
    "test_place": "Zwenkoroba",
    "centre": "Zwenniafou",
    "alert": "Zwensirabe",
    "vehicle": "Zwenmobili",
    "draft": "Zwendounia",
}
"""Where it was written → a word that stands there alone."""
NUMBERS = re.compile(r"\b(?:E|I|MA)-20\d\d-\d{4}\b")
"""Numbers of talks, incidents and minors: of the compartment only."""
HEALTH = ("PEP", "contraception d’urgence", "Soins : encore", "rendez-vous d’écoute")
"""What the home page and the top bar say to a right-holder only."""


def planted(desk: Desk, person_id: int) -> None:
    """A record of every kind, about a woman whose page she will open."""
    row = {"service": "health", "answer": "referred", "structure": WORDS["structure"], "feedback": WORDS["feedback"]}
    talk = {
        "at": NOW - HOUR, "mode": "office", "anonymous": False, "person_id": person_id, "minor": False,
        "first": "first", "motives": ("violence",), "said": WORDS["said"], "needs": WORDS["needs"],
        "advice": WORDS["advice"], "referrals": (row,), "in_danger": True, "safety_notes": WORDS["safety"],
        "next_at": NOW + 2 * HOUR, "next_notes": WORDS["next"], "consent_listen": True, "consent_record": True,
    }  # fmt: skip
    seen = listening_reading.next_rank(desk, person_id, "")
    talk["first"] = "first" if seen == 1 else "follow_up"
    intake = {
        "consent_services": True, "consent_statistics": True, "birth": WOMAN, "interviewed_at": NOW - HOUR,
        "happened_from": NOW - 20 * HOUR, "place_type": "rue", "commune": WORDS["commune"], "person_id": person_id,
        "local_type": "agression_client", "penetration": True, "account": WORDS["account"],
    }  # fmt: skip
    kept = incidents.save_incident(
        desk, SaveIncident(request_id="p-incident", answers=intake, session_id=talk_id("p-talk"))
    ).value
    plan = {"made_on": desk.today, "danger": WORDS["plan"], "safe_place": WORDS["plan"]}
    incidents.make_plan(desk, Note(request_id="p-plan", before=kept, answers=plan))
    listening.save_session(desk, SaveSession(request_id="p-talk", answers=talk))
    girl = {
        "told_duty": True, "assent": True, "adult_agreed": True, "birth": GIRL, "met_on": desk.today,
        "first_name": WORDS["girl_first"], "last_name": WORDS["girl_last"], "place": WORDS["girl_place"],
        "lakana": "refused", "lakana_why": "Pas encore", "words": WORDS["girl_words"],
    }  # fmt: skip
    minors.save_minor(desk, SaveMinor(request_id="p-girl", answers=girl))
    for key, answers in (
        ("hiv_test", {"on": desk.today, "place": WORDS["test_place"], "person_id": person_id}),
        ("consultation", {"on": desk.today, "centre": WORDS["centre"], "person_id": person_id, "paid_by": "gratuit",
                          "monthly": False}),
    ):  # fmt: skip
        form = sealed_short.FORMS[key]
        sealed_tests.save_short(desk, SaveShort(request_id=f"p-{key}", form=form, answers=answers))
    alert = {
        "place": WORDS["alert"], "when": "la nuit", "manner": "menace", "vehicle": WORDS["vehicle"],
        "agreed_on": desk.today, "expires_on": desk.today + dt.timedelta(days=9),
    }  # fmt: skip
    alerts.write_alert(desk, WriteAlert(request_id="p-alert", answers=alert))
    draft = KeepSealedDraft(form=LISTENING, subject="", body={"said": WORDS["draft"]})
    sealed_drafts.keep_sealed_draft(desk, draft)
    sealed_counting.rewrite_counts(desk)


@pytest.fixture
def her(office: DemoOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """The woman about whom everything was said, before the secretary sits down; temporary files have a place to see."""
    temporary = tmp_path / "temp"
    temporary.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    label, phrase = office.account("ecoutante")
    desk = opening.open_desk(office.folder, access.unlock(office.folder, phrase, label), FixedClock(NOW))
    with desk.read() as uow:
        people = uow.persons.many(uow.persons.all_ids()[:80])
    woman = next(one for one in people if one.membership is not None and one.birth.value and not one.died_on)
    planted(desk, woman.id)
    own = opened(desk)
    held = repr([one.payload for kind in KINDS for one in own.records(kind)])
    assert leaks(held, WORDS.values()) == list(WORDS.values())  # the words are truly there
    desk.close()
    return woman.id


class Watcher:
    """Looks after every step."""

    def __init__(self, window: MainWindow) -> None:
        """Nothing seen yet."""
        self.window = window
        self.steps: list[str] = []

    def look(self, step: str) -> None:
        """Nothing of it is anywhere in the windows."""
        text = in_windows()
        assert len(text) > 500, step  # something was truly read
        assert leaks(text, (*WORDS.values(), *HEALTH)) == [], step
        assert NUMBERS.findall(text) == [], step
        assert {one.windowTitle() for one in QApplication.topLevelWidgets() if one.isWindow()} <= {"", "Antenne"}, step
        self.steps.append(step)


def test_she_does_her_whole_day_and_sees_none_of_it(
    her: int,
    keyboard: Keyboard,
    window: MainWindow,
    secretary: Desk,
    dialogs: FakeDialogs,
    office: DemoOffice,
    tmp_path: Path,
) -> None:
    watch = Watcher(window)
    keyboard.settle()
    watch.look("accueil et à faire")
    _searches(keyboard, window, watch)
    _her_page(keyboard, window, watch, her)
    register(keyboard)
    person = find(secretary)
    watch.look("une adhérente inscrite")
    _caisse(keyboard, window, secretary, dialogs, watch)
    _card(keyboard, window, secretary, dialogs, watch, person.id, tmp_path)
    _civil(keyboard, window, secretary, watch, person.id)
    _exports(keyboard, window, dialogs, watch, tmp_path)
    _everything_else(keyboard, window, watch)
    keyboard.keys("F2")
    watch.look("le soir")
    assert secretary.sealed.compartment is None  # nothing was opened to be hidden
    assert files_leaking((office.folder, tmp_path), WORDS.values()) == []
    base = in_base(secretary)
    assert LAST in base  # the tables were truly read
    assert leaks(base, WORDS.values()) == []
    assert NUMBERS.findall(base) == []
    assert len(watch.steps) > 30
    _would_be_seen(window, tmp_path)


def _would_be_seen(window: MainWindow, tmp_path: Path) -> None:
    """One word in a hint, a name for screen readers, a log: each would have been found."""
    for tell in (window.setToolTip, window.setAccessibleDescription, window.setWindowTitle):
        tell(f"voir {WORDS['said'].upper()}")
        assert leaks(in_windows(), WORDS.values()) == [WORDS["said"]]
        tell("")
    (tmp_path / "antenne.log").write_bytes(WORDS["draft"].encode("utf-16-le"))
    assert files_leaking((tmp_path,), WORDS.values()) == ["antenne.log"]


def _searches(keyboard: Keyboard, window: MainWindow, watch: Watcher) -> None:
    """Ctrl+K with every word that only the compartment holds: nothing answers."""
    for word in (*WORDS.values(), "Nouvelle écoute", "Noter un incident", "mineure accompagnée"):
        keyboard.keys("Ctrl+K")
        keyboard.type(word)
        assert leaks(in_lists(window), [word]) == [], word
        window.search("")
    keyboard.keys("Ctrl+K")
    keyboard.type("zz")
    window.search("")
    watch.look("les recherches")


def _her_page(keyboard: Keyboard, window: MainWindow, watch: Watcher, her: int) -> None:
    """The page of the woman about whom everything was said, her file, its Historique."""
    window.open(Target("members", her))
    keyboard.settle()
    assert "Réservé aux écoutantes et à la responsable." in said(window)
    watch.look("sa page")
    screen = window.current_screen
    assert isinstance(screen, MembersScreen)
    window.open(Target("members", her, action="file"))
    keyboard.settle()
    for tab in range(screen.file.tabs.count()):
        screen.file.tabs.setCurrentIndex(tab)
        keyboard.settle()
        watch.look(f"sa fiche, onglet {tab}")
    keyboard.keys("F3")
    watch.look("la liste")


def _caisse(keyboard: Keyboard, window: MainWindow, secretary: Desk, dialogs: FakeDialogs, watch: Watcher) -> None:
    """F10: the day opened, a due collected with its printed receipt, the day counted and closed."""
    sitting = Sitting(secretary, window, keyboard, dialogs)
    if not cash_days.cash_state(secretary).cash.is_open:
        sitting.open_caisse("25000")
    watch.look("la caisse ouverte")
    sitting.collect(LAST)
    watch.look("un reçu imprimé")
    for tab in ("Reçus", "Cotisations", "Dépenses"):
        sitting.go(tab)
        watch.look(f"caisse, {tab}")
    total = sitting.expected
    sitting.begin_closing()
    watch.look("la clôture")
    sitting.count(total)
    sitting.explain_and_close()
    assert not cash_days.cash_state(secretary).cash.is_open
    watch.look("la feuille imprimée")


def _card(
    keyboard: Keyboard, window: MainWindow, secretary: Desk, dialogs: FakeDialogs, watch: Watcher, person_id: int,
    tmp_path: Path,
) -> None:  # fmt: skip
    """Her card, from her page to the paper; then the queue of what is to be printed."""
    window.open(Target("members", person_id))
    keyboard.settle()
    dialogs.path = tmp_path / "carte.pdf"
    print_card(keyboard)
    assert cards_reading.cards_of_person(secretary, person_id).state is CardState.PRINTED
    watch.look("la carte imprimée")
    window.open(Target("cards"))
    keyboard.settle()
    watch.look("la file d’impression")


def _civil(keyboard: Keyboard, window: MainWindow, secretary: Desk, watch: Watcher, person_id: int) -> None:
    """A civil file, from F7 to Ctrl+S; its Historique; the trips."""
    with secretary.read() as uow:
        person = uow.persons.get(person_id)
    assert person is not None
    assert person.membership is not None
    open_file(keyboard, Asked("Copie", "copy", Result.COPY), person.membership.number, 1)
    assert civil_lookup.files_of(secretary, person_id).open
    watch.look("un dossier d’état civil")
    for _ in range(2):
        keyboard.keys("F7")
        keyboard.keys("Ctrl+PgDown")
        watch.look("l’état civil")


def _exports(keyboard: Keyboard, window: MainWindow, dialogs: FakeDialogs, watch: Watcher, tmp_path: Path) -> None:
    """The list of members as a workbook, and a list of the caisse."""
    screen = window.current_screen
    dialogs.path = tmp_path / "membres.xlsx"
    keyboard.keys("F3")
    screen = window.current_screen
    assert isinstance(screen, MembersScreen)
    screen._export()
    keyboard.settle()
    dialogs.path = tmp_path / "recus.xlsx"
    window.open(Target("cashbook", action="receipts"))
    keyboard.settle()
    keyboard.tab_to("Exporter en Excel")
    keyboard.key(ENTER)
    for name in ("membres.xlsx", "recus.xlsx"):
        assert (tmp_path / name).is_file(), name
    watch.look("les exports")


def _everything_else(keyboard: Keyboard, window: MainWindow, watch: Watcher) -> None:
    """Backup, every page of the settings, the help of each area, the area that is not hers."""
    for area in ("backup", "cashbook", "civil", "cards"):
        window.open(Target(area))
        keyboard.settle()
        keyboard.keys("F1")
        watch.look(f"{area}, aide")
        keyboard.keys("F1")
    window.open(Target("settings"))
    keyboard.settle()
    screen = window.current_screen
    assert isinstance(screen, SettingsScreen)
    for row in range(screen.menu.count()):
        screen.menu.setFocus()
        screen.menu.setCurrentRow(row)
        keyboard.key(ENTER)
        watch.look(f"paramètres, page {row}")
    for action in ("", "sessions", "session/new", "incidents", "minors", "care", "alerts", "deposits", "readings"):
        window.open(Target("listening", action=action))
        keyboard.settle()
        watch.look(f"écoutes, {action}")
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, PreviewDialog) and one.isVisible()]
