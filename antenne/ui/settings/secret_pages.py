"""Pages on which a phrase or a code is shown, copied by hand, and typed back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antenne.domain import first_run
from antenne.domain.first_run import CodeTyped, Copied, FirstRun, OwnPhrase, TypedBack
from antenne.domain.recovery import CodeKind
from antenne.domain.violations import Violation
from antenne.services.users import OneTimePhrase
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import button, label
from antenne.ui.settings.secret_widgets import Asked, SecretBox
from antenne.wording import users as words
from antenne.wording import violations as sentences

_CODES = {
    CodeKind.BASE: (
        "Enveloppe 1",
        "Ce code rouvre la base si les phrases sont perdues. Il n’ouvre pas la partie confidentielle.",
    ),
    CodeKind.CONFIDENTIAL: (
        "Enveloppe 2",
        "Ce code rouvre tout, la partie confidentielle aussi. Confiez-le à une autre personne que l’enveloppe 1.",
    ),
}


def _column(page: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3 * t.SPACE)
    return column


class PhrasePage(QWidget):
    """Four words drawn for her, or a phrase of her own."""

    draw_asked = Signal()

    def __init__(self) -> None:
        """Begin with the drawn words."""
        super().__init__()
        self._offered = ""
        self._own = False
        self._hidden = False
        column = _column(self)
        column.addWidget(label("Votre nouvelle phrase", "heading"))
        self._rule = label("", "muted", wrap=True)
        self.box = SecretBox("Phrase à recopier")
        self.copied_button = button("Je l’ai recopiée", "plain", self.hide_words)
        self.again_button = button("D’autres mots", "plain", self.draw_asked.emit)
        self.own_button = button("Choisir ma propre phrase", "link", self.switch)
        line = QHBoxLayout()
        for made in (self.copied_button, self.again_button, self.own_button):
            line.addWidget(made)
        line.addStretch(1)
        self.typed = Asked("Retapez-la depuis votre papier")
        self.second = Asked("Encore une fois")
        for piece in (self._rule, self.box):
            column.addWidget(piece)
        column.addLayout(line)
        column.addWidget(self.typed)
        column.addWidget(self.second)
        column.addStretch(1)
        self._follow()

    def show_run(self, run: FirstRun) -> None:
        """The words offered now."""
        if run.offered != self._offered:
            self._offered = run.offered
            self._hidden = False
            self.typed.line.clear()
        self._follow()

    def begin(self) -> None:
        """What is to do now."""
        (self.typed.line if self._own or self._hidden else self.copied_button).setFocus()

    def answer(self) -> first_run.Input:
        """What was typed."""
        if self._own:
            return OwnPhrase(self.typed.line.text(), self.second.line.text())
        return TypedBack(self.typed.line.text())

    def show_violations(self, found: Sequence[Violation]) -> None:
        """Beside the line they belong to."""
        for violation in found:
            place = self.second if violation.field == "again" else self.typed
            place.complain(sentences.sentence(violation))
            place.line.setFocus()

    def hide_words(self) -> None:
        """She has them on paper."""
        self._hidden = True
        self._follow()
        self.typed.line.setFocus()

    def switch(self) -> None:
        """From the drawn words to her own phrase, or back."""
        self._own = not self._own
        self._hidden = False
        for asked in (self.typed, self.second):
            asked.line.clear()
            asked.complain("")
        self._follow()
        self.begin()

    def _follow(self) -> None:
        self.box.setVisible(not self._own)
        self.box.show_words("" if self._hidden else self._offered)
        self.copied_button.setVisible(not self._own and not self._hidden)
        self.again_button.setVisible(not self._own)
        self.second.setVisible(self._own)
        self.typed.setVisible(self._own or self._hidden)
        self.own_button.setText("Prendre quatre mots tirés au sort" if self._own else "Choisir ma propre phrase")
        self._rule.setText(
            "Au moins cinq ou six mots qui ne vont pas ensemble. Une phrase connue, un nom ou une date se devinent."
            if self._own
            else "Recopiez ces quatre mots à la main, avec leurs accents. Gardez le papier sur vous quelques jours, "
            "puis détruisez-le."
        )


class CodePage(QWidget):
    """One envelope at a time."""

    new_code_asked = Signal()
    copied = Signal(object)

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._shown: tuple[int, bool, str] = (-1, False, "")
        column = _column(self)
        self._title = label("", "heading")
        self._rule = label("", "muted", wrap=True)
        self.box = SecretBox("Code à recopier")
        self.copied_button = button("Je l’ai recopié", "plain", lambda: self.copied.emit(Copied()))
        self.again_button = button("Mon papier est faux\u00a0: un autre code", "link", self.new_code_asked.emit)
        line = QHBoxLayout()
        line.addWidget(self.copied_button)
        line.addWidget(self.again_button)
        line.addStretch(1)
        self.typed = Asked("Retapez le code depuis le papier", "Majuscules ou minuscules, avec ou sans tirets.")
        for piece in (self._title, self._rule, self.box):
            column.addWidget(piece)
        column.addLayout(line)
        column.addWidget(self.typed)
        column.addStretch(1)

    def show_run(self, run: FirstRun) -> None:
        """The envelope that is being prepared; both done, say so."""
        kind = first_run.present_kind(run)
        code = first_run.shown_code(run) or ""
        now = (run.codes_done, run.code_hidden, code)
        if now != self._shown:
            self.typed.line.clear()
            self.typed.complain("")
        self._shown = now
        title, rule = _CODES[kind] if kind else ("Les deux enveloppes sont prêtes", "Continuez.")
        self._title.setText(title)
        self._rule.setText(rule)
        self.box.setVisible(kind is not None)
        self.box.show_code(code)
        self.copied_button.setVisible(bool(code))
        self.again_button.setVisible(kind is not None and run.code_hidden)
        self.typed.setVisible(kind is not None and run.code_hidden)

    def begin(self) -> None:
        """What is to do now."""
        (self.typed.line if not self.typed.isHidden() else self.copied_button).setFocus()

    def answer(self) -> first_run.Input:
        """What was typed; nothing is to type once both are done."""
        return CodeTyped(self.typed.line.text())

    def show_violations(self, found: Sequence[Violation]) -> None:
        """Under the line."""
        if self.typed.isHidden():
            self._rule.setText(sentences.sentence(found[0]))
            self.copied_button.setFocus()
            return
        self.typed.complain(sentences.sentence(found[0]))
        self.typed.line.setFocus()


class SlipsPage(QWidget):
    """Phrases to be copied onto slips of paper, one after the other."""

    copied = Signal(str)
    """The slot whose phrase is on its paper now."""

    finished = Signal()

    def __init__(self, last_words: str) -> None:
        """Begin empty; ``last_words`` stand on the button of the last one."""
        super().__init__()
        self._papers: tuple[OneTimePhrase, ...] = ()
        self._at = 0
        self._last_words = last_words
        column = _column(self)
        self.title = label("", "heading", wrap=True)
        self._rule = label(words.COPY_BY_HAND, "muted", wrap=True)
        self.box = SecretBox("Phrase à recopier")
        self.next_button = button("", "primary", self.next)
        line = QHBoxLayout()
        self._count = label("", "muted")
        line.addWidget(self._count, 1)
        line.addWidget(self.next_button)
        for piece in (self.title, self._rule, self.box):
            column.addWidget(piece)
        column.addLayout(line)
        column.addStretch(1)

    def show_papers(self, papers: Sequence[OneTimePhrase]) -> None:
        """The first of them; with none, it is over at once."""
        self._papers, self._at = tuple(papers), 0
        if self._papers:
            self._show()
        else:
            self.finished.emit()

    def next(self) -> None:
        """The one on the screen is on paper."""
        self.copied.emit(self._papers[self._at].slot_id)
        self._at += 1
        if self._at < len(self._papers):
            self._show()
        else:
            self.box.show_words("")
            self._papers = ()
            self.finished.emit()

    def _show(self) -> None:
        paper = self._papers[self._at]
        self.title.setText(f"Pour {paper.name}, étiquette «\u00a0{paper.label}\u00a0»")
        self.box.show_words(paper.phrase)
        last = self._at + 1 == len(self._papers)
        self._count.setText(f"{self._at + 1} sur {len(self._papers)}" if len(self._papers) > 1 else "")
        said = self._last_words if last else "Recopiée\u00a0: la suivante"
        self.next_button.setText(said)
        self.next_button.setAccessibleName(said)
        self.next_button.setFocus()
