"""Matching: where a text names what a list of names means, in any script, the longest name first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Generic, TypeVar

from msgspec import Struct

from builder.names import fold_text

T = TypeVar("T")

_PARAGRAPHS = 200  # so many are remembered: those of one article

_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\s.’'ʼ\-–‑/&]{1,3}")
# Scripts that write words without spaces, or with endings that join them.
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\u0e00-\u0eff\u1780-\u17ff\u1000-\u109f]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
# 'And', 'in', 'for', 'like' and the article are written together with the word that follows.
_PREFIX = re.compile(r"^(?:[وف]?(?:[بك]?ال|لل)|[وف][بلك]?|[بلك])(?=\w{3})")


class Match(Struct, Generic[T], frozen=True):
    """A name in a text: where, as it is written there, and what it means."""

    start: int
    end: int
    text: str
    meaning: T


class _Entry(Struct, Generic[T], frozen=True):
    words: tuple[str, ...]
    name: str
    meaning: T
    is_acronym: bool
    is_capital: bool


class Matcher(Generic[T]):
    """Finds names. `fallback` tells what a single word means that is in no list."""

    def __init__(self, names: Iterable[tuple[str, T]], fallback: Callable[[str], T | None] | None = None) -> None:
        self._by_word: dict[str, list[_Entry[T]]] = {}
        self._fallback = fallback
        self._remembered: dict[str, list[Match[T]]] = {}
        dense: dict[str, T] = {}
        for name, meaning in names:
            if _DENSE.search(name):
                dense.setdefault(name, meaning)
                continue
            words = tuple(_plain(word) for word in _WORD.findall(name))
            if words:
                letters = "".join(character for character in name if character.isalpha())
                is_acronym = letters.isupper() and len(letters) <= 6
                entry = _Entry(words, name, meaning, is_acronym, name[0].isupper())
                self._by_word.setdefault(words[0], []).append(entry)
        for entries in self._by_word.values():
            entries.sort(key=lambda entry: -len(entry.words))
        self._dense = dense
        names_by_length = sorted(dense, key=len, reverse=True)
        self._dense_pattern = re.compile("|".join(map(re.escape, names_by_length))) if dense else None

    def find(self, text: str) -> list[Match[T]]:
        """The names in `text`, in their order; of those that overlap the first, and there the longest."""
        # Several questions are asked of each paragraph of an article, one after the other.
        if text not in self._remembered:
            if len(self._remembered) > _PARAGRAPHS:
                self._remembered.clear()
            self._remembered[text] = self._find(text)
        return self._remembered[text]

    def _find(self, text: str) -> list[Match[T]]:
        spans, words = _words_of(text)
        found: list[Match[T]] = []
        index = 0
        while index < len(words):
            entry = self._at(text, spans, words, index) if words[index] in self._by_word else None
            if entry is not None:
                last = index + len(entry.words) - 1
                start, end = spans[index][0], spans[last][1]
                found.append(Match(start, end, text[start:end], entry.meaning))
                index = last + 1
                continue
            if self._fallback is not None and len(words[index]) >= 5:
                start, end = spans[index]
                meaning = self._fallback(text[start:end])
                if meaning is not None:
                    found.append(Match(start, end, text[start:end], meaning))
            index += 1
        if self._dense_pattern is not None and _DENSE.search(text):
            found += self._in_dense(text)
            found.sort(key=lambda match: match.start)
        return found

    def _at(self, text: str, spans: Sequence[tuple[int, int]], words: Sequence[str], index: int) -> _Entry[T] | None:
        for entry in self._by_word[words[index]]:
            last = index + len(entry.words) - 1
            if last >= len(words) or any(words[index + k] != word for k, word in enumerate(entry.words)):
                continue
            if any(not _GAP.fullmatch(text, spans[k][1], spans[k + 1][0]) for k in range(index, last)):
                continue
            written = text[spans[index][0] : spans[last][1]]
            if entry.is_acronym and not _same_letters(written, entry.name):
                continue
            if entry.is_capital and not entry.is_acronym and written[0].islower():
                continue
            return entry
        return None

    def _in_dense(self, text: str) -> Iterator[Match[T]]:
        assert self._dense_pattern is not None
        for match in self._dense_pattern.finditer(text):
            yield Match(match.start(), match.end(), match[0], self._dense[match[0]])


@lru_cache(maxsize=_PARAGRAPHS)  # places and actors are looked for in the same paragraphs
def _words_of(text: str) -> tuple[list[tuple[int, int]], list[str]]:
    """Where the words of a text stand, and what they are, as `_plain` has them."""
    spans = [match.span() for match in _WORD.finditer(text)]
    return spans, [_plain(text[start:end]) for start, end in spans]


@lru_cache(maxsize=4096)  # the words of a language that are read again and again
def _plain(word: str) -> str:
    """A word folded, and in Arabic without what is written together with it."""
    folded = fold_text(word)
    return _PREFIX.sub("", folded) if _ARABIC.match(folded) else folded


def _same_letters(written: str, name: str) -> bool:
    return [c for c in written if c.isalnum()] == [c for c in name if c.isalnum()]
