"""Saving a person by the service ÷ the same rows by bare sqlcipher3 in one transaction, in turn on the same disk."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from antenne.db import cipher, keys
from antenne.domain import members
from antenne.services import members as service
from antenne.services import members_reading
from antenne.services.access import BASE_FILE
from antenne.services.desk import Desk
from benchmarks import common

SAVES, WARM = 120, 20
DEAR_SYNC = 0.005
"""From this cost of a sync on, the disk rules and the ratio is compared; below, the difference in milliseconds."""


@dataclass(frozen=True)
class Rows:
    """What one save wrote: read back from the base, for the bare connection to write the same."""

    person: tuple[Any, ...]
    audit: tuple[Any, ...]
    detail: tuple[Any, ...]


_PERSON = "SELECT quarter, updated_at, updated_by, id FROM person WHERE id = :id"
_AUDIT = (
    "SELECT id, at, actor_id, action, subject, subject_id, request_id, digest, previous, hash FROM audit"
    " ORDER BY id DESC LIMIT 1"
)
_DETAIL = "SELECT audit_id, subject, subject_id, salt, details FROM audit_detail ORDER BY audit_id DESC LIMIT 1"


def save(desk: Desk, person_id: int, quarter: str) -> float:
    """Seconds of one save, as the screen asks for it: the record as she saw it, the answers of the whole form."""
    before = members_reading.load_page(desk, person_id).person
    answers = {**members.answers_of(before), "quarter": quarter}
    command = service.SavePerson(request_id=secrets.token_hex(8), before=before, answers=answers)
    return common.timed(lambda: service.save_person(desk, command))


def written(desk: Desk, person_id: int) -> Rows:
    with desk.read() as uow:
        return Rows(uow.rows(_PERSON, id=person_id)[0], uow.rows(_AUDIT)[0], uow.rows(_DETAIL)[0])


def bare(raw: cipher.Connection, rows: Rows) -> float:
    """Seconds of the same rows."""

    def work() -> None:
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("UPDATE person SET quarter = ?, updated_at = ?, updated_by = ? WHERE id = ?", rows.person)
        raw.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows.audit)
        raw.execute("INSERT INTO audit_detail VALUES (?, ?, ?, ?, ?)", rows.detail)
        raw.execute("COMMIT")

    return common.timed(work)


def columns(raw: cipher.Connection, table: str) -> list[str]:
    return [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]


def reference(folder: Path, source: Path, base_key: bytes) -> cipher.Connection:
    """A bare connection on a copy of the same base."""
    raw = cipher.connect(source / BASE_FILE, keys.cipher_key(base_key))
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    raw.close()
    target = folder / "bare.db"
    target.write_bytes((source / BASE_FILE).read_bytes())
    return cipher.connect(target, keys.cipher_key(base_key))


def main() -> None:
    with common.scratch() as folder:
        place = common.demo_office(folder)
        desk = common.open_as(place, "secretaire")
        ids = [row.id for row in members_reading.rows(desk, desk.persons.all_ids()[:400]) if row.member_number]
        raw = reference(folder, place, desk.keys.base)
        assert columns(raw, "audit") == ["id", "at", "actor_id", "action", "subject", "subject_id", "request_id",
                                         "digest", "previous", "hash"]  # fmt: skip
        ours, straight = [], []
        for number in range(WARM + SAVES):
            person_id = ids[number % len(ids)]
            ours.append(save(desk, person_id, f"Quartier {number}"))
            straight.append(bare(raw, written(desk, person_id)))
        sync = common.sync_cost(folder)
        raw.close()
        desk.close()
    mine, theirs = common.median(ours[WARM:]), common.median(straight[WARM:])
    details = f"{1000 * mine:.1f} ms ÷ {1000 * theirs:.1f} ms ; une synchronisation ici : {1000 * sync:.1f} ms"
    dear = sync >= DEAR_SYNC
    common.report("enregistrer une personne ÷ sqlcipher3 nu", mine / theirs, "≤ 3" if dear else "—", details)
    common.report("enregistrer une personne : ms de plus", 1000 * (mine - theirs), "—" if dear else "< 5")


if __name__ == "__main__":
    main()
