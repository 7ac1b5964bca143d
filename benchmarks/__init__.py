"""Ratios measured in one run against a bare reference: ``python dev.py bench``."""
