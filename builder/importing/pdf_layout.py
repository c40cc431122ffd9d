"""PDF layout: printed lines become headings and paragraphs, without what stands on every page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from builder.importing.article import Block
from builder.importing.furniture import is_sentence, length
from builder.importing.markup import escaped, paragraph
from builder.importing.pdf_lines import HYPHEN, PrintedLine

_EDGE = 4  # lines at the top and at the foot of a page in which what repeats is looked for
_NUMBER = re.compile(
    r"(?i)^\W*(?:(?:page|seite|page|página|pagina|стр\.?|str\.?|p\.)\s*)?(?:\d{1,4}|[ivxl]{1,6})\s*(?:(?:/|of|de|von|sur|из|od)\s*\d{1,4})?\W*$"
)
_BULLET = re.compile(r"^(?:[•◦▪■●‣⁃·\uf0b7\uf0a7✓➢]|[–—*-](?=\s)|o(?=\s[A-Z]))\s*(?=\S)")
_NUMBERED = re.compile(r"^(\d{1,2})[.)]\s+(?=[^\W\d_])")
_DIVIDED = re.compile(rf"([^\W\d_]+){HYPHEN}\s?([^\W\d_]+)")
_CONTENTS = re.compile(r"(?:\s?\.){4,}\s*(?:\d+|[ivxl]+)\b")  # a line of a table of contents, or of an index
_SAME = 0.08  # share by which the sizes of letters of one kind of text differ
_LARGER = 1.12  # times the text's size, from which on a line is a heading
_HEADING = 22  # words


def without_running_heads(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines but for those at the pages' edges that repeat from page to page, page numbers and lists of pages."""
    pages: dict[int, list[PrintedLine]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    edges: dict[int, list[PrintedLine]] = {}
    for number, own in pages.items():
        by_height = sorted(own, key=lambda line: -line.top)
        edges[number] = [*by_height[:_EDGE], *by_height[-_EDGE:]]
    counted = Counter(key for own in edges.values() for key in {_key(line) for line in own})
    often = max(2, round(0.4 * len(pages)))
    dropped = {
        id(line)
        for own in edges.values()
        for line in own
        if _NUMBER.match(line.text) or (counted[_key(line)] >= often and len(pages) > 1)
    }
    return [line for line in lines if id(line) not in dropped and not _CONTENTS.search(line.text)]


def _key(line: PrintedLine) -> tuple[str, int]:
    """A line's words without its numbers, and how high it stands."""
    return re.sub(r"\d+", "#", line.text).casefold(), round(line.top / 8)


def blocks_in(lines: Sequence[PrintedLine]) -> list[Block]:
    """The blocks that printed lines make. A heading has level 1 where its letters are the largest."""
    if not lines:
        return []
    size = _text_size(lines)
    bold_text = sum(len(line.text) for line in lines if line.is_bold) > 0.5 * sum(len(line.text) for line in lines)
    step = _step(lines, size)
    hyphenated = _Hyphens(lines)
    largest = max(line.size for line in lines)
    blocks: list[Block] = []
    for run in _runs(lines, size, step, bold_text=bold_text):
        text = hyphenated.joined([line.text for line in run])
        if run[0].size > size * _LARGER and length(text) <= _HEADING * 2:
            level = 1 if run[0].size > largest * (1 - _SAME) else 2 if run[0].size > size * 1.3 else 3
            blocks.append(Block("heading", text, escaped(text), level=level))
        elif run[0].is_bold and not bold_text and length(text) <= _HEADING and not is_sentence(text.rstrip(":")):
            blocks.append(Block("heading", text, escaped(text), level=3))
        else:
            blocks.append(_paragraph(text))
    return _joined_over_pages(blocks)


def _text_size(lines: Iterable[PrintedLine]) -> float:
    counted: Counter[float] = Counter()
    for line in lines:
        counted[line.size] += len(line.text)
    return max(counted, key=lambda size: (counted[size], size))


def _step(lines: Sequence[PrintedLine], size: float) -> float:
    """How far one line of running text stands below the other."""
    steps = [
        first.top - second.top
        for first, second in pairwise(lines)
        if first.page == second.page and 0.5 * size < first.top - second.top < 3 * size and _is_alike(first, second)
    ]
    return median(sorted(steps)[: max(1, len(steps) * 3 // 4)]) if steps else 1.2 * size


def _is_alike(first: PrintedLine, second: PrintedLine) -> bool:
    return abs(first.size - second.size) <= _SAME * max(first.size, second.size)


def _runs(lines: Sequence[PrintedLine], size: float, step: float, *, bold_text: bool) -> Iterator[list[PrintedLine]]:
    """Lines that belong together: a heading's, a paragraph's, an item's."""
    run = [lines[0]]
    right = _right_edges(lines)
    for before, line in pairwise(lines):
        if _begins_anew(run, before, line, step, right[before.page], bold_text=bold_text):
            yield run
            run = [line]
        else:
            run.append(line)
    yield run


def _right_edges(lines: Iterable[PrintedLine]) -> dict[int, float]:
    edges: dict[int, list[float]] = defaultdict(list)
    for line in lines:
        edges[line.page].append(line.right)
    return {page: sorted(rights)[len(rights) * 9 // 10] for page, rights in edges.items()}


def _begins_anew(
    run: Sequence[PrintedLine], before: PrintedLine, line: PrintedLine, step: float, edge: float, *, bold_text: bool
) -> bool:
    if not _is_alike(before, line) or (before.is_bold != line.is_bold and not bold_text and _is_own(before, line)):
        return True
    if before.page != line.page:
        return True
    down = before.top - line.top
    if abs(down) < 0.5 * step and line.left > before.right - 1:
        # The same line goes on behind a gap: words at a tab, or cells of a table.
        return line.left - before.right > 3 * line.size
    larger = max(step, 1.15 * line.size)
    if down > 1.35 * larger or down < -0.5 * step:
        return True
    if _BULLET.match(line.text) or (_NUMBERED.match(line.text) and is_sentence(before.text)):
        return True
    if len(run) >= 1 and line.left - before.left > 0.6 * line.size and is_sentence(before.text):
        return True  # the first line of a paragraph is indented
    is_short = before.right < edge - 0.18 * max(edge - before.left, 1)
    return is_short and is_sentence(before.text) and line.text[:1].upper() == line.text[:1]


def _is_own(before: PrintedLine, line: PrintedLine) -> bool:
    """Whether bold and other letters are those of two blocks, and not of one whose words are partly bold."""
    return before.is_bold or is_sentence(before.text)


class _Hyphens:
    """Joins lines, and words that were divided at their ends."""

    def __init__(self, lines: Iterable[PrintedLine]) -> None:
        text = " ".join(line.text for line in lines).casefold()
        self._words = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text))

    def joined(self, texts: Sequence[str]) -> str:
        whole = ""
        for text in texts:
            whole = self._join(whole, text) if whole else text
        # PDFium puts the halves of a word into one line where it is sure of them.
        whole = _DIVIDED.sub(lambda match: self._word(match[1], match[2]), whole)
        return " ".join(whole.replace(HYPHEN, "-").replace("\xad", "").split())

    def _join(self, first: str, second: str) -> str:
        match = re.search(r"([^\W\d_]+)([-‐\u00ad" + HYPHEN + r"])$", first)
        start = re.match(r"[^\W\d_]+", second)
        if match is None or start is None or not start[0][0].islower():
            return f"{first} {second}"
        return f"{first[: match.start(1)]}{self._word(match[1], start[0])}{second[start.end() :]}"

    def _word(self, first: str, second: str) -> str:
        """A word that was divided. 'Well-known' keeps its hyphen, where the text has it so elsewhere."""
        hyphenated, whole = f"{first}-{second}", f"{first}{second}"
        return hyphenated if self._words[hyphenated.casefold()] > self._words[whole.casefold()] else whole


def _paragraph(text: str) -> Block:
    if match := _BULLET.match(text):
        own = text[match.end() :]
        return Block("item", own, escaped(own), marker="-")
    if match := _NUMBERED.match(text):
        own = text[match.end() :]
        return Block("item", own, escaped(own), marker=f"{match[1]}.")
    return paragraph(text)


def _joined_over_pages(blocks: Sequence[Block]) -> list[Block]:
    """A paragraph goes on at the top of the next page or column where it stops in the middle of a sentence."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if (
            last is not None
            and block.kind == "paragraph"
            and last.kind in ("paragraph", "item")
            and re.match(r"[^\W\d_]", block.text)
            and block.text[0].islower()
            and not is_sentence(last.text)
            and length(last.text) > 5
        ):
            is_divided = re.search(r"[^\W\d_]-$", last.text) is not None
            text = f"{last.text[:-1]}{block.text}" if is_divided else f"{last.text} {block.text}"
            found[-1] = Block(last.kind, text, escaped(text), marker=last.marker)
        else:
            found.append(block)
    return found
