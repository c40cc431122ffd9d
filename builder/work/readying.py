"""Readying: what the first pages would wait for is done before it is known which pages are to be made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NoReturn

from builder.cache import DamagedCache
from builder.config import Config
from builder.faults import ArchiveError
from builder.look import find_look
from builder.pages import KINDS
from builder.pages.wording import Wording, direction
from builder.render.template_references import references_of
from builder.render.templates import Templates
from builder.render.templating import Renderer, compiled_templates
from builder.words import words_of
from builder.work.shared import pieces_in

_OFTEN = ("briefing", "period", "actor", "region", "tag", "home")  # of what an edit changes


def readying_steps(root: Path, config: Config, cache: Path, languages: Iterable[str]) -> Iterator[Callable[[], object]]:
    """Steps after which this process has compiled the theme's templates, those that most edits need first.

    A template that can't be compiled is passed over: who makes a page of it tells what is wrong.
    """
    try:
        look, _ = find_look(root, config, pieces_in(str(cache)))
    except (DamagedCache, ArchiveError):
        return
    if look is None:
        return
    for language in languages:
        catalogues = look.words[language]
        wording, compiled = Wording(language, words_of(catalogues)), compiled_templates(language, catalogues)
        renderer = Renderer(look.templates, wording, root, _no_body, compiled)
        yield partial(direction, language)  # CLDR's data of the language is loaded for it
        for name in _in_order(look.templates):
            yield partial(renderer.compile, name)


def _in_order(templates: Templates) -> Iterator[str]:
    """The templates of all kinds of pages, each followed by those that it refers to."""
    pending = [KINDS[name].template for name in (*reversed(KINDS), *reversed(_OFTEN))]
    met = {""}
    while pending:
        name = pending.pop()
        if name not in met and (source := templates.find(name)) is not None:
            met.add(name)
            yield name
            pending.extend(references_of(source.data) or ())


def _no_body(key: bytes) -> NoReturn:
    raise AssertionError(f"no page is made yet, and so no body is wanted: {key.hex()}")
