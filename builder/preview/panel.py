"""The panel: what the preview shows beside a page. What is wrong, what the page is, and the way to its file."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from builder.faults import Fault
from builder.pages.wording import Wording
from builder.plan import Page
from builder.preview.editors import editor_url
from builder.preview.excerpts import excerpt
from builder.preview.view import View
from builder.words import Words, words_of

_FOLDER = Path(__file__).parent
_MOST = 20  # faults that are shown in full


def panel(root: Path, view: View | None, page: Page | None, faults: Iterable[Fault]) -> str:
    """The panel of a page, as HTML: all errors, and the warnings about its own file.

    Without a view nothing of the archive could be read yet.
    """
    site = view.plan.part(page).site if view and page else view.plan.site if view else None
    wording = site.wording if site else Wording("en", words_of(()))
    editor = view.config.serve.editor if view else None
    ordered = sorted(set(faults))
    errors = [fault for fault in ordered if fault.severity == "error"]
    warnings = [fault for fault in ordered if fault.severity == "warning" and page and fault.path == page.path]
    entry = view.briefings.get(page.path) if view and page and page.path else None
    return _template(wording.words).render(
        lang=site.language if site else "en",
        is_blank=view is None,
        errors=[_shown(root, editor, fault) for fault in errors[:_MOST]],
        more=max(len(errors) - _MOST, 0),
        warnings=[_shown(root, editor, fault) for fault in warnings[:_MOST]],
        edit=editor_url(editor, root, page.path) if page else None,
        file=page.path if page else "",
        is_draft=entry is not None and entry.briefing.draft,
        is_future=entry is not None and view is not None and entry.briefing.when.start.first_day() > view.today,
    )


def _shown(root: Path, editor: str | None, fault: Fault) -> dict[str, object]:
    return {
        "place": f"{fault.path}:{fault.line}" if fault.line else fault.path,
        "edit": editor_url(editor, root, fault.path, fault.line),
        "message": f"{fault.field}: {fault.message}" if fault.field else fault.message,
        "lines": excerpt(root, fault),
    }


@lru_cache(maxsize=4)
def _template(words: Words) -> Template:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    return environment.get_template("panel.html")
