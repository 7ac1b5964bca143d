"""Widgets, form builder, background operations, theme: what every screen uses."""
