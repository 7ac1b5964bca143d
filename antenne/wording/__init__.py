"""Codes to French sentences, for the screen, the paper and the command line."""
