"""Forms as data: definitions, the reading of answers, their validation."""
