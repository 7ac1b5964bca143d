"""Records to PDF bytes."""
