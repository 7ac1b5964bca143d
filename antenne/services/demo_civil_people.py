"""Whose papers the demonstration's civil files are: names, births, parents, pieces at the office, fees."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.births_rules import latest
from antenne.domain.civil import CivilFee, CivilFile, CivilPiece, Father, Payer, Sex
from antenne.domain.civil_routes import Beneficiary, Place, Route, Step
from antenne.domain.persons import Person
from antenne.services.demo_civil_ways import Matter, Way

_FIRST_RECEIPTS: Final = dt.date(2024, 1, 2)
"""What was paid before stands in the paper book: the project bore it, and no receipt of here says so."""

_KEPT_BY_THE_COURT: Final = frozenset({"request", "honour", "witnesses", "known_witnesses", "photos"})
_CLASSES: Final = ("jardin", "1", "2", "3", "4", "5", "6", "7", "8", "9")
_SCHOOL_AGE: Final = 5


class FileMaker:
    """Draws what a file says."""

    def __init__(self, rng: random.Random, matter: Matter) -> None:
        """Draw with this generator from these lists."""
        self._rng, self._matter = rng, matter

    def file(self, way: Way, route: Route, woman: Person) -> CivilFile:
        """The answers of one file; its id and number come later."""
        rng = self._rng
        whose = self._whose(way, woman)
        values: dict[str, Any] = {}
        if whose is Beneficiary.SELF:
            values |= {
                "person_id": woman.id,
                "last_name": woman.last_name,
                "first_name": woman.first_name,
                "sex": Sex.FEMALE,
                "birth": woman.birth,
                "birth_place": woman.birth_place,
                "mother_name": woman.mother_name,
            }
        else:
            values |= self._child(way, whose, woman)
        if route.place in {Place.TOWN_HALL, Place.COURT}:
            values |= self._parents()
        if way.route_key == "late_judgment":
            values["late_reason"] = self._matter.pick(rng, "late_reasons")
        if route.place in {Place.POLICE, Place.ENROLMENT}:
            values["has_act"] = rng.random() < 0.82
            values["nina"] = f"2{rng.randrange(10**12, 10**13)}{rng.choice('ABCDEFHJKL')}" if rng.random() < 0.4 else ""
        return CivilFile(
            route_key=way.route_key,
            route_version=route.version,
            opened_on=way.opened_on,
            requester_id=woman.id,
            beneficiary=whose,
            place=way.place,
            declarant_link=rng.choice(("mere", "mere", "pere", "parent", "sage_femme")) if route.delay else "",
            **values,
        )

    def _whose(self, way: Way, woman: Person) -> Beneficiary:
        rng = self._rng
        if way.route_key == "declaration" or way.born_on is not None:
            return Beneficiary.CHILD
        born = latest(woman.birth)
        if born is not None and born > way.opened_on:
            return Beneficiary.CHILD
        if way.route_key in {"late_judgment", "rectification"}:
            return rng.choices(tuple(Beneficiary), weights=(24, 63, 13))[0]
        return rng.choices(tuple(Beneficiary), weights=(86, 10, 4))[0]

    def _child(self, way: Way, whose: Beneficiary, woman: Person) -> dict[str, Any]:
        rng, matter = self._rng, self._matter
        girl = rng.random() < (0.9 if whose is Beneficiary.MINOR else 0.5)
        birth, age = self._birth(way, whose)
        pupil = whose is Beneficiary.CHILD and _SCHOOL_AGE <= age < _SCHOOL_AGE + len(_CLASSES) and rng.random() < 0.75
        hers = rng.random() < 0.8
        return {
            "last_name": woman.last_name if rng.random() < 0.3 else matter.pick(rng, "child_last_names"),
            "first_name": matter.pick(rng, "girls" if girl else "boys"),
            "sex": Sex.FEMALE if girl else Sex.MALE,
            "birth": birth,
            "birth_place": matter.pick(rng, "birth_places"),
            "born_at_home": rng.random() < 0.35,
            "twin": rng.random() < 0.04,
            "mother_name": f"{woman.first_name} {woman.last_name}" if hers else woman.mother_name,
            "school_class": _CLASSES[age - _SCHOOL_AGE] if pupil else "",
            "school": matter.pick(rng, "schools") if pupil else "",
        }

    def _birth(self, way: Way, whose: Beneficiary) -> tuple[Birth, int]:
        """A birth before the opening, known to the day where the delay runs, and the age in years."""
        rng = self._rng
        if way.born_on is not None:
            return Birth(Precision.DAY, way.born_on), 0
        if way.route_key == "declaration":
            return Birth(Precision.DAY, way.opened_on - dt.timedelta(days=rng.randint(2, 12))), 0
        if way.route_key.startswith("identity_card"):
            age = rng.randint(18, 24) if whose is Beneficiary.CHILD else rng.randint(15, 17)
        else:
            age = rng.randint(1, 14) if whose is Beneficiary.CHILD else rng.randint(14, 17)
        day = dt.date(way.opened_on.year - age - 1, rng.randint(1, 12), rng.randint(1, 28))
        way_known = rng.choices(("day", "month", "year", "unknown"), weights=(62, 10, 26, 2))[0]
        if way_known == "unknown":
            return UNKNOWN, age
        if way_known == "day":
            return Birth(Precision.DAY, day), age
        first = day.replace(day=1) if way_known == "month" else dt.date(day.year, 1, 1)
        return Birth(Precision.MONTH if way_known == "month" else Precision.YEAR, first), age

    def _parents(self) -> dict[str, Any]:
        rng, matter = self._rng, self._matter
        father = rng.choices((Father.KNOWN, Father.UNKNOWN, Father.UNDECLARED), weights=(66, 14, 20))[0]
        known = father is Father.KNOWN
        names = (matter.pick(rng, "fathers"), matter.pick(rng, "child_last_names"))
        return {
            "father": father,
            "father_name": " ".join(names) if known else "",
            "recognised": rng.random() < 0.7 if known else None,
            "in_wedlock": rng.random() < 0.4 if known else False,
            "mother_has_act": rng.choice((True, True, False, None)),
            "witnesses": f"{matter.pick(rng, 'fathers')} {matter.pick(rng, 'child_last_names')}, "
            f"{matter.pick(rng, 'girls')} {matter.pick(rng, 'child_last_names')}",
        }


def pieces_of(
    rng: random.Random, asked: Sequence[CivilPiece], way: Way, woman: Person, matter: Matter
) -> tuple[CivilPiece, ...]:
    """The checklist with what came and what was given back."""
    ready, handed = way.day_of(Step.PIECES_READY), way.day_of(Step.HANDED)
    name = f"{woman.first_name} {woman.last_name}"
    had: set[str] = set()
    found = []
    for piece in asked:
        twice = bool(piece.alternative) and piece.alternative in had
        if twice or (ready is None and rng.random() < 0.5):
            note = matter.pick(rng, "piece_notes") if not twice and rng.random() < 0.4 else ""
            found.append(replace(piece, note=note))
            continue
        had.add(piece.alternative)
        last = ready or way.opened_on
        day = way.opened_on + dt.timedelta(days=rng.randint(0, (last - way.opened_on).days))
        original = piece.code not in {"mother_id", "father_id", "requester_id"} or rng.random() < 0.2
        back = handed if original and piece.code not in _KEPT_BY_THE_COURT and rng.random() < 0.94 else None
        found.append(
            replace(
                piece,
                received_on=day,
                original=original,
                returned_on=back,
                returned_to=name if back is not None else "",
            )
        )
    return tuple(found)


_OF_ROUTES: Final[dict[str, tuple[tuple[str, tuple[int, ...]], ...]]] = {
    "late_judgment": (("Timbre", (1000,)), ("Greffe", (1000, 1500, 2000, 2500))),
    "rectification": (("Timbre", (1000,)), ("Greffe", (1500, 2000))),
    "identity_card_old": (("Carte d’identité", (1500, 1700)),),
    "copy": (("Copie", (100, 200)),),
    "lost_act": (("Déclaration de perte", (500,)), ("Copie", (100,))),
}
_FREE_OF_CHARGE: Final = {"declaration": "Volet n°\u00a03", "identity_card": "Première carte"}


def fees_of(rng: random.Random, way: Way) -> tuple[CivilFee, ...]:
    """What the file has cost so far: she or the project pays; an audience foraine and a volet n° 3 are free."""
    filed, received = way.day_of(Step.FILED), way.day_of(Step.RECEIVED)
    payer = Payer.SHE if rng.random() < 0.58 else Payer.PROJECT
    if filed is None:
        return ()
    if way.free:
        return (CivilFee(label="Audience foraine", amount=0, payer=Payer.FREE, on=filed),)
    if way.route_key in _FREE_OF_CHARGE:
        label = _FREE_OF_CHARGE[way.route_key]
        return () if received is None else (CivilFee(label=label, amount=0, payer=Payer.FREE, on=received),)
    found = [
        CivilFee(label=label, amount=rng.choice(amounts), payer=payer, on=filed)
        for label, amounts in _OF_ROUTES.get(way.route_key, ())
    ]
    if way.route_key == "late_judgment" and received is not None:
        found.append(CivilFee(label="Copies", amount=rng.choice((200, 300)), payer=payer, on=received))
    return tuple(replace(fee, payer=Payer.PROJECT) if fee.on < _FIRST_RECEIPTS else fee for fee in found)
