"""MHTML: a page that a browser saved as one file."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime

from builder.importing.article import NoArticle
from builder.importing.capture import Capture


def page_in(capture: Capture) -> Capture:
    """The page that an MHTML file holds. Raises NoArticle where it holds none."""
    message = message_from_bytes(capture.data, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            data = part.get_payload(decode=True)
            if isinstance(data, bytes) and data.strip():
                address = str(part.get("Content-Location") or message.get("Snapshot-Content-Location") or "")
                return Capture(
                    name=capture.name,
                    data=data,
                    url=capture.url or (address if address.startswith("http") else ""),
                    charset=part.get_content_charset() or "",
                    media_type="text/html",
                    fetched=capture.fetched or _date(str(message.get("Date") or "")),
                )
    raise NoArticle("is an MHTML file without a page in it; save the page anew")


def _date(text: str) -> str:
    try:
        at = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return ""
    return at.isoformat()
