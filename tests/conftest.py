"""A real encrypted office for the tests; its keys are drawn once, its folder copied for each test."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from antenne.base.clock import FixedClock
from antenne.db.slots import KdfParams, NewSlot, Unlocked
from antenne.domain.office import Office
from antenne.services import access, opening
from antenne.services.desk import Desk

hypothesis.settings.register_profile("antenne", deadline=None)
if "CI" not in os.environ:  # there, Hypothesis's own profile: the same examples each time, no deadline
    hypothesis.settings.load_profile("antenne")

PHRASES = {
    "responsable": "girafe soleil mangue pirogue",
    "secretaire": "calebasse tabouret fourmi rideau",
    "caissiere": "lanterne bassine foulard tortue",
    "ecoutante": "pintade corde marmite palmier",
    "lecture": "savane plume canari tambour",
}
LABELS = {
    "responsable": "Baobab",
    "secretaire": "Héron",
    "caissiere": "Tortue",
    "ecoutante": "Colline",
    "lecture": "Pirogue",
}
ROLES = {
    "responsable": frozenset({"responsable"}),
    "secretaire": frozenset({"secretaire", "caissiere"}),
    "caissiere": frozenset({"caissiere"}),
    "ecoutante": frozenset({"ecoutante"}),
    "lecture": frozenset({"lecture"}),
}
NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
KDF = KdfParams()


@pytest.fixture
def clock() -> FixedClock:
    """Monday 23 November 2026, half past nine."""
    return FixedClock(NOW)


@pytest.fixture(scope="session")
def made_office(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Unlocked]]:
    """An empty office, made once, and what each user's passphrase opens."""
    folder = tmp_path_factory.mktemp("office") / "data"
    users = [
        opening.NewUser(
            name=f"Agent {role}",
            slot=NewSlot(
                label=LABELS[role],
                secret=PHRASES[role],
                roles=ROLES[role],
                may_open_confidential=role in {"responsable", "ecoutante"},
            ),
        )
        for role in PHRASES
    ]
    office = Office(association="DANAYA SO", motto="Maison de la Confiance", name="Antenne de Mopti", town="Sévaré",
                    postal_box="BP 100 Mopti", phone="21 42 00 00")  # fmt: skip
    opening.create_office(folder, office, users, (), FixedClock(NOW), KDF)
    unlocked = {role: access.unlock(folder, PHRASES[role], LABELS[role]) for role in PHRASES}
    return folder, unlocked


@pytest.fixture
def office_folder(made_office: tuple[Path, dict[str, Unlocked]], tmp_path: Path) -> Path:
    """A fresh copy of the empty office."""
    folder = tmp_path / "data"
    shutil.copytree(made_office[0], folder)
    return folder


@pytest.fixture
def desk(made_office: tuple[Path, dict[str, Unlocked]], office_folder: Path, clock: FixedClock) -> Iterator[Desk]:
    """The secretary's desk in a fresh copy of the empty office."""
    opened = opening.open_desk(office_folder, made_office[1]["secretaire"], clock)
    yield opened
    opened.close()


@pytest.fixture
def responsable_desk(
    made_office: tuple[Path, dict[str, Unlocked]], office_folder: Path, clock: FixedClock
) -> Iterator[Desk]:
    """The responsable's desk, on the same folder as ``desk``."""
    opened = opening.open_desk(office_folder, made_office[1]["responsable"], clock)
    yield opened
    opened.close()
