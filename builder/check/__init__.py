"""Checking: what is wrong with an archive beyond what stops it from being read."""

from builder.check.captures import capture_faults
from builder.check.lints import lint_faults

__all__ = ["capture_faults", "lint_faults"]
