"""Pure rules and records: no Qt, no SQL, no file, no clock."""
