"""A backup of 300 MB with every check ÷ copy + sync + re-read of the same file on the same disk."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from antenne.base.media import SystemMedia
from antenne.base.progress import Silent
from antenne.domain.persons import Purpose
from antenne.services import backup
from antenne.services.access import BASE_FILE
from antenne.services.desk import Desk
from benchmarks import common

SIZE, PHOTO, ROUNDS = 300 << 20, 300 << 10, 3
BUFFER = 1 << 20


def fatten(desk: Desk) -> None:
    """Photos of noise, until the base weighs 300 MB."""
    with desk.write() as uow:
        persons = uow.persons.many(uow.persons.all_ids())
        able = [one for one in persons if any(consent.purpose is Purpose.FILE for consent in one.consents)]
        for person in able[: SIZE // PHOTO]:
            uow.persons.put_photo(person.id, secrets.token_bytes(PHOTO), desk.today)
        uow.commit()


def plain(source: Path, target: Path) -> None:
    """What nobody can do without: the bytes on the medium, and read again from it."""
    with source.open("rb", buffering=0) as reading, target.open("wb", buffering=0) as writing:
        while piece := reading.read(BUFFER):
            writing.write(piece)
        os.fsync(writing.fileno())
    with target.open("rb", buffering=0) as reading:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(reading.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while reading.read(BUFFER):
            pass
    target.unlink()


def main() -> None:
    with common.scratch() as folder:
        place = common.demo_office(folder)
        desk = common.open_as(place, "responsable")
        fatten(desk)
        key = folder / "cle"
        key.mkdir()
        ours, straight = [], []
        for _ in range(ROUNDS):
            straight.append(common.timed(lambda: plain(place / BASE_FILE, folder / "copie")))
            ours.append(common.timed(lambda: backup.make_backup(desk, key, SystemMedia(), Silent())))
            for made in key.glob("Antenne-*"):
                made.unlink()
        size = (place / BASE_FILE).stat().st_size
        desk.close()
    ratio = common.median(ours) / common.median(straight)
    details = f"{common.median(ours):.2f} s ÷ {common.median(straight):.2f} s, {size >> 20} Mo"
    common.report("sauvegarde vérifiée ÷ copie + synchronisation + relecture", ratio, "≤ 3", details)


if __name__ == "__main__":
    main()
