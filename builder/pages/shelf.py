"""The shelf: where the maker of a page takes what the recipe names."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from msgspec import msgpack

from builder.cache import Pieces, fingerprint, program_fingerprint
from builder.load.pieces import kept_document
from builder.maps.drawing import Drawing, Sketch, draw
from builder.model.briefing import Briefing
from builder.model.common import Document
from builder.pages.card import Card
from builder.pages.scene import Label, Labels, Scene
from builder.pages.wording import Wording
from builder.resolve.briefings import Abstract
from builder.words import Words


class Shelf:
    """The scene, the labels, the words of the interface, and pieces by their keys."""

    def __init__(self, scene: Scene, labels: Labels, words: Words, pieces: Pieces) -> None:
        self.scene = scene
        self.wording = Wording(scene.language, words)
        self.zone = ZoneInfo(scene.timezone)
        self._labels = labels
        self._pieces = pieces
        self._decode = msgpack.Decoder(Abstract).decode
        self.drawn: list[tuple[bytes, bytes]] = []  # pieces to be kept: maps that had not been drawn before
        self.cards: dict[bytes, Card] = {}  # those that were made lately, by the keys of their abstracts

    def labels(self, kind: str, slugs: Iterable[str]) -> list[Label]:
        """The labels of terms of one kind, or of dossiers, which a recipe or an abstract names."""
        of_kind = self._labels[kind]
        return [of_kind[slug] for slug in slugs]

    def document(self, key: bytes) -> Document[Briefing]:
        """The document of a briefing."""
        return kept_document(self._pieces, key, Briefing)

    def piece(self, key: bytes) -> bytes:
        """A piece that is bytes to its reader."""
        return self._pieces.get(key)

    def kept(self, key: bytes) -> bytes | None:
        """A piece that there may be."""
        return self._pieces.find(key)

    def html(self, key: bytes) -> str:
        """The HTML of a body, with placeholders for its references."""
        return self._pieces.get(key).decode()

    def drawing(self, sketch: Sketch) -> Drawing | None:
        """The map of a sketch, which is drawn only if it hasn't been before."""
        key = fingerprint(program_fingerprint(), "drawing", sketch)
        kept = self._pieces.find(key)
        if kept is not None:
            return msgpack.decode(kept, type=Drawing | None)
        drawing = draw(sketch)
        self.drawn.append((key, msgpack.encode(drawing)))
        return drawing

    def abstract(self, key: bytes) -> Abstract:
        """What lists and feeds say of a briefing."""
        return self._decode(self._pieces.get(key))
