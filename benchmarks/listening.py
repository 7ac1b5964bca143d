"""The compartment measured: 10,000 records ready, a session opened and saved, sealing, the counts at lock."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
import secrets
from functools import partial

from antenne.db import sealing
from antenne.db.sealing import Context
from antenne.db.slots import sealed_key
from antenne.domain.forms.listening import LISTENING, answers_of
from antenne.domain.listening import OFFICE, ListeningSession
from antenne.domain.protection_lists import LISTS
from antenne.domain.sealed_codec import to_payload
from antenne.services import compartment, listening, listening_reading, sealed_counting, sealed_drafts
from antenne.services.desk import Desk
from antenne.services.listening import SaveSession
from antenne.services.listening_reading import SessionQuery
from antenne.services.sealed_drafts import KeepSealedDraft
from antenne.services.sealed_memory import Sitting
from benchmarks import common

RECORDS, ROUNDS = 10_000, 40
MOTIVES = tuple(code for code, _ in LISTS["listening_motives"])
WORDS = "Elle est venue à la suite d’une dispute ; elle demande conseil pour ses papiers et pour son enfant. "


def fill(desk: Desk) -> list[str]:
    """Ten thousand talks of a thousand women over five years; the ids of some."""
    draw = random.Random(7)
    ids = []
    with compartment.changing(desk) as batch:
        for number in range(RECORDS):
            at = dt.datetime(2021, 1, 1, 9, tzinfo=dt.UTC) + dt.timedelta(days=draw.randrange(5 * 365))
            talk = ListeningSession(
                number=f"E-{at.year}-{number:05d}",
                at=at,
                listener_id=desk.actor.user_id,
                listener=desk.actor.name,
                mode=OFFICE,
                person_id=draw.randrange(1, 1_000),
                minor=False,
                first=False,
                motives=tuple(draw.sample(MOTIVES, 2)),
                said=WORDS * draw.randrange(2, 12),
                created_at=at,
                created_by=desk.actor.user_id,
            )
            ids.append(batch.put(to_payload(talk)).id.hex())
        batch.commit()
    return ids[:: RECORDS // ROUNDS]


def ready(desk: Desk) -> float:
    """Seconds from nothing to every index filled."""
    desk.sealed = Sitting()
    return common.timed(lambda: listening_reading.prepare(desk))


def sealing_cost() -> tuple[float, float]:
    """Seconds to seal and to open one body of 4 KiB."""
    confidential, context, record_id = secrets.token_bytes(32), Context("a" * 32, 1), secrets.token_bytes(16)
    key, payload = sealed_key(confidential), {"kind": "x", "said": WORDS * 8}
    body = sealing.seal(key, context, record_id, 1, payload)
    seal = [common.timed(lambda: sealing.seal(key, context, record_id, 1, payload)) for _ in range(500)]
    unseal = [common.timed(lambda: sealing.unseal(key, context, record_id, 1, body)) for _ in range(500)]
    return common.median(seal), common.median(unseal)


def save(desk: Desk, session_id: str) -> float:
    """Seconds of a corrected talk, as the screen asks for it."""
    found = compartment.find(desk, ListeningSession, session_id)
    answers = {**answers_of(found.record), "said": "Autrement.", "consent_listen": True, "consent_record": True}
    command = SaveSession(request_id=secrets.token_hex(8), answers=answers, before=found)
    return common.timed(lambda: listening.save_session(desk, command))


def adults_only(desk: Desk) -> None:
    """The demonstration's youngest are no matter for this measure: everybody drawn is of age."""
    with compartment.changing(desk) as batch:
        for one in compartment.kept_of(desk, ListeningSession):
            person = batch.uow.persons.get(one.record.person_id or 0)
            if person is None or person.evident_adult == "":
                talk = dataclasses.replace(one.record, person_id=None, code=f"AAA{one.record.person_id or 0:03d}")
                batch.put(to_payload(talk), bytes.fromhex(one.id))
        batch.commit()


def main() -> None:
    with common.scratch() as folder:
        desk = common.open_as(common.demo_office(folder), "ecoutante")
        filled = 0.0
        ids: list[str] = []

        def work() -> None:
            ids.extend(fill(desk))

        filled = common.timed(work)
        starts = [ready(desk) for _ in range(5)]
        opened = [common.timed(partial(listening_reading.open_session, desk, one)) for one in ids]
        lists = [common.timed(lambda: listening_reading.list_sessions(desk, SessionQuery())) for _ in range(10)]
        found = [
            common.timed(lambda: listening_reading.list_sessions(desk, SessionQuery(typed="papiers enfant")))
            for _ in range(10)
        ]
        drafts = [
            common.timed(
                lambda: sealed_drafts.keep_sealed_draft(
                    desk, KeepSealedDraft(form=LISTENING, subject="", body={"said": WORDS * 5})
                )
            )
            for _ in range(ROUNDS)
        ]
        counted = common.timed(lambda: sealed_counting.rewrite_counts(desk))
        adults_only(desk)
        saves = [save(desk, one) for one in ids]
        sync = common.sync_cost(folder)
        size = (desk.folder / "base.db").stat().st_size / 1e6
        desk.close()
    seal, unseal = sealing_cost()
    sealed = f"{RECORDS} fiches, base de {size:.0f} Mo ; une synchronisation ici : {1000 * sync:.1f} ms"
    common.report("partie confidentielle prête (s)", common.median(starts), "< 2", sealed)
    common.report("ouvrir une écoute, lecture notée (ms)", 1000 * common.median(opened), "< 50")
    common.report("ouvrir une écoute, la plus lente (ms)", 1000 * max(opened), "—")
    common.report("liste de toutes les écoutes (ms)", 1000 * common.median(lists), "< 100")
    common.report("chercher dans ce qui a été dit (ms)", 1000 * common.median(found), "< 100")
    common.report("garder un brouillon scellé (ms)", 1000 * common.median(drafts), "< 50")
    common.report("enregistrer une écoute corrigée (ms)", 1000 * common.median(saves), "< 100")
    common.report("sceller une fiche (ms)", 1000 * seal, "< 1")
    common.report("ouvrir une fiche scellée (ms)", 1000 * unseal, "< 1")
    common.report("compter et publier au verrouillage (ms)", 1000 * counted, "< 400")
    common.report("sceller 10 000 fiches d’un coup (s)", filled, "—")


if __name__ == "__main__":
    main()
