"""The backup screen, and the panel that restores."""
