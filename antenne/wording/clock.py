"""Sentences about a clock that may be wrong."""

from __future__ import annotations

from antenne.wording import formats

VIOLATIONS: dict[str, str] = {
    "clock.empty": "Tapez la date d’aujourd’hui.",
    "clock.other_day": "L’ordinateur est au {computer}, vous avez tapé {typed}. Réglez d’abord l’horloge de l’ordinateur (clic droit sur l’heure, en bas à droite), puis rouvrez Antenne.",
}


def question(now: object, last: object, *, back: bool) -> str:
    """Why the day is asked."""
    import datetime as dt

    assert isinstance(now, dt.datetime)
    assert isinstance(last, dt.datetime)
    if back:
        return (
            f"L’horloge de l’ordinateur dit {formats.moment(now)}, mais la dernière écriture est du "
            f"{formats.moment(last)}. L’une des deux est fausse."
        )
    days = formats.number((now - last).days)
    return f"La dernière écriture est du {formats.moment(last)}, il y a {days} jours."
