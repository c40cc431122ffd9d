"""Phrases: what pages and articles say in the languages of news, as data: lists of words, and of patterns."""

from __future__ import annotations

from importlib.resources import files


def alternatives(name: str) -> str:
    """The patterns of a list, as alternatives of one regular expression."""
    return "|".join(lines(name))


def entries(name: str) -> frozenset[str]:
    """The entries of a list that is divided by bars."""
    return frozenset(entry.strip() for line in lines(name) for entry in line.split("|") if entry.strip())


def words(name: str) -> frozenset[str]:
    """The words of a list that is divided by spaces."""
    return frozenset(word for line in lines(name) for word in line.split())


def lines(name: str) -> list[str]:
    """The lines of a list, without its comments."""
    text = files(__package__).joinpath(f"{name}.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("# ")]
