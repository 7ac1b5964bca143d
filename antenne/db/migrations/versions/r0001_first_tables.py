"""The first tables; cash days and boxes stand from the start, so that entries will need no rebuild."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    """
CREATE TABLE audit (
    id INTEGER NOT NULL,
    at TEXT NOT NULL,
    actor_id INTEGER NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_id INTEGER NOT NULL,
    request_id TEXT,
    digest TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT pk_audit PRIMARY KEY (id),
    CONSTRAINT uq_audit_request_id UNIQUE (request_id)
)
    """,
    """
CREATE TABLE backup (
    id INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    made_at TEXT NOT NULL,
    volume TEXT NOT NULL,
    file_name TEXT NOT NULL,
    size INTEGER NOT NULL,
    verified BOOLEAN NOT NULL,
    CONSTRAINT pk_backup PRIMARY KEY (id),
    CONSTRAINT uq_backup_counter UNIQUE (counter)
)
    """,
    "CREATE INDEX ix_backup_made_at ON backup (made_at)",
    """
CREATE TABLE box (
    id INTEGER NOT NULL,
    code TEXT NOT NULL,
    label TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    CONSTRAINT pk_box PRIMARY KEY (id),
    CONSTRAINT uq_box_code UNIQUE (code)
)
    """,
    """
CREATE TABLE counter (
    name TEXT NOT NULL,
    value INTEGER NOT NULL,
    CONSTRAINT pk_counter PRIMARY KEY (name)
)
    """,
    """
CREATE TABLE draft (
    id INTEGER NOT NULL,
    form TEXT NOT NULL,
    form_version INTEGER NOT NULL,
    subject_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    saved_at TEXT NOT NULL,
    body JSON NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY (id),
    CONSTRAINT uq_draft_form UNIQUE (form, subject_id, user_id)
)
    """,
    """
CREATE TABLE known_key (
    id INTEGER NOT NULL,
    volume_serial TEXT NOT NULL,
    marker TEXT NOT NULL,
    label TEXT NOT NULL,
    last_used_at TEXT,
    CONSTRAINT pk_known_key PRIMARY KEY (id),
    CONSTRAINT uq_known_key_marker UNIQUE (marker)
)
    """,
    """
CREATE TABLE list_entry (
    list_name TEXT NOT NULL,
    code TEXT NOT NULL,
    label TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT,
    position INTEGER NOT NULL,
    CONSTRAINT pk_list_entry PRIMARY KEY (list_name, code)
)
    """,
    """
CREATE TABLE office (
    id INTEGER NOT NULL,
    db_id TEXT NOT NULL,
    association TEXT NOT NULL,
    motto TEXT NOT NULL,
    name TEXT NOT NULL,
    town TEXT NOT NULL,
    postal_box TEXT NOT NULL,
    phone TEXT NOT NULL,
    logo BLOB,
    neutral_heading TEXT NOT NULL,
    headings JSON NOT NULL,
    demo BOOLEAN NOT NULL,
    paper_key BLOB NOT NULL,
    key_generation INTEGER NOT NULL,
    key_digest TEXT NOT NULL,
    sealed_epoch INTEGER NOT NULL,
    CONSTRAINT pk_office PRIMARY KEY (id)
)
    """,
    """
CREATE TABLE person (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    last_name TEXT NOT NULL,
    first_name TEXT NOT NULL,
    name_norm TEXT NOT NULL,
    search_text TEXT NOT NULL,
    pseudonym TEXT NOT NULL,
    nicknames JSON NOT NULL,
    birth_precision TEXT NOT NULL,
    birth_value TEXT,
    birth_age INTEGER,
    birth_declared_on TEXT,
    birth_event TEXT NOT NULL,
    birth_place TEXT NOT NULL,
    nationality TEXT NOT NULL,
    languages JSON NOT NULL,
    quarter TEXT NOT NULL,
    emergency_name TEXT NOT NULL,
    emergency_phone TEXT NOT NULL,
    emergency_knows BOOLEAN,
    never_tell TEXT NOT NULL,
    recognition_question TEXT NOT NULL,
    mother_name TEXT NOT NULL,
    children_count INTEGER,
    schooling TEXT NOT NULL,
    literate BOOLEAN,
    activity TEXT NOT NULL,
    displaced BOOLEAN,
    displaced_from TEXT NOT NULL,
    displaced_on TEXT,
    id_type TEXT NOT NULL,
    id_number TEXT NOT NULL,
    id_expires_on TEXT,
    nina TEXT NOT NULL,
    evident_adult TEXT NOT NULL,
    register_ref TEXT NOT NULL,
    died_on TEXT,
    erased_on TEXT,
    updated_at TEXT NOT NULL,
    updated_by INTEGER NOT NULL,
    CONSTRAINT pk_person PRIMARY KEY (id),
    CONSTRAINT uq_person_number UNIQUE (number)
)
    """,
    "CREATE INDEX ix_person_name_norm ON person (name_norm)",
    """
CREATE TABLE sealed (
    id BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    version INTEGER NOT NULL,
    body BLOB NOT NULL,
    CONSTRAINT pk_sealed PRIMARY KEY (id)
)
 WITHOUT ROWID
    """,
    """
CREATE TABLE sealed_count (
    id INTEGER NOT NULL,
    indicator TEXT NOT NULL,
    month TEXT NOT NULL,
    previous_month TEXT,
    cell TEXT NOT NULL,
    persons INTEGER NOT NULL,
    sessions INTEGER NOT NULL,
    CONSTRAINT pk_sealed_count PRIMARY KEY (id)
)
    """,
    """
CREATE TABLE setting (
    "key" TEXT NOT NULL,
    since TEXT NOT NULL,
    value JSON NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY ("key", since)
)
    """,
    """
CREATE TABLE audit_detail (
    audit_id INTEGER NOT NULL,
    subject TEXT NOT NULL,
    subject_id INTEGER NOT NULL,
    salt TEXT NOT NULL,
    details TEXT,
    CONSTRAINT pk_audit_detail PRIMARY KEY (audit_id),
    CONSTRAINT fk_audit_detail_audit_id FOREIGN KEY(audit_id) REFERENCES audit (id)
)
    """,
    "CREATE INDEX ix_audit_detail_subject_id ON audit_detail (subject_id)",
    """
CREATE TABLE consent (
    id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    given_on TEXT NOT NULL,
    how TEXT NOT NULL,
    witness TEXT NOT NULL,
    withdrawn_on TEXT,
    CONSTRAINT pk_consent PRIMARY KEY (id),
    CONSTRAINT fk_consent_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
)
    """,
    "CREATE INDEX ix_consent_person_id ON consent (person_id)",
    """
CREATE TABLE member_card (
    id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    layout INTEGER NOT NULL,
    issued_on TEXT NOT NULL,
    valid_until TEXT NOT NULL,
    duplicate_no INTEGER NOT NULL,
    reason TEXT NOT NULL,
    printed_at TEXT,
    handed_on TEXT,
    handed_how TEXT NOT NULL,
    lost_on TEXT,
    lost_how TEXT NOT NULL,
    replaced_by INTEGER,
    control TEXT NOT NULL,
    CONSTRAINT pk_member_card PRIMARY KEY (id),
    CONSTRAINT fk_member_card_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE,
    CONSTRAINT fk_member_card_replaced_by FOREIGN KEY(replaced_by) REFERENCES member_card (id)
)
    """,
    "CREATE INDEX ix_member_card_control ON member_card (control)",
    "CREATE INDEX ix_member_card_person_id ON member_card (person_id)",
    "CREATE INDEX ix_member_card_valid_until ON member_card (valid_until)",
    """
CREATE TABLE membership (
    person_id INTEGER NOT NULL,
    number TEXT NOT NULL,
    joined_on TEXT NOT NULL,
    sponsor_id INTEGER,
    exempt BOOLEAN NOT NULL,
    suspended_on TEXT,
    left_on TEXT,
    left_reason TEXT NOT NULL,
    CONSTRAINT pk_membership PRIMARY KEY (person_id),
    CONSTRAINT fk_membership_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE,
    CONSTRAINT uq_membership_number UNIQUE (number),
    CONSTRAINT fk_membership_sponsor_id FOREIGN KEY(sponsor_id) REFERENCES person (id) ON DELETE SET NULL
)
    """,
    "CREATE INDEX ix_membership_joined_on ON membership (joined_on)",
    "CREATE INDEX ix_membership_sponsor_id ON membership (sponsor_id)",
    """
CREATE TABLE person_phone (
    id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    number TEXT NOT NULL,
    owner TEXT NOT NULL,
    may_call BOOLEAN,
    may_message BOOLEAN,
    CONSTRAINT pk_person_phone PRIMARY KEY (id),
    CONSTRAINT fk_person_phone_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
)
    """,
    "CREATE INDEX ix_person_phone_number ON person_phone (number)",
    "CREATE INDEX ix_person_phone_person_id ON person_phone (person_id)",
    """
CREATE TABLE photo (
    person_id INTEGER NOT NULL,
    jpeg BLOB NOT NULL,
    taken_on TEXT NOT NULL,
    CONSTRAINT pk_photo PRIMARY KEY (person_id),
    CONSTRAINT fk_photo_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
)
    """,
    """
CREATE TABLE user (
    id INTEGER NOT NULL,
    slot_id TEXT NOT NULL,
    name TEXT NOT NULL,
    roles JSON NOT NULL,
    person_id INTEGER,
    created_on TEXT NOT NULL,
    left_on TEXT,
    CONSTRAINT pk_user PRIMARY KEY (id),
    CONSTRAINT uq_user_slot_id UNIQUE (slot_id),
    CONSTRAINT fk_user_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
)
    """,
    """
CREATE TABLE cash_day (
    id INTEGER NOT NULL,
    box_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    opened_by INTEGER NOT NULL,
    opening_amount INTEGER NOT NULL,
    closed_at TEXT,
    closed_by INTEGER,
    counted_amount INTEGER,
    gap_reason TEXT NOT NULL,
    CONSTRAINT pk_cash_day PRIMARY KEY (id),
    CONSTRAINT uq_cash_day_box_id UNIQUE (box_id, day),
    CONSTRAINT fk_cash_day_box_id FOREIGN KEY(box_id) REFERENCES box (id),
    CONSTRAINT fk_cash_day_opened_by FOREIGN KEY(opened_by) REFERENCES user (id),
    CONSTRAINT fk_cash_day_closed_by FOREIGN KEY(closed_by) REFERENCES user (id)
)
    """,
    "CREATE INDEX ix_cash_day_day ON cash_day (day)",
)


def upgrade() -> None:
    """Make every table of the first release."""
    for statement in TABLES:
        op.execute(statement)
