"""SQLAlchemy classes, without rules. Importing the package loads every table into ``Base.metadata``."""

from antenne.db.models import cards, civil, expenses, ledger, members, office, partners, receipts
from antenne.db.models.base import Base

__all__ = ["Base", "cards", "civil", "expenses", "ledger", "members", "office", "partners", "receipts"]
