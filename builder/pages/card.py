"""Cards: the inputs that many pages share."""

from __future__ import annotations

from typing import Any, NoReturn


class Card(dict[str, Any]):
    """A briefing in a list. Made once and shown on many pages: nobody may change it."""

    def _refuse(self, *_arguments: object, **_more: object) -> NoReturn:
        raise TypeError("a card is shown on many pages, so no template may change it")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse
