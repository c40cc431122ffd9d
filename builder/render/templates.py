"""Templates: the sources of a theme's templates, and what each of them depends on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from builder.cache import fingerprint
from builder.faults import ArchiveError, error
from builder.render.theme import Theme, shown

OWN_TEMPLATES = Path(__file__).parent / "templates"
# Those that come with the program: a theme may replace them.
_OWN = ""


class TemplateSource(Struct, frozen=True, array_like=True):
    """A template: where it lies, for messages, and its bytes."""

    path: str
    data: bytes


class Templates(Struct, frozen=True):
    """All templates of a theme: `layers` have those of the theme itself first, then of what it extends, then our own.

    Each layer is a name and its templates by theirs.
    """

    layers: tuple[tuple[str, dict[str, TemplateSource]], ...]

    def find(self, name: str) -> TemplateSource | None:
        """The template that a name means: the first layer's that has one; `THEME:NAME` means that theme's own."""
        theme, colon, inner = name.partition(":")
        for layer, templates in self.layers:
            if colon and layer != theme:
                continue
            if found := templates.get(inner if colon else name):
                return found
        return None

    def all(self) -> Iterator[TemplateSource]:
        """Every template of every layer."""
        return (source for _, templates in self.layers for source in templates.values())


def read_templates(theme: Theme, root: Path) -> Templates:
    """Reads all templates of a theme. Raises ArchiveError where one can't be read."""
    own = [(path.name, path) for path in sorted(OWN_TEMPLATES.iterdir())]
    layers = [*((name, theme.inside(name, "templates")) for name, _ in theme.folders), (_OWN, own)]
    return Templates(tuple((name, _read(files, root)) for name, files in layers))


def _read(files: Iterable[tuple[str, Path]], root: Path) -> dict[str, TemplateSource]:
    found = {}
    for name, path in files:
        if path.is_file():
            try:
                found[name] = TemplateSource(str(path), path.read_bytes())
            except OSError as problem:
                message = f"can't be read: {problem.strerror}"
                raise ArchiveError([error(shown(path, root), 0, "theme", message)]) from problem
    return found


class TemplateMark(Struct, frozen=True):
    """A template with all that it includes, imports or extends: its key, and the fingerprint of each file by path.

    The key is the same wherever the files lie, so that a moved archive keeps its pages.
    """

    key: bytes
    files: dict[str, bytes]


def template_marks(
    templates: Templates, names: Iterable[str], references: Callable[[bytes], Iterable[str] | None]
) -> dict[str, TemplateMark]:
    """The mark of each named template.

    `references` gives the names that a template's source refers to, or None where that depends on its inputs: such a
    template depends on all. A name that means no template is part of it too, since one day it may.
    """
    everything = fingerprint([(layer, _data_of(sources)) for layer, sources in templates.layers])
    referred: dict[str, Iterable[str] | None] = {}
    found = {}
    for name in names:
        met: dict[str, TemplateSource | None] = {}
        pending = [name]
        depends_on_all = False
        while pending:
            other = pending.pop()
            if other in met:
                continue
            met[other] = source = templates.find(other)
            if source is None:
                continue
            if other not in referred:
                referred[other] = references(source.data)
            inner = referred[other]
            if inner is None:
                depends_on_all = True
                break
            pending.extend(inner)
        key = fingerprint(name, everything if depends_on_all else _data_of(met))
        sources = templates.all() if depends_on_all else met.values()
        files = {source.path: fingerprint(source.data) for source in sources if source is not None}
        found[name] = TemplateMark(key, files)
    return found


def _data_of(sources: Mapping[str, TemplateSource | None]) -> dict[str, bytes | None]:
    return {name: source.data if source is not None else None for name, source in sources.items()}
