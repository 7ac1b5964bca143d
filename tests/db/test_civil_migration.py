"""Revision 0005 says in columns what the civil files of earlier programs told otherwise."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from antenne.db import cipher, upgrade

KEY = "07" * 48
SCRIPTS = upgrade.SCRIPTS

FILE = {
    "last_name": "Traoré", "first_name": "Ibrahim", "child_norm": "ibrahim traore", "birth_precision": "unknown",
    "birth_event": "", "birth_place": "", "attended_by": "", "mother_name": "", "father_name": "", "declarant": "",
    "declarant_link": "", "declarant_paper": "", "declarant_phone": "", "witnesses": "", "late_reason": "",
    "school_class": "", "school": "", "nina": "", "place": "", "register_ref": "", "requester_id": 1,
    "beneficiary": "child", "route_version": 1, "deliberating": 0, "closed": 0, "step": "filed",
    "opened_on": "2024-01-02", "since": "2026-02-03", "last_on": "2026-02-03",
}  # fmt: skip
EVENT = {"written_at": "2026-02-03T00:00:00Z", "actor_id": 1, "place": "", "number": "", "words": "", "to_whom": "",
         "how": ""}  # fmt: skip
PERSON = {
    "id": 1, "number": "P-00001", "last_name": "Koné", "first_name": "Awa", "name_norm": "kone awa",
    "search_text": "", "pseudonym": "", "nicknames": "[]", "birth_precision": "unknown", "birth_event": "",
    "birth_place": "", "nationality": "", "languages": "[]", "quarter": "", "emergency_name": "",
    "emergency_phone": "", "never_tell": "", "recognition_question": "", "mother_name": "", "schooling": "",
    "activity": "", "displaced_from": "", "id_type": "", "id_number": "", "nina": "", "evident_adult": "",
    "register_ref": "", "updated_at": "2026-01-01T00:00:00Z", "updated_by": 1,
}  # fmt: skip
BODY = {
    "label": "Déclaration dans le délai", "steps": ["opened", "received", "handed"], "place": "mairie",
    "pieces": [
        {"code": "birth", "label": "Certificat", "when": "always", "copies": 1, "alternative": ""},
        {"code": "witnesses", "label": "Deux témoins", "when": "always", "copies": 2, "alternative": ""},
    ],
    "fees": [{"label": "Copie", "amount": 100}], "result": "birth_act", "clock": True, "stale_days": 5, "source": "",
}  # fmt: skip


def put(raw: Any, table: str, **values: object) -> None:
    names = ", ".join(f'"{name}"' for name in values)
    raw.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(values))})", tuple(values.values()))  # noqa: S608 - own names


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A base of revision 0004 with a reopened act, one that is not, and a file that changed its démarche."""
    scripts = tmp_path / "migrations"
    shutil.copytree(SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__", "r0005*"))
    monkeypatch.setattr(upgrade, "SCRIPTS", scripts)
    path = tmp_path / "base.db"
    upgrade.migrate(path, KEY)
    monkeypatch.setattr(upgrade, "SCRIPTS", SCRIPTS)
    raw = cipher.connect(path, KEY)
    assert cipher.schema_version(raw) == "0004"
    raw.execute("PRAGMA foreign_keys = OFF")
    put(raw, "person", **PERSON)
    for version, since in ((1, "2000-01-01"), (2, "2026-03-01")):
        put(raw, "civil_route", key="declaration", version=version, since=since, position=0, body=json.dumps(BODY))
    body = json.dumps({**BODY, "label": "Copie d’acte", "clock": False, "pieces": []})
    put(raw, "civil_route", key="copy", version=1, since="2000-01-01", position=1, body=body)
    put(raw, "civil_file", id=1, number="N-2024-0001", route_key="declaration", **FILE)
    put(raw, "civil_file", id=2, number="N-2024-0002", route_key="declaration", received_on="2025-01-09", **FILE)
    put(raw, "civil_file", id=3, number="N-2024-0003", route_key="copy", **FILE)
    for file_id, kind, on, more in (
        (1, "step", "2024-05-14", {"step": "received"}),
        (1, "step", "2024-06-01", {"step": "handed"}),
        (1, "reopened", "2026-02-03", {"step": "filed"}),
        (1, "step", "2026-02-20", {"step": "received"}),
        (2, "reopened", "2024-03-01", {"step": "opened"}),
        (2, "step", "2025-01-09", {"step": "received"}),
        (2, "next_action", "2025-01-10", {"words": "Rappeler le greffe", "until": "2025-02-01"}),
        (2, "next_action", "2025-01-11", {"words": "Fait\u00a0: appelé"}),
        (3, "rerouted", "2026-02-03", {"words": "Déclaration dans le délai → Copie d’acte\u00a0: acte trouvé"}),
        (3, "rerouted", "2026-02-04", {"words": "Autre chose → Copie d’acte\u00a0: x"}),
    ):
        put(raw, "civil_event", file_id=file_id, kind=kind, on=on, **(EVENT | more))
    piece = {"file_id": 1, "position": 0, "label": "x", "required": 1, "alternative": "", "original": 1,
             "returned_to": "", "note": ""}  # fmt: skip
    put(raw, "civil_piece", id=1, code="birth", **piece)
    put(raw, "civil_piece", id=2, code="witnesses", **piece)
    raw.close()
    assert upgrade.migrate(path, KEY)
    return path


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    raw = cipher.connect(path, KEY)
    found = raw.execute(query).fetchall()
    raw.close()
    return [tuple(row) for row in found]


def test_an_act_goes_back_to_the_year_in_which_it_first_came(older: Path) -> None:
    assert rows(older, "SELECT received_on, handed_on, reopened_on FROM civil_file ORDER BY id") == [
        ("2024-05-14", "2024-06-01", "2026-02-03"),
        ("2025-01-09", None, None),
        (None, None, None),
    ]


def test_what_was_done_is_an_event_of_its_own(older: Path) -> None:
    assert rows(older, "SELECT kind, words, until FROM civil_event WHERE file_id = 2 ORDER BY id DESC LIMIT 2") == [
        ("done", "appelé", None),
        ("next_action", "Rappeler le greffe", "2025-02-01"),
    ]


def test_a_file_that_changed_its_demarche_says_which_it_left(older: Path) -> None:
    found = rows(older, "SELECT left_key, left_version FROM civil_event WHERE file_id = 3 ORDER BY id")
    assert found == [("declaration", 1), ("", 0)], "the version that had begun that day; unknown where none fits"


def test_versions_say_their_delay_for_whom_they_are_and_that_witnesses_are_no_paper(older: Path) -> None:
    bodies = [json.loads(body) for (body,) in rows(older, "SELECT body FROM civil_route ORDER BY position, version")]
    assert [body["delay"] for body in bodies] == [
        {"free_days": 30, "warn_from": 20, "doubt_from": 30, "doubt_until": 32},
    ] * 2 + [None]
    assert all(body["beneficiaries"] == ["self", "child", "minor"] and "clock" not in body for body in bodies)
    assert [piece["paper"] for piece in bodies[0]["pieces"]] == [True, False]
    assert rows(older, "SELECT paper FROM civil_piece ORDER BY id") == [(1,), (0,)]
