"""The scene: what all pages of one build have in common."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from msgspec import Struct


class Scene(Struct, frozen=True):
    """What the archive's settings and its theme say, and the links that every page has.

    `language` is that of the pages, whose addresses begin with `prefix`; `main_language` the site's own, which words
    are in that don't say otherwise. `absolute` is the site's URL and `base_path` the path of it, both without a slash
    at the end. `nav` has names, addresses, and the languages of those that aren't in that of the pages; `assets` the
    address of each of the theme's static files by name. `needs` are the costly inputs that the theme asks for;
    `overviews` the kinds of pages that it has, of those that a theme may leave out. `words` is the fingerprint of the
    catalogues that give the texts of the interface. `picture_sizes` is how wide the theme shows pictures.
    `share` says which pages have a share picture of their own: none, those of the `site` and its dossiers, or
    `briefings` too.
    """

    title: str
    description: str
    language: str
    main_language: str
    prefix: str
    timezone: str
    licence: str | None
    contact: str | None
    absolute: str
    base_path: str
    nav: tuple[tuple[str, str, str | None], ...]
    assets: dict[str, str]
    options: dict[str, Any]
    needs: tuple[str, ...]
    words: bytes
    overviews: tuple[str, ...] = ()
    picture_sizes: str = ""
    share: Literal["", "site", "briefings"] = ""


class Label(Struct, frozen=True, array_like=True, gc=False):
    """How a term or a dossier is shown on the pages of others. `kind` and what follows are a term's record's.

    `lang` and `dir` are those of the name or title, `note_lang` is that of the note, where it isn't that of the pages.
    """

    name: str
    address: str
    kind: str | None = None
    note: str | None = None
    state_controlled: bool = False
    reliability: str | None = None
    lang: str | None = None
    dir: str | None = None
    note_lang: str | None = None


# By kind (that of a term, or `dossier`) and slug.
Labels: TypeAlias = dict[str, dict[str, Label]]
