"""Names in a text: what stands between backticks is code, as in the meanings of fields; nothing else is markup."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_NAME = re.compile(r"`([^`]+)`")


def coded(text: str) -> Markup:
    """A text as HTML, with `code` where it has backticks."""
    return Markup(_NAME.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704  # escaped before
