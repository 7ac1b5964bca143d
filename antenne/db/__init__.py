"""The encrypted file: engine, keys, models, repositories, unit of work, backup."""
