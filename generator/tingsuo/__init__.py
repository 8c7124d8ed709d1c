"""Tingsuo (庭所): YAML typical cases and mediation guidelines, compiled to a site that needs no network."""

__version__ = "0.1.0"
