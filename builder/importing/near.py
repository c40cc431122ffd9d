"""Near: which articles say nearly the same, by MinHash (Broder 1997) over shingles of their words."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from builder.importing.headline import bare

PERMUTATIONS = 48
_SEED = 42
_BANDS, _ROWS = 16, 3  # of pairs that share half of their shingles seven in eight are seen, and then compared
SAME = 0.5  # of the shingles of two texts: a wire story that two publishers have cut and headed in their own ways


def shingles_of(paragraphs: Sequence[str]) -> bytes:
    """The MinHash of a text: 192 bytes; empty for a text that is too short to be told from others."""
    from rensa import RMinHash

    words = bare(" ".join(paragraphs)).split()
    if len(words) == 1 and len(words[0]) > 60:  # a script without spaces
        words = list(words[0])
    if len(words) < 30:
        return b""
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=_SEED)
    sketch.update([" ".join(words[at : at + 3]) for at in range(len(words) - 2)])
    return array("I", sketch.digest()).tobytes()


def likeness(first: bytes, second: bytes) -> float:
    """Which share of their shingles two texts have in common, nearly, by their MinHashes."""
    if not first or not second:
        return 0.0
    mine, other = array("I", first), array("I", second)
    return sum(a == b for a, b in zip(mine, other, strict=True)) / len(mine)


class Neighbours:
    """Finds the texts that are like one, among many. Takes some 1.5 KB a text."""

    def __init__(self) -> None:
        self._sketches: list[bytes] = []
        self._bands: dict[int, int | tuple[int, ...]] = {}

    def add(self, sketch: bytes) -> int:
        """Takes a text in; returns its number, counted from 0."""
        number = len(self._sketches)
        self._sketches.append(sketch)
        for band in _bands(sketch):
            held = self._bands.get(band)
            if held is None:
                self._bands[band] = number
            elif isinstance(held, int):
                self._bands[band] = (held, number)
            elif len(held) < 50:  # what hundreds share is a notice that all pages of a site carry
                self._bands[band] = (*held, number)
        return number

    def nearest(self, sketch: bytes) -> tuple[int, float] | None:
        """The number of the text that is most like one, and how like, if it is `SAME`."""
        candidates: set[int] = set()
        for band in _bands(sketch):
            held = self._bands.get(band, ())
            candidates.update((held,) if isinstance(held, int) else held)
        scored = [(likeness(sketch, self._sketches[number]), -number) for number in candidates]
        best = max(scored, default=(0.0, 0))
        return (-best[1], best[0]) if best[0] >= SAME else None


def _bands(sketch: bytes) -> list[int]:
    width = 4 * _ROWS  # bytes
    # 32 bits are enough: whatever meets by chance is compared anyway.
    return [hash((at, sketch[at * width : (at + 1) * width])) & 0xFFFFFFFF for at in range(_BANDS)] if sketch else []
