"""Codes in use in the compartment: of those who gave no name, and of the slips."""

from __future__ import annotations

from typing import Any, Final

from antenne.domain.incidents import Incident
from antenne.domain.listening import ListeningSession
from antenne.domain.minors import Minor
from antenne.domain.sealed_tests import Consultation, HealthBooklet, HivTest, LegalAid, MaterialAid, StiTest
from antenne.domain.stories import ChangeStory
from antenne.services.compartment import Compartment, every_kept

_SHORT: Final[tuple[type[Any], ...]] = (
    HivTest, StiTest, Consultation, HealthBooklet, LegalAid, MaterialAid, ChangeStory,
)  # fmt: skip
_KINDS: Final = (ListeningSession.KIND, Incident.KIND, Minor.KIND, *(kind.KIND for kind in _SHORT))


def people_codes(own: Compartment) -> frozenset[str]:
    """Every code that stands for somebody without a file: of a talk, an incident, a minor, a short form, a story."""

    def make() -> frozenset[str]:
        talks = {one.record.code for one in every_kept(own, ListeningSession)}
        survivors = {one.record.survivor_code for one in every_kept(own, Incident)}
        minors = {one.record.code for one in every_kept(own, Minor)}
        short = {one.record.code for kind in _SHORT for one in every_kept(own, kind)}
        return frozenset((talks | survivors | minors | short) - {""})

    return own.made_once("people_codes", _KINDS, make)


def slip_codes(own: Compartment) -> frozenset[str]:
    """Every code of a slip, of a talk or of an incident, and every incident's own."""
    slips = {row.code for one in every_kept(own, ListeningSession) for row in one.record.referrals}
    for one in every_kept(own, Incident):
        slips |= {one.record.code, *(row.code for row in one.record.referrals)}
    return frozenset(slips - {""})
