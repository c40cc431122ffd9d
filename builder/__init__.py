"""Sitrep: a static site generator for a curated archive of conflict briefings."""

__version__ = "0.1.0"
