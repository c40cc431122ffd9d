"""Clock: what day and time it is where the site is. Only warnings, records and reports depend on it, never the site."""

from __future__ import annotations

from datetime import date, datetime

from builder.config import Config


def today_in(config: Config) -> date:
    """Today, in the site's zone."""
    return datetime.now(config.zone).date()


def now_in(config: Config) -> str:
    """The minute that it is in the site's zone, in ISO 8601: when what is published now becomes public."""
    return datetime.now(config.zone).isoformat(timespec="minutes")
