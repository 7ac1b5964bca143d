"""``controler``, after erasing: nothing sealed still hangs on a record that is gone, and no erased file kept a name."""

from __future__ import annotations

from typing import Final

from antenne.domain.her_rights import DRAFT, NOTICE
from antenne.domain.listening import Trace
from antenne.domain.rights import Right
from antenne.services.checks import Check, Finding
from antenne.services.compartment import open_compartment
from antenne.services.desk import Desk
from antenne.services.erasing import bodies_of

_SHOWN = 20
_PERSONS: Final = (
    "SELECT p.number FROM person p WHERE p.erased_on IS NOT NULL AND (p.first_name <> 'fiche effacée'"
    " OR EXISTS (SELECT 1 FROM person_phone t WHERE t.person_id = p.id)"
    " OR EXISTS (SELECT 1 FROM photo f WHERE f.person_id = p.id)) ORDER BY p.number"
)
_CIVIL: Final = (
    "SELECT c.number FROM civil_file c JOIN person p ON p.id = c.requester_id"
    " WHERE p.erased_on IS NOT NULL AND c.first_name <> 'dossier effacé' ORDER BY c.number"
)


def sealed_leftovers(desk: Desk) -> Finding:
    """Old values, drafts and notices of a sealed record that is no longer there."""
    name = "Restes de fiches effacées"
    if not desk.may(Right.COMPARTMENT) or desk.keys.confidential is None:
        return Finding(name, ok=True, detail="réservé\u00a0: contrôlé avec le droit d’y entrer")
    bodies = bodies_of(open_compartment(desk))
    hung = {Trace.KIND: "record", DRAFT: "subject", NOTICE: "subject"}
    left = []
    for key, body in bodies.items():
        field = hung.get(str(body.get("kind")))
        if field is not None and body[field] and body[field] not in bodies:
            left.append(key)
    said = "repères à revoir\u00a0: " + ", ".join(sorted(left)[:_SHOWN])
    return Finding(name, not left, said if left else "aucun")


def erased_files(desk: Desk) -> Finding:
    """Persons erased on request whose phones, photo or history still tell something."""
    with desk.read() as uow:
        left = [str(row[0]) for query in (_PERSONS, _CIVIL) for row in uow.rows(query)]
    said = "encore nommées\u00a0: " + ", ".join(left[:_SHOWN])
    return Finding("Fiches effacées à la demande", not left, said if left else "sans nom")


ERASING_CHECKS: tuple[Check, ...] = (sealed_leftovers, erased_files)
"""What ``controler`` asks of her rights."""
