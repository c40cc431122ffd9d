"""A deploy from its beginning to its end: what becomes public is recorded, the site is built, and sent."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from builder.codings import copies_among
from builder.deploy.lists import Manifest, look_at, read_manifest
from builder.deploy.plan import Deployment, Refusal, There, plan
from builder.deploy.sending import carry_out
from builder.deploy.target import Target, TargetError
from builder.faults import ArchiveError, Fault, error
from builder.hosting import FOR_HOSTS, address_of
from builder.means import Progress
from builder.order import Order, Report, build
from builder.publish.manifest import MANIFEST, manifest_with

_NAMED = 5  # files in the way that a message names


class Deployed(Struct, frozen=True):
    """What a build made, what was sent (or would be), and what was wrong."""

    report: Report
    plan: Deployment
    faults: tuple[Fault, ...]

    def addresses(self) -> tuple[str, ...]:
        """The addresses under which readers get something else now: what a cache between them and the host must drop.

        Assets aren't among them (another file has another address), nor is what only hosts read.
        """
        changed = (*self.plan.sent, *self.plan.deleted)
        others = copies_among({*self.plan.new, *changed}) | FOR_HOSTS
        files = (path for path in changed if not path.startswith("assets/") and path not in others)
        return tuple(sorted({address_of(path) for path in files}))


def deploy(
    order: Order,
    name: str,
    target: Target,
    progress: Progress,
    *,
    alone: bool,
    adopt: bool,
    verify: bool,
    dry_run: bool,
) -> Deployed:
    """Builds the site, and sends it to the target called `name`; with `dry_run`, only finds out what would be sent.

    `alone` says that nothing but the site may lie there; with `verify` it isn't believed that its files still are as
    they were sent. Raises ArchiveError where anything is at fault, the target too.
    """
    report = build(order, progress)
    manifest, data = _built(order.output, copies=target.serves_copies)

    def look() -> tuple[There, Deployment]:
        there, old = look_at(target, manifest)
        if verify:
            right = [path for path, digest in manifest.files.items() if there.may_hold(path) == {digest}]
            there = replace(there, altered=target.differing(order.output, right))
        found = plan(manifest.files, there, manifest_changed=old != data, alone=alone, adopt=adopt)
        if isinstance(found, Refusal):
            raise TargetError(name, _told(found))
        return there, found

    with target:
        there, found = look()
        if found.does_something and not dry_run:
            target.hold()
            there, found = look()  # another deploy may just have ended
            carry_out(found, there, target, order.output, manifest, data, progress)
    return Deployed(report, found, report.faults)


def _built(output: Path, *, copies: bool) -> tuple[Manifest, bytes]:
    """The manifest of what was built, and its bytes; without compressed copies, where nobody would send them."""
    data = (output / MANIFEST).read_bytes()
    manifest = read_manifest(data)
    if manifest is None or manifest.drafts:
        message = "isn't a manifest of a site without drafts; build again, and deploy then"
        raise ArchiveError([error(str(output / MANIFEST), 0, "changed", message)])
    left_out = frozenset() if copies else copies_among(manifest.files)
    if left_out:
        files = {path: digest for path, digest in manifest.files.items() if path not in left_out}
        manifest, data = replace(manifest, files=files), manifest_with(data, files)
    return manifest, data


def _told(refusal: Refusal) -> str:
    if not refusal.paths:
        return refusal.why
    more = len(refusal.paths) - _NAMED
    named = ", ".join(refusal.paths[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")
    return f"{refusal.why}: {named}"
