"""Saves: what a curator, or who makes the theme, saves while the preview of a Sitrep archive runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.briefings import LAST_DAY, Briefing, nth_briefing
from benchmarks.formats import FORMATS
from benchmarks.places import REPOSITORY
from benchmarks.words import slug

_FORMAT = FORMATS["sitrep"]
_THEME = "themes/own"
_TEMPLATE = '{% extends "broadsheet:briefing.html" %}{% block main %}{{ super() }}<p>SAID</p>{% endblock %}\n'
# What the window shows then, in the browser's language; `said` is the text that was saved.
_TEXT = "said => document.body?.textContent.includes(said)"
_COLOUR = "said => document.querySelector('h1') && getComputedStyle(document.querySelector('h1')).outlineColor === said"
_FAULT = (
    "said => document.querySelector('sitrep-preview')?.shadowRoot.querySelector('section')?.innerText.includes(said)"
)


@dataclass(frozen=True, slots=True)
class Save:
    """A file, and what it says then; `shown` tells whether a window shows `said`, `home` that it is the home page's."""

    path: str
    text: str
    said: str
    shown: str = _TEXT
    home: bool = False


class Curator:
    """Edits one briefing of an archive, and what belongs to it. The archive gets a theme of its own for that."""

    def __init__(self, archive: Path, briefing: Briefing, size: int) -> None:
        self._briefing, self._size = briefing, size
        self._actors = (archive / "content/actors.yaml").read_text("utf-8")
        self._style = (REPOSITORY / "themes/broadsheet/static/style.css").read_text("utf-8")
        theme = archive / _THEME
        for folder in (theme / "templates", theme / "static"):
            folder.mkdir(parents=True)
        (theme / "theme.toml").write_text('name = "own"\nextends = "broadsheet"\n', "utf-8")
        (theme / "templates/briefing.html").write_text(_TEMPLATE, "utf-8")
        with (archive / "sitrep.toml").open("a", encoding="utf-8") as settings:
            settings.write('theme = "own"\n')

    def words(self, number: int) -> Save:
        """A sentence more."""
        said = f"Sentence {number}."
        return self._saved(f"{self._text()}\n{said}\n", said)

    def title(self, number: int) -> Save:
        """Another title."""
        said = f"Title {number} of it"
        return self._saved(_FORMAT.text(replace(self._briefing, title=said)), said)

    def figure(self, number: int) -> Save:
        """A figure in the front matter."""
        figure = f"figures:\n  - {{what: injured, value: {4000 + number}, says: The police}}\nsummary: "
        return self._saved(self._text().replace("summary: ", figure, 1), f"{4000 + number:,}")

    def slip(self, number: int) -> Save:
        """A day that isn't one."""
        return self._saved(
            self._text().replace("date: ", f"date: 9{number}", 1), f"9{number}{self._briefing.day}", _FAULT
        )

    def tag(self, number: int) -> Save:
        """A tag that the archive doesn't have yet."""
        return self._saved(self._text().replace("tags:\n", f"tags:\n  - new tag {number}\n", 1), f"new tag {number}")

    def actor(self, number: int) -> Save:
        """Another name of an actor, in its record."""
        name, said = self._briefing.actors[0], f"Renamed {number} actor"
        record = f"- id: {slug(name)}\n  name: {said}\n  aliases: [{name}]\n"
        return Save("content/actors.yaml", self._actors.replace(f"- name: {name}\n", record, 1), said)

    def template(self, number: int) -> Save:
        """A line of the template of a briefing."""
        said = f"Template {number}."
        return Save(f"{_THEME}/templates/briefing.html", _TEMPLATE.replace("SAID", said), said)

    def stylesheet(self, number: int) -> Save:
        """A rule of the stylesheet."""
        said = f"rgb({number}, 2, 3)"
        return Save(f"{_THEME}/static/style.css", f"{self._style}\nh1 {{ outline-color: {said}; }}\n", said, _COLOUR)

    def briefing(self, number: int) -> Save:
        """A new briefing, on top of the home page."""
        said = f"Added {number} of late"
        added = replace(nth_briefing(self._size + number), title=said, day=LAST_DAY)
        return Save(_FORMAT.path(added), _FORMAT.text(added), said, home=True)

    def _text(self) -> str:
        return _FORMAT.text(self._briefing)

    def _saved(self, text: str, said: str, shown: str = _TEXT) -> Save:
        return Save(_FORMAT.path(self._briefing), text, said, shown)


KINDS: dict[str, Callable[[Curator, int], Save]] = {
    "words": Curator.words,
    "title": Curator.title,
    "figure": Curator.figure,
    "slip": Curator.slip,
    "tag": Curator.tag,
    "actor": Curator.actor,
    "template": Curator.template,
    "stylesheet": Curator.stylesheet,
    "briefing": Curator.briefing,
}
