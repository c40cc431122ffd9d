"""Posts: the Markdown files of Jekyll, Hugo and Pelican, whose bodies stay what they are."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import yaml

from builder.importing.article import Article, Block, NoArticle
from builder.importing.bylines import clean_authors
from builder.importing.markup import web_address
from builder.importing.publication import read_moment

_YAML = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|$)", re.DOTALL)
_DATED = re.compile(r"(?:^|/)(\d{4}-\d{2}-\d{2})-[^/]+$")
_LIQUID = re.compile(
    r"\{%-?\s*(?:comment|endcomment|raw|endraw|include|highlight|endhighlight|post_url|link)\b.*?%\}|\{\{[<%].*?[>%]\}\}",
    re.DOTALL,
)
_PICTURE = re.compile(r"!\[([^\]]*)\]\(\s*<?([^\s)>]+)>?(?:\s+[\"'][^\"']*[\"'])?\s*\)(?:\{[^}]*\})?")
_LINK = re.compile(r"(?<!!)\[([^\[\]]*)\]\(\s*<?([^\s)>]*)>?(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)(?:\{[^}]*\})?")
_DEFINITION = re.compile(r"^( {0,3}\[(?!\^)[^\]]+\]:)\s*<?([^\s>]+)>?.*$", re.MULTILINE)
_AUTOLINK = re.compile(r"<((?!https?:|mailto:)[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>")


def read_post(text: str, name: str, url: str = "") -> Article:
    """The article that a post holds. Raises NoArticle where its front matter can't be read.

    The body is Markdown already, and is kept; what only the other generator understands is taken out, and pictures
    become links.
    """
    meta, body = _split(text)
    title = _text(meta.get("title"))
    if not title:
        raise NoArticle("has no `title` in its front matter; add one")
    body = _PICTURE.sub(lambda match: _as_link(match[1] or "Picture", match[2], url), _LIQUID.sub("", body))
    body = _LINK.sub(lambda match: _as_link(match[1], match[2], url), body)
    body = _DEFINITION.sub(lambda match: _as_definition(match[1], match[2], url), body)
    body = _AUTOLINK.sub(r"\1", body).strip()
    if not body:
        raise NoArticle("has no text behind its front matter")
    is_draft = _is_draft(meta)
    dated = _DATED.search(name)
    dates = [_text(meta.get(key)) for key in ("date", "publishdate", "published_at", "published")] + (
        [dated[1]] if dated else []
    )
    published = next((moment for text in dates if text and (moment := read_moment(text)) is not None), None)
    return Article(
        title=title,
        blocks=tuple(_blocks(body)),
        summary=_text(meta.get("summary")) or _text(meta.get("description")) or _text(meta.get("excerpt")),
        published=published,
        authors=clean_authors(_list(meta.get("author") or meta.get("authors")), trusted=True),
        language=_text(meta.get("lang") or meta.get("language")),
        url=_text(meta.get("canonical_url") or meta.get("original_url") or meta.get("source_url")) or url,
        tags=tuple(_list(meta.get("tags"))),
        odd_date="" if published else next((text[:40] for text in dates if text), ""),
        is_draft=is_draft,
        notes=("it was a draft in the site that it is from",) if is_draft else (),
    )


def _is_draft(meta: dict[str, Any]) -> bool:
    """Whether a post was kept back: `draft` in Hugo, `published` in Jekyll, `status` in Pelican."""
    draft, published, status = (_text(meta.get(key)).lower() for key in ("draft", "published", "status"))
    return draft in ("true", "yes") or published in ("false", "no") or status in ("draft", "hidden")


def _split(text: str) -> tuple[dict[str, Any], str]:
    try:
        if match := _YAML.match(text):
            values = yaml.load(match[1], Loader=_TextLoader)  # noqa: S506  # a loader that makes texts only
            return (values if isinstance(values, dict) else {}), text[match.end() :]
        if match := _TOML.match(text):
            return tomllib.loads(match[1]), text[match.end() :]
    except (yaml.YAMLError, tomllib.TOMLDecodeError) as problem:
        raise NoArticle(
            f"has front matter that can't be read: {' '.join(str(problem).split())[:100]}; mend it"
        ) from problem
    head, _, body = text.partition("\n\n")
    pairs = (line.partition(":") for line in head.split("\n"))
    return {key.strip().lower(): value.strip() for key, _, value in pairs}, body


class _TextLoader(yaml.BaseLoader):
    """Reads every scalar as text: a post's date is what stands there."""


def _text(value: Any) -> str:
    if isinstance(value, (list, dict)) or value is None:
        return ""
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return " ".join(text.split())


def _list(value: Any) -> list[str]:
    if isinstance(value, list):
        return [_text(item.get("name") if isinstance(item, dict) else item) for item in value]
    if isinstance(value, dict):
        return [_text(value.get("name"))]
    return [part.strip() for part in _text(value).split(",") if part.strip()]


def _as_link(alt: str, target: str, base: str) -> str:
    """A link to the web, or its words where it leads elsewhere: into a site that isn't this archive."""
    words = alt.strip()
    address = web_address(target, base)
    return f"[{words}]({address})" if address else words


def _as_definition(label: str, target: str, base: str) -> str:
    address = web_address(target, base)
    return f"{label} {address}" if address else ""


def _blocks(body: str) -> list[Block]:
    """The parts of a Markdown body, between empty lines, each as it is."""
    parts = re.split(r"\n(?:[ \t]*\n)+", body)
    return [
        Block("table", " ".join(re.sub(r"[*_`#>\[\]]|\]\([^)]*\)", " ", part).split()), part)
        for part in parts
        if part.strip()
    ]
