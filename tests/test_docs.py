"""The documentation does what it says: its examples work, its links lead somewhere, and it leaves nothing out.

Fenced blocks are examples by their language. `sh` is run; `toml` is a sitrep.toml, or a part of one; `yaml` and
`markdown` with a path behind the language are that file of an archive; without one, `yaml` is a briefing's front
matter, and `markdown` a briefing's body. What can't be run has another language, such as `text`.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest
from conftest import REPOSITORY, Archive
from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec import Struct, inspect
from PIL import Image

from builder.config import LINTS, Config, ThemeChoice, parse_config
from builder.deploy.settings import DeployTarget
from builder.model.briefing import Briefing
from builder.model.dossier import Dossier, Prose
from builder.model.records import Actor, Region, Source, Tag

DOCS = (
    "README.md",
    "themes/README.md",
    *(p.relative_to(REPOSITORY).as_posix() for p in REPOSITORY.glob("docs/**/*.md")),
)
# The capture that docs/writing.md gives the SHA-256 of.
CAPTURE = "An article as it was found.\n"
MARKDOWN = MarkdownIt().enable("table")


@dataclass
class Block:
    """A fenced block: the document and line where it begins, what follows the fence, and its text."""

    document: str
    line: int
    language: str
    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.document}:{self.line}"

    @property
    def commands(self) -> list[str]:
        return [line for line in self.text.splitlines() if line.strip()]


@dataclass
class Table:
    """A table: the headings that it stands under, outermost first, its own heads, and the cells of its rows."""

    headings: tuple[str, ...]
    heads: list[str]
    rows: list[list[Token]]


def parse(document: str) -> list[Token]:
    return MARKDOWN.parse((REPOSITORY / document).read_text("utf-8"))


def blocks(*languages: str) -> list[Block]:
    found = []
    for document in sorted(DOCS):
        for token in parse(document):
            if token.type == "fence" and token.map:
                language, _, place = token.info.partition(" ")
                found.append(Block(document, token.map[0] + 1, language, place.strip(), token.content))
    return [block for block in found if block.language in languages]


def words(inline: Token) -> str:
    return "".join(part.content for part in inline.children or ())


def codes(inline: Token) -> list[str]:
    return [part.content for part in inline.children or () if part.type == "code_inline"]


def sections(document: str) -> Iterator[tuple[tuple[str, ...], list[Token]]]:
    """The headings that lead to each stretch of a document, outermost first, and its tokens."""
    headings: list[str] = []
    stretch: list[Token] = []
    tokens = parse(document)
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            yield tuple(headings), stretch
            headings = [*headings[: int(token.tag[1]) - 1], words(tokens[index + 1])]
            stretch = []
        stretch.append(token)
    yield tuple(headings), stretch


def tables(document: str) -> Iterator[Table]:
    for headings, tokens in sections(document):
        cells: list[Token] = []
        table = Table(headings, [], [])
        for index, token in enumerate(tokens):
            if token.type == "table_open":
                table = Table(headings, [], [])
            elif token.type in ("th_open", "td_open"):
                cells.append(tokens[index + 1])
            elif token.type == "thead_close":
                table.heads, cells = [words(cell) for cell in cells], []
            elif token.type == "tr_close" and table.heads:
                table.rows.append(cells)
                cells = []
            elif token.type == "table_close":
                yield table


def first_cells(document: str, heading: str) -> set[str]:
    """What stands as code in the first cells of the tables of fields below a heading."""
    return {
        name
        for table in tables(document)
        if heading in table.headings and table.heads[0].startswith("field")
        for row in table.rows
        for name in codes(row[0])
    }


def all_code(document: str, heading: str) -> set[str]:
    """Everything that stands as code below a heading."""
    return {
        code
        for headings, tokens in sections(document)
        if heading in headings
        for token in tokens
        if token.type == "inline"
        for code in codes(token)
    }


def names_of(type_: type[Struct]) -> set[str]:
    return {field.encode_name for field in msgspec.structs.fields(type_)}


def types_in(info: inspect.Type) -> Iterator[inspect.Type]:
    """A type, and those that it is made of; not the fields of structs."""
    yield info
    inner: tuple[Any, ...] = ()
    if isinstance(info, inspect.Metadata):
        inner = (info.type,)
    elif isinstance(info, inspect.UnionType):
        inner = info.types
    elif isinstance(info, inspect.VarTupleType):
        inner = (info.item_type,)
    for part in inner:
        yield from types_in(part)


def parts_of(type_: type[Struct]) -> tuple[set[str], set[str]]:
    """The fields of the mappings that a struct's fields hold, and the words that its fields and theirs may be."""
    fields: set[str] = set()
    choices: set[str] = set()
    info = inspect.type_info(type_)
    assert isinstance(info, inspect.StructType)
    for field in info.fields:
        for part in types_in(field.type):
            if isinstance(part, inspect.StructType) and part.cls.__module__.startswith("builder.model"):
                if part.cls.__name__ == "Mention":  # a name, as far as its writer is concerned
                    continue
                fields |= names_of(part.cls)
                choices |= parts_of(part.cls)[1]
            elif isinstance(part, inspect.LiteralType):
                choices |= {str(value) for value in part.values if len(str(value)) > 1}  # grades are told as a range
    return fields, choices


# Examples


def is_make(block: Block) -> bool:
    return all(line.startswith("make ") for line in block.commands)


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds a command `sitrep`. Its `serve`, which never ends, only reads its options."""
    folder = tmp_path_factory.mktemp("bin")
    read_options = folder / "read-options.py"
    read_options.write_text(
        "import sys\n\nfrom builder.cli.commands import sitrep\n\n"
        "sitrep.commands['serve'].make_context('serve', sys.argv[2:])\n"
    )
    script = folder / "sitrep"
    script.write_text(
        f'#!/bin/sh\n[ "$1" = serve ] && exec "{sys.executable}" "{read_options}" "$@"\n'
        f'exec "{sys.executable}" -m builder "$@"\n'
    )
    script.chmod(0o755)
    return folder


@pytest.mark.skipif(os.name == "nt", reason="the examples are for a POSIX shell")
@pytest.mark.parametrize("block", [b for b in blocks("sh") if not is_make(b)], ids=str)
def test_every_shell_example_runs_in_a_new_archive(block: Block, shell: Path, tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PATH": f"{shell}{os.pathsep}{os.environ['PATH']}"}

    def run(text: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", "-euc", text], cwd=checkout, env=env, capture_output=True, text=True, timeout=120, check=False
        )

    assert run("sitrep new archive .").returncode == 0
    activate = checkout / ".venv/bin/activate"
    activate.parent.mkdir(parents=True)
    activate.touch()
    ran = run(block.text)
    assert ran.returncode == 0, f"{ran.stdout}{ran.stderr}"


@pytest.mark.parametrize("block", [b for b in blocks("sh") if is_make(b)], ids=str)
def test_every_make_example_names_a_target(block: Block) -> None:
    targets = set(re.findall(r"^([a-z]+):", (REPOSITORY / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert {line.split()[1] for line in block.commands} <= targets


@pytest.mark.parametrize("block", blocks("toml"), ids=str)
def test_every_toml_example_is_a_sound_configuration(block: Block) -> None:
    text = block.text if re.search(r"^title\s*=", block.text, re.MULTILINE) else f'title = "Test"\n{block.text}'
    config, faults = parse_config(text)
    assert config is not None
    assert faults == []


def test_all_examples_of_content_are_one_archive_without_faults(archive: Archive) -> None:
    archive.config('languages = ["fr"]\n[check]\noff = ["inferred"]\n')
    examples = blocks("yaml", "markdown")
    assert examples
    for block in examples:
        # Named for the document's line, so that a fault leads there.
        name = f"briefings/{block.document.replace('/', '-').removesuffix('.md')}-line-{block.line}.md"
        if block.place:
            archive.write_text(block.place.removeprefix("content/"), block.text)
        elif block.language == "yaml":
            archive.write_text(name, f"---\n{block.text}---\n\nWords.\n")
        else:
            archive.write(name, block.text)
        for path in re.findall(r"(?<![\w.])/((?:media|captures)/[\w./-]+\w)", block.text):
            archive.write_text(path, CAPTURE)
            if path.endswith((".jpg", ".png")):
                Image.new("RGB", (4, 3)).save(archive.root / "content" / path)
    checked = archive.run("check", "--strict")
    assert checked.status == 0, checked.err
    archive.build("--strict")


# Links


def links(document: str) -> Iterator[str]:
    for token in parse(document):
        for part in token.children or ():
            target = part.attrs.get("href") or part.attrs.get("src")
            if target and not re.match(r"[a-z]+:", str(target)):
                yield str(target)


def anchors(document: Path) -> set[str]:
    """The anchors that code hosts give to headings."""
    tokens = MARKDOWN.parse(document.read_text("utf-8"))
    headings = [words(tokens[index + 1]) for index, token in enumerate(tokens) if token.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", sorted(DOCS))
def test_every_link_of_a_document_leads_to_a_file_and_a_heading(document: str) -> None:
    broken = []
    for link in links(document):
        path, _, anchor = link.partition("#")
        target = (REPOSITORY / document).parent / path if path else REPOSITORY / document
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("document", sorted(DOCS))
def test_no_document_installs_sitrep_by_a_name_that_a_registry_would_look_up(document: str) -> None:
    text = (REPOSITORY / document).read_text("utf-8")
    assert not re.search(r"pip install (?:-\S+ )*[\"']?sitrep(?:-archive)?[\"'=<>~\s]", text)


# Completeness


def settings(type_: type[Struct]) -> dict[str, Any]:
    """The settings of a table with their defaults; NODEFAULT where there is none."""
    found = {}
    for field in msgspec.structs.fields(type_):
        has_factory = field.default_factory is not msgspec.NODEFAULT
        found[field.encode_name] = field.default_factory() if has_factory else field.default
    return found


def documented_settings(heading: str) -> dict[str, Any]:
    """The settings in the tables below a heading of docs/configuration.md, with their defaults."""
    found: dict[str, Any] = {}
    for table in tables("docs/configuration.md"):
        if table.headings[-1] != heading or table.heads[0] != "key":
            continue
        for name, _, default, _ in table.rows:
            value: Any = {"required": msgspec.NODEFAULT, "none": None}.get(words(default), ...)
            if value is ... and codes(default):
                value = tomllib.loads(f"value = {codes(default)[0]}")["value"]
            found |= dict.fromkeys(codes(name), tuple(value) if isinstance(value, list) else value)
    return found


def test_the_configuration_page_has_every_setting_and_its_default() -> None:
    plain = {name: value for name, value in settings(Config).items() if not isinstance(value, Struct)}
    nested = {name: value for name, value in settings(Config).items() if isinstance(value, Struct)}
    assert documented_settings("Settings in no table") == plain | {"theme": ThemeChoice().name.name}
    assert documented_settings("Theme") == {"name": ThemeChoice().name.name}
    del nested["theme"]
    for name, default in nested.items():
        assert documented_settings(f"[{name}]") == settings(type(default)), name
    assert documented_settings("[deploy.NAME]") == settings(DeployTarget)


def test_the_configuration_page_has_every_lint_that_can_be_turned_off() -> None:
    listed = [codes(row[0])[0] for t in tables("docs/configuration.md") if t.heads[0] == "lint" for row in t.rows]
    assert sorted(listed) == sorted(LINTS)


@pytest.mark.parametrize(
    ("heading", "type_"), [("Front matter", Briefing), ("Dossiers", Dossier), ("Pages of prose", Prose)]
)
def test_the_writing_page_has_every_field_of_a_document(heading: str, type_: type[Struct]) -> None:
    listed = first_cells("docs/writing.md", heading)
    nested, choices = parts_of(type_)
    assert names_of(type_) - listed == set()
    assert listed - names_of(type_) - nested == set()
    assert nested - all_code("docs/writing.md", heading) == set()
    assert choices - all_code("docs/writing.md", "Writing") == set()


@pytest.mark.parametrize(
    ("heading", "type_"), [("Actors", Actor), ("Regions", Region), ("Sources", Source), ("Tags", Tag)]
)
def test_the_records_page_has_every_field_of_a_record(heading: str, type_: type[Struct]) -> None:
    shared = first_cells("docs/records.md", "What all records have")
    own = first_cells("docs/records.md", heading)
    _, choices = parts_of(type_)
    assert names_of(type_) - shared - own == set()
    assert own - names_of(type_) == set()
    assert choices - all_code("docs/records.md", heading) == set()


def fault_codes() -> dict[str, set[str]]:
    """Every code of a fault in builder/, with the severities that it is given."""
    found: dict[str, set[str]] = {}
    for path in sorted((REPOSITORY / "builder").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef) or function.name in ("error", "warning"):
                continue
            for call in ast.walk(function):
                severity, argument = _fault_call(call)
                if argument is None or _is_passed_on(argument, function):
                    continue
                values = _constants(argument, function)
                assert values, f"{path}:{argument.lineno}: the code of this fault can't be told"
                for value in values:
                    found.setdefault(value, set()).add(severity)
    return found


def _fault_call(node: ast.AST) -> tuple[str, ast.expr | None]:
    """The severity and the code of a fault, if `node` makes one."""
    if not isinstance(node, ast.Call):
        return "", None
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    if name in ("error", "warning"):
        # `error(*place, code, message)`: a place is a path and a line.
        at = 1 if node.args and isinstance(node.args[0], ast.Starred) else 2
        return (name, node.args[at]) if len(node.args) > at + 1 else ("", None)
    if name == "Fault" and len(node.args) >= 5 and isinstance(node.args[2], ast.Constant):
        return str(node.args[2].value), node.args[3]
    if name == "_fault" and len(node.args) == 3 and isinstance(node.args[1], ast.Constant):  # of reading/nodes.py
        return "error", node.args[1]
    return "", None


def _is_passed_on(code: ast.expr, function: ast.FunctionDef) -> bool:
    return isinstance(code, ast.Name) and any(code.id == argument.arg for argument in function.args.args)


def _constants(node: ast.expr, function: ast.FunctionDef) -> set[str]:
    if isinstance(node, ast.Constant):
        return {str(node.value)}
    if isinstance(node, ast.IfExp):
        return _constants(node.body, function) | _constants(node.orelse, function)
    values = set()
    for part in ast.walk(function):
        targets = part.targets if isinstance(part, ast.Assign) and isinstance(node, ast.Name) else []
        if any(isinstance(target, ast.Name) and target.id == node.id for target in targets):
            values |= _constants(part.value, function)
    return values


def test_the_faults_page_has_every_code_with_its_severity() -> None:
    listed = {
        code: words(row[1])
        for t in tables("docs/faults.md")
        if t.heads[0] == "code"
        for row in t.rows
        for code in codes(row[0])
    }
    in_code = fault_codes()
    assert listed.keys() == in_code.keys()
    for code, severities in in_code.items():
        assert all(severity in listed[code] for severity in severities), code
