"""Pelican as it comes: its own theme and settings, feeds and all."""

SITENAME = "Benchmark"
SITEURL = "https://example.org"
PATH = "content"
TIMEZONE = "UTC"
