"""A target that is a bucket, at Amazon S3 or at whoever speaks its protocol."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from builder.deploy.lease import Lease
from builder.deploy.target import TargetError
from builder.hosting import cache_control, content_type
from builder.workers import in_chunks

_THREADS = 16  # a request takes tens of milliseconds, nearly all of it waiting
_PAGE = 1000  # keys that one request may delete, by the protocol


class S3Target:
    """A bucket, or a folder in one. An object is there whole or not at all.

    Keys come from where boto3 looks for them: the environment, or AWS's own files.
    """

    serves_copies = False  # an object is sent as it is, whatever the browser takes

    def __init__(self, name: str, bucket: str, prefix: str | None, region: str | None, endpoint: str | None) -> None:
        """Raises ImportError where boto3 is missing."""
        import boto3
        from botocore.config import Config

        self._name = name
        self._bucket = bucket
        self._prefix = f"{prefix.strip('/')}/" if prefix and prefix.strip("/") else ""
        # Many services that speak the protocol know nothing of the newer checksums.
        config = Config(
            max_pool_connections=_THREADS,
            retries={"mode": "standard", "max_attempts": 4},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        self._lease = Lease(name, self)
        with self._telling():
            self._client: Any = boto3.session.Session().client(
                "s3", region_name=region, endpoint_url=endpoint, config=config
            )

    def __enter__(self) -> S3Target:
        """There is nothing to take up: each request is one of its own."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Lets go of the bucket, and closes the connections."""
        self._lease.release()
        self._client.close()

    def hold(self) -> None:
        """Takes a lease."""
        self._lease.take()

    def files(self) -> frozenset[str]:
        """The paths of all objects below the prefix."""
        with self._telling():
            keys = (entry["Key"] for entry in self._listed())
            # Some consoles show folders by empty objects of their names.
            return frozenset(key.removeprefix(self._prefix) for key in keys if not key.endswith("/"))

    def _listed(self) -> Iterator[dict[str, Any]]:
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=self._prefix)
        return (entry for page in pages for entry in page.get("Contents", ()))

    def read(self, path: str) -> bytes | None:
        """The bytes of an object."""
        with self._telling():
            try:
                data: bytes = self._client.get_object(Bucket=self._bucket, Key=self._prefix + path)["Body"].read()
                return data
            except self._client.exceptions.NoSuchKey:
                return None

    def write(self, path: str, data: bytes) -> None:
        """Puts an object, with its type and how long it may be kept."""
        with self._telling():
            self._put(path, data)

    def create(self, path: str, data: bytes) -> bool:
        """Puts an object if there is none; at a service that can't tell, in any case."""
        from botocore.exceptions import ClientError

        with self._telling():
            try:
                self._put(path, data, IfNoneMatch="*")
            except ClientError as problem:
                code = problem.response.get("Error", {}).get("Code")
                if code in ("PreconditionFailed", "ConditionalRequestConflict", "412", "409"):
                    return False
                if code != "NotImplemented":
                    raise
                self._put(path, data)
            return True

    def send(self, folder: Path, paths: Sequence[str]) -> None:
        """Puts objects, several at a time."""
        self._lease.renew()
        with self._telling(), ThreadPoolExecutor(_THREADS) as threads:
            for _ in threads.map(lambda path: self._put(path, (folder / path).read_bytes()), paths):
                pass

    def _put(self, path: str, data: bytes, **conditions: str) -> None:
        self._client.put_object(
            Bucket=self._bucket,
            Key=self._prefix + path,
            Body=data,
            ContentType=content_type(path),
            CacheControl=cache_control(path),
            **conditions,
        )

    def delete(self, paths: Collection[str]) -> None:
        """Deletes objects, in their order."""
        with self._telling():
            for some in in_chunks(paths, _PAGE):
                objects = [{"Key": self._prefix + path} for path in some]
                done = self._client.delete_objects(Bucket=self._bucket, Delete={"Objects": objects, "Quiet": True})
                for failed in done.get("Errors", ()):
                    raise TargetError(self._name, f"{failed['Key']} can't be deleted: {failed.get('Message', '')}")

    def differing(self, folder: Path, paths: Collection[str]) -> frozenset[str]:
        """Those of the objects whose tags aren't the MD5 of the files, as they are of what was put in one go.

        Where a bucket encrypts with keys of its owner's, the tags are others: all objects are said to differ.
        """
        with self._telling():
            tags = {entry["Key"].removeprefix(self._prefix): entry["ETag"].strip('"') for entry in self._listed()}
            return frozenset(path for path in paths if tags.get(path) != _md5(folder / path))

    def finish(self) -> None:
        """There is nothing left to do."""

    @contextmanager
    def _telling(self) -> Iterator[None]:
        from boto3.exceptions import Boto3Error
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            yield
        except (Boto3Error, BotoCoreError, ClientError) as problem:
            raise TargetError(
                self._name, f"the bucket {self._bucket} refuses: {problem}{_way_out(problem)}"
            ) from problem
        except OSError as problem:
            raise TargetError(self._name, f"{problem.filename} can't be read: {problem.strerror}") from problem


def _md5(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def _way_out(problem: Exception) -> str:
    if type(problem).__name__ in ("NoCredentialsError", "PartialCredentialsError"):
        return "; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile with AWS_PROFILE"
    return ""
