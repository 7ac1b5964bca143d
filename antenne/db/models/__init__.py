"""SQLAlchemy classes, without rules."""
