"""Checking: what is wrong with an archive beyond what stops it from being read."""
