"""Bringing in a register kept in Excel: file, columns, dry run, import."""
