"""Data files: made part by part of kept rows, so that none is ever in memory as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

import msgspec
from markupsafe import escape
from msgspec import msgpack

from builder.dataset.formats import FORMATS, rows_key
from builder.pages.recipes import DataFileRecipe, JsonFileRecipe, NetworkRecipe
from builder.pages.shelf import Shelf

_decode = msgpack.Decoder(list[bytes]).decode


def data_file_parts(shelf: Shelf, recipe: DataFileRecipe) -> Iterator[bytes]:
    """The parts of a file of rows, one for each year."""
    format_ = FORMATS[recipe.format]
    yield format_.head
    begun = False
    for year, members in recipe.years:
        kept = _decode(shelf.piece(rows_key(year, format_.rows)))
        rows = [row for row in (kept if members is None else [kept[member] for member in members]) if row]
        if rows:
            yield (format_.separator if begun else b"") + format_.separator.join(rows)
            begun = True
    if begun or format_.head:
        yield format_.tail


def json_file_parts(_shelf: Shelf, recipe: JsonFileRecipe) -> Iterator[bytes]:
    """A file of JSON: a list has an item on each line, anything else is indented."""
    if isinstance(recipe.value, list):
        yield b"[\n" + b",\n".join([msgspec.json.encode(item) for item in recipe.value]) + b"\n]\n"
    else:
        yield msgspec.json.format(msgspec.json.encode(recipe.value), indent=2) + b"\n"


_GRAPHML = """\
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="name" for="node" attr.name="name" attr.type="string"/>
<key id="kind" for="node" attr.name="kind" attr.type="string"/>
<key id="url" for="node" attr.name="url" attr.type="string"/>
<key id="briefings" for="node" attr.name="briefings" attr.type="int"/>
<key id="weight" for="edge" attr.name="weight" attr.type="int"/>
<graph id="together" edgedefault="undirected">
"""


def network_parts(shelf: Shelf, recipe: NetworkRecipe) -> Iterator[bytes]:
    """Who is reported with whom, as GraphML: an edge's weight is the number of briefings that name both."""
    counts: Counter[str] = Counter()
    ties: Counter[tuple[str, str]] = Counter()
    decode = msgpack.Decoder(list[tuple[str, ...]]).decode
    for year in recipe.years:
        for actors in decode(shelf.piece(rows_key(year, "actors"))):
            counts.update(actors)
            ties.update(combinations(sorted(actors), 2))
    yield _GRAPHML.encode()
    slugs = sorted(counts)
    for slug, label in zip(slugs, shelf.labels("actor", slugs), strict=True):
        url = shelf.scene.absolute + label.address
        data = {"name": label.name, "kind": label.kind, "url": url, "briefings": str(counts[slug])}
        told = "".join(f'<data key="{key}">{escape(value)}</data>' for key, value in data.items() if value)
        yield f'<node id="{escape(slug)}">{told}</node>\n'.encode()
    for (one, other), count in sorted(ties.items()):
        yield (
            f'<edge source="{escape(one)}" target="{escape(other)}"><data key="weight">{count}</data></edge>\n'
        ).encode()
    yield b"</graph>\n</graphml>\n"
