"""The board with 20,000 civil files; lists and search beside 2,000 scanned pages of 300 kB ÷ without them."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from antenne.base.clock import FixedClock
from antenne.db.repositories.civil import WholeFile
from antenne.db.slots import KdfParams, NewSlot
from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.births import UNKNOWN
from antenne.domain.civil_first_routes import ROUTES
from antenne.domain.civil_overview import BoardFilter, Scope
from antenne.domain.civil_standing import standing
from antenne.domain.indicators import year_period
from antenne.domain.persons import Membership, Person
from antenne.services import access, civil, civil_counts, civil_lookup, civil_reading, demo, opening, reports
from antenne.services.demo_civil_people import FileMaker, fees_of, pieces_of
from antenne.services.demo_civil_ways import Matter, Ways
from antenne.services.desk import Desk
from benchmarks import common

FILES, SCANS, SCAN_SIZE = 20_000, 2_000, 300_000
ROUNDS, TURNS = 15, 60
PHRASE, LABEL = "calebasse tabouret fourmi rideau", "Héron"
NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
_ROUTES = {route.key: route for route in ROUTES}
_WOMEN = 400


def build(folder: Path) -> Desk:
    """An office with 20,000 files of five years, a fifth of them still open."""
    user = opening.NewUser(
        name="Mariam T.",
        slot=NewSlot(label=LABEL, secret=PHRASE, roles=frozenset({"secretaire"}), may_open_confidential=False),
    )
    opening.create_office(folder, demo.OFFICE, (user,), (), FixedClock(NOW), KdfParams())
    desk = open_desk(folder)
    with desk.write() as uow:
        civil.keep_first_routes(uow)
        women = [_woman(uow, number) for number in range(1, _WOMEN + 1)]
        uow.civil.write(_files(women))
        uow.audit.add(NOW, desk.actor.user_id, "civil.opened", civil.SUBJECT, 1)
        uow.commit()
    return desk


def open_desk(folder: Path) -> Desk:
    """The secretary's desk, at half past nine of a fixed day."""
    return opening.open_desk(folder, access.unlock(folder, PHRASE, LABEL), FixedClock(NOW))


def _woman(uow: UnitOfWork, number: int) -> Person:
    person = Person(
        number=f"P-{number:05d}",
        last_name=random.Random(number).choice(("Traoré", "Diallo", "Koné", "Cissé", "Guindo")),
        first_name=random.Random(-number).choice(("Awa", "Fanta", "Oumou", "Kadidia", "Rokia")),
        birth=UNKNOWN,
        mother_name="Sira Koné",
        membership=Membership(number=f"M-{number:05d}", joined_on=dt.date(2019, 1, 2)),
    )
    return uow.persons.save(person, NOW, 1)


def _files(women: list[Person]) -> list[WholeFile]:
    rng = random.Random(20_000)
    matter = Matter()
    ways, maker = Ways(rng, matter), FileMaker(rng, matter)
    found: list[WholeFile] = []
    ids = dict.fromkeys(("event", "piece", "fee"), 0)

    def numbered(what: str) -> int:
        ids[what] += 1
        return ids[what]

    while len(found) < FILES:
        open_one = len(found) % 5 == 0
        last = dt.date(2026, 11, 21) if open_one else dt.date(2022, 1, 3)
        day = last + dt.timedelta(days=rng.randrange(150 if open_one else 1700))
        way = ways.received(rng.choice(tuple(_ROUTES)), day)
        if way.opened_on > NOW.date():
            continue
        woman, route = rng.choice(women), _ROUTES[way.route_key]
        number = f"N-{way.opened_on.year}-{len(found) + 1:05d}"
        file = replace(maker.file(way, route, woman), id=len(found) + 1, number=number)
        pieces = pieces_of(rng, civil.checklist(route, file, ()), way, woman, matter)
        found.append(
            WholeFile(
                file,
                standing(file.opened_on, way.events),
                tuple(replace(one, id=numbered("event"), actor_id=1) for one in way.events),
                tuple(replace(one, id=numbered("piece")) for one in pieces),
                tuple(replace(one, id=numbered("fee")) for one in fees_of(rng, way)),
            )
        )
    return found


def asked(desk: Desk) -> dict[str, Callable[[], object]]:
    """What the screens ask, by name; nothing of it is kept between two calls."""
    return {
        "tableau des dossiers ouverts": lambda: civil_reading.board(desk, BoardFilter()),
        "tableau d’une démarche": lambda: civil_reading.board(desk, BoardFilter(route_key="late_judgment")),
        "liste, première page": lambda: civil_reading.list_files(desk, BoardFilter(scope=Scope.ALL), 0, 100),
        "liste, page du milieu": lambda: civil_reading.list_files(desk, BoardFilter(scope=Scope.ALL), 9_000, 100),
        "recherche d’un nom": lambda: civil_lookup.find_files(desk, "ibrahim tra", 20),
        "recherche d’un numéro": lambda: civil_lookup.find_files(desk, "N-2025-01", 20),
    }


def times(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Median seconds, after one call that warms."""
    work()
    return common.median([common.timed(work) for _ in range(rounds)])


def add_scans(desk: Desk) -> None:
    """2,000 pages that cannot be compressed, in batches, on pieces spread over every file."""
    rng = random.Random(300)
    with desk.read() as uow:
        (count,) = uow.rows("SELECT count(*) FROM civil_piece")[0]
    for start in range(0, SCANS, 200):
        with desk.write() as uow:
            for number in range(start, start + 200):
                uow.civil.add_scan(1 + number * 7 % count, NOW.date(), rng.randbytes(SCAN_SIZE))
            uow.commit()


def main() -> None:
    with common.scratch() as folder:
        plain = build(folder / "plain")
        plain.close()
        shutil.copytree(folder / "plain", folder / "scanned")
        plain, scanned = open_desk(folder / "plain"), open_desk(folder / "scanned")
        try:
            _alone(plain)
            add_scans(scanned)
            _side_by_side(plain, scanned)
        finally:
            plain.close()
            scanned.close()


def _alone(desk: Desk) -> None:
    for name, work in asked(desk).items():
        common.report(f"{name}, {FILES} dossiers : ms", 1000 * times(work), "< 100")
    on = dt.date(2026, 6, 30)
    common.report("etat-civil --au : ms", 1000 * times(lambda: civil_counts.count_by_step(desk, on)), "—")
    report = times(lambda: reports.run_report(desk, year_period(2024)))
    common.report("rapport 2024, état civil : ms", 1000 * report, "—")


def _side_by_side(plain: Desk, scanned: Desk) -> None:
    """Both offices in turn, so that a busy machine slows both; the best of each, which it slows least."""
    size = (scanned.folder / access.BASE_FILE).stat().st_size
    without, beside = asked(plain), asked(scanned)
    for name in without:
        works = (without[name], beside[name])
        for work in works:
            work()
        taken = [[common.timed(work) for work in works] for _ in range(TURNS)]
        bare, loaded = (min(each) for each in zip(*taken, strict=True))
        details = f"{1000 * loaded:.1f} ms ÷ {1000 * bare:.1f} ms ; base de {size // 10**6} Mo"
        common.report(f"{name}, {SCANS} pages ÷ sans", loaded / bare, "≤ 1,1", details)


if __name__ == "__main__":
    main()
