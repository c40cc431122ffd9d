"""What hosts are told of the site's files: their types, how long they may be kept, and what pages may do."""

from __future__ import annotations

from pathlib import PurePosixPath

# A file under /assets/ has the hash of its bytes in its name: it never changes.
FOREVER = "public, max-age=31536000, immutable"
# Anything else may be kept, but is asked for again: a host answers in few bytes that it is the same.
_ASK_AGAIN = "public, max-age=0, must-revalidate"

# Files that hosts read and don't serve; and the page for unknown addresses, which only a host shows.
FOR_HOSTS = frozenset({".htaccess", ".nojekyll", "404.html", "CNAME", "_headers", "_redirects", "nginx.conf"})

# Not Python's own table, which takes in what the machine's files say.
_TYPES = {
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".bib": "application/x-bibtex; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".geojson": "application/geo+json",
    ".gif": "image/gif",
    ".graphml": "application/graphml+xml",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/jsonl; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".ris": "application/x-research-info-systems; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}


def content_type(path: str) -> str:
    """The media type of a file of the site, by its name."""
    file = PurePosixPath(path)
    if file.name == "feed.xml":
        return "application/atom+xml"
    if not file.suffix:  # `_headers`, `CNAME`
        return "text/plain; charset=utf-8"
    return _TYPES.get(file.suffix.lower(), "application/octet-stream")


def cache_control(path: str) -> str:
    """`Cache-Control` for a file of the site (RFC 9111)."""
    return FOREVER if path.startswith("assets/") else _ASK_AGAIN


def address_of(path: str) -> str:
    """The address, from `/` on, for which a host serves the file at `path` of the site."""
    return f"/{path.removesuffix('index.html')}" if path.rpartition("/")[2] == "index.html" else f"/{path}"


def security_headers(https: bool) -> tuple[tuple[str, str], ...]:
    """The headers that every answer has: a page runs the site's own files and asks nobody else for anything.

    No address of a page is told to the sites that it links to: who reads about a conflict is nobody's business. `https`
    says that the site is served over it.
    """
    policy = "; ".join(f"{name} {value}" for name, value in _POLICY.items())
    headers = [
        ("Content-Security-Policy", policy),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ]
    if https:
        headers.append(("Strict-Transport-Security", "max-age=31536000"))
    return tuple(headers)


# Content Security Policy, level 3. WebAssembly is what the search runs on; pages without it forbid it themselves, as
# not every host can be told to send another policy with one page.
_POLICY = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "media-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
