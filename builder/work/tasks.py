"""Tasks: what is handed to a worker, what comes back, and the functions that a worker calls, by their names.

These load what they need when they are called: Markdown, Babel and Jinja2 take as long to load as a small build takes
altogether, and the process that hands out the work needs none of them.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from msgspec import Struct

from builder.codings import Coding
from builder.config import Config
from builder.faults import Fault
from builder.languages import Translated
from builder.markdown.settings import MarkdownSettings
from builder.pages.recipes import RowRecipe
from builder.pages.scene import Labels, Scene
from builder.render.templates import Templates
from builder.resolve.briefings import Filed


class FilingTask(Struct, frozen=True):
    """Some briefings to file: their paths, with the SHA-256 of their bytes where that is known.

    `vocabulary` is the key of a piece. Everything lies below `root`, the pieces in `cache`. `first` says that nothing
    is kept of any briefing yet.
    """

    root: str
    cache: str
    settings: MarkdownSettings
    vocabulary: bytes
    documents: tuple[tuple[str, bytes | None], ...]
    first: bool


class ReadBriefing(Struct, frozen=True, array_like=True, gc=False):
    """What became of one file: its briefing, filed, or None where it can't be, and what is wrong with it.

    `digest` is the SHA-256 of its bytes, None where it couldn't be opened. `own_id` names it to others all the same.
    """

    path: str
    digest: bytes | None
    own_id: str
    is_read: bool
    filed: Filed | None
    faults: list[Fault]


class Translating(Struct, frozen=True, array_like=True):
    """A translation to file: the SHA-256 of its bytes, where that is known, and the piece with its original."""

    file: Translated
    digest: bytes | None
    original: bytes


class TranslatingTask(Struct, frozen=True):
    """Some translations to file. The fields are those of `FilingTask`."""

    root: str
    cache: str
    settings: MarkdownSettings
    vocabulary: bytes
    documents: tuple[Translating, ...]


class ReadTranslation(Struct, frozen=True, array_like=True, gc=False):
    """What became of a translation: filed, or None where it can't be, and what is wrong with it.

    `digest` is the SHA-256 of its bytes (None where it couldn't be opened), `original` the piece with the original.
    """

    path: str
    language: str
    digest: bytes | None
    original: bytes
    filed: Filed | None
    faults: list[Fault]


class Stage(Struct, frozen=True):
    """What all pages of a build are made with: it is kept as a piece. `root` is the archive's, for messages.

    `scenes` and `labels` are by language, and so are `words`, which are compiled catalogues.
    """

    root: str
    scenes: dict[str, Scene]
    labels: dict[str, Labels]
    words: dict[str, tuple[bytes, ...]]
    templates: Templates


class Making(Struct, frozen=True, array_like=True):
    """One page to make. `current` is the SHA-256 (hexadecimal) of what lies at its place: that isn't written again."""

    language: str
    address: str
    kind: str
    recipe: bytes
    place: str | None
    current: str | None


class MakingTask(Struct, frozen=True):
    """Some pages to make, with the stage that is the piece under a key, of the pieces in `cache`."""

    cache: str
    stage: bytes
    pages: tuple[Making, ...]


class RowsTask(Struct, frozen=True):
    """The rows of a year to make, which `year` is the fingerprint of, with the stage that is the piece under a key."""

    cache: str
    stage: bytes
    year: bytes
    rows: tuple[RowRecipe, ...]


class CompressingTask(Struct, frozen=True):
    """Some files to compress: where each lies, and in which coding."""

    files: tuple[tuple[str, Coding], ...]


class PictureTask(Struct, frozen=True):
    """A picture to publish: at `path` below `root`, with that SHA-256 (hexadecimal); see `builder.pictures`.

    What is made of it is kept in `cache`.
    """

    root: str
    cache: str
    path: str
    digest: str
    width: int
    widths: tuple[int, ...]


class MadeVariant(Struct, frozen=True, array_like=True):
    """A picture in another width (pixels): its SHA-256 (hexadecimal) and its size in bytes."""

    width: int
    digest: str
    size: int


class MadePicture(Struct, frozen=True, array_like=True):
    """What became of a picture: SHA-256 and size in bytes of what is published, width and height in pixels.

    `is_new` says that it isn't the file itself; `problem` why there is nothing.
    """

    digest: str
    size: int = 0
    is_new: bool = False
    width: int = 0
    height: int = 0
    variants: tuple[MadeVariant, ...] = ()
    problem: str = ""


class Made(Struct, frozen=True, array_like=True):
    """What became of a page: the SHA-256 of its bytes (hexadecimal), or why it couldn't be made."""

    digest: str
    fault: Fault | None = None


def load_modules(names: tuple[str, ...]) -> None:
    """Loads modules, which the process would else load when it has work for them."""
    for name in names:
        import_module(name)


def ready_to_make(root: str, config: Config, cache: str) -> None:
    """Has what pages in the site's own language are made with ready in this process, before there are pages to make."""
    from builder.work.readying import readying_steps

    for step in readying_steps(Path(root), config, Path(cache), [config.language]):
        step()


def file_documents(task: FilingTask) -> bytes:
    """Files the briefings of a task. Returns them as a MessagePack list of `ReadBriefing`, in their order."""
    from builder.work import filing

    return filing.file_documents(task)


def file_translations(task: TranslatingTask) -> bytes:
    """Files the translations of a task. Returns them as a MessagePack list of `ReadTranslation`, in their order."""
    from builder.work import translating

    return translating.file_translations(task)


def make_pages(task: MakingTask) -> list[Made]:
    """Makes the pages of a task, and writes those that are new. Raises OSError where one can't be written."""
    from builder.work import making

    return making.make_pages(task)


def make_rows(task: RowsTask) -> int:
    """Makes the rows of a task in every format, and keeps them as pieces. Returns how many there are."""
    from builder.work import making

    return making.make_rows(task)


def compress_files(task: CompressingTask) -> list[bytes]:
    """Compresses the files of a task: the bytes of each, none where they would be no fewer. Raises OSError."""
    from builder.work import compressing

    return compressing.compress_files(task)


def make_picture(task: PictureTask) -> MadePicture:
    """Makes what is published of a picture, and keeps it."""
    from builder.work import picturing

    return picturing.make_picture(task)
