"""The tab « Adhésion et accords »: joining, leaving, what she agreed to and takes back."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from antenne.domain import members as rules
from antenne.domain.backups import BackupMade
from antenne.domain.board import Target
from antenne.domain.changes import Done
from antenne.domain.forms.model import Field, Form, Kind, Section
from antenne.domain.her_rights import Her
from antenne.domain.persons import Consent, Person, Purpose, Status
from antenne.domain.rights import Right
from antenne.domain.violations import Violation
from antenne.services import erasing, her_rights, members, members_agreements, members_reading
from antenne.services.desk import Desk
from antenne.services.erasing import EraseFile
from antenne.services.members import ChangeMembership, Join, SavePerson
from antenne.services.members_agreements import AttestMajority, GiveConsent, WithdrawConsent
from antenne.services.members_reading import Page as Facts
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.fields.base import PersonHit
from antenne.ui.kit.fields.flow import FlowLayout
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.printing import PrintJob
from antenne.ui.members.fields import field_context
from antenne.wording import formats
from antenne.wording import her_rights as words
from antenne.wording import violations as sentences
from antenne.wording.members import PURPOSES, STATUSES

_ON = Field(key="on", label="Date", kind=Kind.DATE, required=True)


def _form(key: str, title: str, *fields: Field) -> Form:
    return Form(key=key, version=1, title=title, sections=(Section(key=key, title=title, fields=fields),))


JOIN = _form(
    "join",
    "Adhésion",
    Field(key="on", label="Date d’adhésion", kind=Kind.DATE, required=True),
    Field(key="sponsor_id", label="Marraine", kind=Kind.PERSON),
    Field(key="exempt", label="Exemptée de cotisation\u202f?", kind=Kind.YES_NO),
)
CORRECT = _form(
    "correct_adhesion",
    "Adhésion",
    Field(key="joined_on", label="Date d’adhésion", kind=Kind.DATE, required=True),
    Field(key="sponsor_id", label="Marraine", kind=Kind.PERSON),
    Field(key="exempt", label="Exemptée de cotisation\u202f?", kind=Kind.YES_NO),
)
LEAVE = _form(
    "leave",
    "Départ",
    _ON,
    Field(key="reason", label="Motif", kind=Kind.CHOICE, options="exit_reasons", required=True),
)
SUSPEND = _form("suspend", "Suspension", _ON)
RESUME = _form("resume", "Fin de la suspension", _ON)
REJOIN = _form("rejoin", "Retour", _ON)
DEATH = _form("death", "Décès", _ON)
CONSENT = _form(
    "consent_given",
    "Accord donné",
    _ON,
    Field(key="how", label="Comment", kind=Kind.CHOICE, options="consent_ways", required=True),
    Field(
        key="witness",
        label="Témoin",
        kind=Kind.TEXT,
        shown_if=lambda answers: answers.get("how") == "orale",
        required_if=lambda answers: answers.get("how") == "orale",
    ),
)
WITHDRAW = _form(
    "consent_withdrawn",
    "Accord retiré",
    _ON,
    Field(key="how", label="Comment", kind=Kind.CHOICE, options="consent_ways"),
)
ATTEST = _form(
    "attest",
    "Majeure évidente",
    Field(
        key="words",
        label="Sur quoi cela repose",
        kind=Kind.TEXT,
        required=True,
        width=3,
        hint="Par ex. «\u00a0mère d’un enfant de 14 ans, vu\u00a0»",
    ),
)


class MembershipTab(QWidget):
    """Facts at the left with what may be done; the little form of the act in hand at the bottom."""

    def __init__(self, context: Context) -> None:
        """Make the two cards and the place of the form."""
        super().__init__()
        self._context = context
        self._facts: Facts | None = None
        self._act: tuple[FormView, Callable[[dict[str, Any]], Any]] | None = None
        self._membership = Card("Adhésion", pill=" ")
        self._consents = Card("Accords")
        self._consents.pill.hide()
        self._rights = Card("Ses droits")
        self._rights.pill.hide()
        self._rights.body.addWidget(label(words.RIGHTS, "muted", wrap=True))
        row = FlowLayout(gap=2 * t.SPACE)
        row.addWidget(button("Imprimer ce que nous gardons…", "plain", self.print_held))
        if context.desk.may(Right.COMPARTMENT) and context.desk.keys.confidential is not None:
            row.addWidget(button("Voir, retirer, oublier…", "plain", self._open_rights))
        self._rights.body.addLayout(row)
        self._place = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * t.SPACE)
        column.addLayout(self._place)
        column.addWidget(self._membership)
        column.addWidget(self._consents)
        column.addWidget(self._rights)
        column.addStretch(1)
        self._inside: list[QWidget] = []

    def show_facts(self, facts: Facts) -> None:
        """Show where she stands."""
        self._facts = facts
        for widget in self._inside:
            widget.hide()
            widget.deleteLater()
        self._inside = [self._membership_lines(facts), self._consent_lines(facts.person)]
        self._membership.body.addWidget(self._inside[0])
        self._consents.body.addWidget(self._inside[1])
        word, tone = STATUSES[facts.status]
        self._membership.pill.show_word(word, tone)

    # --- What is shown -------------------------------------------------------------------------------------------

    def _membership_lines(self, facts: Facts) -> QWidget:
        inside, column = _column()
        for line in self._said(facts):
            column.addWidget(label(line, "", wrap=True))
        row = FlowLayout(gap=2 * t.SPACE)
        for text, act in self._acts(facts):
            row.addWidget(button(text, "plain", act))
        column.addLayout(row)
        return inside

    def _said(self, facts: Facts) -> tuple[str, ...]:
        person, member = facts.person, facts.person.membership
        if member is None:
            minor = "Traitée comme mineure tant que sa majorité n’est pas vérifiée." if facts.minor else ""
            return tuple(filter(None, ("Sans adhésion.", minor, self._attested(person))))
        lines = [f"N°\u00a0{member.number}, adhérente depuis le {formats.long_day(member.joined_on)}."]
        if facts.sponsor:
            lines.append(f"Marraine\u00a0: {facts.sponsor}.")
        if member.exempt:
            lines.append("Exemptée de cotisation.")
        if member.suspended_on is not None:
            lines.append(f"Suspendue depuis le {formats.long_day(member.suspended_on)}.")
        if member.left_on is not None:
            reason = self._context.desk.settings.label("exit_reasons", member.left_reason)
            lines.append(f"Partie le {formats.long_day(member.left_on)}{f' ({reason})' if reason else ''}.")
        if person.died_on is not None:
            lines.append(f"Décédée le {formats.long_day(person.died_on)}.")
        return (*lines, *filter(None, (self._attested(person),)))

    def _attested(self, person: Person) -> str:
        return f"Majeure évidente\u00a0: {person.evident_adult}." if person.evident_adult else ""

    def _acts(self, facts: Facts) -> list[tuple[str, Callable[[], None]]]:
        person = facts.person
        if not self._context.desk.may(Right.WRITE_PERSONS) or person.erased_on is not None:
            return []
        acts: list[tuple[str, Callable[[], None]]] = []
        member = person.membership
        if member is not None and person.died_on is None:
            acts.append(("Corriger l’adhésion…", self._ask_correction))
        if member is None:
            acts.append(("Faire adhérer…", partial(self._ask, JOIN, self._join)))
            if facts.minor and self._context.desk.may(Right.USERS):
                acts.append(("Attester sa majorité…", partial(self._ask, ATTEST, self._attest)))
        elif facts.status is Status.ACTIVE:
            acts.append(("Suspendre…", partial(self._ask, SUSPEND, partial(self._change, "suspended"))))
            acts.append(("Noter son départ…", partial(self._ask, LEAVE, partial(self._change, "left"))))
        elif facts.status is Status.SUSPENDED:
            acts.append(("Lever la suspension…", partial(self._ask, RESUME, partial(self._change, "resumed"))))
        elif facts.status is Status.LEFT:
            acts.append(("Noter son retour…", partial(self._ask, REJOIN, partial(self._change, "rejoined"))))
        if person.died_on is not None:
            acts = [("Décès noté par erreur", self._undo_death)]
        else:
            acts.append(("Noter son décès…", partial(self._ask, DEATH, partial(self._change, "died"))))
        if self._context.desk.may(Right.ERASE_PERSONS):
            acts.append(("Effacer sa fiche…", self._erase))
        return acts

    def _consent_lines(self, person: Person) -> QWidget:
        inside, column = _column()
        grid = QGridLayout()
        grid.setHorizontalSpacing(4 * t.SPACE)
        grid.setVerticalSpacing(t.SPACE)
        grid.setColumnStretch(1, 1)
        writes = self._context.desk.may(Right.WRITE_PERSONS) and person.erased_on is None
        for row, purpose in enumerate(Purpose):
            given = [one for one in person.consents if one.purpose is purpose]
            last = given[-1] if given else None
            in_force = last is not None and last.withdrawn_on is None
            grid.addWidget(label(PURPOSES[purpose], "strong"), row, 0)
            grid.addWidget(label(self._consent_words(last), "", wrap=True), row, 1)
            if writes:
                text = "Retirer…" if in_force else "Noter son accord…"
                form, act = (WITHDRAW, self._withdraw) if in_force else (CONSENT, self._give)
                made = button(text, "link", partial(self._ask, form, partial(act, purpose)))
                made.setAccessibleName(f"{PURPOSES[purpose]}\u00a0: {text}")
                grid.addWidget(made, row, 2)
        column.addLayout(grid)
        return inside

    def _consent_words(self, last: Consent | None) -> str:
        if last is None:
            return "Pas encore demandé."
        how = self._context.desk.settings.label("consent_ways", last.how)
        witness = f", témoin {last.witness}" if last.witness else ""
        said = f"Donné le {formats.day(last.given_on)} ({how}{witness})."
        return said if last.withdrawn_on is None else f"{said} Retiré le {formats.day(last.withdrawn_on)}."

    # --- What is done --------------------------------------------------------------------------------------------

    def _ask_correction(self) -> None:
        """The adhesion as it stands, to be mended."""
        assert self._facts is not None
        member = self._facts.person.membership
        assert member is not None
        sponsor = None
        if member.sponsor_id is not None:
            sponsor = PersonHit(member.sponsor_id, self._facts.sponsor_number, self._facts.sponsor)
        answers: dict[str, object] = {"joined_on": member.joined_on, "sponsor_id": sponsor, "exempt": member.exempt}
        self._ask(CORRECT, self._correct, answers)

    def _ask(self, form: Form, act: Callable[[dict[str, Any]], Any], answers: dict[str, object] | None = None) -> None:
        """Open the little form of an act, on today unless ``answers`` says what stands."""
        self.close_act()
        card = Card(form.title, role="focus")
        card.pill.hide()
        view = FormView(form, field_context(self._context, self), titled=False)
        view.set_answers(answers or {"on": self._context.clock.today()})
        card.body.addWidget(view)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button("Annuler", "plain", self.close_act))
        row.addWidget(button("Enregistrer", "primary", self.save))
        card.body.addLayout(row)
        self._place.addWidget(card)
        self._act = (view, act)
        view.focus_field(form.fields[0].key)

    def close_act(self) -> bool:
        """Close the little form; False when there was none."""
        if self._act is None:
            return False
        self._act = None
        item = self._place.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        return True

    def save(self) -> None:
        """Do what the little form says."""
        if self._act is None or self._facts is None:
            return
        view, act = self._act
        broken = view.validate()
        if broken:
            view.show(broken)
            return
        service, command = act(view.answers())
        self._run(service, command)

    def _run(self, service: Callable[..., Done[Person]], command: object) -> None:
        self._context.operations.run(
            SHORT, service, self._context.desk, command, owner=self, done=self._done, broken=self._refused
        )

    def _done(self, done: Done[Person]) -> None:
        self.close_act()
        self._context.notify("C’est noté.", "good")
        self._context.broadcast(done.changes)

    def _refused(self, broken: tuple[Violation, ...]) -> None:
        if self._act is not None:
            self._act[0].show(broken)
        else:
            self._context.notify(" ".join(sentences.sentence(one) for one in broken), "warning")

    def _id(self) -> int:
        assert self._facts is not None
        return self._facts.person.id

    def _join(self, answers: dict[str, Any]) -> Any:
        command = Join(
            request_id=secrets.token_hex(16),
            person_id=self._id(),
            joined_on=answers["on"],
            sponsor_id=answers["sponsor_id"],
            exempt=answers["exempt"] is True,
        )
        return members.join_member, command

    def _correct(self, answers: dict[str, Any]) -> Any:
        assert self._facts is not None
        person = self._facts.person
        command = SavePerson(
            request_id=secrets.token_hex(16), before=person, answers={**rules.answers_of(person), **answers}
        )
        return members.save_person, command

    def _change(self, what: str, answers: dict[str, Any]) -> Any:
        command = ChangeMembership(
            request_id=secrets.token_hex(16),
            person_id=self._id(),
            what=what,
            on=answers["on"],
            reason=answers.get("reason") or "",
        )
        return members.change_membership, command

    def _give(self, purpose: Purpose, answers: dict[str, Any]) -> Any:
        command = GiveConsent(
            request_id=secrets.token_hex(16),
            person_id=self._id(),
            purpose=purpose,
            on=answers["on"],
            how=answers["how"],
            witness=answers.get("witness") or "",
        )
        return members_agreements.give_consent, command

    def _withdraw(self, purpose: Purpose, answers: dict[str, Any]) -> Any:
        how = self._context.desk.settings.label("consent_ways", answers.get("how") or "")
        command = WithdrawConsent(
            request_id=secrets.token_hex(16), person_id=self._id(), purpose=purpose, on=answers["on"], how=how
        )
        return members_agreements.withdraw_consent, command

    def _attest(self, answers: dict[str, Any]) -> Any:
        command = AttestMajority(request_id=secrets.token_hex(16), person_id=self._id(), words=answers["words"])
        return members_agreements.attest_majority, command

    def _undo_death(self) -> None:
        command = ChangeMembership(
            request_id=secrets.token_hex(16), person_id=self._id(), what="alive", on=self._context.clock.today()
        )
        self._run(members.change_membership, command)

    def print_held(self) -> None:
        """What the base holds about her, on paper; nothing of her in its name."""
        job = PrintJob(title=words.PAPER_TITLE, file_name=words.FILE_NAME, render=render_held,
                       args=(self._context.desk, self._id()))  # fmt: skip
        self._context.printing.preview(job, self)

    def _open_rights(self) -> None:
        self._context.navigator.open(Target("listening", self._id(), action="her"))

    def _erase(self) -> None:
        """Ask what still holds her, then whether she is sure."""
        self._context.operations.run(
            SHORT, members_reading.backups_holding, self._context.desk, owner=self, done=self._confirm_erasure
        )

    def _confirm_erasure(self, backups: tuple[BackupMade, ...]) -> None:
        said = (
            "Effacer son nom, ses téléphones, sa photo, ses dossiers et l’historique de ses valeurs\u202f? "
            f"Les numéros et les comptes restent. {words.held_by(backups)}"
        )
        if self._context.dialogs.confirm(self, said, "Effacer", danger=True):
            command = EraseFile(request_id=secrets.token_hex(16), person_id=self._id(), typed=erasing.CONFIRM)
            self._run(erasing.erase_file, command)


def render_held(desk: Desk, person_id: int) -> bytes:
    """The paper, on the long lane."""
    from antenne.print import her_rights as paper

    return her_rights.draw(desk, Her(person_id), paper.render_held, sealed=False)


def _column() -> tuple[QWidget, QVBoxLayout]:
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2 * t.SPACE)
    return inside, column
