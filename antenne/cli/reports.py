"""``rapport``: the indicators of a year, or of whole months, counted from the records."""

from __future__ import annotations

import json
import sys
from argparse import Namespace

from antenne.cli import desks
from antenne.cli.parser import USAGE
from antenne.domain.account_papers import Period
from antenne.domain.indicators import Report, months_period, year_period
from antenne.wording import reports as words


def report(options: Namespace) -> int:
    """Run the report and write it, as JSON for a program or as text for a reader."""
    from antenne.services import reports
    from antenne.services.exports import write_in_place

    asked = _period(options)
    if isinstance(asked, str):
        sys.stderr.write(f"antenne\u00a0: {asked}\n")
        return USAGE
    with desks.opened(options) as desk:
        found = reports.run_report(desk, asked)
    said = _as_json(found) if options.format == "json" else _as_text(found)
    if options.sortie is None:
        print(said)
        return 0
    write_in_place(options.sortie, f"{said}\n".encode())
    print(options.sortie)
    return 0


def _period(options: Namespace) -> Period | str:
    """What is asked, or what is wrong with it."""
    months = (options.du, options.au)
    if (options.annee is None) is (months == (None, None)) or (None in months and months != (None, None)):
        return words.PERIOD_WANTED
    if options.annee is not None:
        return year_period(options.annee)
    return months_period(options.du, options.au) or words.WRONG_ORDER


def _as_json(found: Report) -> str:
    said = {
        "periode": {"du": found.period.first.isoformat(), "au": found.period.last.isoformat()},
        "indicateurs": [
            {
                "code": line.code,
                "libelle": line.label,
                "unite": line.unit,
                "valeur": line.counted.value,
                "cible": line.counted.target,
            }
            for line in found.lines
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=2)


def _as_text(found: Report) -> str:
    return "\n\n".join((f"Rapport, {words.period(found.period)}", *(words.line(line) for line in found.lines)))
