"""« Mise à l’abri »: the confidential key leaves this computer; the code *confidentiel* brings it back."""

from __future__ import annotations

import secrets

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from antenne.base.problems import Problem
from antenne.domain import first_run, recovery
from antenne.domain.changes import Done
from antenne.domain.first_run import FirstRun
from antenne.domain.passphrases import WordList
from antenne.domain.recovery import CodeKind
from antenne.domain.rights import Right
from antenne.domain.violations import Violation
from antenne.services import rekeying, sheltering
from antenne.services.sheltering import Reopen, ShelterState, TakeShelter
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.printing import PrintJob
from antenne.ui.settings.section import Section, new_request
from antenne.ui.settings.shelter_parts import ConfirmBlock, ReopenBlock
from antenne.ui.settings.users import Lockable
from antenne.wording import formats, problems
from antenne.wording import users as words
from antenne.wording import violations as sentences


class ShelterSection(Section):
    """One card: what it does, what it leaves, and the way there or back."""

    def __init__(self, context: Context) -> None:
        """Show what :meth:`refresh` reads."""
        super().__init__(context, Right.COMPARTMENT)
        self.state: ShelterState | None = None
        self._run: FirstRun | None = None
        self._code = ""
        self._request = new_request()
        self.card = Card("Mise à l’abri")
        self.card.pill.hide()
        self.card.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.card.setAccessibleName("Mise à l’abri")
        self._lines = QVBoxLayout()
        self.confirm = ConfirmBlock()
        self.reopen = ReopenBlock()
        self.arm_button = button("Mettre à l’abri…", "danger", self.arm, icon_name="lock")
        self.open_button = button("Rouvrir avec le code confidentiel…", "primary", self.begin_reopening)
        self.card.body.addLayout(self._lines)
        for piece in (self.arm_button, self.open_button, self.confirm, self.reopen):
            self.card.body.addWidget(piece)
            piece.hide()
        self.body.addWidget(self.card)
        self.body.addStretch(1)
        self.confirm.confirmed.connect(self._go)
        self.confirm.cancelled.connect(self._step_back)
        self.reopen.cancelled.connect(self._step_back)
        self.reopen.code_given.connect(self._check)
        self.reopen.answered.connect(self._take)
        self.reopen.new_code_asked.connect(self._draw)
        self.reopen.sheet_asked.connect(self.print_)

    def begin(self) -> None:
        """The button of the next step; the card while the key file is read, and where nothing can be done."""
        shown = (self.arm_button, self.open_button, self.card)
        next(one for one in shown if not one.isHidden()).setFocus()

    def refresh(self) -> None:
        """Read the key file, unless a code is on the screen."""
        if self.editable and self._run is None:
            self.context.operations.run(
                SHORT, sheltering.read_shelter, self.context.desk, owner=self, done=self._show, latest=True
            )

    def print_(self) -> None:
        """Ctrl+P: the blank sheet of the fresh code."""
        from antenne.print.blank_code_sheet import render_blank_codes

        if self._run is not None:
            job = PrintJob(title="Feuille à remplir à la main", file_name="feuille.pdf", render=render_blank_codes)
            self.context.printing.preview(job, self)

    # --- what is shown -----------------------------------------------------------------------------------------------

    def _show(self, state: ShelterState) -> None:
        self.state = state
        standing = self.arm_button.hasFocus() or self.open_button.hasFocus() or self._nothing_open()
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for line in _told(state):
            self._lines.addWidget(label(line, wrap=True))
        self.card.setAccessibleDescription(" ".join(_told(state)))
        self.card.pill.show_word(*(("À l’abri", "warning") if state.sheltered else ("Ouverte", "good")))
        if standing:
            self._offer(state)

    def _nothing_open(self) -> bool:
        return self.confirm.isHidden() and self.reopen.isHidden()

    def _offer(self, state: ShelterState) -> None:
        """One button: there, or back."""
        there = not state.sheltered and state.ready and state.envelope is not None
        had_focus = self.isAncestorOf(self.focusWidget() or self)
        self.arm_button.setVisible(there)
        self.open_button.setVisible(state.sheltered)
        said = "Rouvrir pour toutes…" if state.holds_key else "Rouvrir avec le code confidentiel…"
        self.open_button.setText(said)
        self.open_button.setAccessibleName(said)
        if had_focus:
            self.begin()

    # --- there -------------------------------------------------------------------------------------------------------

    def arm(self) -> None:
        """First step: say what it costs and ask."""
        if self.state is None or self.state.envelope is None:
            return
        said = words.SHELTER_CONFIRM.format(day=formats.long_day(self.state.envelope))
        self._ask(said, "Mettre à l’abri maintenant")

    def _ask(self, sentence: str, said: str) -> None:
        self.band.dismiss()
        self.arm_button.hide()
        self.open_button.hide()
        self.confirm.ask(sentence, said)

    def _go(self) -> None:
        """Second step."""
        self.confirm.setEnabled(False)
        desk, closed = self.context.desk, self.state is not None and self.state.sheltered
        if closed:
            command = Reopen(request_id=self._request)
            self.context.operations.run(
                SHORT, sheltering.reopen, desk, command, owner=self, done=self._lock, problem=self._failed
            )
            return
        self.context.operations.run(
            SHORT,
            sheltering.take_shelter,
            desk,
            TakeShelter(request_id=self._request),
            owner=self,
            done=self._lock,
            problem=self._failed,
        )

    def _step_back(self) -> None:
        self._forget()
        if self.state is not None:
            self._offer(self.state)
            self.begin()

    # --- back --------------------------------------------------------------------------------------------------------

    def begin_reopening(self) -> None:
        """Ask for the code, or only whether, where it opened this sitting."""
        if self.state is not None and self.state.holds_key:
            self._ask(words.REOPEN_HERE, "Rouvrir maintenant")
            return
        self.band.dismiss()
        self.open_button.hide()
        self.reopen.ask_code()

    def _check(self, code: str) -> None:
        read = recovery.decode(code, CodeKind.CONFIDENTIAL)
        if isinstance(read, Violation):
            self.reopen.complain(sentences.sentence(read))
            return
        self._code = code
        self.reopen.wait()
        self.context.operations.run(
            SHORT,
            sheltering.check_code,
            self.context.desk,
            code,
            owner=self,
            done=self._checked,
            problem=self._wrong,
        )

    def _checked(self, _done: None) -> None:
        drawn = (rekeying.draw_code(CodeKind.BASE), rekeying.draw_code(CodeKind.CONFIDENTIAL))
        self._run = FirstRun(first_run.Step.CODES, "", drawn, codes_done=first_run.KINDS.index(CodeKind.CONFIDENTIAL))
        self.reopen.show_run(self._run)

    def _wrong(self, problem: Problem) -> None:
        self._code = ""
        self.reopen.ask_code(problems.sentence(problem))

    def _draw(self) -> None:
        if self._run is not None:
            self._take(first_run.NewCode(secrets.randbits(recovery.BITS)))

    def _take(self, given: first_run.Input) -> None:
        if self._run is None:
            return
        moved = first_run.advance(self._run, given, WordList.of(()))
        if isinstance(moved, tuple):
            self.reopen.page.show_violations(moved)
            return
        self._run = moved
        if first_run.present_kind(moved) is not None:
            self.reopen.show_run(moved)
            return
        self.reopen.wait()
        command = Reopen(request_id=self._request, code=self._code, fresh=moved.codes[-1])
        self.context.operations.run(
            SHORT,
            sheltering.reopen,
            self.context.desk,
            command,
            owner=self,
            done=self._lock,
            broken=self._refused,
            problem=self._failed,
        )

    # --- the end -----------------------------------------------------------------------------------------------------

    def _lock(self, _done: Done[None]) -> None:
        self._forget()
        window = self.window()
        if isinstance(window, Lockable):
            window.lock()

    def _refused(self, violations: tuple[Violation, ...]) -> None:
        self._stop(" ".join(map(sentences.sentence, violations)))

    def _failed(self, problem: Problem) -> None:
        self._stop(problems.sentence(problem))

    def _stop(self, sentence: str) -> None:
        self._request = new_request()
        self._step_back()
        self.band.say(sentence, "danger")

    def _forget(self) -> None:
        """Nothing secret stays on the page."""
        self._code = ""
        self._run = None
        self.confirm.close_block()
        self.reopen.close_block()


def _told(state: ShelterState) -> tuple[str, ...]:
    if state.sheltered:
        return (words.SHELTER_ON, words.REOPEN_HERE if state.holds_key else words.REOPEN_WITH_CODE)
    told = [words.SHELTER_DOES, words.SHELTER_REMAINS]
    if state.backups:
        made = formats.plural(state.backups, "sauvegarde a été faite", "sauvegardes ont été faites")
        told.append(f"{made} jusqu’ici.")
    told += [words.SHELTER_ASIDE.format(path=place) for place in state.aside]
    if not state.ready:
        told.append(problems.sentence(Problem("keys.shelter_old_format")))
    elif state.envelope is None:
        told.append(problems.sentence(Problem("shelter.no_envelope")))
    return tuple(told)
