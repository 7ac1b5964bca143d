"""Adhérentes: the list, the woman's page, her file, new ones."""
