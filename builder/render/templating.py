"""Templating: a template and plain values become the bytes of a page; what goes wrong becomes a fault."""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Callable, Mapping, MutableMapping
from functools import lru_cache, partial
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    Undefined,
    UndefinedError,
    nodes,
    select_autoescape,
)
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import modifies_known_mutable
from jinja2.utils import Cycler, Joiner, Namespace, missing
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]  # what `escape` is for a text

from builder.faults import Fault, error
from builder.markdown.references import fill_in
from builder.pages.card import Card
from builder.pages.wording import Wording
from builder.render.coded import coded
from builder.render.isolation import isolated
from builder.render.paragraphs import linkable
from builder.render.pictures import linked_pictures, sized_pictures
from builder.render.templates import Templates
from builder.render.translating import translated

_NAMES_OF_TYPES = {str: "a text", int: "a number", float: "a number", bool: "true or false", list: "a list"}


class _Undefined(StrictUndefined):
    """Says which name is missing, and which are there."""

    @property
    def _undefined_message(self) -> str:
        name = self._undefined_name
        obj = self._undefined_obj
        if isinstance(obj, Mapping):
            return f"'{name}' is not known here; it has: {', '.join(sorted(map(str, obj))) or 'nothing'}"
        if obj is None:
            return f"'{name}' is asked of none, which stands where there is no value; ask with {{% if … %}} first"
        if obj is not missing:
            return f"'{name}' is not known of {_NAMES_OF_TYPES.get(type(obj), type(obj).__name__)}"
        if not isinstance(name, str) or self._undefined_hint:
            return str(super()._undefined_message)
        return f"'{name}' is not known here"


class _Macro(Macro):
    """A macro that remembers how it showed a card, unless it belongs to a page and so may show what that has."""

    def __init__(self, environment: _PlainEnvironment, *arguments: Any) -> None:
        super().__init__(environment, *arguments)
        self._is_pure = environment.is_importing
        self._shown: dict[tuple[Any, ...], tuple[Card, str]] = {}

    def _invoke(self, arguments: list[Any], autoescape: bool) -> str:
        shown = arguments[0] if arguments else None
        if not self._is_pure or type(shown) is not Card or not _SIMPLE.issuperset(map(type, arguments[1:])):
            return self._made(arguments, autoescape)
        key = (id(shown), autoescape, *arguments[1:])
        remembered = self._shown.get(key)
        if remembered is not None:
            return remembered[1]
        if len(self._shown) >= _KEPT_SHOWN:
            self._shown.clear()
        made = self._made(arguments, autoescape)
        # With the card, so that no other one can get its identity.
        self._shown[key] = (shown, made)
        return made

    def _made(self, arguments: list[Any], autoescape: bool) -> str:
        text: str = self._func(*arguments)
        return str.__new__(Markup, text) if autoescape else text


# No numbers: 1 is equal to true, and is shown otherwise.
_SIMPLE = frozenset({str, bool, type(None)})
_MOST_CALLERS = 6  # that are named: a template that includes itself has a thousand
_KEPT_SHOWN = 20_000  # of each macro, some 1 KB each


def _escaped(value: Any) -> str:
    """What Jinja's own function gives, in a quarter of the time: as a plain text, since it is only to be written."""
    kind = type(value)
    if kind is str:
        return _escape_inner(value)
    if kind in _WITHOUT_SIGNS:
        return str(value)
    return value if kind is Markup else escape(value)


_WITHOUT_SIGNS = frozenset({int, Undefined})  # the second stands for an `if` without `else`


_REMEMBERING: dict[str, Callable[..., Any]] = {"cycler": Cycler, "joiner": Joiner, "namespace": Namespace}


class _Fresh:
    """Something that remembers, such as a `cycler`: made for one page, never for the top of what many import."""

    def __init__(self, environment: _PlainEnvironment, name: str, make: Callable[..., Any]) -> None:
        self._environment = environment
        self._name = name
        self._make = make

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self._environment.is_importing:
            message = f"a {self._name} at the top of a template that is imported would go on from page to page"
            raise TemplateRuntimeError(f"{message}; make it in the macro, or in the template of the page")
        return self._make(*args, **kwargs)


class _PlainContext(Context):
    """Calls of macros, which are most, without a look at what else they might be."""

    def call(__self, __obj: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        if type(__obj) is not _Macro:
            return super().call(__obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return __obj(__self.eval_ctx, *args, **kwargs)


class _PlainTemplate(Template):
    """A template whose imports are made once: pages differ in their inputs only, never in globals."""

    environment: _PlainEnvironment

    @classmethod
    def _from_namespace(
        cls, environment: Environment, namespace: MutableMapping[str, Any], globals: MutableMapping[str, Any]
    ) -> Template:
        namespace["Macro"] = _Macro
        namespace["escape"] = _escaped
        return super()._from_namespace(environment, namespace, globals)

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        if self._module is None:
            environment = self.environment
            was_importing, environment.is_importing = environment.is_importing, True
            try:
                self._module = self.make_module()
            finally:
                environment.is_importing = was_importing
        return self._module


class _PlainGenerator(CodeGenerator):
    """What a template sees are mappings: `card.title` asks for the key first, where Jinja asks for an attribute.

    It asks without a call, as that takes several times as long, and pages ask some hundred times.
    """

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        self.write(f"(_it[{node.attr!r}] if isinstance(_it := ")
        self.visit(node.node, frame)
        self.write(f", dict) and {node.attr!r} in _it else environment.getattr(_it, {node.attr!r}))")


class _PlainEnvironment(Environment):
    """The same where attributes are asked for in another way than in a template's text, as by `map(attribute=…)`."""

    code_generator_class = _PlainGenerator
    template_class = _PlainTemplate
    context_class = _PlainContext
    is_importing = False  # whether a template is being made into a module, which has no page
    wording: Wording
    _loaded: dict[str, Template]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return translated(super()._parse(source, name, filename), self.wording.words)

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        # Jinja asks the loader each time whether a template is the same still: here it always is.
        if not isinstance(name, str) or globals:
            return super().get_template(name, parent, globals)
        found = self._loaded.get(name)
        if found is None:
            try:
                found = self._loaded[name] = super().get_template(name, parent)
            except TemplateError:
                raise
            except Exception as problem:  # what Jinja makes of it is no Python, or nests too deep for it
                message = f"can't be read as a template: {type(problem).__name__}: {problem}"
                raise TemplateSyntaxError(message, 0, name, self.path_of(name)) from problem
        return found

    def path_of(self, name: str) -> str | None:
        """Where the template of that name lies."""
        source = self.loader.get_source(self, name) if self.loader else None
        return source[1] if source else None

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        # They never change: one mapping is read more quickly than a chain of them, for every page.
        return {**self.globals, **(d or {})}

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        if type(obj) is not LoopContext and modifies_known_mutable(obj, attribute):
            raise TemplateRuntimeError(
                f"'{attribute}' would change what other pages are made from too; build a new value"
            )
        return super().getattr(obj, attribute)


class _Loader(BaseLoader):
    """Templates that were read before; one that is not UTF-8 is a fault of its own, with its line."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source = self._templates.find(template)
        if source is None:
            raise TemplateNotFound(template)
        try:
            return source.data.decode("utf-8"), source.path, lambda: True
        except UnicodeDecodeError as problem:
            line = source.data.count(b"\n", 0, problem.start) + 1
            message = "is not UTF-8; save the file as UTF-8"
            raise TemplateSyntaxError(message, line, template, source.path) from problem


class BrokenTemplate(Exception):
    """A page that couldn't be made, for the reason in the fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


class CompiledTemplates(BytecodeCache):
    """Templates that were compiled lately, in memory: each as it was last, as long as its source is the same."""

    def __init__(self) -> None:
        self._codes: dict[str, tuple[str, CodeType | None]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fills the bucket of a template, if its source is the one that was compiled."""
        checksum, code = self._codes.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what was compiled."""
        self._codes[bucket.key] = (bucket.checksum, bucket.code)


@lru_cache(maxsize=16)
def compiled_templates(_language: str, _catalogues: tuple[bytes, ...]) -> CompiledTemplates:
    """What this process has compiled of templates with the words of a language: they stand in them then."""
    return CompiledTemplates()


class Renderer:
    """Makes pages in one language with one theme's templates. `fetch` gives the HTML of a body by its key."""

    def __init__(
        self,
        templates: Templates,
        wording: Wording,
        root: Path,
        fetch: Callable[[bytes], str],
        compiled: CompiledTemplates | None = None,
    ) -> None:
        """`compiled` has what another renderer of the same wording has compiled, of templates that may be the same."""
        self._root = root
        self._fetch = fetch
        self._environment = _environment(_Loader(templates), wording)
        self._environment.bytecode_cache = compiled

    def render(self, template_name: str, inputs: Mapping[str, Any], address: str) -> bytes:
        """The page at `address`. Raises BrokenTemplate where the template is at fault."""
        try:
            template = self._environment.get_template(template_name)
            return template.render(self._with_bodies(inputs)).encode()
        except TemplateSyntaxError as problem:
            raise BrokenTemplate(
                self._fault(problem.filename, problem.lineno, str(problem.message), address)
            ) from problem
        except TemplateNotFound as problem:
            missing = f'there is no template "{problem.name}" in this theme or those that it extends'
            raise BrokenTemplate(self._fault_of(problem, missing, address)) from problem
        except UnicodeEncodeError as problem:
            message = f"makes the character U+{ord(problem.object[problem.start]):04X}, which no page can show"
            raise BrokenTemplate(
                self._fault(self._environment.path_of(template_name), 0, message, address)
            ) from problem
        # Whatever a template's expressions raise is the template's fault, and the page's to be named with it.
        except Exception as problem:
            if not _template_frames(problem):
                raise
            raise BrokenTemplate(self._fault_of(problem, _message(problem, inputs), address)) from problem

    def compile(self, template_name: str) -> None:
        """Compiles a template ahead, if it can be."""
        with contextlib.suppress(TemplateError):  # whoever makes a page with it is told
            self._environment.get_template(template_name)

    def broken(self, template_name: str, message: str, address: str) -> BrokenTemplate:
        """That the page at `address` can't be made, for a reason that was found in what its template has made."""
        return BrokenTemplate(self._fault(self._environment.path_of(template_name), 0, message, address))

    def _with_bodies(self, inputs: Mapping[str, Any]) -> dict[str, Any]:
        values = dict(inputs)
        if "body" in values:
            body = values["body"]
            values["files"] = body["files"] if body else {}
            values["body"] = self._body(body) if body else None
        if "feed" in values:
            values["entries"] = [{**entry, "body": self._absolute_body(entry["body"])} for entry in values["entries"]]
        return values

    def _body(self, body: Mapping[str, Any]) -> Markup:
        # Safe: made by our Markdown, which lets no raw HTML through; addresses are escaped here.
        addresses = [str(Markup.escape(address)) for address in body["addresses"]]
        html = Markup(fill_in(self._fetch(body["html"]), addresses))  # noqa: S704
        return sized_pictures(html, body["pictures"]) if body["pictures"] else html

    def _absolute_body(self, body: Mapping[str, Any] | None) -> str | None:
        if body is None:
            return None
        # A feed reader shows the text far from its page: links to its own anchors must name the page.
        return str(self._body(body)).replace('href="#', f'href="{Markup.escape(body["permalink"])}#')

    def _fault_of(self, problem: Exception, message: str, address: str) -> Fault:
        """The fault at the innermost place in a template on the way to `problem`, with those that called it."""
        frames = _template_frames(problem)
        if not frames:
            return error("", 0, "template", f"{message}  (for {address})")
        *callers, (filename, line) = frames[-_MOST_CALLERS:]
        by = "".join(f", by {Path(caller).name}:{number}" for caller, number in reversed(callers))
        return self._fault(filename, line, message, f"{address}{by}")

    def _fault(self, filename: str | None, line: int, message: str, what_for: str) -> Fault:
        path = Path(filename) if filename else None
        if path is None:
            shown = ""
        elif path.is_relative_to(self._root):
            shown = path.relative_to(self._root).as_posix()
        else:
            shown = "/".join(path.parts[-3:])
        return error(shown, line, "template", f"{message}  (for {what_for})")


def _environment(loader: BaseLoader | None, wording: Wording) -> _PlainEnvironment:
    environment = _PlainEnvironment(
        loader=loader,
        extensions=["jinja2.ext.i18n"],
        autoescape=select_autoescape(["html", "svg", "xml"]),
        undefined=_Undefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment._loaded = {}
    environment.wording = wording
    # Lines may be broken in a text as the template likes.
    environment.policies["ext.i18n.trimmed"] = True
    # `tojson` keeps the letters of all scripts, and the order of what it is given.
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    environment.install_gettext_translations(wording.words, newstyle=True)  # type: ignore[attr-defined]
    environment.filters["number"] = wording.number
    environment.filters["filesizeformat"] = wording.size
    environment.filters["language"] = wording.language
    environment.filters["listed"] = wording.list
    environment.globals |= {"comma": wording.comma, "vocabulary": wording.vocabulary}
    environment.filters["coded"] = coded
    environment.filters["isolated"] = isolated
    environment.filters["linkable"] = linkable
    environment.filters["linked_pictures"] = partial(linked_pictures, size=wording.size)
    # A page is a pure function of its inputs: nothing that differs from call to call, or goes on from page to page.
    del environment.filters["random"]
    del environment.globals["lipsum"]
    for name in _REMEMBERING:
        environment.globals[name] = _Fresh(environment, name, _REMEMBERING[name])
    return environment


@lru_cache(maxsize=1)
def reading_environment() -> Environment:
    """One that parses templates, of any language, and makes no page."""
    return _environment(None, Wording("en"))


def _message(problem: Exception, inputs: Mapping[str, Any]) -> str:
    text = str(problem)
    if isinstance(problem, UndefinedError):
        known = ", ".join(sorted(inputs))
        return f"{text}; the page has: {known}" if text.endswith("is not known here") else text
    if isinstance(problem, TemplateError):
        return text
    if isinstance(problem, RecursionError):
        return "includes, extends or calls itself without end; let it name another template, or end it by a condition"
    return f"{type(problem).__name__}: {text}"


def _template_frames(problem: Exception) -> list[tuple[str, int]]:
    """The places in templates on the way to `problem`, the innermost last."""
    frames = traceback.extract_tb(problem.__traceback__)
    places = ((frame.filename, frame.lineno or 0) for frame in frames)
    return [place for place in places if Path(place[0]).suffix in (".html", ".svg", ".xml", ".txt")]
