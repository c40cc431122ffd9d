"""Corpus: an archive of invented briefings, the same ones in the format of each generator."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from benchmarks import words
from benchmarks.briefings import SEED, Briefing, briefings

SITES = Path(__file__).parent / "sites"  # each generator's configuration and bare templates
THEMES = Path(__file__).parent / "themes"  # Sitrep's


def write_corpus(folder: Path, format_: str, count: int, seed: int = SEED) -> None:
    """Makes `folder` an archive of `count` briefings that the generator `format_` builds as it is."""
    shutil.copytree(SITES / format_, folder)
    if format_ == "sitrep":
        shutil.copytree(THEMES, folder / "themes")
        _write_records(folder / "content")
    place, head = FORMATS[format_]
    for briefing in briefings(count, seed):
        path = folder / place / str(briefing.day.year) / f"{briefing.day}-{briefing.slug}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(head(briefing) + briefing.body, encoding="utf-8")


def _write_records(content: Path) -> None:
    """Records of all names, as an archive that cares for its names has them."""
    content.mkdir()
    regions = "".join(f"- name: {name}\n" for name in words.REGIONS)
    (content / "regions.yaml").write_text(regions, encoding="utf-8")
    actors = "".join(
        f"- name: {name}\n  kind: {kind}\n" for kind, names in words.ACTORS_BY_KIND.items() for name in names
    )
    (content / "actors.yaml").write_text(actors, encoding="utf-8")


def _yaml_list(name: str, values: tuple[str, ...]) -> list[str]:
    return [f"{name}:", *(f"  - {value}" for value in values)]


def _front_matter(briefing: Briefing, *lines: str) -> str:
    title, summary = (json.dumps(text, ensure_ascii=False) for text in (briefing.title, briefing.summary))
    return "\n".join(["---", f"title: {title}", f"date: {briefing.day}", *lines, f"summary: {summary}", "---", "", ""])


def _sitrep(briefing: Briefing) -> str:
    actors, tags = _yaml_list("actors", briefing.actors), _yaml_list("tags", briefing.tags)
    return _front_matter(briefing, f"region: {briefing.region}", *actors, *tags)


def _hugo(briefing: Briefing) -> str:
    actors, tags = _yaml_list("actors", briefing.actors), _yaml_list("tags", briefing.tags)
    day = briefing.day.isoformat()
    # Hugo knows no pages of years, months and days; where they are wanted they are one more taxonomy.
    periods = ["periods:", *(f'  - "{day[:length]}"' for length in (4, 7, 10))]
    return _front_matter(
        briefing, f"slug: {briefing.slug}", *_yaml_list("regions", (briefing.region,)), *actors, *tags, *periods
    )


def _eleventy(briefing: Briefing) -> str:
    actors, tags = _yaml_list("actors", briefing.actors), _yaml_list("tags", briefing.tags)
    return _front_matter(briefing, f"slug: {briefing.slug}", f"region: {briefing.region}", *actors, *tags)


def _pelican(briefing: Briefing) -> str:
    return (
        f"Title: {briefing.title}\nDate: {briefing.day}\nSlug: {briefing.slug}\nCategory: {briefing.region}\n"
        f"Authors: {', '.join(briefing.actors)}\nTags: {', '.join(briefing.tags)}\nSummary: {briefing.summary}\n\n"
    )


# Where each generator looks for briefings, and what stands above their bodies.
FORMATS: dict[str, tuple[str, Callable[[Briefing], str]]] = {
    "sitrep": ("content/briefings", _sitrep),
    "pelican": ("content", _pelican),
    "hugo": ("content/briefings", _hugo),
    "eleventy": ("content/briefings", _eleventy),
}
