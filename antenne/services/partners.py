"""The directory of partner structures: read by all who see persons, edited by who keeps their files or listens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from antenne.domain import partners as rules
from antenne.domain.audit import FieldChange
from antenne.domain.changes import PARTNERS, Changes, Done
from antenne.domain.forms.cleaning import cleaned
from antenne.domain.forms.model import Option
from antenne.domain.forms.partner import PARTNER, partner_of
from antenne.domain.forms.validate import validate
from antenne.domain.listening import Service
from antenne.domain.partners import Nearest, Partner
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.desk import Desk

SUBJECT = "partner"
_SHOWN = ("name", "place", "phone", "hours", "minutes", "closed_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class SavePartner:
    """Add a structure or change it.

    Attributes:
        partner_id: 0 for a new one.
        answers: Of the form ``forms.partner.PARTNER``.
    """

    request_id: str
    partner_id: int = 0
    answers: Mapping[str, object] = field(repr=False)


def save_partner(desk: Desk, command: SavePartner) -> Done[Partner]:
    """Save a structure with its conventions.

    Raises:
        Forbidden: Without the right to write persons, which orients too, and without that to the compartment.
        RulesBroken: Everything that is wrong with the form; from ``partners.check_partner``; ``partner.unknown``.
    """
    if not desk.may(Right.COMPARTMENT):
        desk.require(Right.WRITE_PERSONS)
    answers = cleaned(PARTNER, command.answers)
    with desk.write() as uow:
        if old := uow.audit.by_request(command.request_id):
            return Done(_known(uow.partners.get(old[1])))
        before = _known(uow.partners.get(command.partner_id)) if command.partner_id else None
        broken = validate(PARTNER, answers, desk.today)
        if broken:
            raise RulesBroken(*broken)
        wanted = partner_of(answers, before)
        taken = [one.name for one in uow.partners.all() if one.id != command.partner_id]
        broken = rules.check_partner(wanted, taken)
        if broken:
            raise RulesBroken(*broken)
        saved = uow.partners.save(wanted)
        changes = _changes(before, saved)
        uow.audit.add(
            desk.clock.now(), desk.actor.user_id, "partner.saved", SUBJECT, saved.id, changes, command.request_id
        )
        uow.drafts.discard(PARTNER.key, command.partner_id, desk.actor.user_id)
        uow.commit()
    return Done(saved, Changes.of(PARTNERS, id=saved.id))


def list_partners(desk: Desk) -> tuple[Partner, ...]:
    """Every structure, those that no longer receive too, in the order of the list.

    Raises:
        Forbidden: Without the right to see persons.
    """
    desk.require(Right.READ_PERSONS)
    with desk.read() as uow:
        return uow.partners.all()


def partner_options(desk: Desk, on: dt.date | None = None) -> tuple[Option, ...]:
    """The structures open on a day as a list of names: suggestions of the forms that orient.

    Raises:
        Forbidden: Without the right to see persons.
    """
    return tuple(Option(one.name, one.name) for one in rules.open_on(list_partners(desk), on or desk.today))


def nearest_partner(desk: Desk, service: Service, on: dt.date | None = None) -> Nearest | None:
    """The nearest structure for a service, first among those with a convention in force that day.

    Raises:
        Forbidden: Without the right to see persons.
    """
    return rules.nearest(list_partners(desk), service, on or desk.today)


def closed_names(desk: Desk) -> tuple[str, ...]:
    """Names of those that no longer receive anyone today."""
    return tuple(one.name for one in list_partners(desk) if not one.is_open(desk.today))


def _known(partner: Partner | None) -> Partner:
    if partner is None:
        raise RulesBroken(Violation("partner.unknown"))
    return partner


def _changes(before: Partner | None, after: Partner) -> tuple[FieldChange, ...]:
    pairs = [
        (name, "" if before is None else _words(getattr(before, name)), _words(getattr(after, name))) for name in _SHOWN
    ]
    pairs.append(("services", "" if before is None else _services(before), _services(after)))
    pairs.append(("conventions", "" if before is None else _conventions(before), _conventions(after)))
    return tuple(FieldChange(*pair) for pair in pairs if pair[1] != pair[2])


def _words(value: object) -> str:
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)


def _services(partner: Partner) -> str:
    return ", ".join(one.value for one in Service if one in partner.services)


def _conventions(partner: Partner) -> str:
    return "; ".join(f"{_words(one.starts_on)}–{_words(one.ends_on)}" for one in partner.conventions)
