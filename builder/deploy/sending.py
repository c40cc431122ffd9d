"""Sending: a plan is carried out at a target, step by step, so that readers meet a whole site at every moment."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from builder.deploy.lists import Manifest, kept_bytes, next_bytes
from builder.deploy.plan import KEPT, NEXT, Deployment, There
from builder.deploy.target import Target
from builder.faults import ArchiveError, error
from builder.means import Progress
from builder.publish.manifest import MANIFEST
from builder.workers import in_chunks

_AT_ONCE = 100  # files: after each hundred a person sees how far it is


def carry_out(
    plan: Deployment,
    there: There,
    target: Target,
    folder: Path,
    manifest: Manifest,
    data: bytes,
    progress: Progress,
) -> None:
    """Makes the target hold the site in `folder`, whose `manifest` will be the bytes `data` there.

    If it is interrupted, the next deploy goes on: what it has put there is listed there. Raises TargetError where the
    target refuses.
    """
    if not plan.does_something:
        return
    target.write(NEXT, next_bytes(plan.unfinished, manifest.base_url))
    target.delete(plan.ahead)
    chunks = [chunk for stage in plan.uploads for chunk in in_chunks(stage, _AT_ONCE)]
    for chunk in progress("sending", chunks, len(chunks)):
        _check_built(folder, plan.new, chunk)
        target.send(folder, chunk)
    target.write(MANIFEST, data)
    target.delete(plan.deletions)
    if plan.kept:
        target.write(KEPT, kept_bytes(plan.kept))
    elif KEPT in there.files:
        target.delete([KEPT])
    target.delete([NEXT])
    target.finish()


def _check_built(folder: Path, files: Mapping[str, str], paths: tuple[str, ...]) -> None:
    """What is sent is what was built: somebody may have changed a file since."""
    for path in paths:
        try:
            with (folder / path).open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as problem:
            message = f"can't be read: {problem.strerror}; deploy again"
            raise ArchiveError([error(path, 0, "changed", message)]) from problem
        if digest != files[path]:
            raise ArchiveError([error(path, 0, "changed", "changed since the site was built; deploy again")])
