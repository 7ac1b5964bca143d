"""« Ses droits »: what is held about one woman, to print, correct, take back, erase, by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from antenne.domain.backups import BackupMade
from antenne.domain.board import Target
from antenne.domain.changes import LISTENING, MEMBERS, PROTECTION, Changes
from antenne.domain.forms.model import Form, Option
from antenne.domain.her_rights import Agreement, ErasureReason, Held, HeldRecord, Her, Settled
from antenne.domain.rights import Right
from antenne.domain.violations import Violation
from antenne.services import erasing, her_rights, her_rights_agreements, members_reading
from antenne.services.desk import Desk
from antenne.services.erasing import AskErasure, EraseFile, EraseSealed
from antenne.services.her_rights_agreements import TakeBack
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, Page, PageTitle, button, label
from antenne.ui.kit.models import Column, RowsModel
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.printing import PrintJob
from antenne.ui.kit.tables import Table
from antenne.ui.listening import rights_forms as forms
from antenne.ui.listening.ask_card import Ask
from antenne.ui.listening.fields import field_context
from antenne.ui.listening.keys import KEY
from antenne.ui.listening.record_page import RecordPage
from antenne.ui.listening.record_places import sealed_place
from antenne.ui.listening.rights_asking import AskPlace
from antenne.ui.listening.session_side import emptied
from antenne.wording import formats
from antenne.wording import her_rights as words
from antenne.wording import violations as sentences


@dataclass(frozen=True, slots=True)
class Row:
    """One record in the table."""

    part: str
    record: HeldRecord


@dataclass(frozen=True, slots=True)
class Start:
    """What the page shows."""

    held: Held
    agreements: tuple[Agreement, ...]
    settled: Settled | None
    backups: tuple[BackupMade, ...]
    erased: bool = False


def read_start(desk: Desk, person_id: int | None, code: str) -> Start:
    """Everything about her, its reading logged; on the short lane.

    Raises:
        Forbidden: Without the right; it is the user herself.
        RulesBroken: The code is nobody's; her file is gone.
    """
    her = her_rights.find_her(desk, person_id, code)
    held = her_rights.read_sealed(desk, her)
    settled, erased = None, False
    if her.person_id is not None:
        settled = erasing.read_settled(desk, her.person_id)
        erased = members_reading.load_page(desk, her.person_id).person.erased_on is not None
    agreements = her_rights_agreements.list_agreements(desk, her)
    return Start(held, agreements, settled, members_reading.backups_holding(desk), erased)


_TABLE = 300
"""Pixels: what can be done with it stays in sight."""


def _day(row: Row) -> str:
    return "" if row.record.on is None else formats.day(row.record.on)


def _answers(row: Row) -> str:
    return formats.number(len(row.record.facts))


_COLUMNS = (
    Column(key="part", title="Partie", text=lambda one: one.part, width=250),
    Column(key="title", title="Ce qui est gardé", text=lambda one: one.record.title, width=0),
    Column(key="on", title="Du", text=_day, width=110),
    Column(key="facts", title="Réponses", text=_answers, align="right", width=90),
    Column(
        key="where",
        title="",
        text=lambda one: "Confidentiel" if one.record.sealed_id else "",
        pill=lambda _one: "info",
        width=120,
    ),
)


class RightsPage(RecordPage):
    """One woman's page of rights."""

    help_key = "listening_rights"
    hints = "Entrée : ouvrir la fiche · Maj+flèches : choisir · Ctrl+P : imprimer tout · Échap : revenir · F1 : aide"

    def __init__(self, context: Context) -> None:
        """Draw the page, empty."""
        super().__init__()
        self.context = context
        self.start: Start | None = None
        self._fields = replace(field_context(context, self), options=self._options)
        self._listed = field_context(context, self).options
        self.title = PageTitle("Ses droits")
        self.base_button = button("Imprimer sa fiche seule", "plain", partial(self.preview, sealed=False))
        self.all_button = button("Imprimer tout  Ctrl+P", "primary", self.print_)
        self.choose_button = button("Choisir…", "primary", self._choose)
        for one in (self.choose_button, self.base_button, self.all_button):
            self.title.add_button(one)
        self.danger = label(words.DANGER, "note", wrap=True, tone="danger")
        self.free = label(words.FREE, "muted", wrap=True)
        self.table = Table(RowsModel(_COLUMNS, parent=self), "Ce qui est gardé sur elle", memory=context.memory)
        self.table.setFixedHeight(_TABLE)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.opened.connect(self._open_row)
        self.agreements = Card("Ses accords")
        self.forget = Card("L’oublier")
        self.settled = label("", wrap=True)
        self.backups = label("", "muted", wrap=True)
        self.chosen_button = button("Effacer les lignes choisies…", "plain", self.erase_chosen)
        self.sealed_button = button("Effacer tout ce qui est confidentiel…", "plain", self.erase_all)
        self.file_button = button("Effacer sa fiche et ses dossiers…", "plain", self.erase_file)
        self.ask_button = button("Demander l’effacement…", "plain", self.ask_erasure)
        self.asking = AskPlace(context, self._fields, self._again)
        self._page = Page()
        self.held = Card("Ce qui est gardé")
        self._of_her = (self.danger, self.free, self.held, self.agreements, self.forget, self.base_button,
                        self.all_button)  # fmt: skip
        self._build()

    def _build(self) -> None:
        page = self._page
        page.body.setContentsMargins(0, 0, 2 * t.SPACE, 0)
        page.body.addLayout(self.asking)
        hint = "Entrée ouvre la fiche, pour la corriger. Maj+flèches ou Ctrl+clic choisit des lignes."
        self.held.body.addWidget(label(hint, "hint", wrap=True))
        self.held.body.addWidget(self.table)
        page.body.addWidget(self.held)
        page.body.addWidget(self.agreements)
        self.forget.body.addWidget(self.settled)
        self.forget.body.addWidget(self.backups)
        kept = "Les comptes d’argent et les chiffres déjà publiés restent, sans son nom."
        self.forget.body.addWidget(label(kept, "muted", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(2 * t.SPACE)
        for one in (self.chosen_button, self.sealed_button, self.file_button, self.ask_button):
            row.addWidget(one)
        row.addStretch(1)
        self.forget.body.addLayout(row)
        page.body.addWidget(self.forget)
        page.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(5 * t.SPACE + 2, 3 * t.SPACE, 4 * t.SPACE, 4 * t.SPACE)
        whole.setSpacing(2 * t.SPACE)
        whole.addWidget(self.title)
        whole.addWidget(self.danger)
        whole.addWidget(self.free)
        whole.addWidget(page, 1)

    def _options(self, name: str) -> Sequence[Option]:
        own = forms.reasons(name)
        return self._listed(name) if own is None else own

    # --- Reading ---------------------------------------------------------------------------------------------------

    def show_place(self, rest: str, person_id: int | None) -> None:
        """A woman's id, or her code; ``new``: nobody yet, the panel asks."""
        self.asking.close_card()
        if person_id is None and rest in ("", "new"):
            self._show_nobody()
        else:
            self._read(person_id, rest)

    def _show_nobody(self) -> None:
        """Nobody is chosen yet: the tab asks whom it is about."""
        self.start = None
        self.title.show_title("Ses droits", subtitle="Choisissez d’abord de qui il s’agit.")
        self.choose_button.show()
        self.choose_button.setFocus()
        for one in self._of_her:
            one.hide()

    def _choose(self) -> None:
        self.context.navigator.open(Target(KEY, action="rights"))

    def _read(self, person_id: int | None, code: str) -> None:
        self.context.operations.run(
            SHORT,
            read_start,
            self.context.desk,
            person_id,
            code,
            owner=self,
            done=self._show,
            broken=self._refused,
            latest=True,
            key="start",
        )

    def _again(self) -> None:
        if self.start is not None:
            her = self.start.held.her
            self._read(her.person_id, her.code)

    def on_changes(self, changes: Changes) -> None:
        """What is held about her may be other."""
        if self.isVisible() and any(changes.touch(area) for area in (LISTENING, PROTECTION, MEMBERS)):
            self._again()

    def _refused(self, broken: tuple[Violation, ...]) -> None:
        self.start = None
        self.context.notify(" ".join(sentences.sentence(one) for one in broken), "warning")
        self.context.navigator.open(Target(KEY, action="rights"))

    def _show(self, start: Start) -> None:
        self.start = start
        said = formats.plural(start.held.count, "fiche ou pièce gardée", "fiches ou pièces gardées")
        self.title.show_title(start.held.name, subtitle=said, pill="Confidentiel", tone="info")
        rows = [Row(part.title, record) for part in start.held.parts for record in part.records]
        rows.sort(key=lambda row: not row.record.sealed_id)  # what she may choose stands first
        self.table.rows.show_rows(rows)
        self._show_agreements(start.agreements)
        self.choose_button.hide()
        for one in self._of_her:
            one.show()
        named = start.held.her.person_id is not None
        self.base_button.setVisible(named)
        erases = self.context.desk.may(Right.ERASE_PERSONS)
        sealed = any(row.record.sealed_id for row in rows)
        self.chosen_button.setVisible(erases and sealed)
        self.sealed_button.setVisible(erases and sealed)
        self.file_button.setVisible(erases and named and not start.erased)
        self.ask_button.setVisible(not erases)
        self.settled.setText(_settled(start.settled))
        self.backups.setText(words.held_by(start.backups))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_agreements(self, agreements: tuple[Agreement, ...]) -> None:
        emptied(self.agreements, 1)
        inside = QWidget(self.agreements)
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4 * t.SPACE)
        grid.setVerticalSpacing(t.SPACE)
        grid.setColumnStretch(1, 1)
        for number, one in enumerate(agreements):
            said = words.agreement(one.what, one.recipient)
            grid.addWidget(label(said, "strong", wrap=True), number, 0)
            grid.addWidget(label(_state(one), wrap=True), number, 1)
            if one.in_force:
                made = button("Retirer…", "link", partial(self.take_back, one))
                made.setAccessibleName(f"Retirer\u00a0: {said}, {one.title}" if one.title else f"Retirer\u00a0: {said}")
                grid.addWidget(made, number, 2)
        if not agreements:
            grid.addWidget(label("Aucun accord n’est noté.", "muted"), 0, 0)
        self.agreements.body.addWidget(inside)

    # --- Opening, printing -----------------------------------------------------------------------------------------

    def _open_row(self, row: Row) -> None:
        place = place_of(row.record)
        if place is not None:
            self.context.navigator.open(place)

    def print_(self) -> None:
        """Ctrl+P: everything."""
        self.preview(sealed=True)

    def preview(self, *, sealed: bool) -> None:
        """The paper, shown first."""
        if self.start is not None:
            self.context.printing.preview(paper_job(self.context.desk, self.start.held.her, sealed=sealed), self)

    # --- Acts ------------------------------------------------------------------------------------------------------

    def take_back(self, one: Agreement) -> None:
        """Ask the day and how; the effect is said before."""
        her = self._her()
        left = f" Déjà parti\u00a0: {' ; '.join(one.left)}." if one.left else ""

        def command(request: str, answers: dict[str, Any]) -> TakeBack:
            witness = answers.get("witness") or ""
            return TakeBack(request_id=request, her=her, agreement=one, on=answers["on"], how=answers["how"],
                            witness=witness)  # fmt: skip

        self.asking.ask(
            Ask(
                form=_titled(
                    forms.WITHDRAWAL, f"{forms.WITHDRAWAL.title}\u00a0: {words.agreement(one.what, one.recipient)}"
                ),
                work=her_rights_agreements.take_back,
                command=command,
                said="Accord retiré.",
                answers={"on": self.context.clock.today()},
                hint=f"{words.EFFECTS[one.what]}{left}",
                save="Retirer",
            )
        )

    def chosen_ids(self) -> tuple[str, ...]:
        """Sealed ids of the rows chosen."""
        return tuple(row.record.sealed_id for row in self.table.selected() if row.record.sealed_id)

    def erase_chosen(self) -> None:
        """Only the rows chosen."""
        ids = self.chosen_ids()
        if not ids:
            self.context.notify("Choisissez d’abord des lignes confidentielles.", "warning")
            return
        self._erase(ids, f"Effacer {formats.plural(len(ids), 'fiche confidentielle', 'fiches confidentielles')}")

    def erase_all(self) -> None:
        """Everything sealed of hers."""
        self._erase((), "Effacer tout ce qui est confidentiel")

    def _erase(self, ids: tuple[str, ...], title: str) -> None:
        her = self._her()

        def command(request: str, answers: dict[str, Any]) -> EraseSealed:
            reason = ErasureReason(answers["reason"])
            return EraseSealed(request_id=request, her=her, ids=ids, reason=reason, typed=answers["typed"])

        hint = (
            "Avec ses anciennes valeurs, ses brouillons et ses liens. Les chiffres déjà publiés ne changent pas. "
            f"{self.backups.text()}"
        )
        asked = Ask(form=_titled(forms.ERASING, title), work=erasing.erase_sealed, command=command,
                    said="C’est effacé.", answers={"reason": ErasureReason.ASKED.value}, hint=hint,
                    save="Effacer")  # fmt: skip
        self.asking.ask(asked)

    def show_forget(self) -> None:
        """Scroll to what can be erased."""
        self._page.ensureWidgetVisible(self.forget)

    def erase_file(self) -> None:
        """Her file and her civil files, once all is settled."""
        her = self._her()
        assert her.person_id is not None
        person_id = her.person_id
        hint = f"Son nom, ses téléphones, sa photo, ses dossiers et leur historique. {self.backups.text()}"
        if self.sealed_button.isVisibleTo(self):
            hint = f"Ce qui est confidentiel reste\u00a0: effacez-le d’abord. {hint}"
        asked = Ask(
            form=forms.ERASING_FILE,
            work=erasing.erase_file,
            command=lambda request, answers: EraseFile(
                request_id=request, person_id=person_id, typed=str(answers["typed"])
            ),
            said="Sa fiche est effacée.",
            hint=hint,
            save="Effacer",
        )
        self.asking.ask(asked)

    def ask_erasure(self) -> None:
        """An écoutante passes it on; the rows chosen, or everything."""
        her, ids = self._her(), self.chosen_ids()
        what = formats.plural(len(ids), "ligne choisie", "lignes choisies") if ids else "tout ce qui est confidentiel"
        asked = Ask(
            form=forms.REQUEST,
            work=erasing.ask_erasure,
            command=lambda request, answers: AskErasure(
                request_id=request, her=her, ids=ids, words=str(answers.get("words") or "")
            ),
            said="La responsable le trouvera dans «\u00a0À faire\u00a0».",
            hint=f"Elle demande d’effacer\u00a0: {what}.",
            save="Demander",
        )
        self.asking.ask(asked)

    def _her(self) -> Her:
        assert self.start is not None
        return self.start.held.her

    def save(self) -> None:
        """Ctrl+S: what is asked."""
        self.asking.save()

    def escape(self) -> bool:
        """Échap gives up what is asked."""
        closed = self.asking.close_card()
        if closed:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return closed


def _titled(form: Form, title: str) -> Form:
    return replace(form, title=title)


def _state(one: Agreement) -> str:
    """« Écoute E-2026-0007, donné le 12/03/2026 »."""
    parts = [one.title] if one.title else []
    if one.given_on is not None:
        parts.append(f"donné le {formats.day(one.given_on)}")
    if one.withdrawn_on is not None:
        parts.append(f"retiré le {formats.day(one.withdrawn_on)}")
    return ", ".join(parts)


def _settled(found: Settled | None) -> str:
    if found is None:
        return "Elle n’a pas de fiche\u00a0: un code seulement."
    against = [sentences.sentence(one) for one in erasing.check_settled(found)]
    return " ".join(filter(None, (*(against or ["Rien n’est à régler avant."]), words.unpaid(found))))


_BASE_PLACES = {
    "identity": Target("members", action="file"),
    "membership": Target("members", field="status"),
    "consents": Target("members", field="consents"),
    "history": Target("members", action="file"),
    "card": Target("cards"),
    "due": Target("cashbook", action="dues"),
    "receipt": Target("cashbook", action="receipts"),
    "expense": Target("cashbook", action="expenses"),
    "civil": Target("civil"),
}


def place_of(record: HeldRecord) -> Target | None:
    """Where a record is corrected; None for what only goes with others."""
    if not record.sealed_id:
        place = _BASE_PLACES.get(record.kind)
        return None if place is None else replace(place, id=record.base_id)
    return sealed_place(record.kind, record.sealed_id)


def paper_job(desk: Desk, her: Her, *, sealed: bool) -> PrintJob:
    """The paper; nothing of her in its name."""
    return PrintJob(title=words.PAPER_TITLE, file_name=words.FILE_NAME, render=render_paper, args=(desk, her, sealed))


def render_paper(desk: Desk, her: Her, sealed: bool) -> bytes:
    """The PDF, on the long lane."""
    from antenne.print.her_rights import render_held

    return her_rights.draw(desk, her, render_held, sealed=sealed)
