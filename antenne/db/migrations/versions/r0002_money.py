"""Money: the chart, entries and postings, receipts, dues, expenses, closings, projects.

Boxes and cash days stand since the first tables; nothing of them is rebuilt. The chart of accounts is put in here, for
a new office as for one of an earlier release.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import text

from antenne.domain.accounts import CHART

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = (
    """
CREATE TABLE account (
    id INTEGER NOT NULL,
    code TEXT NOT NULL,
    label TEXT NOT NULL,
    kind TEXT NOT NULL,
    sycebnl TEXT NOT NULL,
    role TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    CONSTRAINT pk_account PRIMARY KEY (id),
    CONSTRAINT uq_account_code UNIQUE (code)
)
    """,
    "CREATE INDEX ix_account_role ON account (role)",
    """
CREATE TABLE project (
    id INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    donor TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    CONSTRAINT pk_project PRIMARY KEY (id),
    CONSTRAINT uq_project_code UNIQUE (code)
)
    """,
    """
CREATE TABLE stub_range (
    id INTEGER NOT NULL,
    year INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    opened_at TEXT NOT NULL,
    CONSTRAINT pk_stub_range PRIMARY KEY (id)
)
    """,
    """
CREATE TABLE budget_line (
    id INTEGER NOT NULL,
    project_id INTEGER NOT NULL,
    code TEXT NOT NULL,
    label TEXT NOT NULL,
    amount INTEGER NOT NULL,
    CONSTRAINT pk_budget_line PRIMARY KEY (id),
    CONSTRAINT uq_budget_line_project_id UNIQUE (project_id, code),
    CONSTRAINT fk_budget_line_project_id FOREIGN KEY(project_id) REFERENCES project (id)
)
    """,
    """
CREATE TABLE due (
    id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    period_start TEXT NOT NULL,
    period_end TEXT NOT NULL,
    due_on TEXT NOT NULL,
    amount INTEGER NOT NULL,
    exempt BOOLEAN NOT NULL,
    exempt_reason TEXT NOT NULL,
    paid INTEGER NOT NULL,
    cancelled_on TEXT,
    cancelled_reason TEXT NOT NULL,
    CONSTRAINT pk_due PRIMARY KEY (id),
    CONSTRAINT uq_due_person_id UNIQUE (person_id, kind, period_start),
    CONSTRAINT fk_due_person_id FOREIGN KEY(person_id) REFERENCES person (id)
)
    """,
    "CREATE INDEX ix_due_due_on ON due (due_on)",
    """
CREATE INDEX ix_due_open ON due (person_id, due_on, amount, paid, kind, period_start)
WHERE cancelled_on IS NULL AND exempt = 0 AND paid < amount
    """,
    """
CREATE TABLE subscription (
    person_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT,
    exempt BOOLEAN NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_subscription PRIMARY KEY (person_id, kind, since),
    CONSTRAINT fk_subscription_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
)
 WITHOUT ROWID
    """,
    """
CREATE TABLE period_closing (
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    closed_at TEXT NOT NULL,
    closed_by INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    last_receipt TEXT NOT NULL,
    head TEXT NOT NULL,
    CONSTRAINT pk_period_closing PRIMARY KEY (id),
    CONSTRAINT uq_period_closing_kind UNIQUE (kind, first_day),
    CONSTRAINT fk_period_closing_closed_by FOREIGN KEY(closed_by) REFERENCES user (id)
)
    """,
    """
CREATE TABLE cash_count (
    cash_day_id INTEGER NOT NULL,
    denomination INTEGER NOT NULL,
    good INTEGER NOT NULL,
    worn INTEGER NOT NULL,
    CONSTRAINT pk_cash_count PRIMARY KEY (cash_day_id, denomination),
    CONSTRAINT fk_cash_count_cash_day_id FOREIGN KEY(cash_day_id) REFERENCES cash_day (id)
)
    """,
    """
CREATE TABLE closing (
    cash_day_id INTEGER NOT NULL,
    theoretical INTEGER NOT NULL,
    counted INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    last_receipt TEXT NOT NULL,
    head TEXT NOT NULL,
    sheet_printed_at TEXT,
    CONSTRAINT pk_closing PRIMARY KEY (cash_day_id),
    CONSTRAINT fk_closing_cash_day_id FOREIGN KEY(cash_day_id) REFERENCES cash_day (id)
)
    """,
    """
CREATE TABLE entry (
    id INTEGER NOT NULL,
    day TEXT NOT NULL,
    at TEXT NOT NULL,
    cash_day_id INTEGER NOT NULL,
    actor_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    reverses INTEGER,
    hash BLOB NOT NULL,
    CONSTRAINT pk_entry PRIMARY KEY (id),
    CONSTRAINT fk_entry_cash_day_id FOREIGN KEY(cash_day_id) REFERENCES cash_day (id),
    CONSTRAINT uq_entry_reverses UNIQUE (reverses),
    CONSTRAINT fk_entry_reverses FOREIGN KEY(reverses) REFERENCES entry (id)
)
    """,
    "CREATE INDEX ix_entry_cash_day_id ON entry (cash_day_id)",
    "CREATE INDEX ix_entry_day ON entry (day)",
    """
CREATE TABLE expense (
    id INTEGER NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    day TEXT NOT NULL,
    entry_id INTEGER NOT NULL,
    cash_day_id INTEGER NOT NULL,
    box_id INTEGER NOT NULL,
    to_box_id INTEGER,
    actor_id INTEGER NOT NULL,
    person_id INTEGER,
    beneficiary TEXT NOT NULL,
    purpose TEXT NOT NULL,
    account_id INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    budget_line_id INTEGER,
    document TEXT NOT NULL,
    document_ref TEXT NOT NULL,
    advance_id INTEGER,
    justify_by TEXT,
    printed_at TEXT,
    copies INTEGER NOT NULL,
    cancelled_on TEXT,
    cancelled_reason TEXT NOT NULL,
    cancelled_by INTEGER,
    cashier TEXT NOT NULL,
    CONSTRAINT pk_expense PRIMARY KEY (id),
    CONSTRAINT uq_expense_year UNIQUE (year, number),
    CONSTRAINT uq_expense_entry_id UNIQUE (entry_id),
    CONSTRAINT fk_expense_entry_id FOREIGN KEY(entry_id) REFERENCES entry (id),
    CONSTRAINT fk_expense_cash_day_id FOREIGN KEY(cash_day_id) REFERENCES cash_day (id),
    CONSTRAINT fk_expense_box_id FOREIGN KEY(box_id) REFERENCES box (id),
    CONSTRAINT fk_expense_to_box_id FOREIGN KEY(to_box_id) REFERENCES box (id),
    CONSTRAINT fk_expense_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_expense_account_id FOREIGN KEY(account_id) REFERENCES account (id),
    CONSTRAINT fk_expense_budget_line_id FOREIGN KEY(budget_line_id) REFERENCES budget_line (id),
    CONSTRAINT fk_expense_advance_id FOREIGN KEY(advance_id) REFERENCES expense (id),
    CONSTRAINT fk_expense_cancelled_by FOREIGN KEY(cancelled_by) REFERENCES entry (id)
)
    """,
    "CREATE INDEX ix_expense_advance_id ON expense (advance_id)",
    "CREATE INDEX ix_expense_budget_line_id ON expense (budget_line_id)",
    "CREATE INDEX ix_expense_cash_day_id ON expense (cash_day_id)",
    "CREATE INDEX ix_expense_day ON expense (day)",
    "CREATE INDEX ix_expense_person_id ON expense (person_id)",
    """
CREATE TABLE posting (
    entry_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    debit INTEGER NOT NULL,
    credit INTEGER NOT NULL,
    cash_day_id INTEGER,
    person_id INTEGER,
    budget_line_id INTEGER,
    CONSTRAINT pk_posting PRIMARY KEY (entry_id, line),
    CONSTRAINT fk_posting_entry_id FOREIGN KEY(entry_id) REFERENCES entry (id),
    CONSTRAINT fk_posting_account_id FOREIGN KEY(account_id) REFERENCES account (id),
    CONSTRAINT fk_posting_cash_day_id FOREIGN KEY(cash_day_id) REFERENCES cash_day (id),
    CONSTRAINT fk_posting_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_posting_budget_line_id FOREIGN KEY(budget_line_id) REFERENCES budget_line (id)
)
 WITHOUT ROWID
    """,
    "CREATE INDEX ix_posting_account_id ON posting (account_id, entry_id)",
    "CREATE INDEX ix_posting_budget_line_id ON posting (budget_line_id)",
    "CREATE INDEX ix_posting_cash_day_id ON posting (cash_day_id, debit, credit)",
    "CREATE INDEX ix_posting_person_id ON posting (person_id, account_id)",
    """
CREATE TABLE receipt (
    id INTEGER NOT NULL,
    series TEXT NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    day TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    entry_id INTEGER NOT NULL,
    cash_day_id INTEGER NOT NULL,
    box_id INTEGER NOT NULL,
    actor_id INTEGER NOT NULL,
    person_id INTEGER,
    payer TEXT NOT NULL,
    total INTEGER NOT NULL,
    handed INTEGER NOT NULL,
    change_given INTEGER NOT NULL,
    change_due INTEGER NOT NULL,
    reference TEXT NOT NULL,
    note TEXT NOT NULL,
    control TEXT NOT NULL,
    printed_at TEXT,
    copies INTEGER NOT NULL,
    cancelled_on TEXT,
    cancelled_reason TEXT NOT NULL,
    cancelled_by INTEGER,
    replaced_by INTEGER,
    cashier TEXT NOT NULL,
    CONSTRAINT pk_receipt PRIMARY KEY (id),
    CONSTRAINT uq_receipt_series UNIQUE (series, year, number),
    CONSTRAINT uq_receipt_entry_id UNIQUE (entry_id),
    CONSTRAINT fk_receipt_entry_id FOREIGN KEY(entry_id) REFERENCES entry (id),
    CONSTRAINT fk_receipt_cash_day_id FOREIGN KEY(cash_day_id) REFERENCES cash_day (id),
    CONSTRAINT fk_receipt_box_id FOREIGN KEY(box_id) REFERENCES box (id),
    CONSTRAINT fk_receipt_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_receipt_cancelled_by FOREIGN KEY(cancelled_by) REFERENCES entry (id),
    CONSTRAINT fk_receipt_replaced_by FOREIGN KEY(replaced_by) REFERENCES receipt (id)
)
    """,
    "CREATE INDEX ix_receipt_cash_day_id ON receipt (cash_day_id)",
    "CREATE INDEX ix_receipt_control ON receipt (control)",
    "CREATE INDEX ix_receipt_day ON receipt (day)",
    "CREATE INDEX ix_receipt_person_id ON receipt (person_id)",
    """
CREATE TABLE card_sale (
    id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    card_id INTEGER,
    receipt_id INTEGER NOT NULL,
    sold_on TEXT NOT NULL,
    price INTEGER NOT NULL,
    cancelled BOOLEAN NOT NULL,
    CONSTRAINT pk_card_sale PRIMARY KEY (id),
    CONSTRAINT fk_card_sale_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_card_sale_card_id FOREIGN KEY(card_id) REFERENCES member_card (id),
    CONSTRAINT fk_card_sale_receipt_id FOREIGN KEY(receipt_id) REFERENCES receipt (id)
)
    """,
    "CREATE INDEX ix_card_sale_card_id ON card_sale (card_id)",
    "CREATE INDEX ix_card_sale_person_id ON card_sale (person_id)",
    "CREATE INDEX ix_card_sale_receipt_id ON card_sale (receipt_id)",
    """
CREATE TABLE document_scan (
    expense_id INTEGER NOT NULL,
    added_on TEXT NOT NULL,
    jpeg BLOB NOT NULL,
    CONSTRAINT pk_document_scan PRIMARY KEY (expense_id),
    CONSTRAINT fk_document_scan_expense_id FOREIGN KEY(expense_id) REFERENCES expense (id)
)
    """,
    """
CREATE TABLE receipt_line (
    receipt_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    amount INTEGER NOT NULL,
    subject_id INTEGER,
    account_id INTEGER NOT NULL,
    budget_line_id INTEGER,
    CONSTRAINT pk_receipt_line PRIMARY KEY (receipt_id, position),
    CONSTRAINT fk_receipt_line_receipt_id FOREIGN KEY(receipt_id) REFERENCES receipt (id),
    CONSTRAINT fk_receipt_line_account_id FOREIGN KEY(account_id) REFERENCES account (id),
    CONSTRAINT fk_receipt_line_budget_line_id FOREIGN KEY(budget_line_id) REFERENCES budget_line (id)
)
 WITHOUT ROWID
    """,
)

_ACCOUNT = text(
    "INSERT INTO account (code, label, kind, sycebnl, role, active) VALUES (:code, :label, :kind, :sycebnl, :role, 1)"
)


def upgrade() -> None:
    """Make the tables of money and put the chart in."""
    for statement in TABLES:
        op.execute(statement)
    connection = op.get_bind()
    for one in CHART:
        values = {"code": one.code, "label": one.label, "kind": one.kind.value}
        connection.execute(_ACCOUNT, {**values, "sycebnl": one.sycebnl, "role": one.role})
