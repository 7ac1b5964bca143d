"""The directory of partner structures, with those that the office works with in Mopti (rules: Écoutes and violence).

Their conventions, telephones and distances are the office's to fill in: no public source gives them.
"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = (
    """
CREATE TABLE partner (
    id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    services JSON NOT NULL,
    place TEXT NOT NULL,
    phone TEXT NOT NULL,
    hours TEXT NOT NULL,
    minutes INTEGER,
    closed_on TEXT,
    CONSTRAINT pk_partner PRIMARY KEY (id),
    CONSTRAINT uq_partner_name UNIQUE (name)
)
    """,
    """
CREATE TABLE partner_convention (
    partner_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    reference TEXT NOT NULL,
    CONSTRAINT pk_partner_convention PRIMARY KEY (partner_id, position),
    CONSTRAINT fk_partner_convention_partner_id FOREIGN KEY(partner_id) REFERENCES partner (id)
)
    """,
)

STARTING = (
    (
        "One Stop Center (hôpital Sominé Dolo)",
        "sante",
        ["health", "psychosocial", "legal"],
        "Hôpital Sominé Dolo, Mopti",
    ),
    ("ARCAD CESAC", "vih", ["health", "psychosocial"], "Mopti"),
    ("DRPFEF", "femme", ["psychosocial", "legal", "livelihood"], "Mopti"),
    ("Commissariat de police", "police", ["security"], "Mopti"),
    ("Gendarmerie", "gendarmerie", ["security"], "Mopti"),
    ("LAKANA SO", "enfant", ["child_protection"], "Mopti"),
)


def upgrade() -> None:
    """Make the tables and put the starting structures in."""
    for statement in TABLES:
        op.execute(statement)
    put = sa.text(
        "INSERT INTO partner (id, position, name, kind, services, place, phone, hours)"
        " VALUES (:id, :id, :name, :kind, :services, :place, '', '')"
    )
    connection = op.get_bind()
    for number, (name, kind, services, place) in enumerate(STARTING, 1):
        values = {"id": number, "name": name, "kind": kind, "services": json.dumps(services), "place": place}
        connection.execute(put, values)
