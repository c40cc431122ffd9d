"""The configuration of an archive: `sitrep.toml`, read and typed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, reset_tzpath

from msgspec import Meta, Struct
from msgspec.structs import replace

from builder.dates import Moment
from builder.deploy.settings import DeployTarget
from builder.faults import ArchiveError, Fault, did_you_mean, error
from builder.model.common import Given, Mention, describe
from builder.reading.files import read_text
from builder.reading.nodes import UNSHOWABLE, Mapping, Node, Scalar, Sequence
from builder.reading.typed import field_names, read

FILE_NAME = "sitrep.toml"
# What is public, beside it.
PUBLISHED = "published.json"
# Zones come from the package tzdata alone: a system's own, older or newer, would decide what stands on pages.
reset_tzpath(to=())
# What `[check]` may turn off: each is the code of a warning.
LINTS = (
    "future-date",
    "inferred",
    "likelihood-and-confidence",
    "long-summary",
    "share-words",
    "unattributed-deaths",
    "unknown-record",
    "untold-change",
)


# Nobody's: what `base_url` is until an archive says where it stands.
DEFAULT_BASE_URL = "https://example.org/"

Language = Annotated[str, Meta(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]


class Feeds(Struct, frozen=True, kw_only=True):
    """`[feeds]`"""

    entries: Annotated[int, Meta(ge=1, le=200, description="how many entries a feed has")] = 20


class MarkdownOptions(Struct, frozen=True, kw_only=True):
    """`[markdown]`"""

    typographer: Annotated[bool, describe("typographic quotes, dashes and dots")] = True


class Check(Struct, frozen=True, kw_only=True):
    """`[check]`"""

    off: Annotated[tuple[str, ...], describe("warnings to leave out, by their codes")] = ()


class Captures(Struct, frozen=True, kw_only=True):
    """`[captures]`"""

    operator: Annotated[str | None, describe("who imports, to be named in each capture's record")] = None


class Search(Struct, frozen=True, kw_only=True):
    """`[search]`"""

    enabled: Annotated[bool, describe("whether the site can be searched")] = True
    results: Annotated[int, Meta(ge=1, le=100, description="how many results are shown at a time")] = 20
    part: Annotated[
        int, Meta(ge=10, le=100_000, description="over so many briefings, the index is divided by decade or year")
    ] = 1000


class Share(Struct, frozen=True, kw_only=True):
    """`[share]`"""

    enabled: Annotated[bool, describe("whether share pictures are made")] = True
    per_briefing: Annotated[bool, describe("whether each briefing has one of its own")] = False


class Importing(Struct, frozen=True, kw_only=True):
    """`[import]`"""

    columns: Annotated[dict[str, tuple[str, ...]], describe("which columns of tables hold what")] = {}


class Output(Struct, frozen=True, kw_only=True):
    """`[output]`"""

    hosts: Annotated[
        tuple[Literal["apache", "cloudflare", "github", "netlify", "nginx"], ...],
        describe("the hosts that the site has files for"),
    ] = ()
    compress: Annotated[
        tuple[Literal["br", "gz"], ...], describe("which compressed copies stand beside each text file")
    ] = ()
    picture_width: Annotated[int, Meta(ge=100, le=10_000), describe("pixels: wider pictures are made smaller")] = 1600


class Security(Struct, frozen=True, kw_only=True):
    """`[security]`: what `security.txt` says (RFC 9116)."""

    contact: Annotated[str | None, describe("whom to write to about a hole in the site")] = None
    expires: Annotated[Moment | None, describe("until when that holds")] = None

    def problems(self) -> Iterator[tuple[str, str]]:
        """What the settings are together that they may not be: pairs of a setting and a message."""
        if (self.contact is None) != (self.expires is None):
            missing = "expires" if self.expires is None else "contact"
            yield missing, "is missing; security.txt has both, as RFC 9116 wants it"
        if self.expires is not None and self.expires.precision != "day":
            yield "expires", "must be a day, such as 2027-01-31"


class Serve(Struct, frozen=True, kw_only=True):
    """`[serve]`"""

    editor: Annotated[str | None, describe("what opens a file in your editor, with `{path}` and `{line}`")] = None


class ThemeChoice(Struct, frozen=True, kw_only=True):
    """`theme`, as a name, or `[theme]`, with `name` and the theme's options."""

    name: Mention = Mention("broadsheet", 0)
    options: dict[str, Given] = {}


class Config(Struct, frozen=True, kw_only=True, rename={"importing": "import"}):
    """What `sitrep.toml` says; the defaults are what it says where it doesn't."""

    title: Annotated[str, describe("the archive's name")]
    base_url: Annotated[str, describe("where the site will stand")] = DEFAULT_BASE_URL
    description: Annotated[str, describe("one sentence that says what this is")] = ""
    language: Language = "en"
    languages: Annotated[tuple[Language, ...], describe("those that there are translations into")] = ()
    timezone: Annotated[str, describe("an IANA zone: of times that have no offset")] = "UTC"
    theme: ThemeChoice = ThemeChoice()
    per_page: Annotated[int, Meta(ge=1, le=200), describe("how many of the newest a divided list and home show")] = 20
    licence: Annotated[str | None, describe("of the archive's own words")] = None
    contact: Annotated[str | None, describe("whom to write to about errors")] = None
    feeds: Feeds = Feeds()
    markdown: MarkdownOptions = MarkdownOptions()
    check: Check = Check()
    captures: Captures = Captures()
    search: Search = Search()
    share: Share = Share()
    importing: Importing = Importing()
    output: Output = Output()
    security: Security = Security()
    deploy: Annotated[dict[str, DeployTarget], describe("the hosts that the site is sent to")] = {}
    serve: Serve = Serve()

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def base_path(self) -> str:
        """The path of `base_url`, without a slash at its end: empty for a site at the root of its host."""
        return urlsplit(self.base_url).path.rstrip("/")

    @property
    def absolute(self) -> str:
        """`base_url` without a slash at its end: what an address is put behind."""
        return self.base_url.rstrip("/")


def find_root(start: Path) -> Path | None:
    """The nearest folder at or above `start` that holds a `sitrep.toml`, or None."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / FILE_NAME).is_file()), None)


def read_config(root: Path) -> Config:
    """The configuration of the archive at `root`. Raises ArchiveError with every fault in it."""
    text, faults = read_text(root, FILE_NAME)
    if text is None:
        raise ArchiveError(faults)
    config, faults = parse_config(text)
    if config is None or faults:
        raise ArchiveError(faults)
    return config


def base_url_problem(url: str) -> str | None:
    """Why no site can stand at `url`, or None."""
    if re.fullmatch(r"https?://[\w.\-]+(:\d+)?(/[^\s?#]*)?|https?://\[[0-9a-fA-F:.]+\](:\d+)?(/[^\s?#]*)?", url):
        return None
    return f'"{url}" is not where a site can stand; write an address such as https://example.org/archive/'


def parse_config(text: str) -> tuple[Config | None, list[Fault]]:
    """The configuration that the text of a `sitrep.toml` holds, and what is wrong with it."""
    try:
        values = tomllib.loads(text)
    except ValueError as problem:  # not only TOMLDecodeError: also integers that Python refuses
        match = re.search(r"\(at line (\d+)", str(problem))
        line = int(match[1]) if match else text.count("\n") + 1
        message = f"this is not TOML: {str(problem).partition(' (at ')[0]}"
        if "Invalid value" in message:
            message += '; texts stand in quotes, as in title = "My archive"'
        return None, [error(FILE_NAME, line, "toml", message)]
    lines = _Lines(text)
    node = lines.node(values)
    faults = lines.faults
    config, unknown = read(_with_theme_table(node), Config, FILE_NAME, faults)
    for name in unknown:
        message = f'there is no setting "{name}"{did_you_mean(name, field_names(Config))}'
        faults.append(error(FILE_NAME, node.key_lines[name], "unknown-setting", message))
    faults += _impossible(node)
    # Nothing here may be misspelled in silence: a setting that isn't read is an error, not a warning.
    return config, [replace(fault, severity="error", message=_as_toml(fault.message)) for fault in faults]


def _impossible(settings: Mapping) -> Iterator[Fault]:
    """Settings that are well written and can't be."""
    url, zone, check = (settings.entries.get(name) for name in ("base_url", "timezone", "check"))
    if isinstance(url, Scalar) and (problem := base_url_problem(url.text)):
        yield error(FILE_NAME, url.line, "inconsistent", problem, "base_url")
    if isinstance(zone, Scalar) and not _is_zone(zone.text):
        message = f'there is no time zone "{zone.text}"; write one such as Europe/Belgrade or UTC'
        yield error(FILE_NAME, zone.line, "inconsistent", message, "timezone")
    yield from _languages_faults(settings)
    off = check.entries.get("off") if isinstance(check, Mapping) else None
    for code in off.items if isinstance(off, Sequence) else (off,):
        if isinstance(code, Scalar) and code.text not in LINTS:
            message = f'no warning "{code.text}" can be turned off{did_you_mean(code.text, LINTS)}'
            yield error(FILE_NAME, code.line, "inconsistent", f"off: {message}", "check")


def _languages_faults(settings: Mapping) -> Iterator[Fault]:
    """Languages whose pages would have no addresses of their own."""
    own, others = settings.entries.get("language"), settings.entries.get("languages")
    taken = {
        own.text.lower() if isinstance(own, Scalar) else "en": "is the site's own language, whose pages stand at /"
    }
    for code in others.items if isinstance(others, Sequence) else (others,):
        if not isinstance(code, Scalar):
            continue
        name = code.text.lower()
        reason = taken.get(name) or ("would stand at /map/, where the map belongs" if name == "map" else None)
        if reason is not None:
            yield error(FILE_NAME, code.line, "inconsistent", f'"{code.text}" {reason}; take it out', "languages")
        taken[name] = "is there already"


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _as_toml(message: str) -> str:
    """The way out as TOML has it: what tells it is made for YAML."""
    message = re.sub(r"`(\w+): …`", r'`\1 = "…"`', message)
    return re.sub(r", as in `\{(\w+): …\}`", r", as in `\1 = …` in a table of its own", message)


def _with_theme_table(node: Mapping) -> Mapping:
    """`theme = "NAME"` and `[theme]` are one table, of which all but `name` are the theme's own options."""
    theme = node.entries.get("theme")
    if theme is None:
        return node
    if isinstance(theme, Scalar):
        table = Mapping({"name": theme}, {"name": theme.line}, theme.line)
    elif isinstance(theme, Mapping):
        options = {name: value for name, value in theme.entries.items() if name != "name"}
        entries: dict[str, Node] = {"options": Mapping(options, theme.key_lines, theme.line)}
        if "name" in theme.entries:
            entries["name"] = theme.entries["name"]
        table = Mapping(entries, {**theme.key_lines, "options": theme.line}, theme.line)
    else:
        return node
    return Mapping({**node.entries, "theme": table}, node.key_lines, node.line)


_KEY = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_LONG_TEXT = re.compile(r""""{3}(?:[^\\]|\\.)*?"{3}|'{3}.*?'{3}""", re.DOTALL)
_PAIR = re.compile(rf"\s*({_KEY}(?:\s*\.\s*{_KEY})*)\s*=")


class _Lines:
    """Gives TOML's values their lines, which tomllib doesn't keep."""

    def __init__(self, text: str) -> None:
        self.faults: list[Fault] = []
        self.lines: dict[tuple[str, ...], int] = {}
        table: tuple[str, ...] = ()
        # What looks like a setting in a text of several lines is none.
        text = _LONG_TEXT.sub(lambda match: "\n" * match[0].count("\n"), text)
        for number, line in enumerate(text.split("\n"), 1):
            if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line):
                table = _keys(header[1])
                for depth in range(1, len(table) + 1):
                    self.lines.setdefault(table[:depth], number)
            elif pair := _PAIR.match(line):
                keys = _keys(pair[1])
                for depth in range(1, len(keys) + 1):
                    self.lines.setdefault((*table, *keys[:depth]), number)

    def node(self, value: Any, keys: tuple[str, ...] = (), outer: int = 1) -> Any:
        line = self.lines.get(keys, outer)
        if isinstance(value, dict):
            entries = {key: self.node(inner, (*keys, key), line) for key, inner in value.items()}
            return Mapping(entries, {key: self.lines.get((*keys, key), line) for key in value}, line)
        if isinstance(value, list):
            return Sequence(tuple(self.node(item, keys, line) for item in value), line)
        if isinstance(value, bool):
            return Scalar("true" if value else "false", line)
        if isinstance(value, date | datetime | time):
            return Scalar(value.isoformat(), line)
        if isinstance(value, int) and value.bit_length() > 64:
            return Scalar("a number beyond all measure", line)
        text = str(value)
        if match := UNSHOWABLE.search(text):
            message = f"holds the character U+{ord(match[0]):04X}, which no page can show; delete it"
            self.faults.append(error(FILE_NAME, line, "control-character", message, ".".join(keys)))
        return Scalar(text, line, plain=not isinstance(value, str))


def _keys(text: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in text.split("."))
