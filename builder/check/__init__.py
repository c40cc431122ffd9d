"""Checking: what is wrong with an archive beyond what stops it from being read."""

from builder.check.captures import capture_faults
from builder.check.lints import future_faults, inferred_fault

__all__ = ["capture_faults", "future_faults", "inferred_fault"]
