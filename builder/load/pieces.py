"""Documents through the cache: one that did not change is neither read nor parsed again."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic

from msgspec import Struct, msgpack

from builder.cache import Pieces, fingerprint, program_fingerprint
from builder.faults import Fault
from builder.markdown.settings import MarkdownSettings
from builder.model.common import Document
from builder.model.documents import M
from builder.reading.files import decode, read_fault

if TYPE_CHECKING:
    from builder.load.documents import Loaded


class _Kept(Struct, Generic[M], frozen=True, array_like=True):
    document: Document[M] | None
    faults: list[Fault]


class Read(Struct, Generic[M], frozen=True):
    """A document as it was read: None where it couldn't be, for the reasons in `faults`.

    `digest` is the SHA-256 of the file's bytes (None where it couldn't even be opened), `key` that of the piece.
    """

    document: Document[M] | None
    digest: bytes | None
    key: bytes
    faults: list[Fault]


class DocumentPieces:
    """Reads documents below `root`, and keeps what they hold, with the HTML of their bodies, in `pieces`."""

    _kind = "document"

    def __init__(self, root: Path, settings: MarkdownSettings, pieces: Pieces) -> None:
        self._root = root
        self._settings = settings
        self._pieces = pieces
        self._basis = fingerprint(program_fingerprint(), self._kind, settings)
        self._unwritten: list[tuple[bytes, bytes]] = []

    def read(self, path: str, type_: type[M], digest: bytes | None) -> Read[M]:
        """The document at `path`; `digest` is the SHA-256 of the file's bytes, if that is known."""
        if digest is not None:
            kept = self._find(path, type_, digest)
            if kept is not None:
                return kept
        data = self._bytes(path)
        if isinstance(data, Fault):
            return Read(None, None, b"", [data])
        digest = hashlib.sha256(data).digest()
        return self._find(path, type_, digest) or self._made(path, type_, digest, data)

    def read_first(self, path: str, type_: type[M]) -> Read[M]:
        """The same in an archive of which nothing is kept yet: it isn't looked for."""
        data = self._bytes(path)
        if isinstance(data, Fault):
            return Read(None, None, b"", [data])
        return self._made(path, type_, hashlib.sha256(data).digest(), data)

    def _bytes(self, path: str) -> bytes | Fault:
        try:
            with open(f"{self._root}/{path}", "rb") as file:  # noqa: PTH123  # ten thousand times
                return file.read()
        except OSError as problem:
            return read_fault(path, problem)

    def _load(self, text: str, path: str, type_: type[M]) -> tuple[Loaded[M] | None, list[Fault]]:
        from builder.load.documents import load_document  # with all of YAML and Markdown: only where something is read

        return load_document(text, path, type_, self._settings)

    def flush(self) -> None:
        """Keeps what was made since the last time."""
        self._pieces.put(self._unwritten)
        self._unwritten.clear()

    def _find(self, path: str, type_: type[M], digest: bytes) -> Read[M] | None:
        key = fingerprint(self._basis, type_.__name__, path, digest)
        piece = self._pieces.find(key)
        if piece is None:
            return None
        kept = _decoder(type_).decode(piece)
        return Read(kept.document, digest, key, kept.faults)

    def _made(self, path: str, type_: type[M], digest: bytes, data: bytes) -> Read[M]:
        key = fingerprint(self._basis, type_.__name__, path, digest)
        text, faults = decode(data, path)
        document = None
        if text is not None:
            loaded, document_faults = self._load(text, path, type_)
            faults += document_faults
            if loaded is not None:
                document = loaded.document
                self._unwritten.append((bytes.fromhex(document.body.html), loaded.html.encode()))
        self._unwritten.append((key, msgpack.encode(_Kept(document, faults))))
        return Read(document, digest, key, faults)


class TranslationPieces(DocumentPieces):
    """The same for translations into the language of `settings`."""

    _kind = "translation"

    def _load(self, text: str, path: str, type_: type[M]) -> tuple[Loaded[M] | None, list[Fault]]:
        from builder.load.documents import load_translation

        return load_translation(text, path, type_, self._settings)


def piece_of(document: Document[M]) -> bytes:
    """The piece that `kept_document` reads: of a document that was made of others, not read."""
    return msgpack.encode(_Kept(document, []))


def kept_document(pieces: Pieces, key: bytes, type_: type[M]) -> Document[M]:
    """The document of the piece under `key`, which could be read."""
    document: Document[M] | None = _decoder(type_).decode(pieces.get(key)).document
    assert document is not None
    return document


@lru_cache(maxsize=8)
def _decoder(type_: type[Any]) -> Any:
    return msgpack.Decoder(_Kept[type_])  # type: ignore[valid-type]
