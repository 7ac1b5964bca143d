"""« Adhérentes » on a real office: the list, her page, her file, new files, drafts, agreements, the photo."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from antenne.base.clock import FixedClock
from antenne.domain.backups import BackupMade
from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.board import Target, Tone
from antenne.domain.changes import Changes
from antenne.domain.forms.person import PERSON, REGISTRATION
from antenne.domain.persons import Person, Purpose
from antenne.services import drafts, members, members_reading
from antenne.services.desk import Desk
from antenne.services.drafts import KeepDraft
from antenne.services.members import Register, SavePerson
from antenne.ui.kit.area import Context
from antenne.ui.kit.memory import SittingMemory
from antenne.ui.kit.operations import Operations
from antenne.ui.kit.preview import PreviewDialog
from antenne.ui.kit.printing import Printing
from antenne.ui.members import area
from antenne.ui.members.fields import person_hit
from antenne.ui.members.registration import RegistrationPage
from antenne.ui.members.screen import MembersScreen
from tests.ui.helpers import FakeDialogs, press, type_text

TODAY = dt.date(2026, 11, 23)
KONE: dict[str, Any] = {
    "last_name": "Koné",
    "first_name": "Fatoumata",
    "birth": Birth(Precision.ABOUT, dt.date(1994, 1, 1)),
    "quarter": "Sévaré",
    "phones": ({"number": "+22376123418", "owner": "elle", "may_call": True, "may_message": False},),
    "joined_on": dt.date(2019, 3, 12),
    "consent_file": True,
    "consent_photo": True,
    "consent_how": "signature",
}


class Shell:
    """What the shell does for a screen: it opens its targets, and notes what it is told."""

    def __init__(self) -> None:
        self.opened: list[Target] = []
        self.backs = 0
        self.said: list[tuple[str, Tone]] = []
        self.screen: MembersScreen | None = None

    def open(self, target: Target) -> None:
        self.opened.append(target)
        if self.screen is not None and target.area == "members":
            self.screen.open(target)

    def back(self) -> None:
        self.backs += 1

    def broadcast(self, changes: Changes) -> None:
        if self.screen is not None:
            self.screen.on_changes(changes)

    def notify(self, sentence: str, tone: Tone) -> None:
        self.said.append((sentence.replace("\u00a0", " "), tone))


@pytest.fixture
def shell() -> Shell:
    return Shell()


@pytest.fixture
def dialogs(tmp_path: Path) -> FakeDialogs:
    return FakeDialogs(path=tmp_path / "liste.xlsx")


@pytest.fixture
def make(operations: Operations, shell: Shell, dialogs: FakeDialogs, qtbot: QtBot) -> Callable[[Desk], MembersScreen]:
    """Builds the screen at a desk and shows the list."""

    def made(at: Desk) -> MembersScreen:
        context = Context(
            desk=at,
            operations=operations,
            navigator=shell,
            dialogs=dialogs,
            printing=Printing(operations, dialogs, str),
            clock=at.clock,
            broadcast=shell.broadcast,
            notify=shell.notify,
            memory=SittingMemory(),
            person_cards=(area.AREA.person_card,) if area.AREA.person_card else (),
        )
        screen = MembersScreen(context)
        qtbot.addWidget(screen)
        shell.screen = screen
        screen.resize(1162, 686)
        screen.show()
        screen.open(Target("members"))
        settle(qtbot, screen)
        return screen

    return made


def settle(qtbot: QtBot, screen: MembersScreen) -> None:
    """What was begun is over, what it brought is shown."""
    idle = screen._context.operations.idle
    for pause in (40, 20):
        qtbot.wait(pause)
        qtbot.waitUntil(idle, timeout=10_000)


def register(desk: Desk, **changes: Any) -> Person:
    answers = {**KONE, **changes}
    request = f"made {answers['last_name']} {answers['first_name']} {answers.get('joined_on')}"
    return members.register_person(desk, Register(request_id=request, form="registration", answers=answers)).value


def shown(screen: MembersScreen) -> list[str]:
    model = screen.list.model
    return [row.last_name for number in range(model.rowCount()) if (row := model.row(number)) is not None]


def words(widget: QWidget) -> str:
    said = [made.text() for made in widget.findChildren(QLabel) if made.isVisibleTo(widget)]
    return " ".join(said).replace("\u00a0", " ").replace("\u202f", " ")


def push(qtbot: QtBot, screen: MembersScreen, text: str, inside: QWidget | None = None) -> None:
    """Entrée on the visible button so named."""
    found = [
        made
        for made in (inside or screen).findChildren(QPushButton)
        if made.text().startswith(text) and made.isVisibleTo(screen)
    ]
    assert found, text
    press(found[0], Qt.Key.Key_Return)
    settle(qtbot, screen)


def type_in(page: RegistrationPage, key: str, text: str) -> None:
    type_text(page.view.field(key).entry(), text)


def jpeg(size: tuple[int, int] = (1000, 800)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "JPEG")
    return out.getvalue()


# --- The list ----------------------------------------------------------------------------------------------------


def test_the_list_answers_each_key_and_entree_opens_her_page(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot, shell: Shell
) -> None:
    kone = register(desk)
    register(desk, last_name="Diallo", first_name="Aïssata", phones=None)
    register(desk, last_name="Cissé", first_name="Sira", joined_on=None)
    screen = make(desk)
    assert shown(screen) == ["Cissé", "Diallo", "Koné"]
    assert screen.list.count.text() == "2"
    type_text(screen.list.search, "fanta k")
    settle(qtbot, screen)
    assert shown(screen) == ["Koné"]
    assert "1 résultat" in screen.list.foot.text().replace("\u00a0", " ")
    row = screen.list.model.row(0)
    assert row is not None
    line = screen.list._line(row)
    assert (line.title, line.subtitle) == ("KONÉ Fatoumata", "M-00001 · Sévaré · 76 •• •• 18")
    press(screen.list.search, Qt.Key.Key_Return)
    settle(qtbot, screen)
    assert shell.opened[-1] == Target("members", kone.id)
    assert screen.stack.currentWidget() is screen.woman


def test_nothing_found_says_what_to_try(desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot) -> None:
    register(desk)
    screen = make(desk)
    type_text(screen.list.search, "zzz")
    settle(qtbot, screen)
    assert shown(screen) == []
    assert "Aucun résultat" in screen.list.foot.text()
    assert screen.escape()
    settle(qtbot, screen)
    assert shown(screen) == ["Koné"]
    assert not screen.escape(), "now the shell may go back"


def test_the_filters_above_the_list(desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot) -> None:
    register(desk)
    register(desk, last_name="Cissé", joined_on=None)
    screen = make(desk)
    push(qtbot, screen, "Expirées")
    assert shown(screen) == ["Koné"]
    push(qtbot, screen, "Autres")
    assert shown(screen) == ["Cissé"]
    push(qtbot, screen, "Parties")
    assert shown(screen) == []
    push(qtbot, screen, "Toutes")
    assert shown(screen) == ["Cissé", "Koné"]


def test_the_list_is_written_to_a_workbook(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot, shell: Shell, dialogs: FakeDialogs
) -> None:
    register(desk)
    screen = make(desk)
    push(qtbot, screen, "Exporter")
    assert dialogs.asked == ["liste-2026-11-23.xlsx"]
    assert dialogs.path is not None
    assert dialogs.path.read_bytes()[:2] == b"PK"
    assert any("exporté" in sentence for sentence, _ in shell.said)


# --- Her page ----------------------------------------------------------------------------------------------------


def test_her_page_says_who_she_is_and_how_to_reach_her(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot
) -> None:
    kone = register(desk, never_tell="mari")
    screen = make(desk)
    screen.open(Target("members", kone.id))
    settle(qtbot, screen)
    said = words(screen.woman)
    assert "KONÉ Fatoumata" in said
    assert "M-00001 · née vers 1994 (environ 32 ans) · Sévaré" in said
    assert "Active, sans carte" in said
    assert "On peut l’appeler, pas laisser de message. Ne rien dire à : mari." in said
    assert "76 12 34 18" in said
    push(qtbot, screen, "Fiche complète", screen.woman)
    assert screen.stack.currentIndex() == 0
    assert screen.file.identity.view.field("last_name").value() == "Koné"


@pytest.mark.parametrize(
    ("phones", "said"),
    [
        (None, "Pas de téléphone."),
        (({"number": "+22376123418", "owner": "elle", "may_call": False, "may_message": True},),
         "Ne pas l’appeler, laisser un message est permis."),
        (({"number": "+22376123418", "owner": "elle", "may_call": None, "may_message": None},), "À demander."),
    ],
)  # fmt: skip
def test_how_she_may_be_reached(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot, phones: Any, said: str
) -> None:
    kone = register(desk, phones=phones)
    screen = make(desk)
    screen.open(Target("members", kone.id))
    settle(qtbot, screen)
    assert said in words(screen.woman.foot)


def test_a_page_that_is_gone_is_said(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot, shell: Shell
) -> None:
    screen = make(desk)
    screen.open(Target("members", 99))
    settle(qtbot, screen)
    assert shell.said == [("Cette fiche n’existe plus.", "warning")]
    assert screen.stack.currentIndex() == 0


# --- A new file --------------------------------------------------------------------------------------------------


def begin(qtbot: QtBot, screen: MembersScreen, action: str = "new") -> RegistrationPage:
    screen.open(Target("members", action=action))
    settle(qtbot, screen)
    return screen.page(action)


def fill(page: RegistrationPage, last: str = "Diallo", first: str = "Awa") -> None:
    type_in(page, "last_name", last)
    type_in(page, "first_name", first)
    page.view.field("birth").set_value(KONE["birth"])
    page.view.field("consent_file").set_value(True)
    page.view.field("consent_how").set_value("signature")


def test_a_woman_is_registered_and_her_page_opens(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot, shell: Shell
) -> None:
    screen = make(desk)
    screen.new()
    settle(qtbot, screen)
    page = screen.page("new")
    assert page.view.field("joined_on").value() == TODAY
    fill(page)
    screen.save()
    screen.save()
    settle(qtbot, screen)
    assert shell.said[-1] == ("DIALLO Awa est inscrite : M-00001.", "good")
    (person_id,) = members_reading.search_ids(desk, "")
    assert shell.opened[-1] == Target("members", person_id)
    assert "DIALLO Awa" in words(screen.woman)


def test_what_does_not_fit_stands_beside_its_field_and_nothing_typed_is_lost(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot
) -> None:
    screen = make(desk)
    page = begin(qtbot, screen)
    type_in(page, "last_name", "Koné 😀")
    type_in(page, "emergency_phone", "76 12 4x")
    page.view.field("birth").set_value(Birth(Precision.YEAR, dt.date(2012, 1, 1)))
    screen.save()
    settle(qtbot, screen)
    assert "dessin" in page.view.error_of("last_name")
    assert page.view.error_of("first_name") == "À remplir\u00a0: Prénom."
    assert page.view.error_of("emergency_phone").startswith("Un téléphone n’a que des chiffres")
    assert page.view.field("last_name").raw() == "Koné 😀"
    page.view.field("last_name").set_value("Koné")
    type_in(page, "first_name", "Awa")
    page.view.field("emergency_phone").set_value(None)
    page.view.field("consent_file").set_value(True)
    page.view.field("consent_how").set_value("signature")
    screen.save()
    settle(qtbot, screen)
    assert "jamais adhérente" in page.view.error_of("birth"), "the service's rules stand beside their field too"
    assert members_reading.search_ids(desk, "") == ()


def test_who_may_already_be_on_file_is_shown_while_she_types(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot, shell: Shell
) -> None:
    kone = register(desk)
    screen = make(desk)
    page = begin(qtbot, screen)
    type_in(page, "last_name", "kone")
    type_in(page, "first_name", "fanta")
    page.view.field("birth").set_value(KONE["birth"])
    page.view.changed.emit()
    qtbot.waitUntil(lambda: not page.duplicates.isHidden(), timeout=3000)
    settle(qtbot, screen)
    said = words(page.duplicates)
    assert "KONÉ Fatoumata" in said
    assert "même nom, même prénom, âge possible" in said
    push(qtbot, screen, "Ouvrir sa fiche", page.duplicates)
    assert shell.opened[-1] == Target("members", kone.id)
    assert drafts.find_draft(desk, REGISTRATION, 0) is None or page.view.field("last_name").raw() == "kone"


def test_a_draft_survives_a_crash_and_is_offered_again(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot, clock: FixedClock
) -> None:
    screen = make(desk)
    page = begin(qtbot, screen)
    type_in(page, "last_name", "Diallo")
    assert drafts.find_draft(desk, REGISTRATION, 0) is None
    qtbot.waitUntil(lambda: "Brouillon gardé" in page.draft_words.text(), timeout=4000)
    kept = drafts.find_draft(desk, REGISTRATION, 0)
    assert kept is not None
    assert kept.body["last_name"] == "Diallo"
    clock.advance(dt.timedelta(minutes=11))
    again = make(desk)
    offered = begin(qtbot, again)
    assert offered.band.text.replace("\u00a0", " ") == "Un brouillon de 9 h 30 n’a pas été enregistré."
    assert offered.view.field("last_name").value() is None
    push(qtbot, again, "Reprendre", offered.band)
    assert offered.view.field("last_name").value() == "Diallo"
    fill_rest = {"first_name": "Awa"}
    type_in(offered, "first_name", fill_rest["first_name"])
    offered.view.field("birth").set_value(KONE["birth"])
    offered.view.field("consent_file").set_value(True)
    offered.view.field("consent_how").set_value("signature")
    again.save()
    settle(qtbot, again)
    assert drafts.find_draft(desk, REGISTRATION, 0) is None


def test_a_draft_is_thrown_away_when_she_says_so(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot
) -> None:
    drafts.keep_draft(desk, KeepDraft(form=REGISTRATION, subject_id=0, body={"last_name": "Ko"}))
    screen = make(desk)
    page = begin(qtbot, screen)
    push(qtbot, screen, "Jeter", page.band)
    assert page.band.text == ""
    assert drafts.find_draft(desk, REGISTRATION, 0) is None
    assert page.view.field("last_name").value() is None


def test_what_is_typed_is_kept_when_the_screen_is_covered(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot
) -> None:
    screen = make(desk)
    page = begin(qtbot, screen)
    type_in(page, "last_name", "Dia")
    screen.keep_draft()
    settle(qtbot, screen)
    kept = drafts.find_draft(desk, REGISTRATION, 0)
    assert kept is not None
    assert kept.body["last_name"] == "Dia"


def test_many_women_keep_place_and_marraine_not_consent(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot, shell: Shell
) -> None:
    sponsor = register(desk)
    screen = make(desk)
    page = begin(qtbot, screen, "many")
    type_in(page, "quarter", "Fatoma")
    page.view.field("sponsor_id").set_value(person_hit(desk, sponsor.id))
    for first in ("Awa", "Oumou"):
        assert page.view.field("consent_file").value() is None
        fill(page, "Diallo", first)
        screen.save()
        settle(qtbot, screen)
        assert screen.stack.currentWidget() is page
        assert page.view.field("last_name").value() is None
        assert page.view.field("quarter").value() == "Fatoma"
        assert page.view.field("joined_on").value() == TODAY
    assert "2 inscrites, dont M-00003" in words(page)
    found = [members_reading.load_page(desk, one) for one in members_reading.search_ids(desk, "diallo")]
    assert {one.sponsor for one in found} == {"KONÉ Fatoumata"}
    assert {one.person.quarter for one in found} == {"Fatoma"}


def test_a_blank_sheet_is_shown(desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot) -> None:
    screen = make(desk)
    page = begin(qtbot, screen)
    push(qtbot, screen, "Feuille vierge", page)
    qtbot.waitUntil(lambda: bool(page.findChildren(PreviewDialog)), timeout=5000)
    (preview,) = page.findChildren(PreviewDialog)
    settle(qtbot, screen)
    assert preview._pdf.startswith(b"%PDF")
    preview.close()


# --- Her file ----------------------------------------------------------------------------------------------------


def open_file(qtbot: QtBot, screen: MembersScreen, person: Person, field: str = "") -> None:
    screen.open(Target("members", person.id, field=field, action="file"))
    settle(qtbot, screen)


def test_her_file_is_changed_and_its_history_told(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot, shell: Shell
) -> None:
    kone = register(desk)
    screen = make(desk)
    open_file(qtbot, screen, kone)
    identity = screen.file.identity
    identity.view.field("last_name").set_value("Konaté")
    identity.view.changed.emit()
    screen.save()
    settle(qtbot, screen)
    assert shell.said[-1] == ("Fiche enregistrée.", "good")
    assert "KONATÉ Fatoumata" in words(screen.file)
    assert identity.foot.text() == "Modifiée le 23/11/2026 par Agent secretaire."
    screen.file.tabs.setCurrentIndex(2)
    settle(qtbot, screen)
    (table,) = screen.file.history.findChildren(QTableView)
    model = table.model()
    cells = [[model.index(row, column).data() for column in range(5)] for row in range(model.rowCount())]
    assert cells[0] == [
        "23/11/2026 à 9\u00a0h\u00a030",
        "Agent secretaire",
        "Fiche enregistrée",
        "Nom",
        "Koné → Konaté",
    ]


def test_cancel_brings_back_what_is_on_file(desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot) -> None:
    kone = register(desk)
    screen = make(desk)
    open_file(qtbot, screen, kone)
    entry = screen.file.identity.view.field("last_name").entry()
    type_text(entry, "xx")
    push(qtbot, screen, "Annuler", screen.file.identity)
    assert screen.file.identity.view.field("last_name").value() == "Koné"
    assert not screen.file.identity.drafts.dirty


def test_a_change_made_elsewhere_is_not_overwritten(
    desk: Desk, responsable_desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot
) -> None:
    kone = register(desk)
    screen = make(desk)
    open_file(qtbot, screen, kone)
    seen = members_reading.load_page(responsable_desk, kone.id).person
    from antenne.domain.members import answers_of

    command = SavePerson(request_id="elsewhere", before=seen, answers={**answers_of(seen), "quarter": "Konna"})
    members.save_person(responsable_desk, command)
    type_text(screen.file.identity.view.field("mother_name").entry(), "Awa Touré")
    screen.save()
    settle(qtbot, screen)
    assert "a changé entre-temps" in screen.file.identity.meanwhile.text
    assert screen.file.identity.view.field("mother_name").value() == "Awa Touré"


def test_an_urgent_line_opens_the_file_at_the_right_place(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot
) -> None:
    kone = register(desk)
    screen = make(desk)
    open_file(qtbot, screen, kone, "consents")
    assert screen.file.tabs.currentIndex() == 1
    open_file(qtbot, screen, kone, "nina")
    assert screen.file.tabs.currentIndex() == 0
    assert screen.focusWidget() is screen.file.identity.view.field("nina").entry()


def test_a_draft_of_her_file_is_offered(desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot) -> None:
    kone = register(desk)
    drafts.keep_draft(desk, KeepDraft(form=PERSON, subject_id=kone.id, body={"quarter": "Konna"}))
    screen = make(desk)
    open_file(qtbot, screen, kone)
    push(qtbot, screen, "Reprendre", screen.file.identity)
    assert screen.file.identity.view.field("quarter").value() == "Konna"
    assert screen.file.identity.view.field("last_name").value() == "Koné"


# --- Adhesion and agreements -------------------------------------------------------------------------------------


def act(qtbot: QtBot, screen: MembersScreen, text: str) -> None:
    """Open an act of the second tab."""
    screen.file.tabs.setCurrentIndex(1)
    settle(qtbot, screen)
    push(qtbot, screen, text, screen.file.membership)


def test_she_leaves_and_comes_back(desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot) -> None:
    kone = register(desk)
    screen = make(desk)
    open_file(qtbot, screen, kone)
    act(qtbot, screen, "Noter son départ")
    view = screen.file.membership._act[0] if screen.file.membership._act else None
    assert view is not None
    view.field("reason").set_value("depart")
    screen.save()
    settle(qtbot, screen)
    assert "Partie le 23 novembre 2026 (a quitté la région)." in words(screen.file.membership)
    act(qtbot, screen, "Noter son retour")
    screen.save()
    settle(qtbot, screen)
    assert "Partie le" not in words(screen.file.membership)


def test_her_adhesion_is_corrected_while_something_else_is_typed(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot
) -> None:
    sponsor = register(desk, last_name="Cissé", first_name="Sira")
    kone = register(desk, sponsor_id=sponsor.id)
    screen = make(desk)
    open_file(qtbot, screen, kone)
    type_text(screen.file.identity.view.field("mother_name").entry(), "Awa Touré")
    act(qtbot, screen, "Corriger l’adhésion")
    assert screen.file.membership._act is not None
    view = screen.file.membership._act[0]
    assert view.answers() == {"joined_on": dt.date(2019, 3, 12), "sponsor_id": sponsor.id, "exempt": False}
    view.field("joined_on").set_value(dt.date(2020, 5, 4))
    screen.save()
    settle(qtbot, screen)
    assert "adhérente depuis le 4 mai 2020" in words(screen.file.membership)
    assert screen.file.identity.view.field("mother_name").value() == "Awa Touré"
    screen.file.tabs.setCurrentIndex(0)
    screen.save()
    settle(qtbot, screen)
    person = members_reading.load_page(desk, kone.id).person
    assert person.mother_name == "Awa Touré"
    assert person.membership is not None
    assert (person.membership.joined_on, person.membership.sponsor_id) == (dt.date(2020, 5, 4), sponsor.id)


def test_an_act_that_breaks_a_rule_says_so_and_escape_closes_it(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot
) -> None:
    kone = register(desk)
    screen = make(desk)
    open_file(qtbot, screen, kone)
    act(qtbot, screen, "Suspendre")
    assert screen.file.membership._act is not None
    view = screen.file.membership._act[0]
    view.field("on").set_value(dt.date(2018, 1, 1))
    screen.save()
    settle(qtbot, screen)
    assert view.error_of("on") == "Cette date est avant son adhésion."
    assert screen.escape()
    assert screen.file.membership._act is None


def test_a_contact_joins(desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot) -> None:
    contact = register(desk, joined_on=None)
    screen = make(desk)
    open_file(qtbot, screen, contact)
    act(qtbot, screen, "Faire adhérer")
    screen.save()
    settle(qtbot, screen)
    assert "N° M-00001, adhérente depuis le 23 novembre 2026." in words(screen.file.membership)


def test_only_the_responsable_attests_a_majority(
    desk: Desk, responsable_desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot
) -> None:
    doubt = register(desk, joined_on=None, birth=UNKNOWN)
    screen = make(desk)
    open_file(qtbot, screen, doubt, "consents")
    assert "Traitée comme mineure" in words(screen.file.membership)
    assert not [b for b in screen.findChildren(QPushButton) if b.text().startswith("Attester")]
    hers = make(responsable_desk)
    open_file(qtbot, hers, doubt)
    act(qtbot, hers, "Attester sa majorité")
    assert hers.file.membership._act is not None
    type_text(hers.file.membership._act[0].field("words").entry(), "mère d’un enfant de 14 ans")
    hers.save()
    settle(qtbot, hers)
    assert "Majeure évidente : mère d’un enfant de 14 ans." in words(hers.file.membership)


def test_an_agreement_is_taken_back_and_given_again(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot
) -> None:
    kone = register(desk)
    screen = make(desk)
    open_file(qtbot, screen, kone, "consents")
    withdraw = [b for b in screen.findChildren(QPushButton) if b.accessibleName() == "Photo\u00a0: Retirer…"]
    press(withdraw[0], Qt.Key.Key_Return)
    settle(qtbot, screen)
    screen.save()
    settle(qtbot, screen)
    assert "Donné le 12/03/2019 (signature). Retiré le 23/11/2026." in words(screen.file.membership)
    give = [b for b in screen.findChildren(QPushButton) if b.accessibleName() == "Photo\u00a0: Noter son accord…"]
    press(give[0], Qt.Key.Key_Return)
    settle(qtbot, screen)
    screen.save()
    assert screen.file.membership._act is not None
    view = screen.file.membership._act[0]
    assert view.error_of("how")
    view.field("how").set_value("orale")
    view.field("how").changed.emit()
    screen.save()
    assert view.error_of("witness")
    type_text(view.field("witness").entry(), "Awa D.")
    screen.save()
    settle(qtbot, screen)
    assert Purpose.PHOTO in members_reading.load_page(desk, kone.id).consents
    assert "témoin Awa D." in words(screen.file.membership)


def test_erasing_says_which_backups_still_hold_her(
    desk: Desk, responsable_desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot, dialogs: FakeDialogs
) -> None:
    kone = register(desk)
    with desk.write() as uow:
        for counter in (1, 2):
            uow.backups.add(BackupMade(counter, desk.clock.now(), "CLE", f"file-{counter}", 10, verified=True))
        uow.commit()
    screen = make(responsable_desk)
    open_file(qtbot, screen, kone)
    dialogs.yes = False
    act(qtbot, screen, "Effacer sa fiche")
    asked = dialogs.asked[-1].replace("\u00a0", " ")
    assert "2 sauvegardes la contiennent encore, la dernière du 23/11/2026" in asked
    assert members_reading.search_ids(desk, "kone") == (kone.id,)
    dialogs.yes = True
    act(qtbot, screen, "Effacer sa fiche")
    assert "fiche effacée" in words(screen.file)
    assert members_reading.load_page(desk, kone.id).person.phones == ()


# --- The photo ---------------------------------------------------------------------------------------------------


def test_a_photo_is_framed_by_keyboard_and_kept(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    kone = register(desk)
    dialogs.path = tmp_path / "photo.jpg"
    dialogs.path.write_bytes(jpeg())
    screen = make(desk)
    open_file(qtbot, screen, kone)
    push(qtbot, screen, "Photo", screen.file)
    view = screen.file.photo_panel.view
    before = view.crop()
    press(view, Qt.Key.Key_Left)
    assert view.crop().left < before.left
    press(view, Qt.Key.Key_Right)
    press(view, Qt.Key.Key_Down)
    type_text(view, "-")
    assert view.crop().width < before.width
    type_text(view, "+")
    for _ in range(60):
        press(view, Qt.Key.Key_Right)
    assert view.crop().left + view.crop().width == pytest.approx(1)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    QTest.mouseMove(view, QPoint(60, 100))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(60, 100))
    push(qtbot, screen, "Garder cette photo", screen.file.photo_panel)
    kept = members_reading.load_photo(desk, kone.id)
    assert kept is not None
    assert QImage.fromData(kept).size().toTuple() == (480, 600)
    assert screen.file.photo_panel.isHidden()
    assert screen.file.photo.accessibleName() == "Photo"
    push(qtbot, screen, "Photo", screen.file)
    push(qtbot, screen, "Retirer la photo", screen.file.photo_panel)
    assert members_reading.load_photo(desk, kone.id) is None


def test_what_is_no_photo_is_said(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    kone = register(desk)
    dialogs.path = tmp_path / "contrat.jpg"
    dialogs.path.write_bytes(b"%PDF-1.7")
    screen = make(desk)
    open_file(qtbot, screen, kone)
    push(qtbot, screen, "Photo", screen.file)
    assert "Ce fichier n’est pas une photo" in words(screen.file.photo_panel)
    assert screen.escape()
    assert screen.file.photo_panel.isHidden()


def test_no_photo_without_her_agreement(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    kone = register(desk, consent_photo=False)
    dialogs.path = tmp_path / "photo.jpg"
    dialogs.path.write_bytes(jpeg())
    screen = make(desk)
    open_file(qtbot, screen, kone)
    push(qtbot, screen, "Photo", screen.file)
    push(qtbot, screen, "Garder cette photo", screen.file.photo_panel)
    assert "Elle n’a pas donné son accord pour la photo" in words(screen.file.photo_panel)
    assert members_reading.load_photo(desk, kone.id) is None


# --- What the area offers the shell ------------------------------------------------------------------------------


def test_the_home_page_and_the_search_know_members(desk: Desk) -> None:
    kone = register(desk, joined_on=TODAY)
    drafts.keep_draft(desk, KeepDraft(form=REGISTRATION, subject_id=0, body={}))
    drafts.keep_draft(desk, KeepDraft(form=PERSON, subject_id=kone.id, body={}))
    (hit,) = area.search(desk, "kone", 5)
    assert (hit.title, hit.target, hit.pill) == ("KONÉ Fatoumata", Target("members", kone.id), "Sans carte")
    targets = [line.target for line in area.todo(desk)]
    assert Target("members", action="new") in targets
    assert Target("members", kone.id, action="file") in targets
    (adhesions,) = area.month(desk)
    assert (adhesions.label, adhesions.this_month, adhesions.this_year) == ("Adhésions", 1, 1)
    assert area.tiles(desk)[0].figure == "1"


def test_a_register_without_agreements_stands_under_what_is_to_do(desk: Desk) -> None:
    from dataclasses import replace

    kone = register(desk)
    with desk.write() as uow:
        uow.persons.save(replace(kone, consents=()), desk.clock.now(), 0)
        uow.commit()
    (line,) = area.todo(desk)
    assert line.text.replace("\u00a0", " ") == "1 adhérente : accord à demander"
    assert line.target == Target("members", kone.id, field="consents")
