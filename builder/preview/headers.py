"""Headers: what the preview says with every answer: what hosts are to say, and that nothing may be kept."""

from __future__ import annotations

from builder.hosting import security_headers


def headers(host: str) -> dict[str, str]:
    """The headers of an answer to a request for `host`, with its port."""
    found = dict(security_headers(https=False))
    # Not every browser takes a web socket of the same host for one of 'self'.
    policy = found["Content-Security-Policy"]
    found["Content-Security-Policy"] = policy.replace("connect-src 'self'", f"connect-src 'self' ws://{host}")
    # What a page of another site may read through a browser are drafts.
    found["Cross-Origin-Resource-Policy"] = "same-origin"
    # Without it a browser shows what it has kept, even on a reload (livereload's issue 101).
    found["Cache-Control"] = "no-store"
    return found
