"""The screens of civil files."""
