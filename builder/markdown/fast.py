"""The fast way: markdown-it-pyrs, the Rust port, makes the HTML of a body that is plain enough.

What it makes is what markdown-it-py would, byte for byte. It is asked only where that is known: the two differ in
some corners, and it has nothing for what is our own (attributes, notes, passages, definitions). So a body that may
hold any of these is left to markdown-it-py, by a look at its text, and again by a look at its HTML.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import Any
from urllib.parse import unquote

from builder.markdown.needs import NEEDS, Need
from builder.markdown.parser import MarkdownSettings, quotes_of
from builder.markdown.quotes import with_quotes
from builder.markdown.references import References, anchor_of, is_refused, is_web, target_of
from builder.model.common import Body, Heading, Reference

try:
    import markdown_it_pyrs
except ImportError:
    markdown_it_pyrs = None

# What both read alike. An entity is `&`, too, and a definition of a link begins like a link: see `_DIFFERENT`.
_SAME = ("blockquote", "hr", "reference", "heading", "lheading", "emphasis", "link", "image", "table", "smartquotes")
_ALIKE = frozenset(need for need in NEEDS if {*need.rules, "entity", "text_join", "sitrep_given_ids"} & {*_SAME})
