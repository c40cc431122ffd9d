"""What an import holds in memory for each of many articles: of all its processes, at the most.

    python -m benchmarks.import_memory [--articles 100000] [--jobs 2] [--work FOLDER]

imports a thousand invented articles of some 1.5 KB, as lines of one JSON file, into a new archive, and then that many
into another. The difference of the two, by the difference in articles, is what each takes. The archives need some 800
MB in FOLDER. Linux only.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from benchmarks.measure import Cost, measure
from benchmarks.places import tell

_FEW = 1000  # articles, with which every process has all that it needs for any
_LOOK = 0.5  # seconds
_TOWNS = ("Kyiv", "Kharkiv", "Goma", "Khartoum", "Mitrovica", "Belgrade", "Aleppo", "Sanaa", "Kabul", "Mopti")
_ACTORS = ("NATO", "The United Nations", "Hezbollah", "The European Union", "Médecins Sans Frontières", "M23")
_SYLLABLES = ("ba", "cer", "di", "fon", "gu", "har", "jes", "ki", "lom", "mu", "nat", "per", "rin", "so", "tav", "ven")


def write_articles(path: Path, number: int) -> None:
    """Writes so many articles, a line of JSON each, none of them like another."""
    chance = random.Random(20220817)  # the same articles each time
    with path.open("w", encoding="utf-8") as file:
        for at in range(number):
            file.write(json.dumps(_article(at, chance), ensure_ascii=False) + "\n")


def _article(at: int, chance: random.Random) -> dict[str, str]:
    day = date(2014, 1, 1) + timedelta(days=at % 4000)
    words = _words(chance)
    title = f"{' '.join(next(words) for _ in range(8)).capitalize()} in {chance.choice(_TOWNS)}"
    body = "\n\n".join(
        f"{chance.choice(_ACTORS)} said in {chance.choice(_TOWNS)} on {day:%A} that"
        f" {' '.join(next(words) for _ in range(28))}, and {' '.join(next(words) for _ in range(28))}."
        for _ in range(4)
    )
    address = f"https://news.example/{day.year}/{title.lower().replace(' ', '-')}-{at}"
    return {"title": title, "url": address, "date": f"{day}T10:00:00Z", "text": body}


def _words(chance: random.Random) -> Iterator[str]:
    """Words as a language has them: few that come again and again, and tens of thousands that are rare."""
    while True:
        number = int(2 ** chance.uniform(0, 16))  # Zipf's law
        yield "".join(_SYLLABLES[number >> 4 * k & 15] for k in range(1 + number.bit_length() // 4))


def imported(articles: int, jobs: int, work: Path) -> Cost:
    """What it costs to import so many articles into a new archive."""
    with tempfile.TemporaryDirectory(dir=work) as place:
        folder = Path(place)
        write_articles(folder / "articles.jsonl", articles)
        sitrep = [sys.executable, "-m", "builder"]
        measure([*sitrep, "new", "archive", "archive"], folder, folder / "log", _LOOK)
        command = [*sitrep, "import", "articles.jsonl", "--jobs", str(jobs), "--root", "archive", "--quiet"]
        cost = measure(command, folder, folder / "log", _LOOK)
        made = sum(1 for _ in (folder / "archive" / "content" / "briefings").rglob("*.md")) - 1  # the example's
        tell(f"{made} of {articles} articles: {cost.wall:.0f} s, {cost.memory / 1e6:.0f} MB")
    return cost


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--work", type=Path, metavar="FOLDER")
    arguments = parser.parse_args()
    if arguments.articles <= _FEW:
        parser.error(f"--articles has to be more than {_FEW}")
    if shutil.disk_usage(arguments.work or tempfile.gettempdir()).free < 10_000 * arguments.articles:
        parser.error("has no room for the archives: give another --work")
    few = imported(_FEW, arguments.jobs, arguments.work)
    many = imported(arguments.articles, arguments.jobs, arguments.work)
    each = (many.memory - few.memory) / (arguments.articles - _FEW)
    print(f"{_FEW:,} articles {few.memory / 1e6:.0f} MB, {arguments.articles:,} {many.memory / 1e6:.0f} MB")
    print(f"each of them {each / 1000:.2f} KB")


if __name__ == "__main__":
    main()
