"""One widget per family of fields; ``make`` picks it."""
