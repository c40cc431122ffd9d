"""Mail: a newsletter, a post of a mailing list or a forwarded message becomes an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.utils import parseaddr, parsedate_to_datetime

from msgspec.structs import replace

from builder.dates import Moment
from builder.importing.article import Article, Block, NoArticle
from builder.importing.bylines import clean_authors, is_last_first
from builder.importing.capture import Capture
from builder.importing.furniture import is_sentence, length
from builder.importing.headline import FEWEST, bare
from builder.importing.letter import Letter, read_letter
from builder.importing.letter_html import behind, blocks_of_letter_html, text_of_letter_html
from builder.importing.letter_text import blocks_of_letter, forwarded_in
from builder.importing.phrases import alternatives
from builder.importing.publication import read_moment
from builder.importing.trimming import repeats, trim

# 'Re:' and 'Fwd:' in the languages of mail programs, and the name of a list in brackets.
_PREFIX = re.compile(
    r"(?i)^(?:(?:re|fwd?|aw|wg|tr|rv|sv|vs|antw|odp|enc|отв|пересл|rif|i)(?:\[\d+\])?\s*[:：]\s*)+|^\[[^\[\]]{1,40}\]\s*"
)
_FORWARDS = re.compile(r"(?i)^\s*(?:\[[^\]]*\]\s*)?(?:fwd?|wg|tr|rv|i|enc|пересл)(?:\[\d+\])?\s*:")
_FURNITURE = re.compile(alternatives("mail"), re.IGNORECASE)
_LAST_FIRST = re.compile(r"((?:[a-z]+ ){0,2}[^\W\d_][\w’'-]*), ([^\W\d_][\w’'-]*\.?(?: [^\W\d_]\w*\.?)?)")
# What stands between a headline and the name of a list or a site.
_DIVIDER = re.compile(r"\s*(?:[:：|\[\]«»•·]|\s[-–/]+\s|—)\s*")
_CUT = re.compile(r"(?:…|\.\.\.)\s*$")
_TOP = 10  # blocks in which a letter's own headline stands
_FEW = 400  # characters: what who forwards a message says about it


def read_mail(capture: Capture) -> Article:
    """The article that a message holds; the one that it forwards, where it says little else. Raises NoArticle."""
    letter = _innermost(read_letter(capture.data))
    title = _subject(letter.subject)
    if not title:
        raise NoArticle("is a message without a subject; write one into its header, as a headline")
    blocks = _body(letter)
    title = _headline(title, blocks)
    authors = _authors(_in_order(letter.sender))
    own = _trimmed([block for block in blocks if not _is_furniture(block)], title, authors)
    if not own:
        what = " but what is attached to it; import that" if letter.attached else "; save the message anew"
        raise NoArticle(f"is a message without any text{what}")
    notes = [f"has attachments, which are only in the capture: {', '.join(letter.attached)}"] if letter.attached else []
    return Article(
        title=title,
        blocks=tuple(own),
        published=_moment(letter.date),
        authors=authors,
        language=letter.language if re.fullmatch(r"[A-Za-z]{2,3}(?:-\w{2,8})*", letter.language) else "",
        url=letter.address or capture.url,
        key=f"message {letter.id}" if letter.id else "",
        host=letter.host,
        odd_date=letter.date[:40],
        notes=tuple(notes),
    )


def _innermost(letter: Letter) -> Letter:
    """What is forwarded, as often as it was."""
    for _ in range(5):
        says_little = len(letter.text.strip()) < _FEW
        if letter.inner is not None and says_little:
            letter = letter.inner
        elif _FORWARDS.match(letter.subject) and (inside := forwarded_in(_text(letter))) is not None:
            name, address = parseaddr(inside.sender.replace("[mailto:", "<").replace("]", ">"))
            letter = replace(
                letter,
                subject=inside.subject or _subject(letter.subject),
                sender=name or ("" if address else inside.sender),
                host=address.rpartition("@")[2].lower() if "@" in address else "",
                date=inside.date or letter.date,
                text=inside.text,
                # With links and headings, where the text is made of it.
                html="" if letter.text.strip() else letter.html,
                opening=inside.text.partition("\n")[0],
                id=f"{letter.id}, forwarded" if letter.id else "",
                address="",
            )
        else:
            break
    return letter


def _text(letter: Letter) -> str:
    return letter.text if letter.text.strip() else text_of_letter_html(letter.html)


def _subject(text: str) -> str:
    while (cut := _PREFIX.sub("", text)) != text and cut:
        text = cut
    return text.strip()


def _in_order(sender: str) -> str:
    """A name as it is spoken: directories of firms have the last one first, `Writer, Jo`."""
    match = _LAST_FIRST.fullmatch(sender)
    return f"{match[2]} {match[1]}" if match is not None and is_last_first(match[1], match[2]) else sender


def _authors(sender: str) -> tuple[str, ...]:
    """Who sends a message. A comma in the name of a mailbox stands between a desk and its house, not between two."""
    names = clean_authors([sender], trusted=True)
    return (sender,) if len(names) > 1 and ", ".join(names) == sender else names


def _headline(subject: str, blocks: Sequence[Block]) -> str:
    """The headline that a letter begins with, if its subject is that with something before or behind, or cut off.

    A line that is marked as no heading is one only where the subject divides it from the rest: with a few words of it
    many a sentence begins or ends.
    """
    said = bare(subject.rstrip(".… "))
    marks = list(_DIVIDER.finditer(subject))
    divided = {bare(part) for mark in marks for part in (subject[: mark.start()], subject[mark.end() :])}
    for block in blocks[:_TOP]:
        own = bare(block.text)
        if own == said:
            return subject
        if block.text.isupper() or not FEWEST <= length(block.text) <= 30:
            continue
        is_marked = block.kind == "heading"
        is_part = own in divided or (is_marked and (said.endswith(f" {own}") or said.startswith(f"{own} ")))
        is_whole = own.startswith(said) and _CUT.search(subject) is not None
        if (is_part or is_whole) and (is_marked or not is_sentence(block.text)):
            return block.text
    return subject


def _trimmed(blocks: Sequence[Block], title: str, authors: Sequence[str]) -> list[Block]:
    """The letter's own blocks. Other than above a page's headline, sentences above a letter's are its own, too."""
    same = (at for at, block in enumerate(blocks[:_TOP]) if repeats(bare(block.text), bare(title)))
    at = next(same, -1)
    above = [block for block in blocks[: max(at, 0)] if is_sentence(block.text)]
    return trim([*above, *blocks[at + 1 :]], title, "", authors)


def _body(letter: Letter) -> list[Block]:
    """The text in the form that has more of it: newsletters often have but an address in their plain text."""
    plain = blocks_of_letter(letter.text, is_flowed=letter.is_flowed)
    if not letter.html.strip():
        return plain
    marked = blocks_of_letter_html(letter.html, letter.address)
    if letter.opening:
        return behind(marked, letter.opening) or plain
    words = sum(length(block.text) for block in plain)
    return marked if sum(length(block.text) for block in marked) >= 0.6 * words else plain


def _is_furniture(block: Block) -> bool:
    return length(block.text) < 60 and _FURNITURE.search(block.text) is not None


def _moment(text: str) -> Moment | None:
    """The time of a header `Date`, with its offset; `-0000` says that none is known (RFC 5322)."""
    try:
        at = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return read_moment(text)
    offset = at.utcoffset()
    minutes = round(offset.total_seconds() / 60) if offset is not None else None
    if not 1980 <= at.year <= 2100 or (minutes is not None and abs(minutes) > 14 * 60):
        return None
    return Moment(at.year, at.month, at.day, at.hour * 3600 + at.minute * 60 + at.second, minutes)
