"""Letter: what a message of mail holds (RFC 5322, MIME): its headers, its text, and what is attached to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from msgspec import Struct

from builder.importing.article import NoArticle
from builder.importing.decoding import decode_capture, without_controls

_LARGEST = 8_000_000  # bytes of its text, without what is attached: parsers take minutes for more


class Letter(Struct, frozen=True, kw_only=True):
    """A message. `date` is as the header has it; `sender` is a name or empty, `host` that of the sender's address.

    `is_flowed`: lines that end in a space go on in the next one (RFC 3676). `address` is where the message stands in
    the web (`Archived-At`, RFC 5064). `inner` is the first message that is attached whole, as some forward. `opening`
    is the first line of what it says, where its HTML has something else before.
    """

    subject: str = ""
    sender: str = ""
    host: str = ""
    date: str = ""
    id: str = ""
    address: str = ""
    language: str = ""
    text: str = ""
    html: str = ""
    opening: str = ""
    is_flowed: bool = False
    attached: tuple[str, ...] = ()
    inner: Letter | None = None


def read_letter(data: bytes) -> Letter:
    """The message that `data` is. Raises NoArticle where its text is encrypted or too long."""
    # An mbox's divider may have stayed.
    data = re.sub(rb"\A\s*From \S.*\r?\n", b"", data)
    return _letter(message_from_bytes(data, policy=policy.default.clone(raise_on_defect=False)))


def _letter(message: EmailMessage) -> Letter:
    if message.get_content_type() == "multipart/encrypted" or "pkcs7-mime" in message.get_content_type():
        raise NoArticle("is an encrypted message; decrypt it in your mail program, and save it from there")
    name, address = parseaddr(_header(message, "From"))
    found: dict[str, EmailMessage] = {}
    attached: list[str] = []
    inner: Letter | None = None
    for part in _leaves(message):
        kind = part.get_content_type()
        if kind == "message/rfc822":
            content = part.get_payload()
            if inner is None and isinstance(content, list) and content and isinstance(content[0], EmailMessage):
                inner = _letter(content[0])
            attached.append(_file_name(part) or (inner.subject if inner is not None else "") or "a message")
        elif (
            kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment" and kind not in found
        ):
            found[kind] = part
        # A picture within the text is no document to look at.
        elif not (kind.startswith("image/") and part.get("Content-ID")) and kind != "application/pgp-signature":
            attached.append(_file_name(part) or kind)
    plain, html = found.get("text/plain"), found.get("text/html")
    return Letter(
        subject=_header(message, "Subject"),
        sender=name.strip("\"' "),
        host=address.rpartition("@")[2].strip().lower() if "@" in address else "",
        date=_raw_header(message, "Date"),
        id=_header(message, "Message-ID").strip("<> "),
        address=_web_address(_header(message, "Archived-At")),
        language=_header(message, "Content-Language").split(",")[0].strip(),
        text=_text(plain) if plain is not None else "",
        html=_text(html) if html is not None else "",
        is_flowed=plain is not None and str(plain.get_param("format") or "").lower() == "flowed",
        attached=tuple(attached),
        inner=inner,
    )


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts of a message that hold something, but not those of messages within it."""
    if message.is_multipart() and message.get_content_type() != "message/rfc822":
        for part in message.get_payload():
            if isinstance(part, EmailMessage):
                yield from _leaves(part)
    else:
        yield message


def _header(message: EmailMessage, name: str) -> str:
    """A header in one line; what is encoded against the rules stays as it is."""
    try:
        text = str(message.get(name) or "")
    except (ValueError, IndexError, AttributeError, TypeError, LookupError):  # headers that the library stumbles over
        text = _raw_header(message, name)
    return " ".join(without_controls(text.encode("utf-8", "replace").decode("utf-8")).split())


def _raw_header(message: EmailMessage, name: str) -> str:
    """A header as it stands there: the library has no text for a date that there is not."""
    return next((" ".join(str(value).split()) for key, value in message.raw_items() if key.lower() == name.lower()), "")


def _file_name(part: EmailMessage) -> str:
    try:
        return " ".join((part.get_filename() or "").split())
    except (ValueError, IndexError, AttributeError, TypeError, LookupError):
        return ""


def _text(part: EmailMessage) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        return ""
    if len(data) > _LARGEST:
        raise NoArticle(f"has {len(data) // 1_000_000} MB of text, which no article has; give the article alone")
    charset = str(part.get_param("charset") or "")
    return decode_capture(data, "" if charset.lower() in ("us-ascii", "unknown-8bit") else charset)


def _web_address(text: str) -> str:
    text = text.strip("<> ")
    return text if re.match(r"https?://[^\s/]+", text) else ""
