"""Moves: where pages went while the preview ran, as a saved date or slug gives a briefing another address."""

from __future__ import annotations

from builder.preview.view import View


class Moves:
    """The pages that are no longer where they were: each with its kind, its subject, its language and its file."""

    def __init__(self) -> None:
        self._left: dict[str, tuple[str, tuple[str, ...], str, str]] = {}

    def note(self, before: View, after: View) -> None:
        """What was at an address before is at none of the same name after."""
        for address in before.pages.keys() - after.pages.keys():
            page = before.pages[address]
            if page.path:
                self._left[address] = (page.kind, page.subject, page.language, page.path)

    def now(self, view: View, address: str) -> str | None:
        """The address in `view` of the page that was at `address`: the one of the same file, or else of the same id."""
        left = self._left.get(address)
        if left is None or address in view.pages:
            return None
        kind, subject, language, path = left
        same = [page for page in view.pages.values() if (page.kind, page.language) == (kind, language)]
        by_path = (page.address for page in same if page.path == path)
        by_id = (page.address for page in same if page.subject == subject)
        return next(by_path, None) or next(by_id, None)
