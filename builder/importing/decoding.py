"""Decoding: the text that the bytes of a capture hold, whatever they declare."""

from __future__ import annotations

import codecs
import re

from builder.importing.article import NoArticle
from builder.importing.mojibake import undone

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,200}?encoding=["']([\w.-]+)""", re.I
)
# What the web's browsers take these names for (WHATWG Encoding).
_REALLY = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "gb2312": "gb18030", "gbk": "gb18030", "iso-8859-9": "cp1254", "shift_jis": "cp932", "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949", "iso-8859-11": "cp874", "tis-620": "cp874", "big5": "big5hkscs",
}  # fmt: skip
_SAMPLE = 200_000  # bytes: enough to tell an encoding from
_PAIRS = 4000  # bytes, from which UTF-16 is told
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def decode_capture(data: bytes, declared: str = "") -> str:
    """The text of `data`. `declared` is the encoding that came with it, in a header.

    UTF-8 that is sound is UTF-8, whatever is declared; else a declaration that fits is believed, else the encoding
    is told from the bytes. What was encoded twice is decoded twice. Control characters are left out. Raises NoArticle
    where there is no text.
    """
    return without_controls(undone(_decode(data, declared))).replace("\r\n", "\n").replace("\r", "\n")


def without_controls(text: str) -> str:
    """A text without the characters that no page can show."""
    return _CONTROLS.sub("", text)


def unmarked_utf16(sample: bytes) -> str:
    """The encoding of UTF-16 that lacks its byte-order mark, by the file's first bytes; empty where it is something
    else. Every second byte of spaces, digits, tags and ends of lines is zero, and hardly any of those between is."""
    if len(sample) < 4:
        return ""
    pairs = min(len(sample), _PAIRS) // 2
    even, odd = (sample[start : 2 * pairs : 2].count(0) for start in (0, 1))
    if min(even, odd) * 200 > pairs or max(even, odd) * 20 < pairs:
        return ""
    name = "utf-16-le" if odd > even else "utf-16-be"
    text = sample[: 2 * pairs].decode(name, "replace")
    return "" if "\x00" in text or text.count("\ufffd") > 1 or len(_CONTROLS.findall(text)) > 1 else name


def encoding_of(sample: bytes) -> str:
    """The encoding of the file that begins with `sample`, for who reads it piece by piece. Raises NoArticle."""
    for mark, name in _BYTE_ORDER_MARKS:
        if sample.startswith(mark):
            return name
    if name := unmarked_utf16(sample):
        return name
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as problem:
        # What is cut off at its end is a character of the next piece.
        if problem.start < len(sample) - 3 and not _is_spoilt_utf8(sample, problem):
            return _told_from(sample)
    return "utf-8"


def _decode(data: bytes, declared: str) -> str:
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    if name := unmarked_utf16(data[:_PAIRS]):
        return data.decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        # A few spoilt bytes in a long text, or a character that is cut off at its end, are no other encoding.
        if _is_spoilt_utf8(data, problem):
            return data.decode("utf-8", "replace")
    match = _DECLARED.search(data[:4096])
    for name in (declared, (match[1] or match[2]).decode() if match else ""):
        text = _decoded_as(data, name)
        if text is not None and not _is_wrong(text):
            return text
    return _guessed(data)


def _is_spoilt_utf8(data: bytes, problem: UnicodeDecodeError) -> bool:
    text = data[:_SAMPLE].decode("utf-8", "replace")
    spoilt = text.count("\ufffd")
    beyond_ascii = sum(character > "\x7f" for character in text)
    return (spoilt == 0 or spoilt * 10 < beyond_ascii) and problem.start > 0


def _decoded_as(data: bytes, name: str) -> str | None:
    name = name.strip().lower()
    if name in ("", "utf-8", "utf8"):
        return None
    try:
        return data.decode(_REALLY.get(name, name), "strict")
    except (LookupError, UnicodeDecodeError):
        return None


def _is_wrong(text: str) -> bool:
    """Whether text in some one-byte encoding was read by another.

    Control characters give it away; so do more accented letters than any language has that is written in Latin script.
    """
    sample = text[:_SAMPLE]
    words = re.findall(r"[^\W\d_]+", sample)
    accented = sum(1 for word in words if all("\xc0" <= letter <= "\xff" for letter in word) and len(word) > 2)
    return len(_CONTROLS.findall(sample)) > 2 or accented > 10 + 0.02 * len(words)


def _guessed(data: bytes) -> str:
    return data.decode(_told_from(data), "replace")


def _told_from(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise NoArticle("is no text in an encoding that can be told; save it as UTF-8")
    return best.encoding
