"""Trimming: an extracted body without what stands around and between an article's own blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from builder.importing.article import Block
from builder.importing.bylines import BY
from builder.importing.days import dates_in
from builder.importing.furniture import ends_article, is_button, is_sentence, leads_elsewhere, length
from builder.importing.han_names import has_han
from builder.importing.headline import FEWEST, bare
from builder.importing.markup import escaped
from builder.importing.phrases import alternatives
from builder.importing.reporters import signed_by

_PORTRAIT = re.compile(rf"\b(?:{alternatives('portraits')})", re.IGNORECASE)
# 'Jane Doe is a reporter', 'Jane Doe covers': what a page says of an author begins with the name.
_NAMED = re.compile(
    rf"[A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]*){{1,3}},? (?:is [^.]{{0,80}}?\b(?:{alternatives('writers')})\b|"
    r"(?:covers|writes about|can be reached|has (?:covered|written|worked)) )"
)
_TEASER = re.compile(r"\[(?:…|\.\.\.)\]$")
_LAST_LINK = re.compile(r"\s*\[(?P<words>[^\[\]]{2,40})\]\([^()\s]+\)$")
_LAST_NOTE = re.compile(r"\s*[（(\[【](?P<words>[^（()）\[\]【】]{2,80})[）)\]】]$")
_BESIDE = 60  # letters beside an author's name in a byline; one of Chinese counts as three
_LABEL = 16  # letters of a label beside a headline, as `Subscribers only`
_HEAD = 10  # so many blocks at the start are looked at for the headline and what stands around it


def trim(blocks: Sequence[Block], title: str, summary: str, authors: Sequence[str]) -> list[Block]:
    """The article's own blocks among `blocks`: no repeated headline and standfirst, no buttons, no other articles."""
    kept = _without_end(_behind_headline(list(blocks), title), authors)
    kept = [block for block in kept if not _is_furniture(block)]
    kept = _without_link_lists(kept)
    kept = _without_head(kept, title, summary, authors)
    kept = _without_last_words(_without_tail(kept, authors))
    return _without_repetitions(kept, title)


def _behind_headline(blocks: list[Block], title: str) -> list[Block]:
    """What follows the headline, if it stands near the start."""
    wanted = bare(title)
    for index, block in enumerate(blocks[:_HEAD]):
        if wanted and _is_headline(block, wanted) and all(length(b.text) < 60 for b in blocks[:index]):
            return blocks[index + 1 :]
    return blocks


def _is_headline(block: Block, wanted: str) -> bool:
    """Whether a block is the headline again, or the page's heading with a kicker before or behind it."""
    text = bare(block.text)
    is_kicked = block.kind == "heading" and block.level == 1 and length(wanted) >= FEWEST and wanted in text
    return is_kicked or repeats(text, wanted)


def repeats(text: str, wanted: str) -> bool:
    """Whether a line is a headline again, both given as `bare` has them: the same, or nearly all of it."""
    if text == wanted or is_labelled(text, wanted):
        return True
    return (
        len(wanted) > 20
        and (text.startswith(wanted) or wanted.startswith(text))
        and abs(len(text) - len(wanted)) < 0.2 * len(wanted)
    )


def is_labelled(text: str, wanted: str) -> bool:
    """Whether a line is a headline with a label before or behind it, both given as `bare` has them."""
    is_part = len(wanted) > _LABEL and (text.startswith(wanted) or text.endswith(wanted))
    return is_part and len(text) - len(wanted) <= _LABEL


def _without_end(blocks: list[Block], authors: Sequence[str]) -> list[Block]:
    """What stands before a heading that ends the article, if that is most of it."""
    total = sum(len(block.text) for block in blocks)
    before = 0
    for index, block in enumerate(blocks):
        if ends_article(block.text) and (block.kind == "heading" or length(block.text) <= 6) and before > 0.4 * total:
            rest = blocks[index:]
            if (
                block.kind == "heading"
                or before > 0.75 * total
                or sum(b.linked for b in rest) > 0.4 * sum(len(b.text) for b in rest)
            ):
                return blocks[:index]
        before += len(block.text)
    return blocks


def _is_furniture(block: Block) -> bool:
    if block.kind in ("code", "table", "rule"):
        return False
    text = block.text.strip()
    if not re.search(r"\w", text) or signed_by(text):
        return True
    if is_button(text) or (leads_elsewhere(text) and (block.kind != "item" or length(text) < 12)):
        return not (block.kind == "paragraph" and length(text) > 45 and block.linked < len(text) * 0.5)
    # A paragraph that is one link leads to another article.
    if block.kind in ("paragraph", "heading") and block.linked >= 0.85 * len(text) and length(text) < 30:
        return block.kind == "paragraph" and length(text) > 3
    return False


def _without_link_lists(blocks: list[Block]) -> list[Block]:
    """Lists whose items are links are menus, or lead to other articles; with the line that introduces them."""
    kept: list[Block] = []
    index = 0
    while index < len(blocks):
        end = index
        while end < len(blocks) and blocks[end].kind == "item":
            end += 1
        run = blocks[index:end]
        if run:
            letters = sum(len(block.text) for block in run)
            if sum(block.linked for block in run) > 0.75 * letters and letters / len(run) < 160:
                if kept and (kept[-1].kind == "heading" or length(kept[-1].text) < 8):
                    kept.pop()
            else:
                kept += run
            index = end
        else:
            kept.append(blocks[index])
            index += 1
    return kept


def _without_head(blocks: list[Block], title: str, summary: str, authors: Sequence[str]) -> list[Block]:
    """Without bylines, dates, captions and labels before the first paragraph."""
    index = 0
    while index < min(len(blocks) - 1, _HEAD) and _is_headmatter(blocks[index], title, summary, authors):
        index += 1
    return blocks[index:]


def _is_headmatter(block: Block, title: str, summary: str, authors: Sequence[str]) -> bool:
    text = block.text.strip()
    if block.kind in ("item", "table", "code", "quote"):
        return block.kind == "item" and ((length(text) <= 4 and not is_sentence(text)) or is_dateline(text))
    if _is_headline(block, bare(title)) or is_byline(text, authors):
        return True
    # A heading may have a date in it and be the article's: '24 August: trucks are gone'.
    if is_dateline(text) and (block.kind != "heading" or _words_beside_dates(text) < 3):
        return True
    if block.kind == "heading" and summary and bare(text) == bare(summary):
        return True
    return length(text) <= 4 and not is_sentence(text) and block.kind != "heading"


def is_byline(text: str, authors: Sequence[str]) -> bool:
    """Whether a line says who wrote the article and little more."""
    if length(text) > 25 or (is_sentence(text) and length(text) > 12):
        return False
    words = bare(text)
    named = [name for name in authors if bare(name) and bare(name) in words]
    beside = len(words) - sum(len(bare(name)) for name in named)
    if named and beside < (_BESIDE // 3 if has_han(text) else _BESIDE) and not is_sentence(text):
        return True
    return bool(BY.match(text)) and length(text) <= 10 and not is_sentence(text)


@lru_cache(maxsize=512)  # asked several times of each line of an article
def is_dateline(text: str) -> bool:
    """Whether a line is a date, or tells when the article appeared or was revised, and little more."""
    if length(text) > 20 or not re.search(r"\d|[٠-٩۰-۹]", text) or not dates_in(text):
        return False
    return _words_beside_dates(text) <= 8 and not (is_sentence(text) and length(text) > 10)


def _words_beside_dates(text: str) -> int:
    for found in reversed(dates_in(text)):
        text = text[: found.start] + text[found.end :]
    return len(re.findall(r"[^\W\d_]{3,}", text))


def _without_tail(blocks: list[Block], authors: Sequence[str]) -> list[Block]:
    """Without headings that nothing follows, and without what a page says about the article's author."""
    end = len(blocks)
    while end > 1 and _is_tail(blocks[end - 1], authors):
        end -= 1
    return blocks[:end]


def _without_last_words(blocks: list[Block]) -> list[Block]:
    """Without what leads elsewhere behind the last word: a link, `Read more`; a note in brackets, `(Editing by …)`."""
    if not blocks or blocks[-1].kind != "paragraph":
        return blocks
    last = blocks[-1]
    note, link = _LAST_NOTE.search(last.text), _LAST_LINK.search(last.markup)
    words = re.sub(r"\\(.)", r"\1", link["words"]) if link is not None else ""
    if link is not None and link.start() and last.text.endswith(words) and (is_button(words) or leads_elsewhere(words)):
        text, markup = last.text.removesuffix(words).rstrip(), last.markup[: link.start()]
        return [*blocks[:-1], Block("paragraph", text, markup, last.linked - len(words))]
    if note is not None and note.start() and leads_elsewhere(note["words"]):
        markup = last.markup.rstrip().removesuffix(escaped(note[0].strip()))
        if markup != last.markup.rstrip():
            return [*blocks[:-1], Block("paragraph", last.text[: note.start()], markup.rstrip(), last.linked)]
    return blocks


def _is_tail(block: Block, authors: Sequence[str]) -> bool:
    text = block.text.strip()
    if block.kind == "heading":
        return True
    if block.kind in ("table", "code", "quote"):
        return False
    if re.search(r"^\S+@\S+\.\w+$", text) or is_byline(text, authors) or is_dateline(text):
        return True
    if length(text) < 80 and (any(text.startswith(name) for name in authors if len(name) > 5) or _NAMED.match(text)):
        return _PORTRAIT.search(text[:200]) is not None
    if leads_elsewhere(text) and block.kind == "paragraph":
        return True
    if _TEASER.search(text):
        return True
    if block.linked > 0.6 * len(text):
        return True
    return length(text) <= 5 and not is_sentence(text) and block.kind == "paragraph"


def _without_repetitions(blocks: list[Block], title: str) -> list[Block]:
    """Long blocks stand once: what is said again, or begun again, is a teaser, or a quote that was pulled out. The
    headline stands in none."""
    seen: set[str] = set()
    kept = []
    for block in blocks:
        key = bare(block.text)
        if block.kind in ("heading", "paragraph") and key == bare(title):
            continue
        if length(block.text) > 8 and (key in seen or _is_begun_in(seen, block.text)):
            continue
        seen.add(key)
        kept.append(block)
    return kept


def _is_begun_in(seen: set[str], text: str) -> bool:
    """Whether a text that is cut off is how an earlier one begins."""
    cut = re.sub(r"\s*(?:…|\.\.\.)\s*$", "", text)
    return cut != text and any(earlier.startswith(bare(cut)) for earlier in seen)
