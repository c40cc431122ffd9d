"""Pages that are read from a folder: their links name files, since nobody serves `index.html` for a folder there."""

from __future__ import annotations

import posixpath
import re
from html import escape, unescape
from html.parser import HTMLParser

_ATTRIBUTE = re.compile(r"""(\s(?:href|src|action|content|poster)\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE)
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:|//|#|$")
_REFRESH = re.compile(r"(\s*[\d.]+\s*;\s*url=)(.*)", re.IGNORECASE | re.DOTALL)


def offline_page(html: str, path: str, base_path: str) -> str:
    """The HTML of the page at `path` below the site's top, as it is read from a folder.

    Of links into the site, those to a folder name its `index.html`, and those from the host's top (`base_path` is the
    site's own path there) become relative. All else stays as it is.
    """
    tags = _Tags()
    tags.feed(html)
    tags.close()
    starts = [0]
    for text in html.split("\n"):
        starts.append(starts[-1] + len(text) + 1)
    parts, at = [], 0
    for (line, column), tag, is_refresh in tags.found:
        start = starts[line - 1] + column
        parts += [html[at:start], _with_files(tag, path, base_path, is_refresh)]
        at = start + len(tag)
    return "".join([*parts, html[at:]])


class _Tags(HTMLParser):
    """Where each start tag stands, its text, and whether it sends the reader on."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[tuple[int, int], str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        text = self.get_starttag_text()
        is_refresh = tag == "meta" and ("http-equiv", "refresh") in attrs
        if text is not None and (tag != "meta" or is_refresh):
            self.found.append((self.getpos(), text, is_refresh))


def _with_files(tag: str, path: str, base_path: str, is_refresh: bool) -> str:
    def replaced(match: re.Match[str]) -> str:
        quote, value = match[2][0], unescape(match[2][1:-1])
        if is_refresh:
            onward = _REFRESH.fullmatch(value)
            new = onward[1] + offline_link(onward[2], path, base_path) if onward else value
        elif match[1].strip().lower().startswith("content"):
            return match[0]
        else:
            new = offline_link(value, path, base_path)
        return match[0] if new == value else f"{match[1]}{quote}{escape(new)}{quote}"

    return _ATTRIBUTE.sub(replaced, tag)


def offline_link(link: str, path: str, base_path: str) -> str:
    """A link of the page at `path`, as it leads from one file to another."""
    if link.startswith(f"{base_path}/") and not link.startswith("//"):
        link = _relative(link[len(base_path) + 1 :], path)
    elif _ELSEWHERE.match(link):
        return link
    file, rest = re.fullmatch(r"([^?#]*)(.*)", link, re.DOTALL).groups()  # type: ignore[union-attr]
    if file.endswith("/"):
        file += "index.html"
    elif file.rpartition("/")[2] in (".", ".."):
        file += "/index.html"
    return f"{file}{rest}"


def _relative(target: str, path: str) -> str:
    """The way to `target`, seen from the page at `path`; both are below the site's top."""
    up = posixpath.relpath(".", posixpath.dirname(path) or ".")
    return target if up == "." and target else f"{up}/{target}"
