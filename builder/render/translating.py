"""Translating templates: texts of the interface are put into a page's language when its template is compiled.

`{% trans %}`, `_("…")` and their like are those of Jinja's i18n extension. What they say for certain is looked up once
for each template and language, so that a page costs no more than one whose words stand in its template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from builder.words import Words

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def translated(template: nodes.Template, words: Words) -> nodes.Template:
    """`template` with the texts that it states in the language of `words`. The rest is translated for each page."""
    changed: nodes.Template = _Translator(words).visit(template)
    return changed


class _Translator(NodeTransformer):
    def __init__(self, words: Words) -> None:
        self._words = words

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802
        node.nodes = [part for child in node.nodes for part in self._parts(child)]
        return self.generic_visit(node)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        text = self._text(node)
        if text is None or _PLACEHOLDER.search(text):
            return self.generic_visit(node)
        return nodes.MarkSafeIfAutoescape(nodes.Const(_plain(text)), lineno=node.lineno)

    def _parts(self, node: nodes.Expr) -> Iterator[nodes.Expr]:
        """What is printed, in the order in which the language has it: texts, and what is filled in between them."""
        text = self._text(node) if isinstance(node, nodes.Call) else None
        if text is None:
            yield node
            return
        assert isinstance(node, nodes.Call)
        values = {pair.key: pair.value for pair in node.kwargs}
        between, *rest = _PLACEHOLDER.split(text)
        if not set(rest[::2]) <= values.keys():
            yield node  # the call itself tells what is missing
            return
        yield nodes.TemplateData(_plain(between), lineno=node.lineno)
        for name, behind in zip(rest[::2], rest[1::2], strict=True):
            yield values[name]
            yield nodes.TemplateData(_plain(behind), lineno=node.lineno)

    def _text(self, node: nodes.Call) -> str | None:
        """What a call looks up, where that is certain."""
        if not isinstance(node.node, nodes.Name) or node.dyn_args or node.dyn_kwargs:
            return None
        stated = [argument.value for argument in node.args if isinstance(argument, nodes.Const)]
        if len(stated) != len(node.args) or not all(isinstance(text, str) for text in stated):
            return None
        match node.node.name, stated:
            case (("_" | "gettext"), [message]):
                return self._words.gettext(message)
            case "pgettext", [context, message]:
                return self._words.pgettext(context, message)
        return None


def _plain(text: str) -> str:
    """A text in which nothing is left to be filled in: as in any format, two signs of per cent stand for one."""
    return text.replace("%%", "%")
