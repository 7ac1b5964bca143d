"""``delai-naissance``, ``etat-civil``: the delay of a birth without any office, and files counted by step."""

from __future__ import annotations

import datetime as dt
import json
import sys
from argparse import Namespace

from antenne.base.clock import SystemClock
from antenne.domain import civil_routes
from antenne.domain.births import Birth, Precision
from antenne.domain.civil_clock import Delay, declaration_clock
from antenne.domain.civil_first_routes import ROUTES
from antenne.domain.dates import LATEST
from antenne.wording import civil as words
from antenne.wording import formats, reports


def birth_delay(options: Namespace) -> int:
    """Say until when a birth may be declared. Exit 1 for a birth that is to come.

    Opens no office and asks no phrase, unless one is given: then the delay that the office had
    set for that day counts.
    """
    born, on = options.naissance, options.au or SystemClock().today()
    refused = reports.too_far(LATEST) if max(born, on) > LATEST else reports.born_later(on) if born > on else ""
    if refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    clock = declaration_clock(Birth(Precision.DAY, born), on, _delay(options, on))
    assert clock.last_day is not None
    explained = words.explain(clock)
    if options.json:
        said = {
            "dernier_jour": clock.last_day.isoformat(),
            "jours_restants": clock.days_left,
            "etat": clock.state.value,
            "explication": explained,
        }
        print(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        print(f"{words.CLOCK_WORDS[clock.state]}. {explained}")
    return 0


def _delay(options: Namespace, on: dt.date) -> Delay:
    """The delay of a day: the office's whose phrase is given, else the one that every office begins with."""
    if options.phrase_fichier is None:
        return civil_routes.birth_delay(ROUTES, on)
    from antenne.cli import desks
    from antenne.services import civil_lookup

    with desks.opened(options) as desk:
        return civil_lookup.delay_on(desk, on)


def counts(options: Namespace) -> int:
    """Print how many files stood at each step on a day."""
    from antenne.cli import desks
    from antenne.services import civil_counts

    with desks.opened(options) as desk:
        found = civil_counts.count_by_step(desk, options.au or desk.today)
        labels = civil_counts.route_labels(desk, found.on)
    if options.json:
        said = {
            "au": found.on.isoformat(),
            "dossiers": found.whole,
            "en_cours": found.running,
            "etapes": [
                {"code": step.value, "libelle": words.STEPS_OF_FILES[step], "nombre": count}
                for step, count in found.steps.items()
            ],
            "demarches": [
                {"code": key, "libelle": labels[key], "en_cours": count} for key, count in found.routes.items()
            ],
        }
        print(json.dumps(said, ensure_ascii=False, indent=2))
        return 0
    print(f"Au {formats.day(found.on)}\u00a0: {formats.plural(found.whole, 'dossier', 'dossiers')}")
    for step, count in found.steps.items():
        print(f"  {words.STEPS_OF_FILES[step]:<18}{formats.number(count):>8}")
    print(f"Encore ouverts\u00a0: {formats.number(found.running)}")
    for key, count in found.routes.items():
        print(f"  {labels[key]:<32}{formats.number(count):>8}")
    return 0
