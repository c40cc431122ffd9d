"""The site as it is to leave this machine: what `deploy` sends and `export` writes."""

from __future__ import annotations

from pathlib import Path

from builder.cli.archive import today_in
from builder.config import Config
from builder.order import Order
from builder.workers import default_jobs


def public_order(root: Path, config: Config) -> Order:
    """The order of a site without drafts, in the archive's own output folder."""
    return Order(
        root=root,
        config=config,
        output=root / "output",
        drafts=False,
        strict=False,
        clean=False,
        verify=False,
        jobs=default_jobs(),
        today=today_in(config),
    )
