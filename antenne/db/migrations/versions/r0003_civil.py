"""État civil: démarches, files, events, pieces, scans, fees, trips.

The démarches are put in by the program when it finds none (``services.civil_routes``), for they are edited afterwards.
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = (
    """
CREATE TABLE civil_route (
    "key" TEXT NOT NULL,
    version INTEGER NOT NULL,
    since TEXT NOT NULL,
    until TEXT,
    position INTEGER NOT NULL,
    body JSON NOT NULL,
    CONSTRAINT pk_civil_route PRIMARY KEY ("key", version)
)
    """,
    """
CREATE TABLE civil_trip (
    id INTEGER NOT NULL,
    "on" TEXT NOT NULL,
    place TEXT NOT NULL,
    words TEXT NOT NULL,
    made_by INTEGER NOT NULL,
    closed_on TEXT,
    CONSTRAINT pk_civil_trip PRIMARY KEY (id)
)
    """,
    'CREATE INDEX ix_civil_trip_on ON civil_trip ("on")',
    """
CREATE TABLE civil_file (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    route_key TEXT NOT NULL,
    route_version INTEGER NOT NULL,
    opened_on TEXT NOT NULL,
    requester_id INTEGER NOT NULL,
    beneficiary TEXT NOT NULL,
    person_id INTEGER,
    last_name TEXT NOT NULL,
    first_name TEXT NOT NULL,
    child_norm TEXT NOT NULL,
    sex TEXT,
    birth_precision TEXT NOT NULL,
    birth_value TEXT,
    birth_age INTEGER,
    birth_declared_on TEXT,
    birth_event TEXT NOT NULL,
    birth_place TEXT NOT NULL,
    twin BOOLEAN,
    born_at_home BOOLEAN,
    attended_by TEXT NOT NULL,
    mother_name TEXT NOT NULL,
    mother_has_act BOOLEAN,
    foreign_mother BOOLEAN,
    orphan BOOLEAN,
    in_wedlock BOOLEAN,
    father TEXT,
    father_name TEXT NOT NULL,
    recognised BOOLEAN,
    declarant TEXT NOT NULL,
    declarant_link TEXT NOT NULL,
    declarant_paper TEXT NOT NULL,
    declarant_phone TEXT NOT NULL,
    witnesses TEXT NOT NULL,
    late_reason TEXT NOT NULL,
    school_class TEXT NOT NULL,
    school TEXT NOT NULL,
    has_act BOOLEAN,
    nina TEXT NOT NULL,
    place TEXT NOT NULL,
    register_ref TEXT NOT NULL,
    step TEXT NOT NULL,
    since TEXT NOT NULL,
    last_on TEXT NOT NULL,
    hearing_on TEXT,
    deliberating BOOLEAN NOT NULL,
    blocked_since TEXT,
    remind_on TEXT,
    received_on TEXT,
    handed_on TEXT,
    closed BOOLEAN NOT NULL,
    CONSTRAINT pk_civil_file PRIMARY KEY (id),
    CONSTRAINT uq_civil_file_number UNIQUE (number),
    CONSTRAINT fk_civil_file_requester_id FOREIGN KEY(requester_id) REFERENCES person (id),
    CONSTRAINT fk_civil_file_person_id FOREIGN KEY(person_id) REFERENCES person (id)
)
    """,
    "CREATE INDEX ix_civil_file_child ON civil_file (child_norm, birth_value)",
    "CREATE INDEX ix_civil_file_hearing_on ON civil_file (hearing_on)",
    "CREATE INDEX ix_civil_file_opened_on ON civil_file (opened_on)",
    "CREATE INDEX ix_civil_file_person_id ON civil_file (person_id)",
    "CREATE INDEX ix_civil_file_received_on ON civil_file (received_on)",
    "CREATE INDEX ix_civil_file_requester_id ON civil_file (requester_id)",
    "CREATE INDEX ix_civil_file_school_class ON civil_file (school_class)",
    "CREATE INDEX ix_civil_file_step ON civil_file (closed, step, last_on)",
    """
CREATE TABLE civil_event (
    id INTEGER NOT NULL,
    file_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    "on" TEXT NOT NULL,
    written_at TEXT NOT NULL,
    actor_id INTEGER NOT NULL,
    step TEXT,
    until TEXT,
    place TEXT NOT NULL,
    number TEXT NOT NULL,
    words TEXT NOT NULL,
    to_whom TEXT NOT NULL,
    how TEXT NOT NULL,
    CONSTRAINT pk_civil_event PRIMARY KEY (id),
    CONSTRAINT fk_civil_event_file_id FOREIGN KEY(file_id) REFERENCES civil_file (id)
)
    """,
    "CREATE INDEX ix_civil_event_file_id ON civil_event (file_id)",
    """
CREATE TABLE civil_piece (
    id INTEGER NOT NULL,
    file_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    label TEXT NOT NULL,
    required BOOLEAN NOT NULL,
    alternative TEXT NOT NULL,
    received_on TEXT,
    original BOOLEAN NOT NULL,
    returned_on TEXT,
    returned_to TEXT NOT NULL,
    note TEXT NOT NULL,
    CONSTRAINT pk_civil_piece PRIMARY KEY (id),
    CONSTRAINT fk_civil_piece_file_id FOREIGN KEY(file_id) REFERENCES civil_file (id)
)
    """,
    "CREATE INDEX ix_civil_piece_file_id ON civil_piece (file_id)",
    """
CREATE TABLE civil_scan (
    id INTEGER NOT NULL,
    piece_id INTEGER NOT NULL,
    added_on TEXT NOT NULL,
    jpeg BLOB NOT NULL,
    CONSTRAINT pk_civil_scan PRIMARY KEY (id),
    CONSTRAINT fk_civil_scan_piece_id FOREIGN KEY(piece_id) REFERENCES civil_piece (id)
)
    """,
    "CREATE INDEX ix_civil_scan_piece_id ON civil_scan (piece_id)",
    """
CREATE TABLE civil_trip_file (
    trip_id INTEGER NOT NULL,
    file_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    event_id INTEGER,
    CONSTRAINT pk_civil_trip_file PRIMARY KEY (trip_id, file_id),
    CONSTRAINT fk_civil_trip_file_trip_id FOREIGN KEY(trip_id) REFERENCES civil_trip (id),
    CONSTRAINT fk_civil_trip_file_file_id FOREIGN KEY(file_id) REFERENCES civil_file (id),
    CONSTRAINT fk_civil_trip_file_event_id FOREIGN KEY(event_id) REFERENCES civil_event (id)
)
 WITHOUT ROWID
    """,
    """
CREATE TABLE civil_fee (
    id INTEGER NOT NULL,
    file_id INTEGER NOT NULL,
    label TEXT NOT NULL,
    amount INTEGER NOT NULL,
    payer TEXT NOT NULL,
    "on" TEXT NOT NULL,
    receipt_id INTEGER,
    expense_id INTEGER,
    cancelled BOOLEAN NOT NULL,
    CONSTRAINT pk_civil_fee PRIMARY KEY (id),
    CONSTRAINT fk_civil_fee_file_id FOREIGN KEY(file_id) REFERENCES civil_file (id),
    CONSTRAINT fk_civil_fee_receipt_id FOREIGN KEY(receipt_id) REFERENCES receipt (id),
    CONSTRAINT fk_civil_fee_expense_id FOREIGN KEY(expense_id) REFERENCES expense (id)
)
    """,
    "CREATE INDEX ix_civil_fee_expense_id ON civil_fee (expense_id)",
    "CREATE INDEX ix_civil_fee_file_id ON civil_fee (file_id)",
    "CREATE INDEX ix_civil_fee_receipt_id ON civil_fee (receipt_id)",
)


def upgrade() -> None:
    """Make the tables of the civil files."""
    for statement in TABLES:
        op.execute(statement)
