"""A backup of 300 MB with every check ÷ copy + sync + re-read of the same file on the same disk.

Beside it, what the two ways of getting hold of the bytes cost: VACUUM INTO, and reading the base in place.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from antenne.base.media import SystemMedia
from antenne.base.progress import Silent
from antenne.db import cipher, copying, keys
from antenne.domain.persons import Purpose
from antenne.services import backup
from antenne.services.access import BASE_FILE
from antenne.services.desk import Desk
from benchmarks import common

SIZE, PHOTO, ROUNDS = 300 << 20, 300 << 10, 5
BUFFER = 1 << 19  # the quickest here: with 1 Mo the allocation of each piece costs half as much again


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


def vacuum(base: Path, raw_key: str, target: Path) -> None:
    """What the copy cost when it was made by SQLite."""
    raw = cipher.connect(base, raw_key, read_only=True)
    raw.set_authorizer(None)
    raw.execute("PRAGMA synchronous = OFF")
    raw.execute("VACUUM INTO ?", (str(target),))
    raw.close()
    target.unlink()


def in_place(base: Path, raw_key: str) -> None:
    """Hold the base and hash it."""
    with copying.snapshot(base.parent, base, raw_key, Silent()) as state:
        copying.prints(state, Silent())


def main() -> None:
    with common.scratch() as folder:
        place = common.demo_office(folder)
        desk = common.open_as(place, "responsable")
        fatten(desk)
        base, raw_key, key = place / BASE_FILE, keys.cipher_key(desk.keys.base), folder / "cle"
        key.mkdir()
        ours, straight, copied, held = [], [], [], []
        for _ in range(ROUNDS):
            straight.append(common.timed(lambda: plain(base, folder / "copie")))
            ours.append(common.timed(lambda: backup.make_backup(desk, key, SystemMedia(), Silent())))
            for made in key.glob("Antenne-*"):
                made.unlink()
            copied.append(common.timed(lambda: vacuum(base, raw_key, folder / "vide.db")))
            held.append(common.timed(lambda: in_place(base, raw_key)))
        size = base.stat().st_size
        desk.close()
    ratio = common.median(ours) / common.median(straight)
    details = f"{common.median(ours):.2f} s ÷ {common.median(straight):.2f} s, {size >> 20} Mo"
    best = f"au mieux {min(ours):.2f} s ÷ {min(straight):.2f} s"
    common.report("sauvegarde vérifiée ÷ copie + synchronisation + relecture", ratio, "≤ 3", f"{details} ; {best}")
    details = f"{common.median(copied):.2f} s ÷ {common.median(held):.2f} s"
    common.report("VACUUM INTO ÷ lecture sur place", common.median(copied) / common.median(held), "—", details)


if __name__ == "__main__":
    main()
