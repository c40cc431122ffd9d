"""Formats: how each generator wants a briefing to be written, and where."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from benchmarks import words
from benchmarks.briefings import Briefing


@dataclass(frozen=True, slots=True)
class Format:
    """Where briefings lie, what stands above their bodies, and the files that a corpus has besides, by path."""

    folder: str
    head: Callable[[Briefing], str]
    records: Callable[[], dict[str, str]] = dict

    def path(self, briefing: Briefing) -> str:
        """The path of a briefing's file in the corpus."""
        return f"{self.folder}/{briefing.day.year}/{briefing.day}-{briefing.slug}.md"

    def text(self, briefing: Briefing) -> str:
        """All that the file says."""
        return self.head(briefing) + briefing.body


def _front_matter(briefing: Briefing, *lines: str) -> str:
    title, summary = json.dumps(briefing.title, ensure_ascii=False), json.dumps(briefing.summary, ensure_ascii=False)
    return "\n".join(["---", f"title: {title}", f"date: {briefing.day}", *lines, f"summary: {summary}", "---", "", ""])


def _list(name: str, values: Iterable[str]) -> list[str]:
    return [f"{name}:", *(f"  - {value}" for value in values)]


def _sitrep(briefing: Briefing) -> str:
    return _front_matter(
        briefing, f"region: {briefing.region}", *_list("actors", briefing.actors), *_list("tags", briefing.tags)
    )


def _sitrep_records() -> dict[str, str]:
    # All names have records, as in an archive that cares for its names.
    regions = "".join(f"- name: {name}\n" for name in words.REGIONS)
    actors = "".join(
        f"- name: {name}\n  kind: {kind}\n" for kind, names in words.ACTORS_BY_KIND.items() for name in names
    )
    return {"content/regions.yaml": regions, "content/actors.yaml": actors}


def _hugo(briefing: Briefing) -> str:
    day = briefing.day.isoformat()
    return _front_matter(
        briefing,
        f"slug: {briefing.slug}",
        *_list("regions", [briefing.region]),
        *_list("actors", briefing.actors),
        *_list("tags", briefing.tags),
        # Hugo knows no pages of years, months and days; where they are wanted they are one more taxonomy.
        *_list("periods", [f'"{day[:length]}"' for length in (4, 7, 10)]),
    )


def _eleventy(briefing: Briefing) -> str:
    return _front_matter(
        briefing,
        f"slug: {briefing.slug}",
        f"region: {briefing.region}",
        *_list("actors", briefing.actors),
        *_list("tags", briefing.tags),
    )


def _zensical(briefing: Briefing) -> str:
    return _front_matter(
        briefing,
        f"slug: {briefing.slug}",
        *_list("categories", [briefing.region]),
        *_list("authors", map(words.slug, briefing.actors)),
        *_list("tags", briefing.tags),
    )


def _zensical_records() -> dict[str, str]:
    # An author without a description or a picture isn't accepted.
    fields = ("name: {0}", "description: {0}", "avatar: https://example.org/{1}.png")
    authors = [
        f"  {words.slug(name)}:\n" + "".join(f"    {field.format(name, words.slug(name))}\n" for field in fields)
        for name in words.ACTORS
    ]
    return {"docs/.authors.yml": "authors:\n" + "".join(authors)}


def _pelican(briefing: Briefing) -> str:
    return (
        f"Title: {briefing.title}\nDate: {briefing.day}\nSlug: {briefing.slug}\nCategory: {briefing.region}\n"
        f"Authors: {', '.join(briefing.actors)}\nTags: {', '.join(briefing.tags)}\nSummary: {briefing.summary}\n\n"
    )


def _nikola(briefing: Briefing) -> str:
    return (
        f"<!--\n.. title: {briefing.title}\n.. date: {briefing.day}\n.. slug: {briefing.slug}\n"
        f".. category: {briefing.region}\n.. author: {', '.join(briefing.actors)}\n"
        f".. tags: {', '.join(briefing.tags)}\n.. description: {briefing.summary}\n-->\n\n"
    )


FORMATS = {
    "sitrep": Format("content/briefings", _sitrep, _sitrep_records),
    "hugo": Format("content/briefings", _hugo),
    "eleventy": Format("content/briefings", _eleventy),
    "pelican": Format("content", _pelican),
    "nikola": Format("content", _nikola),
    "zensical": Format("docs/briefings", _zensical, _zensical_records),
}
