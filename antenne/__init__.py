"""Antenne: the encrypted register of one office of DANAYA SO."""

__version__ = "0.1.0"
