"""État civil: the year in which a paper counts, the démarche that was left, an end for what was to be done.

- A file keeps the day on which its paper first came and was first handed over, whatever is reopened later; the day of
  that reopening is a column, since later fees are no fees of the paper that counts.
- An event that leaves a démarche says which: earlier ones told it in words only, « Déclaration → Jugement : motif ».
- What was to be done and was done was a next action in other words, « Fait : … »; it is an event of its own.
- A version of a démarche says its delay, for whom it is, and which of its pieces are persons, not papers.
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COLUMNS = (
    "ALTER TABLE civil_file ADD COLUMN reopened_on TEXT",
    "ALTER TABLE civil_event ADD COLUMN left_key TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE civil_event ADD COLUMN left_version INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE civil_piece ADD COLUMN paper BOOLEAN NOT NULL DEFAULT 1",
    "UPDATE civil_piece SET paper = 0 WHERE code IN ('witnesses', 'known_witnesses')",
)

DONE = "Fait\u00a0: "
DONE_EVENTS = (
    "UPDATE civil_event SET kind = 'done', words = substr(words, :long + 1)"
    " WHERE kind = 'next_action' AND substr(words, 1, :long) = :done"
)

_FIRST = (
    "(SELECT e.\"on\" FROM civil_event e WHERE e.file_id = civil_file.id AND e.kind = 'step' AND e.step = '{step}'"
    " ORDER BY e.id LIMIT 1)"
)
COUNTED = (
    f"UPDATE civil_file SET received_on = {_FIRST.format(step='received')}, handed_on = {_FIRST.format(step='handed')}"  # noqa: S608 - own words
)
REOPENED = """
UPDATE civil_file SET reopened_on = (
    SELECT e."on" FROM civil_event e
    WHERE e.file_id = civil_file.id AND e.kind = 'reopened' AND e.step IS NOT NULL AND e.id > (
        SELECT min(r.id) FROM civil_event r
        WHERE r.file_id = civil_file.id AND r.kind = 'step' AND r.step = 'received'
    ) ORDER BY e.id LIMIT 1
)
"""

ARROW = " → "
DELAY = {"free_days": 30, "warn_from": 20, "doubt_from": 30, "doubt_until": 32}
BENEFICIARIES = ["self", "child", "minor"]
PERSONS = frozenset({"witnesses", "known_witnesses"})


def upgrade() -> None:
    """Add the columns, then say in them what was told otherwise."""
    for statement in COLUMNS:
        op.execute(statement)
    connection = op.get_bind()
    connection.execute(sa.text(DONE_EVENTS), {"long": len(DONE), "done": DONE})
    for statement in (COUNTED, REOPENED):
        op.execute(statement)
    known = [
        (key, version, since, json.loads(body))
        for key, version, since, body in connection.execute(
            sa.text("SELECT key, version, since, body FROM civil_route ORDER BY version")
        )
    ]
    _say_what_was_left(connection, known)
    for key, version, _, body in known:
        connection.execute(
            sa.text("UPDATE civil_route SET body = :body WHERE key = :key AND version = :version"),
            {"key": key, "version": version, "body": json.dumps(renewed(body))},
        )


def renewed(body: dict[str, Any]) -> dict[str, Any]:
    """The body of a version with what it did not say."""
    kept = {name: value for name, value in body.items() if name != "clock"}
    pieces = [{**piece, "paper": piece["code"] not in PERSONS} for piece in body["pieces"]]
    delay = DELAY if body["clock"] else None
    return {**kept, "pieces": pieces, "beneficiaries": BENEFICIARIES, "delay": delay}


def _say_what_was_left(connection: sa.Connection, known: list[tuple[str, int, str, dict[str, Any]]]) -> None:
    """The newest version of that name that had begun on the day of the event."""
    events = connection.execute(
        sa.text("SELECT id, \"on\", words FROM civil_event WHERE kind = 'rerouted' ORDER BY id")
    ).all()
    for event_id, on, words in events:
        label = words.split(ARROW, 1)[0]
        left = [(key, version) for key, version, since, body in known if body["label"] == label and since <= on]
        if left:
            connection.execute(
                sa.text("UPDATE civil_event SET left_key = :key, left_version = :version WHERE id = :id"),
                {"id": event_id, "key": left[-1][0], "version": left[-1][1]},
            )
