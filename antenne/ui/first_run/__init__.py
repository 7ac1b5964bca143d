"""The first run: the wizard that founds an office."""
