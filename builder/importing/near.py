"""Near: which articles say nearly the same, by MinHash (Broder 1997) over shingles of their words.

What is written anew each month in the words of the month before is another text all the same: its numbers tell.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Sequence

from builder.importing.calendar_words import months
from builder.importing.headline import bare
from builder.importing.postings import Postings

PERMUTATIONS = 48
_SEED = 42
_BANDS, _ROWS = 16, 3  # of pairs that share half of their shingles seven in eight are seen, and then compared
# Bytes of a MinHash: 16 bits of each minimum (Li and König 2010), which one in 65,536 share by chance.
_WIDTH = 2 * PERMUTATIONS
_NUMBERS = 32  # of a text's numbers: those with the smallest hashes, so that two texts are asked about the same ones
_TELLING = 3  # numbers: fewer tell nothing
_AT_ONCE = 3  # days in which publishers carry a story, and correct its numbers
SAME = 0.5  # of the shingles of two texts: a wire story that two publishers have cut and headed in their own ways


def shingles_of(paragraphs: Sequence[str]) -> bytes:
    """The MinHash of a text, 96 bytes, and behind it two bytes for each of some of its numbers; empty for a text that
    is too short to be told from others."""
    from rensa import RMinHash

    words = bare(" ".join(paragraphs)).split()
    if len(words) == 1 and len(words[0]) > 60:  # a script without spaces
        words = list(words[0])
    if len(words) < 30:
        return b""
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=_SEED)
    sketch.update([" ".join(words[at : at + 3]) for at in range(len(words) - 2)])
    said = {zlib.crc32(word.encode()) & 0xFFFF for word in words if word[0].isdigit() or word in months()}
    minima = array("H", (minimum & 0xFFFF for minimum in sketch.digest()))
    return minima.tobytes() + array("H", sorted(said)[:_NUMBERS]).tobytes()


def likeness(first: bytes, second: bytes) -> float:
    """Which share of their shingles two texts have in common, nearly, by their MinHashes."""
    if not first or not second:
        return 0.0
    mine, other = array("H", first[:_WIDTH]), array("H", second[:_WIDTH])
    return sum(a == b for a, b in zip(mine, other, strict=True)) / len(mine)


def is_other_edition(first: bytes, second: bytes, days: int) -> bool:
    """Whether two texts that say nearly the same report of different things: they have other numbers and months.

    `days` lie between them. Over the next days a story may be told with one number more; later, only with the same.
    """
    mine, other = array("H", first[_WIDTH:]), array("H", second[_WIDTH:])
    full = [max(numbers) for numbers in (mine, other) if len(numbers) == _NUMBERS]
    asked = min(full, default=0xFFFF)
    fewer, more = sorted(({one for one in numbers if one <= asked} for numbers in (mine, other)), key=len)
    if len(fewer) < _TELLING:
        return days > 20 and likeness(first, second) < 0.9
    return len(fewer & more) < (0.5 if days <= _AT_ONCE else 0.8) * len(fewer)


class Neighbours:
    """Finds the texts that are like one, among many. Takes some 250 bytes a text."""

    def __init__(self) -> None:
        self._sketches = bytearray()
        self._starts = array("Q", [0])
        self._bands = Postings()

    def add(self, sketch: bytes) -> int:
        """Takes a text in; returns its number, counted from 0."""
        number = len(self._starts) - 1
        self._sketches += sketch
        self._starts.append(len(self._sketches))
        self._bands.add(_bands(sketch), number)
        return number

    def sketch(self, number: int) -> bytes:
        """What a text was taken in as."""
        return bytes(self._sketches[self._starts[number] : self._starts[number + 1]])

    def nearest(self, sketch: bytes) -> list[int]:
        """The numbers of the texts that are `SAME` as one, the most alike first."""
        candidates = set().union(*self._bands.find(_bands(sketch)))
        scored = ((-likeness(sketch, self.sketch(number)), number) for number in candidates)
        return [number for unlike, number in sorted(scored) if -unlike >= SAME]


def _bands(sketch: bytes) -> list[int]:
    width = 2 * _ROWS  # bytes
    # 32 bits are enough: whatever meets by chance is compared anyway.
    return [hash((at, sketch[at * width : (at + 1) * width])) & 0xFFFFFFFF for at in range(_BANDS)] if sketch else []
