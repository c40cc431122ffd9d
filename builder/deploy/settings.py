"""`[deploy.NAME]`: a host that the site is sent to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal
from urllib.parse import urlsplit

from msgspec import Struct

from builder.model.common import describe

# What each kind of target is told; the first of a kind must be there.
_FIELDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "folder": (("path",), ()),
    "git": (("remote", "branch"), ()),
    "rsync": (("to",), ()),
    "s3": (("bucket",), ("prefix", "region", "endpoint_url")),
}
_OWN_FIELDS = tuple(dict.fromkeys(name for needed, allowed in _FIELDS.values() for name in (*needed, *allowed)))
_BRANCH = re.compile(r"[\w][\w./-]*")
# As rsync has them: a local path, host:path, host::module/path, rsync://host/module/path.
_RSYNC = re.compile(
    r"rsync://[\w@][\w@.:\[\]-]*/\S.*|(?:[\w][\w.-]*@)?(?:\w[\w.-]*|\[[0-9a-fA-F:.]+\])::?[^\s:-].*|[^:-][^:]*"
)


class DeployTarget(Struct, frozen=True, kw_only=True):
    """Where the site is sent. Passwords and keys have no place here: the tools' own settings have them."""

    type: Annotated[Literal["folder", "git", "rsync", "s3"], describe("what kind of host it is")]
    path: Annotated[str | None, describe("folder: the folder, from the archive's root or absolute")] = None
    remote: Annotated[str | None, describe("git: the repository's address")] = None
    branch: Annotated[str | None, describe("git: the branch that holds the site and nothing else")] = None
    to: Annotated[str | None, describe("rsync: the destination, as rsync writes it")] = None
    bucket: Annotated[str | None, describe("s3: the bucket")] = None
    prefix: Annotated[str | None, describe("s3: the folder in the bucket")] = None
    region: Annotated[str | None, describe("s3: the bucket's region")] = None
    endpoint_url: Annotated[str | None, describe("s3: the service's address, where it isn't Amazon's")] = None

    def problems(self) -> Iterator[tuple[str, str]]:
        """What the settings are together that they may not be: pairs of a setting and a message."""
        needed, allowed = _FIELDS[self.type]
        for name in _OWN_FIELDS:
            value: str | None = getattr(self, name)
            if value is None:
                if name in needed:
                    yield name, f'is missing; a target of type "{self.type}" needs it'
            elif name not in (*needed, *allowed):
                yield name, f'means nothing to a target of type "{self.type}"; take it out'
            elif value.startswith("-"):
                yield name, f'"{value}" begins with a dash, which programs take for an option; write it otherwise'
            elif _holds_secret(value):
                yield name, "holds a password or token; take it out, and give it to the tool itself (docs/publish.md)"
        yield from self._malformed()

    def _malformed(self) -> Iterator[tuple[str, str]]:
        if self.branch is not None and (
            not _BRANCH.fullmatch(self.branch) or ".." in self.branch or self.branch.endswith(("/", ".lock", "."))
        ):
            yield "branch", f'"{self.branch}" is no name of a branch'
        if self.remote is not None and "::" in self.remote:
            yield "remote", f'"{self.remote}" names a program to run; write an address or a path'
        if self.remote is not None and re.match(r"\w+://-|[^/]*@-", self.remote):
            yield "remote", f'"{self.remote}" names a host that begins with a dash, which ssh takes for an option'
        if self.to is not None and not self.to.startswith("-") and not _RSYNC.fullmatch(self.to):
            yield "to", f'"{self.to}" is no destination; write a path, HOST:PATH or rsync://HOST/MODULE/PATH'
        if self.endpoint_url is not None and not re.match(r"https?://[^\s/]+", self.endpoint_url):
            yield "endpoint_url", f'"{self.endpoint_url}" is no web address; it begins with https://'
        if self.prefix is not None and any(part in ("", ".", "..") for part in self.prefix.strip("/").split("/")):
            yield "prefix", f'"{self.prefix}" is no folder in a bucket; write one such as archive/public'


def _holds_secret(value: str) -> bool:
    """Whether an address has a password before its host, or a token in the place of a user."""
    try:
        parts = urlsplit(value)
        return parts.password is not None or (parts.scheme in ("http", "https") and parts.username is not None)
    except ValueError:
        return False
