"""WordPress text: what an editor of WordPress stores, as the HTML that its site would show."""

from __future__ import annotations

import re
from html import escape, unescape

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# Blocks of the editor that hold what a page is furnished with, and no words of the post.
_FURNITURE = re.compile(
    r"<!--\s*wp:(?P<name>buttons?|social-links?|search|navigation|page-list|latest-(?:posts|comments)|calendar|archives|"
    r"categories|tag-cloud|loginout|read-more|jetpack/[\w-]+)\b(?:[^-]|-(?!->))*?(?:/-->|-->.*?<!--\s*/wp:(?P=name)\s*-->)",
    re.DOTALL,
)
_PROGRAM = re.compile(r"<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
# Code, also by the languages that SyntaxHighlighter Evolved, the plugin of WordPress.com too, calls it by.
_CODE = re.compile(
    r"\[(code|sourcecode|pre|actionscript3|as3|bash|shell|coldfusion|cpp|c-sharp|csharp|css|diff|erlang|groovy|"
    r"java|javafx|javascript|js|jscript|latex|matlab|objc|perl|php|powershell|python|py|rails|ruby|scala|sql|vb|"
    r"vbnet|xhtml|xml|xslt|yaml)\b[^\]]*\](.*?)\[/\1\]",
    re.DOTALL | re.IGNORECASE,
)
# These are words in brackets as often: code only on lines of their own.
_CODE_IN_LINES = re.compile(
    r"^[ \t]*\[(source|plain|text|html)\b[^\]\n]*\][ \t]*\n(.*?)\n[ \t]*\[/\1\][ \t]*$",
    re.DOTALL | re.IGNORECASE | re.MULTILINE,
)
_CAPTION = re.compile(r"\[(?:wp_)?caption\b[^\]]*\](.*?)\[/(?:wp_)?caption\]", re.DOTALL | re.IGNORECASE)
_EMBED = re.compile(
    r"\[(?:embed|youtube|vimeo|tweet|video)\b[^\]]*?[\s=\]\"](https?://[^\s\]\"\[]+)\"?\s*(?:\]|\[/embed\])", re.I
)
# As WordPress has it: a name, then attributes; text in brackets such as [sic] is none, unless something closes it.
_SHORTCODE = re.compile(r"(?<!\[)\[(/?)([A-Za-z][\w-]*)((?:\s[^\[\]]*)?)/?\](?!\])")
_KNOWN = frozenset({"gallery", "audio", "video", "playlist", "embed", "toc", "nextpage", "more", "contact-form",
                    "contact-form-7", "caption", "wp_caption", "youtube", "vimeo", "tweet"})  # fmt: skip
_ESCAPED = re.compile(r"\[(\[[A-Za-z][\w-]*[^\[\]]*\])\]")
_BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|ul|ol|li|table|thead|tbody|tr|td|th|blockquote|pre|figure|figcaption|section|article|hr|dl|dt|dd|"
    r"iframe|form|address|aside|header|footer|nav)\b",
    re.IGNORECASE,
)
_KEPT = re.compile(r"\x00(\d+)\x00")
_PRE = re.compile(r"<pre\b.*?</pre\s*>", re.DOTALL | re.IGNORECASE)


def html_of(stored: str) -> str:
    """The HTML of a post's text, without comments of blocks, shortcodes and programs, and with paragraphs."""
    text = stored.replace("\r\n", "\n").replace("\r", "\n")
    for code in (_CODE, _CODE_IN_LINES):
        text = code.sub(lambda match: f"<pre>{escape(unescape(match[2]), quote=False)}</pre>", text)
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\x00{len(kept) - 1}\x00"

    text = _PRE.sub(keep, text.replace("\x00", ""))
    text = _PROGRAM.sub("", _COMMENT.sub("", _FURNITURE.sub("", text)))
    text = _CAPTION.sub(lambda match: f"\n\n<figure>{_as_figure(match[1])}</figure>\n\n", text)
    text = _EMBED.sub(lambda match: f'\n\n<a href="{escape(match[1])}">{escape(match[1])}</a>\n\n', text)
    text = _ESCAPED.sub(lambda match: match[1], _without_shortcodes(text))
    return _KEPT.sub(lambda match: kept[int(match[1])], _in_paragraphs(text))


def _as_figure(inner: str) -> str:
    """What a caption's shortcode holds: a picture, maybe in a link, and behind it the words."""
    match = re.match(r"\s*((?:<a\b[^>]*>)?\s*<img\b[^>]*>\s*(?:</a>)?)(.*)", inner, re.DOTALL)
    if match is None:
        return inner
    return f"{match[1]}<figcaption>{match[2].strip()}</figcaption>" if match[2].strip() else match[1]


def _without_shortcodes(text: str) -> str:
    closed = {match[2].lower() for match in _SHORTCODE.finditer(text) if match[1]}

    def replaced(match: re.Match[str]) -> str:
        name = match[2].lower()
        return "" if name in closed or name in _KNOWN or re.search(r"\w=", match[3]) else match[0]

    return _SHORTCODE.sub(replaced, text)


def _in_paragraphs(text: str) -> str:
    """Empty lines divide paragraphs, and lines in them are lines, as WordPress's wpautop has it."""
    parts: list[str] = []
    for part in filter(None, map(str.strip, re.split(r"\n[ \t]*\n", text))):
        if not _BLOCK.search(part) and not _KEPT.fullmatch(part):
            parts.append("<p>" + part.replace("\n", "<br>\n") + "</p>")
        # Words on both sides of an empty line, as in a <div> that goes on behind it.
        elif parts and not parts[-1].endswith(">") and not part.startswith("<"):
            parts.append(f"<br><br>{part}")
        else:
            parts.append(part)
    return "\n".join(parts)
