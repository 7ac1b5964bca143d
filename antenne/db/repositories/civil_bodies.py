"""Versions of démarches: records to rows and back; their steps, pieces and fees stand in one body."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from antenne.db.models.civil import CivilRouteModel
from antenne.domain.civil_clock import Delay
from antenne.domain.civil_routes import Beneficiary, FeeRule, PieceRule, Place, Result, Route, Step, When


def body_of(route: Route) -> dict[str, Any]:
    """What is not a column."""
    return {
        "label": route.label,
        "steps": [step.value for step in route.steps],
        "place": route.place.value,
        "pieces": [{**asdict(piece), "when": piece.when.value} for piece in route.pieces],
        "fees": [asdict(fee) for fee in route.fees],
        "result": route.result.value,
        "beneficiaries": [one.value for one in route.beneficiaries],
        "delay": None if route.delay is None else asdict(route.delay),
        "stale_days": route.stale_days,
        "source": route.source,
    }


def route_of(row: CivilRouteModel) -> Route:
    """The version of a row."""
    body = row.body
    return Route(
        key=row.key,
        version=row.version,
        since=row.since,
        until=row.until,
        label=body["label"],
        steps=tuple(Step(step) for step in body["steps"]),
        place=Place(body["place"]),
        pieces=tuple(PieceRule(**{**piece, "when": When(piece["when"])}) for piece in body["pieces"]),
        fees=tuple(FeeRule(**fee) for fee in body["fees"]),
        result=Result(body["result"]),
        beneficiaries=tuple(Beneficiary(one) for one in body["beneficiaries"]),
        delay=None if body["delay"] is None else Delay(**body["delay"]),
        stale_days=body["stale_days"],
        source=body["source"],
    )
