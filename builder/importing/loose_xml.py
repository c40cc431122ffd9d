"""Loose XML: what exports have and XML doesn't allow, mended as a file is read."""

from __future__ import annotations

import re
from html.entities import name2codepoint
from typing import BinaryIO

# XML 1.0 has no place for these; exports have them, where somebody pasted them into a post.
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
# A sign that must be escaped, or one that only HTML knows by this name; within CDATA all is as it should be.
_LOOSE = re.compile(rb"<!\[CDATA\[|\]\]>|&(?:(?P<name>[A-Za-z][A-Za-z0-9]*);|(?!#(?:\d+|x[\da-fA-F]+);))")
_OF_XML = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_LONGEST = 40  # bytes: no such sign is longer


class LooseXML:
    """A file of XML in an encoding that holds ASCII, with control characters taken out, bare `&` escaped, and HTML's
    names of characters (`&mdash;`) as numbers."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._rest = b""
        self._is_cdata = False
        self._is_done = False

    def read(self, size: int = -1) -> bytes:
        """The next bytes, about `size` of them; none at the end, and only there."""
        while not self._is_done:
            data = self._file.read(size)
            self._is_done = not data
            mended = self._mend(self._rest + data.translate(None, _CONTROLS))
            if mended:
                return mended
        return b""

    def _mend(self, data: bytes) -> bytes:
        """`data`, mended; what may go on behind its end is kept for the next time."""
        certain = len(data) if self._is_done else max(0, len(data) - _LONGEST)
        parts: list[bytes] = []
        at = 0
        for found in _LOOSE.finditer(data):
            if found.start() >= certain:
                break
            parts += (data[at : found.start()], self._mended(found))
            at = found.end()
        end = max(at, certain)
        self._rest = data[end:]
        return b"".join((*parts, data[at:end]))

    def _mended(self, found: re.Match[bytes]) -> bytes:
        sign, name = found[0], found["name"]
        if not sign.startswith(b"&"):
            self._is_cdata = sign == b"<![CDATA[" or (self._is_cdata and sign != b"]]>")
            return sign
        if self._is_cdata or name in _OF_XML:
            return sign
        code = name2codepoint.get(name.decode()) if name else None
        return b"&#%d;" % code if code else b"&amp;" + sign[1:]
