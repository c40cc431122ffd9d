"""For the scripts that look at the finished site: a static host with gzip and strict headers, and a browser."""

from __future__ import annotations

import functools
import gzip
import http.server
import mimetypes
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OUTPUT = Path(__file__).parents[1] / "output"
POLICY = "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
SEARCH_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")  # Pagefind's index


class _Host(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        status = 200 if path.is_file() else 404
        data = path.read_bytes() if status == 200 else (Path(self.directory) / "404.html").read_bytes()
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream" if status == 200 else "text/html"
        self.send_response(status)
        if kind.startswith(("text/", "image/svg")) or kind.endswith(("json", "javascript", "xml")):
            data = gzip.compress(data, 6)
            kind += "; charset=utf-8"
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        lasting = "/assets/" in self.path
        self.send_header("Cache-Control", "public, max-age=31536000, immutable" if lasting else "no-cache")
        self.send_header("Content-Security-Policy", SEARCH_POLICY if "/search/" in self.path else POLICY)
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def hosted(folder: Path = OUTPUT) -> Iterator[str]:
    """The address at which a finished site is served on this machine, with `/` at its end."""
    handler = functools.partial(_Host, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


def chromium() -> str:
    """The path of a Chromium. Raises CalledProcessError where there is none and none can be installed."""
    finder = Path(__file__).with_name("find-chromium")
    return subprocess.run([finder], capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603
