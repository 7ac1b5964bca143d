"""Exempt, end an exemption, begin and end the insurance, cancel a due: one small form each."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from antenne.domain.dues import Debtor, Due, DueKind
from antenne.domain.forms.model import Field, Kind, Tense
from antenne.services import dues_keeping
from antenne.services.dues_keeping import CancelDue, EndExemption, Exempt, Subscribe, Unsubscribe
from antenne.ui.cashbook.dues_side import KIND_OPTIONS, FormCard
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import label
from antenne.wording import dues as words
from antenne.wording import formats

_KIND = Field(key="kind", label="De quoi", kind=Kind.CHOICE, required=True, options=KIND_OPTIONS, width=3)


def _since(hint: str) -> Field:
    return Field(key="since", label="À partir du", kind=Kind.DATE, required=True, tense=Tense.ANY, hint=hint, width=3)


def _until(hint: str) -> Field:
    return Field(key="until", label="Dernier jour", kind=Kind.DATE, required=True, tense=Tense.ANY, hint=hint, width=3)


def _reason(text: str) -> Field:
    return Field(key="reason", label=text, kind=Kind.TEXT, required=True, max_length=120, width=3)


class ExemptCard(FormCard):
    """She owes nothing of a kind from a day on."""

    def __init__(self, context: Context, debtor: Debtor, who: str) -> None:
        """Ask of what, since when, why."""
        fields = (_KIND, _since("Ce qu’elle devait à partir de ce jour n’est plus réclamé."), _reason("Motif"))
        super().__init__(context, "Exempter", who, fields)
        first = max(context.clock.today().replace(month=1, day=1), debtor.joined_on)
        self.form.set_answers({"kind": DueKind.MEMBERSHIP.value, "since": first})
        command = partial(_exempt, self.request_id, debtor.person_id)
        sentence = "Elle est exemptée."
        self.save_button = self.add_button(
            "Exempter", partial(self.send, dues_keeping.exempt, command, sentence), "primary"
        )

    def begin(self) -> None:
        """Why: the rest is proposed."""
        self.form.focus_field("reason")


def _exempt(request_id: str, person_id: int, given: dict[str, Any]) -> Exempt:
    return Exempt(
        request_id=request_id,
        person_id=person_id,
        kind=DueKind(given["kind"]),
        since=given["since"],
        reason=given["reason"],
    )


class EndExemptionCard(FormCard):
    """Her exemption ends."""

    def __init__(self, context: Context, person_id: int, who: str, kind: DueKind) -> None:
        """Ask of what, its last day, why."""
        hint = "La veille de son premier jour l’annule tout entière."
        fields = (_KIND, _until(hint), _reason("Motif"))
        super().__init__(context, "Terminer l’exemption", who, fields)
        self.form.set_answers({"kind": kind.value, "until": context.clock.today()})
        command = partial(_end, self.request_id, person_id)
        sentence = "L’exemption est terminée."
        self.save_button = self.add_button(
            "Terminer", partial(self.send, dues_keeping.end_exemption, command, sentence), "primary"
        )

    def begin(self) -> None:
        """Why."""
        self.form.focus_field("reason")


def _end(request_id: str, person_id: int, given: dict[str, Any]) -> EndExemption:
    return EndExemption(
        request_id=request_id,
        person_id=person_id,
        kind=DueKind(given["kind"]),
        until=given["until"],
        reason=given["reason"],
    )


class SubscribeCard(FormCard):
    """She joins the insurance."""

    def __init__(self, context: Context, debtor: Debtor, who: str) -> None:
        """Ask since when."""
        fields = (_since("Le mois de ce jour est dû en entier."),)
        super().__init__(context, "Mettre à l’assurance", who, fields)
        self.form.set_answers({"since": max(context.clock.today().replace(day=1), debtor.joined_on)})

        def command(given: dict[str, Any]) -> Subscribe:
            return Subscribe(request_id=self.request_id, person_id=debtor.person_id, since=given["since"])

        sentence = "Elle est à l’assurance\u202f; ses mois de l’année sont prêts."
        self.save_button = self.add_button(
            "Enregistrer", partial(self.send, dues_keeping.subscribe, command, sentence), "primary"
        )


class UnsubscribeCard(FormCard):
    """She leaves the insurance."""

    def __init__(self, context: Context, person_id: int, who: str) -> None:
        """Ask for the last day."""
        fields = (_until("Les mois qui commencent après et qui ne sont pas payés sont annulés."),)
        super().__init__(context, "Terminer l’assurance", who, fields)
        self.form.set_answers({"until": _end_of_month(context.clock.today())})

        def command(given: dict[str, Any]) -> Unsubscribe:
            return Unsubscribe(request_id=self.request_id, person_id=person_id, until=given["until"])

        sentence = "Elle n’est plus à l’assurance."
        self.save_button = self.add_button(
            "Enregistrer", partial(self.send, dues_keeping.unsubscribe, command, sentence), "primary"
        )


def _end_of_month(day: dt.date) -> dt.date:
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)


class CancelCard(FormCard):
    """A due that should not be."""

    def __init__(self, context: Context, due: Due, who: str) -> None:
        """Ask why."""
        super().__init__(context, "Annuler la ligne", who, (_reason("Motif"),))
        said = f"{words.screen_label(due)}\u00a0: {formats.amount(due.amount)}"
        self.inside.insertWidget(0, label(said, wrap=True))
        self.inside.addWidget(label("La ligne reste visible, barrée par son motif.", "hint", wrap=True))

        def command(given: dict[str, Any]) -> CancelDue:
            return CancelDue(
                request_id=self.request_id,
                person_id=due.person_id,
                kind=due.kind,
                subject=due.subject,
                reason=given["reason"],
            )

        sentence = f"{words.screen_label(due)}\u00a0: annulée."
        self.save_button = self.add_button(
            "Annuler la ligne", partial(self.send, dues_keeping.cancel_due, command, sentence), "danger"
        )
