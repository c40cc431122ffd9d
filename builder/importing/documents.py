"""Documents: headline, author and day of a document that was written to be printed, as PDF and Word files are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from builder.dates import Moment
from builder.importing.article import Article, Block, NoArticle
from builder.importing.bylines import BY, clean_authors
from builder.importing.days import dates_in
from builder.importing.decoding import without_controls
from builder.importing.furniture import is_sentence, length
from builder.importing.headline import bare
from builder.importing.publication import odd_date_in, read_moment
from builder.importing.trimming import is_dateline, trim

_RUNNING = 10  # words of a paragraph
_TOP = 14  # blocks in which headline, byline and day are looked for
_FILE_NAME = re.compile(
    r"(?i)\.(?:docx?|pdf|indd|qxd|rtf|odt|pages|tex|dvi|pptx?|xlsx?|cdr|ai|p65|pmd|html?)\b|^microsoft |"
    r"^[\w.-]*_[\w.-]*$|[\\/]"
)
_NO_TITLE = re.compile(
    r"(?i)^(?:untitled|document\d*|title|titel|titre|word document|slide \d+|layout \d+|untitled-?\d*|print|"
    r"press release|pressemitteilung|communiqué de presse|news release|memo(?:randum)?|report|"
    r"(?:table of )?contents|inhalt(?:sverzeichnis)?|sommaire|índice|abstract)$"
)
# What Word puts around a form of a page that was pasted.
_FORM = re.compile(
    r"(?:Top|Bottom) of Form|Formular(?:beginn|ende)|(?:Haut|Bas) du formulaire|(?:Principio|Final) del formulario"
)
_NO_AUTHOR = re.compile(
    r"(?i)\b(?:user|admin|administrator|owner|office|microsoft|windows|hp|dell|lenovo|acer|asus|python|docx|writer|"
    r"acrobat|scanner|xerox|canon|ricoh|konica|pdf|latex|author|benutzer|utilisateur|usuario|test)\b|\d"
)


class Properties(Struct, frozen=True):
    """What a file says of itself; `made` is when it was made, as ISO 8601. All may be empty, or a program's words."""

    title: str = ""
    author: str = ""
    made: str = ""
    language: str = ""


def article_of_document(blocks: Sequence[Block], properties: Properties, url: str = "") -> Article:
    """The article of a document's blocks. Its headline is a heading of level 1, if it has one. Raises NoArticle."""
    blocks = [_as_heading(block) for block in blocks if not _FORM.fullmatch(block.text)]
    if not blocks:
        raise NoArticle("is a document without text; give one with the article in it")
    if not any(length(block.text) >= _RUNNING and is_sentence(block.text) for block in blocks):
        raise NoArticle("holds no running text but tables, forms or headings; give a document with an article in it")
    title, title_sure, behind = _title(blocks, without_controls(properties.title))
    authors, authors_sure = _authors(blocks[:_TOP], without_controls(properties.author))
    published, published_sure, notes = _published(blocks, properties.made)
    own = trim(_from(blocks, behind), title, "", authors)
    guessed = {"title": title_sure, "author": authors_sure, "published": published_sure}
    return Article(
        title=title,
        blocks=tuple(own),
        published=published,
        authors=authors,
        language=properties.language,
        url=url,
        guessed={field: sure for field, sure in guessed.items() if sure},
        odd_date="" if published else odd_date_in(block.text for block in blocks[:_TOP]),
        notes=notes,
    )


def _as_heading(block: Block) -> Block:
    """A short paragraph that is bold as a whole is a heading."""
    match = re.fullmatch(r"\*\*([^*]+)\*\*", block.markup)
    if block.kind == "paragraph" and match and length(block.text) <= 22 and not is_sentence(block.text.rstrip(":")):
        return Block("heading", block.text, match[1], level=3)
    return block


def _title(blocks: Sequence[Block], told: str) -> tuple[str, float, int]:
    """The headline, how sure that is, and behind which block the text begins."""
    top = range(min(_TOP, len(blocks)))
    told = " ".join(told.split())
    if is_title(told):
        for index in top:
            if bare(told) == bare(blocks[index].text):
                return blocks[index].text, 0.9, index + 1
    headings = [index for index in top if blocks[index].kind == "heading" and _may_be_title(blocks[index])]
    if headings:
        level = min(blocks[index].level for index in headings)
        first = next(index for index in headings if blocks[index].level == level)
        last = first
        # A headline of two parts, in letters of the same size.
        while last + 1 in headings and blocks[last + 1].level == level < 3 and last - first < 2:
            last += 1
        text = " ".join(blocks[index].text for index in range(first, last + 1))
        if length(text) <= 40:
            return text, 0.8 if level < 3 else 0.6, last + 1
        return blocks[first].text, 0.7, first + 1
    if is_title(told) and _shares_words(told, blocks[:_TOP]):
        return told, 0.6, 0
    for index in top:
        text = blocks[index].text
        if (
            blocks[index].kind == "paragraph"
            and 3 <= length(text) <= 22
            and _may_be_title(blocks[index])
            and not is_sentence(text)
        ):
            return text, 0.5, index + 1
    text = blocks[0].text
    sentence = re.match(r".{20,140}?[.!?。！？؟](?=\s|$)", text)
    return (sentence[0].rstrip(".") if sentence else " ".join(text.split()[:14])), 0.2, 0


def is_title(text: str) -> bool:
    """Whether what a file calls its title can be a headline, and not a file's or a program's name."""
    return 2 <= length(text) <= 40 and not _FILE_NAME.search(text) and not _NO_TITLE.match(text)


def _may_be_title(block: Block) -> bool:
    text = block.text
    is_head = BY.match(text) or is_dateline(text) or _NO_TITLE.match(text) or text.endswith((":", ","))
    return (length(text) >= 2 or block.level == 1) and len(re.findall(r"[^\W\d_]", text)) >= 6 and not is_head


def _shares_words(title: str, blocks: Sequence[Block]) -> bool:
    words = {word for word in bare(title).split() if len(word) > 3}
    text = set(bare(" ".join(block.text for block in blocks)).split())
    return bool(words) and len(words & text) >= 0.6 * len(words)


def _from(blocks: Sequence[Block], behind: int) -> Sequence[Block]:
    """What follows the headline; all, if more than a letter's head stands before it."""
    before = blocks[: max(behind - 1, 0)]
    is_head = sum(length(block.text) for block in before) <= 80 and not any(length(b.text) > 40 for b in before)
    return blocks[behind:] if is_head else [*before, *blocks[behind:]]


def _authors(top: Sequence[Block], told: str) -> tuple[tuple[str, ...], float]:
    for block in top:
        if BY.match(block.text) and length(block.text) <= 16:
            day = min((found.start for found in dates_in(block.text)), default=None)  # in the next line of the print
            if names := clean_authors([block.text[:day]]):
                return names, 0.8
    named = "" if _NO_AUTHOR.search(told) or length(told) < 2 else told
    names = clean_authors([part for part in re.split(r"\s*[;,]\s*", named) if part])
    return (names, 0.5) if names else ((), 0.0)


def _published(blocks: Sequence[Block], made: str) -> tuple[Moment | None, float, tuple[str, ...]]:
    """The day in a line of its own near the top; else that on which the file was made."""
    for block in (*blocks[:_TOP], *blocks[-3:]):
        dates = [found.moment for found in dates_in(block.text) if found.moment.day]
        if dates and length(block.text) <= 14 and not is_sentence(block.text):
            return dates[0], 0.8, ()
    if (moment := read_moment(made)) is not None:
        note = "the day of publication is that on which the file was made; its text says none in a line of its own"
        return replace(moment, seconds=None, offset=None), 0.4, (note,)
    for block in blocks[:_TOP]:
        for found in dates_in(block.text):
            if found.moment.day:
                return found.moment, 0.4, ("the day of publication is the first day that its text names",)
    return None, 0.0, ()
