"""One sealed record as she may read it: every question of its form with its answer, what follows it, what it said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.alerts import ColleagueAlert
from antenne.domain.births import Birth
from antenne.domain.deposits import Deposit
from antenne.domain.forms import incident as incident_forms
from antenne.domain.forms import listening as listening_forms
from antenne.domain.forms import minor as minor_forms
from antenne.domain.forms import reading, sealed_short
from antenne.domain.forms.model import Field, Form, Kind, Option
from antenne.domain.her_rights import ErasureRequest, Fact, Withdrawal
from antenne.domain.incidents import Agreement, Incident
from antenne.domain.listening import ListeningSession, Trace, shown_code
from antenne.domain.minors import Minor
from antenne.domain.sealed_codec import Sealed
from antenne.domain.sealed_kinds import SealedDraft
from antenne.domain.sealed_tests import Attendance, Outing
from antenne.services.desk import Desk
from antenne.wording import formats, listening, protection
from antenne.wording import her_rights as words

FORMS: Mapping[str, Form] = {
    ListeningSession.KIND: listening_forms.LISTENING,
    Incident.KIND: incident_forms.INCIDENT,
    Minor.KIND: minor_forms.MINOR,
    Deposit.KIND: listening_forms.DEPOSIT,
    **sealed_short.FORMS,
}
"""Kind → the form that asks it."""

_BY_KEY = {
    form.key: form
    for form in (*FORMS.values(), *incident_forms.FORMS.values(), *minor_forms.FORMS.values())
}  # fmt: skip
_NOT_TOLD = frozenset({"anonymous", "person_id"})
"""Whom it is about is the head of the paper."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Says values in words.

    Attributes:
        people: Files that are hers: she is « elle », another woman is a number.
    """

    desk: Desk
    uow: UnitOfWork
    people: frozenset[int]

    def facts(self, record: Sealed) -> tuple[Fact, ...]:
        """Everything that the record says; what has no answer is left out."""
        form, found = FORMS.get(record.KIND), list[Fact]()
        if form is not None and not isinstance(record, (Attendance, Outing)):
            answers = _answers(form, record)
            asked = (one for one in form.fields if one.key not in _NOT_TOLD)
            found += [Fact(_label(one), self.said(one, answers.get(one.key))) for one in asked]
        more = _MORE.get(record.KIND)
        if more is not None:
            found += more(self, record)
        elif form is None:
            found += _plain(record)
        return tuple(one for one in found if one.value)

    def said(self, one: Field, value: Any) -> str:
        """A value in words; rows one after the other."""
        if one.kind is Kind.ROWS:
            return " ; ".join(self._row(one, row) for row in value or ())
        if one.kind is Kind.PERSON:
            return "" if value is None else "elle" if value in self.people else self._number(value)
        if one.key == "code" and isinstance(value, str):
            return shown_code(value)
        if isinstance(value, dt.datetime):
            return formats.moment(value)
        if isinstance(value, Birth):
            return "" if value.value is None and not value.event else formats.birth(value)
        return reading.show(one, value, self.options(one.options))

    def _row(self, rows: Field, row: Mapping[str, Any]) -> str:
        said = ((column.label, self.said(column, row.get(column.key))) for column in rows.columns)
        return ", ".join(f"{name}\u00a0: {word}" for name, word in said if word)

    def _number(self, person_id: int) -> str:
        other = self.uow.persons.get(person_id)
        return "" if other is None else other.membership.number if other.membership else other.number

    def options(self, name: str) -> Sequence[Option]:
        """The words of a list, those that have ended too."""
        own = (listening.options(name) or protection.options(name)) if name else ()
        return own or tuple(one.option for one in self.desk.settings.lists.get(name, ()))

    def before(self, record: Sealed, traces: Iterable[Trace]) -> tuple[Fact, ...]:
        """What it said before, the newest change first: question, old value, the day it was replaced."""
        form = FORMS.get(record.KIND)
        fields = {} if form is None else {one.key: one for one in form.fields}
        found = []
        for trace in sorted(traces, key=lambda one: (one.at, one.user), reverse=True):
            for line in trace.lines:
                one = fields.get(line.field)
                said = self._old(one, line.old)
                name = one.label if one is not None else _OLD_LABELS.get(line.field, "")
                if said and name:
                    found.append(Fact(f"{name} (jusqu’au {formats.day(trace.at.date())})", said))
        return tuple(found)

    def _old(self, one: Field | None, old: Any) -> str:
        """An old value as it was sealed: codes in words, days as the office writes them."""
        if old in (None, "", []):
            return ""
        if one is not None and one.kind is Kind.PERSON:
            return self.said(one, old)
        if one is not None and one.kind is Kind.YES_NO:
            return reading.YES if old else reading.NO
        labels = {} if one is None else {option.code: option.label for option in self.options(one.options)}
        return _flat(old, labels)


def _flat(old: Any, labels: Mapping[str, str]) -> str:
    if isinstance(old, Mapping):
        return ", ".join(filter(None, (_flat(value, labels) for value in old.values())))
    if isinstance(old, (list, tuple)):
        return " ; ".join(filter(None, (_flat(value, labels) for value in old)))
    if old is None:
        return ""
    text = str(old)
    try:
        return (
            formats.moment(dt.datetime.fromisoformat(text)) if "T" in text else formats.day(dt.date.fromisoformat(text))
        )
    except ValueError:
        return labels.get(text, text)


_OLD_LABELS = {
    "agreements": "Ses accords",
    "perpetrators": "Auteur(s) présumé(s)",
    "plan": "Plan de sécurité",
    "follow_ups": "Suivi",
    "outcomes": "Issue",
    "closing": "Clôture",
    "evident_adult": "Majeure évidente",
    "returns": "Retour",
    "lakana_decision": "Décision de la responsable",
}
"""What no field of the form holds."""


def _label(one: Field) -> str:
    return one.label.rstrip("\u202f?").strip()


def _answers(form: Form, record: Any) -> Mapping[str, Any]:
    if isinstance(record, ListeningSession):
        return listening_forms.answers_of(record)
    if isinstance(record, Incident):
        return incident_forms.answers_of(record)
    if isinstance(record, Minor):
        return minor_forms.answers_of(record)
    if isinstance(record, Deposit):
        return {"about": record.about.value, "on": record.on, "person_id": record.person_id, "text": record.text}
    return sealed_short.answers_of(form, record)


def _form_facts(tell: Teller, form: Form, answers: Mapping[str, Any], head: str) -> Fact:
    """A short form that follows a record, in one line."""
    said = ((one.label, tell.said(one, answers.get(one.key))) for one in form.fields)
    return Fact(head, ", ".join(f"{name}\u00a0: {word}" for name, word in said if word))


def _of_talk(tell: Teller, talk: ListeningSession) -> list[Fact]:
    files = (tell.uow.civil.get(one) for one in talk.civil_file_ids)
    codes = ", ".join(shown_code(row.code) for row in talk.referrals if row.code)
    return [
        Fact("Écoutante", talk.listener),
        Fact("Codes des fiches d’orientation", codes),
        Fact("Dossiers ouverts de là", ", ".join(one.number for one in files if one is not None)),
    ]


def _agreement(one: Agreement) -> Fact:
    said = "oui" if one.given else "non"
    until = f", retiré le {formats.day(one.withdrawn_on)}" if one.withdrawn_on is not None else ""
    name = (
        f"Accord pour partager avec {one.recipient}"
        if one.recipient
        else f"Accord pour {protection.PURPOSES[one.purpose]}"
    )
    return Fact(name, f"{said}, le {formats.day(one.on)}{until}")


def _of_incident(tell: Teller, one: Incident) -> list[Fact]:
    found = [
        Fact("Type (GBVIMS)", protection.TYPES[one.gbv_type]),
        Fact("Code de l’incident", shown_code(one.code)),
        Fact("Son code", shown_code(one.survivor_code)),
        Fact("Majeure évidente", one.evident_adult),
        *(_agreement(agreement) for agreement in one.agreements),
    ]
    if one.plan is not None:
        found.append(_form_facts(tell, incident_forms.SAFETY_PLAN, _shown(one.plan), "Plan de sécurité"))
    found += [_form_facts(tell, incident_forms.FOLLOW_UP, _shown(each), "Suivi") for each in one.follow_ups]
    found += [_form_facts(tell, incident_forms.OUTCOME, _shown(each), "Issue") for each in one.outcomes]
    if one.closing is not None:
        found.append(_form_facts(tell, incident_forms.CLOSING, _shown(one.closing), "Clôture"))
    codes = ", ".join(shown_code(row.code) for row in one.referrals if row.code)
    found.append(Fact("Codes des fiches d’orientation", codes))
    found += [
        Fact("Parti de l’antenne", f"fiche pour {each.recipient}, le {formats.moment(each.at)}") for each in one.sent
    ]
    return found


def _shown(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def _of_minor(tell: Teller, one: Minor) -> list[Fact]:
    found = [Fact("Son code", shown_code(one.code))]
    returned = ({**_shown(back), "what": back.what.value} for back in one.returns)
    found += [_form_facts(tell, minor_forms.RETURN, answers, "Retour") for answers in returned]
    if one.lakana_decision is not None:
        made = {**_shown(one.lakana_decision), "decision": one.lakana_decision.decision.value}
        found.append(_form_facts(tell, minor_forms.DECISION, made, "Décision de la responsable"))
    return found


def _of_deposit(_tell: Teller, one: Deposit) -> list[Fact]:
    return [
        Fact("Déposée par", f"{one.user}, le {formats.moment(one.at)}"),
        Fact("Classement", listening.FILINGS[one.filing]),
        Fact("Motif du classement", one.reason or ""),
    ]


def _of_list(_tell: Teller, one: Attendance | Outing) -> list[Fact]:
    """Her line alone: the others of the list are nobody's business here."""
    where = one.places if isinstance(one, Outing) else one.place
    what = one.activity if isinstance(one, Attendance) else ""
    return [Fact("Le", formats.day(one.on)), Fact("Activité", what), Fact("Lieu", where)]


def _of_alert(_tell: Teller, one: ColleagueAlert) -> list[Fact]:
    return [Fact("Retirée le", "" if one.withdrawn_on is None else formats.day(one.withdrawn_on))]


def _of_draft(_tell: Teller, one: SealedDraft) -> list[Fact]:
    """What somebody was typing, question by question."""
    form = _BY_KEY.get(one.form)
    labels = {} if form is None else {field.key: field.label for field in form.fields}
    found = [Fact("Gardé le", formats.moment(one.saved_at))]
    for key, value in (one.body if isinstance(one.body, dict) else {}).items():
        if key not in _NOT_TOLD:
            found.append(Fact(str(labels.get(key, key)), _flat(value, {})))
    return found


def _of_request(_tell: Teller, one: ErasureRequest) -> list[Fact]:
    return [Fact("Demandé le", f"{formats.moment(one.at)}, à {one.user}"), Fact("Ce qu’elle dit", one.words)]


def _of_withdrawal(tell: Teller, one: Withdrawal) -> list[Fact]:
    how = tell.desk.settings.label("consent_ways", one.how)
    return [
        Fact("Accord", words.agreement(one.what, one.recipient)),
        Fact("Retiré le", f"{formats.day(one.on)} ({how}{f', témoin {one.witness}' if one.witness else ''})"),
    ]


_MORE: Mapping[str, Callable[[Teller, Any], list[Fact]]] = {
    ListeningSession.KIND: _of_talk,
    Incident.KIND: _of_incident,
    Minor.KIND: _of_minor,
    Deposit.KIND: _of_deposit,
    Attendance.KIND: _of_list,
    Outing.KIND: _of_list,
    ColleagueAlert.KIND: _of_alert,
    SealedDraft.KIND: _of_draft,
    ErasureRequest.KIND: _of_request,
    Withdrawal.KIND: _of_withdrawal,
}


def _plain(record: Any) -> list[Fact]:
    """A kind that has no form here: what it says, without the names of its fields being words of the trade."""
    told = (one for one in record.__dataclass_fields__ if not one.endswith(("_id", "_ids", "_by")))
    said = ((_PLAIN_LABELS.get(one, one.replace("_", " ")), getattr(record, one)) for one in told)
    return [Fact(name, _flat(_json(value), {})) for name, value in said if name]


_PLAIN_LABELS = {
    "number": "Numéro",
    "told_on": "Raconté le",
    "account": "Ce qu’elle raconte",
    "agreement": "Accord",
    "title": "Titre sans nom",
    "text": "Version sans nom",
    "validated_on": "Relue avec elle le",
    "readings": "Relectures",
    "left": "Parti de l’antenne",
    "writers": "",
    "created_at": "Écrit le",
    "changed_at": "Changé le",
    "on": "Le",
    "code": "Son code",
}


def _json(value: Any) -> Any:
    """As :func:`_flat` reads values."""
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [_json(one) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: _json(getattr(value, name)) for name in value.__dataclass_fields__}
    return getattr(value, "value", value)
