"""Nothing that a body says can run, or reach another host, in a reader's browser."""

from __future__ import annotations

import json
import re

import html5lib
import pytest
import sites
from hypothesis import example, given, settings
from hypothesis import strategies as st

from builder.markdown.document import render
from builder.markdown.parser import MarkdownSettings
from builder.markdown.references import fill_in

SETTINGS = MarkdownSettings()

# Whatever isn't listed here has no place in a body, however harmless it looks.
ELEMENTS = (
    "a aside blockquote br code dd del div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr img li ol p pre s section "
    "small strong sub sup table tbody td th thead tr ul"
)
ATTRIBUTES = (
    "alt aria-describedby aria-label aria-labelledby class colspan data-align dir height href id lang loading role "
    "rowspan scope src start tabindex title width"
)
HREF = re.compile(r"(?i)https?://[^/\s]|mailto:[^\s]|/ADDRESS/\Z|#fn(ref)?\d+(:\d+)?\Z")

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<iframe src='https://evil.example'></iframe>",
    '<a href="javascript:alert(1)">x</a>',
    "<style>@import 'https://evil.example'</style>",
    "<div style='background:url(https://evil.example)'>\n\nx\n\n</div>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php alert(1) ?>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](&#1;javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](javascript%3Aalert(1))",
    "[x](vbscript:msgbox)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](file:///etc/passwd)",
    "[x](blob:https://evil.example/1)",
    "[x](//evil.example/)",
    "[x](/\\evil.example/)",
    "[x](\\\\evil.example/)",
    "[x](&#9;//evil.example/)",
    "[x](https:evil.example)",
    "[x](https:///evil.example)",
    "[x](http:\\\\evil.example)",
    "[x]: javascript:alert(1)\n\n[x] [y][x] ![z][x]",
    "<javascript:alert(1)> <data:text/html,x>",
    "![x](javascript:alert(1)) ![x](data:image/svg+xml,x)",
    "![x](https://evil.example/pixel.gif)",
    "![x](//evil.example/pixel.gif)",
    "![x](id:y)",
    '![x](/media/a.png "\\" onerror=\\"alert(1)")',
    '![" onerror="alert(1)](/media/a.png)',
    "![<script>alert(1)</script>](/media/a.png)",
    '[x](https://a.b "\\" onclick=\\"alert(1)")',
    '[x](https://a.b/"onclick="alert(1))',
    "[x](https://a.b){onclick=alert(1) style=color:red}",
    "[x](https://a.b){href=javascript:alert(1)}",
    "![x](/media/a.png){src=https://evil.example/x srcset=https://evil.example/x onerror=alert(1)}",
    '![x](/media/a.png){width="1\\" onerror=\\"alert(1)"}',
    "{onclick=alert(1) style=position:fixed}\nwords",
    "# h {#a onclick=alert(1)}",
    '# h {#a"onclick="alert(1)}',
    "*x*{onmouseover=alert(1)}",
    '`x`{class="a\\" onclick=\\"alert(1)"}',
    '```"onclick="alert(1)\nx\n```',
    "```js onclick=alert(1)\n</code></pre><script>alert(1)</script>\n```",
    "    </code></pre><script>alert(1)</script>",
    "::: note <script>alert(1)</script>\nx\n:::",
    '::: note" onclick="alert(1)\nx\n:::',
    "x[^<script>]\n\n[^<script>]: <script>alert(1)</script>",
    "x^[<script>alert(1)</script> [y](javascript:alert(1))]",
    "|<script>|\n|:-:|\n|<img src=x onerror=alert(1)>|",
    "term<script>\n: [x](javascript:alert(1))",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62;",
    "[![x](https://evil.example/a.png)](javascript:alert(1))",
    "![![x](https://evil.example/a.png)](/media/a.png)",
    "![[x](javascript:alert(1))](/media/a.png)",
    "[x\n](javascript:alert(1)\n)",
    "sitrep:0 [sitrep:0](sitrep:0) ![x](sitrep:0)",
    '![x](/media/a.png "sitrep:0")',
]

pieces = st.sampled_from(
    [
        *HOSTILE,
        *"[]()<>{}!`*_~\"'\\&#:;=|^-+.",
        "\n", "\n\n", " ", "    ", "\t", "x", "![", "](", "[^1]", "[^1]: ", "^[", "javascript:", "data:", "https://a.b/",
        "//e.f", "/media/a.png", "onerror=", "style=", "{.c}", "{#i}", "{", "::: note\n", ":::", "```", "| a |\n|-|\n",
        ": ", "> ", "- ", "1. ", "# ", "<", "</", "-->", "&#x3C;", "&colon;", "&quot;", "%22", "\\\"", "id:x",
        "mailto:a@b.c", "\u2028", "\u00a0", "sitrep:0",
    ]
)  # fmt: skip
bodies = st.lists(pieces, max_size=14).map("".join) | st.text(max_size=60)


def _assert_safe(html):
    # Parsed as the content of <main>, as the page has it; what could break out of it would be seen beside it.
    tree = html5lib.parse(f"<main>{html}</main><hr id=after>", namespaceHTMLElements=False)
    body = tree.find("body")
    assert [element.tag for element in body] == ["main", "hr"]
    for element in body.find("main").iter():
        if element.tag == "main":
            continue
        assert isinstance(element.tag, str), f"a remark: {element.text}"
        assert element.tag in ELEMENTS.split(), element.tag
        for name, value in element.attrib.items():
            assert name in ATTRIBUTES.split(), (element.tag, name, value)
        assert "href" not in element.attrib or (element.tag == "a" and HREF.match(element.get("href"))), element.attrib
        assert "src" not in element.attrib or (element.tag == "img" and element.get("src") == "/ADDRESS/"), (
            element.attrib
        )
        assert element.tag != "img" or "src" in element.attrib


def _filled(text):
    rendered, faults = render(text, "x.md", 1, SETTINGS)
    return fill_in(rendered.html, ["/ADDRESS/"] * len(rendered.body.references)), rendered.body, faults


@settings(max_examples=600, deadline=None)
@given(bodies)
@example("\n\n".join(HOSTILE))
def test_no_body_makes_a_page_that_can_run_or_reach_another_host(text):
    html, body, faults = _filled(text)

    _assert_safe(html)
    assert not any(reference.picture and re.match(r"(?i)\w+:|//", reference.target) for reference in body.references)
    assert all("\n" not in str(fault) for fault in faults)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_known_trick_works(text):
    html, _, _ = _filled(f"Words before.\n\n{text}\n\n[a link](a.md)\n")

    _assert_safe(html)
    assert 'href="/ADDRESS/"' in html  # what stands behind it is still there


@settings(max_examples=200, deadline=None)
@given(bodies)
def test_every_reference_has_one_place_to_be_filled_in_and_no_other_is_touched(text):
    rendered, _ = render(text, "x.md", 1, SETTINGS)
    addresses = [f"/ADDRESS{number}/" for number in range(len(rendered.body.references))]

    tree = html5lib.parseFragment(fill_in(rendered.html, addresses), namespaceHTMLElements=False)

    found = [value for element in tree.iter() for value in element.attrib.values() if value.startswith("/ADDRESS")]
    assert sorted(found) == sorted(addresses)


@pytest.mark.parametrize(
    "target",
    [
        "javascript:x",
        "data:text/html,x",
        "vbscript:x",
        "file:///x",
        "ftp://a.b",
        "//a.b/c",
        "tel:1",
        "https:a",
        "x-app:y",
    ],
)
def test_a_target_that_may_not_be_is_named_in_a_warning_and_its_words_stay(target):
    html, body, faults = _filled(f"One\n\n[its words]({target})")

    assert [(fault.line, fault.severity) for fault in faults] == [(3, "warning")]
    assert target in faults[0].message
    assert "its words" in html
    assert not body.references


@pytest.mark.parametrize("target", ["http://a.b/c?d=1&e=2#f", "https://a.b", "HTTPS://A.B/", "mailto:a@b.c"])
def test_the_web_and_letters_may_be_linked_to(target):
    html, body, faults = _filled(f"[words]({target})")

    assert not faults
    assert not body.references
    link = html5lib.parseFragment(html, namespaceHTMLElements=False).find(".//a")
    assert link.get("href").lower() == target.lower()


def test_what_captured_articles_contain_cannot_run_in_the_built_page(archive):
    # Those that name no file: one that isn't there would stop the build.
    hostile = [text for text in HOSTILE if "\x01" not in text and not _filled(text)[1].references]
    payload = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    archive.write_bytes("media/a.png", sites.PNG)
    archive.write(
        "briefings/hostile.md",
        "\n\n".join(hostile),
        title=payload,
        summary=payload,
        region=payload,
        actors=[payload],
        tags=[payload],
        author=payload,
        warning=payload,
        trend_reason=payload,
        location={"name": payload, "lat": 1, "lon": 2},
        figures={"what": payload, "value": 1, "says": payload},
        sources=[{"name": payload, "url": "https://a.b/" + payload, "title": payload}],
        image={"src": "/media/a.png", "alt": payload, "caption": payload, "credit": payload},
        corrections=[{"date": "2022-08-18", "note": payload, "kind": payload}],
        translation={"by": payload},
        extra_field=payload,
    )
    archive.write("dossiers/d.md", payload, title=payload, summary=payload, outlook=payload)
    archive.records("regions", {"id": "r", "name": "<b>R</b>", "note": payload, "description": payload})

    archive.build()

    for path, data in archive.files().items():
        if not path.endswith(".html"):
            continue
        for element in html5lib.parse(data.decode(), namespaceHTMLElements=False).iter():
            assert element.tag not in ("iframe", "object", "embed", "base", "style"), path
            if element.tag == "script" and element.get("type") == "application/ld+json":  # data, which nobody runs
                assert json.loads(element.text)["@context"] == "https://schema.org", path
            elif element.tag == "script":  # a file of the theme
                assert re.fullmatch(r"[./]*/assets/(map|copy|take-away)\.[0-9a-f]+\.js", element.get("src", "")), path
                assert not element.text, path
            if element.tag == "svg":  # a drawing of the theme's has a role, which no article can give
                assert element.get("role") in ("img", "group"), path
            for name, value in element.attrib.items():
                assert not name.startswith("on") and name not in ("style", "srcset", "srcdoc"), (path, name)
                if element.tag == "a" and "download" in element.attrib:  # a citation to save, which nobody opens
                    assert value.partition(",")[0] not in ("data:text/html", "data:image/svg+xml"), (path, value)
                    value = value.removeprefix("data:application/")
                assert not re.match(r"(?i)\s*(javascript|vbscript|data):", value), (path, name, value)
            if element.tag in ("img", "source", "video", "audio"):
                assert not re.match(r"(?i)(\w+:)?//", element.get("src", "")), path
