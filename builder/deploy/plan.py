"""What a deploy does: a pure plan, from what is to be there and what is.

What the target's own manifests list is ours: to replace, and to delete. Everything else there is somebody else's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct

from builder.publish.journal import folders_above
from builder.publish.manifest import MANIFEST, goes_first

# The new manifest, joined with what earlier ones list, while a deploy is under way.
NEXT = "manifest.next.json"
# Assets of the site before, which pages in readers' hands may still name.
KEPT = "manifest.kept.json"
# Who deploys there now, where a place knows no other lock.
LOCK = "manifest.lock.json"
OWN = frozenset({MANIFEST, NEXT, KEPT, LOCK})

UNKNOWN = ""  # in the place of a digest: what lay there before anybody recorded it


class There(Struct, frozen=True):
    """What lies at a target: the paths of all files, and what its manifests say.

    `manifest` is None where there is none. `unfinished` is what an interrupted deploy has left: for each path, the
    SHA-256 of all that it may hold. `kept` are assets of the site before. `altered` are files of ours that hold
    something else than any of these say. `anothers` says whose site it is, where that is another archive's.
    """

    files: frozenset[str] = frozenset()
    manifest: Mapping[str, str] | None = None
    unfinished: Mapping[str, tuple[str, ...]] | None = None
    kept: Mapping[str, str] = {}
    altered: frozenset[str] = frozenset()
    anothers: str = ""

    def lists(self, path: str) -> bool:
        """Whether a file is ours, by the target's manifests."""
        return path in (self.manifest or {}) or path in (self.unfinished or {}) or path in self.kept

    def may_hold(self, path: str) -> frozenset[str | None]:
        """The SHA-256 of all that may lie at `path`; None for nothing, `UNKNOWN` for what nobody recorded."""
        if path not in self.files:
            return frozenset({None})
        found = {listed[path] for listed in (self.manifest or {}, self.kept) if path in listed}
        found.update((self.unfinished or {}).get(path, ()))
        if path in self.altered:
            found.add(UNKNOWN)
        return frozenset(found or {UNKNOWN})


class Deployment(Struct, frozen=True):
    """What a deploy does, in this order.

    It writes `unfinished`; deletes `ahead`, which is in the way; sends each of `uploads` (assets, pages, others) when
    all of the one before are there; writes the manifest; deletes `deletions`; and writes `kept`.
    """

    unfinished: dict[str, tuple[str, ...]]
    ahead: tuple[str, ...]
    uploads: tuple[tuple[str, ...], ...]
    deletions: tuple[str, ...]
    kept: dict[str, str]
    new: dict[str, str]
    does_something: bool

    @property
    def sent(self) -> tuple[str, ...]:
        """The paths of all files that are sent, in their order."""
        return tuple(path for stage in self.uploads for path in stage)

    @property
    def deleted(self) -> tuple[str, ...]:
        """The paths of all files that are deleted."""
        return (*self.ahead, *self.deletions)


class Refusal(Struct, frozen=True):
    """Why nothing is sent. `paths` are the files that stand in the way, if single ones do."""

    why: str
    paths: tuple[str, ...] = ()


def plan(
    new: Mapping[str, str], there: There, *, manifest_changed: bool, alone: bool, adopt: bool
) -> Deployment | Refusal:
    """How a target comes to hold the files `new` (SHA-256 by path) instead of those that are there.

    `manifest_changed` says whether the new manifest differs from the one there. `alone` says that nothing else may lie
    there. `adopt` takes files at our paths for ours that no manifest there lists, and another archive's site for such
    files; it never deletes one.
    """
    if there.anothers and adopt:
        there = There(there.files)
    refusal = _refusal(new, there, alone, adopt)
    if refusal is not None:
        return refusal
    listed = dict.fromkeys((*(there.manifest or {}), *(there.unfinished or {}), *there.kept))
    to_send = [path for path, digest in new.items() if there.may_hold(path) != {digest}]
    finished = there.unfinished is None
    if not to_send and not manifest_changed and finished:
        return Deployment({}, (), (), (), dict(there.kept), dict(new), False)
    leaving = {
        path: digests
        for path in listed
        if path not in new and path in there.files and path not in OWN and (digests := there.may_hold(path))
    }
    kept = {
        path: min(digest or UNKNOWN for digest in digests)
        for path, digests in sorted(leaving.items())
        if path.startswith("assets/") and path not in there.kept
    }
    folders = {folder for path in new for folder in folders_above(path)}
    ahead = [path for path in leaving if path in folders or not new.keys().isdisjoint(folders_above(path))]
    going = [path for path in leaving if path not in kept and path not in ahead]
    unfinished = {path: _digests(path, new, there) for path in sorted({*new, *listed} - OWN)}
    return Deployment(
        unfinished=unfinished,
        ahead=tuple(sorted(ahead)),
        uploads=tuple(_in_stages(to_send)),
        deletions=tuple(sorted(going, key=_rank, reverse=True)),
        kept={path: digest for path, digest in kept.items() if path not in ahead},
        new=dict(new),
        does_something=True,
    )


def _refusal(new: Mapping[str, str], there: There, alone: bool, adopt: bool) -> Refusal | None:
    if there.anothers:
        return Refusal(
            f"holds the site of another archive ({there.anothers}); name another target. If this site is to take its "
            "place, deploy once with --adopt, which replaces what lies in the places of its files and deletes nothing"
        )
    is_ours = there.manifest is not None or there.unfinished is not None
    strangers = frozenset(path for path in there.files if path not in OWN and not there.lists(path))
    others = sorted(strangers - new.keys())
    if alone and others:
        return Refusal("holds files that no deploy has sent, and must hold nothing else; name another", tuple(others))
    if there.files and not is_ours and not adopt:
        return Refusal(
            "holds files and no manifest of Sitrep, so nobody knows whose they are; look at them, and if the site may "
            "lie among them, deploy once with --adopt, which deletes none of them"
        )
    blocked = {*_blocked(new, strangers)}
    if blocked:
        return Refusal(
            "holds files that no deploy has sent where the site needs folders, or folders where it needs files; "
            "move them away",
            tuple(sorted(blocked)),
        )
    in_the_way = sorted(strangers & new.keys())
    if in_the_way and not adopt:
        return Refusal(
            "holds files that no deploy has sent in the places of files of the site; move them away, or replace them "
            "with --adopt",
            tuple(in_the_way),
        )
    return None


def _blocked(new: Mapping[str, str], strangers: Collection[str]) -> Iterator[str]:
    """Strangers' files that are folders of ours, or that lie in what is a file of ours."""
    if not strangers:
        return
    folders = {folder for path in new for folder in folders_above(path)}
    yield from (path for path in strangers if path in folders or not new.keys().isdisjoint(folders_above(path)))


def _digests(path: str, new: Mapping[str, str], there: There) -> tuple[str, ...]:
    """All that may lie at a path until the deploy is done."""
    found = {digest for digest in there.may_hold(path) if digest is not None}
    return tuple(sorted(found | ({new[path]} if path in new else set())))


def _in_stages(paths: Iterable[str]) -> Iterator[tuple[str, ...]]:
    stages: dict[int, list[str]] = {}
    for path in paths:
        stages.setdefault(_rank(path)[0], []).append(path)
    yield from (tuple(sorted(stages[rank])) for rank in sorted(stages))


def _rank(path: str) -> tuple[int, str]:
    """Assets, pages, and what is for machines: no page is there before what it names."""
    if goes_first(path):
        return 0, path
    return (1 if path.endswith(".html") else 2), path
