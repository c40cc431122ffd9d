"""Themes: a folder that may hold no more than what differs, with files under the hash of their bytes."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
import sites
from conftest import Archive


@pytest.fixture
def mine(archive: Archive) -> Archive:
    """An archive with a theme of its own that changes nothing yet."""
    archive.records("regions", {"name": "Here"})
    archive.write("briefings/one.md", title="One", tags=["alpha"], region="Here")
    archive.config('theme = "mine"\nbase_url = "https://archive.example/"\n')
    archive.template("mine/theme.toml", 'name = "mine"\nextends = "broadsheet"\n')
    return archive


def _asset(archive: Archive, pattern: str) -> Path:
    found = list((archive.output / "assets").glob(pattern))
    assert len(found) == 1, found
    return found[0]


def _refused(archive: Archive, start: str, *parts: str) -> None:
    """The build fails with one error that begins with `start` and holds all of `parts`."""
    ran = archive.run("build")
    assert ran.status == 1, ran.err
    assert len(ran.errors) == 1, ran.err
    assert ran.errors[0].startswith(start), ran.errors[0]
    for part in parts:
        assert part in ran.errors[0], ran.errors[0]
    assert "Traceback" not in ran.err


# Extending and overriding


def test_a_theme_that_changes_nothing_makes_the_same_site(mine: Archive) -> None:
    mine.build()
    files = mine.files()
    mine.build("--theme", "broadsheet")
    assert mine.files() == files


def test_a_single_template_replaces_the_one_of_the_same_name(mine: Archive) -> None:
    mine.build()
    before = mine.files()
    mine.template("mine/templates/404.html", "<!doctype html><title>Gone</title><h1>My own</h1>\n")
    mine.build()
    assert "My own" in mine.page("/404.html")
    assert sites.changed(before, mine.files()) == {"404.html", "manifest.json", ".sitrep-build.json"}


def test_a_part_that_others_include_is_replaced_for_all_of_them(mine: Archive) -> None:
    mine.template("mine/templates/_date.html", "{% macro date(moment) %}<time>{{ moment.iso }}!</time>{% endmacro %}\n")
    mine.build()
    for address in ("/", "/2022/08/17/one/", "/tags/alpha/"):
        assert "<time>2022-08-17!</time>" in mine.page(address)


def test_a_template_may_extend_the_one_that_it_replaces(mine: Archive) -> None:
    mine.template(
        "mine/templates/briefing.html",
        '{% extends "broadsheet:briefing.html" %}\n'
        '{% block head %}<meta name="mine" content="{{ briefing.id }}">{% endblock %}\n',
    )
    mine.build()
    page = mine.page("/2022/08/17/one/")
    assert '<meta name="mine" content="one">' in page
    assert sites.words(sites.tree(page).find(".//h1")) == "One"


def test_a_theme_may_extend_one_that_extends_another(mine: Archive) -> None:
    mine.template("mine/theme.toml", 'name = "mine"\nextends = "between"\n')
    mine.template("between/theme.toml", 'name = "between"\nextends = "broadsheet"\n')
    mine.template("between/templates/404.html", "between")
    mine.template("between/templates/prose.html", "between")
    mine.template("mine/templates/prose.html", '{% extends "between:prose.html" %} and more')
    mine.template("between/static/style.css", "body { color: navy }\n")
    mine.write("pages/about.md")
    mine.build()
    assert mine.page("/404.html") == "between"
    assert mine.page("/about/").startswith("between")
    assert _asset(mine, "style.*.css").read_text() == "body { color: navy }\n"
    assert _asset(mine, "icon.*.svg").is_file()


def test_a_part_found_by_a_computed_name_is_never_old(mine: Archive) -> None:
    mine.template("mine/templates/prose.html", '{% include "_" ~ page.kind ~ ".html" %}')
    mine.template("mine/templates/_prose.html", "first")
    mine.write("pages/about.md")
    mine.build()
    assert mine.page("/about/") == "first"
    mine.template("mine/templates/_prose.html", "second")
    mine.build()
    assert mine.page("/about/") == "second"


def test_a_template_that_is_deleted_gives_the_page_back_to_the_theme_below(mine: Archive) -> None:
    mine.build()
    before = mine.files()
    override = mine.template("mine/templates/404.html", "mine")
    mine.build()
    override.unlink()
    mine.build()
    assert mine.files() == before


def test_feeds_and_redirects_may_be_replaced_in_the_same_way(mine: Archive) -> None:
    mine.write("briefings/one.md", title="One & two", aliases=["/old/"])
    mine.template("mine/templates/feed.xml", "<feed>{% for entry in entries %}{{ entry.title }}{% endfor %}</feed>")
    mine.template("mine/templates/redirect.html", "To {{ target }}")
    mine.template("mine/templates/robots.txt", "Nobody & all\n")
    mine.build()
    assert mine.page("/feed.xml") == "<feed>One &amp; two</feed>"
    assert mine.page("/old/") == "To ../2022/08/17/one/"
    assert mine.page("/robots.txt") == "Nobody & all\n"


def test_a_theme_in_the_archive_goes_before_one_of_sitreps_own(archive: Archive) -> None:
    archive.template("plain/theme.toml", 'name = "plain"\n')
    for template in (
        "home",
        "briefing",
        "notice",
        "period",
        "tag",
        "region",
        "actor",
        "source",
        "dossier",
        "index",
        "prose",
        "404",
    ):
        archive.template(f"plain/templates/{template}.html", "{{ page.kind }}")
    archive.config('theme = "plain"\n')
    archive.write("briefings/one.md")
    archive.build()
    assert archive.page("/") == "home"
    assert archive.page("/2022/08/17/one/") == "briefing"


def test_the_theme_option_of_the_command_goes_before_the_setting(mine: Archive) -> None:
    mine.template("mine/templates/404.html", "mine")
    mine.config('theme = "broadsheet"\n')
    mine.build("--theme", "mine")
    assert mine.page("/404.html") == "mine"


# Options and needs


def test_options_have_defaults_that_the_archive_may_set(mine: Archive) -> None:
    mine.template("mine/theme.toml", 'name = "mine"\nextends = "below"\n[options]\naccent = "#7a1f1f"\n')
    mine.template(
        "below/theme.toml", 'name = "below"\nextends = "broadsheet"\n[options]\naccent = "black"\nfont = "serif"\n'
    )
    mine.template("mine/templates/404.html", "{{ options.accent }} {{ options.font }}")
    mine.build()
    assert mine.page("/404.html") == "#7a1f1f serif"
    mine.config('[theme]\nname = "mine"\nfont = "sans"\n')
    mine.build()
    assert mine.page("/404.html") == "#7a1f1f sans"


def test_an_option_keeps_the_type_of_its_default(mine: Archive) -> None:
    mine.template(
        "mine/theme.toml",
        'name = "mine"\nextends = "broadsheet"\n'
        '[options]\nwide = true\ncolumns = 2\nratio = 1.5\nparts = ["a"]\nname_of = "x"\n',
    )
    mine.template("mine/templates/404.html", "{{ options|tojson }}")
    mine.config('[theme]\nname = "mine"\nwide = false\ncolumns = 3\nratio = 2.5\nparts = ["b", "c"]\nname_of = "y"\n')
    mine.build()
    assert json.loads(mine.page("/404.html")) == {
        "wide": False,
        "columns": 3,
        "ratio": 2.5,
        "parts": ["b", "c"],
        "name_of": "y",
    }


def test_an_unknown_option_is_an_error_with_its_line_and_the_nearest(mine: Archive) -> None:
    mine.template("mine/theme.toml", 'name = "mine"\nextends = "broadsheet"\n[options]\naccent = "red"\n')
    mine.config('[theme]\nname = "mine"\nacent = "blue"\n')
    _refused(mine, "sitrep.toml:4: error: theme: ", '"acent"', '"accent"')


def test_what_no_theme_needs_is_not_there(mine: Archive) -> None:
    mine.template("plain/theme.toml", 'name = "plain"\n')
    for template in (
        "home",
        "notice",
        "period",
        "tag",
        "region",
        "actor",
        "source",
        "dossier",
        "index",
        "prose",
        "404",
    ):
        mine.template(f"plain/templates/{template}.html", "{{ page.kind }}")
    mine.template("plain/templates/briefing.html", "{{ related is defined }}")
    mine.build("--theme", "plain")
    assert mine.page("/2022/08/17/one/") == "False"
    mine.template("plain/theme.toml", 'name = "plain"\nneeds = ["related"]\n')
    mine.build("--theme", "plain")
    assert mine.page("/2022/08/17/one/") == "True"


# Faults


def test_a_theme_that_is_not_there_is_an_error_that_names_those_that_are(archive: Archive) -> None:
    archive.write("briefings/one.md")
    archive.config('base_url = "https://archive.example/"\ntheme = "broadshet"\n')
    _refused(archive, "sitrep.toml:3: error: theme: ", '"broadshet"', 'did you mean "broadsheet"?')


@pytest.mark.parametrize("name", ["../mine", "/etc", ".", "..", "mine/../mine", "a\\\\b"])
def test_a_theme_is_a_folders_name_and_no_path(mine: Archive, name: str) -> None:
    mine.config(f'theme = "{name}"\n')
    _refused(mine, "sitrep.toml")


def test_a_theme_that_extends_one_that_is_not_there_is_an_error(mine: Archive) -> None:
    mine.template("mine/theme.toml", 'name = "mine"\nextends = "nowhere"\n')
    _refused(mine, "themes/mine/theme.toml", '"nowhere"')


def test_themes_that_extend_each_other_are_an_error(mine: Archive) -> None:
    mine.template("mine/theme.toml", 'name = "mine"\nextends = "other"\n')
    mine.template("other/theme.toml", 'name = "other"\nextends = "mine"\n')
    _refused(mine, "themes/other/theme.toml", "circle")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("name = ", ""),
        ("", "name"),
        ('name = "mine"\nextend = "broadsheet"\n', "extend"),
        ('name = "mine"\nextends = 3\n', "extends"),
        ('name = "mine"\nneeds = ["relatd"]\n', "related"),
        ('name = "mine"\noptions = 3\n', "options"),
        ('name = "mine"\n\n[option]\ncolour = "red"\n', ':3: error: there is no "option"'),
    ],
)
def test_a_theme_file_that_is_wrong_is_an_error_in_it(mine: Archive, text: str, part: str) -> None:
    mine.template("mine/theme.toml", text)
    _refused(mine, "themes/mine/theme.toml", part)


def test_a_theme_file_that_is_not_utf_8_is_an_error_in_it(mine: Archive) -> None:
    (mine.root / "themes/mine/theme.toml").write_bytes(b'name = "mi\xf1e"\n')
    _refused(mine, "themes/mine/theme.toml")


def test_an_undefined_name_is_an_error_with_the_line_the_page_and_what_is_there(mine: Archive) -> None:
    mine.template("mine/templates/tag.html", "<h1>{{ term.name }}</h1>\n\n{{ aliasses }}\n")
    _refused(mine, "themes/mine/templates/tag.html:3: error: ", "'aliasses'", "listing, nav", "/tags/alpha/")


def test_an_undefined_field_is_an_error_that_says_what_the_value_has(mine: Archive) -> None:
    mine.template("mine/templates/tag.html", "{{ term.nmae }}\n")
    _refused(mine, "themes/mine/templates/tag.html:1: error: ", "'nmae'", "aliases, children", "/tags/alpha/")


@pytest.mark.parametrize(
    "text",
    [
        "{% if nothing %}x{% endif %}",
        "{{ nothing|default('x')|upper }}{{ nothing }}",
        "{% for x in nothing %}{% endfor %}",
        "{{ 'a' ~ nothing }}",
        "{{ nothing == 1 }}",
        "{{ nothing|length }}",
    ],
)
def test_no_use_of_an_undefined_name_passes(mine: Archive, text: str) -> None:
    mine.template("mine/templates/404.html", text)
    _refused(mine, "themes/mine/templates/404.html:1: error: ", "nothing", "/404.html")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\n{% if %}", 2),
        ("\n\n{{ 1 / 0 }}", 3),
        ("{{ page|nofilter }}", 1),
        ("{% extends 'nowhere.html' %}", 1),
        ("\n{% include '404.html' %}", 2),
        ("\n{{ page.title.nothing() }}", 2),
        ("{{ cards() }}", 1),
        ("\n{% for x in range(3) %}\n{{ x", 3),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", 1),
        ("\n{% include '_broken.html' %}", 1),
    ],
)
def test_whatever_a_template_does_wrong_is_an_error_with_its_line(mine: Archive, text: str, line: int) -> None:
    mine.template("mine/templates/_broken.html", "{{ 'x' + 1 }}")
    mine.template("mine/templates/404.html", text)
    name = "_broken" if "_broken" in text else "404"
    _refused(mine, f"themes/mine/templates/{name}.html:{line}: error: ", "/404.html")


def test_an_error_in_a_part_names_the_part_and_the_page(mine: Archive) -> None:
    mine.template("mine/templates/_date.html", "{% macro date(moment) %}\n{{ moment.isoo }}{% endmacro %}\n")
    ran = mine.run("build")
    assert ran.status == 1
    assert len(ran.errors) == 1, ran.err  # one line of a template is one error, however many pages it breaks
    assert ran.errors[0].startswith("themes/mine/templates/_date.html:2: error: ")
    # The page, and how the template came to be asked.
    assert re.search(r"\(for /\S+, by \w+\.html:\d+", ran.errors[0])


def test_every_broken_template_is_told_at_once(mine: Archive) -> None:
    for name in ("404", "home", "tag"):
        mine.template(f"mine/templates/{name}.html", "{{ nothing }}")
    assert len(mine.run("build").errors) == 3


def test_a_template_that_is_not_utf_8_is_an_error_in_it(mine: Archive) -> None:
    path = mine.template("mine/templates/404.html", "")
    path.write_bytes(b"caf\xe9")
    _refused(mine, "themes/mine/templates/404.html")


def test_a_theme_without_a_template_that_is_needed_is_an_error_that_names_it(archive: Archive) -> None:
    archive.template("plain/theme.toml", 'name = "plain"\n')
    archive.config('theme = "plain"\n')
    ran = archive.run("build")
    assert ran.status == 1
    assert "home.html" in ran.err
    assert "Traceback" not in ran.err


def test_no_template_reaches_python_or_other_files(mine: Archive, tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("SECRET")
    mine.template("mine/templates/404.html", "{% include '../../../../secret.html' %}")
    assert mine.run("build").status == 1
    assert not (mine.output / "404.html").exists()


def test_a_template_gives_the_same_page_each_time(mine: Archive) -> None:
    for text in ("{{ [1, 2, 3]|random }}", "{{ lipsum() }}"):
        mine.template("mine/templates/404.html", text)
        _refused(mine, "themes/mine/templates/404.html:1: error: ")


def test_everything_but_html_is_escaped(mine: Archive) -> None:
    mine.write(
        "briefings/one.md", "<b>*x*</b>\n", title="<script>alert('1')</script>", summary='"><img src=x onerror=y>'
    )
    mine.build()
    for path, data in mine.files().items():
        if path.endswith((".html", ".xml", ".graphml", ".svg")):  # what a browser takes for markup
            assert b"<script>" not in data, path
            assert b"<img src=x" not in data, path
    assert "&lt;b&gt;<em>x</em>&lt;/b&gt;" in mine.page("/2022/08/17/one/")


# Static files


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_static_files_are_named_by_the_hash_of_their_bytes(mine: Archive) -> None:
    mine.template("mine/static/fonts/text.woff2", "a font")
    mine.template("mine/templates/404.html", '{{ assets["fonts/text.woff2"] }} {{ assets["icon.svg"] }}')
    mine.build()
    font, icon = mine.page("/404.html").split()
    assert re.fullmatch(rf"/assets/fonts/text\.{_hash(b'a font')[:8]}[0-9a-f]*\.woff2", font)
    assert (mine.output / font[1:]).read_text() == "a font"
    assert (mine.output / icon[1:]).is_file()


def test_a_file_of_the_theme_above_replaces_the_one_below(mine: Archive) -> None:
    mine.template("mine/static/style.css", "body {}\n")
    mine.build()
    assert _asset(mine, "style.*.css").read_text() == "body {}\n"
    assert _asset(mine, "style.*.css").name in mine.page("/")


def test_a_changed_leaf_changes_the_name_of_all_that_refer_to_it(mine: Archive) -> None:
    mine.template("mine/static/style.css", '@import "parts/base.css";\nbody { color: red }\n')
    mine.template("mine/static/parts/base.css", "b { background: url(../pictures/dot.png) }\n")
    mine.template("mine/static/pictures/dot.png", "one")
    mine.build()
    names = {}
    for _ in range(2):
        style = _asset(mine, "style.*.css")
        part, dot = _asset(mine, "parts/base.*.css"), _asset(mine, "pictures/dot.*.png")
        assert f'@import "parts/{part.name}";' in style.read_text()
        assert f"url(../pictures/{dot.name})" in part.read_text()
        for path in (style, part, dot):
            assert path.name.rsplit(".", 2)[1] in _hash(path.read_bytes())[:64]
            assert _hash(path.read_bytes()).startswith(path.name.rsplit(".", 2)[1])
        assert style.name in mine.page("/")
        names.setdefault("style", style.name)
        mine.template("mine/static/pictures/dot.png", "two")
        mine.build()
    assert _asset(mine, "style.*.css").name != names["style"]


def test_a_script_imports_what_it_does_by_the_hash_of_its_bytes(mine: Archive) -> None:
    mine.template(
        "mine/static/page.js", 'import { a } from "./parts/a.js";\nimport "lib";\nconst b = "./parts/b.js";\n'
    )
    mine.template("mine/static/parts/a.js", 'export { b as a } from "./b.js";\n')
    mine.template("mine/static/parts/b.js", "export const b = 1;\n")
    mine.build()
    page, a, b = (_asset(mine, f"{name}.*.js") for name in ("page", "parts/a", "parts/b"))
    assert f'from "./parts/{a.name}"' in page.read_text()
    assert 'import "lib";\nconst b = "./parts/b.js";' in page.read_text()
    assert a.read_text() == f'export {{ b as a }} from "./{b.name}";\n'


@pytest.mark.parametrize(
    ("script", "named"),
    [
        ('import "./gone.js";', "gone.js"),
        ('import {\n  a,\n} from "https://elsewhere.example/a.js";', "elsewhere.example"),
        ("export * from '//elsewhere.example/a.js';", "elsewhere.example"),
        ('import "./page.js";', "page.js"),
    ],
)
def test_a_script_that_imports_what_is_not_there_is_refused_with_its_line(
    mine: Archive, script: str, named: str
) -> None:
    mine.template("mine/static/page.js", f"\n{script}\n")
    ran = mine.run("build")
    assert ran.status == 1, ran.err
    assert re.match(r"themes/mine/static/page\.js:[24]: error: ", ran.errors[0]), ran.err
    assert named in ran.errors[0]


def test_the_parts_of_a_stylesheet_are_published_inside_it(mine: Archive) -> None:
    mine.template("mine/static/dot.png", "dot")
    mine.template("mine/static/style.css", '@layer a;\n@import "parts/_a.css" layer(a);\nb { color: red }\n')
    mine.template("mine/static/parts/_a.css", '@import "_deep.css";\ni { color: blue }\n')
    mine.template("mine/static/parts/_deep.css", "u { background: url(../dot.png) }\n")
    mine.build()
    dot = _asset(mine, "dot.*.png").name
    assert _asset(mine, "style.*.css").read_text() == (
        f"@layer a;\n@layer a {{\nu {{ background: url({dot}) }}\ni {{ color: blue }}\n}}\nb {{ color: red }}\n"
    )
    assert not [path for path in mine.files() if "/_" in path]
    # What is wrong in a part is told of the part.
    mine.template("mine/static/parts/_deep.css", "\nu { background: url(gone.png) }\n")
    _refused(mine, "themes/mine/static/parts/_deep.css:2: error: ", "gone.png")


@pytest.mark.parametrize("css", ['@import "_a.css" screen;', 'b {} @import "_a.css";', "b { background: url(_a.css) }"])
def test_a_part_that_is_named_otherwise_is_refused(mine: Archive, css: str) -> None:
    mine.template("mine/static/_a.css", "i { color: blue }\n")
    mine.template("mine/static/style.css", f"\n{css}\n")
    _refused(mine, "themes/mine/static/style.css:2: error: ", '@import "_a.css";')


def _bare(css: str) -> str:
    """A value without what it may as well be written with."""
    return re.sub(r"[\s\"']+|%20", "", css).lower()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("url(dot.png)", "url(DOT)"),
        ("url( 'dot.png' )", "url( 'DOT' )"),
        ('url("dot.png")', 'url("DOT")'),
        ("url(./dot.png)", "url(DOT)"),
        ("url(x/../dot.png)", "url(DOT)"),
        ("URL(dot.png)", "URL(DOT)"),
        ("url(dot.png?v=2)", "url(DOT?v=2)"),
        ("url(dot.png#part)", "url(DOT#part)"),
        ("url(dot.png?#iefix)", "url(DOT?#iefix)"),
        ("url(#part)", "url(#part)"),
        ("url(data:image/png;base64,AAAA)", "url(data:image/png;base64,AAAA)"),
        (
            """url("data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>")""",
            """url("data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>")""",
        ),
        (
            "/* url(not-there.png), see https://elsewhere.example/ */ none",
            "none",  # comments aren't published, but for those that licences are in
        ),
        ("/*! Licence: url(not-there.png) */ none", "/*! Licence: url(not-there.png) */ none"),
        ('image-set("dot.png" 1x, url(dot.png) 2x)', 'image-set("DOT" 1x, url(DOT) 2x)'),
        ('url("a dot.png")', 'url("SPACED")'),
    ],
)
def test_what_a_stylesheet_refers_to_is_named_by_its_hash(mine: Archive, written: str, expected: str) -> None:
    mine.template("mine/static/dot.png", "dot")
    mine.template("mine/static/a dot.png", "spaced")
    mine.template("mine/static/style.css", f"b {{ background: {written} }}\n")
    mine.build()
    css = _asset(mine, "style.*.css").read_text().removeprefix("b { background: ").removesuffix(" }\n")
    # Quotes and spaces may be written otherwise.
    pattern = (
        re.escape(_bare(expected))
        .replace("dot", r"dot\.[0-9a-f]{8,64}\.png")
        .replace("spaced", r"\S*dot\.[0-9a-f]{8,64}\.png")
    )
    assert re.fullmatch(pattern, _bare(css)), css
    for name in re.findall(r"dot\.[0-9a-f]{8,64}\.png", css):
        assert list((mine.output / "assets").glob(f"*{name}"))


@pytest.mark.parametrize(
    "css",
    [
        "b { background: url(https://elsewhere.example/x.png) }",
        "b { background: url( 'http://elsewhere.example/x.png' ) }",
        "b { background: url(//elsewhere.example/x.png) }",
        "b { background: URL(HTTPS://elsewhere.example/x.png) }",
        "b { background: url(\n  'https://elsewhere.example/x.png'\n) }",
        '@import "https://elsewhere.example/x.css";',
        '@import"https://elsewhere.example/x.css";',
        "@IMPORT 'https://elsewhere.example/x.css';",
        "@import url(https://elsewhere.example/x.css);",
        '@import url("//elsewhere.example/x.css") screen;',
        'b { background: image-set("https://elsewhere.example/x.png" 1x) }',
        'b { background: -webkit-image-set("https://elsewhere.example/x.png" 1x) }',
        "@font-face { src: local(x), url(https://elsewhere.example/x.woff2) format('woff2') }",
    ],
)
def test_a_stylesheet_that_asks_another_host_is_refused_with_its_line(mine: Archive, css: str) -> None:
    mine.template("mine/static/style.css", f"\n{css}\n")
    ran = mine.run("build")
    assert ran.status == 1, ran.err
    assert re.match(r"themes/mine/static/style\.css:[23]: error: ", ran.errors[0]), ran.err
    assert "elsewhere.example" in ran.errors[0]


@pytest.mark.parametrize(
    "name", ["gone.png", "../style.css", "../../../sitrep.toml", "/etc/passwd", "../templates/404.html"]
)
def test_a_stylesheet_that_asks_for_a_file_that_is_not_there_is_refused_with_its_line(mine: Archive, name: str) -> None:
    mine.template("mine/static/style.css", f"\n\nb {{ background: url({name}) }}\n")
    _refused(mine, "themes/mine/static/style.css:3: error: ", name)


def test_stylesheets_that_import_each_other_are_refused(mine: Archive) -> None:
    mine.template("mine/static/style.css", '@import "other.css";\n')
    mine.template("mine/static/other.css", '@import "style.css";\n')
    ran = mine.run("build")
    assert ran.status == 1
    assert re.search(r"themes/mine/static/(style|other)\.css:1: error: ", ran.err)
    assert "Traceback" not in ran.err


def test_a_stylesheet_that_is_not_utf_8_is_an_error_in_it(mine: Archive) -> None:
    path = mine.template("mine/static/style.css", "")
    path.write_bytes(b"b::before { content: '\xe9' }")
    _refused(mine, "themes/mine/static/style.css")


def test_all_that_is_wrong_with_static_files_is_told_at_once(mine: Archive) -> None:
    mine.template("mine/static/style.css", "a { background: url(x.png) }\nb { background: url(y.png) }\n")
    mine.template("mine/static/other.css", "a { background: url(z.png) }\n")
    assert len(mine.run("build").errors) == 3


def test_editors_files_are_no_static_files(mine: Archive) -> None:
    for name in (".style.css.swp", ".DS_Store"):
        mine.template(f"mine/static/{name}", "x")
    mine.build()
    assert not [path for path in mine.files() if "swp" in path or "DS_Store" in path]


def test_check_tells_of_a_broken_theme_too(mine: Archive) -> None:
    mine.config('theme = "nowhere"\n')
    ran = mine.run("check")
    assert ran.status == 1
    assert '"nowhere"' in ran.err


def test_faults_of_content_and_theme_are_told_together(mine: Archive) -> None:
    mine.write("briefings/bad.md", dossier="nowhere")
    mine.template("mine/static/style.css", "b { background: url(x.png) }\n")
    ran = mine.run("build")
    assert ran.status == 1
    assert "content/briefings/bad.md" in ran.err and "style.css:1" in ran.err


def _value(archive: Archive, expression: str) -> Any:
    archive.template("mine/templates/404.html", "{{ " + expression + "|tojson }}")
    archive.build()
    return json.loads(archive.page("/404.html"))


def test_a_theme_sees_the_sites_settings_as_plain_values(mine: Archive) -> None:
    mine.config('theme = "mine"\nlanguage = "ar"\nlicence = "CC0"\n')
    site = _value(mine, "site")
    assert site["dir"] == "rtl" and site["licence"] == "CC0" and site["contact"] is None


# Nothing goes on from page to page


@pytest.mark.parametrize("what", ["cycler('odd', 'even')", "joiner(', ')", "namespace(count=0)"])
def test_what_remembers_can_not_be_made_for_many_pages_at_once(mine: Archive, what: str) -> None:
    mine.template("mine/templates/_own.html", f"{{% set own = {what} %}}\n{{% macro show() %}}x{{% endmacro %}}\n")
    mine.template("mine/templates/404.html", '{% from "_own.html" import show %}{{ show() }}')
    _refused(mine, "themes/mine/templates/_own.html:1: error: ", "go on from page to page", "in the macro")


def test_what_remembers_can_be_made_for_one_page(mine: Archive) -> None:
    mine.template(
        "mine/templates/404.html",
        "{% set row = cycler('odd', 'even') %}{% set own = namespace(count=1) %}{% set own.count = own.count + 1 %}"
        "{% for _ in 'abc' %}{{ row.next() }} {% endfor %}{{ own.count }}",
    )
    mine.build()
    assert mine.page("/404.html") == "odd even odd 2"


@pytest.mark.parametrize("change", ['nav.append("x")', 'site.update({"title": "x"})', "nav[0].clear()"])
def test_no_template_can_change_what_other_pages_are_made_from(mine: Archive, change: str) -> None:
    mine.template("mine/templates/404.html", f"{{% set _ = {change} %}}")
    _refused(mine, "themes/mine/templates/404.html:1: error: ", "other pages")


def test_a_macro_tells_true_from_one_and_takes_its_own_words_as_they_are(mine: Archive) -> None:
    mine.template(
        "mine/templates/_own.html",
        "{% macro show(card, how) %}<b>{{ card.title }} {{ how }}</b>{% endmacro %}"
        "{% macro around(card) %}[{{ caller() }}]{% endmacro %}",
    )
    mine.template(
        "mine/templates/home.html",
        '{% from "_own.html" import around, show %}{% set card = cards[0] %}'
        "{{ show(card, true) }}{{ show(card, 1) }}{{ show(card, '<') }}{{ show(card, '<'|safe) }}{{ show(card, none) }}"
        "{% call around(card) %}one{% endcall %}{% call around(card) %}two{% endcall %}{{ '<' ~ show(card, 1) }}",
    )
    mine.build()
    assert mine.page("/") == (
        "<b>One True</b><b>One 1</b><b>One &lt;</b><b>One <</b><b>One None</b>[one][two]&lt;<b>One 1</b>"
    )


@pytest.mark.parametrize("slip", ["{% macro two(a, a) %}{% endmacro %}", '{{ "' + "\\ud800" + '" }}'])
def test_what_makes_no_template_is_a_fault_of_its_file(mine: Archive, slip: str) -> None:
    mine.template("mine/templates/404.html", slip)
    ran = mine.run("build")
    assert ran.status == 1, ran.err
    assert "themes/mine/templates/404.html" in ran.err
    assert "Traceback" not in ran.err
