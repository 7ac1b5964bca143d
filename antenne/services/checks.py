"""``controler``: is the base whole, and does it hold together? Each area adds its own checks to the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from antenne.base.progress import Progress
from antenne.db import cipher, keys
from antenne.domain.audit import chain_faults
from antenne.domain.rights import Right
from antenne.services.access import BASE_FILE
from antenne.services.compartment import open_compartment
from antenne.services.desk import Desk

_BIG_CACHE_KIB = 262144
"""``integrity_check`` is six times faster with this cache than with a small one (storage: Engine)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check.

    Attributes:
        name: French name.
        ok: Whether all is well.
        detail: What was counted, or what is wrong and where.
    """

    name: str
    ok: bool
    detail: str


Check = Callable[[Desk], Finding]


def check_base(desk: Desk, checks: Sequence[Check], progress: Progress) -> tuple[Finding, ...]:
    """Run every check, in order; one that finds a fault does not stop the others."""
    found = []
    for position, check in enumerate(checks):
        progress.check()
        progress.report("checks.running", position, len(checks))
        found.append(check(desk))
    progress.report("checks.done", len(checks), len(checks))
    return tuple(found)


def integrity(desk: Desk) -> Finding:
    """The pages and indexes of the file."""
    raw = cipher.connect(desk.folder / BASE_FILE, keys.cipher_key(desk.keys.base))
    try:
        raw.execute(f"PRAGMA cache_size = -{_BIG_CACHE_KIB}")
        said = [row[0] for row in raw.execute("PRAGMA integrity_check(20)")]
    finally:
        raw.close()
    ok = said == ["ok"]
    return Finding("Intégrité de la base", ok, "pages et index conformes" if ok else " ; ".join(map(str, said)))


def cipher_integrity(desk: Desk) -> Finding:
    """The seal of each encrypted page; it reads the main file, so the journal is folded in first."""
    raw = cipher.connect(desk.folder / BASE_FILE, keys.cipher_key(desk.keys.base))
    try:
        raw.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        bad = [row[0] for row in raw.execute("PRAGMA cipher_integrity_check")]
    finally:
        raw.close()
    said = f"{len(bad)} page(s) altérée(s)" if bad else "aucune page altérée"
    return Finding("Sceau des pages chiffrées", not bad, said)


def foreign_keys(desk: Desk) -> Finding:
    """Rows that point to a row that is gone."""
    with desk.read() as uow:
        bad = uow.rows('SELECT "table", count(*) FROM pragma_foreign_key_check GROUP BY 1')
    said = ", ".join(f"{table} : {count}" for table, count in bad)
    return Finding("Liens entre les fiches", not bad, said or "aucun lien rompu")


def audit_chain(desk: Desk) -> Finding:
    """The chain of changes: nothing altered, removed or put in."""
    with desk.read() as uow:
        count = uow.rows("SELECT count(*) FROM audit")[0][0]
        faults = chain_faults(uow.audit.links())
        altered = uow.audit.altered_details()
    named = sorted({*faults, *altered})
    detail = f"{count} lignes enchaînées" if not named else "lignes altérées\u00a0: " + ", ".join(map(str, named[:20]))
    return Finding("Chaîne de l’historique", not named, detail)


def numbers(desk: Desk) -> Finding:
    """Person and member numbers: consecutive, none given twice, none beyond the counter."""
    wrong: list[str] = []
    with desk.read() as uow:
        for table, series, letter in (("person", "person", "P"), ("membership", "member", "M")):
            given = [str(row[0]) for row in uow.rows(f"SELECT number FROM {table}")]  # noqa: S608 - two literal names
            last = uow.counters.last(series)
            wrong += [one for one in given if not one.startswith(f"{letter}-") or not one[2:].isdigit()]
            wrong += [one for one in given if one[2:].isdigit() and int(one[2:]) > last]
    said = "numéros à revoir\u00a0: " + ", ".join(wrong[:20]) if wrong else "numéros en règle"
    return Finding("Numéros", not wrong, said)


def orphans(desk: Desk) -> Finding:
    """Photos, phones or cards without a person; details without their link."""
    queries = {
        "photos": "SELECT count(*) FROM photo WHERE person_id NOT IN (SELECT id FROM person)",
        "téléphones": "SELECT count(*) FROM person_phone WHERE person_id NOT IN (SELECT id FROM person)",
        "cartes": "SELECT count(*) FROM member_card WHERE person_id NOT IN (SELECT id FROM person)",
        "détails d’historique": "SELECT count(*) FROM audit_detail WHERE audit_id NOT IN (SELECT id FROM audit)",
    }
    with desk.read() as uow:
        found = {name: uow.rows(query)[0][0] for name, query in queries.items()}
    bad = ", ".join(f"{name} : {count}" for name, count in found.items() if count)
    return Finding("Fiches orphelines", not bad, bad or "aucune")


def sealed_index(desk: Desk) -> Finding:
    """The compartment against its own index; without the right nothing is opened and nothing is said of it."""
    name = "Index de la partie confidentielle"
    if not desk.may(Right.COMPARTMENT):
        return Finding(name, ok=True, detail="réservé aux écoutantes et à la responsable, qui le contrôlent")
    if desk.keys.confidential is None:
        return Finding(name, ok=True, detail="à l’abri\u00a0: contrôlé quand elle sera rouverte")
    faults = open_compartment(desk).faults()
    said = "repères à revoir\u00a0: " + ", ".join(faults[:20])
    return Finding(name, not faults, said if faults else "conforme")


GENERAL: tuple[Check, ...] = (integrity, cipher_integrity, foreign_keys, audit_chain, numbers, orphans, sealed_index)
"""What every base is checked for."""
