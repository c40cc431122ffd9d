"""Mojibake: text in UTF-8 that somebody read as Windows-1252 and wrote as UTF-8 once more ('Peruâ€™s')."""

from __future__ import annotations

import re

_RUN = re.compile(r"[^\x00-\x7f]+")
_FEWEST = 2  # runs: one may be what a text tells of
# Bytes that Windows-1252 has no character for: browsers keep them as controls, and many programs lose them. Lost behind
# these two, it was that of a closing quote.
_UNDEFINED = {code: bytes([code]) for code in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
_LOST = "â€\ufffd"


def undone(text: str) -> str:
    """`text` as it was before, if whatever isn't ASCII in it reads as UTF-8 once more, without exception; else as it
    is."""
    found: dict[str, str] = {}
    count = 0
    for match in _RUN.finditer(text):
        count += 1
        run = match[0]
        if run not in found:
            try:
                found[run] = _bytes_of(run).decode("utf-8")
            except UnicodeError:
                return text
    return _RUN.sub(lambda match: found[match[0]], text) if count >= _FEWEST else text


def _bytes_of(run: str) -> bytes:
    run = run.replace(_LOST, "â€\x9d")
    return b"".join(_UNDEFINED.get(ord(letter)) or letter.encode("cp1252") for letter in run)
