"""A deploy from its beginning to its end: what becomes public is recorded, the site is built, and sent."""

from __future__ import annotations

from msgspec import Struct

from builder.deploy.lists import look_at, read_manifest
from builder.deploy.plan import Deployment, Refusal, plan
from builder.deploy.sending import carry_out
from builder.deploy.target import Target, TargetError
from builder.faults import ArchiveError, Fault, error
from builder.hosting import address_of
from builder.means import Progress
from builder.order import Order, Report, build
from builder.publish.manifest import MANIFEST

_NAMED = 5  # files in the way that a message names


class Deployed(Struct, frozen=True):
    """What a build made, what was sent (or would be), and what was wrong."""

    report: Report
    plan: Deployment
    faults: tuple[Fault, ...]

    def addresses(self) -> tuple[str, ...]:
        """The addresses under which readers get something else now: what a cache between them and the host must drop.

        Assets aren't among them: another file has another address.
        """
        files = (path for path in (*self.plan.sent, *self.plan.deleted) if not path.startswith("assets/"))
        return tuple(sorted({address_of(path) for path in files}))


def deploy(
    order: Order, name: str, target: Target, progress: Progress, *, alone: bool, adopt: bool, dry_run: bool
) -> Deployed:
    """Builds the site, and sends it to the target called `name`; with `dry_run`, only finds out what would be sent.

    `alone` says that nothing but the site may lie there. Raises ArchiveError where anything is at fault, the target
    too.
    """
    report = build(order, progress)
    data = (order.output / MANIFEST).read_bytes()
    manifest = read_manifest(data)
    if manifest is None or manifest.drafts:
        message = "isn't a manifest of a site without drafts; build again, and deploy then"
        raise ArchiveError([error(str(order.output / MANIFEST), 0, "changed", message)])
    with target:
        there, old = look_at(target)
        found = plan(manifest.files, there, manifest_changed=old != data, alone=alone, adopt=adopt)
        if isinstance(found, Refusal):
            raise TargetError(name, _told(found))
        if not dry_run:
            carry_out(found, there, target, order.output, data, progress)
    return Deployed(report, found, report.faults)


def _told(refusal: Refusal) -> str:
    if not refusal.paths:
        return refusal.why
    more = len(refusal.paths) - _NAMED
    named = ", ".join(refusal.paths[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")
    return f"{refusal.why}: {named}"
