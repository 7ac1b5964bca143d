"""The directory of partner structures."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from antenne.db.models.partners import PartnerConventionModel, PartnerModel
from antenne.domain.listening import Service
from antenne.domain.partners import Convention, Partner

_SAME = ("name", "kind", "place", "phone", "hours", "minutes", "closed_on", "position")


class PartnerRepository:
    """Structures with their conventions."""

    def __init__(self, session: Session) -> None:
        """Work inside this session."""
        self._session = session

    def all(self) -> tuple[Partner, ...]:
        """Every structure, closed ones too, in the order of the list."""
        agreed: defaultdict[int, list[Convention]] = defaultdict(list)
        order = (PartnerConventionModel.partner_id, PartnerConventionModel.position)
        for row in self._session.scalars(select(PartnerConventionModel).order_by(*order)):
            agreed[row.partner_id].append(Convention(row.starts_on, row.ends_on, row.reference))
        rows = self._session.scalars(select(PartnerModel).order_by(PartnerModel.position, PartnerModel.id))
        return tuple(_partner(row, tuple(agreed[row.id])) for row in rows)

    def get(self, partner_id: int) -> Partner | None:
        """One structure."""
        return next((one for one in self.all() if one.id == partner_id), None)

    def save(self, partner: Partner) -> Partner:
        """Add a structure at the end of the list, or change it with its conventions; returns it as saved."""
        row = self._session.get(PartnerModel, partner.id) if partner.id else None
        if row is None:
            last = self._session.scalar(select(func.max(PartnerModel.position)))
            row = PartnerModel(position=0)
            self._session.add(row)
            place = 0 if last is None else last + 1
        else:
            place = partner.position
        for name in _SAME:
            setattr(row, name, getattr(partner, name))
        row.position = place
        row.services = [one.value for one in Service if one in partner.services]
        self._session.flush()
        self._session.execute(delete(PartnerConventionModel).where(PartnerConventionModel.partner_id == row.id))
        for position, one in enumerate(partner.conventions):
            self._session.add(
                PartnerConventionModel(
                    partner_id=row.id,
                    position=position,
                    starts_on=one.starts_on,
                    ends_on=one.ends_on,
                    reference=one.reference,
                )
            )
        self._session.flush()
        return _partner(row, partner.conventions)


def _partner(row: PartnerModel, conventions: tuple[Convention, ...]) -> Partner:
    services = frozenset(Service(one) for one in row.services)
    same = {name: getattr(row, name) for name in _SAME}
    return Partner(id=row.id, services=services, conventions=conventions, **same)
