"""Headers: what the preview says with every answer. The first are those that we recommend to hosts."""

from __future__ import annotations

# Everything that a page needs comes from its own host; nothing is run or styled but from files.
POLICY = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "connect-src": "'self'",
    "font-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "img-src": "'self' data:",
    "manifest-src": "'self'",
    "media-src": "'self'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self'",
}


def headers(host: str) -> dict[str, str]:
    """The headers of an answer to a request for `host`, with its port.

    Not every browser takes a web socket of the same host for `'self'`.
    """
    policy = POLICY | {"connect-src": f"'self' ws://{host}"}
    return {
        "Content-Security-Policy": "; ".join(f"{name} {sources}" for name, sources in policy.items()),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        # Without it a browser shows what it has kept, even on a reload (livereload's issue 101).
        "Cache-Control": "no-store",
    }
